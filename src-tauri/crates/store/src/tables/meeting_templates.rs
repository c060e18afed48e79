//! Table `meeting_templates` (user): meetings as they are begun again and again.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// One template.
    pub struct MeetingTemplate {
        /// Our own id.
        id: String,
        /// What the user calls it.
        name: String,
        /// The form of `fields_json`.
        version: i64,
        /// What it sets, in the engine's versioned form.
        fields_json: String,
        /// When it was kept.
        kept_utc_ms: i64,
    }
}

/// Keeps a template in the place of one of the same name.
pub fn put(tx: &Transaction<'_>, template: &MeetingTemplate) -> StoreResult<()> {
    let insert = columns::insert("meeting_templates", MeetingTemplate::COLUMNS);
    let sql = format!(
        "{insert} ON CONFLICT (name) DO UPDATE SET
            name = excluded.name, version = excluded.version, fields_json = excluded.fields_json,
            kept_utc_ms = excluded.kept_utc_ms"
    );
    tx.prepare_cached(&sql)?.execute(params_from_iter(template.values()?))?;
    Ok(())
}

/// All templates, by name.
pub fn all(db: &Connection) -> StoreResult<Vec<MeetingTemplate>> {
    let mut statement = db.prepare_cached("SELECT * FROM meeting_templates ORDER BY name, id")?;
    let rows = statement.query_map([], MeetingTemplate::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One template.
pub fn get(db: &Connection, id: &str) -> StoreResult<Option<MeetingTemplate>> {
    let found = db
        .prepare_cached("SELECT * FROM meeting_templates WHERE id = ?1")?
        .query_row([id], MeetingTemplate::from_row)
        .optional()?;
    Ok(found)
}

/// The template of a name, however it is written.
pub fn named(db: &Connection, name: &str) -> StoreResult<Option<MeetingTemplate>> {
    let found = db
        .prepare_cached("SELECT * FROM meeting_templates WHERE name = ?1")?
        .query_row([name], MeetingTemplate::from_row)
        .optional()?;
    Ok(found)
}

/// Gives a template another name, which no other one may have; `false` when it was not there.
pub fn rename(tx: &Transaction<'_>, id: &str, name: &str) -> StoreResult<bool> {
    Ok(tx.execute("UPDATE meeting_templates SET name = ?2 WHERE id = ?1", (id, name))? == 1)
}

/// Forgets a template; `false` when it was not there.
pub fn remove(tx: &Transaction<'_>, id: &str) -> StoreResult<bool> {
    Ok(tx.execute("DELETE FROM meeting_templates WHERE id = ?1", [id])? == 1)
}
