//! Table `busy_events` (mirror): what else stands in the user's calendar in Salesforce.

use std::sync::LazyLock;

use rusqlite::{Connection, Transaction, named_params, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

/// An Event in Salesforce lasts at most fourteen days (Object Reference, "Event"); one more for its zone.
const LONGEST_MS: i64 = 15 * 86_400_000;

columns! {
    /// One entry.
    pub struct BusyRecord {
        /// Salesforce's id.
        id: String,
        /// The subject, as text.
        subject: String,
        /// The start; of whole days the midnight in UTC that begins the first.
        start_utc_ms: i64,
        /// The end; of whole days the midnight in UTC that ends the last.
        end_utc_ms: i64,
        /// It is for whole days, wherever the user is.
        all_day: bool,
        /// Out of the office.
        away: bool,
        /// The number of the Zoom meeting that its place names.
        meeting_number: Option<i64>,
    }
}

static INSERT: LazyLock<String> = LazyLock::new(|| columns::insert("busy_events", BusyRecord::COLUMNS));

/// Puts a whole calendar in the place of what was known, and answers whether anything in it is new.
pub fn replace(tx: &Transaction<'_>, calendar: &[BusyRecord]) -> StoreResult<bool> {
    let mut known = all(tx)?;
    let mut told = calendar.to_vec();
    known.sort_by(|one, other| one.id.cmp(&other.id));
    told.sort_by(|one, other| one.id.cmp(&other.id));
    told.dedup_by(|one, other| one.id == other.id);
    if known == told {
        return Ok(false);
    }
    tx.execute("DELETE FROM busy_events", [])?;
    let mut insert = tx.prepare_cached(&INSERT)?;
    for entry in &told {
        insert.execute(params_from_iter(entry.values()?))?;
    }
    Ok(true)
}

fn all(db: &Connection) -> StoreResult<Vec<BusyRecord>> {
    let mut statement = db.prepare_cached("SELECT * FROM busy_events")?;
    let rows = statement.query_map([], BusyRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What takes place, wholly or in part, in `from_utc_ms..to_utc_ms`, in order of its start. What this program has
/// written is left out: that is a meeting, and stands there as one.
pub fn between(db: &Connection, from_utc_ms: i64, to_utc_ms: i64) -> StoreResult<Vec<BusyRecord>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM busy_events AS b
         WHERE start_utc_ms >= :earliest AND start_utc_ms < :to AND end_utc_ms > :from
           AND NOT EXISTS (SELECT 1 FROM records_pushed AS r WHERE r.record_id = b.id)
         ORDER BY start_utc_ms, id",
    )?;
    let rows = statement.query_map(
        named_params! {
            ":earliest": from_utc_ms.saturating_sub(LONGEST_MS),
            ":from": from_utc_ms,
            ":to": to_utc_ms,
        },
        BusyRecord::from_row,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}
