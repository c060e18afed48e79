//! Taking rows for sending. Commit before a byte leaves.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::list::{get, rows};
use super::record::{COLUMNS, OutboxRecord, Urgency};
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
    /// They are enough for a job ([`Together::in_job`]).
    pub for_job: bool,
}

/// How many rows go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together {
    /// In one request.
    pub most: u32,
    /// In one job, where jobs are possible.
    pub in_job: Option<InJob>,
}

/// When rows go in a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InJob {
    /// Where more than these wait.
    pub more_than: u32,
    /// How many it takes.
    pub most: u32,
}

impl Together {
    /// So many in one request, and none in a job.
    pub const fn of(most: u32) -> Self {
        Self { most, in_job: None }
    }
}

/// What may go is `o`; a paused group has not been swept to its end yet.
const NOT_PAUSED: &str = "
    (o.group_id IS NULL OR o.maybe_sent_utc_ms IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM outbox_groups AS g WHERE g.group_id = o.group_id AND g.paused = 1))";

/// Takes what may go next for a target: the user's clicks before bulk, which goes only where `up_to` says so, the
/// oldest decision first, and with it the rows that may go in the same request or job. `None` when nothing may go
/// now.
pub fn claim_next(
    tx: &Transaction<'_>,
    target: &str,
    now_utc_ms: i64,
    up_to: Urgency,
    together: impl Fn(&OutboxRecord) -> Together,
) -> StoreResult<Option<Claim>> {
    let anybodys = if planted(17) { anybodys(tx, target)? } else { None };
    let target = anybodys.as_deref().unwrap_or(target);
    // Most of the time nothing is due, and one look into the index says so.
    if next_ready_at(tx, target, up_to)?.is_none_or(|at| at > now_utc_ms) {
        return Ok(None);
    }
    let Some(head) = head(tx, target, now_utc_ms, up_to)? else { return Ok(None) };
    let look_up = head.maybe_sent_utc_ms.is_some();
    let together = together(&head);
    let Some(key) = head.batch_key.as_deref().filter(|_| together.most > 1) else {
        return Ok(Some(Claim { rows: vec![claim(tx, &head.op_id, now_utc_ms)?], look_up, for_job: false }));
    };
    let job = match together.in_job.filter(|_| head.urgency == Urgency::Bulk && !look_up) {
        Some(job) if ready_more_than(tx, &head, key, now_utc_ms, job.more_than)? => Some(job),
        _ => None,
    };
    let most = job.map_or(together.most, |job| job.most);
    let batch = batch(tx, &head, key, now_utc_ms, most)?;
    Ok(Some(Claim { rows: claim_all(tx, &batch, now_utc_ms)?, look_up, for_job: job.is_some() }))
}

/// The row that goes first. The index is named: by another one all rows that may go would be sorted to find the first.
fn head(tx: &Transaction<'_>, target: &str, now_utc_ms: i64, up_to: Urgency) -> StoreResult<Option<OutboxRecord>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox AS o INDEXED BY outbox_ready
         WHERE o.target = ?1 AND o.lane = ?2 AND o.state IN ('held', 'pending') AND o.ready_utc_ms <= ?3
           AND {NOT_PAUSED}
         ORDER BY o.position LIMIT 1"
    );
    for urgency in [Urgency::Click, Urgency::Bulk].into_iter().filter(|urgency| *urgency <= up_to) {
        if let Some(head) = rows(tx, &sql, (target, urgency, now_utc_ms))?.pop() {
            return Ok(Some(head));
        }
    }
    Ok(None)
}

fn ready_more_than(tx: &Transaction<'_>, head: &OutboxRecord, key: &str, now: i64, rows: u32) -> StoreResult<bool> {
    let more = tx
        .prepare_cached(
            "SELECT 1 FROM outbox
             WHERE target = ?1 AND batch_key = ?2 AND lane = ?3 AND state IN ('held', 'pending')
               AND ready_utc_ms <= ?4 AND maybe_sent_utc_ms IS NULL LIMIT 1 OFFSET ?5",
        )?
        .exists((&head.target, key, head.urgency, now, rows))?;
    Ok(more)
}

