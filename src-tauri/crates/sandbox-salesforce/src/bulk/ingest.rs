//! Jobs that load: created, filled once, closed, then worked off in chunks of 200 rows, each row
//! for itself. A job that is complete may have failed rows.

use std::collections::HashSet;

use axum::http::Method;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::super::call::{Body, Call, Reply};
use super::super::data::Work;
use super::super::ids::RecordId;
use super::super::records::write::Writer;
use super::super::records::{Database, upsert};
use super::super::refusal::Refusal;
use super::super::rules::Saving;
use super::super::schema::Object;
use super::job::{Job, State, one_of, only_known};
use super::table::{Output, Table};
use super::{Pace, listing, wrong_state};

/// Rows that are saved together.
const CHUNK: usize = 200;
const OPERATIONS: [&str; 5] = ["insert", "update", "upsert", "delete", "hardDelete"];
const FIELDS: [&str; 7] =
    ["object", "operation", "externalIdFieldName", "contentType", "lineEnding", "columnDelimiter", "assignmentRuleId"];

/// One job with its rows and what became of them.
#[derive(Debug)]
pub struct Ingest {
    job: Job,
    /// Field that an upsert goes by.
    key: Option<&'static str>,
    content: Option<Bytes>,
    table: Table,
    /// Place of the row, its record, whether the record is new.
    saved: Vec<(usize, RecordId, bool)>,
    /// Place of the row, the text of the error cell.
    failed: Vec<(usize, String)>,
}

/// `POST` and `GET /jobs/ingest`.
pub fn collection(call: &Call, work: &mut Work<'_>) -> Result<Reply, Refusal> {
    if call.method != Method::POST {
        return listing(call, work.jobs.ingests.values().map(|own| Value::Object(own.info())));
    }
    let body = call.object()?;
    only_known(&body, &FIELDS)?;
    let operation = one_of(&body, "operation", &OPERATIONS, None)?;
    if operation == "hardDelete" {
        let text = "hardDelete operation requires special user profile permission, please contact your administrator";
        return Err(Refusal::new("FEATURENOTENABLED", text));
    }
    let dialect = super::table::Dialect::read(&body)?;
    let named = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let object = work.database.object(named("object"));
    let object = object.ok_or_else(|| Refusal::new("INVALIDJOB", format!("Unknown object: {}", named("object"))))?;
    let key = key_of(object, operation, named("externalIdFieldName"))?;
    let name = object.name();
    let id = work.jobs.fresh_id(work.org.marker);
    let job = Job {
        id,
        object: name,
        operation,
        state: State::Open,
        dialect,
        created: work.now,
        closed: work.now,
        changed: work.now,
        created_by: work.user(),
        version: call.version,
        processed: 0,
        error: None,
    };
    let ingest = Ingest { job, key, content: None, table: Table::default(), saved: Vec::new(), failed: Vec::new() };
    let info = ingest.info();
    work.jobs.ingests.insert(id, ingest);
    Ok(Reply::ok(Value::Object(info)))
}

fn key_of(object: &Object, operation: &str, given: &str) -> Result<Option<&'static str>, Refusal> {
    if operation != "upsert" {
        return Ok(None);
    }
    let name = object.name();
    if given.is_empty() {
        let text = format!("External ID was blank for {name}. An External ID must be specified for upsert.");
        return Err(Refusal::new("INVALIDJOB", text));
    }
    let field = upsert::external_field(object, given).map_err(|_| {
        let text = format!(
            "Field name provided, {given} does not match an External ID, Salesforce Id, or indexed field for {name}"
        );
        Refusal::new("INVALIDJOB", text)
    })?;
    Ok(Some(field.1.name))
}

