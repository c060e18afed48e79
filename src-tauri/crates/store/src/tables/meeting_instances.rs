//! Tables `meeting_pasts` and `meeting_instances` (mirror): the times that meetings were held, what each came to, and
//! how far its parts have been read. The link and the passcode of recordings are sealed and read one at a time.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};
use secrecy::SecretString;

use super::columns::{self, columns};
use crate::error::StoreResult;
use crate::sealed::{SealedCell, Sealer};

columns! {
    /// One time that a meeting was held.
    pub struct InstanceRecord {
        /// Zoom's id of it.
        uuid: String,
        /// The meeting number.
        meeting_id: i64,
        /// The meeting or occurrence that it was.
        meeting_key: String,
        /// The topic that it had.
        topic: Option<String>,
        /// When it began.
        started_utc_ms: Option<i64>,
        /// When it ended.
        ended_utc_ms: Option<i64>,
        /// How long it took, as Zoom counts.
        minutes: Option<i64>,
        /// How many were there, as Zoom counts.
        participants: Option<i64>,
        /// When start and end were read.
        details_utc_ms: Option<i64>,
        /// When the list of people was last read.
        people_utc_ms: Option<i64>,
        /// What the list came to; `None` before there was one.
        digest: Option<String>,
        /// The list no longer changes.
        settled: bool,
        /// When recordings were last looked for.
        recordings_utc_ms: Option<i64>,
        /// No more of them come.
        recordings_settled: bool,
        /// Since when those that were there are not any more.
        recordings_gone_utc_ms: Option<i64>,
        /// The day on which Zoom deletes them, ISO.
        deleted_on: Option<String>,
        /// When the summary was last looked for.
        summary_utc_ms: Option<i64>,
        /// It no longer changes, or there is none.
        summary_settled: bool,
        /// What Zoom wrote, as Markdown.
        summary: Option<String>,
    }
}

/// A meeting number that may have been held, with what is known of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The number.
    pub meeting_id: i64,
    /// The last planned start that lies in the past; `None` without a fixed time.
    pub begun_utc_ms: Option<i64>,
    /// The last planned end that lies in the past.
    pub ended_utc_ms: Option<i64>,
    /// When it was last asked for the times that it was held.
    pub looked_utc_ms: Option<i64>,
    /// When it began last, as Zoom tells.
    pub started_utc_ms: Option<i64>,
}

