//! Table `calls` (mirror): one row a call of the user, folded from its legs, with what became of it; and
//! `calls_folded`, what a search looks at.
//!
//! What the user decided stands in `call_links` and `call_notes` and outlives this table; the columns here say the same
//! once more, so that the list, its counts and its filters each read one index.

mod read;

use std::sync::LazyLock;

use rusqlite::{OptionalExtension as _, Row, Transaction, params_from_iter};

use super::columns::{self, Places, columns};
use super::folding::fold;
use super::text_column::text_enum;
use crate::error::StoreResult;

pub use read::{
    Between, Chip, Tally, count, earliest, first_linked_since, get, last_of_record, list, logged_since, of_line,
    of_record, tallies, unlinked_by_endings, unlogged_since, unmatched, unmatched_of,
};

text_enum! {
    /// What became of a call.
    pub enum Standing {
        /// Not matched yet.
        New = "new",
        /// It belongs to a record.
        Linked = "linked",
        /// Several have the number.
        Ask = "ask",
        /// The line of an account, shared by several of its people.
        Switchboard = "switchboard",
        /// Nobody has the number.
        Nobody = "nobody",
        /// The user decided that it is nobody's.
        Ignored = "ignored",
        /// Inside the account.
        Internal = "internal",
        /// It has no number.
        NoNumber = "no_number",
    }
}

columns! {
    /// One call as it was folded. Times are milliseconds since 1970 UTC.
    pub struct CallRecord {
        /// Names the call whatever comes later.
        key: String,
        /// Zoom's id of its history.
        uuid: Option<String>,
        /// When it began to ring.
        start_utc_ms: i64,
        /// When the user talked first.
        answer_utc_ms: Option<i64>,
        /// When it ended.
        end_utc_ms: Option<i64>,
        /// The user called.
        outbound: bool,
        /// Nobody outside took part.
        internal: bool,
        /// The outcome's name.
        outcome: String,
        /// Talk in seconds.
        talk_s: i64,
        /// Hold in seconds.
        hold_s: i64,
        /// Wait in seconds.
        wait_s: i64,
        /// The other end's number as Zoom writes it.
        number: Option<String>,
        /// Its line: the digits of E.164.
        line: Option<i64>,
        /// The last seven of them.
        ending: Option<i64>,
        /// The other end's name as Zoom has it.
        other_name: Option<String>,
        /// Every leg has ended and says how.
        complete: bool,
        /// The form of `details_json`.
        version: i64,
        /// Everything else that is shown of one call.
        details_json: String,
        /// A voicemail belongs to it.
        has_voicemail: bool,
        /// Somebody called and nobody answered.
        missed: bool,
    }
}

/// A call with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// Where it stands in the table, in this transaction.
    pub row: i64,
    /// The call.
    pub call: CallRecord,
    /// What became of it.
    pub standing: Standing,
    /// Whether it waits for the user to say who it was.
    pub to_link: bool,
    /// The record's Salesforce id.
    pub record_id: Option<String>,
    /// Its name.
    pub record_name: Option<String>,
    /// Its company.
    pub company: Option<String>,
    /// It stands in Salesforce.
    pub logged: bool,
}

impl CallRow {
    /// Whether this is what became of it.
    fn is(&self, settled: &Settled) -> bool {
        (self.standing, self.to_link, &self.record_id, &self.record_name, &self.company)
            == (settled.standing, settled.to_link, &settled.record_id, &settled.record_name, &settled.company)
    }
}

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<CallRow> {
    let mut places = Places::of(row);
    Ok(CallRow {
        row: places.get("row")?,
        call: CallRecord::from_row(row)?,
        standing: places.get("standing")?,
        to_link: places.get("to_link")?,
        record_id: places.get("record_id")?,
        record_name: places.get("record_name")?,
        company: places.get("company")?,
        logged: places.get("logged")?,
    })
}

/// What a call came to, to be noted on its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// What became of it.
    pub standing: Standing,
    /// Whether it waits for the user.
    pub to_link: bool,
    /// The record's Salesforce id.
    pub record_id: Option<String>,
    /// Its name.
    pub record_name: Option<String>,
    /// Its company.
    pub company: Option<String>,
}

/// Stores a call. What became of it stays, unless its other end is another one: then it is new again. `spelled` are
/// the digits by which the number is found.
pub fn put(tx: &Transaction<'_>, call: &CallRecord, spelled: &str) -> StoreResult<()> {
    let row = store(tx, call)?;
    index(tx, row, spelled)
}

/// [`put`] without what a search looks at; [`index`] has to follow in the same transaction. Answers where it stands.
pub fn store(tx: &Transaction<'_>, call: &CallRecord) -> StoreResult<i64> {
    let row: i64 = tx.prepare_cached(&PUT)?.query_row(params_from_iter(call.values()?), |row| row.get(0))?;
    // Note and Task outlive the copy, and are found again when the call is back.
    tx.prepare_cached(
        "UPDATE calls SET logged = 1
         WHERE row = ?1 AND logged = 0 AND EXISTS (SELECT 1 FROM call_tasks WHERE call_key = ?2)",
    )?
    .execute((row, &call.key))?;
    Ok(row)
}

