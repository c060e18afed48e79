//! Table `records_pushed` (user): what this computer has made, by target and our own key. Later changes go to the
//! record id kept here, never through a second upsert.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::error::{StoreError, StoreResult};

/// One record we made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushedRecord {
    /// The account it was made with.
    pub target: String,
    /// Our key, as in the record's external-id field.
    pub ext_key: String,
    /// The kind of the row that made it.
    pub kind: String,
    /// The record id there.
    pub record_id: String,
    /// When it was last written.
    pub pushed_utc_ms: i64,
    /// The fields as we wrote them, in the engine's own versioned form, to notice what somebody else changed.
    pub fields_json: String,
    /// When it was found deleted there; we do not make it again.
    pub deleted_there_utc_ms: Option<i64>,
}

/// The record made for a key.
pub fn get(db: &Connection, target: &str, ext_key: &str) -> StoreResult<Option<PushedRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM records_pushed WHERE target = ?1 AND ext_key = ?2")?
        .query_row((target, ext_key), from_row)
        .optional()?;
    Ok(found)
}

/// The records made for several keys, in no particular order.
pub fn get_many(db: &Connection, target: &str, ext_keys: &[&str]) -> StoreResult<Vec<PushedRecord>> {
    let keys = serde_json::json!(ext_keys).to_string();
    let mut statement = db.prepare_cached(
        "SELECT * FROM records_pushed WHERE target = ?1 AND ext_key IN (SELECT value FROM json_each(?2))",
    )?;
    let rows = statement.query_map((target, keys), from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes a record that was made or written again.
pub fn put(tx: &Transaction<'_>, pushed: &PushedRecord) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO records_pushed (
            target, ext_key, kind, record_id, pushed_utc_ms, fields_json, deleted_there_utc_ms
         ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        &pushed.target,
        &pushed.ext_key,
        &pushed.kind,
        &pushed.record_id,
        pushed.pushed_utc_ms,
        &pushed.fields_json,
        pushed.deleted_there_utc_ms,
    ))?;
    Ok(())
}

/// Notes that the record is gone there.
///
/// # Errors
/// [`StoreError::NotFound`] when we made none for the key.
pub fn mark_deleted_there(tx: &Transaction<'_>, target: &str, ext_key: &str, now_utc_ms: i64) -> StoreResult<()> {
    let changed = tx.execute(
        "UPDATE records_pushed SET deleted_there_utc_ms = ?3 WHERE target = ?1 AND ext_key = ?2",
        (target, ext_key, now_utc_ms),
    )?;
    if changed == 0 {
        return Err(StoreError::NotFound { table: "records_pushed" });
    }
    Ok(())
}

/// Forgets a record that we deleted there ourselves.
pub fn remove(tx: &Transaction<'_>, target: &str, ext_key: &str) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM records_pushed WHERE target = ?1 AND ext_key = ?2")?.execute((target, ext_key))?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<PushedRecord> {
    Ok(PushedRecord {
        target: row.get("target")?,
        ext_key: row.get("ext_key")?,
        kind: row.get("kind")?,
        record_id: row.get("record_id")?,
        pushed_utc_ms: row.get("pushed_utc_ms")?,
        fields_json: row.get("fields_json")?,
        deleted_there_utc_ms: row.get("deleted_there_utc_ms")?,
    })
}
