//! Table `meeting_topics` (user): what a meeting is about in Salesforce, beside its people.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// What one meeting, or one date of a series, is about.
    pub struct MeetingTopic {
        /// The meeting's key.
        meeting_key: String,
        /// Salesforce's name of the object.
        object: String,
        /// The record.
        record_id: String,
        /// Its name when it was chosen.
        record_name: String,
        /// When it was chosen.
        chosen_utc_ms: i64,
    }
}

/// Keeps what a meeting is about, in the place of what was kept before.
pub fn put(tx: &Transaction<'_>, topic: &MeetingTopic) -> StoreResult<()> {
    let insert = columns::insert("meeting_topics", MeetingTopic::COLUMNS);
    let sql = format!(
        "{insert} ON CONFLICT (meeting_key) DO UPDATE SET
            object = excluded.object, record_id = excluded.record_id, record_name = excluded.record_name,
            chosen_utc_ms = excluded.chosen_utc_ms"
    );
    tx.prepare_cached(&sql)?.execute(params_from_iter(topic.values()?))?;
    Ok(())
}

/// What a meeting is about.
pub fn get(db: &Connection, meeting_key: &str) -> StoreResult<Option<MeetingTopic>> {
    let found = db
        .prepare_cached("SELECT * FROM meeting_topics WHERE meeting_key = ?1")?
        .query_row([meeting_key], MeetingTopic::from_row)
        .optional()?;
    Ok(found)
}

/// Forgets what a meeting is about; `false` when nothing was kept.
pub fn remove(tx: &Transaction<'_>, meeting_key: &str) -> StoreResult<bool> {
    Ok(tx.execute("DELETE FROM meeting_topics WHERE meeting_key = ?1", [meeting_key])? == 1)
}
