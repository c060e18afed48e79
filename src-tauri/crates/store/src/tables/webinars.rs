//! Tables `webinars` and `webinar_dates` (mirror): what the user hosts, one row a webinar, and the dates of series.
//!
//! The join link and the passcode are sealed and read one webinar at a time, at the click that needs them. The host's
//! start link is not stored at all.

use std::sync::LazyLock;

use rusqlite::types::ToSql as _;
use rusqlite::{Connection, OptionalExtension as _, Transaction, named_params, params_from_iter};
use secrecy::SecretString;

use super::columns::{self, Column, Rule, columns};
use crate::error::StoreResult;
use crate::sealed::{SealedCell, Sealer};

columns! {
    /// One webinar. A field that may be `None` is `None` when no answer told it.
    pub struct WebinarRecord {
        /// The number as text.
        key: String,
        /// The number.
        webinar_id: i64,
        /// Zoom's id of the (last) instance.
        uuid: Option<String> [Kept],
        /// The topic, as text.
        topic: String,
        /// The description.
        agenda: Option<String> [Kept],
        /// Zoom's number of its type: 5, 6 or 9.
        kind: i64,
        /// The start; of a series the first date that was told. `None` without a fixed time.
        start_utc_ms: Option<i64>,
        /// The planned length.
        minutes: i64,
        /// The IANA zone it was planned in.
        timezone: Option<String> [Kept],
        /// The host's Zoom user id.
        host_id: Option<String> [Kept],
        /// The host's address.
        host_email: Option<String> [Kept],
        /// When it was made, says Zoom.
        created_utc_ms: Option<i64> [Kept],
        /// The page where people register.
        registration_url: Option<String> [Told],
        /// Zoom's number: 0 automatic, 1 by hand, 2 no registration.
        approval_type: Option<i64> [Told],
        /// Zoom's number of what a registration for a series counts for.
        registration_type: Option<i64> [Told],
        /// At most so many may register; 0 for no limit.
        registrants_limit: Option<i64> [Told],
        /// So many fit, where Zoom tells.
        capacity: Option<i64> [Told],
        /// One registration may join from several devices.
        multiple_devices: Option<bool> [Told],
        /// Registration closes at the date.
        close_registration: Option<bool> [Told],
        /// Host's video on at the start.
        host_video: Option<bool> [Told],
        /// Panelists' video on at the start.
        panelists_video: Option<bool> [Told],
        /// A practice session before the start.
        practice_session: Option<bool> [Told],
        /// Everything else that is set, in the engine's versioned form.
        settings_json: Option<String> [Told],
        /// When the answer with it arrived.
        fetched_utc_ms: i64,
        /// When an answer last told everything; `None` for a row of a list.
        details_utc_ms: Option<i64> [Kept],
        /// Since when it is missing from a complete list, or was removed by us. Ignored when storing.
        gone_utc_ms: Option<i64> [Apart],
    }
}

/// What lets people in.
#[derive(Debug, Clone, Default)]
pub struct WebinarSecrets {
    /// The guests' link, which usually contains the passcode.
    pub join_url: Option<SecretString>,
    /// The passcode in clear.
    pub passcode: Option<SecretString>,
}

/// A webinar as an answer brought it.
#[derive(Debug, Clone)]
pub struct FetchedWebinar {
    /// The row.
    pub webinar: WebinarRecord,
    /// Its secrets, stored sealed.
    pub secrets: WebinarSecrets,
    /// The dates of a series that still take place; `None` where the answer does not tell them.
    pub dates: Option<Vec<WebinarDate>>,
}

/// A date of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebinarDate {
    /// Zoom's id of the occurrence.
    pub occurrence_id: String,
    /// When it begins.
    pub start_utc_ms: i64,
    /// The planned length.
    pub minutes: i64,
}

/// When what belongs to a webinar was last read completely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WebinarAges {
    /// The questions of its form.
    pub questions_utc_ms: Option<i64>,
    /// All lists of its registrants.
    pub roster_utc_ms: Option<i64>,
    /// Its panelists.
    pub panel_utc_ms: Option<i64>,
    /// The links to its form.
    pub sources_utc_ms: Option<i64>,
    /// The times that it was held.
    pub instances_utc_ms: Option<i64>,
}

/// What of a webinar was read completely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebinarPart {
    /// All lists of its registrants.
    Roster,
    /// Its panelists.
    Panel,
    /// The links to its form.
    Sources,
    /// The times that it was held.
    Instances,
}

