//! Table `meeting_recordings` (mirror): the files that were recorded of a meeting. Where each is played is sealed.

use rusqlite::types::ToSql as _;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};
use secrecy::SecretString;

use super::columns::{self, Column, Rule, columns};
use super::meeting_instances::{self, RecordingSecrets};
use crate::error::StoreResult;
use crate::sealed::{SealedCell, Sealer};

columns! {
    /// One file.
    pub struct RecordingRecord {
        /// Instance and Zoom's id of the file, or its place in the list.
        key: String,
        /// The instance.
        uuid: String,
        /// Its place in Zoom's list.
        place: i64,
        /// `MP4`, `M4A`, `TRANSCRIPT` and others.
        file_type: Option<String>,
        /// `shared_screen_with_speaker_view`, `audio_only` and others.
        recording_type: Option<String>,
        /// When the recording began.
        started_utc_ms: Option<i64>,
        /// When it ended.
        ended_utc_ms: Option<i64>,
        /// Its size.
        bytes: Option<i64>,
        /// Zoom has made it.
        ready: bool,
    }
}

/// A file as an answer brought it.
#[derive(Debug, Clone)]
pub struct FetchedRecording {
    /// The row.
    pub recording: RecordingRecord,
    /// The page that plays it, stored sealed.
    pub play_url: Option<SecretString>,
}

/// What an answer told of all recordings of one instance.
#[derive(Debug, Clone, Default)]
pub struct FetchedRecordings {
    /// The files, in Zoom's order.
    pub files: Vec<FetchedRecording>,
    /// What opens all of them.
    pub secrets: RecordingSecrets,
    /// The day on which Zoom deletes them, ISO.
    pub deleted_on: Option<String>,
    /// No more of them come.
    pub settled: bool,
}

const PLAY_URL: Column = Column { name: "play_url_sealed", rule: Rule::Replaced };

/// Keeps what was recorded of an instance; takes the place of what was known.
///
/// # Errors
/// `StoreError::Seal` when the system has no randomness to give.
pub fn put(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    uuid: &str,
    found: &FetchedRecordings,
    now_utc_ms: i64,
) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM meeting_recordings WHERE uuid = ?1")?.execute([uuid])?;
    let all = [RecordingRecord::COLUMNS, &[PLAY_URL]].concat();
    let mut insert = tx.prepare_cached(&columns::insert("meeting_recordings", &all))?;
    for file in &found.files {
        let play_url = sealer.seal_optional(cell(&file.recording.key), file.play_url.as_ref())?;
        let mut values = file.recording.values()?;
        values.push(play_url.to_sql()?);
        insert.execute(params_from_iter(values))?;
    }
    let seal = |column, secret| sealer.seal_optional(meeting_instances::cell(column, uuid), secret);
    tx.prepare_cached(
        "UPDATE meeting_instances SET recordings_utc_ms = ?2, recordings_settled = ?3, recordings_gone_utc_ms = NULL,
             deleted_on = ?4, share_url_sealed = ?5, passcode_sealed = ?6
         WHERE uuid = ?1",
    )?
    .execute((
        uuid,
        now_utc_ms,
        found.settled,
        &found.deleted_on,
        seal("share_url_sealed", found.secrets.share_url.as_ref())?,
        seal("passcode_sealed", found.secrets.passcode.as_ref())?,
    ))?;
    Ok(())
}

/// Notes that there is nothing: not yet, or, of what was there, not any more. What was known stays to be told of.
pub fn none(tx: &Transaction<'_>, uuid: &str, settled: bool, now_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached(
        "UPDATE meeting_instances SET recordings_utc_ms = ?2, recordings_settled = ?3,
             recordings_gone_utc_ms = CASE
                 WHEN EXISTS (SELECT 1 FROM meeting_recordings AS r WHERE r.uuid = meeting_instances.uuid)
                 THEN coalesce(recordings_gone_utc_ms, ?2) END
         WHERE uuid = ?1",
    )?
    .execute((uuid, now_utc_ms, settled))?;
    Ok(())
}

/// The files of one instance, in Zoom's order.
pub fn of_instance(db: &Connection, uuid: &str) -> StoreResult<Vec<RecordingRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM meeting_recordings WHERE uuid = ?1 ORDER BY place, key")?;
    let rows = statement.query_map([uuid], RecordingRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where a file is played, and the instance that it belongs to; `None` without the file.
///
/// # Errors
/// `StoreError::Seal` when it does not open.
pub fn play_url(db: &Connection, sealer: &Sealer, key: &str) -> StoreResult<Option<(String, Option<SecretString>)>> {
    let found: Option<(String, Option<Vec<u8>>)> = db
        .prepare_cached("SELECT uuid, play_url_sealed FROM meeting_recordings WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((uuid, sealed)) = found else { return Ok(None) };
    Ok(Some((uuid, sealer.open_optional(cell(key), sealed.as_deref())?)))
}

fn cell(key: &str) -> SealedCell<'_> {
    SealedCell { table: "meeting_recordings", column: "play_url_sealed", row: key }
}
