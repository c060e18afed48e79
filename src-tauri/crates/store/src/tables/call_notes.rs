//! Table `call_notes` (user): what the user wrote and chose about a call, on this computer until it is logged.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::call_links::{self, LinkedRecord};
use super::{call_tasks, calls};
use crate::error::StoreResult;

/// What the user wrote and chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallNote {
    /// The note.
    pub note: String,
    /// The disposition, in the org's word.
    pub disposition: Option<String>,
    /// What the call was about: an opportunity or a case.
    pub about: Option<LinkedRecord>,
    /// When it was last changed.
    pub updated_utc_ms: i64,
}

/// Stores it in the place of what was there; nothing at all is no row.
pub fn put(tx: &Transaction<'_>, call_key: &str, note: &CallNote) -> StoreResult<()> {
    calls::note(tx, call_key, &note.note)?;
    if note.note.is_empty() && note.disposition.is_none() && note.about.is_none() {
        tx.prepare_cached("DELETE FROM call_notes WHERE call_key = ?1")?.execute([call_key])?;
        return Ok(());
    }
    let about = note.about.as_ref();
    tx.prepare_cached(
        "INSERT OR REPLACE INTO call_notes (
            call_key, note, disposition, about_kind, about_id, about_name, updated_utc_ms
         ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        call_key,
        &note.note,
        &note.disposition,
        about.map(|about| &about.kind),
        about.map(|about| &about.id),
        about.map(|about| &about.name),
        note.updated_utc_ms,
    ))?;
    Ok(())
}

/// What the user wrote and chose about a call.
pub fn get(db: &Connection, call_key: &str) -> StoreResult<Option<CallNote>> {
    let found = db
        .prepare_cached("SELECT * FROM call_notes WHERE call_key = ?1")?
        .query_row([call_key], |row| {
            let (kind, id): (Option<String>, Option<String>) = (row.get("about_kind")?, row.get("about_id")?);
            let name: Option<String> = row.get("about_name")?;
            Ok(CallNote {
                note: row.get("note")?,
                disposition: row.get("disposition")?,
                about: kind.zip(id).map(|(kind, id)| LinkedRecord { kind, id, name: name.unwrap_or_default() }),
                updated_utc_ms: row.get("updated_utc_ms")?,
            })
        })
        .optional()?;
    Ok(found)
}

/// How the user has said that calls ended, the latest first.
pub fn dispositions(db: &Connection, limit: u32) -> StoreResult<Vec<String>> {
    let mut statement = db.prepare_cached(
        "SELECT disposition FROM call_notes WHERE disposition IS NOT NULL
         GROUP BY disposition ORDER BY max(updated_utc_ms) DESC LIMIT ?1",
    )?;
    let words = statement.query_map([limit], |row| row.get(0))?;
    Ok(words.collect::<Result<_, _>>()?)
}

/// Two calls turned out to be one: everything that the user wrote and decided goes with the one that stays. Of two
/// notes both stay, and of what they were about only what goes with the record that the call has now.
pub fn give_everything(tx: &Transaction<'_>, from_key: &str, to_key: &str) -> StoreResult<()> {
    let record = |key: &str| -> StoreResult<Option<String>> {
        Ok(call_links::get(tx, key)?.and_then(|link| link.record).map(|record| record.id))
    };
    let (from, to) = (record(from_key)?, record(to_key)?);
    call_links::give(tx, from_key, to_key)?;
    call_tasks::give(tx, from_key, to_key)?;
    let now = record(to_key)?;
    let (moved, kept) = (get(tx, from_key)?.unwrap_or_default(), get(tx, to_key)?.unwrap_or_default());
    let notes: Vec<&str> =
        [kept.note.as_str(), moved.note.as_str()].into_iter().filter(|note| !note.is_empty()).collect();
    let both = CallNote {
        note: notes.join("\n"),
        disposition: kept.disposition.or(moved.disposition),
        about: kept.about.filter(|_| to == now).or(moved.about.filter(|_| from == now)),
        updated_utc_ms: kept.updated_utc_ms.max(moved.updated_utc_ms),
    };
    put(tx, to_key, &both)?;
    tx.prepare_cached("DELETE FROM call_notes WHERE call_key = ?1")?.execute([from_key])?;
    Ok(())
}