/// The positions of rows that go with the first one, itself included.
fn batch(tx: &Transaction<'_>, head: &OutboxRecord, key: &str, now: i64, most: u32) -> StoreResult<Vec<i64>> {
    let sql = format!(
        "SELECT o.position, o.identity FROM outbox AS o INDEXED BY outbox_batch
         WHERE o.target = ?1 AND o.batch_key = ?2 AND o.lane = ?3 AND o.state IN ('held', 'pending')
           AND o.ready_utc_ms <= ?4 AND (o.maybe_sent_utc_ms IS NOT NULL) = ?5 AND {NOT_PAUSED}
         ORDER BY o.position LIMIT ?6"
    );
    let look_up = head.maybe_sent_utc_ms.is_some();
    let mut statement = tx.prepare_cached(&sql)?;
    let found = statement.query_map((&head.target, key, head.urgency, now, look_up, most), |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    // Two rows of one identity in one request would be one record twice.
    let (mut seen, mut positions) = (BTreeSet::new(), Vec::new());
    for row in found {
        let (position, identity) = row?;
        if seen.insert(identity) {
            positions.push(position);
        }
    }
    Ok(positions)
}

/// Takes many rows at once; all of them may be taken.
fn claim_all(tx: &Transaction<'_>, positions: &[i64], now_utc_ms: i64) -> StoreResult<Vec<OutboxRecord>> {
    let positions = serde_json::json!(positions).to_string();
    tx.prepare_cached(
        "UPDATE outbox SET state = 'claimed', attempts = attempts + 1, claimed_utc_ms = ?2,
            maybe_sent_utc_ms = coalesce(maybe_sent_utc_ms, ?2)
         WHERE position IN (SELECT value FROM json_each(?1)) AND state IN ('held', 'pending')",
    )?
    .execute((&positions, now_utc_ms))?;
    if planted(1) {
        tx.execute("UPDATE outbox SET maybe_sent_utc_ms = NULL WHERE state = 'claimed'", [])?;
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox AS o
         WHERE o.position IN (SELECT value FROM json_each(?1)) ORDER BY o.position"
    );
    rows(tx, &sql, [positions])
}

/// For mistake 17: a target of the same service, whoever is signed in.
fn anybodys(db: &Connection, target: &str) -> StoreResult<Option<String>> {
    let service = target.split(':').next().unwrap_or_default();
    let sql = "SELECT target FROM outbox WHERE state IN ('held', 'pending') AND target LIKE ?1 || ':%'
        ORDER BY ready_utc_ms LIMIT 1";
    Ok(db.query_row(sql, [service], |row| row.get(0)).optional()?)
}

/// Takes one row that the user waits for, at once, also before its hold or its wait ends.
///
/// # Errors
/// [`crate::StoreError::WrongState`] when it can't be taken now.
pub fn claim_row(tx: &Transaction<'_>, op_id: &str, now_utc_ms: i64) -> StoreResult<Claim> {
    let look_up = get(tx, op_id)?.is_some_and(|row| row.maybe_sent_utc_ms.is_some());
    Ok(Claim { rows: vec![claim(tx, op_id, now_utc_ms)?], look_up, for_job: false })
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

/// From when on the next row of a target may be claimed, of those up to this urgency; `None` when none waits for time
/// alone.
pub fn next_ready_at(db: &Connection, target: &str, up_to: Urgency) -> StoreResult<Option<i64>> {
    let mut earliest: Option<i64> = None;
    let mut statement = db.prepare_cached(
        "SELECT ready_utc_ms FROM outbox WHERE target = ?1 AND lane = ?2 AND state IN ('held', 'pending')
         ORDER BY ready_utc_ms LIMIT 1",
    )?;
    for urgency in [Urgency::Click, Urgency::Bulk].into_iter().filter(|urgency| *urgency <= up_to) {
        let next = statement.query_row((target, urgency), |row| row.get(0)).optional()?;
        earliest = earliest.into_iter().chain(next).min();
    }
    Ok(earliest)
}

/// Rows that were being sent when the program ended: unknown whether they arrived. To be put back, and looked up
/// before anything else of theirs is sent. Those of a job are settled by it.
pub fn claimed_on_start(db: &Connection) -> StoreResult<Vec<OutboxRecord>> {
    let sql =
        format!("SELECT {COLUMNS} FROM outbox AS o WHERE o.state = 'claimed' AND o.job_id IS NULL ORDER BY o.position");
    rows(db, &sql, [])
}
