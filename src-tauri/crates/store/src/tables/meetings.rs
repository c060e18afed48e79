//! Table `zoom_meetings` (mirror): scheduled meetings, one row a meeting or occurrence.
//!
//! The join link and the passcode are sealed and read one meeting at a time, at the click that needs
//! them; a list never holds them. The host's start link is not stored at all.

use std::collections::HashMap;
use std::sync::LazyLock;

use liaison_domain::MeetingKey;
use rusqlite::types::ToSql as _;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, named_params, params_from_iter};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::columns::{self, Column, Rule, columns};
use crate::error::StoreResult;
use crate::sealed::{SealedCell, Sealer};

/// A Zoom meeting ends after 30 hours at the latest (Zoom support, "Zoom Meetings time limits"), so one
/// that began two days before a moment is over.
const LONGEST_MS: i64 = 48 * 3_600_000;

/// Somebody the host invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    /// The address.
    pub email: String,
    /// The name, where it is known.
    pub name: Option<String>,
}
columns! {
    /// One meeting or occurrence. A field that may be `None` is `None` when no answer told it; the
    /// exception is `start_utc_ms`.
    pub struct MeetingRecord {
        /// `{meeting_id}`, or `{meeting_id}:{occurrence_id}`.
        key: String,
        /// The meeting number, up to 11 digits.
        meeting_id: i64,
        /// The number that guests type, where it is another one: the host's personal number.
        guest_number: Option<i64> [Told],
        /// The occurrence of a recurring meeting.
        occurrence_id: Option<String>,
        /// Zoom's id of the (last) instance.
        uuid: Option<String> [Kept],
        /// The topic, as text.
        topic: String,
        /// The description.
        agenda: Option<String> [Kept],
        /// The start; `None` for a recurring meeting without a fixed time.
        start_utc_ms: Option<i64>,
        /// The planned duration in minutes.
        minutes: i64,
        /// The IANA zone it was planned in.
        timezone: Option<String> [Kept],
        /// Zoom's meeting type number.
        kind: i64,
        /// Zoom's status, for example `waiting` or `started`.
        status: Option<String> [Kept],
        /// The host's Zoom user id.
        host_id: Option<String> [Kept],
        /// The host's address.
        host_email: Option<String> [Kept],
        /// Whether the signed-in user is the host.
        is_host: bool,
        /// Whether the waiting room is on.
        waiting_room: Option<bool> [Kept],
        /// Who was invited.
        invitees: Option<Vec<Invitee>> as json "invitees_json" [Kept],
        /// When it was made, says Zoom.
        created_utc_ms: Option<i64> [Kept],
        /// When the answer with it arrived.
        fetched_utc_ms: i64,
        /// When an answer last told everything; `None` for a row of a list. Such an answer also tells what is *not* there.
        details_utc_ms: Option<i64> [Kept],
        /// Whom it is linked to, as it is kept with the meeting in Zoom.
        linked_ids: Option<String> [Told],
        /// What it is set to, in the engine's versioned form.
        options_json: Option<String> [Kept],
        /// How its series repeats, in the engine's own versioned form.
        series_json: Option<String> [Kept],
        /// Since when it is missing from a complete list, or was removed by us. Ignored when storing.
        gone_utc_ms: Option<i64> [Apart],
    }
}

impl MeetingRecord {
    /// The number that guests type.
    #[must_use]
    pub fn typed_number(&self) -> u64 {
        u64::try_from(self.guest_number.unwrap_or(self.meeting_id)).unwrap_or_default()
    }

    /// The meeting as a whole: the series, where this is one of its dates.
    #[must_use]
    pub fn whole(&self) -> MeetingKey {
        MeetingKey::new(u64::try_from(self.meeting_id).unwrap_or_default(), None)
    }

    /// The key of the whole series that a date belongs to; none for a meeting that happens once.
    #[must_use]
    pub fn series_key(&self) -> Option<String> {
        self.occurrence_id.as_ref().map(|_| self.whole().to_string())
    }
}

/// What lets a person into the meeting.
#[derive(Debug, Clone, Default)]
pub struct MeetingSecrets {
    /// The guests' link, which usually contains the passcode.
    pub join_url: Option<SecretString>,
    /// The passcode in clear.
    pub passcode: Option<SecretString>,
}

/// A meeting as an answer brought it.
#[derive(Debug, Clone)]
pub struct FetchedMeeting {
    /// The row.
    pub meeting: MeetingRecord,
    /// Its secrets, stored sealed.
    pub secrets: MeetingSecrets,
}

/// What is known of the details of a meeting, whether or not it is a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDetails {
    /// When an answer last told everything.
    pub read_utc_ms: Option<i64>,
    /// The digest of what lists told at that time, as [`note_listed`] was given it.
    pub listed: Option<Vec<u8>>,
}

