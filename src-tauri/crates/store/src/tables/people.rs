//! Table `people` (mirror): Leads and Contacts; `people_folded`, the narrow table that a search looks
//! at; and `people_emails`, every address of everybody. What a list of them is made from is
//! [`people_listed`]'s.
//!
//! A converted Lead stays as a row that says which Contact it became, and leaves the search. Of a
//! merged person stays who took its place, of a deleted one nothing, unless something here is linked
//! to it: then its name.

use std::collections::HashMap;
use std::sync::LazyLock;

use liaison_domain::RecordKind;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};
use serde::{Deserialize, Serialize};

use super::columns::{self, columns};
use super::folding::{fold, fold_email};
use super::words::Word as _;
use super::{call_links, calls, people_listed, people_phones, search_index};
use crate::error::StoreResult;

/// One of a person's numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// The field it came from: `Phone`, `MobilePhone` and so on.
    pub field: String,
    /// The number as it is written there.
    pub number: String,
}

columns! {
    /// One Lead or Contact.
    pub struct PersonRecord {
        /// `Lead:{id}` or `Contact:{id}`, with the 18-character id.
        id: String,
        /// Which of the two.
        record: RecordKind as word,
        /// The 18-character Salesforce id.
        salesforce_id: String,
        /// First name.
        first_name: Option<String> [Personal],
        /// Last name.
        last_name: Option<String> [Personal],
        /// The whole name, as Salesforce puts it together.
        name: String,
        /// A Lead's company, or the name of a Contact's account.
        company: Option<String> [Personal],
        /// A Contact's account id.
        account_id: Option<String> [Personal],
        /// Job title.
        title: Option<String> [Personal],
        /// E-mail address as it is written there.
        email: Option<String> [Personal],
        /// Addresses in further fields.
        more_emails: Vec<String> as json "more_emails_json" [PersonalList],
        /// Phone numbers.
        phones: Vec<Phone> as json "phones_json" [PersonalList],
        /// A Lead's status.
        status: Option<String> [Personal],
        /// The owner's user id.
        owner_id: Option<String> [Personal],
        /// The owner's name.
        owner_name: Option<String> [Personal],
        /// `IsPersonAccount`: a Contact that is an account at once.
        person_account: bool,
        /// `LastActivityDate`: `YYYY-MM-DD`.
        activity_day: Option<String> [Personal],
        /// `HasOptedOutOfEmail`.
        email_opt_out: bool,
        /// `DoNotCall`.
        do_not_call: bool,
        /// The id (as in `id`) of the Contact a Lead was converted to.
        converted_to: Option<String>,
        /// The id (as in `id`) of the person this one was merged into.
        merged_into: Option<String>,
        /// `SystemModstamp`.
        stamp_utc_ms: i64,
        /// A hash over what the row said, or nothing: tells a change from a mere touch.
        field_hash: String,
        /// Whether it was deleted there.
        deleted: bool,
    }
}

/// Somebody who is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GonePerson {
    /// As in [`PersonRecord::id`].
    pub id: String,
    /// Who took the place, after a merge.
    pub merged_into: Option<String>,
}

/// Stores a page of people. A row that is older (by its stamp) than the stored one is left out, so
/// overlapping and late pages do no harm. Returns how many rows say something new.
pub fn upsert_page(tx: &Transaction<'_>, page: &[PersonRecord]) -> StoreResult<usize> {
    let mut changed = 0;
    for person in page {
        if only_touched(tx, person)? {
            continue;
        }
        let stood_for = stands_for(tx, &person.id)?;
        let Some(row) = upsert(tx, person)? else {
            continue;
        };
        changed += 1;
        put_addresses(tx, row, person)?;
        put_phones(tx, row, person)?;
        // Whoever is new may have calls already: a Lead that was made for one.
        calls::rename(tx, &person.salesforce_id, &person.name, person.company.as_deref())?;
        if stood_for.is_some_and(|before| before != (person.converted_to.clone(), person.account_id.clone())) {
            people_phones::announce(tx, row)?;
        }
        if let Some(contact) = &person.converted_to {
            follow_links(tx, &person.salesforce_id, contact)?;
        }
        if person.deleted || person.converted_to.is_some() {
            remove_from_search(tx, row)?;
        } else {
            put_into_search(tx, row, person)?;
        }
        if person.deleted {
            people_listed::remove(tx, row)?;
        } else {
            people_listed::put(tx, row, person)?;
        }
    }
    Ok(changed)
}

