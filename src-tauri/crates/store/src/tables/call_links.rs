//! Table `call_links` (user): which record a call belongs to, why, and who said so.
//!
//! A rule writes `automatic` links and nothing else, and only where there is no row; every other decision is the
//! user's, and no rule touches it.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use super::text_column::text_enum;
use super::{calls, people};
use crate::error::StoreResult;

text_enum! {
    /// Who decided what.
    pub enum Decision {
        /// A rule linked it.
        Automatic = "automatic",
        /// The user linked it.
        Chosen = "chosen",
        /// The user decided that it is nobody's.
        Ignored = "ignored",
        /// The user took a link away.
        Unlinked = "unlinked",
    }
}

/// A record of Salesforce with its name when it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedRecord {
    /// The object: `Lead`, `Contact` and others.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLink {
    /// The call.
    pub call_key: String,
    /// Who decided what.
    pub decision: Decision,
    /// The record; there for `automatic` and `chosen`.
    pub record: Option<LinkedRecord>,
    /// The form of `reason_json`.
    pub version: i64,
    /// Why, in a form that the engine puts into words.
    pub reason_json: String,
    /// The run of matching that came later than the call.
    pub run_id: Option<String>,
    /// When.
    pub decided_utc_ms: i64,
}

/// Stores a decision in the place of the one before; answers that one.
pub fn put(tx: &Transaction<'_>, link: &CallLink) -> StoreResult<Option<CallLink>> {
    let before = get(tx, &link.call_key)?;
    write(tx, "INSERT OR REPLACE", link)?;
    Ok(before)
}

/// Stores the decision about a call of which nothing is decided yet.
pub fn add(tx: &Transaction<'_>, link: &CallLink) -> StoreResult<()> {
    write(tx, "INSERT", link)
}

fn write(tx: &Transaction<'_>, how: &str, link: &CallLink) -> StoreResult<()> {
    let record = link.record.as_ref();
    tx.prepare_cached(&format!(
        "{how} INTO call_links (
            call_key, decision, record_kind, record_id, record_name, version, reason_json, run_id, decided_utc_ms
         ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    ))?
    .execute((
        &link.call_key,
        link.decision,
        record.map(|record| &record.kind),
        record.map(|record| &record.id),
        record.map(|record| &record.name),
        link.version,
        &link.reason_json,
        &link.run_id,
        link.decided_utc_ms,
    ))?;
    Ok(())
}

/// Takes a decision away, so that rules may decide again.
pub fn remove(tx: &Transaction<'_>, call_key: &str) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM call_links WHERE call_key = ?1")?.execute([call_key])?;
    Ok(())
}

/// The decision about a call.
pub fn get(db: &Connection, call_key: &str) -> StoreResult<Option<CallLink>> {
    let found = db
        .prepare_cached("SELECT * FROM call_links WHERE call_key = ?1")?
        .query_row([call_key], from_row)
        .optional()?;
    Ok(found)
}

/// The decisions about these calls.
pub fn of_calls(db: &Connection, call_keys: &[&str]) -> StoreResult<Vec<CallLink>> {
    let keys = serde_json::json!(call_keys).to_string();
    let mut statement =
        db.prepare_cached("SELECT * FROM call_links WHERE call_key IN (SELECT value FROM json_each(?1))")?;
    let rows = statement.query_map([keys], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The decisions for a record.
pub fn of_record(db: &Connection, record_id: &str) -> StoreResult<Vec<CallLink>> {
    let mut statement = db.prepare_cached("SELECT * FROM call_links WHERE record_id = ?1 ORDER BY call_key")?;
    let rows = statement.query_map([record_id], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Another record takes the place of one in every decision; answers the calls.
pub fn give_record(tx: &Transaction<'_>, record_id: &str, to: &LinkedRecord) -> StoreResult<Vec<String>> {
    let mut statement = tx.prepare_cached(
        "UPDATE call_links SET record_kind = ?2, record_id = ?3, record_name = ?4 WHERE record_id = ?1
         RETURNING call_key",
    )?;
    let keys = statement.query_map((record_id, &to.kind, &to.id, &to.name), |row| row.get(0))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// What one later run of matching linked.
pub fn of_run(db: &Connection, run_id: &str) -> StoreResult<Vec<CallLink>> {
    let mut statement =
        db.prepare_cached("SELECT * FROM call_links WHERE run_id = ?1 AND decision = 'automatic' ORDER BY call_key")?;
    let rows = statement.query_map([run_id], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The runs that linked calls later than they came, the latest first.
pub fn runs(db: &Connection) -> StoreResult<Vec<String>> {
    let mut statement = db.prepare_cached(
        "SELECT run_id FROM call_links WHERE run_id IS NOT NULL AND decision = 'automatic'
         GROUP BY run_id ORDER BY max(decided_utc_ms) DESC, run_id",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The user has seen what a run linked: it stands like every other link.
pub fn accept_run(tx: &Transaction<'_>, run_id: &str) -> StoreResult<()> {
    tx.execute("UPDATE call_links SET run_id = NULL WHERE run_id = ?1", [run_id])?;
    Ok(())
}

/// Gives what was decided for one call to another: the two turned out to be one. What is decided there stays.
pub(super) fn give(tx: &Transaction<'_>, from_key: &str, to_key: &str) -> StoreResult<()> {
    // What the user decided takes the place of what a rule did.
    tx.prepare_cached(
        "DELETE FROM call_links WHERE call_key = ?2 AND decision = 'automatic' AND EXISTS (
            SELECT 1 FROM call_links WHERE call_key = ?1 AND decision <> 'automatic')",
    )?
    .execute((from_key, to_key))?;
    tx.prepare_cached("UPDATE OR IGNORE call_links SET call_key = ?2 WHERE call_key = ?1")?
        .execute((from_key, to_key))?;
    tx.prepare_cached("DELETE FROM call_links WHERE call_key = ?1")?.execute([from_key])?;
    Ok(())
}

/// Gives calls, remembered lines and clicks of a record to the one that stands for it now.
pub(super) fn follow(tx: &Transaction<'_>, record_id: &str, successor: &str) -> StoreResult<()> {
    let Some((kind, id)) = successor.split_once(':') else { return Ok(()) };
    for table in ["call_links", "number_choices", "dial_intents"] {
        tx.prepare_cached(&format!(
            "UPDATE {table} SET record_kind = ?2, record_id = ?3,
                record_name = coalesce((SELECT name FROM people WHERE id = ?4), record_name)
             WHERE record_id = ?1"
        ))?
        .execute((record_id, kind, id, successor))?;
    }
    tx.prepare_cached("UPDATE calls SET record_id = ?2 WHERE record_id = ?1")?.execute((record_id, id))?;
    if let Some(person) = people::person(tx, successor)? {
        calls::rename(tx, id, &person.name, person.company.as_deref())?;
    }
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CallLink> {
    let (kind, id): (Option<String>, Option<String>) = (row.get("record_kind")?, row.get("record_id")?);
    let name: Option<String> = row.get("record_name")?;
    Ok(CallLink {
        call_key: row.get("call_key")?,
        decision: row.get("decision")?,
        record: kind.zip(id).map(|(kind, id)| LinkedRecord { kind, id, name: name.unwrap_or_default() }),
        version: row.get("version")?,
        reason_json: row.get("reason_json")?,
        run_id: row.get("run_id")?,
        decided_utc_ms: row.get("decided_utc_ms")?,
    })
}