/// A list that was read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompleteList {
    /// Whether it is the list of what the user hosts, or of what others host.
    pub hosted: bool,
    /// The generation its pages were stored with.
    pub generation: i64,
    /// The list holds meetings that begin at or after this moment (and those without a start).
    pub from_utc_ms: i64,
    /// Only meetings that begin before this moment, where the list does not reach farther.
    pub to_utc_ms: Option<i64>,
    /// When the first page was asked for. Meetings stored later by somebody else are spared.
    pub began_utc_ms: i64,
    /// When the last page was stored.
    pub ended_utc_ms: i64,
}

/// Stores a page of a list. What the answer did not tell (`None`) leaves what is stored; a meeting
/// that was gone is back. Returns how many rows were written.
///
/// # Errors
/// `StoreError::Seal` when the system has no randomness to give.
pub fn upsert_page(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    page: &[FetchedMeeting],
    generation: i64,
) -> StoreResult<usize> {
    for fetched in page {
        upsert(tx, sealer, fetched, generation)?;
    }
    Ok(page.len())
}

fn upsert(tx: &Transaction<'_>, sealer: &Sealer, fetched: &FetchedMeeting, generation: i64) -> StoreResult<()> {
    let (meeting, secrets) = (&fetched.meeting, &fetched.secrets);
    let cell = |column| cell(column, &meeting.key);
    let join_url = sealer.seal_optional(cell("join_url_sealed"), secrets.join_url.as_ref())?;
    let passcode = sealer.seal_optional(cell("passcode_sealed"), secrets.passcode.as_ref())?;
    let mut values = meeting.values()?;
    values.extend([join_url.to_sql()?, passcode.to_sql()?, generation.to_sql()?]);
    tx.prepare_cached(&UPSERT)?.execute(params_from_iter(values))?;
    Ok(())
}

/// What is stored beside the record.
const BESIDE: [Column; 3] = [
    Column { name: "join_url_sealed", rule: Rule::Kept },
    Column { name: "passcode_sealed", rule: Rule::Told },
    Column { name: "seen_generation", rule: Rule::Highest },
];

static UPSERT: LazyLock<String> = LazyLock::new(|| {
    let all = [MeetingRecord::COLUMNS, BESIDE.as_slice()].concat();
    let (insert, newer) = (columns::insert("zoom_meetings", &all), columns::newer(&all));
    format!("{insert} ON CONFLICT (key) DO UPDATE SET {newer}")
});

/// Marks the meetings that a complete list did not hold as gone and returns how many. Only for lists
/// read to their end: a cut list proves nothing. Past meetings and meetings stored while the list was
/// being read are spared.
pub fn mark_unseen_gone(tx: &Transaction<'_>, list: &CompleteList) -> StoreResult<usize> {
    let marked = tx.execute(
        "UPDATE zoom_meetings SET gone_utc_ms = :ended
         WHERE gone_utc_ms IS NULL
           AND seen_generation < :generation
           AND fetched_utc_ms < :began
           AND is_host = :hosted
           AND ((start_utc_ms IS NULL AND :to IS NULL) OR start_utc_ms >= :from)
           AND (:to IS NULL OR start_utc_ms < :to)",
        named_params! {
            ":ended": list.ended_utc_ms,
            ":generation": list.generation,
            ":began": list.began_utc_ms,
            ":from": list.from_utc_ms,
            ":to": list.to_utc_ms,
            ":hosted": list.hosted,
        },
    )?;
    Ok(marked)
}

/// Spares the rows of a meeting from being taken for gone: the list named it, and it could not be read.
pub fn spare(tx: &Transaction<'_>, meeting_id: i64, generation: i64) -> StoreResult<()> {
    tx.prepare_cached(
        "UPDATE zoom_meetings SET seen_generation = ?2 WHERE meeting_id = ?1 AND seen_generation < ?2
         AND gone_utc_ms IS NULL",
    )?
    .execute((meeting_id, generation))?;
    Ok(())
}

/// What is known of these meetings' details, by their numbers; those without a row are not in it.
pub fn known_details(db: &Connection, meeting_ids: &[i64]) -> StoreResult<HashMap<i64, KnownDetails>> {
    let mut statement = db.prepare_cached(
        "SELECT max(details_utc_ms) AS read, max(listed) AS listed FROM zoom_meetings
         WHERE meeting_id = ?1 AND gone_utc_ms IS NULL HAVING count(*) > 0",
    )?;
    let mut all = HashMap::new();
    for id in meeting_ids {
        let known = |row: &Row<'_>| Ok(KnownDetails { read_utc_ms: row.get("read")?, listed: row.get("listed")? });
        if let Some(known) = statement.query_row([id], known).optional()? {
            all.insert(*id, known);
        }
    }
    Ok(all)
}

/// Notes the digest of what lists told of a meeting whose details have just been stored.
pub fn note_listed(tx: &Transaction<'_>, meeting_id: i64, listed: &[u8]) -> StoreResult<()> {
    tx.prepare_cached("UPDATE zoom_meetings SET listed = ?2 WHERE meeting_id = ?1")?.execute((meeting_id, listed))?;
    Ok(())
}