/// Whether the stored row says the same; then only its stamp is kept, and the day of the last activity, which is no
/// part of the hash. Our own writes touch people too, without changing what is known of them.
fn only_touched(tx: &Transaction<'_>, person: &PersonRecord) -> StoreResult<bool> {
    if person.field_hash.is_empty() || person.deleted {
        return Ok(false);
    }
    let touched: Option<i64> = tx
        .prepare_cached(
            "UPDATE people SET stamp_utc_ms = ?2, activity_day = ?4
             WHERE id = ?1 AND field_hash = ?3 AND stamp_utc_ms <= ?2 AND deleted = 0 AND merged_into IS NULL
             RETURNING row",
        )?
        .query_row((&person.id, person.stamp_utc_ms, &person.field_hash, &person.activity_day), |row| row.get(0))
        .optional()?;
    if let Some(row) = touched {
        people_listed::note_activity(tx, row, person.activity_day.as_deref())?;
    }
    Ok(touched.is_some())
}

/// Which Contact somebody became and whose they are, as it is stored: whose call it was depends on both.
fn stands_for(tx: &Transaction<'_>, id: &str) -> StoreResult<Option<(Option<String>, Option<String>)>> {
    let found = tx
        .prepare_cached("SELECT converted_to, account_id FROM people WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found)
}

/// The table's own row number, `None` when the stored row is newer.
fn upsert(tx: &Transaction<'_>, person: &PersonRecord) -> StoreResult<Option<i64>> {
    let values = params_from_iter(person.values()?);
    Ok(tx.prepare_cached(&UPSERT)?.query_row(values, |row| row.get(0)).optional()?)
}

static UPSERT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} ON CONFLICT (id) DO UPDATE SET {} WHERE excluded.stamp_utc_ms >= people.stamp_utc_ms RETURNING row",
        columns::insert("people", PersonRecord::COLUMNS),
        columns::newer(PersonRecord::COLUMNS)
    )
});

/// Leaves who took the place, and a name for the links.
static EMPTY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "UPDATE people SET deleted = 1, merged_into = coalesce(?2, merged_into), field_hash = '', {}
         WHERE id = ?1 AND (deleted = 0 OR merged_into IS NOT ?2) RETURNING row",
        columns::emptied(PersonRecord::COLUMNS)
    )
});

/// A converted Lead keeps its numbers: whoever has them is the Contact that it became.
fn put_phones(tx: &Transaction<'_>, row: i64, person: &PersonRecord) -> StoreResult<()> {
    if person.deleted { people_phones::remove(tx, row) } else { people_phones::put(tx, row, &person.phones) }
}

fn put_addresses(tx: &Transaction<'_>, row: i64, person: &PersonRecord) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM people_emails WHERE row = ?1")?.execute([row])?;
    let mut insert = tx.prepare_cached("INSERT OR IGNORE INTO people_emails (email, row) VALUES (?1, ?2)")?;
    for email in person.email.iter().chain(&person.more_emails) {
        insert.execute((fold_email(email), row))?;
    }
    Ok(())
}

/// An unchanged row is not written, which spares the index most of a pull that brings nothing new.
fn put_into_search(tx: &Transaction<'_>, row: i64, person: &PersonRecord) -> StoreResult<()> {
    let emails: Vec<&str> = person.email.iter().chain(&person.more_emails).map(String::as_str).collect();
    tx.prepare_cached(
        "INSERT INTO people_folded (row, name, company, email, number) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (row) DO UPDATE SET
            name = excluded.name, company = excluded.company, email = excluded.email, number = excluded.number
         WHERE (name, company, email, number)
            IS NOT (excluded.name, excluded.company, excluded.email, excluded.number)",
    )?
    .execute((
        row,
        fold(&person.name),
        fold(person.company.as_deref().unwrap_or_default()),
        fold(&emails.join(" ")),
        people_phones::spelled(&person.phones, people_phones::regions(tx)?),
    ))?;
    Ok(())
}

fn remove_from_search(tx: &Transaction<'_>, row: i64) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM people_folded WHERE row = ?1")?.execute([row])?;
    Ok(())
}

