//! Table `people` (mirror): Leads and Contacts, and `people_folded`, the narrow table that a search
//! looks at. A person who is deleted or was converted stays as a row, so that links still have a
//! name, and leaves the search.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, named_params};
use serde::{Deserialize, Serialize};

use super::folding::{fold, fold_email};
use super::text_column::{JsonList, text_enum};
use crate::error::StoreResult;

text_enum! {
    /// Which Salesforce object a person is.
    pub enum PersonKind {
        /// A Lead.
        Lead = "Lead",
        /// A Contact.
        Contact = "Contact",
    }
}

/// One of a person's numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// The field it came from: `Phone`, `MobilePhone` and so on.
    pub field: String,
    /// The number as it is written there.
    pub number: String,
}

/// One Lead or Contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRecord {
    /// `Lead:{id}` or `Contact:{id}`, with the 18-character id.
    pub id: String,
    /// Which of the two.
    pub record: PersonKind,
    /// The 18-character Salesforce id.
    pub salesforce_id: String,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// The whole name, as Salesforce puts it together.
    pub name: String,
    /// A Lead's company, or the name of a Contact's account.
    pub company: Option<String>,
    /// A Contact's account id.
    pub account_id: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// E-mail address as it is written there.
    pub email: Option<String>,
    /// Phone numbers.
    pub phones: Vec<Phone>,
    /// A Lead's status.
    pub status: Option<String>,
    /// The owner's user id.
    pub owner_id: Option<String>,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// `HasOptedOutOfEmail`.
    pub email_opt_out: bool,
    /// `DoNotCall`.
    pub do_not_call: bool,
    /// The id (as in `id`) of the Contact a Lead was converted to.
    pub converted_to: Option<String>,
    /// `SystemModstamp`.
    pub stamp_utc_ms: i64,
    /// Whether it was deleted there.
    pub deleted: bool,
}

/// Stores a page of people. A row that is older (by its stamp) than the stored one is left out, so
/// overlapping and late pages do no harm. Returns how many rows were written.
pub fn upsert_page(tx: &Transaction<'_>, page: &[PersonRecord]) -> StoreResult<usize> {
    let mut written = 0;
    for person in page {
        let Some(row) = upsert(tx, person)? else {
            continue;
        };
        written += 1;
        if person.deleted || person.converted_to.is_some() {
            remove_from_search(tx, row)?;
        } else {
            put_into_search(tx, row, person)?;
        }
    }
    Ok(written)
}

/// The table's own row number, `None` when the stored row is newer.
fn upsert(tx: &Transaction<'_>, person: &PersonRecord) -> StoreResult<Option<i64>> {
    let row = tx
        .prepare_cached(UPSERT)?
        .query_row(
            named_params! {
                ":id": person.id,
                ":record": person.record,
                ":salesforce_id": person.salesforce_id,
                ":first_name": person.first_name,
                ":last_name": person.last_name,
                ":name": person.name,
                ":company": person.company,
                ":account_id": person.account_id,
                ":title": person.title,
                ":email": person.email,
                ":email_folded": person.email.as_deref().map(fold_email),
                ":phones": JsonList(person.phones.clone()),
                ":status": person.status,
                ":owner_id": person.owner_id,
                ":owner_name": person.owner_name,
                ":email_opt_out": person.email_opt_out,
                ":do_not_call": person.do_not_call,
                ":converted_to": person.converted_to,
                ":stamp_utc_ms": person.stamp_utc_ms,
                ":deleted": person.deleted,
            },
            |row| row.get(0),
        )
        .optional()?;
    Ok(row)
}

const UPSERT: &str = "
    INSERT INTO people (
        id, record, salesforce_id, first_name, last_name, name, company, account_id, title, email,
        email_folded, phones_json, status, owner_id, owner_name, email_opt_out, do_not_call,
        converted_to, stamp_utc_ms, deleted
    ) VALUES (
        :id, :record, :salesforce_id, :first_name, :last_name, :name, :company, :account_id, :title,
        :email, :email_folded, :phones, :status, :owner_id, :owner_name, :email_opt_out,
        :do_not_call, :converted_to, :stamp_utc_ms, :deleted
    ) ON CONFLICT (id) DO UPDATE SET
        record = excluded.record,
        salesforce_id = excluded.salesforce_id,
        first_name = excluded.first_name,
        last_name = excluded.last_name,
        name = excluded.name,
        company = excluded.company,
        account_id = excluded.account_id,
        title = excluded.title,
        email = excluded.email,
        email_folded = excluded.email_folded,
        phones_json = excluded.phones_json,
        status = excluded.status,
        owner_id = excluded.owner_id,
        owner_name = excluded.owner_name,
        email_opt_out = excluded.email_opt_out,
        do_not_call = excluded.do_not_call,
        converted_to = excluded.converted_to,
        stamp_utc_ms = excluded.stamp_utc_ms,
        deleted = excluded.deleted
    WHERE excluded.stamp_utc_ms >= people.stamp_utc_ms
    RETURNING row";

