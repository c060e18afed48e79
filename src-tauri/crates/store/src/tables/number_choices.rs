//! Table `number_choices` (user): what the user decided for a line once and for all.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use super::call_links::LinkedRecord;
use crate::error::StoreResult;

/// One decision. Without a record the line is nobody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberChoice {
    /// E.164 with `+`.
    pub line: String,
    /// The extension; empty without one.
    pub extension: String,
    /// Always this record; `None` means to ignore the line.
    pub record: Option<LinkedRecord>,
    /// When.
    pub decided_utc_ms: i64,
}

/// Stores a decision in the place of the one before; answers that one.
pub fn put(tx: &Transaction<'_>, choice: &NumberChoice) -> StoreResult<Option<NumberChoice>> {
    let before = get(tx, &choice.line, &choice.extension)?;
    let record = choice.record.as_ref();
    tx.prepare_cached(
        "INSERT OR REPLACE INTO number_choices (
            line, extension, decision, record_kind, record_id, record_name, decided_utc_ms
         ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        &choice.line,
        &choice.extension,
        if record.is_some() { "always" } else { "ignore" },
        record.map(|record| &record.kind),
        record.map(|record| &record.id),
        record.map(|record| &record.name),
        choice.decided_utc_ms,
    ))?;
    Ok(before)
}

/// Takes a decision away; `false` when there was none.
pub fn remove(tx: &Transaction<'_>, line: &str, extension: &str) -> StoreResult<bool> {
    Ok(tx.execute("DELETE FROM number_choices WHERE line = ?1 AND extension = ?2", (line, extension))? == 1)
}

/// The decision for a line.
pub fn get(db: &Connection, line: &str, extension: &str) -> StoreResult<Option<NumberChoice>> {
    let found = db
        .prepare_cached("SELECT * FROM number_choices WHERE line = ?1 AND extension = ?2")?
        .query_row((line, extension), from_row)
        .optional()?;
    Ok(found)
}

/// The decisions for these lines, whatever the extension.
pub fn of_lines(db: &Connection, lines: &[String]) -> StoreResult<Vec<NumberChoice>> {
    let lines = serde_json::json!(lines).to_string();
    let mut statement =
        db.prepare_cached("SELECT * FROM number_choices WHERE line IN (SELECT value FROM json_each(?1))")?;
    let rows = statement.query_map([lines], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All decisions, the latest first.
pub fn all(db: &Connection) -> StoreResult<Vec<NumberChoice>> {
    let mut statement =
        db.prepare_cached("SELECT * FROM number_choices ORDER BY decided_utc_ms DESC, line, extension")?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<NumberChoice> {
    let (kind, id): (Option<String>, Option<String>) = (row.get("record_kind")?, row.get("record_id")?);
    let name: Option<String> = row.get("record_name")?;
    Ok(NumberChoice {
        line: row.get("line")?,
        extension: row.get("extension")?,
        record: kind.zip(id).map(|(kind, id)| LinkedRecord { kind, id, name: name.unwrap_or_default() }),
        decided_utc_ms: row.get("decided_utc_ms")?,
    })
}