/// Takes people out who are no longer there: their links go to whoever took their place. Ids that
/// are not here are passed over. Returns how many were there.
pub fn remove_people(tx: &Transaction<'_>, gone: &[GonePerson]) -> StoreResult<usize> {
    search_index::PEOPLE.following(tx, gone.len(), || remove(tx, gone))
}

fn remove(tx: &Transaction<'_>, gone: &[GonePerson]) -> StoreResult<usize> {
    let mut removed = 0;
    for person in gone {
        let found: Option<i64> =
            tx.prepare_cached(&EMPTY)?.query_row((&person.id, &person.merged_into), |row| row.get(0)).optional()?;
        // Also of somebody who is not here: links outlive the copy.
        if let (Some(master), Some((_, salesforce_id))) = (&person.merged_into, person.id.split_once(':')) {
            follow_links(tx, salesforce_id, master)?;
        }
        let Some(row) = found else { continue };
        removed += 1;
        remove_from_search(tx, row)?;
        tx.prepare_cached("DELETE FROM people_emails WHERE row = ?1")?.execute([row])?;
        people_phones::remove(tx, row)?;
        people_listed::remove(tx, row)?;
        tx.prepare_cached(
            "DELETE FROM people WHERE row = ?1 AND merged_into IS NULL AND converted_to IS NULL
             AND NOT EXISTS (SELECT 1 FROM links WHERE record_id = people.salesforce_id)
             AND NOT EXISTS (SELECT 1 FROM call_links WHERE record_id = people.salesforce_id)",
        )?
        .execute([row])?;
    }
    Ok(removed)
}

