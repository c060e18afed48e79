//! Table `cursors` (mirror): how far each pull has come. Written in the same transaction as the page
//! it follows, so a page is never lost or taken twice.
//!
//! A name begins with the service that is asked, `zoom.` or `salesforce.`. One that begins with neither is about what
//! both said, and means nothing any more once either copy is gone.

use liaison_domain::Provider;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::error::StoreResult;

/// One pull's position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CursorRecord {
    /// The pull, for example `zoom.meetings`.
    pub name: String,
    /// Where it goes on, in the pull's own form.
    pub value: String,
    /// When it last reached the end of its list.
    pub complete_utc_ms: Option<i64>,
    /// When it was last written.
    pub updated_utc_ms: i64,
}

/// The cursor of a pull, `None` before its first page.
pub fn get(db: &Connection, name: &str) -> StoreResult<Option<CursorRecord>> {
    let found = db.prepare_cached("SELECT * FROM cursors WHERE name = ?1")?.query_row([name], from_row).optional()?;
    Ok(found)
}

/// All cursors, by name.
pub fn all(db: &Connection) -> StoreResult<Vec<CursorRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM cursors ORDER BY name")?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets the position; when the list was last complete stays as it was.
pub fn set(tx: &Transaction<'_>, name: &str, value: &str, now_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT INTO cursors (name, value, updated_utc_ms) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET value = ?2, updated_utc_ms = ?3",
    )?
    .execute((name, value, now_utc_ms))?;
    Ok(())
}

/// Sets the position and notes that the list was read to its end.
pub fn complete(tx: &Transaction<'_>, name: &str, value: &str, now_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT INTO cursors (name, value, complete_utc_ms, updated_utc_ms) VALUES (?1, ?2, ?3, ?3)
         ON CONFLICT (name) DO UPDATE SET value = ?2, complete_utc_ms = ?3, updated_utc_ms = ?3",
    )?
    .execute((name, value, now_utc_ms))?;
    Ok(())
}

/// Forgets a position, so that the pull begins anew.
pub fn remove(tx: &Transaction<'_>, name: &str) -> StoreResult<()> {
    tx.execute("DELETE FROM cursors WHERE name = ?1", [name])?;
    Ok(())
}

/// Forgets how far the pulls of a service have come, and what was worked out of both copies.
pub(super) fn forget(tx: &Transaction<'_>, of: Provider) -> StoreResult<()> {
    let other = match of {
        Provider::Zoom => Provider::Salesforce,
        Provider::Salesforce => Provider::Zoom,
    };
    tx.execute("DELETE FROM cursors WHERE substr(name, 1, length(?1) + 1) <> ?1 || '.'", [other.key()])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CursorRecord> {
    Ok(CursorRecord {
        name: row.get("name")?,
        value: row.get("value")?,
        complete_utc_ms: row.get("complete_utc_ms")?,
        updated_utc_ms: row.get("updated_utc_ms")?,
    })
}