/// Marks one meeting (or occurrence) as gone, after it was deleted or found deleted; `false` when it
/// was not there or gone already.
pub fn mark_gone(tx: &Transaction<'_>, key: &str, now_utc_ms: i64) -> StoreResult<bool> {
    let marked = tx.execute(
        "UPDATE zoom_meetings SET gone_utc_ms = ?2 WHERE key = ?1 AND gone_utc_ms IS NULL",
        (key, now_utc_ms),
    )?;
    Ok(marked == 1)
}

/// The newest generation in use, 0 in an empty table. A new list takes the next one.
pub fn last_generation(db: &Connection) -> StoreResult<i64> {
    let newest = db.query_row("SELECT coalesce(max(seen_generation), 0) FROM zoom_meetings", [], |row| row.get(0))?;
    Ok(newest)
}

/// Meetings that take place, wholly or in part, in `from_utc_ms..to_utc_ms`, in order of their
/// start. Those that are gone are left out.
pub fn meetings_between(db: &Connection, from_utc_ms: i64, to_utc_ms: i64) -> StoreResult<Vec<MeetingRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM zoom_meetings
         WHERE gone_utc_ms IS NULL
           AND start_utc_ms >= :earliest AND start_utc_ms < :to
           AND (start_utc_ms >= :from OR start_utc_ms + minutes * 60000 > :from)
         ORDER BY start_utc_ms, key",
    )?;
    let rows = statement.query_map(
        named_params! {
            ":earliest": from_utc_ms.saturating_sub(LONGEST_MS),
            ":from": from_utc_ms,
            ":to": to_utc_ms,
        },
        MeetingRecord::from_row,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The keys of meetings that begin at or after a moment, also of those that are gone.
pub fn keys_since(db: &Connection, from_utc_ms: i64) -> StoreResult<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT key FROM zoom_meetings WHERE start_utc_ms >= ?1 ORDER BY key")?;
    let rows = statement.query_map([from_utc_ms], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The first meeting that begins at or after a moment.
pub fn next_after(db: &Connection, utc_ms: i64) -> StoreResult<Option<MeetingRecord>> {
    let found = db
        .prepare_cached(
            "SELECT * FROM zoom_meetings WHERE gone_utc_ms IS NULL AND start_utc_ms >= ?1
             ORDER BY start_utc_ms, key LIMIT 1",
        )?
        .query_row([utc_ms], MeetingRecord::from_row)
        .optional()?;
    Ok(found)
}

/// One meeting by its key, also when it is gone.
pub fn meeting(db: &Connection, key: &str) -> StoreResult<Option<MeetingRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM zoom_meetings WHERE key = ?1")?
        .query_row([key], MeetingRecord::from_row)
        .optional()?;
    Ok(found)
}

/// The rows of one meeting number (one, or one for each occurrence), also those that are gone.
pub fn by_meeting_id(db: &Connection, meeting_id: i64) -> StoreResult<Vec<MeetingRecord>> {
    let mut statement =
        db.prepare_cached("SELECT * FROM zoom_meetings WHERE meeting_id = ?1 ORDER BY start_utc_ms, key")?;
    let rows = statement.query_map([meeting_id], MeetingRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Meetings that carry whom they are linked to, and are linked to nobody here: key and what they carry.
pub fn unlinked(db: &Connection) -> StoreResult<Vec<(String, String)>> {
    let mut statement = db.prepare_cached(
        "SELECT m.key, m.linked_ids FROM zoom_meetings AS m
         WHERE m.linked_ids IS NOT NULL AND m.gone_utc_ms IS NULL
           AND NOT EXISTS (SELECT 1 FROM links AS l WHERE l.zoom_kind = 'meeting' AND l.zoom_key = m.key)
         ORDER BY m.key",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The join link and passcode of one meeting, `None` when there is no such row.
///
/// # Errors
/// `StoreError::Seal` when one does not open.
pub fn secrets(db: &Connection, sealer: &Sealer, key: &str) -> StoreResult<Option<MeetingSecrets>> {
    type Sealed = Option<Vec<u8>>;
    let found: Option<(Sealed, Sealed)> = db
        .prepare_cached("SELECT join_url_sealed, passcode_sealed FROM zoom_meetings WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((join_url, passcode)) = found else {
        return Ok(None);
    };
    Ok(Some(MeetingSecrets {
        join_url: sealer.open_optional(cell("join_url_sealed", key), join_url.as_deref())?,
        passcode: sealer.open_optional(cell("passcode_sealed", key), passcode.as_deref())?,
    }))
}

fn cell<'a>(column: &'static str, key: &'a str) -> SealedCell<'a> {
    SealedCell { table: "zoom_meetings", column, row: key }
}
