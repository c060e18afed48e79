//! Table `meeting_events` (user): what was last decided to be written of a past meeting into its Event.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::StoreResult;

/// The digest of what was last decided to be written into the Event of a meeting in an org.
pub fn get(db: &Connection, meeting_key: &str, target: &str) -> StoreResult<Option<String>> {
    let found = db
        .prepare_cached("SELECT digest FROM meeting_events WHERE meeting_key = ?1 AND target = ?2")?
        .query_row((meeting_key, target), |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// Keeps it.
pub fn put(tx: &Transaction<'_>, meeting_key: &str, target: &str, digest: &str, now_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT INTO meeting_events (meeting_key, target, digest, decided_utc_ms) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (meeting_key, target)
         DO UPDATE SET digest = excluded.digest, decided_utc_ms = excluded.decided_utc_ms",
    )?
    .execute((meeting_key, target, digest, now_utc_ms))?;
    Ok(())
}
