//! Table `meeting_sessions` (mirror): who was in a meeting, one row for each time somebody came in. A list is read whole
//! and takes the place of the one before, until it no longer changes.

use liaison_domain::attendance::Session;
use rusqlite::{Connection, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// One time that somebody came in. Times are as Zoom tells them.
    pub struct MeetingSession {
        /// The instance.
        uuid: String,
        /// Zoom's id of a user who was signed in.
        zoom_id: Option<String> [Personal],
        /// Zoom's number of the session, valid within the instance only.
        user_id: Option<String>,
        /// Name they used.
        name: Option<String> [Personal],
        /// Address, where Zoom tells it.
        email: Option<String> [Personal],
        /// The registration they came with.
        registrant_id: Option<String>,
        /// When they came.
        join_utc_ms: Option<i64>,
        /// When they left.
        leave_utc_ms: Option<i64>,
        /// How long they stayed.
        seconds: i64,
        /// They belong to the account.
        internal: bool,
        /// They came no further than the waiting room.
        waited: bool,
    }
}

impl From<&MeetingSession> for Session {
    fn from(stored: &MeetingSession) -> Self {
        Self {
            instance: stored.uuid.clone(),
            registrant: stored.registrant_id.clone(),
            zoom_id: stored.zoom_id.clone(),
            email: stored.email.clone(),
            name: stored.name.clone().unwrap_or_default(),
            join_ms: stored.join_utc_ms,
            leave_ms: stored.leave_utc_ms,
            seconds: stored.seconds,
            internal: stored.internal,
            known: None,
        }
    }
}

/// Who was there, read to the end; takes the place of what was read before.
pub fn put(
    tx: &Transaction<'_>,
    uuid: &str,
    sessions: &[MeetingSession],
    digest: &str,
    settled: bool,
    now_utc_ms: i64,
) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM meeting_sessions WHERE uuid = ?1")?.execute([uuid])?;
    let sql = columns::insert("meeting_sessions", MeetingSession::COLUMNS);
    let mut insert = tx.prepare_cached(&sql)?;
    for session in sessions {
        insert.execute(params_from_iter(session.values()?))?;
    }
    tx.prepare_cached("UPDATE meeting_instances SET people_utc_ms = ?2, digest = ?3, settled = ?4 WHERE uuid = ?1")?
        .execute((uuid, now_utc_ms, digest, settled))?;
    Ok(())
}

/// Every session of the times that a meeting or occurrence was held, in the order in which they were told.
pub fn of_meeting(db: &Connection, meeting_key: &str) -> StoreResult<Vec<MeetingSession>> {
    let mut statement = db.prepare_cached(
        "SELECT s.* FROM meeting_instances AS i JOIN meeting_sessions AS s ON s.uuid = i.uuid
         WHERE i.meeting_key = ?1 ORDER BY i.started_utc_ms, i.uuid, s.row",
    )?;
    let rows = statement.query_map([meeting_key], MeetingSession::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
