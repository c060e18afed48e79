//! Table `records_pushed` (user): what this computer has made in Salesforce, by our own key. Later
//! changes go to the record id kept here, never through a second upsert.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::error::{StoreError, StoreResult};

/// One record we made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushedRecord {
    /// Our key, as in the record's external-id field.
    pub ext_key: String,
    /// The Salesforce object.
    pub object: String,
    /// The Salesforce record id.
    pub record_id: String,
    /// When it was last written.
    pub pushed_utc_ms: i64,
    /// A hash over the fields as we wrote them, to notice changes made there.
    pub fields_hash: String,
    /// When it was found deleted there; we do not make it again.
    pub deleted_there_utc_ms: Option<i64>,
}

/// The record made for a key.
pub fn get(db: &Connection, ext_key: &str) -> StoreResult<Option<PushedRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM records_pushed WHERE ext_key = ?1")?
        .query_row([ext_key], from_row)
        .optional()?;
    Ok(found)
}

/// The records made for several keys, in no particular order.
pub fn get_many(db: &Connection, ext_keys: &[&str]) -> StoreResult<Vec<PushedRecord>> {
    let keys = serde_json::json!(ext_keys).to_string();
    let mut statement =
        db.prepare_cached("SELECT * FROM records_pushed WHERE ext_key IN (SELECT value FROM json_each(?1))")?;
    let rows = statement.query_map([keys], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes a record that was made or written again.
pub fn put(tx: &Transaction<'_>, pushed: &PushedRecord) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO records_pushed (
            ext_key, object, record_id, pushed_utc_ms, fields_hash, deleted_there_utc_ms
         ) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        &pushed.ext_key,
        &pushed.object,
        &pushed.record_id,
        pushed.pushed_utc_ms,
        &pushed.fields_hash,
        pushed.deleted_there_utc_ms,
    ))?;
    Ok(())
}

/// Notes that the record is gone there.
///
/// # Errors
/// [`StoreError::NotFound`] when we made none for the key.
pub fn mark_deleted_there(tx: &Transaction<'_>, ext_key: &str, now_utc_ms: i64) -> StoreResult<()> {
    let changed =
        tx.execute("UPDATE records_pushed SET deleted_there_utc_ms = ?2 WHERE ext_key = ?1", (ext_key, now_utc_ms))?;
    if changed == 0 {
        return Err(StoreError::NotFound { table: "records_pushed" });
    }
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<PushedRecord> {
    Ok(PushedRecord {
        ext_key: row.get("ext_key")?,
        object: row.get("object")?,
        record_id: row.get("record_id")?,
        pushed_utc_ms: row.get("pushed_utc_ms")?,
        fields_hash: row.get("fields_hash")?,
        deleted_there_utc_ms: row.get("deleted_there_utc_ms")?,
    })
}
