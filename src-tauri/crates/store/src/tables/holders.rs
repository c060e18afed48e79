//! Who has a line, of many lines at once: people and accounts by `people_phones` and `companies_phones`.
//!
//! What is alike is the domain's to say: this only brings those of whom it may be said, and of each only what is asked
//! of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use liaison_domain::RecordKind;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::columns::{self, Json};
use super::people::Phone;
use super::people_phones::{LINES_OF_COMPANIES, LINES_OF_PEOPLE, Lines};
use super::words::Kept;
use crate::error::StoreResult;

/// More holders than this of one line, or of one ending, are not looked at: they share a switchboard, and nobody reads
/// on. The first by id are.
const MOST_HOLDERS: usize = 200;

/// A Lead or a Contact who has a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As in [`PersonRecord::id`](super::people::PersonRecord::id).
    pub id: String,
    /// Which of the two.
    pub record: RecordKind,
    /// The 18-character Salesforce id.
    pub salesforce_id: String,
    /// The whole name.
    pub name: String,
    /// A Lead's company, or the name of a Contact's account.
    pub company: Option<String>,
    /// A Contact's account id.
    pub account_id: Option<String>,
    /// Phone numbers.
    pub phones: Vec<Phone>,
    /// `DoNotCall`.
    pub do_not_call: bool,
    /// The id of the Contact a Lead was converted to.
    pub converted_to: Option<String>,
    /// The id of the person this one was merged into.
    pub merged_into: Option<String>,
    /// It was deleted there.
    pub deleted: bool,
}

/// An account that has a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// The 18-character Salesforce id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Phone numbers.
    pub phones: Vec<Phone>,
}

/// Everybody with one of the lines, or one of the endings, that were asked for.
#[derive(Debug)]
pub struct Holders<T> {
    /// By id.
    all: Vec<T>,
    by_line: HashMap<i64, Vec<usize>>,
    by_ending: HashMap<i64, Vec<usize>>,
}

impl<T> Default for Holders<T> {
    fn default() -> Self {
        Self { all: Vec::new(), by_line: HashMap::new(), by_ending: HashMap::new() }
    }
}

impl<T> Holders<T> {
    /// Those with one of these lines, or with a line of this ending, by id.
    pub fn of(&self, lines: &[i64], ending: i64) -> impl Iterator<Item = &T> {
        let of_lines = lines.iter().filter_map(|line| self.by_line.get(line));
        let places: BTreeSet<usize> = of_lines.chain(self.by_ending.get(&ending)).flatten().copied().collect();
        places.into_iter().take(MOST_HOLDERS).filter_map(|place| self.all.get(place))
    }
}

const COLUMNS_OF_PEOPLE: &str =
    "row, id, record, salesforce_id, name, company, account_id, phones_json, do_not_call, converted_to, merged_into,
     deleted";

/// The people with these lines and endings; converted Leads are among them.
pub fn people(db: &Connection, lines: &[i64], endings: &[i64]) -> StoreResult<Holders<Person>> {
    let sql = format!(
        "SELECT {COLUMNS_OF_PEOPLE} FROM people WHERE row IN (SELECT value FROM json_each(?1)) AND deleted = 0 ORDER BY id"
    );
    holders(db, LINES_OF_PEOPLE, [lines, endings], &sql, person)
}

/// The accounts with these lines and endings.
pub fn companies(db: &Connection, lines: &[i64], endings: &[i64]) -> StoreResult<Holders<Company>> {
    let sql = "SELECT row, id, name, phones_json FROM companies
               WHERE row IN (SELECT value FROM json_each(?1)) ORDER BY id";
    let company = |row: &Row<'_>| {
        Ok(Company { id: row.get(1)?, name: row.get(2)?, phones: row.get::<_, Json<Vec<Phone>>>(3)?.0 })
    };
    holders(db, LINES_OF_COMPANIES, [lines, endings], sql, company)
}

/// One of the people, whatever became of them.
pub fn of_id(db: &Connection, id: &str) -> StoreResult<Option<Person>> {
    let sql = format!("SELECT {COLUMNS_OF_PEOPLE} FROM people WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], person).optional()?)
}

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get(1)?,
        record: row.get::<_, Kept<_>>(2)?.0,
        salesforce_id: row.get(3)?,
        name: row.get(4)?,
        company: row.get(5)?,
        account_id: row.get(6)?,
        phones: row.get::<_, Json<Vec<Phone>>>(7)?.0,
        do_not_call: row.get(8)?,
        converted_to: row.get(9)?,
        merged_into: row.get(10)?,
        deleted: row.get(11)?,
    })
}

fn holders<T>(
    db: &Connection,
    of: Lines,
    [lines, endings]: [&[i64]; 2],
    sql: &str,
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> StoreResult<Holders<T>> {
    let (by_line, by_ending) = (rows_by(db, of, "line", lines)?, rows_by(db, of, "ending", endings)?);
    let rows: BTreeSet<i64> = by_line.values().chain(by_ending.values()).flatten().copied().collect();
    if rows.is_empty() {
        return Ok(Holders::default());
    }
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map([serde_json::json!(rows).to_string()], |row| Ok((row.get(0)?, read(row)?)))?;
    let (mut all, mut places) = (Vec::new(), HashMap::new());
    for (row, holder) in columns::readable::<(i64, T)>("people", found)? {
        places.insert(row, all.len());
        all.push(holder);
    }
    let placed = |by: BTreeMap<i64, Vec<i64>>| {
        by.into_iter().map(|(key, rows)| (key, rows.iter().filter_map(|row| places.get(row).copied()).collect()))
    };
    Ok(Holders { by_line: placed(by_line).collect(), by_ending: placed(by_ending).collect(), all })
}

/// The rows of those who have these, each with at most [`MOST_HOLDERS`].
fn rows_by(db: &Connection, of: Lines, column: &str, keys: &[i64]) -> StoreResult<BTreeMap<i64, Vec<i64>>> {
    let mut by: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let Lines { table, people: holders, .. } = of;
    let sql = format!("SELECT {column}, row FROM {table} WHERE {column} IN (SELECT value FROM json_each(?1))");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([serde_json::json!(keys).to_string()])?;
    while let Some(row) = rows.next()? {
        by.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    for (key, rows) in by.iter_mut().filter(|(_, rows)| rows.len() > MOST_HOLDERS) {
        let sql = format!(
            "SELECT row FROM {holders} WHERE row IN (SELECT row FROM {table} WHERE {column} = ?1)
             ORDER BY id LIMIT {MOST_HOLDERS}"
        );
        let first = db.prepare_cached(&sql)?.query_map([key], |row| row.get(0))?.collect::<Result<_, _>>()?;
        *rows = first;
    }
    Ok(by)
}