/// An unchanged row is not written, which spares the index most of a pull that brings nothing new.
fn put_into_search(tx: &Transaction<'_>, row: i64, person: &PersonRecord) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT INTO people_folded (row, name, company, email) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (row) DO UPDATE SET
            name = excluded.name, company = excluded.company, email = excluded.email
         WHERE name <> excluded.name OR company <> excluded.company OR email <> excluded.email",
    )?
    .execute((
        row,
        fold(&person.name),
        fold(person.company.as_deref().unwrap_or_default()),
        fold(person.email.as_deref().unwrap_or_default()),
    ))?;
    Ok(())
}

fn remove_from_search(tx: &Transaction<'_>, row: i64) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM people_folded WHERE row = ?1")?.execute([row])?;
    Ok(())
}

/// Marks people as deleted there and takes them out of the search. Ids that are not here are passed
/// over. Returns how many were marked.
pub fn delete_people(tx: &Transaction<'_>, ids: &[&str]) -> StoreResult<usize> {
    let mut marked = 0;
    for id in ids {
        let row: Option<i64> = tx
            .prepare_cached("UPDATE people SET deleted = 1 WHERE id = ?1 RETURNING row")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if let Some(row) = row {
            remove_from_search(tx, row)?;
            marked += 1;
        }
    }
    Ok(marked)
}

/// One person by id, also when deleted or converted.
pub fn person(db: &Connection, id: &str) -> StoreResult<Option<PersonRecord>> {
    let found = db.prepare_cached("SELECT * FROM people WHERE id = ?1")?.query_row([id], from_row).optional()?;
    Ok(found)
}

/// Several people by their 18-character Salesforce ids, also deleted or converted ones.
pub fn people_by_salesforce_id(db: &Connection, salesforce_ids: &[&str]) -> StoreResult<Vec<PersonRecord>> {
    let ids = serde_json::json!(salesforce_ids).to_string();
    let mut statement =
        db.prepare_cached("SELECT * FROM people WHERE salesforce_id IN (SELECT value FROM json_each(?1)) ORDER BY id")?;
    let rows = statement.query_map([ids], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The people who have one of these addresses (in any case), without deleted ones. Several people
/// may share one. Converted Leads are among them, with the Contact they became.
pub fn people_by_email(db: &Connection, emails: &[&str]) -> StoreResult<Vec<PersonRecord>> {
    let folded: Vec<String> = emails.iter().map(|email| fold_email(email)).collect();
    let folded = serde_json::json!(folded).to_string();
    let mut statement = db.prepare_cached(
        "SELECT * FROM people
         WHERE email_folded IN (SELECT value FROM json_each(?1)) AND deleted = 0
         ORDER BY email_folded, id",
    )?;
    let rows = statement.query_map([folded], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many people can be found.
pub fn count(db: &Connection) -> StoreResult<u32> {
    let count = db.query_row("SELECT count(*) FROM people_folded", [], |row| row.get(0))?;
    Ok(count)
}

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<PersonRecord> {
    let phones: JsonList<Phone> = row.get("phones_json")?;
    Ok(PersonRecord {
        id: row.get("id")?,
        record: row.get("record")?,
        salesforce_id: row.get("salesforce_id")?,
        first_name: row.get("first_name")?,
        last_name: row.get("last_name")?,
        name: row.get("name")?,
        company: row.get("company")?,
        account_id: row.get("account_id")?,
        title: row.get("title")?,
        email: row.get("email")?,
        phones: phones.0,
        status: row.get("status")?,
        owner_id: row.get("owner_id")?,
        owner_name: row.get("owner_name")?,
        email_opt_out: row.get("email_opt_out")?,
        do_not_call: row.get("do_not_call")?,
        converted_to: row.get("converted_to")?,
        stamp_utc_ms: row.get("stamp_utc_ms")?,
        deleted: row.get("deleted")?,
    })
}
