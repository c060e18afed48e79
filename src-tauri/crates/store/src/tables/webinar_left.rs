//! Tables `webinar_parts`, `webinar_said`, `webinar_recordings`, `webinar_viewers` and `webinar_absentees` (mirror): what
//! was asked and answered, what was recorded, who watched it, and whom Zoom calls absent. Each list is read whole and takes the place of the one before, until
//! it no longer changes. Links that play and passcodes are sealed, and read one at a time.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};
use secrecy::SecretString;

use super::columns::{self, columns};
use crate::error::StoreResult;
use crate::sealed::{SealedCell, Sealer};

/// Which list of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftPart {
    /// What people asked.
    Questions,
    /// What they answered to polls.
    Polls,
    /// Recordings.
    Recordings,
    /// Who watched them.
    Viewers,
    /// Who had registered and stayed away, as Zoom itself says.
    Absentees,
}

impl LeftPart {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Questions, Self::Polls, Self::Recordings, Self::Viewers, Self::Absentees];

    fn as_str(self) -> &'static str {
        match self {
            Self::Questions => "questions",
            Self::Polls => "polls",
            Self::Recordings => "recordings",
            Self::Viewers => "viewers",
            Self::Absentees => "absentees",
        }
    }
}

/// How far a list was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRecord {
    /// The instance.
    pub uuid: String,
    /// The list.
    pub part: LeftPart,
    /// When it was last asked for.
    pub read_utc_ms: i64,
    /// What it came to; none before Zoom had one.
    pub digest: Option<String>,
    /// It no longer changes.
    pub settled: bool,
    /// The right that is missing.
    pub missing: Option<String>,
}

columns! {
    /// Something that somebody asked, or answered to a poll.
    pub struct SaidRecord {
        /// The instance.
        uuid: String,
        /// `questions` or `polls`.
        part: String,
        /// The webinar.
        webinar_key: String,
        /// Name they used, or what stands for nobody.
        name: Option<String> [Personal],
        /// Address, where Zoom tells it.
        email: Option<String> [Personal],
        /// The question.
        question: String,
        /// The answer.
        answer: Option<String>,
        /// When a poll was answered.
        said_utc_ms: Option<i64>,
    }
}

columns! {
    /// A file of a recording.
    pub struct RecordingRecord {
        /// Instance and Zoom's id of the file.
        key: String,
        /// The instance.
        uuid: String,
        /// The webinar.
        webinar_key: String,
        /// When it begins.
        started_utc_ms: Option<i64>,
        /// When it ends.
        ended_utc_ms: Option<i64>,
        /// Zoom's word for the kind of file.
        file_type: Option<String>,
        /// Zoom's word for what it shows.
        recording_type: Option<String>,
        /// Its size.
        bytes: Option<i64>,
        /// Zoom has made it.
        ready: bool,
        /// The day on which Zoom deletes it, `YYYY-MM-DD`.
        deletion_day: Option<String>,
    }
}

columns! {
    /// One time that somebody watched.
    pub struct ViewerRecord {
        /// The instance.
        uuid: String,
        /// The webinar.
        webinar_key: String,
        /// Name.
        name: Option<String> [Personal],
        /// Address, where Zoom tells it.
        email: Option<String> [Personal],
        /// When.
        watched_utc_ms: Option<i64>,
        /// How long.
        seconds: i64,
    }
}

columns! {
    /// Somebody who stayed away from one instance.
    pub struct AbsenteeRecord {
        /// The instance.
        uuid: String,
        /// The webinar.
        webinar_key: String,
        /// Zoom's id of the registration.
        registrant_id: Option<String>,
        /// Address that registered.
        email: Option<String> [Personal],
    }
}

/// A recording as an answer brought it.
#[derive(Debug, Clone)]
pub struct FetchedRecording {
    /// The row.
    pub recording: RecordingRecord,
    /// The page that plays it, stored sealed.
    pub play_url: Option<SecretString>,
    /// Its passcode, stored sealed.
    pub passcode: Option<SecretString>,
}

/// A list that was read to its end.
#[derive(Debug, Clone)]
pub enum LeftRows {
    /// What people asked, or answered to polls.
    Said(Vec<SaidRecord>),
    /// Recordings.
    Recordings(Vec<FetchedRecording>),
    /// Who watched.
    Viewers(Vec<ViewerRecord>),
    /// Who stayed away.
    Absentees(Vec<AbsenteeRecord>),
}

