//! Table `ui_state` (user): where the window was left (open view, widths, folded groups), by key.
//! Losing it costs a click; it is kept apart from `settings` so that "reset the layout" is one
//! statement.

use rusqlite::{Connection, Transaction};

use super::key_value::KeyValueTable;
use crate::error::StoreResult;

const TABLE: KeyValueTable = KeyValueTable::named("ui_state");

/// The value of a key.
pub fn get(db: &Connection, key: &str) -> StoreResult<Option<String>> {
    TABLE.get(db, key)
}

/// All of it, by key.
pub fn all(db: &Connection) -> StoreResult<Vec<(String, String)>> {
    TABLE.all(db)
}

/// Remembers a value.
pub fn set(tx: &Transaction<'_>, key: &str, value: &str) -> StoreResult<()> {
    TABLE.set(tx, key, value)
}

/// Forgets a value.
pub fn remove(tx: &Transaction<'_>, key: &str) -> StoreResult<()> {
    TABLE.remove(tx, key)
}
