//! Tables `meeting_templates` and `webinar_templates` (user): what is begun again and again.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

/// One of the two tables; they have the same columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Templates(&'static str);

/// Of meetings.
pub const MEETINGS: Templates = Templates("meeting_templates");
/// Of webinars.
pub const WEBINARS: Templates = Templates("webinar_templates");

columns! {
    /// One template.
    pub struct Template {
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

impl Templates {
    /// Keeps a template in the place of one of the same name.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn put(self, tx: &Transaction<'_>, template: &Template) -> StoreResult<()> {
        let insert = columns::insert(self.0, Template::COLUMNS);
        let sql = format!(
            "{insert} ON CONFLICT (name) DO UPDATE SET
                name = excluded.name, version = excluded.version, fields_json = excluded.fields_json,
                kept_utc_ms = excluded.kept_utc_ms"
        );
        tx.prepare_cached(&sql)?.execute(params_from_iter(template.values()?))?;
        Ok(())
    }

    /// All templates, by name.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn all(self, db: &Connection) -> StoreResult<Vec<Template>> {
        let mut statement = db.prepare_cached(&format!("SELECT * FROM {} ORDER BY name, id", self.0))?;
        let rows = statement.query_map([], Template::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One template.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn get(self, db: &Connection, id: &str) -> StoreResult<Option<Template>> {
        self.one(db, "id", id)
    }

    /// The template of a name, however it is written.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn named(self, db: &Connection, name: &str) -> StoreResult<Option<Template>> {
        self.one(db, "name", name)
    }

    /// Gives a template another name, which no other one may have; `false` when it was not there.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn rename(self, tx: &Transaction<'_>, id: &str, name: &str) -> StoreResult<bool> {
        Ok(tx.execute(&format!("UPDATE {} SET name = ?2 WHERE id = ?1", self.0), (id, name))? == 1)
    }

    /// Forgets a template; `false` when it was not there.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn remove(self, tx: &Transaction<'_>, id: &str) -> StoreResult<bool> {
        Ok(tx.execute(&format!("DELETE FROM {} WHERE id = ?1", self.0), [id])? == 1)
    }

    fn one(self, db: &Connection, column: &str, value: &str) -> StoreResult<Option<Template>> {
        let found = db
            .prepare_cached(&format!("SELECT * FROM {} WHERE {column} = ?1", self.0))?
            .query_row([value], Template::from_row)
            .optional()?;
        Ok(found)
    }
}
