//! Table `people_listed` (mirror): by what a list of people is narrowed and put in order. Each order is an index that
//! holds every filter, so a page or a count passes over what does not fit without a look into a table.

use liaison_domain::RecordKind;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, Transaction, params_from_iter};

use super::columns;
use super::folding::fold;
use super::people::PersonRecord;
use super::people_words::Words;
use crate::error::StoreResult;

/// Behind every company, in whatever script.
const NO_COMPANY: &str = "\u{10FFFF}";
/// [`ListedPerson::next_utc_ms`] of whom nothing is planned with.
const NOTHING_PLANNED: i64 = i64::MAX;
/// Above this many hits of the search, putting them in order takes longer than walking through everybody in order.
const WALK_ABOVE: i64 = 5_000;

/// Which people by what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kinds {
    /// Everybody whom one works with: no Lead that was converted.
    #[default]
    All,
    /// Leads.
    Leads,
    /// Contacts of companies.
    Contacts,
    /// Contacts of person accounts.
    PersonAccounts,
    /// Leads that became Contacts.
    Converted,
}

impl Kinds {
    /// As a condition with literals, which is what makes SQLite use the index that begins with it.
    fn condition(self) -> &'static str {
        match self {
            Self::All => "l.standing = 0",
            Self::Leads => "l.standing = 0 AND l.kind = 0",
            Self::Contacts => "l.standing = 0 AND l.kind = 1",
            Self::PersonAccounts => "l.standing = 0 AND l.kind = 2",
            Self::Converted => "l.standing = 1",
        }
    }
}

/// When there was something with them last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Touch {
    /// Whenever, or never.
    #[default]
    Any,
    /// At this moment or later.
    Since(i64),
    /// Before this moment, or never.
    Before(i64),
}

/// Which people a list holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleFilter {
    /// Words that all have to be there, anywhere in name, company, an address or a number.
    pub query: String,
    /// By what they are.
    pub kinds: Kinds,
    /// Only those of this user.
    pub owner_id: Option<String>,
    /// Only those with an e-mail address.
    pub has_email: bool,
    /// By the last touch.
    pub touch: Touch,
    /// Only those of a company of this name.
    pub company: Option<String>,
    /// Only members of a list that was fetched: its id.
    pub list: Option<String>,
}

/// In what order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleOrder {
    /// By name.
    #[default]
    Name,
    /// By name, from the end.
    NameBack,
    /// By company, within it by name; those without one last.
    Company,
    /// The other way round.
    CompanyBack,
    /// The latest touch first.
    Touched,
    /// The longest without a touch first, those never touched before all.
    Untouched,
    /// The next meeting first.
    Next,
}

impl PeopleOrder {
    fn columns(self) -> &'static str {
        match self {
            Self::Name => "l.name, l.row",
            Self::NameBack => "l.name DESC, l.row DESC",
            Self::Company => "l.company, l.name, l.row",
            Self::CompanyBack => "l.company DESC, l.name DESC, l.row DESC",
            Self::Touched => "l.touched_utc_ms DESC, l.row DESC",
            Self::Untouched => "l.touched_utc_ms, l.row",
            Self::Next => "l.next_utc_ms, l.row",
        }
    }
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPerson {
    /// Who.
    pub person: PersonRecord,
    /// Our last meeting or call with them.
    pub own_utc_ms: Option<i64>,
    /// The last touch, ours or one that only Salesforce knows of, at noon UTC of its day.
    pub touched_utc_ms: Option<i64>,
    /// The next meeting.
    pub next_utc_ms: Option<i64>,
}

/// A page in order.
pub fn page(
    db: &Connection,
    filter: &PeopleFilter,
    order: PeopleOrder,
    offset: u32,
    limit: u32,
) -> StoreResult<Vec<ListedPerson>> {
    let mut asked = Asked::of(db, filter)?;
    let (limit, offset) = (asked.value(i64::from(limit)), asked.value(i64::from(offset)));
    let columns = order.columns();
    // Of one company there are few: an index of another order would be walked through to find them.
    let inner = if filter.company.is_some() { columns.replace("l.", "+l.") } else { columns.to_owned() };
    let sql = format!(
        "SELECT p.*, l.own_utc_ms, l.touched_utc_ms, l.next_utc_ms FROM (
            SELECT l.row FROM {} ORDER BY {inner} LIMIT {limit} OFFSET {offset}
         ) AS this CROSS JOIN people_listed AS l ON l.row = this.row CROSS JOIN people AS p ON p.row = this.row
         ORDER BY {columns}",
        asked.source
    );
    let mut statement = db.prepare_cached(&sql)?;
    Ok(columns::readable("people", statement.query_map(params_from_iter(asked.values), listed)?)?)
}

