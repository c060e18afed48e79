//! Table `records_pushed` (user): what this computer has made, by target and our own key. Later changes go to the
//! record id kept here, never through a second upsert.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::{StoreError, StoreResult};

columns! {
    /// One record we made.
    pub struct PushedRecord {
        /// The account it was made with.
        target: String,
        /// Our key, as in the record's external-id field.
        ext_key: String,
        /// The kind of the row that made it.
        kind: String,
        /// The record id there.
        record_id: String,
        /// When it was last written.
        pushed_utc_ms: i64,
        /// The fields as we wrote them, in the engine's own versioned form, to notice what somebody else changed.
        fields_json: String,
        /// When it was found deleted there; we do not make it again.
        deleted_there_utc_ms: Option<i64>,
    }
}

/// The record made for a key.
pub fn get(db: &Connection, target: &str, ext_key: &str) -> StoreResult<Option<PushedRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM records_pushed WHERE target = ?1 AND ext_key = ?2")?
        .query_row((target, ext_key), PushedRecord::from_row)
        .optional()?;
    Ok(found)
}

/// The records made for several keys, in no particular order.
pub fn get_many(db: &Connection, target: &str, ext_keys: &[&str]) -> StoreResult<Vec<PushedRecord>> {
    let keys = serde_json::json!(ext_keys).to_string();
    let mut statement = db.prepare_cached(
        "SELECT * FROM records_pushed WHERE target = ?1 AND ext_key IN (SELECT value FROM json_each(?2))",
    )?;
    let rows = statement.query_map((target, keys), PushedRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes a record that was made or written again.
pub fn put(tx: &Transaction<'_>, pushed: &PushedRecord) -> StoreResult<()> {
    let (insert, newer) =
        (columns::insert("records_pushed", PushedRecord::COLUMNS), columns::newer(PushedRecord::COLUMNS));
    tx.prepare_cached(&format!("{insert} ON CONFLICT (target, ext_key) DO UPDATE SET {newer}"))?
        .execute(params_from_iter(pushed.values()?))?;
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