/// By what a call is found. Once, after it is known whose it is: to change the index costs much more than to write it.
pub fn index(tx: &Transaction<'_>, row: i64, spelled: &str) -> StoreResult<()> {
    type Told = [Option<String>; 4];
    let told: Option<Told> = tx
        .prepare_cached(
            "SELECT c.record_name, c.other_name, c.company, n.note
             FROM calls AS c LEFT JOIN call_notes AS n ON n.call_key = c.key WHERE c.row = ?1",
        )?
        .query_row([row], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
        .optional()?;
    let Some([record_name, other_name, company, note]) = told else { return Ok(()) };
    tx.prepare_cached(
        "INSERT INTO calls_folded (row, name, company, number, note) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (row) DO UPDATE SET name = excluded.name, company = excluded.company, number = excluded.number
         WHERE (name, company, number) IS NOT (excluded.name, excluded.company, excluded.number)",
    )?
    .execute((
        row,
        found_by([record_name.as_deref(), other_name.as_deref()]),
        fold(company.as_deref().unwrap_or_default()),
        spelled,
        fold(note.as_deref().unwrap_or_default()),
    ))?;
    Ok(())
}

static PUT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} ON CONFLICT (key) DO UPDATE SET
            standing = CASE WHEN line IS excluded.line AND internal = excluded.internal AND outcome = excluded.outcome
                THEN standing ELSE 'new' END,
            {}
         RETURNING row",
        columns::insert("calls", CallRecord::COLUMNS),
        columns::newer(CallRecord::COLUMNS)
    )
});

/// Takes a call out whose legs turned out to be another one's.
pub fn remove(tx: &Transaction<'_>, key: &str) -> StoreResult<()> {
    let row: Option<i64> =
        tx.prepare_cached("SELECT row FROM calls WHERE key = ?1")?.query_row([key], |row| row.get(0)).optional()?;
    if let Some(row) = row {
        tx.prepare_cached("DELETE FROM calls_folded WHERE row = ?1")?.execute([row])?;
        tx.prepare_cached("DELETE FROM calls WHERE row = ?1")?.execute([row])?;
    }
    Ok(())
}

/// Notes what became of a call, and by what name and company it is found. What stands there already is not written.
pub fn settle(tx: &Transaction<'_>, call: &CallRow, settled: &Settled) -> StoreResult<()> {
    if call.is(settled) {
        return Ok(());
    }
    tx.prepare_cached(
        "UPDATE calls SET standing = ?2, to_link = ?3, record_id = ?4, record_name = ?5, company = ?6 WHERE row = ?1",
    )?
    .execute((
        call.row,
        settled.standing,
        settled.to_link,
        &settled.record_id,
        &settled.record_name,
        &settled.company,
    ))?;
    if (&call.record_name, &call.company) == (&settled.record_name, &settled.company) {
        return Ok(());
    }
    let names = [settled.record_name.as_deref(), call.call.other_name.as_deref()];
    find_by(tx, call.row, names, settled.company.as_deref())
}

/// Shows and finds the calls of a record by the name and the company that it has today.
pub(super) fn rename(tx: &Transaction<'_>, record_id: &str, name: &str, company: Option<&str>) -> StoreResult<()> {
    let renamed: Vec<(i64, Option<String>)> = tx
        .prepare_cached(
            "UPDATE calls SET record_name = ?2, company = ?3
             WHERE record_id = ?1 AND (record_name IS NOT ?2 OR company IS NOT ?3) RETURNING row, other_name",
        )?
        .query_map((record_id, name, company), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (row, other_name) in renamed {
        find_by(tx, row, [Some(name), other_name.as_deref()], company)?;
    }
    Ok(())
}

fn find_by(tx: &Transaction<'_>, row: i64, names: [Option<&str>; 2], company: Option<&str>) -> StoreResult<()> {
    tx.prepare_cached(
        "UPDATE calls_folded SET name = ?2, company = ?3 WHERE row = ?1 AND (name <> ?2 OR company <> ?3)",
    )?
    .execute((row, found_by(names), fold(company.unwrap_or_default())))?;
    Ok(())
}

/// The record's name and the one that Zoom has.
fn found_by(names: [Option<&str>; 2]) -> String {
    fold(&names.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Another line for a call whose number is read otherwise; `spelled` as in [`put`].
pub fn reline(tx: &Transaction<'_>, key: &str, line: Option<(i64, i64)>, spelled: &str) -> StoreResult<()> {
    let (line, ending) = line.unzip();
    tx.prepare_cached("UPDATE calls SET line = ?2, ending = ?3 WHERE key = ?1")?.execute((key, line, ending))?;
    tx.prepare_cached("UPDATE calls_folded SET number = ?2 WHERE row = (SELECT row FROM calls WHERE key = ?1)")?
        .execute((key, spelled))?;
    Ok(())
}

/// By what words of the user's own a call is found.
pub fn note(tx: &Transaction<'_>, key: &str, note: &str) -> StoreResult<()> {
    tx.prepare_cached("UPDATE calls_folded SET note = ?2 WHERE row = (SELECT row FROM calls WHERE key = ?1)")?
        .execute((key, fold(note)))?;
    Ok(())
}

/// Whether a call stands in Salesforce; only written with `call_tasks`, which says more.
pub(super) fn set_logged(tx: &Transaction<'_>, key: &str, logged: bool) -> StoreResult<()> {
    tx.prepare_cached("UPDATE calls SET logged = ?2 WHERE key = ?1 AND logged <> ?2")?.execute((key, logged))?;
    Ok(())
}

/// Marks every call whose line may be read anew: the rules or the region are others.
pub fn match_all_again(tx: &Transaction<'_>) -> StoreResult<()> {
    tx.execute(
        "UPDATE calls SET standing = 'new' WHERE standing IN ('ask', 'switchboard', 'nobody', 'no_number')",
        [],
    )?;
    Ok(())
}

/// Marks one call: what was decided about it is another thing now.
pub(super) fn match_again(tx: &Transaction<'_>, key: &str) -> StoreResult<()> {
    tx.prepare_cached("UPDATE calls SET standing = 'new' WHERE key = ?1")?.execute([key])?;
    Ok(())
}
