//! Table `companies` (mirror): the org's accounts with their numbers, and `companies_phones`, the lines of these. (The
//! table `accounts` has who is signed in.)
//!
//! An account that is a person has no numbers here: the Contact behind it has the same.

use std::collections::HashMap;
use std::sync::LazyLock;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};

use super::columns::{self, columns};
use super::people::Phone;
use super::people_phones::{self, LINES_OF_COMPANIES};
use super::{call_links, calls};
use crate::error::StoreResult;

columns! {
    /// One account.
    pub struct CompanyRecord {
        /// The 18-character Salesforce id.
        id: String,
        /// Name.
        name: String,
        /// The owner's name.
        owner_name: Option<String>,
        /// Phone numbers.
        phones: Vec<Phone> as json "phones_json",
        /// `SystemModstamp`.
        stamp_utc_ms: i64,
    }
}

/// An account that is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneCompany {
    /// As in [`CompanyRecord::id`].
    pub id: String,
    /// Which took its place, after a merge.
    pub merged_into: Option<String>,
}

static UPSERT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} ON CONFLICT (id) DO UPDATE SET {} WHERE excluded.stamp_utc_ms >= companies.stamp_utc_ms RETURNING row",
        columns::insert("companies", CompanyRecord::COLUMNS),
        columns::newer(CompanyRecord::COLUMNS)
    )
});

/// Stores a page of accounts; a row that is older than the stored one is left out.
pub fn upsert_page(tx: &Transaction<'_>, page: &[CompanyRecord]) -> StoreResult<()> {
    for company in page {
        let values = params_from_iter(company.values()?);
        let row: Option<i64> = tx.prepare_cached(&UPSERT)?.query_row(values, |row| row.get(0)).optional()?;
        if let Some(row) = row {
            people_phones::put_of(tx, LINES_OF_COMPANIES, row, &company.phones)?;
            calls::rename(tx, &company.id, &company.name, None)?;
        }
    }
    Ok(())
}

/// Takes accounts out; calls of a merged one go to the one that took its place. Ids that are not here are passed over.
pub fn remove(tx: &Transaction<'_>, gone: &[GoneCompany]) -> StoreResult<()> {
    for company in gone {
        if let Some(master) = &company.merged_into {
            call_links::follow(tx, &company.id, &format!("Account:{master}"))?;
            if let Some(master) = get(tx, master)? {
                calls::rename(tx, &master.id, &master.name, None)?;
            }
        }
        let row: Option<i64> = tx
            .prepare_cached("SELECT row FROM companies WHERE id = ?1")?
            .query_row([&company.id], |row| row.get(0))
            .optional()?;
        let Some(row) = row else { continue };
        people_phones::remove_of(tx, LINES_OF_COMPANIES, row)?;
        tx.prepare_cached("DELETE FROM companies WHERE row = ?1")?.execute([row])?;
    }
    Ok(())
}

/// One account.
pub fn get(db: &Connection, id: &str) -> StoreResult<Option<CompanyRecord>> {
    let found = db
        .prepare_cached("SELECT * FROM companies WHERE id = ?1")?
        .query_row([id], CompanyRecord::from_row)
        .optional()?;
    Ok(found)
}

/// The names of these accounts, by their ids.
pub fn names(db: &Connection, ids: &[&str]) -> StoreResult<HashMap<String, String>> {
    let ids = serde_json::json!(ids).to_string();
    let mut statement =
        db.prepare_cached("SELECT id, name FROM companies WHERE id IN (SELECT value FROM json_each(?1))")?;
    let rows = statement.query_map([ids], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The ids of all accounts.
pub fn ids(db: &Connection) -> StoreResult<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT id FROM companies")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When these accounts were last touched, as far as is known here.
pub fn stamps(db: &Connection, ids: &[String]) -> StoreResult<Vec<(String, i64)>> {
    let ids = serde_json::json!(ids).to_string();
    let mut statement =
        db.prepare_cached("SELECT id, stamp_utc_ms FROM companies WHERE id IN (SELECT value FROM json_each(?1))")?;
    let rows = statement.query_map([ids], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
