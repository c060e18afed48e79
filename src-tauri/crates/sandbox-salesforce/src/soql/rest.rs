//! `/query`, `/queryAll` and their further pages.

use serde_json::{Map, Value, json};

use super::super::call::{Call, Reply};
use super::super::cell::Cell;
use super::super::data::Work;
use super::super::ids::RecordId;
use super::super::records::Row;
use super::super::refusal::Refusal;
use super::binding::{self, Setting};
use super::paging::Cursor;
use super::plan::{Grouping, Output, Plan, Shown, long_texts};
use super::project::{self, Frame};
use super::{aggregate, columns, explain, parser, run};

/// Rows on a page; the header may ask for fewer.
const LARGEST_PAGE: usize = 2_000;
const SMALLEST_PAGE: usize = 200;
/// Groups in an answer; they have no further pages.
const MOST_GROUPS: usize = 2_000;

/// `GET /query?q=…` and `GET /queryAll?q=…`; with `columns=true` about the columns, and with `explain=…`
/// in place of `q` about the way in which it would be run.
pub fn query(call: &Call, work: &mut Work<'_>, all: bool) -> Result<Reply, Refusal> {
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    if let Some(source) = call.parameter("explain").filter(|source| !source.is_empty()) {
        let plan = bound(work, source, all)?;
        return Ok(Reply::ok(explain::plans(work.database, &plan, source, work.user(), all)));
    }
    let source = call.parameter("q").unwrap_or_default();
    if source.is_empty() {
        return Err(Refusal::new("MALFORMED_QUERY", "A query string has to be specified"));
    }
    if call.parameter("columns").is_some_and(|wanted| wanted.eq_ignore_ascii_case("true")) {
        let plan = bound(work, source, all)?;
        return Ok(Reply::ok(columns::describe(work.database, &plan)));
    }
    answer(call, work, source, all)
}

fn bound(work: &Work<'_>, source: &str, all: bool) -> Result<Plan, Refusal> {
    let parsed = parser::parse(source)?;
    let setting =
        Setting { database: work.database, source, now: work.now, zone: work.org.zone, user: work.user(), all };
    binding::bind(setting, &parsed)
}

/// Runs a query.
pub fn answer(call: &Call, work: &mut Work<'_>, source: &str, all: bool) -> Result<Reply, Refusal> {
    let plan = bound(work, source, all)?;
    match &plan.output {
        Output::Count => {
            let rows = run::rows(work.database, &plan, work.user(), all);
            Ok(Reply::ok(json!({ "totalSize": rows.len(), "done": true, "records": [] })))
        }
        Output::Groups(grouping) => grouped(work, &plan, grouping, all),
        Output::Records(_) => first_page(call, work, plan, all),
    }
}

/// `GET /query/01g…-2000`.
pub fn next_page(call: &Call, work: &mut Work<'_>, locator: &str) -> Result<Reply, Refusal> {
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    let (id, offset) = work.cursors.find(locator, call.version, work.now)?;
    let cursor = work.cursors.get(id).ok_or_else(Refusal::not_found)?;
    Ok(page(call, work, cursor, Some(id), offset))
}

fn first_page(call: &Call, work: &mut Work<'_>, plan: Plan, all: bool) -> Result<Reply, Refusal> {
    let size = page_size(call, work, &plan);
    let rows: Vec<RecordId> = run::rows(work.database, &plan, work.user(), all).into_iter().map(|row| row.id).collect();
    let more = rows.len() > size;
    let cursor = Cursor::new(plan, rows, size, all, call.version, work.now);
    if !more {
        return Ok(page(call, work, &cursor, None, 0));
    }
    let id = work.cursors.keep(cursor, work.org.marker);
    let cursor = work.cursors.get(id).ok_or_else(Refusal::not_found)?;
    Ok(page(call, work, cursor, Some(id), 0))
}

fn page(call: &Call, work: &Work<'_>, cursor: &Cursor, id: Option<RecordId>, offset: usize) -> Reply {
    let base = call.base();
    let end = (offset + cursor.page).min(cursor.rows.len());
    let rows: Vec<&Row> =
        cursor.rows[offset..end].iter().filter_map(|id| work.database.row(cursor.plan.object, *id)).collect();
    let frame = Frame { database: work.database, base: &base, user: work.user(), all: cursor.all };
    let shown: &[Shown] = if let Output::Records(shown) = &cursor.plan.output { shown } else { &[] };
    let records = project::records(frame, cursor.plan.object, &rows, shown);
    let mut answer = Map::new();
    answer.insert("totalSize".to_owned(), Value::from(cursor.rows.len()));
    answer.insert("done".to_owned(), Value::from(end == cursor.rows.len()));
    if let (Some(id), true) = (id, end < cursor.rows.len()) {
        answer.insert("nextRecordsUrl".to_owned(), Value::from(format!("{base}/query/{id}-{end}")));
    }
    answer.insert("records".to_owned(), Value::Array(records));
    Reply::ok(Value::Object(answer))
}

/// The header is a hint; two or more columns of long text make the pages small whatever it says.
fn page_size(call: &Call, work: &Work<'_>, plan: &Plan) -> usize {
    let asked = call
        .header("sforce-query-options")
        .and_then(|options| options.split([',', ';']).find_map(|option| option.trim().strip_prefix("batchSize=")))
        .and_then(|size| size.trim().parse().ok())
        .unwrap_or(LARGEST_PAGE)
        .clamp(SMALLEST_PAGE, LARGEST_PAGE);
    let (Output::Records(shown), Some(object)) = (&plan.output, work.database.object(plan.object)) else {
        return asked;
    };
    let long =
        long_texts(shown, &|place| object.fields.get(place).is_some_and(super::super::schema::Field::is_long_text));
    if long >= 2 { SMALLEST_PAGE } else { asked }
}

fn grouped(work: &Work<'_>, plan: &Plan, grouping: &Grouping, all: bool) -> Result<Reply, Refusal> {
    let rows = run::matching(work.database, plan, work.user(), all);
    let mut groups = aggregate::groups(work.database, grouping, &rows);
    groups.sort_by(|a, b| {
        let keys = |values: &[Cell]| -> Vec<Cell> {
            plan.order.iter().map(|sort| aggregate::value(values, &sort.bound).into_owned()).collect()
        };
        run::compare_keys(&keys(a), &keys(b), &plan.order)
    });
    let groups = run::cut(groups, plan);
    if groups.len() > MOST_GROUPS {
        let text = "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch";
        return Err(Refusal::new("EXCEEDED_ID_LIMIT", text));
    }
    let records: Vec<Value> = groups
        .iter()
        .map(|values| {
            let mut record = Map::new();
            record.insert("attributes".to_owned(), json!({ "type": "AggregateResult" }));
            for (name, place) in &grouping.shown {
                record.insert(name.clone(), values.get(*place).map_or(Value::Null, Cell::to_json));
            }
            Value::Object(record)
        })
        .collect();
    Ok(Reply::ok(json!({ "totalSize": records.len(), "done": true, "records": records })))
}