/// Gives the Contacts of an account its new name. Returns how many had another one.
pub fn rename_account(tx: &Transaction<'_>, account_id: &str, name: Option<&str>) -> StoreResult<usize> {
    let renamed: Vec<(i64, String, String)> = tx
        .prepare_cached(
            "UPDATE people SET company = ?2, field_hash = ''
             WHERE account_id = ?1 AND deleted = 0 AND company IS NOT ?2 RETURNING row, salesforce_id, name",
        )?
        .query_map((account_id, name), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (row, id, person) in &renamed {
        calls::rename(tx, id, person, name)?;
        tx.prepare_cached("UPDATE people_folded SET company = ?2 WHERE row = ?1")?
            .execute((row, fold(name.unwrap_or_default())))?;
        people_listed::rename_company(tx, *row, name)?;
    }
    Ok(renamed.len())
}

/// Gives the links of a record to the person that stands for it now.
fn follow_links(tx: &Transaction<'_>, salesforce_id: &str, successor: &str) -> StoreResult<()> {
    let Some((kind, id)) = successor.split_once(':') else { return Ok(()) };
    tx.prepare_cached(
        "UPDATE OR IGNORE links SET record_kind = ?2, record_id = ?3,
            record_name = coalesce((SELECT name FROM people WHERE id = ?4), record_name)
         WHERE record_id = ?1",
    )?
    .execute((salesforce_id, kind, id, successor))?;
    call_links::follow(tx, salesforce_id, successor)?;
    // What is left was linked to both.
    tx.prepare_cached("DELETE FROM links WHERE record_id = ?1")?.execute([salesforce_id])?;
    Ok(())
}

/// The person that stands for this one now: after a conversion, a merge, or several of them. The
/// one asked for, when nobody took its place.
pub fn successor(db: &Connection, id: &str) -> StoreResult<String> {
    /// Nobody is merged more often; and two that point at each other must not hang.
    const MOST_STEPS: usize = 8;
    let mut current = id.to_owned();
    let mut next = db.prepare_cached("SELECT coalesce(merged_into, converted_to) FROM people WHERE id = ?1")?;
    for _ in 0..MOST_STEPS {
        match next.query_row([&current], |row| row.get::<_, Option<String>>(0)).optional()?.flatten() {
            Some(after) => current = after,
            None => break,
        }
    }
    Ok(current)
}

/// The ids (as in [`PersonRecord::id`]) of all live people of a kind.
pub fn live_ids(db: &Connection, kind: RecordKind) -> StoreResult<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT id FROM people WHERE record = ?1 AND deleted = 0")?;
    let rows = statement.query_map([kind.word()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// As [`live_ids`], of those who were touched at or after a moment.
pub fn live_ids_since(db: &Connection, kind: RecordKind, since_utc_ms: i64) -> StoreResult<Vec<String>> {
    let mut statement =
        db.prepare_cached("SELECT id FROM people WHERE record = ?1 AND deleted = 0 AND stamp_utc_ms >= ?2")?;
    let rows = statement.query_map((kind.word(), since_utc_ms), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The live people of a kind who were touched before a moment, and whom nothing here is linked with: those of whom only
/// a part is kept.
pub fn ids_before(db: &Connection, kind: RecordKind, before_utc_ms: i64) -> StoreResult<Vec<String>> {
    let mut statement = db.prepare_cached(
        "SELECT id FROM people WHERE record = ?1 AND deleted = 0 AND stamp_utc_ms < ?2
         AND NOT EXISTS (SELECT 1 FROM links WHERE record_id = people.salesforce_id)
         AND NOT EXISTS (SELECT 1 FROM call_links WHERE record_id = people.salesforce_id)",
    )?;
    let rows = statement.query_map((kind.word(), before_utc_ms), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the live people among these (ids as in [`PersonRecord::id`]) were last touched, as far as is known here.
pub fn stamps(db: &Connection, ids: &[String]) -> StoreResult<Vec<(String, i64)>> {
    let ids = serde_json::json!(ids).to_string();
    let mut statement = db.prepare_cached(
        "SELECT id, stamp_utc_ms FROM people WHERE id IN (SELECT value FROM json_each(?1)) AND deleted = 0",
    )?;
    let rows = statement.query_map([ids], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One person by id, also when deleted or converted.
pub fn person(db: &Connection, id: &str) -> StoreResult<Option<PersonRecord>> {
    let found =
        db.prepare_cached("SELECT * FROM people WHERE id = ?1")?.query_row([id], PersonRecord::from_row).optional()?;
    Ok(found)
}

/// What somebody is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// As in [`PersonRecord::id`].
    pub id: String,
    /// The whole name.
    pub name: String,
    /// A Lead's company, or the name of a Contact's account.
    pub company: Option<String>,
}

/// What these people are called, by their 18-character Salesforce ids; also deleted or converted ones.
pub fn called(db: &Connection, salesforce_ids: &[&str]) -> StoreResult<HashMap<String, Called>> {
    let ids = serde_json::json!(salesforce_ids).to_string();
    let mut statement = db.prepare_cached(
        "SELECT salesforce_id, id, name, company FROM people
         WHERE salesforce_id IN (SELECT value FROM json_each(?1)) ORDER BY id DESC",
    )?;
    let rows = statement.query_map([ids], |row| {
        Ok((row.get(0)?, Called { id: row.get(1)?, name: row.get(2)?, company: row.get(3)? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Several people by their 18-character Salesforce ids, also deleted or converted ones.
pub fn people_by_salesforce_id(db: &Connection, salesforce_ids: &[&str]) -> StoreResult<Vec<PersonRecord>> {
    let ids = serde_json::json!(salesforce_ids).to_string();
    let mut statement =
        db.prepare_cached("SELECT * FROM people WHERE salesforce_id IN (SELECT value FROM json_each(?1)) ORDER BY id")?;
    Ok(columns::readable("people", statement.query_map([ids], PersonRecord::from_row)?)?)
}

/// The people who have one of these addresses (in any case), without deleted ones. Several people
/// may share one. Converted Leads are among them, with the Contact they became.
pub fn people_by_email(db: &Connection, emails: &[&str]) -> StoreResult<Vec<PersonRecord>> {
    let folded: Vec<String> = emails.iter().map(|email| fold_email(email)).collect();
    let folded = serde_json::json!(folded).to_string();
    let mut statement = db.prepare_cached(
        "SELECT * FROM people
         WHERE row IN (SELECT row FROM people_emails WHERE email IN (SELECT value FROM json_each(?1)))
         AND deleted = 0 ORDER BY id",
    )?;
    Ok(columns::readable("people", statement.query_map([folded], PersonRecord::from_row)?)?)
}

/// How many people can be found.
pub fn count(db: &Connection) -> StoreResult<u32> {
    let count = db.query_row("SELECT count(*) FROM people_folded", [], |row| row.get(0))?;
    Ok(count)
}
