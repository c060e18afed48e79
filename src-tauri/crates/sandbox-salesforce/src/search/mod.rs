//! Search: SOSL and its form in parameters (public "SOQL and SOSL Reference" and REST API guide,
//! "Search" and "Parameterized Search").
//!
//! The index lags behind: a record is not found until a while after it was made, so nobody can use
//! search to find out whether a create has happened.

mod parameters;
mod sosl;
mod term;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::call::{Call, Reply, Version};
use super::data::Work;
use super::refusal::Refusal;
use super::soql::{self, Output, Setting};
use term::{Group, Term};

/// Most records that one object gives when several are searched.
const MOST_OF_ALL: usize = 2_000;
const MOST_OF_ONE: usize = 250;
/// From this version on the records are wrapped in an object.
const WRAPPED: Version = Version(37);

/// How long the index takes to learn of a new record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexDelay {
    pub delay_ms: i64,
}

impl Default for IndexDelay {
    fn default() -> Self {
        Self { delay_ms: 10_000 }
    }
}

impl IndexDelay {
    /// Records made later than this are not in the index yet.
    fn horizon(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - TimeDelta::milliseconds(self.delay_ms.max(0))
    }
}

/// What is searched for, and where.
#[derive(Debug)]
struct Search {
    term: Term,
    group: Group,
    returning: Vec<Returning>,
    limit: Option<usize>,
}

/// One object of the answer.
#[derive(Debug)]
struct Returning {
    object: String,
    /// Fields, separated by commas; empty for the id alone.
    fields: String,
    /// `WHERE …`, `ORDER BY …`, `LIMIT …` as in a query.
    clauses: String,
    limit: Option<usize>,
}

/// `GET /search?q=FIND …`.
pub fn sosl(call: &Call, work: &Work<'_>) -> Result<Reply, Refusal> {
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    let source = call.parameter("q").unwrap_or_default();
    run(call, work, sosl::parse(source)?)
}

/// `GET` and `POST /parameterizedSearch`.
pub fn parameterized(call: &Call, work: &Work<'_>) -> Result<Reply, Refusal> {
    run(call, work, parameters::read(call)?)
}

fn run(call: &Call, work: &Work<'_>, search: Search) -> Result<Reply, Refusal> {
    let Search { term, group, mut returning, limit } = search;
    if returning.is_empty() {
        let searchable = work.database.schema.objects().iter().filter(|object| object.definition.searchable);
        returning = searchable.map(|object| Returning::of(object.name())).collect();
    }
    let share = (MOST_OF_ALL / returning.len().max(1)).min(MOST_OF_ONE);
    let mut records = Vec::new();
    for wanted in &returning {
        records.extend(found(call, work, &term, group, wanted, share)?);
    }
    records.truncate(limit.unwrap_or(MOST_OF_ALL));
    let records = Value::Array(records);
    Ok(Reply::ok(if call.version < WRAPPED { records } else { json!({ "searchRecords": records }) }))
}

fn found(
    call: &Call,
    work: &Work<'_>,
    term: &Term,
    group: Group,
    wanted: &Returning,
    share: usize,
) -> Result<Vec<Value>, Refusal> {
    let fields = if wanted.fields.trim().is_empty() { "Id" } else { wanted.fields.trim() };
    let source = format!("SELECT {fields} FROM {} {}", wanted.object, wanted.clauses);
    let parsed = soql::parse(source.trim_end())?;
    let setting = Setting {
        database: work.database,
        source: &source,
        now: work.now,
        zone: work.org.zone,
        user: work.user(),
        all: false,
    };
    let plan = soql::bind(setting, &parsed)?;
    let object = work.database.object(plan.object).ok_or_else(Refusal::not_found)?;
    if !object.definition.searchable {
        let text = format!("Entity '{}' is not searchable", object.name());
        return Err(Refusal::new("INVALID_TYPE", text));
    }
    let Output::Records(shown) = &plan.output else {
        return Err(Refusal::new("MALFORMED_SEARCH", "Only fields can be returned from a search"));
    };
    let horizon = work.database.index_delay.horizon(work.now);
    let columns = term::columns(object, group);
    let mut rows = soql::matching(work.database, &plan, work.user(), false);
    rows.retain(|row| row.named(object, "CreatedDate").as_moment().is_some_and(|born| born <= horizon));
    rows.retain(|row| term.is_in(row, &columns));
    let rows = soql::cut(soql::sorted(work.database, rows, &plan.order), &plan);
    let most = wanted.limit.unwrap_or(share);
    let rows: Vec<_> = rows.into_iter().take(if plan.limit.is_some() { MOST_OF_ALL } else { most }).collect();
    let base = call.base();
    let frame = soql::Frame { database: work.database, base: &base, user: work.user(), all: false };
    Ok(soql::records(frame, plan.object, &rows, shown))
}

impl Returning {
    fn of(object: &str) -> Self {
        Self { object: object.to_owned(), fields: String::new(), clauses: String::new(), limit: None }
    }
}

fn malformed(text: impl Into<String>) -> Refusal {
    Refusal::new("MALFORMED_SEARCH", text)
}
