//! The statements that `settings` and `ui_state` share.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::StoreResult;

/// A table of texts by key.
pub(super) struct KeyValueTable {
    name: &'static str,
}

impl KeyValueTable {
    /// The name becomes part of statements, so it is one of this crate's own words.
    pub(super) const fn named(name: &'static str) -> Self {
        Self { name }
    }

    pub(super) fn get(&self, db: &Connection, key: &str) -> StoreResult<Option<String>> {
        let found = db
            .prepare_cached(&format!("SELECT value FROM {} WHERE key = ?1", self.name))?
            .query_row([key], |row| row.get(0))
            .optional()?;
        Ok(found)
    }

    pub(super) fn all(&self, db: &Connection) -> StoreResult<Vec<(String, String)>> {
        let mut statement = db.prepare_cached(&format!("SELECT key, value FROM {} ORDER BY key", self.name))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn set(&self, tx: &Transaction<'_>, key: &str, value: &str) -> StoreResult<()> {
        tx.prepare_cached(&format!(
            "INSERT INTO {} (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = ?2",
            self.name
        ))?
        .execute((key, value))?;
        Ok(())
    }

    pub(super) fn remove(&self, tx: &Transaction<'_>, key: &str) -> StoreResult<()> {
        tx.execute(&format!("DELETE FROM {} WHERE key = ?1", self.name), [key])?;
        Ok(())
    }
}
