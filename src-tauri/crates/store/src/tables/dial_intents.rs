//! Table `dial_intents` (user): what was dialled from a record, so that the call that follows is known to be theirs.

use rusqlite::{Connection, Transaction};

use super::call_links::LinkedRecord;
use crate::error::StoreResult;

/// One click on a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialIntent {
    /// Our own id.
    pub id: String,
    /// E.164 with `+`.
    pub line: String,
    /// From which record.
    pub record: LinkedRecord,
    /// When.
    pub dialled_utc_ms: i64,
}

/// Stores a click, and forgets those older than `keep_from_utc_ms`.
pub fn add(tx: &Transaction<'_>, intent: &DialIntent, keep_from_utc_ms: i64) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM dial_intents WHERE dialled_utc_ms < ?1")?.execute([keep_from_utc_ms])?;
    tx.prepare_cached(
        "INSERT INTO dial_intents (id, line, record_kind, record_id, record_name, dialled_utc_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        &intent.id,
        &intent.line,
        &intent.record.kind,
        &intent.record.id,
        &intent.record.name,
        intent.dialled_utc_ms,
    ))?;
    Ok(())
}

/// The clicks in a stretch of time, both ends included, oldest first.
pub fn between(db: &Connection, from_utc_ms: i64, to_utc_ms: i64) -> StoreResult<Vec<DialIntent>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM dial_intents WHERE dialled_utc_ms >= ?1 AND dialled_utc_ms <= ?2 ORDER BY dialled_utc_ms, id",
    )?;
    let rows = statement.query_map((from_utc_ms, to_utc_ms), |row| {
        Ok(DialIntent {
            id: row.get("id")?,
            line: row.get("line")?,
            record: LinkedRecord {
                kind: row.get("record_kind")?,
                id: row.get("record_id")?,
                name: row.get("record_name")?,
            },
            dialled_utc_ms: row.get("dialled_utc_ms")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
