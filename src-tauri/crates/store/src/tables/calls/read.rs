//! Reads of `calls`: the lists with their counts, what is counted of a stretch of time, and the calls that wait for
//! something or are somebody's.

use rusqlite::{Connection, OptionalExtension as _};

use super::{CallRow, Standing, from_row};
use crate::error::StoreResult;

/// Which calls a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Chip {
    /// All.
    #[default]
    All,
    /// Those that wait for the user to say who it was.
    ToLink,
    /// Those that nobody answered.
    Missed,
    /// Those with a voicemail.
    Voicemail,
    /// Those that stand in Salesforce.
    Logged,
}

impl Chip {
    /// All of them.
    pub const EACH: [Self; 5] = [Self::All, Self::ToLink, Self::Missed, Self::Voicemail, Self::Logged];

    /// As a condition with a literal in it, which is what makes SQLite use the index that holds only those.
    pub(in crate::tables) fn condition(self) -> &'static str {
        match self {
            Self::All => "1",
            Self::ToLink => "c.to_link = 1",
            Self::Missed => "c.missed = 1",
            Self::Voicemail => "c.has_voicemail = 1",
            Self::Logged => "c.logged = 1",
        }
    }
}

/// A stretch of time: from, inclusive, to, exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// The first moment.
    pub from_utc_ms: i64,
    /// The first moment after it.
    pub to_utc_ms: i64,
}

/// One call.
pub fn get(db: &Connection, key: &str) -> StoreResult<Option<CallRow>> {
    let found = db.prepare_cached("SELECT * FROM calls WHERE key = ?1")?.query_row([key], from_row).optional()?;
    Ok(found)
}

