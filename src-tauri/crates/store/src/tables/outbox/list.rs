//! Looking at the outbox. Every question has an index or a kept count; the history is read a page at a time.

use rusqlite::{Connection, OptionalExtension as _, Params};

use super::record::{COLUMNS, NewOperation, OutboxCounts, OutboxRecord, OutboxState, from_row};
use crate::error::StoreResult;

/// Open rows, the newest first: a page of those older than `before` (a position).
///
/// Each comes with its position, which is where the next page begins.
pub fn open_page(db: &Connection, before: Option<i64>, limit: u32) -> StoreResult<Vec<(i64, OutboxRecord)>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox AS o WHERE o.state NOT IN ('done', 'discarded') AND o.position < ?1
         ORDER BY o.position DESC LIMIT ?2"
    );
    positioned(db, &sql, (before.unwrap_or(i64::MAX), limit))
}

/// Done or discarded rows, the last finished first: a page of those finished before a moment.
///
/// Each comes with when it was finished, which is where the next page begins; rows finished at the same moment as
/// the last of a page are all in that page.
pub fn finished_page(db: &Connection, before_utc_ms: Option<i64>, limit: u32) -> StoreResult<Vec<(i64, OutboxRecord)>> {
    let edge: Option<i64> = db
        .prepare_cached(
            "SELECT done_utc_ms FROM outbox WHERE state IN ('done', 'discarded') AND done_utc_ms < ?1
             ORDER BY done_utc_ms DESC LIMIT 1 OFFSET ?2",
        )?
        .query_row((before_utc_ms.unwrap_or(i64::MAX), limit.max(1) - 1), |row| row.get(0))
        .optional()?;
    let sql = format!(
        "SELECT {COLUMNS}, o.done_utc_ms AS edge FROM outbox AS o
         WHERE o.state IN ('done', 'discarded') AND o.done_utc_ms < ?1 AND o.done_utc_ms >= ?2
         ORDER BY o.done_utc_ms DESC, o.position DESC"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((before_utc_ms.unwrap_or(i64::MAX), edge.unwrap_or(i64::MIN)), |row| {
        Ok((row.get("edge")?, from_row(row)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many rows were done since a moment.
pub fn done_since(db: &Connection, since_utc_ms: i64) -> StoreResult<u32> {
    let count = db
        .prepare_cached(
            "SELECT count(*) FROM outbox
             WHERE state IN ('done', 'discarded') AND done_utc_ms >= ?1 AND state = 'done'",
        )?
        .query_row([since_utc_ms], |row| row.get(0))?;
    Ok(count)
}

/// All rows about one Zoom thing, in the order of the user's decisions.
pub fn by_subject(db: &Connection, subject_key: &str) -> StoreResult<Vec<OutboxRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox AS o WHERE o.subject_key = ?1 ORDER BY o.position");
    rows(db, &sql, [subject_key])
}

/// The last row of a kind about each of several Zoom things that says what became of the record: a change that was
/// given up left it as it was.
pub fn last_by_subject(db: &Connection, kind: &str, subject_keys: &[&str]) -> StoreResult<Vec<OutboxRecord>> {
    let keys = serde_json::json!(subject_keys).to_string();
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox AS o WHERE o.position IN (
            SELECT max(position) FROM outbox
            WHERE subject_key IN (SELECT value FROM json_each(?1)) AND kind = ?2
              AND (state <> 'discarded' OR action = 'create') GROUP BY subject_key)"
    );
    rows(db, &sql, (keys, kind))
}

/// All rows about one record of a target, in the order of the user's decisions.
pub fn by_identity(db: &Connection, target: &str, kind: &str, identity: &str) -> StoreResult<Vec<OutboxRecord>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox AS o WHERE o.target = ?1 AND o.kind = ?2 AND o.identity = ?3 ORDER BY o.position"
    );
    rows(db, &sql, (target, kind, identity))
}

/// Whether a row of a kind has made the record of a target.
pub fn has_made(db: &Connection, target: &str, kind: &str, record_id: &str) -> StoreResult<bool> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM outbox
         WHERE target = ?1 AND kind = ?2 AND action = 'create' AND state = 'done' AND record_id = ?3)",
    )?;
    Ok(statement.query_row((target, kind, record_id), |row| row.get(0))?)
}

/// Whether the user has decided anew about the record since a row, so that undoing the row would write over that:
/// `undoing` is what would undo it. Of a row that would be undone by a deletion only another deletion counts.
pub fn overtaken(db: &Connection, op_id: &str, undoing: &NewOperation) -> StoreResult<bool> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM outbox
         WHERE target = ?1 AND kind = ?2 AND identity = ?3 AND state <> 'discarded'
           AND position > (SELECT position FROM outbox WHERE op_id = ?4) AND (?5 <> 'delete' OR action = 'delete'))",
    )?;
    let about = (&undoing.target, &undoing.kind, &undoing.identity, op_id, undoing.action);
    Ok(statement.query_row(about, |row| row.get(0))?)
}

/// The open rows of a target with an order key, in the order in which they will go.
pub fn open_in_order(db: &Connection, target: &str, order_key: &str) -> StoreResult<Vec<OutboxRecord>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox AS o WHERE o.target = ?1 AND o.order_key = ?2 AND o.state NOT IN ('done', 'discarded')
         ORDER BY o.position"
    );
    rows(db, &sql, (target, order_key))
}

/// One row.
pub fn get(db: &Connection, op_id: &str) -> StoreResult<Option<OutboxRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox AS o WHERE o.op_id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([op_id], from_row).optional()?)
}

/// How many rows are in each state, of all targets.
pub fn counts(db: &Connection) -> StoreResult<OutboxCounts> {
    let mut statement = db.prepare_cached("SELECT state, sum(count) FROM outbox_counts GROUP BY state")?;
    OutboxCounts::read(&mut statement, [])
}

/// How many rows of a group, or of no group, are in each state.
pub fn counts_within(db: &Connection, group_id: Option<&str>) -> StoreResult<OutboxCounts> {
    let mut statement = db.prepare_cached("SELECT state, count FROM outbox_group_counts WHERE group_id = ?1")?;
    OutboxCounts::read(&mut statement, [group_id.unwrap_or_default()])
}

/// Rows of a group, or of no group, in these states, one state after the other; in each what was decided (or, of
/// what is over, finished) last comes first. Skips `offset` of them and answers at most `limit`.
pub fn page(
    db: &Connection,
    group_id: Option<&str>,
    states: &[OutboxState],
    offset: u32,
    limit: u32,
) -> StoreResult<Vec<OutboxRecord>> {
    let counts = counts_within(db, group_id)?;
    let (mut skip, mut page) = (offset, Vec::new());
    for state in states {
        let there = counts.of(*state);
        let left = limit.saturating_sub(u32::try_from(page.len()).unwrap_or(u32::MAX));
        if skip >= there || left == 0 {
            skip = skip.saturating_sub(there);
            continue;
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM outbox AS o WHERE o.group_id IS ?1 AND o.state = ?2
             ORDER BY o.done_utc_ms DESC, o.position DESC LIMIT ?3 OFFSET ?4"
        );
        page.extend(rows(db, &sql, (group_id, state, left, skip))?);
        skip = 0;
    }
    Ok(page)
}

pub(super) fn rows(db: &Connection, sql: &str, params: impl Params) -> StoreResult<Vec<OutboxRecord>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params, from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn positioned(db: &Connection, sql: &str, params: impl Params) -> StoreResult<Vec<(i64, OutboxRecord)>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| Ok((row.get("position")?, from_row(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
