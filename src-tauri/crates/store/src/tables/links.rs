//! Table `links` (user): which Salesforce record a Zoom thing belongs to, why, and since when.

use liaison_domain::{LinkBasis, RecordKind};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// One link. There is at most one between the same two things.
    pub struct LinkRecord {
        /// Our own id.
        id: String,
        /// What kind of Zoom thing: `meeting`, later `call` and others.
        zoom_kind: String,
        /// Its key in the mirror.
        zoom_key: String,
        /// The Salesforce object.
        record_kind: RecordKind as word,
        /// The Salesforce record id.
        record_id: String,
        /// The record's name when it was linked.
        record_name: String,
        /// How it was found.
        basis: LinkBasis as word,
        /// Why, in a form the engine can put into words.
        reason: String,
        /// When it was made.
        created_utc_ms: i64,
    }
}

/// Stores a link and returns the id under which the two are linked: the new one, or that of a link
/// which was there before and stays as it is.
pub fn insert_link(tx: &Transaction<'_>, link: &LinkRecord) -> StoreResult<String> {
    let insert = columns::insert("links", LinkRecord::COLUMNS);
    tx.prepare_cached(&format!("{insert} ON CONFLICT (zoom_kind, zoom_key, record_id) DO NOTHING"))?
        .execute(params_from_iter(link.values()?))?;
    let id = tx
        .prepare_cached("SELECT id FROM links WHERE zoom_kind = ?1 AND zoom_key = ?2 AND record_id = ?3")?
        .query_row((&link.zoom_kind, &link.zoom_key, &link.record_id), |row| row.get(0))?;
    Ok(id)
}

impl LinkRecord {
    /// The person at its end, as [`super::people::PersonRecord::id`] has it.
    #[must_use]
    pub fn person_id(&self) -> String {
        format!("{}:{}", self.record_kind.object(), self.record_id)
    }
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
    Ok(columns::readable("links", statement.query_map((zoom_kind, keys), LinkRecord::from_row)?)?)
}

/// All links of one kind of Zoom thing, oldest first: for kinds of which there are few.
pub fn links_of_kind(db: &Connection, zoom_kind: &str) -> StoreResult<Vec<LinkRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM links WHERE zoom_kind = ?1 ORDER BY created_utc_ms, id")?;
    Ok(columns::readable("links", statement.query_map([zoom_kind], LinkRecord::from_row)?)?)
}

/// The links of one Salesforce record, newest first.
pub fn links_of_record(db: &Connection, record_id: &str) -> StoreResult<Vec<LinkRecord>> {
    let mut statement =
        db.prepare_cached("SELECT * FROM links WHERE record_id = ?1 ORDER BY created_utc_ms DESC, id")?;
    Ok(columns::readable("links", statement.query_map([record_id], LinkRecord::from_row)?)?)
}

/// When the last meeting that a record is linked with begins, gone ones included.
pub fn last_meeting(db: &Connection, record_id: &str) -> StoreResult<Option<i64>> {
    let mut statement = db.prepare_cached(
        "SELECT max(m.start_utc_ms) FROM links AS l JOIN zoom_meetings AS m ON m.key = l.zoom_key WHERE l.record_id = ?1",
    )?;
    Ok(statement.query_row([record_id], |row| row.get(0))?)
}

/// One link by its id.
pub fn get(db: &Connection, id: &str) -> StoreResult<Option<LinkRecord>> {
    let found =
        db.prepare_cached("SELECT * FROM links WHERE id = ?1")?.query_row([id], LinkRecord::from_row).optional()?;
    Ok(found)
}

/// Removes a link; `false` when it was not there.
pub fn remove(tx: &Transaction<'_>, id: &str) -> StoreResult<bool> {
    Ok(tx.execute("DELETE FROM links WHERE id = ?1", [id])? == 1)
}
