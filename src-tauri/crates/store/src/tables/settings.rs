//! Table `settings` (user): what the user chose, by key. The meaning and form of a value (usually
//! JSON) belong to the engine. No secrets here.

use rusqlite::{Connection, Transaction};

use super::key_value::KeyValueTable;
use crate::error::StoreResult;

const TABLE: KeyValueTable = KeyValueTable::named("settings");

/// The value of a setting, `None` when the user never chose.
pub fn get(db: &Connection, key: &str) -> StoreResult<Option<String>> {
    TABLE.get(db, key)
}

/// All settings, by key.
pub fn all(db: &Connection) -> StoreResult<Vec<(String, String)>> {
    TABLE.all(db)
}

/// Stores a choice.
pub fn set(tx: &Transaction<'_>, key: &str, value: &str) -> StoreResult<()> {
    TABLE.set(tx, key, value)
}

/// Back to the default.
pub fn remove(tx: &Transaction<'_>, key: &str) -> StoreResult<()> {
    TABLE.remove(tx, key)
}