/// How many there are.
pub fn count(db: &Connection, filter: &PeopleFilter) -> StoreResult<u32> {
    let asked = Asked::of(db, filter)?;
    let sql = format!("SELECT count(*) FROM {}", asked.source);
    Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(asked.values), |row| row.get(0))?)
}

/// Everybody who matches, in the order of names, without those of these ids (as in [`PersonRecord::id`]); one at a time,
/// for there may be a hundred thousand.
pub fn each(
    db: &Connection,
    filter: &PeopleFilter,
    except: &[String],
    mut told: impl FnMut(PersonRecord) -> StoreResult<()>,
) -> StoreResult<()> {
    let mut asked = Asked::of(db, filter)?;
    let except = asked.value(serde_json::json!(except).to_string());
    let sql = format!(
        "SELECT p.* FROM (SELECT l.row, l.name FROM {} ORDER BY l.name, l.row) AS this
         CROSS JOIN people AS p ON p.row = this.row
         WHERE p.id NOT IN (SELECT value FROM json_each({except})) ORDER BY this.name, this.row",
        asked.source
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(asked.values))?;
    while let Some(row) = rows.next()? {
        if let Some(person) = columns::if_readable("people", PersonRecord::from_row(row))? {
            told(person)?;
        }
    }
    Ok(())
}

/// One person as the list has them, also one who is not in it.
pub fn get(db: &Connection, id: &str) -> StoreResult<Option<ListedPerson>> {
    let mut statement = db.prepare_cached(
        "SELECT p.*, coalesce(l.own_utc_ms, 0) AS own_utc_ms, coalesce(l.touched_utc_ms, 0) AS touched_utc_ms,
            coalesce(l.next_utc_ms, 9223372036854775807) AS next_utc_ms
         FROM people AS p LEFT JOIN people_listed AS l ON l.row = p.row WHERE p.id = ?1",
    )?;
    let mut rows = statement.query_map([id], listed)?;
    Ok(rows.next().transpose()?)
}

fn listed(row: &Row<'_>) -> rusqlite::Result<ListedPerson> {
    let never = |at: i64| Some(at).filter(|at| *at != 0);
    Ok(ListedPerson {
        person: PersonRecord::from_row(row)?,
        own_utc_ms: never(row.get("own_utc_ms")?),
        touched_utc_ms: never(row.get("touched_utc_ms")?),
        next_utc_ms: Some(row.get("next_utc_ms")?).filter(|at| *at != NOTHING_PLANNED),
    })
}

/// A filter as a statement asks it.
struct Asked {
    /// What stands behind `FROM`, conditions included, without an order; the person is `l`.
    source: String,
    values: Vec<Value>,
}

impl Asked {
    fn of(db: &Connection, filter: &PeopleFilter) -> StoreResult<Self> {
        let words = Words::of(&filter.query);
        let mut asked = Self { source: String::new(), values: Vec::new() };
        let mut conditions = vec![filter.kinds.condition().to_owned()];
        let from = if words.is_empty() {
            "people_listed AS l".to_owned()
        } else if filter.kinds == Kinds::Converted {
            // Nobody is to choose one of those by a search, so the index does not have them.
            for word in words.texts() {
                let word = asked.value(word.to_owned());
                conditions.push(format!("(instr(l.name, {word}) > 0 OR instr(l.company, {word}) > 0)"));
            }
            "people_listed AS l".to_owned()
        } else {
            asked.values.extend(words.values().map(Value::Text));
            conditions.push(words.anywhere(1));
            match words.selective(db, WALK_ABOVE)? {
                Some(indexed) => {
                    let indexed = asked.value(indexed);
                    conditions.push(format!("people_search MATCH {indexed}"));
                    "people_search AS s CROSS JOIN people_folded AS f ON f.row = s.rowid
                     CROSS JOIN people_listed AS l ON l.row = f.row"
                        .to_owned()
                }
                None => "people_listed AS l CROSS JOIN people_folded AS f ON f.row = l.row".to_owned(),
            }
        };
        if let Some(owner) = &filter.owner_id {
            let owner = asked.value(owner.clone());
            conditions.push(format!("l.owner = (SELECT owner FROM people_owners WHERE user_id = {owner})"));
        }
        if filter.has_email {
            conditions.push("l.has_email = 1".to_owned());
        }
        match filter.touch {
            Touch::Any => {}
            Touch::Since(at) => {
                let at = asked.value(at);
                conditions.push(format!("l.touched_utc_ms >= {at}"));
            }
            Touch::Before(at) => {
                let at = asked.value(at);
                conditions.push(format!("l.touched_utc_ms < {at}"));
            }
        }
        if let Some(company) = &filter.company {
            let company = asked.value(fold(company));
            conditions.push(format!("l.company = {company}"));
        }
        if let Some(list) = &filter.list {
            let list = asked.value(list.clone());
            conditions.push(format!(
                "l.row IN (SELECT p.row FROM people_list_members AS m
                    CROSS JOIN people AS p ON p.salesforce_id = m.salesforce_id WHERE m.list_id = {list})"
            ));
        }
        asked.source = format!("{from} WHERE {}", conditions.join(" AND "));
        Ok(asked)
    }

    /// The place of one more value.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }
}