/// Stores what answers brought; what they did not tell (`None`) stays, and a webinar that was gone is back.
///
/// # Errors
/// `StoreError::Seal` when the system has no randomness to give.
pub fn upsert(tx: &Transaction<'_>, sealer: &Sealer, page: &[FetchedWebinar], generation: i64) -> StoreResult<()> {
    for FetchedWebinar { webinar, secrets, dates } in page {
        let cell = |column| cell(column, &webinar.key);
        let join_url = sealer.seal_optional(cell("join_url_sealed"), secrets.join_url.as_ref())?;
        let passcode = sealer.seal_optional(cell("passcode_sealed"), secrets.passcode.as_ref())?;
        let mut values = webinar.values()?;
        values.extend([join_url.to_sql()?, passcode.to_sql()?, generation.to_sql()?]);
        tx.prepare_cached(&UPSERT)?.execute(params_from_iter(values))?;
        if let Some(dates) = dates {
            put_dates(tx, &webinar.key, dates)?;
        }
    }
    Ok(())
}

/// What is stored beside the record.
const BESIDE: [Column; 3] = [
    Column { name: "join_url_sealed", rule: Rule::Kept },
    Column { name: "passcode_sealed", rule: Rule::Told },
    Column { name: "seen_generation", rule: Rule::Highest },
];

static UPSERT: LazyLock<String> = LazyLock::new(|| {
    let all = [WebinarRecord::COLUMNS, BESIDE.as_slice()].concat();
    let (insert, newer) = (columns::insert("webinars", &all), columns::newer(&all));
    format!("{insert} ON CONFLICT (key) DO UPDATE SET {newer}")
});

fn put_dates(tx: &Transaction<'_>, key: &str, dates: &[WebinarDate]) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM webinar_dates WHERE webinar_key = ?1")?.execute([key])?;
    let mut insert = tx.prepare_cached(
        "INSERT OR REPLACE INTO webinar_dates (key, webinar_key, occurrence_id, start_utc_ms, minutes)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for date in dates {
        let own = format!("{key}:{}", date.occurrence_id);
        insert.execute((own, key, &date.occurrence_id, date.start_utc_ms, date.minutes))?;
    }
    Ok(())
}

/// Marks the webinars that a complete list did not hold as gone, unless they are over: Zoom's list forgets those that
/// expired. Returns how many.
pub fn mark_unseen_gone(tx: &Transaction<'_>, generation: i64, began_utc_ms: i64, now_ms: i64) -> StoreResult<usize> {
    let marked = tx.execute(
        "UPDATE webinars SET gone_utc_ms = :now
         WHERE gone_utc_ms IS NULL AND seen_generation < :generation AND fetched_utc_ms < :began
           AND (start_utc_ms + minutes * 60000 > :now OR EXISTS (
                SELECT 1 FROM webinar_dates AS d
                WHERE d.webinar_key = webinars.key AND d.start_utc_ms + d.minutes * 60000 > :now))",
        named_params! { ":now": now_ms, ":generation": generation, ":began": began_utc_ms },
    )?;
    Ok(marked)
}

/// Marks one webinar as gone; `false` when it was not there or gone already.
pub fn mark_gone(tx: &Transaction<'_>, key: &str, now_utc_ms: i64) -> StoreResult<bool> {
    let marked =
        tx.execute("UPDATE webinars SET gone_utc_ms = ?2 WHERE key = ?1 AND gone_utc_ms IS NULL", (key, now_utc_ms))?;
    Ok(marked == 1)
}

/// The newest generation in use, 0 in an empty table. A new list takes the next one.
pub fn last_generation(db: &Connection) -> StoreResult<i64> {
    Ok(db.query_row("SELECT coalesce(max(seen_generation), 0) FROM webinars", [], |row| row.get(0))?)
}

/// Every webinar that is here, those that are gone included. A host has dozens, not thousands.
pub fn all(db: &Connection) -> StoreResult<Vec<WebinarRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM webinars ORDER BY key")?;
    let rows = statement.query_map([], WebinarRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One webinar by its key, also when it is gone.
pub fn get(db: &Connection, key: &str) -> StoreResult<Option<WebinarRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM webinars WHERE key = ?1")?
        .query_row([key], WebinarRecord::from_row)
        .optional()?;
    Ok(found)
}

