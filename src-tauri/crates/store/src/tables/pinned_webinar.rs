//! Table `pinned_webinar` (user): the one webinar that a click registers for.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::StoreResult;

/// The pinned webinar, with its topic when it was pinned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Its key.
    pub webinar_key: String,
    /// Its topic then.
    pub topic: String,
}

/// The pinned webinar.
pub fn get(db: &Connection) -> StoreResult<Option<Pin>> {
    let found = db
        .prepare_cached("SELECT webinar_key, topic FROM pinned_webinar")?
        .query_row([], |row| Ok(Pin { webinar_key: row.get(0)?, topic: row.get(1)? }))
        .optional()?;
    Ok(found)
}

/// Pins a webinar in the place of another one, or none.
pub fn set(tx: &Transaction<'_>, pin: Option<&Pin>, now_ms: i64) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM pinned_webinar")?.execute([])?;
    if let Some(pin) = pin {
        tx.prepare_cached(
            "INSERT INTO pinned_webinar (one, webinar_key, topic, pinned_utc_ms) VALUES (1, ?1, ?2, ?3)",
        )?
        .execute((&pin.webinar_key, &pin.topic, now_ms))?;
    }
    Ok(())
}
