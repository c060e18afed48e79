//! Table `webinar_registrants` (mirror): who registered for what. The personal join link is sealed and read one at a
//! time.
//!
//! Zoom's lists hold those who are approved, pending or denied. Who was in a list and is in none any more was
//! cancelled, and stays here so that nobody registers them again unasked.

use std::fmt::Write as _;
use std::sync::LazyLock;

use rusqlite::types::ToSql as _;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};
use secrecy::SecretString;

use super::columns::{self, Column, Rule, columns};
use super::folding::{fold, fold_email};
use super::text_column::text_enum;
use crate::error::StoreResult;
use crate::sealed::{SealedCell, Sealer};

text_enum! {
    /// Where a registration stands.
    pub enum RegistrantStatus {
        /// May come.
        Approved = "approved",
        /// Waits for the host.
        Pending = "pending",
        /// Turned down.
        Denied = "denied",
        /// In no list any more.
        Cancelled = "cancelled",
    }
}

columns! {
    /// One registrant.
    pub struct RegistrantRecord {
        /// Webinar and Zoom's id of the registrant, with a colon between.
        key: String,
        /// The webinar.
        webinar_key: String,
        /// Zoom's id of the registrant.
        registrant_id: String,
        /// The address as it was typed.
        email: Option<String> [Personal],
        /// First name.
        first_name: Option<String> [Personal],
        /// Last name.
        last_name: Option<String> [Personal],
        /// Where it stands.
        status: RegistrantStatus,
        /// When they registered, says Zoom.
        registered_utc_ms: Option<i64> [Kept],
        /// The tracking link they came through.
        source_id: Option<String> [Kept],
        /// They have a link of their own.
        has_link: bool,
        /// When the answer with it arrived.
        fetched_utc_ms: i64,
        /// The form of `answers_json`.
        version: i64,
        /// The answers, in the engine's versioned form.
        answers_json: String [PersonalList],
    }
}

/// A registrant as an answer brought it.
#[derive(Debug, Clone)]
pub struct FetchedRegistrant {
    /// The row.
    pub registrant: RegistrantRecord,
    /// The person's own link, stored sealed.
    pub join_url: Option<SecretString>,
}

/// How many stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "one field for each variant of `RegistrantStatus`")]
pub struct RegistrantTotals {
    pub approved: u32,
    pub pending: u32,
    pub denied: u32,
    pub cancelled: u32,
}

/// In which order a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrantOrder {
    /// The latest first.
    Newest,
    /// By name.
    Name,
    /// By address.
    Email,
}

/// Which registrants of a webinar.
#[derive(Debug, Clone)]
pub struct RegistrantsAsked<'a> {
    /// The webinar.
    pub webinar: &'a str,
    /// Only those who stand so.
    pub status: Option<RegistrantStatus>,
    /// Every word of it stands in name or address; empty for all.
    pub query: &'a str,
    /// In which order.
    pub order: RegistrantOrder,
}

/// Stores a page of a list of one generation.
///
/// # Errors
/// `StoreError::Seal` when the system has no randomness to give.
pub fn upsert(tx: &Transaction<'_>, sealer: &Sealer, page: &[FetchedRegistrant], generation: i64) -> StoreResult<()> {
    for FetchedRegistrant { registrant, join_url } in page {
        let sealed = sealer.seal_optional(cell(&registrant.key), join_url.as_ref())?;
        let email = registrant.email.as_deref().unwrap_or_default();
        let name = [registrant.first_name.as_deref(), registrant.last_name.as_deref()];
        let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let (email_folded, folded) = (fold_email(email), fold(&format!("{name} {email}")));
        let mut values = registrant.values()?;
        values.extend([sealed.to_sql()?, email_folded.to_sql()?, folded.to_sql()?, generation.to_sql()?]);
        tx.prepare_cached(&UPSERT)?.execute(params_from_iter(values))?;
    }
    Ok(())
}

/// What is stored beside the record. Who is no longer approved has no link.
const BESIDE: [Column; 4] = [
    Column { name: "join_url_sealed", rule: Rule::Replaced },
    Column { name: "email_folded", rule: Rule::Replaced },
    Column { name: "folded", rule: Rule::Replaced },
    Column { name: "seen_generation", rule: Rule::Highest },
];

static UPSERT: LazyLock<String> = LazyLock::new(|| {
    let all = [RegistrantRecord::COLUMNS, BESIDE.as_slice()].concat();
    let (insert, newer) = (columns::insert("webinar_registrants", &all), columns::newer(&all));
    format!("{insert} ON CONFLICT (key) DO UPDATE SET {newer}")
});

/// Begins to read all lists of a webinar: the generation that their pages carry.
pub fn begin_reading(tx: &Transaction<'_>, webinar: &str) -> StoreResult<i64> {
    let generation = tx
        .prepare_cached(
            "UPDATE webinars SET roster_generation = roster_generation + 1 WHERE key = ?1 RETURNING roster_generation",
        )?
        .query_row([webinar], |row| row.get(0))
        .optional()?;
    Ok(generation.unwrap_or(1))
}