/// The dates of a series, in their order.
pub fn dates(db: &Connection, key: &str) -> StoreResult<Vec<WebinarDate>> {
    let mut statement = db.prepare_cached(
        "SELECT occurrence_id, start_utc_ms, minutes FROM webinar_dates
         WHERE webinar_key = ?1 ORDER BY start_utc_ms, occurrence_id",
    )?;
    let rows = statement.query_map([key], |row| {
        Ok(WebinarDate { occurrence_id: row.get(0)?, start_utc_ms: row.get(1)?, minutes: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A webinar, or a date of one, that takes place at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedWebinar {
    /// The number.
    pub webinar_id: i64,
    /// The topic, as text.
    pub topic: String,
    /// When it begins.
    pub start_utc_ms: i64,
    /// The planned length.
    pub minutes: i64,
}

/// What takes place, wholly or in part, in `from_utc_ms..to_utc_ms`, in order of its start. A series is known by its
/// dates alone, where these are known.
pub fn between(db: &Connection, from_utc_ms: i64, to_utc_ms: i64) -> StoreResult<Vec<PlannedWebinar>> {
    let mut statement = db.prepare_cached(
        "WITH planned AS (
             SELECT w.webinar_id, w.topic, d.start_utc_ms, d.minutes
             FROM webinars AS w JOIN webinar_dates AS d ON d.webinar_key = w.key WHERE w.gone_utc_ms IS NULL
             UNION ALL
             SELECT w.webinar_id, w.topic, w.start_utc_ms, w.minutes FROM webinars AS w
             WHERE w.gone_utc_ms IS NULL AND w.start_utc_ms IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM webinar_dates AS d WHERE d.webinar_key = w.key))
         SELECT webinar_id, topic, start_utc_ms, minutes FROM planned
         WHERE start_utc_ms < ?2 AND start_utc_ms + max(minutes, 1) * 60000 > ?1
         ORDER BY start_utc_ms, webinar_id",
    )?;
    let rows = statement.query_map((from_utc_ms, to_utc_ms), |row| {
        Ok(PlannedWebinar {
            webinar_id: row.get(0)?,
            topic: row.get(1)?,
            start_utc_ms: row.get(2)?,
            minutes: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The questions of the form, in the engine's versioned form.
pub fn questions(db: &Connection, key: &str) -> StoreResult<Option<String>> {
    let found = db
        .prepare_cached("SELECT questions_json FROM webinars WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

/// Keeps the questions of the form.
pub fn put_questions(tx: &Transaction<'_>, key: &str, questions_json: &str, now_ms: i64) -> StoreResult<()> {
    tx.prepare_cached("UPDATE webinars SET questions_json = ?2, questions_utc_ms = ?3 WHERE key = ?1")?.execute((
        key,
        questions_json,
        now_ms,
    ))?;
    Ok(())
}

/// When what belongs to a webinar was last read completely.
pub fn ages(db: &Connection, key: &str) -> StoreResult<WebinarAges> {
    let found = db
        .prepare_cached(
            "SELECT questions_utc_ms, roster_utc_ms, panel_utc_ms, sources_utc_ms, instances_utc_ms
             FROM webinars WHERE key = ?1",
        )?
        .query_row([key], |row| {
            Ok(WebinarAges {
                questions_utc_ms: row.get(0)?,
                roster_utc_ms: row.get(1)?,
                panel_utc_ms: row.get(2)?,
                sources_utc_ms: row.get(3)?,
                instances_utc_ms: row.get(4)?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// A part of a webinar was read completely.
pub fn was_read(tx: &Transaction<'_>, key: &str, part: WebinarPart, now_ms: i64) -> StoreResult<()> {
    let sql = match part {
        WebinarPart::Roster => "UPDATE webinars SET roster_utc_ms = ?2 WHERE key = ?1",
        WebinarPart::Panel => "UPDATE webinars SET panel_utc_ms = ?2 WHERE key = ?1",
        WebinarPart::Sources => "UPDATE webinars SET sources_utc_ms = ?2 WHERE key = ?1",
        WebinarPart::Instances => "UPDATE webinars SET instances_utc_ms = ?2 WHERE key = ?1",
    };
    tx.prepare_cached(sql)?.execute((key, now_ms))?;
    Ok(())
}

/// The join link and passcode of one webinar, `None` when there is no such row.
///
/// # Errors
/// `StoreError::Seal` when one does not open.
pub fn secrets(db: &Connection, sealer: &Sealer, key: &str) -> StoreResult<Option<WebinarSecrets>> {
    type Sealed = Option<Vec<u8>>;
    let found: Option<(Sealed, Sealed)> = db
        .prepare_cached("SELECT join_url_sealed, passcode_sealed FROM webinars WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((join_url, passcode)) = found else { return Ok(None) };
    Ok(Some(WebinarSecrets {
        join_url: sealer.open_optional(cell("join_url_sealed", key), join_url.as_deref())?,
        passcode: sealer.open_optional(cell("passcode_sealed", key), passcode.as_deref())?,
    }))
}

/// Whether a join link and a passcode are known.
pub fn has_secrets(db: &Connection, key: &str) -> StoreResult<(bool, bool)> {
    let found = db
        .prepare_cached("SELECT join_url_sealed IS NOT NULL, passcode_sealed IS NOT NULL FROM webinars WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.unwrap_or_default())
}

fn cell<'a>(column: &'static str, key: &'a str) -> SealedCell<'a> {
    SealedCell { table: "webinars", column, row: key }
}
