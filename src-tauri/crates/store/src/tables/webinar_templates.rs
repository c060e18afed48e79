//! Table `webinar_templates` (user): webinars as they are begun again and again.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// One template.
    pub struct WebinarTemplate {
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
pub fn put(tx: &Transaction<'_>, template: &WebinarTemplate) -> StoreResult<()> {
    let insert = columns::insert("webinar_templates", WebinarTemplate::COLUMNS);
    let sql = format!(
        "{insert} ON CONFLICT (name) DO UPDATE SET
            name = excluded.name, version = excluded.version, fields_json = excluded.fields_json,
            kept_utc_ms = excluded.kept_utc_ms"
    );
    tx.prepare_cached(&sql)?.execute(params_from_iter(template.values()?))?;
    Ok(())
}

/// All templates, by name.
pub fn all(db: &Connection) -> StoreResult<Vec<WebinarTemplate>> {
    let mut statement = db.prepare_cached("SELECT * FROM webinar_templates ORDER BY name, id")?;
    let rows = statement.query_map([], WebinarTemplate::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One template.
pub fn get(db: &Connection, id: &str) -> StoreResult<Option<WebinarTemplate>> {
    let found = db
        .prepare_cached("SELECT * FROM webinar_templates WHERE id = ?1")?
        .query_row([id], WebinarTemplate::from_row)
        .optional()?;
    Ok(found)
}

/// Forgets a template; `false` when it was not there.
pub fn remove(tx: &Transaction<'_>, id: &str) -> StoreResult<bool> {
    Ok(tx.execute("DELETE FROM webinar_templates WHERE id = ?1", [id])? == 1)
}
