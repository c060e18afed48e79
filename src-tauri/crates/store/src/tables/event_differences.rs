//! Table `event_differences` (user): what Zoom and Salesforce agreed on of a meeting and its Event, what the user has
//! decided where they don't, and what is open.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::StoreResult;

/// What is kept of a meeting's Event in an account, in the engine's own versioned form.
pub fn get(db: &Connection, target: &str, meeting_key: &str) -> StoreResult<Option<String>> {
    let found = db
        .prepare_cached("SELECT state_json FROM event_differences WHERE target = ?1 AND meeting_key = ?2")?
        .query_row((target, meeting_key), |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// Keeps it, with how many differences of it are to be listed.
pub fn put(tx: &Transaction<'_>, target: &str, meeting_key: &str, state_json: &str, listed: u32) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT INTO event_differences (target, meeting_key, state_json, listed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (target, meeting_key) DO UPDATE SET state_json = excluded.state_json, listed = excluded.listed",
    )?
    .execute((target, meeting_key, state_json, listed))?;
    Ok(())
}

/// What is kept of a meeting's Event is from now on about another meeting, which took its place.
pub fn carry_over(tx: &Transaction<'_>, target: &str, from: &str, to: &str) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM event_differences WHERE target = ?1 AND meeting_key = ?2")?.execute((target, to))?;
    tx.prepare_cached("UPDATE event_differences SET meeting_key = ?3 WHERE target = ?1 AND meeting_key = ?2")?
        .execute((target, from, to))?;
    Ok(())
}

/// Lets go of what is kept of meetings that began before a moment: nothing more is decided about them.
pub fn forget_before(tx: &Transaction<'_>, utc_ms: i64) -> StoreResult<()> {
    tx.execute(
        "DELETE FROM event_differences
         WHERE meeting_key IN (SELECT key FROM zoom_meetings WHERE start_utc_ms < ?1)",
        [utc_ms],
    )?;
    Ok(())
}

/// Lets go of what Salesforce said, for it was erased: `there` and `open` in the engine's form. What both had agreed on
/// and what the user decided stays, and what is open is found again by the next look at the Events.
pub(super) fn forget_theirs(tx: &Transaction<'_>) -> StoreResult<()> {
    remove(tx, "'$.there', '$.open'")
}

/// Lets go of what Zoom said otherwise, for it was erased, and of whose address it told. What both had agreed on and what
/// the user decided stays.
pub(super) fn forget_zooms(tx: &Transaction<'_>) -> StoreResult<()> {
    remove(tx, "'$.open', '$.kept.event.host', '$.tried.event.host'")
}

fn remove(tx: &Transaction<'_>, paths: &str) -> StoreResult<()> {
    tx.execute(
        &format!(
            "UPDATE event_differences SET listed = 0, state_json = CASE WHEN json_valid(state_json)
                THEN json_remove(state_json, {paths}) ELSE '' END"
        ),
        [],
    )?;
    Ok(())
}

/// The meetings of an account with differences to be listed: key and what is kept.
pub fn listed(db: &Connection, target: &str) -> StoreResult<Vec<(String, String)>> {
    let mut statement = db.prepare_cached(
        "SELECT meeting_key, state_json FROM event_differences WHERE target = ?1 AND listed > 0 ORDER BY meeting_key",
    )?;
    let rows = statement.query_map([target], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