/// A page of a list, latest first.
pub fn list(db: &Connection, chip: Chip, between: Between, offset: u32, limit: u32) -> StoreResult<Vec<CallRow>> {
    let sql = format!(
        "SELECT * FROM calls AS c WHERE {} AND c.start_utc_ms >= ?1 AND c.start_utc_ms < ?2
         ORDER BY c.start_utc_ms DESC, c.row DESC LIMIT ?3 OFFSET ?4",
        chip.condition()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((between.from_utc_ms, between.to_utc_ms, limit, offset), from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many a list holds.
pub fn count(db: &Connection, chip: Chip, between: Between) -> StoreResult<u32> {
    let sql = format!(
        "SELECT count(*) FROM calls AS c WHERE {} AND c.start_utc_ms >= ?1 AND c.start_utc_ms < ?2",
        chip.condition()
    );
    let count = db.prepare_cached(&sql)?.query_row((between.from_utc_ms, between.to_utc_ms), |row| row.get(0))?;
    Ok(count)
}

/// What is counted of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// When it began.
    pub start_utc_ms: i64,
    /// The user called.
    pub outbound: bool,
    /// The outcome's name.
    pub outcome: String,
    /// What became of it.
    pub standing: Standing,
    /// It waits for the user to say who it was.
    pub to_link: bool,
    /// It stands in Salesforce.
    pub logged: bool,
}

/// What is counted of the calls of a stretch of time, in order.
pub fn tallies(db: &Connection, between: Between) -> StoreResult<Vec<Tally>> {
    let mut statement = db.prepare_cached(
        "SELECT start_utc_ms, outbound, outcome, standing, to_link, logged FROM calls
         WHERE start_utc_ms >= ?1 AND start_utc_ms < ?2 ORDER BY start_utc_ms, row",
    )?;
    let rows = statement.query_map((between.from_utc_ms, between.to_utc_ms), |row| {
        Ok(Tally {
            start_utc_ms: row.get(0)?,
            outbound: row.get(1)?,
            outcome: row.get(2)?,
            standing: row.get(3)?,
            to_link: row.get(4)?,
            logged: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The earliest call that is here.
pub fn earliest(db: &Connection) -> StoreResult<Option<i64>> {
    Ok(db.query_row("SELECT min(start_utc_ms) FROM calls", [], |row| row.get(0))?)
}

/// Calls that were not matched yet.
pub fn unmatched(db: &Connection, limit: u32) -> StoreResult<Vec<CallRow>> {
    rows(db, "SELECT * FROM calls WHERE standing = 'new' ORDER BY row LIMIT ?1", [limit])
}

/// Those of these that were not matched yet.
pub fn unmatched_of(db: &Connection, at: &[i64]) -> StoreResult<Vec<CallRow>> {
    rows(
        db,
        "SELECT * FROM calls WHERE row IN (SELECT value FROM json_each(?1)) AND standing = 'new' ORDER BY row",
        [serde_json::json!(at).to_string()],
    )
}

/// Calls that no rule and nobody has linked, of lines that end like one of these.
pub fn unlinked_by_endings(db: &Connection, endings: &[i64]) -> StoreResult<Vec<CallRow>> {
    if endings.is_empty() {
        return Ok(Vec::new());
    }
    rows(
        db,
        "SELECT * FROM calls WHERE ending IN (SELECT value FROM json_each(?1))
         AND standing IN ('ask', 'switchboard', 'nobody') ORDER BY row",
        [serde_json::json!(endings).to_string()],
    )
}

/// Calls that began since a moment, are over and linked with somebody, and stand nowhere in Salesforce; latest first.
pub fn unlogged_since(db: &Connection, since_utc_ms: i64, limit: u32) -> StoreResult<Vec<CallRow>> {
    rows(
        db,
        "SELECT * FROM calls WHERE start_utc_ms >= ?1 AND standing = 'linked' AND logged = 0 AND complete = 1
         ORDER BY start_utc_ms DESC, row DESC LIMIT ?2",
        (since_utc_ms, limit),
    )
}

/// When the first call began, of those since a moment that stand nowhere in Salesforce, whose link was decided since
/// another one.
pub fn first_linked_since(db: &Connection, since_utc_ms: i64, decided_utc_ms: i64) -> StoreResult<Option<i64>> {
    let first = db
        .prepare_cached(
            "SELECT min(c.start_utc_ms) FROM calls AS c JOIN call_links AS l ON l.call_key = c.key
             WHERE c.start_utc_ms >= ?1 AND c.standing = 'linked' AND c.logged = 0 AND l.decided_utc_ms >= ?2",
        )?
        .query_row((since_utc_ms, decided_utc_ms), |row| row.get(0))?;
    Ok(first)
}

/// Calls that began since a moment and stand in Salesforce, latest first.
pub fn logged_since(db: &Connection, since_utc_ms: i64, limit: u32) -> StoreResult<Vec<CallRow>> {
    rows(
        db,
        "SELECT * FROM calls WHERE logged = 1 AND start_utc_ms >= ?1 ORDER BY start_utc_ms DESC, row DESC LIMIT ?2",
        (since_utc_ms, limit),
    )
}

/// All calls of a line, latest first.
pub fn of_line(db: &Connection, line: i64, limit: u32) -> StoreResult<Vec<CallRow>> {
    rows(db, "SELECT * FROM calls WHERE line = ?1 ORDER BY start_utc_ms DESC, row DESC LIMIT ?2", (line, limit))
}

/// All calls of a record, latest first.
pub fn of_record(db: &Connection, record_id: &str, limit: u32) -> StoreResult<Vec<CallRow>> {
    rows(
        db,
        "SELECT * FROM calls WHERE record_id = ?1 ORDER BY start_utc_ms DESC, row DESC LIMIT ?2",
        (record_id, limit),
    )
}

/// When the last call of a record began.
pub fn last_of_record(db: &Connection, record_id: &str) -> StoreResult<Option<i64>> {
    let mut statement = db.prepare_cached("SELECT max(start_utc_ms) FROM calls WHERE record_id = ?1")?;
    Ok(statement.query_row([record_id], |row| row.get(0))?)
}

fn rows(db: &Connection, sql: &str, params: impl rusqlite::Params) -> StoreResult<Vec<CallRow>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params, from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