/// The user's own numbers with a date since `since_utc_ms`, or without dates, that Zoom may still tell something of: never
/// looked at since `again_ms` after the last planned end.
pub fn may_be_held(db: &Connection, now_utc_ms: i64, since_utc_ms: i64, again_ms: i64) -> StoreResult<Vec<Held>> {
    let mut statement = db.prepare_cached(
        "WITH dates AS (
             SELECT meeting_id, max(start_utc_ms) AS begun,
                    max(CASE WHEN start_utc_ms + minutes * 60000 <= ?1 THEN start_utc_ms + minutes * 60000 END) AS ended
             FROM zoom_meetings
             WHERE gone_utc_ms IS NULL AND is_host = 1 AND start_utc_ms >= ?2 AND start_utc_ms < ?1
             GROUP BY meeting_id
             UNION ALL
             SELECT meeting_id, NULL, NULL FROM zoom_meetings
             WHERE gone_utc_ms IS NULL AND is_host = 1 AND start_utc_ms IS NULL)
         SELECT d.meeting_id, d.begun, d.ended, p.looked_utc_ms,
                (SELECT max(started_utc_ms) FROM meeting_instances AS i WHERE i.meeting_id = d.meeting_id) AS started
         FROM dates AS d LEFT JOIN meeting_pasts AS p ON p.meeting_id = d.meeting_id
         WHERE p.looked_utc_ms IS NULL OR d.begun IS NULL OR p.looked_utc_ms > ?1
            OR p.looked_utc_ms < coalesce(d.ended, d.begun) + ?3
         ORDER BY d.begun DESC, d.meeting_id",
    )?;
    let rows = statement.query_map((now_utc_ms, since_utc_ms, again_ms), |row| {
        Ok(Held {
            meeting_id: row.get(0)?,
            begun_utc_ms: row.get(1)?,
            ended_utc_ms: row.get(2)?,
            looked_utc_ms: row.get(3)?,
            started_utc_ms: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a list of instances told of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedInstance {
    /// Zoom's id of it.
    pub uuid: String,
    /// The meeting or occurrence that it was.
    pub meeting_key: String,
    /// When it began.
    pub started_utc_ms: Option<i64>,
}

/// Notes that a number was looked at, and adds the instances that are not known yet; returns how many. One that is known
/// stays: nobody's attendance is lost because a list is short.
pub fn looked(
    tx: &Transaction<'_>,
    meeting_id: i64,
    instances: &[ListedInstance],
    now_utc_ms: i64,
) -> StoreResult<usize> {
    tx.prepare_cached(
        "INSERT INTO meeting_pasts (meeting_id, looked_utc_ms) VALUES (?1, ?2)
         ON CONFLICT (meeting_id) DO UPDATE SET looked_utc_ms = excluded.looked_utc_ms",
    )?
    .execute((meeting_id, now_utc_ms))?;
    let mut known = tx.prepare_cached("SELECT 1 FROM meeting_instances WHERE uuid = ?1")?;
    let insert = columns::insert("meeting_instances", InstanceRecord::COLUMNS);
    let mut insert = tx.prepare_cached(&format!(
        "{insert} ON CONFLICT (uuid) DO UPDATE SET meeting_key = excluded.meeting_key,
             started_utc_ms = coalesce(started_utc_ms, excluded.started_utc_ms)"
    ))?;
    let mut added = 0;
    for one in instances {
        added += usize::from(!known.exists([&one.uuid])?);
        insert.execute(params_from_iter(unread(meeting_id, one).values()?))?;
    }
    Ok(added)
}

/// An instance of which nothing has been read yet.
fn unread(meeting_id: i64, listed: &ListedInstance) -> InstanceRecord {
    InstanceRecord {
        uuid: listed.uuid.clone(),
        meeting_id,
        meeting_key: listed.meeting_key.clone(),
        topic: None,
        started_utc_ms: listed.started_utc_ms,
        ended_utc_ms: None,
        minutes: None,
        participants: None,
        details_utc_ms: None,
        people_utc_ms: None,
        digest: None,
        settled: false,
        recordings_utc_ms: None,
        recordings_settled: false,
        recordings_gone_utc_ms: None,
        deleted_on: None,
        summary_utc_ms: None,
        summary_settled: false,
        summary: None,
    }
}

/// Instances of which something is still asked for, the newest first.
pub fn open(db: &Connection, since_utc_ms: i64) -> StoreResult<Vec<InstanceRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM meeting_instances
         WHERE (details_utc_ms IS NULL OR settled = 0 OR recordings_settled = 0 OR summary_settled = 0)
           AND started_utc_ms >= ?1
         ORDER BY started_utc_ms DESC, uuid",
    )?;
    let rows = statement.query_map([since_utc_ms], InstanceRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Recorded instances whose recordings Zoom deletes up to a day, and that were there when last looked for before a
/// moment. The first to go comes first.
pub fn to_look_at_again(
    db: &Connection,
    until_day: &str,
    before_utc_ms: i64,
    limit: u32,
) -> StoreResult<Vec<InstanceRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM meeting_instances
         WHERE deleted_on IS NOT NULL AND recordings_gone_utc_ms IS NULL AND deleted_on <= ?1
           AND recordings_utc_ms < ?2
         ORDER BY deleted_on, uuid LIMIT ?3",
    )?;
    let rows = statement.query_map((until_day, before_utc_ms, limit), InstanceRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Recorded instances whose recordings Zoom deletes on a day from the first to the second. The first to go comes first.
pub fn deleted_between(db: &Connection, from_day: &str, to_day: &str) -> StoreResult<Vec<InstanceRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM meeting_instances
         WHERE deleted_on IS NOT NULL AND recordings_gone_utc_ms IS NULL AND deleted_on BETWEEN ?1 AND ?2
         ORDER BY deleted_on, started_utc_ms, uuid",
    )?;
    let rows = statement.query_map((from_day, to_day), InstanceRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The times that a meeting or occurrence was held, the first one first.
pub fn of_meeting(db: &Connection, meeting_key: &str) -> StoreResult<Vec<InstanceRecord>> {
    let mut statement =
        db.prepare_cached("SELECT * FROM meeting_instances WHERE meeting_key = ?1 ORDER BY started_utc_ms, uuid")?;
    let rows = statement.query_map([meeting_key], InstanceRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The keys of meetings held since a moment of which a list of people is final, the newest first.
pub fn settled_since(db: &Connection, since_utc_ms: i64) -> StoreResult<Vec<String>> {
    let mut statement = db.prepare_cached(
        "SELECT meeting_key FROM meeting_instances WHERE started_utc_ms >= ?1
         GROUP BY meeting_key HAVING min(settled) = 1 ORDER BY max(started_utc_ms) DESC, meeting_key",
    )?;
    let rows = statement.query_map([since_utc_ms], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When it really was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// The topic that it had.
    pub topic: Option<String>,
    /// When it began.
    pub started_utc_ms: Option<i64>,
    /// When it ended.
    pub ended_utc_ms: Option<i64>,
    /// How long it took, as Zoom counts.
    pub minutes: Option<i64>,
    /// How many were there, as Zoom counts.
    pub participants: Option<i64>,
}

/// Keeps when an instance really was. What the answer does not tell stays.
pub fn put_details(tx: &Transaction<'_>, uuid: &str, details: &Details, now_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached(
        "UPDATE meeting_instances SET topic = coalesce(?2, topic), started_utc_ms = coalesce(?3, started_utc_ms),
             ended_utc_ms = coalesce(?4, ended_utc_ms), minutes = coalesce(?5, minutes),
             participants = coalesce(?6, participants), details_utc_ms = ?7
         WHERE uuid = ?1",
    )?
    .execute((
        uuid,
        &details.topic,
        details.started_utc_ms,
        details.ended_utc_ms,
        details.minutes,
        details.participants,
        now_utc_ms,
    ))?;
    Ok(())
}

/// Notes that a list of people was looked for, and that there is none, or none any more.
pub fn no_people(tx: &Transaction<'_>, uuid: &str, settled: bool, now_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached("UPDATE meeting_instances SET people_utc_ms = ?2, settled = ?3 WHERE uuid = ?1")?
        .execute((uuid, now_utc_ms, settled))?;
    Ok(())
}

/// What a look for the summary came to; nothing found leaves what was found before.
pub fn put_summary(
    tx: &Transaction<'_>,
    uuid: &str,
    summary: Option<&str>,
    settled: bool,
    now_utc_ms: i64,
) -> StoreResult<()> {
    tx.prepare_cached(
        "UPDATE meeting_instances SET summary = coalesce(?2, summary), summary_settled = ?3, summary_utc_ms = ?4
         WHERE uuid = ?1",
    )?
    .execute((uuid, summary, settled, now_utc_ms))?;
    Ok(())
}

/// What opens the recordings of one instance.
#[derive(Debug, Clone, Default)]
pub struct RecordingSecrets {
    /// The page that plays them.
    pub share_url: Option<SecretString>,
    /// Its passcode, as people type it.
    pub passcode: Option<SecretString>,
}

/// Link and passcode of an instance's recordings; `None` without the instance.
///
/// # Errors
/// `StoreError::Seal` when one does not open.
pub fn recording_secrets(db: &Connection, sealer: &Sealer, uuid: &str) -> StoreResult<Option<RecordingSecrets>> {
    type Sealed = Option<Vec<u8>>;
    let found: Option<(Sealed, Sealed)> = db
        .prepare_cached("SELECT share_url_sealed, passcode_sealed FROM meeting_instances WHERE uuid = ?1")?
        .query_row([uuid], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((share_url, passcode)) = found else { return Ok(None) };
    Ok(Some(RecordingSecrets {
        share_url: sealer.open_optional(cell("share_url_sealed", uuid), share_url.as_deref())?,
        passcode: sealer.open_optional(cell("passcode_sealed", uuid), passcode.as_deref())?,
    }))
}

pub(super) fn cell<'a>(column: &'static str, uuid: &'a str) -> SealedCell<'a> {
    SealedCell { table: "meeting_instances", column, row: uuid }
}
