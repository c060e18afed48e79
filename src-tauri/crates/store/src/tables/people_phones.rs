//! Table `people_phones` (mirror): the line of every number of everybody who may be found, so that whoever calls is
//! found by an index; `people_phones_new`, the endings of lines (those of companies too) of which something is known that
//! calls were not matched with yet; and `phone_rules` (user), by what rules and for what region the lines were made.
//!
//! Who has a line is asked of [`holders`](super::holders).

use std::collections::BTreeSet;

use liaison_domain::phone::{self, Region, Regions};
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::columns::Json;
use super::people::Phone;
use super::search_index;
use crate::error::StoreResult;

/// A table of lines, and the one whose rows have them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    pub table: &'static str,
    pub people: &'static str,
    /// Those of them who may be found.
    of: &'static str,
}

pub(super) const LINES_OF_PEOPLE: Lines =
    Lines { table: "people_phones", people: "people", of: "people WHERE deleted = 0" };
pub(super) const LINES_OF_COMPANIES: Lines = Lines { table: "companies_phones", people: "companies", of: "companies" };

/// By what the lines were made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PhoneRules {
    /// [`phone::RULES_VERSION`] of that time.
    pub rules: String,
    /// The user's country as an ISO code; empty when it was not known.
    pub region: String,
}

impl PhoneRules {
    /// The rules of this program.
    pub fn now(region: &str) -> Self {
        Self { rules: phone::RULES_VERSION.to_owned(), region: region.to_ascii_uppercase() }
    }

    fn regions(&self) -> Regions {
        Regions::of_user(Region::from_iso(&self.region))
    }
}

/// By what the lines were made; empty before the first time.
pub fn rules(db: &Connection) -> StoreResult<PhoneRules> {
    let found = db
        .prepare_cached("SELECT rules, region FROM phone_rules")?
        .query_row([], |row| Ok(PhoneRules { rules: row.get(0)?, region: row.get(1)? }))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Makes all lines anew by other rules or for another region.
pub fn rebuild(tx: &Transaction<'_>, rules: &PhoneRules) -> StoreResult<()> {
    tx.execute(
        "INSERT OR REPLACE INTO phone_rules (one, rules, region) VALUES (1, ?1, ?2)",
        (&rules.rules, &rules.region),
    )?;
    let regions = rules.regions();
    for lines in [LINES_OF_PEOPLE, LINES_OF_COMPANIES] {
        let mut all = tx.prepare(&format!("SELECT row, phones_json FROM {}", lines.of))?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let phones: Json<Vec<Phone>> = row.get(1)?;
            put_lines(tx, lines, row.get(0)?, &phones.0, regions)?;
        }
    }
    let mut other = Vec::new();
    {
        let mut people = tx.prepare(
            "SELECT p.row, p.phones_json, f.number FROM people AS p JOIN people_folded AS f ON f.row = p.row
             WHERE p.deleted = 0",
        )?;
        let mut rows = people.query([])?;
        while let Some(row) = rows.next()? {
            let (row, phones, was): (i64, Json<Vec<Phone>>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let number = spelled(&phones.0, regions);
            if number != was {
                other.push((row, number));
            }
        }
    }
    search_index::PEOPLE.following(tx, other.len(), || {
        let mut statement = tx.prepare("UPDATE people_folded SET number = ?2 WHERE row = ?1")?;
        for (row, number) in &other {
            statement.execute((row, number))?;
        }
        Ok(())
    })
}

/// For whom numbers without a country code are read.
pub(super) fn regions(db: &Connection) -> StoreResult<Regions> {
    Ok(rules(db)?.regions())
}

/// The digits by which somebody is found: each number as it is written, as it is dialled from abroad and at home.
pub(super) fn spelled(phones: &[Phone], regions: Regions) -> String {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut all: Vec<String> = Vec::new();
    for phone in phones {
        all.push(digits(&phone.number));
        for number in phone::numbers(&phone.number, regions) {
            all.push(number.key().digits().to_string());
            all.push(digits(&number.format(regions.user)));
        }
    }
    let mut seen = BTreeSet::new();
    all.retain(|digits| !digits.is_empty() && seen.insert(digits.clone()));
    all.join(" ")
}

/// Stores the lines of somebody.
pub(super) fn put(tx: &Transaction<'_>, row: i64, phones: &[Phone]) -> StoreResult<()> {
    put_of(tx, LINES_OF_PEOPLE, row, phones)
}

/// Takes the lines of somebody away who can no longer be found.
pub(super) fn remove(tx: &Transaction<'_>, row: i64) -> StoreResult<()> {
    remove_of(tx, LINES_OF_PEOPLE, row)
}

/// Somebody stands for other records than before, though with the same lines: calls of these are to be matched again.
pub(super) fn announce(tx: &Transaction<'_>, row: i64) -> StoreResult<()> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO people_phones_new (ending) SELECT ending FROM people_phones WHERE row = ?1",
    )?
    .execute([row])?;
    Ok(())
}

pub(super) fn put_of(tx: &Transaction<'_>, lines: Lines, row: i64, phones: &[Phone]) -> StoreResult<()> {
    let regions = rules(tx)?.regions();
    put_lines(tx, lines, row, phones, regions)
}

pub(super) fn remove_of(tx: &Transaction<'_>, lines: Lines, row: i64) -> StoreResult<()> {
    put_lines(tx, lines, row, &[], Regions::default())
}

fn put_lines(
    tx: &Transaction<'_>,
    Lines { table, .. }: Lines,
    row: i64,
    phones: &[Phone],
    regions: Regions,
) -> StoreResult<()> {
    let lines: BTreeSet<(i64, i64)> = phones
        .iter()
        .flat_map(|phone| phone::numbers(&phone.number, regions))
        .filter_map(|number| Some((i64::try_from(number.key().digits()).ok()?, i64::try_from(number.ending()).ok()?)))
        .collect();
    let known: BTreeSet<(i64, i64)> = tx
        .prepare_cached(&format!("SELECT line, ending FROM {table} WHERE row = ?1"))?
        .query_map([row], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut news = tx.prepare_cached("INSERT OR IGNORE INTO people_phones_new (ending) VALUES (?1)")?;
    for (line, ending) in known.difference(&lines) {
        tx.prepare_cached(&format!("DELETE FROM {table} WHERE line = ?1 AND row = ?2"))?.execute((line, row))?;
        news.execute([ending])?;
    }
    for (line, ending) in lines.difference(&known) {
        tx.prepare_cached(&format!("INSERT INTO {table} (line, row, ending) VALUES (?1, ?2, ?3)"))?
            .execute((line, row, ending))?;
        news.execute([ending])?;
    }
    Ok(())
}

/// Endings of lines that calls are to be matched with again.
pub fn news(db: &Connection, limit: u32) -> StoreResult<Vec<i64>> {
    let mut statement = db.prepare_cached("SELECT ending FROM people_phones_new ORDER BY ending LIMIT ?1")?;
    let rows = statement.query_map([limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Calls of this ending were matched again.
pub fn dealt_with(tx: &Transaction<'_>, endings: &[i64]) -> StoreResult<()> {
    let mut statement = tx.prepare_cached("DELETE FROM people_phones_new WHERE ending = ?1")?;
    for ending in endings {
        statement.execute([ending])?;
    }
    Ok(())
}
