//! Table `daily_counts` (user): what a limited service was asked for in one UTC day. Services tell
//! little or nothing of it, so a restart must not forget it.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::StoreResult;

/// The count of a day, `None` when nothing was counted for this owner then.
pub fn get(db: &Connection, name: &str, owner: &str, day: &str) -> StoreResult<Option<u32>> {
    let found = db
        .prepare_cached("SELECT count FROM daily_counts WHERE name = ?1 AND owner = ?2 AND day = ?3")?
        .query_row((name, owner, day), |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// Keeps a count in place of what was there before, another day's included.
pub fn set(tx: &Transaction<'_>, name: &str, owner: &str, day: &str, count: u32) -> StoreResult<()> {
    tx.prepare_cached("INSERT OR REPLACE INTO daily_counts (name, owner, day, count) VALUES (?1, ?2, ?3, ?4)")?
        .execute((name, owner, day, count))?;
    Ok(())
}
