//! Tables `webinar_instances` and `webinar_sessions` (mirror): the times that webinars were held, and who was there.
//! A list of participants is read whole and takes the place of the one before, until it no longer changes.

use liaison_domain::attendance::Session;
use rusqlite::{Connection, Transaction, params_from_iter};

use super::columns::{self, columns};
use super::folding::fold_email;
use crate::error::StoreResult;

columns! {
    /// One time that somebody came in. Times are as Zoom tells them.
    pub struct SessionRecord {
        /// The instance.
        uuid: String,
        /// The webinar.
        webinar_key: String,
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
    }
}

impl From<&SessionRecord> for Session {
    fn from(stored: &SessionRecord) -> Self {
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

/// One time that a webinar was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceRecord {
    /// Zoom's id.
    pub uuid: String,
    /// The webinar.
    pub webinar_key: String,
    /// When it began.
    pub started_utc_ms: Option<i64>,
    /// When its participants were last read to the end.
    pub read_utc_ms: Option<i64>,
    /// What they came to then.
    pub digest: Option<String>,
    /// They no longer change.
    pub settled: bool,
}

/// Adds instances that are not known yet. One that is known stays: nobody's attendance is lost because a later one
/// exists.
pub fn add_instances(tx: &Transaction<'_>, webinar: &str, instances: &[(String, Option<i64>)]) -> StoreResult<usize> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO webinar_instances (uuid, webinar_key, started_utc_ms) VALUES (?1, ?2, ?3)
         ON CONFLICT (uuid) DO UPDATE SET started_utc_ms = excluded.started_utc_ms
         WHERE started_utc_ms IS NOT excluded.started_utc_ms AND excluded.started_utc_ms IS NOT NULL",
    )?;
    let mut added = 0;
    for (uuid, started) in instances {
        added += insert.execute((uuid, webinar, started))?;
    }
    Ok(added)
}

/// The times that a webinar was held, the first one first.
pub fn instances(db: &Connection, webinar: &str) -> StoreResult<Vec<InstanceRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT uuid, webinar_key, started_utc_ms, read_utc_ms, digest, settled FROM webinar_instances
         WHERE webinar_key = ?1 ORDER BY started_utc_ms, uuid",
    )?;
    let rows = statement.query_map([webinar], |row| {
        Ok(InstanceRecord {
            uuid: row.get(0)?,
            webinar_key: row.get(1)?,
            started_utc_ms: row.get(2)?,
            read_utc_ms: row.get(3)?,
            digest: row.get(4)?,
            settled: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Who was there, read to the end; takes the place of what was read before.
pub fn put(
    tx: &Transaction<'_>,
    uuid: &str,
    sessions: &[SessionRecord],
    digest: &str,
    settled: bool,
    now_ms: i64,
) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM webinar_sessions WHERE uuid = ?1")?.execute([uuid])?;
    let sql = columns::insert("webinar_sessions", SessionRecord::COLUMNS);
    let mut insert = tx.prepare_cached(&sql)?;
    for session in sessions {
        insert.execute(params_from_iter(session.values()?))?;
    }
    tx.prepare_cached("UPDATE webinar_instances SET read_utc_ms = ?2, digest = ?3, settled = ?4 WHERE uuid = ?1")?
        .execute((uuid, now_ms, digest, settled))?;
    Ok(())
}

/// Zoom has no list, or none any more: it was looked at.
pub fn note_looked(tx: &Transaction<'_>, uuid: &str, settled: bool, now_ms: i64) -> StoreResult<()> {
    tx.prepare_cached("UPDATE webinar_instances SET read_utc_ms = ?2, settled = ?3 WHERE uuid = ?1")?
        .execute((uuid, now_ms, settled))?;
    Ok(())
}

/// The sessions that may be one registrant's: by the registration, the account that came with it, or the address.
pub fn of_registrant(db: &Connection, webinar: &str, registrant: &str, email: &str) -> StoreResult<Vec<SessionRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM webinar_sessions WHERE webinar_key = ?1 AND (
            registrant_id = ?2 OR lower(trim(email)) = ?3 OR zoom_id IN (
                SELECT zoom_id FROM webinar_sessions
                WHERE webinar_key = ?1 AND zoom_id IS NOT NULL AND zoom_id <> '' AND registrant_id = ?2))
         ORDER BY row",
    )?;
    let rows = statement.query_map((webinar, registrant, fold_email(email)), SessionRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every session of a webinar, in the order in which they were told.
pub fn of_webinar(db: &Connection, webinar: &str) -> StoreResult<Vec<SessionRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM webinar_sessions WHERE webinar_key = ?1 ORDER BY row")?;
    let rows = statement.query_map([webinar], SessionRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