/// `GET`, `PATCH` and `DELETE /jobs/ingest/{id}`.
pub fn one(call: &Call, work: &mut Work<'_>, id: &str) -> Result<Reply, Refusal> {
    let now = work.now;
    let ingest = find(work, id)?;
    if call.is_read() {
        return Ok(Reply::ok(Value::Object(ingest.full_info())));
    }
    match call.method {
        Method::PATCH => {
            let body = call.object()?;
            only_known(&body, &["state"])?;
            match one_of(&body, "state", &["UploadComplete", "Aborted"], None)? {
                "Aborted" if !ingest.job.state.is_over() => ingest.abort(),
                "UploadComplete" if ingest.job.state == State::Open && ingest.content.is_some() => {
                    ingest.job.state = State::UploadComplete;
                    ingest.job.closed = now;
                }
                "UploadComplete" if ingest.job.state == State::Open => {
                    return Err(Refusal::new("INVALIDJOBSTATE", format!("No content was uploaded for the job {id}")));
                }
                wanted => return Err(wrong_state(&ingest.job, &format!("become {wanted}"))),
            }
            ingest.job.changed = now;
            Ok(Reply::ok(Value::Object(ingest.info())))
        }
        Method::DELETE => {
            if !ingest.job.state.is_over() {
                return Err(wrong_state(&ingest.job, "be deleted"));
            }
            let id = ingest.job.id;
            work.jobs.ingests.remove(&id);
            Ok(Reply::empty(204))
        }
        _ => Err(call.not_allowed("DELETE,GET,HEAD,PATCH")),
    }
}

/// `PUT /jobs/ingest/{id}/batches`: once.
pub fn upload(call: &Call, work: &mut Work<'_>, id: &str) -> Result<Reply, Refusal> {
    let ingest = find(work, id)?;
    if call.method != Method::PUT {
        return Err(call.not_allowed("PUT"));
    }
    let kind = call.header("content-type").unwrap_or_default().to_ascii_lowercase();
    if !kind.starts_with("text/csv") {
        let text = format!("Content-Type '{kind}' is not supported. A job takes text/csv");
        return Err(Refusal::new("UNSUPPORTED_MEDIA_TYPE", text));
    }
    if ingest.job.state != State::Open {
        return Err(wrong_state(&ingest.job, "take content"));
    }
    if ingest.content.is_some() {
        let text = format!("Found multiple contents for job: <{id}>, a job takes its content once");
        return Err(Refusal::new("INVALIDJOBSTATE", text));
    }
    let Body::Bytes(content) = &call.body else { return Err(Refusal::parser("The content must be CSV")) };
    ingest.content = Some(content.clone());
    Ok(Reply::empty(201))
}

/// `successfulResults`, `failedResults` and `unprocessedrecords`.
pub fn results(call: &Call, work: &mut Work<'_>, id: &str, part: &str) -> Result<Reply, Refusal> {
    let ingest = find(work, id)?;
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    let mut output = Output::new(ingest.job.dialect);
    let columns = ingest.table.columns.iter().map(String::as_str);
    match part {
        // Results do not come in the order of the input; here the last row comes first.
        "successfulResults" => {
            output.row(["sf__Id", "sf__Created"].into_iter().chain(columns));
            for (place, id, created) in ingest.saved.iter().rev() {
                let head = [id.as_str(), if *created { "true" } else { "false" }];
                output.row(head.into_iter().chain(ingest.cells(*place)));
            }
        }
        "failedResults" => {
            output.row(["sf__Id", "sf__Error"].into_iter().chain(columns));
            for (place, error) in ingest.failed.iter().rev() {
                output.row([ingest.given_id(*place), error.as_str()].into_iter().chain(ingest.cells(*place)));
            }
        }
        "unprocessedrecords" => {
            output.row(columns);
            if ingest.job.state.is_over() {
                (ingest.job.processed..ingest.table.rows.len()).for_each(|place| output.row(ingest.cells(place)));
            }
        }
        _ => return Err(Refusal::not_found()),
    }
    Ok(Reply::csv(output.finish()))
}

fn find<'a>(work: &'a mut Work<'_>, id: &str) -> Result<&'a mut Ingest, Refusal> {
    RecordId::parse(id).and_then(|id| work.jobs.ingests.get_mut(&id)).ok_or_else(Refusal::not_found)
}

