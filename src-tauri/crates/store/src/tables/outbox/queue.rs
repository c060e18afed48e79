//! Looking at the outbox: what is due, what is there, when to look again.

use rusqlite::{Connection, OptionalExtension as _, Params};

use super::record::{OutboxCounts, OutboxRecord, OutboxState, from_row};
use crate::error::StoreResult;

/// The row is `o`. Its dependency is done, and no earlier row of the same record is still open.
const FREE: &str = "
    o.state IN ('held', 'pending')
    AND (o.depends_on IS NULL OR EXISTS (
        SELECT 1 FROM outbox AS d WHERE d.op_id = o.depends_on AND d.state = 'done'))
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS e
        WHERE e.object = o.object AND e.ext_key = o.ext_key
          AND e.state NOT IN ('done', 'discarded') AND e.position < o.position)";

/// The row is `o`. From when on it may be sent.
const READY_AT: &str = "
    CASE o.state WHEN 'held' THEN max(o.held_until_utc_ms, o.not_before_utc_ms)
    ELSE o.not_before_utc_ms END";

/// Rows that may be claimed now, in the order of the user's decisions.
pub fn due(db: &Connection, now_utc_ms: i64) -> StoreResult<Vec<OutboxRecord>> {
    let sql = format!("SELECT o.* FROM outbox AS o WHERE {FREE} AND {READY_AT} <= ?1 ORDER BY o.position");
    rows(db, &sql, [now_utc_ms])
}

/// Whether one row may be claimed now; the same rule as [`due`].
pub(super) fn is_due(db: &Connection, op_id: &str, now_utc_ms: i64) -> StoreResult<bool> {
    let sql = format!("SELECT 1 FROM outbox AS o WHERE o.op_id = ?1 AND {FREE} AND {READY_AT} <= ?2");
    Ok(db.prepare_cached(&sql)?.exists((op_id, now_utc_ms))?)
}

/// When the next row may be claimed, in the past when one may be now; `None` when no row waits for
/// time alone.
pub fn next_due_at(db: &Connection) -> StoreResult<Option<i64>> {
    let sql = format!("SELECT min({READY_AT}) FROM outbox AS o WHERE {FREE}");
    let earliest = db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
    Ok(earliest)
}

/// Rows that were being sent when the program ended: unknown whether they arrived. To be looked up
/// before anything else is sent.
pub fn claimed_on_start(db: &Connection) -> StoreResult<Vec<OutboxRecord>> {
    rows(db, "SELECT * FROM outbox WHERE state = 'claimed' ORDER BY position", [])
}

/// The outbox as the user sees it: what is open first, then what is finished, each newest first.
pub fn list_all(db: &Connection, limit: usize) -> StoreResult<Vec<OutboxRecord>> {
    rows(
        db,
        "SELECT * FROM outbox ORDER BY state IN ('done', 'discarded'), position DESC LIMIT ?1",
        [i64::try_from(limit).unwrap_or(i64::MAX)],
    )
}

/// All rows about one Zoom thing, in the order of the user's decisions.
pub fn by_subject(db: &Connection, subject_key: &str) -> StoreResult<Vec<OutboxRecord>> {
    rows(db, "SELECT * FROM outbox WHERE subject_key = ?1 ORDER BY position", [subject_key])
}

/// The last row about each of several Zoom things.
pub fn last_by_subject(db: &Connection, subject_keys: &[&str]) -> StoreResult<Vec<OutboxRecord>> {
    let keys = serde_json::json!(subject_keys).to_string();
    rows(
        db,
        "SELECT * FROM outbox WHERE position IN (
            SELECT max(position) FROM outbox
            WHERE subject_key IN (SELECT value FROM json_each(?1)) GROUP BY subject_key)",
        [keys],
    )
}

/// The open rows of one record, in the order in which they will go.
pub fn open_for_key(db: &Connection, object: &str, ext_key: &str) -> StoreResult<Vec<OutboxRecord>> {
    rows(
        db,
        "SELECT * FROM outbox
         WHERE object = ?1 AND ext_key = ?2 AND state NOT IN ('done', 'discarded')
         ORDER BY position",
        (object, ext_key),
    )
}

/// One row.
pub fn get(db: &Connection, op_id: &str) -> StoreResult<Option<OutboxRecord>> {
    let found = db.prepare_cached("SELECT * FROM outbox WHERE op_id = ?1")?.query_row([op_id], from_row).optional()?;
    Ok(found)
}

/// How many rows are in each state.
pub fn counts(db: &Connection) -> StoreResult<OutboxCounts> {
    let mut counts = OutboxCounts::default();
    let mut statement = db.prepare_cached("SELECT state, count(*) FROM outbox GROUP BY state")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let count = row.get(1)?;
        match row.get::<_, OutboxState>(0)? {
            OutboxState::Held => counts.held = count,
            OutboxState::Pending => counts.pending = count,
            OutboxState::Claimed => counts.claimed = count,
            OutboxState::Done => counts.done = count,
            OutboxState::Blocked => counts.blocked = count,
            OutboxState::Review => counts.review = count,
            OutboxState::Discarded => counts.discarded = count,
        }
    }
    Ok(counts)
}

fn rows(db: &Connection, sql: &str, params: impl Params) -> StoreResult<Vec<OutboxRecord>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params, from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
