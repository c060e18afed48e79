//! The indexes of searches, where a large part of what they tell of changes at once.
//!
//! Triggers keep an index row by row and overwrite what goes, at milliseconds a row: right for a page of people, and
//! minutes for all of them, during which nothing else could be written.

use rusqlite::Transaction;

use crate::error::StoreResult;

/// An index, and the folded table that it is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct SearchIndex {
    name: &'static str,
    of: &'static str,
}

pub(super) const PEOPLE: SearchIndex = SearchIndex { name: "people_search", of: "people_folded" };
pub(super) const CALLS: SearchIndex = SearchIndex { name: "calls_search", of: "calls_folded" };

/// More changed rows than this are cheaper when the index is made anew.
pub(super) const MANY: usize = 500;

impl SearchIndex {
    /// Changes `rows` rows of the folded table: the index follows, however many they are.
    pub fn following<T>(
        self,
        tx: &Transaction<'_>,
        rows: usize,
        change: impl FnOnce() -> StoreResult<T>,
    ) -> StoreResult<T> {
        if rows < MANY { change() } else { self.made_anew(tx, change) }
    }

    /// Changes the folded table and makes the whole index anew.
    pub fn made_anew<T>(self, tx: &Transaction<'_>, change: impl FnOnce() -> StoreResult<T>) -> StoreResult<T> {
        let triggers: Vec<(String, String)> = tx
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1")?
            .query_map([self.of], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (name, _) in &triggers {
            tx.execute_batch(&format!("DROP TRIGGER {name}"))?;
        }
        let outcome = change()?;
        let name = self.name;
        tx.execute(&format!("INSERT INTO {name} ({name}) VALUES ('rebuild')"), [])?;
        for (_, sql) in &triggers {
            tx.execute_batch(sql)?;
        }
        Ok(outcome)
    }
}