/// The generation of the last reading.
pub fn generation(db: &Connection, webinar: &str) -> StoreResult<i64> {
    let found = db
        .prepare_cached("SELECT roster_generation FROM webinars WHERE key = ?1")?
        .query_row([webinar], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// All lists were read to their ends: who was in none of them was cancelled, unless an answer told of them after the
/// reading began. Returns how many were.
pub fn end_reading(tx: &Transaction<'_>, webinar: &str, generation: i64, began_utc_ms: i64) -> StoreResult<usize> {
    let cancelled = tx
        .prepare_cached(
            "UPDATE webinar_registrants SET status = 'cancelled', has_link = 0, join_url_sealed = NULL
             WHERE webinar_key = ?1 AND seen_generation < ?2 AND fetched_utc_ms < ?3 AND status <> 'cancelled'",
        )?
        .execute((webinar, generation, began_utc_ms))?;
    Ok(cancelled)
}

/// Notes a decision that Zoom has taken.
pub fn set_status(tx: &Transaction<'_>, key: &str, status: RegistrantStatus, now_ms: i64) -> StoreResult<()> {
    tx.prepare_cached(
        "UPDATE webinar_registrants SET status = ?2, fetched_utc_ms = ?3,
            has_link = CASE ?2 WHEN 'approved' THEN has_link ELSE 0 END,
            join_url_sealed = CASE ?2 WHEN 'approved' THEN join_url_sealed END
         WHERE key = ?1",
    )?
    .execute((key, status, now_ms))?;
    Ok(())
}

/// One registrant.
pub fn get(db: &Connection, key: &str) -> StoreResult<Option<RegistrantRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM webinar_registrants WHERE key = ?1")?
        .query_row([key], RegistrantRecord::from_row)
        .optional()?;
    Ok(found)
}

/// The registrants of a webinar with these addresses, in any case; who was cancelled comes last.
pub fn by_emails(db: &Connection, webinar: &str, emails: &[&str]) -> StoreResult<Vec<RegistrantRecord>> {
    let folded: Vec<String> = emails.iter().map(|email| fold_email(email)).collect();
    let mut statement = db.prepare_cached(
        "SELECT * FROM webinar_registrants
         WHERE webinar_key = ?1 AND email_folded IN (SELECT value FROM json_each(?2))
         ORDER BY status = 'cancelled', row",
    )?;
    let rows = statement.query_map((webinar, serde_json::json!(folded).to_string()), RegistrantRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everybody of a webinar, in no order.
pub fn everybody(db: &Connection, webinar: &str) -> StoreResult<Vec<RegistrantRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM webinar_registrants WHERE webinar_key = ?1")?;
    let rows = statement.query_map([webinar], RegistrantRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A page of those who were asked for.
pub fn page(
    db: &Connection,
    asked: &RegistrantsAsked<'_>,
    offset: u32,
    limit: u32,
) -> StoreResult<Vec<RegistrantRecord>> {
    let (condition, words) = condition(asked);
    let order = match asked.order {
        RegistrantOrder::Newest => "registered_utc_ms DESC, row DESC",
        RegistrantOrder::Name => "folded, row",
        RegistrantOrder::Email => "email_folded, row",
    };
    let sql =
        format!("SELECT * FROM webinar_registrants WHERE {condition} ORDER BY {order} LIMIT {limit} OFFSET {offset}");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(words), RegistrantRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many they are.
pub fn count(db: &Connection, asked: &RegistrantsAsked<'_>) -> StoreResult<u32> {
    let (condition, words) = condition(asked);
    let sql = format!("SELECT count(*) FROM webinar_registrants WHERE {condition}");
    Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(words), |row| row.get(0))?)
}

/// The words of a query are looked for within one webinar: its rows by an index, each row's own text.
fn condition(asked: &RegistrantsAsked<'_>) -> (String, Vec<String>) {
    const MOST_WORDS: usize = 8;
    let folded = fold(asked.query);
    let words = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).map(str::to_owned);
    let mut values = vec![asked.webinar.to_owned()];
    let mut condition = "webinar_key = ?1".to_owned();
    if let Some(status) = asked.status {
        values.push(status.as_str().to_owned());
        condition.push_str(" AND status = ?2");
    }
    for word in words {
        values.push(word);
        // Writing into a text can't fail.
        let _ = write!(condition, " AND instr(folded, ?{}) > 0", values.len());
    }
    (condition, values)
}

/// How many stand how.
pub fn totals(db: &Connection, webinar: &str) -> StoreResult<RegistrantTotals> {
    let mut statement =
        db.prepare_cached("SELECT status, count(*) FROM webinar_registrants WHERE webinar_key = ?1 GROUP BY status")?;
    let mut rows = statement.query([webinar])?;
    let mut totals = RegistrantTotals::default();
    while let Some(row) = rows.next()? {
        let count = row.get(1)?;
        *(match row.get(0)? {
            RegistrantStatus::Approved => &mut totals.approved,
            RegistrantStatus::Pending => &mut totals.pending,
            RegistrantStatus::Denied => &mut totals.denied,
            RegistrantStatus::Cancelled => &mut totals.cancelled,
        }) = count;
    }
    Ok(totals)
}

/// When those who may come registered, the earliest first.
pub fn registered_at(db: &Connection, webinar: &str) -> StoreResult<Vec<i64>> {
    let mut statement = db.prepare_cached(
        "SELECT registered_utc_ms FROM webinar_registrants
         WHERE webinar_key = ?1 AND registered_utc_ms IS NOT NULL AND status = 'approved'
         ORDER BY registered_utc_ms",
    )?;
    let rows = statement.query_map([webinar], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A registrant's own link.
///
/// # Errors
/// `StoreError::Seal` when it does not open.
pub fn join_url(db: &Connection, sealer: &Sealer, key: &str) -> StoreResult<Option<SecretString>> {
    let found: Option<Option<Vec<u8>>> = db
        .prepare_cached("SELECT join_url_sealed FROM webinar_registrants WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    sealer.open_optional(cell(key), found.flatten().as_deref())
}

fn cell(key: &str) -> SealedCell<'_> {
    SealedCell { table: "webinar_registrants", column: "join_url_sealed", row: key }
}
