//! Table `call_days` (mirror): how many legs Zoom listed for a day, when it was last compared. What is missing here
//! shows by it.

use rusqlite::{Connection, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// A day, as Zoom tells it.
    pub struct CallDay {
        /// The user's date, `YYYY-MM-DD`.
        day: String,
        /// Legs that Zoom listed.
        legs: u32,
        /// Rows of the list that could not be read, and that are of this day as far as can be told.
        unreadable: u32,
        /// When.
        compared_utc_ms: i64,
        /// Legs that comparisons have brought, and the sync had not.
        filled: u32,
        /// By the clocks of which zone the day began and ended; empty where that was not noted.
        zone: String,
    }
}

/// Keeps what Zoom listed for a day; what comparisons have brought adds up.
pub fn put(tx: &Transaction<'_>, day: &CallDay) -> StoreResult<()> {
    let put = format!(
        "{} ON CONFLICT (day) DO UPDATE SET legs = excluded.legs, unreadable = excluded.unreadable,
            compared_utc_ms = excluded.compared_utc_ms, filled = filled + excluded.filled, zone = excluded.zone",
        columns::insert("call_days", CallDay::COLUMNS)
    );
    tx.prepare_cached(&put)?.execute(params_from_iter(day.values()?))?;
    Ok(())
}

/// The days from one to another, both included, in order.
pub fn between(db: &Connection, from: &str, to: &str) -> StoreResult<Vec<CallDay>> {
    let mut statement = db.prepare_cached("SELECT * FROM call_days WHERE day >= ?1 AND day <= ?2 ORDER BY day")?;
    let rows = statement.query_map((from, to), CallDay::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
