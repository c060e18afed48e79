//! Table `links` (user): which Salesforce record a Zoom thing belongs to, why, and since when.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, named_params};

use crate::error::StoreResult;

/// One link. There is at most one between the same two things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRecord {
    /// Our own id.
    pub id: String,
    /// What kind of Zoom thing: `meeting`, later `call` and others.
    pub zoom_kind: String,
    /// Its key in the mirror.
    pub zoom_key: String,
    /// The Salesforce object: `Lead`, `Contact` and others.
    pub record_kind: String,
    /// The Salesforce record id.
    pub record_id: String,
    /// The record's name when it was linked.
    pub record_name: String,
    /// How it was found: `intent`, `remembered`, `phone`, `email`, `manual`.
    pub basis: String,
    /// Why, in a form the engine can put into words.
    pub reason: String,
    /// When it was made.
    pub created_utc_ms: i64,
}

/// Stores a link and returns the id under which the two are linked: the new one, or that of a link
/// which was there before and stays as it is.
pub fn insert_link(tx: &Transaction<'_>, link: &LinkRecord) -> StoreResult<String> {
    tx.prepare_cached(
        "INSERT INTO links (
            id, zoom_kind, zoom_key, record_kind, record_id, record_name, basis, reason,
            created_utc_ms
         ) VALUES (
            :id, :zoom_kind, :zoom_key, :record_kind, :record_id, :record_name, :basis, :reason,
            :created_utc_ms
         ) ON CONFLICT (zoom_kind, zoom_key, record_id) DO NOTHING",
    )?
    .execute(named_params! {
        ":id": link.id,
        ":zoom_kind": link.zoom_kind,
        ":zoom_key": link.zoom_key,
        ":record_kind": link.record_kind,
        ":record_id": link.record_id,
        ":record_name": link.record_name,
        ":basis": link.basis,
        ":reason": link.reason,
        ":created_utc_ms": link.created_utc_ms,
    })?;
    let id = tx
        .prepare_cached("SELECT id FROM links WHERE zoom_kind = ?1 AND zoom_key = ?2 AND record_id = ?3")?
        .query_row((&link.zoom_kind, &link.zoom_key, &link.record_id), |row| row.get(0))?;
    Ok(id)
}

/// The links of one Zoom thing, oldest first.
pub fn links_for(db: &Connection, zoom_kind: &str, zoom_key: &str) -> StoreResult<Vec<LinkRecord>> {
    links_for_many(db, zoom_kind, &[zoom_key])
}

/// The links of several Zoom things of a kind, oldest first.
pub fn links_for_many(db: &Connection, zoom_kind: &str, zoom_keys: &[&str]) -> StoreResult<Vec<LinkRecord>> {
    let keys = serde_json::json!(zoom_keys).to_string();
    let mut statement = db.prepare_cached(
        "SELECT * FROM links
         WHERE zoom_kind = ?1 AND zoom_key IN (SELECT value FROM json_each(?2))
         ORDER BY created_utc_ms, id",
    )?;
    let rows = statement.query_map((zoom_kind, keys), from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The links of one Salesforce record, newest first.
pub fn links_of_record(db: &Connection, record_id: &str) -> StoreResult<Vec<LinkRecord>> {
    let mut statement =
        db.prepare_cached("SELECT * FROM links WHERE record_id = ?1 ORDER BY created_utc_ms DESC, id")?;
    let rows = statement.query_map([record_id], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One link by its id.
pub fn get(db: &Connection, id: &str) -> StoreResult<Option<LinkRecord>> {
    let found = db.prepare_cached("SELECT * FROM links WHERE id = ?1")?.query_row([id], from_row).optional()?;
    Ok(found)
}

/// Removes a link; `false` when it was not there.
pub fn remove(tx: &Transaction<'_>, id: &str) -> StoreResult<bool> {
    Ok(tx.execute("DELETE FROM links WHERE id = ?1", [id])? == 1)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<LinkRecord> {
    Ok(LinkRecord {
        id: row.get("id")?,
        zoom_kind: row.get("zoom_kind")?,
        zoom_key: row.get("zoom_key")?,
        record_kind: row.get("record_kind")?,
        record_id: row.get("record_id")?,
        record_name: row.get("record_name")?,
        basis: row.get("basis")?,
        reason: row.get("reason")?,
        created_utc_ms: row.get("created_utc_ms")?,
    })
}