/// Lists somebody, as they are now.
pub(super) fn put(tx: &Transaction<'_>, row: i64, person: &PersonRecord) -> StoreResult<()> {
    if let Some(owner) = &person.owner_id {
        tx.prepare_cached("INSERT OR IGNORE INTO people_owners (user_id) VALUES (?1)")?.execute([owner])?;
    }
    let kind = match (person.record, person.person_account) {
        (RecordKind::Lead, _) => 0,
        (RecordKind::Contact, false) => 1,
        (RecordKind::Contact, true) => 2,
    };
    // What is as it was is not written: that spares the indexes most of a pull that brings nothing new.
    tx.prepare_cached(
        "INSERT INTO people_listed (row, standing, kind, owner, has_email, name, company, activity_utc_ms)
         VALUES (?1, ?2, ?3, coalesce((SELECT owner FROM people_owners WHERE user_id = ?4), 0), ?5, ?6, ?7,
            coalesce(unixepoch(?8 || 'T12:00:00') * 1000, 0))
         ON CONFLICT (row) DO UPDATE SET
            standing = excluded.standing, kind = excluded.kind, owner = excluded.owner,
            has_email = excluded.has_email, name = excluded.name, company = excluded.company,
            activity_utc_ms = excluded.activity_utc_ms
         WHERE (standing, kind, owner, has_email, name, company, activity_utc_ms)
            IS NOT (excluded.standing, excluded.kind, excluded.owner, excluded.has_email, excluded.name,
                excluded.company, excluded.activity_utc_ms)",
    )?
    .execute((
        row,
        person.converted_to.is_some(),
        kind,
        &person.owner_id,
        person.email.is_some(),
        fold(&person.name),
        company(person.company.as_deref()),
        &person.activity_day,
    ))?;
    Ok(())
}

/// Keeps the day of the last activity, where nothing else is new.
pub(super) fn note_activity(tx: &Transaction<'_>, row: i64, day: Option<&str>) -> StoreResult<()> {
    tx.prepare_cached(
        "UPDATE people_listed SET activity_utc_ms = coalesce(unixepoch(?2 || 'T12:00:00') * 1000, 0)
         WHERE row = ?1 AND activity_utc_ms <> coalesce(unixepoch(?2 || 'T12:00:00') * 1000, 0)",
    )?
    .execute((row, day))?;
    Ok(())
}

/// Gives somebody's company its new name.
pub(super) fn rename_company(tx: &Transaction<'_>, row: i64, name: Option<&str>) -> StoreResult<()> {
    tx.prepare_cached("UPDATE people_listed SET company = ?2 WHERE row = ?1")?.execute((row, company(name)))?;
    Ok(())
}

/// Takes somebody out who is no longer there.
pub(super) fn remove(tx: &Transaction<'_>, row: i64) -> StoreResult<()> {
    tx.prepare_cached("DELETE FROM people_listed WHERE row = ?1")?.execute([row])?;
    Ok(())
}

fn company(name: Option<&str>) -> String {
    let folded = fold(name.unwrap_or_default());
    if folded.is_empty() { NO_COMPANY.to_owned() } else { folded }
}