/// A list takes the place of what was read before.
///
/// # Errors
/// `StoreError::Seal` when the system has no randomness to give.
pub fn put(tx: &Transaction<'_>, sealer: &Sealer, uuid: &str, part: LeftPart, rows: &LeftRows) -> StoreResult<()> {
    match rows {
        LeftRows::Said(rows) => {
            tx.prepare_cached("DELETE FROM webinar_said WHERE uuid = ?1 AND part = ?2")?
                .execute((uuid, part.as_str()))?;
            let mut insert = tx.prepare_cached(&columns::insert("webinar_said", SaidRecord::COLUMNS))?;
            for row in rows {
                insert.execute(params_from_iter(row.values()?))?;
            }
        }
        LeftRows::Viewers(rows) => {
            tx.prepare_cached("DELETE FROM webinar_viewers WHERE uuid = ?1")?.execute([uuid])?;
            let mut insert = tx.prepare_cached(&columns::insert("webinar_viewers", ViewerRecord::COLUMNS))?;
            for row in rows {
                insert.execute(params_from_iter(row.values()?))?;
            }
        }
        LeftRows::Absentees(rows) => {
            tx.prepare_cached("DELETE FROM webinar_absentees WHERE uuid = ?1")?.execute([uuid])?;
            let mut insert = tx.prepare_cached(&columns::insert("webinar_absentees", AbsenteeRecord::COLUMNS))?;
            for row in rows {
                insert.execute(params_from_iter(row.values()?))?;
            }
        }
        LeftRows::Recordings(rows) => {
            tx.prepare_cached("DELETE FROM webinar_recordings WHERE uuid = ?1")?.execute([uuid])?;
            let mut insert = tx.prepare_cached(&columns::insert("webinar_recordings", RecordingRecord::COLUMNS))?;
            let mut lock = tx.prepare_cached(
                "UPDATE webinar_recordings SET play_url_sealed = ?2, passcode_sealed = ?3 WHERE key = ?1",
            )?;
            for FetchedRecording { recording, play_url, passcode } in rows {
                insert.execute(params_from_iter(recording.values()?))?;
                let play_url = sealer.seal_optional(cell("play_url_sealed", &recording.key), play_url.as_ref())?;
                let passcode = sealer.seal_optional(cell("passcode_sealed", &recording.key), passcode.as_ref())?;
                lock.execute((&recording.key, play_url, passcode))?;
            }
        }
    }
    Ok(())
}

/// How far a list is now; without a digest the one before stays, for nothing new was told.
pub fn note(tx: &Transaction<'_>, webinar: &str, part: &PartRecord) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT INTO webinar_parts (uuid, part, webinar_key, read_utc_ms, digest, settled, missing)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (uuid, part) DO UPDATE SET read_utc_ms = excluded.read_utc_ms,
            digest = coalesce(excluded.digest, digest), settled = excluded.settled, missing = excluded.missing",
    )?
    .execute((
        &part.uuid,
        part.part.as_str(),
        webinar,
        part.read_utc_ms,
        &part.digest,
        part.settled,
        &part.missing,
    ))?;
    Ok(())
}

/// How far the lists of a webinar were read.
pub fn parts(db: &Connection, webinar: &str) -> StoreResult<Vec<PartRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT uuid, part, read_utc_ms, digest, settled, missing FROM webinar_parts WHERE webinar_key = ?1",
    )?;
    let rows = statement.query_map([webinar], |row| {
        let name: String = row.get(1)?;
        let part = LeftPart::ALL.into_iter().find(|part| part.as_str() == name);
        Ok(PartRecord {
            uuid: row.get(0)?,
            part: part.unwrap_or(LeftPart::Questions),
            read_utc_ms: row.get(2)?,
            digest: row.get(3)?,
            settled: row.get(4)?,
            missing: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was asked and answered in a webinar, in the order in which it was told.
pub fn said(db: &Connection, webinar: &str) -> StoreResult<Vec<SaidRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM webinar_said WHERE webinar_key = ?1 ORDER BY row")?;
    let rows = statement.query_map([webinar], SaidRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The recordings of a webinar, with whether there is a link that plays and a passcode.
pub fn recordings(db: &Connection, webinar: &str) -> StoreResult<Vec<(RecordingRecord, bool, bool)>> {
    let mut statement = db.prepare_cached(
        "SELECT *, play_url_sealed IS NOT NULL AS plays, passcode_sealed IS NOT NULL AS locked
         FROM webinar_recordings WHERE webinar_key = ?1 ORDER BY started_utc_ms, key",
    )?;
    let rows = statement
        .query_map([webinar], |row| Ok((RecordingRecord::from_row(row)?, row.get("plays")?, row.get("locked")?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Who watched, in the order in which it was told.
pub fn viewers(db: &Connection, webinar: &str) -> StoreResult<Vec<ViewerRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM webinar_viewers WHERE webinar_key = ?1 ORDER BY row")?;
    let rows = statement.query_map([webinar], ViewerRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Who stayed away from any time that a webinar was held.
pub fn absentees(db: &Connection, webinar: &str) -> StoreResult<Vec<AbsenteeRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM webinar_absentees WHERE webinar_key = ?1")?;
    let rows = statement.query_map([webinar], AbsenteeRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The link that plays a recording, and its passcode; nothing where there is no such recording.
///
/// # Errors
/// `StoreError::Seal` when one does not open.
pub fn secrets(
    db: &Connection,
    sealer: &Sealer,
    key: &str,
) -> StoreResult<Option<(Option<SecretString>, Option<SecretString>)>> {
    type Sealed = Option<Vec<u8>>;
    let found: Option<(Sealed, Sealed)> = db
        .prepare_cached("SELECT play_url_sealed, passcode_sealed FROM webinar_recordings WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((play_url, passcode)) = found else { return Ok(None) };
    Ok(Some((
        sealer.open_optional(cell("play_url_sealed", key), play_url.as_deref())?,
        sealer.open_optional(cell("passcode_sealed", key), passcode.as_deref())?,
    )))
}

fn cell<'a>(column: &'static str, key: &'a str) -> SealedCell<'a> {
    SealedCell { table: "webinar_recordings", column, row: key }
}
