//! Taking rows for sending. Commit before a byte leaves.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::list::{get, rows};
use super::record::{COLUMNS, OutboxRecord};
use super::step::Step;
use super::turn::to;
use crate::error::StoreResult;
use crate::planted::planted;

/// Rows that were taken together: all of one kind, one action and one batch key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The rows as they are now.
    pub rows: Vec<OutboxRecord>,
    /// They may have arrived by an earlier attempt: they are looked up, not sent.
    pub look_up: bool,
}

/// Takes what may go next for a target: the user's clicks before bulk, the oldest decision first, and with it up to
/// `most` rows in all that may go in the same request. `None` when nothing may go now.
pub fn claim_next(
    tx: &Transaction<'_>,
    target: &str,
    now_utc_ms: i64,
    most: impl Fn(&OutboxRecord) -> u32,
) -> StoreResult<Option<Claim>> {
    // Most of the time nothing is due, and one look into the index says so.
    if next_ready_at(tx, target)?.is_none_or(|at| at > now_utc_ms) {
        return Ok(None);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox AS o
         WHERE o.target = ?1 AND o.state IN ('held', 'pending') AND o.ready_utc_ms <= ?2
         ORDER BY o.lane, o.position LIMIT 1"
    );
    let Some(head) = rows(tx, &sql, (target, now_utc_ms))?.pop() else { return Ok(None) };
    let look_up = head.maybe_sent_utc_ms.is_some();
    let mut batch = vec![head];
    let most = most(&batch[0]);
    if let Some(key) = batch[0].batch_key.clone().filter(|_| most > 1) {
        let sql = format!(
            "SELECT {COLUMNS} FROM outbox AS o
             WHERE o.target = ?1 AND o.batch_key = ?2 AND o.lane = ?3 AND o.state IN ('held', 'pending')
               AND o.ready_utc_ms <= ?4 AND (o.maybe_sent_utc_ms IS NOT NULL) = ?5 AND o.op_id <> ?6
             ORDER BY o.position LIMIT ?7"
        );
        let head = &batch[0];
        let more = rows(tx, &sql, (target, &key, head.urgency, now_utc_ms, look_up, &head.op_id, most - 1))?;
        // Two rows of one identity in one request would be one record twice.
        let mut seen: BTreeSet<String> = [head.identity.clone()].into();
        batch.extend(more.into_iter().filter(|row| seen.insert(row.identity.clone())));
    }
    let claimed = batch.iter().map(|row| claim(tx, &row.op_id, now_utc_ms)).collect::<StoreResult<Vec<_>>>()?;
    Ok(Some(Claim { rows: claimed, look_up }))
}

/// Takes one row that the user waits for, at once, also before its hold or its wait ends.
///
/// # Errors
/// [`crate::StoreError::WrongState`] when it can't be taken now.
pub fn claim_row(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<Claim> {
    let look_up = get(tx, op_id)?.is_some_and(|row| row.maybe_sent_utc_ms.is_some());
    Ok(Claim { rows: vec![claim(tx, op_id, now_utc_ms)?], look_up })
}

fn claim(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<OutboxRecord> {
    let state = to(tx, op_id, Step::Claim)?;
    tx.prepare_cached(
        "UPDATE outbox SET state = ?3, attempts = attempts + 1, claimed_utc_ms = ?2,
            maybe_sent_utc_ms = coalesce(maybe_sent_utc_ms, ?2)
         WHERE op_id = ?1",
    )?
    .execute((op_id, now_utc_ms, state))?;
    if planted(1) {
        tx.execute("UPDATE outbox SET maybe_sent_utc_ms = NULL WHERE op_id = ?1", [op_id])?;
    }
    get(tx, op_id)?.ok_or(crate::StoreError::NotFound { table: "outbox" })
}

/// From when on the next row of a target may be claimed; `None` when none waits for time alone.
pub fn next_ready_at(db: &Connection, target: &str) -> StoreResult<Option<i64>> {
    let earliest = db
        .prepare_cached(
            "SELECT ready_utc_ms FROM outbox WHERE target = ?1 AND state IN ('held', 'pending')
             ORDER BY ready_utc_ms LIMIT 1",
        )?
        .query_row([target], |row| row.get(0))
        .optional()?;
    Ok(earliest)
}

/// Rows that were being sent when the program ended: unknown whether they arrived. To be put back, and looked up
/// before anything else of theirs is sent.
pub fn claimed_on_start(db: &Connection) -> StoreResult<Vec<OutboxRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox AS o WHERE o.state = 'claimed' ORDER BY o.position");
    rows(db, &sql, [])
}