impl Ingest {
    fn info(&self) -> Map<String, Value> {
        let mut info = self.job.info();
        info.insert("jobType".to_owned(), json!("V2Ingest"));
        if let Some(key) = self.key {
            info.insert("externalIdFieldName".to_owned(), json!(key));
        }
        if self.job.state == State::Open {
            let url = format!("services/data/{}/jobs/ingest/{}/batches", self.job.version.path(), self.job.id);
            info.insert("contentUrl".to_owned(), json!(url));
        }
        info
    }

    fn full_info(&self) -> Map<String, Value> {
        let mut info = self.info();
        info.extend(self.job.figures());
        info.insert("numberRecordsFailed".to_owned(), json!(self.failed.len()));
        info.insert("apiActiveProcessingTime".to_owned(), info["totalProcessingTime"].clone());
        info.insert("apexProcessingTime".to_owned(), json!(0));
        info
    }

    fn cells(&self, place: usize) -> impl Iterator<Item = &str> {
        self.table.rows.get(place).into_iter().flatten().map(String::as_str)
    }

    fn given_id(&self, place: usize) -> &str {
        let column = self.table.columns.iter().position(|name| name.eq_ignore_ascii_case("Id"));
        column.and_then(|column| self.table.rows.get(place)?.get(column)).map_or("", String::as_str)
    }

    /// Rows that were uploaded and not begun are given back as unprocessed.
    fn abort(&mut self) {
        self.job.state = State::Aborted;
        if let Some(content) = self.content.take() {
            self.table = Table::parse(&content, self.job.dialect).unwrap_or_default();
        }
    }

    /// Does the chunks that are due.
    pub fn advance(&mut self, database: &mut Database, user: RecordId, pace: Pace, now: DateTime<Utc>) {
        if !self.job.state.is_waiting() || now < pace.begin(self.job.closed) {
            return;
        }
        if self.job.state == State::UploadComplete {
            match self.begin(database) {
                Ok(()) => self.job.state = State::InProgress,
                Err(reason) => return self.job.fail(reason, now),
            }
        }
        let due = pace.chunks(self.job.closed, now).saturating_mul(CHUNK).min(self.table.rows.len());
        while self.job.processed < due {
            let end = (self.job.processed + CHUNK).min(due);
            self.run_chunk(database, user, now, end);
        }
        if self.job.processed == self.table.rows.len() {
            self.job.state = State::JobComplete;
            self.job.changed = pace.end(self.job.closed, self.table.rows.len().div_ceil(CHUNK));
        }
    }

    fn begin(&mut self, database: &Database) -> Result<(), String> {
        self.table = Table::parse(&self.content.take().unwrap_or_default(), self.job.dialect)?;
        let object = database.object(self.job.object).ok_or("InvalidJob : the object is gone")?;
        for column in &self.table.columns {
            let known = match split_path(column) {
                Some((_, relationship, _)) => object.find_relationship(relationship).is_some(),
                None => object.has(column),
            };
            if !known {
                return Err(format!("InvalidBatch : Field name not found : {column}"));
            }
        }
        let needs_id = self.key.is_none() && self.job.operation != "insert";
        if needs_id && !self.table.columns.iter().any(|name| name.eq_ignore_ascii_case("Id")) {
            return Err("InvalidBatch : Id column not found".to_owned());
        }
        Ok(())
    }

    fn run_chunk(&mut self, database: &mut Database, user: RecordId, now: DateTime<Utc>, end: usize) {
        let twice = self.keys_given_twice(self.job.processed..end);
        for place in self.job.processed..end {
            let savepoint = database.savepoint();
            let mut writer =
                Writer { database: &mut *database, now, user, saving: Saving::default(), privileged: false };
            match self.run_row(&mut writer, place, &twice) {
                Ok((id, created)) => self.saved.push((place, id, created)),
                Err(refusal) => {
                    database.roll_back(savepoint);
                    self.failed.push((place, error_cell(&refusal)));
                }
            }
        }
        self.job.processed = end;
        self.job.changed = now;
    }

