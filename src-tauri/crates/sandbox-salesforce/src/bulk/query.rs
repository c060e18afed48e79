//! Jobs that query: the answer is one CSV, fetched in pages by an opaque locator.

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::super::call::{Call, Reply};
use super::super::data::Work;
use super::super::ids::RecordId;
use super::super::org::Org;
use super::super::records::Database;
use super::super::refusal::Refusal;
use super::super::soql::{self, Export};
use super::job::{Job, State, one_of, only_known};
use super::table::{Dialect, Output};
use super::{Pace, listing, wrong_state};

/// Rows that are read together.
const CHUNK: usize = 2_000;
/// Rows on a page when the caller does not say.
const DEFAULT_PAGE: usize = 50_000;
const FIELDS: [&str; 5] = ["operation", "query", "contentType", "columnDelimiter", "lineEnding"];

/// One job and, once it has run, its answer.
#[derive(Debug)]
pub struct Query {
    job: Job,
    source: String,
    header: Vec<u8>,
    content: bytes::Bytes,
    /// Where each row starts in the content, and where the last one ends.
    starts: Vec<usize>,
}

/// `POST` and `GET /jobs/query`.
pub fn collection(call: &Call, work: &mut Work<'_>) -> Result<Reply, Refusal> {
    if call.method != Method::POST {
        return listing(call, work.jobs.queries.values().map(|own| Value::Object(own.info())));
    }
    let body = call.object()?;
    only_known(&body, &FIELDS)?;
    let operation = one_of(&body, "operation", &["query", "queryAll"], None)?;
    let dialect = Dialect::read(&body)?;
    let source = body.get("query").and_then(Value::as_str).unwrap_or_default().to_owned();
    let all = operation == "queryAll";
    let object = soql::check_export(work.database, &source, work.org, work.now, all)?;
    let id = work.jobs.fresh_id(work.org.marker);
    let job = Job {
        id,
        object,
        operation,
        state: State::UploadComplete,
        dialect,
        created: work.now,
        closed: work.now,
        changed: work.now,
        created_by: work.user(),
        version: call.version,
        processed: 0,
        error: None,
    };
    let query = Query { job, source, header: Vec::new(), content: bytes::Bytes::new(), starts: Vec::new() };
    let info = query.info();
    work.jobs.queries.insert(id, query);
    Ok(Reply::ok(Value::Object(info)))
}

/// `GET`, `PATCH` and `DELETE /jobs/query/{id}`.
pub fn one(call: &Call, work: &mut Work<'_>, id: &str) -> Result<Reply, Refusal> {
    let now = work.now;
    let query = find(work, id)?;
    if call.is_read() {
        let mut info = query.info();
        info.extend(query.job.figures());
        return Ok(Reply::ok(Value::Object(info)));
    }
    match call.method {
        Method::PATCH => {
            let body = call.object()?;
            only_known(&body, &["state"])?;
            one_of(&body, "state", &["Aborted"], None)?;
            if query.job.state.is_over() {
                return Err(wrong_state(&query.job, "be aborted"));
            }
            query.job.state = State::Aborted;
            query.job.changed = now;
            Ok(Reply::ok(Value::Object(query.info())))
        }
        Method::DELETE => {
            if !query.job.state.is_over() {
                return Err(wrong_state(&query.job, "be deleted"));
            }
            let id = query.job.id;
            work.jobs.queries.remove(&id);
            Ok(Reply::empty(204))
        }
        _ => Err(call.not_allowed("DELETE,GET,HEAD,PATCH")),
    }
}

/// `GET /jobs/query/{id}/results?maxRecords=…&locator=…`.
pub fn results(call: &Call, work: &mut Work<'_>, id: &str) -> Result<Reply, Refusal> {
    let query = find(work, id)?;
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    if query.job.state != State::JobComplete {
        let text = format!("The job {id} has no results while it is in the state {}", query.job.state.name());
        return Err(Refusal::new("NOT_FOUND", text));
    }
    let start = match call.parameter("locator") {
        None => 0,
        Some(locator) => query.offset(locator).ok_or_else(|| Refusal::new("INVALIDLOCATOR", "invalid locator"))?,
    };
    let page = match call.parameter("maxRecords") {
        None => DEFAULT_PAGE,
        Some(text) => text
            .parse()
            .ok()
            .filter(|rows| *rows > 0)
            .ok_or_else(|| Refusal::new("INVALID_INPUT", "maxRecords must be a whole number above 0".to_owned()))?,
    };
    let rows = query.starts.len().saturating_sub(1);
    let end = start.saturating_add(page).min(rows);
    let mut content = query.header.clone();
    if end > start {
        content.extend_from_slice(&query.content[query.starts[start]..query.starts[end]]);
    }
    let locator = if end < rows { query.locator(end) } else { "null".to_owned() };
    Ok(Reply::csv(content)
        .with("Sforce-Locator", locator)
        .with("Sforce-NumberOfRecords", end.saturating_sub(start).to_string()))
}

fn find<'a>(work: &'a mut Work<'_>, id: &str) -> Result<&'a mut Query, Refusal> {
    RecordId::parse(id).and_then(|id| work.jobs.queries.get_mut(&id)).ok_or_else(Refusal::not_found)
}

impl Query {
    fn info(&self) -> Map<String, Value> {
        let mut info = self.job.info();
        info.insert("jobType".to_owned(), json!("V2Query"));
        info
    }

    /// Opaque on purpose, and with letters that must be encoded in a URL.
    fn locator(&self, offset: usize) -> String {
        STANDARD.encode(format!("{offset}&{}", self.job.id.short()))
    }

    fn offset(&self, locator: &str) -> Option<usize> {
        let text = String::from_utf8(STANDARD.decode(locator).ok()?).ok()?;
        let (offset, id) = text.split_once('&')?;
        let offset = offset.parse().ok()?;
        (id == self.job.id.short() && offset + 1 < self.starts.len()).then_some(offset)
    }

    /// Runs the query when its time has come, and is complete a while later.
    pub fn advance(&mut self, database: &Database, org: &Org, pace: Pace, now: DateTime<Utc>) {
        if !self.job.state.is_waiting() || now < pace.begin(self.job.closed) {
            return;
        }
        if self.job.state == State::UploadComplete {
            let all = self.job.operation == "queryAll";
            match soql::export(database, &self.source, org, now, all) {
                Ok(export) => self.keep(&export),
                // The schema may have changed since the job was made.
                Err(refusal) => return self.job.fail(format!("{}: {}", refusal.code, refusal.message), now),
            }
            self.job.state = State::InProgress;
        }
        let end = pace.end(self.job.closed, self.job.processed.div_ceil(CHUNK).max(1));
        if now >= end {
            self.job.state = State::JobComplete;
            self.job.changed = end;
        }
    }

    fn keep(&mut self, export: &Export) {
        let mut header = Output::new(self.job.dialect);
        header.row(export.columns.iter().map(String::as_str));
        self.header = header.finish();
        let mut content = Output::new(self.job.dialect);
        self.starts = vec![0];
        for row in &export.rows {
            content.row(row.iter().map(String::as_str));
            self.starts.push(content.len());
        }
        self.content = content.finish().into();
        self.job.processed = export.rows.len();
    }
}
