//! Table `call_legs` (mirror): every leg of a call, as it was told.
//!
//! A leg is kept in the domain's own form with the number of that form; what this crate looks at stands in columns.

use std::sync::LazyLock;

use rusqlite::{Connection, Transaction, params_from_iter};

use super::columns::{self, columns};
use crate::error::StoreResult;

columns! {
    /// One leg.
    pub struct LegRecord {
        /// Zoom's id of it.
        id: String,
        /// The call that it is part of: [`super::calls::CallRecord::key`].
        call_key: String,
        /// The history's id.
        uuid: Option<String>,
        /// The telephone system's number of the call.
        call_id: Option<String>,
        /// When it began.
        start_utc_ms: Option<i64>,
        /// The form of `leg_json`.
        version: i64,
        /// The leg.
        leg_json: String,
    }
}

/// What is known of legs that may be of the same calls as those that come.
#[derive(Debug, Clone, Copy, Default)]
pub struct Names<'a> {
    /// Ids of legs.
    pub ids: &'a [String],
    /// Ids of histories.
    pub uuids: &'a [String],
    /// Numbers of the telephone system.
    pub call_ids: &'a [String],
}

/// All legs of every call of which one leg has one of these names.
pub fn related(db: &Connection, names: Names<'_>) -> StoreResult<Vec<LegRecord>> {
    let json = |names: &[String]| serde_json::json!(names).to_string();
    let mut statement = db.prepare_cached(
        "SELECT * FROM call_legs WHERE call_key IN (
            SELECT call_key FROM call_legs WHERE id IN (SELECT value FROM json_each(?1))
            UNION SELECT call_key FROM call_legs WHERE uuid IN (SELECT value FROM json_each(?2))
            UNION SELECT call_key FROM call_legs WHERE call_id IN (SELECT value FROM json_each(?3)))
         ORDER BY id",
    )?;
    let rows = statement.query_map((json(names.ids), json(names.uuids), json(names.call_ids)), LegRecord::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stores legs; one that is there already is replaced.
pub fn put(tx: &Transaction<'_>, legs: &[LegRecord]) -> StoreResult<()> {
    let mut statement = tx.prepare_cached(&PUT)?;
    for leg in legs {
        statement.execute(params_from_iter(leg.values()?))?;
    }
    Ok(())
}

static PUT: LazyLock<String> = LazyLock::new(|| {
    let insert = columns::insert("call_legs", LegRecord::COLUMNS);
    format!("{insert} ON CONFLICT (id) DO UPDATE SET {}", columns::newer(LegRecord::COLUMNS))
});

/// How many legs are here that began in `from..to`, those of other people's calls included.
pub fn count_between(db: &Connection, from_utc_ms: i64, to_utc_ms: i64) -> StoreResult<u32> {
    let count = db
        .prepare_cached("SELECT count(*) FROM call_legs WHERE start_utc_ms >= ?1 AND start_utc_ms < ?2")?
        .query_row((from_utc_ms, to_utc_ms), |row| row.get(0))?;
    Ok(count)
}