    fn keys_given_twice(&self, range: std::ops::Range<usize>) -> HashSet<String> {
        let column = self.key.and_then(|key| self.table.columns.iter().position(|own| own.eq_ignore_ascii_case(key)));
        let Some(column) = column else { return HashSet::new() };
        let mut seen = HashSet::new();
        let keys = range.filter_map(|place| self.table.rows[place].get(column)).filter(|key| !key.is_empty());
        keys.filter(|key| !seen.insert(key.as_str())).cloned().collect()
    }

    fn run_row(
        &self,
        writer: &mut Writer<'_>,
        place: usize,
        twice: &HashSet<String>,
    ) -> Result<(RecordId, bool), Refusal> {
        let mut body = body(&self.table.columns, &self.table.rows[place]);
        let name = self.job.object;
        match (self.job.operation, self.key) {
            ("insert", _) => writer.create(name, &body).map(|id| (id, true)),
            (_, Some(key)) => {
                let given =
                    body.iter().find(|(own, _)| own.eq_ignore_ascii_case(key)).and_then(|(_, own)| own.as_str());
                if let Some(value) = given.filter(|value| twice.contains(*value)) {
                    let text = format!("Duplicate external id specified: {value}");
                    return Err(Refusal::new("DUPLICATE_VALUE", text).on(key));
                }
                upsert::row(writer, name, key, body)
            }
            (operation, None) => {
                let given = body.keys().find(|own| own.eq_ignore_ascii_case("Id")).cloned();
                let id = given.and_then(|own| body.shift_remove(&own));
                let id = id.as_ref().and_then(Value::as_str).unwrap_or_default();
                if id.is_empty() {
                    return Err(Refusal::new("MISSING_ARGUMENT", "Id not specified"));
                }
                let prefix = writer.database.object(name).map(|object| object.definition.prefix);
                let parsed = RecordId::parse(id).filter(|id| Some(id.prefix()) == prefix);
                let id = parsed.ok_or_else(|| {
                    Refusal::new("MALFORMED_ID", format!("{name} ID: id value of incorrect type: {id}")).on("Id")
                })?;
                if operation == "delete" {
                    writer.delete(name, id)?;
                } else {
                    writer.update(name, id, &body)?;
                }
                Ok((id, false))
            }
        }
    }
}

/// A row as a JSON body: an empty cell says nothing, `#N/A` clears, a path names a parent by a key.
fn body(columns: &[String], row: &[String]) -> Map<String, Value> {
    let mut body = Map::new();
    for (column, cell) in columns.iter().zip(row) {
        if cell.is_empty() {
            continue;
        }
        let value = if cell == "#N/A" { Value::Null } else { json!(cell) };
        match split_path(column) {
            None => body.insert(column.clone(), value),
            Some((_, relationship, _)) if value.is_null() => body.insert(relationship.to_owned(), Value::Null),
            Some((None, relationship, field)) => body.insert(relationship.to_owned(), json!({ field: value })),
            Some((Some(kind), relationship, field)) => {
                let parent = json!({ "attributes": { "type": kind }, field: value });
                body.insert(relationship.to_owned(), parent)
            }
        };
    }
    body
}

/// `Who.Key__c` and `Contact:Who.Key__c`.
fn split_path(column: &str) -> Option<(Option<&str>, &str, &str)> {
    let (relationship, field) = column.split_once('.')?;
    match relationship.split_once(':') {
        Some((kind, relationship)) => Some((Some(kind), relationship, field)),
        None => Some((None, relationship, field)),
    }
}

fn error_cell(refusal: &Refusal) -> String {
    let fields = refusal.fields.join(",");
    let space = if fields.is_empty() { "" } else { " " };
    format!("{}:{}:{fields}{space}--", refusal.code, refusal.message)
}
