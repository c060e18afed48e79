//! Table `call_tasks` (user): the Task that a call has in Salesforce, and who made it.
//!
//! `calls.logged` says the same once more, for lists and counts; it is only ever written with this table.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use super::calls;
use super::text_column::text_enum;
use crate::error::StoreResult;

text_enum! {
    /// Who made a Task.
    pub enum Maker {
        /// This program, here or on another computer of the user.
        Own = "self",
        /// A package of Zoom's.
        Zoom = "zoom",
        /// A package of RingCentral's.
        RingCentral = "ring_central",
        /// Einstein Activity Capture.
        Einstein = "einstein",
        /// Something else of the org's.
        Somebody = "somebody",
    }
}

/// The Task of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallTask {
    /// The call.
    pub call_key: String,
    /// The account in which it stands.
    pub target: String,
    /// Its Salesforce id.
    pub record_id: String,
    /// Who made it.
    pub maker: Maker,
    /// Their name, in the org's words.
    pub maker_name: Option<String>,
    /// When it was made or found.
    pub noted_utc_ms: i64,
}

/// Notes a Task; the call counts as logged.
pub fn put(tx: &Transaction<'_>, task: &CallTask) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO call_tasks (call_key, target, record_id, maker, maker_name, noted_utc_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((&task.call_key, &task.target, &task.record_id, task.maker, &task.maker_name, task.noted_utc_ms))?;
    calls::set_logged(tx, &task.call_key, true)
}

/// The Task is gone; the call counts as not logged.
pub fn remove(tx: &Transaction<'_>, call_key: &str) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM call_tasks WHERE call_key = ?1")?.execute([call_key])?;
    calls::set_logged(tx, call_key, false)
}

/// The Task of a call.
pub fn get(db: &Connection, call_key: &str) -> StoreResult<Option<CallTask>> {
    let found = db
        .prepare_cached("SELECT * FROM call_tasks WHERE call_key = ?1")?
        .query_row([call_key], from_row)
        .optional()?;
    Ok(found)
}

/// The call whose Task a record is.
pub fn of_record(db: &Connection, record_id: &str) -> StoreResult<Option<CallTask>> {
    let found = db
        .prepare_cached("SELECT * FROM call_tasks WHERE record_id = ?1")?
        .query_row([record_id], from_row)
        .optional()?;
    Ok(found)
}

/// Two calls turned out to be one: its Task goes with the one that stays, unless that has one.
pub fn give(tx: &Transaction<'_>, from_key: &str, to_key: &str) -> StoreResult<()> {
    if let Some(task) = get(tx, from_key)? {
        remove(tx, from_key)?;
        if get(tx, to_key)?.is_none() {
            put(tx, &CallTask { call_key: to_key.to_owned(), ..task })?;
        }
    }
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CallTask> {
    Ok(CallTask {
        call_key: row.get("call_key")?,
        target: row.get("target")?,
        record_id: row.get("record_id")?,
        maker: row.get("maker")?,
        maker_name: row.get("maker_name")?,
        noted_utc_ms: row.get("noted_utc_ms")?,
    })
}
