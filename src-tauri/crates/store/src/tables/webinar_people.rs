//! Tables `webinar_panelists` and `webinar_sources` (mirror): who speaks, and where registrants come from. Both lists
//! are short and read whole, so each reading takes the place of the one before.

use rusqlite::{Connection, OptionalExtension as _, Transaction};
use secrecy::SecretString;

use super::folding::fold_email;
use crate::error::StoreResult;
use crate::sealed::{SealedCell, Sealer};

/// Somebody who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelistRecord {
    /// Webinar and Zoom's id, or address, with a colon between.
    pub key: String,
    /// Zoom's id.
    pub panelist_id: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// They have a link of their own.
    pub has_link: bool,
}

/// A panelist as an answer brought it.
#[derive(Debug, Clone)]
pub struct FetchedPanelist {
    /// The row.
    pub panelist: PanelistRecord,
    /// The person's own link, stored sealed.
    pub join_url: Option<SecretString>,
}

/// A link to the form that tells where people came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRecord {
    /// Zoom's id.
    pub source_id: String,
    /// The host's name for it.
    pub name: Option<String>,
    /// The link, which is public.
    pub url: Option<String>,
    /// How many registered through it.
    pub registrations: u32,
    /// How many looked.
    pub visitors: u32,
}

/// The panel as it is now.
///
/// # Errors
/// `StoreError::Seal` when the system has no randomness to give.
pub fn put_panel(tx: &Transaction<'_>, sealer: &Sealer, webinar: &str, panel: &[FetchedPanelist]) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM webinar_panelists WHERE webinar_key = ?1")?.execute([webinar])?;
    let mut insert = tx.prepare_cached(
        "INSERT OR REPLACE INTO webinar_panelists (
            key, webinar_key, panelist_id, name, email, email_folded, join_url_sealed
         ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for FetchedPanelist { panelist, join_url } in panel {
        let sealed = sealer.seal_optional(cell(&panelist.key), join_url.as_ref())?;
        let folded = fold_email(panelist.email.as_deref().unwrap_or_default());
        insert.execute((
            &panelist.key,
            webinar,
            &panelist.panelist_id,
            &panelist.name,
            &panelist.email,
            folded,
            sealed,
        ))?;
    }
    Ok(())
}

/// The panel, by name.
pub fn panel(db: &Connection, webinar: &str) -> StoreResult<Vec<PanelistRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT key, panelist_id, name, email, join_url_sealed IS NOT NULL FROM webinar_panelists
         WHERE webinar_key = ?1 ORDER BY name, key",
    )?;
    let rows = statement.query_map([webinar], |row| {
        Ok(PanelistRecord {
            key: row.get(0)?,
            panelist_id: row.get(1)?,
            name: row.get(2)?,
            email: row.get(3)?,
            has_link: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A panelist's own link.
///
/// # Errors
/// `StoreError::Seal` when it does not open.
pub fn join_url(db: &Connection, sealer: &Sealer, key: &str) -> StoreResult<Option<SecretString>> {
    let found: Option<Option<Vec<u8>>> = db
        .prepare_cached("SELECT join_url_sealed FROM webinar_panelists WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    sealer.open_optional(cell(key), found.flatten().as_deref())
}

/// The links to the form as they are now.
pub fn put_sources(tx: &Transaction<'_>, webinar: &str, sources: &[SourceRecord]) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM webinar_sources WHERE webinar_key = ?1")?.execute([webinar])?;
    let mut insert = tx.prepare_cached(
        "INSERT OR REPLACE INTO webinar_sources (key, webinar_key, source_id, name, url, registrations, visitors)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for source in sources {
        let key = format!("{webinar}:{}", source.source_id);
        insert.execute((
            key,
            webinar,
            &source.source_id,
            &source.name,
            &source.url,
            source.registrations,
            source.visitors,
        ))?;
    }
    Ok(())
}

/// The links to the form, by name.
pub fn sources(db: &Connection, webinar: &str) -> StoreResult<Vec<SourceRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT source_id, name, url, registrations, visitors FROM webinar_sources
         WHERE webinar_key = ?1 ORDER BY name, key",
    )?;
    let rows = statement.query_map([webinar], |row| {
        Ok(SourceRecord {
            source_id: row.get(0)?,
            name: row.get(1)?,
            url: row.get(2)?,
            registrations: row.get(3)?,
            visitors: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn cell(key: &str) -> SealedCell<'_> {
    SealedCell { table: "webinar_panelists", column: "join_url_sealed", row: key }
}
