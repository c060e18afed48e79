//! Table `voicemails` (mirror): messages for the user. The sound is not here, only where and what.

use std::collections::HashSet;
use std::sync::LazyLock;

use rusqlite::{Connection, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// One message.
    pub struct VoicemailRecord {
        /// Zoom's id.
        id: String,
        /// The telephone system's number of the call.
        call_id: Option<String> [Kept],
        /// The leg that it belongs to.
        leg_id: Option<String> [Kept],
        /// When it was spoken.
        spoken_utc_ms: i64,
        /// Length.
        seconds: i64,
        /// Nobody has listened to it.
        unread: bool,
        /// Who spoke, says Zoom.
        caller_name: Option<String> [Kept],
        /// From which number or extension.
        caller_number: Option<String> [Kept],
        /// What was said, in writing.
        transcript: Option<String> [Kept],
        /// When the whole message was last read, and not only its row in a list.
        details_utc_ms: Option<i64> [Kept],
    }
}

/// Stores a page; what a row of a list does not tell stays as it was.
pub fn put(tx: &Transaction<'_>, page: &[VoicemailRecord]) -> StoreResult<usize> {
    let mut statement = tx.prepare_cached(&PUT)?;
    let mut changed = 0;
    for message in page {
        changed += statement.execute(params_from_iter(message.values()?))?;
    }
    Ok(changed)
}

static PUT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} ON CONFLICT (id) DO UPDATE SET {}
         WHERE unread <> excluded.unread OR seconds <> excluded.seconds OR spoken_utc_ms <> excluded.spoken_utc_ms
            OR (call_id IS NULL AND excluded.call_id IS NOT NULL) OR (leg_id IS NULL AND excluded.leg_id IS NOT NULL)
            OR excluded.transcript IS NOT NULL OR excluded.details_utc_ms IS NOT NULL",
        columns::insert("voicemails", VoicemailRecord::COLUMNS),
        columns::newer(VoicemailRecord::COLUMNS)
    )
});

/// Deletes what a whole list of a stretch no longer has: messages that were spoken after one moment and before another,
/// and are none of these.
pub fn keep_only(tx: &Transaction<'_>, after_utc_ms: i64, before_utc_ms: i64, ids: &[String]) -> StoreResult<usize> {
    let ids = serde_json::json!(ids).to_string();
    let mut statement = tx.prepare_cached(
        "DELETE FROM voicemails WHERE spoken_utc_ms > ?1 AND spoken_utc_ms < ?2
         AND id NOT IN (SELECT value FROM json_each(?3))",
    )?;
    Ok(statement.execute((after_utc_ms, before_utc_ms, ids))?)
}

/// The messages of a call: by its number, or by one of these legs or messages. Oldest first.
pub fn of_call(db: &Connection, call_id: Option<&str>, ids: &[String]) -> StoreResult<Vec<VoicemailRecord>> {
    let ids = serde_json::json!(ids).to_string();
    let mut statement = db.prepare_cached(
        "SELECT * FROM voicemails WHERE call_id = ?1 OR id IN (SELECT value FROM json_each(?2))
         ORDER BY spoken_utc_ms, id",
    )?;
    let rows = statement.query_map((call_id, ids), VoicemailRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The latest messages since a moment that belong to no call that is here: neither by the number of the call, nor by a
/// leg, nor by what the call itself names.
pub fn without_call(db: &Connection, since_utc_ms: i64, limit: u32) -> StoreResult<Vec<VoicemailRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM voicemails AS v
         WHERE v.spoken_utc_ms >= ?1 AND NOT EXISTS (
             SELECT 1 FROM call_legs AS l JOIN calls AS c ON c.key = l.call_key WHERE l.call_id = v.call_id)
         AND NOT EXISTS (SELECT 1 FROM call_legs AS l JOIN calls AS c ON c.key = l.call_key WHERE l.id = v.leg_id)
         AND v.id NOT IN (
             SELECT named.value
             FROM calls AS c,
                  json_each(CASE WHEN json_valid(c.details_json) THEN c.details_json ELSE '{}' END, '$.voicemails') AS named
             WHERE c.has_voicemail = 1)
         ORDER BY v.spoken_utc_ms DESC, v.id LIMIT ?2",
    )?;
    let rows = statement.query_map((since_utc_ms, limit), VoicemailRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which of these are of messages since a moment that nobody has listened to: numbers of calls, and ids of messages.
pub fn unheard(
    db: &Connection,
    since_utc_ms: i64,
    call_ids: &[String],
    ids: &[String],
) -> StoreResult<HashSet<String>> {
    let (call_ids, ids) = (serde_json::json!(call_ids).to_string(), serde_json::json!(ids).to_string());
    let mut statement = db.prepare_cached(
        "SELECT call_id FROM voicemails
         WHERE unread = 1 AND spoken_utc_ms >= ?1 AND call_id IN (SELECT value FROM json_each(?2))
         UNION SELECT id FROM voicemails
         WHERE unread = 1 AND spoken_utc_ms >= ?1 AND id IN (SELECT value FROM json_each(?3))",
    )?;
    let names = statement.query_map((since_utc_ms, call_ids, ids), |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// There is no more to be read of a message than its row of a list.
pub fn without_more(tx: &Transaction<'_>, id: &str, at_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached("UPDATE voicemails SET details_utc_ms = ?2 WHERE id = ?1")?.execute((id, at_utc_ms))?;
    Ok(())
}

/// Messages of which only the row of a list was read, since a moment; latest first.
pub fn without_details(db: &Connection, since_utc_ms: i64, limit: u32) -> StoreResult<Vec<String>> {
    let mut statement = db.prepare_cached(
        "SELECT id FROM voicemails WHERE details_utc_ms IS NULL AND spoken_utc_ms >= ?1
         ORDER BY spoken_utc_ms DESC, id LIMIT ?2",
    )?;
    let rows = statement.query_map((since_utc_ms, limit), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
