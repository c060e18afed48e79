//! `/composite/sobjects`: up to 200 records at once, one result a row, always 200 as a whole
//! (REST API guide, "Using Resources That Work with sObject Collections").

use std::collections::HashSet;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::super::call::{Call, Reply};
use super::super::data::Work;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::Object;
use super::{rest, upsert as single};

/// Records in one collection.
const MOST_RECORDS: usize = 200;
/// Runs of the same type in one collection.
const MOST_RUNS: usize = 10;
/// Records that one retrieve may name in its body.
const MOST_RETRIEVED: usize = 2_000;

const ROLLED_BACK: &str =
    "Record rolled back because not all records were valid and the request was using AllOrNone header";

type Outcome = Result<Value, Refusal>;

/// `POST`, `PATCH` and `DELETE /composite/sobjects`.
pub fn mixed(call: &Call, work: &mut Work<'_>) -> Result<Reply, Refusal> {
    match call.method {
        Method::POST => {
            let request = Request::read(call)?;
            request.check_runs()?;
            Ok(run(work, request.all_or_none, &request.records, create_row))
        }
        Method::PATCH => {
            let request = Request::read(call)?;
            request.check_runs()?;
            Ok(run(work, request.all_or_none, &request.records, update_row))
        }
        Method::DELETE => {
            let ids = call.parameter("ids").unwrap_or_default();
            let ids: Vec<Value> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).map(Value::from).collect();
            check_count(ids.len(), MOST_RECORDS)?;
            let all_or_none = call.parameter("allOrNone").is_some_and(|flag| flag.eq_ignore_ascii_case("true"));
            Ok(run(work, all_or_none, &ids, delete_row))
        }
        _ => Err(call.not_allowed("DELETE,PATCH,POST")),
    }
}

/// `PATCH /composite/sobjects/T/ExtField`.
pub fn upsert(call: &Call, work: &mut Work<'_>, object: &str, field: &str) -> Result<Reply, Refusal> {
    if call.method != Method::PATCH {
        return Err(call.not_allowed("PATCH"));
    }
    let name = rest::known(work.database, object)?;
    let key = {
        let object = work.database.object(name).ok_or_else(Refusal::not_found)?;
        single::external_field(object, field)?.1.name
    };
    let request = Request::read(call)?;
    if request.types().any(|own| !own.eq_ignore_ascii_case(name)) {
        let text = format!("All records must be of the type {name}");
        return Err(Refusal::new("INVALID_TYPE", text));
    }
    let twice = keys_given_twice(&request.records, key);
    Ok(run(work, request.all_or_none, &request.records, |work, record| {
        let body = as_object(record)?;
        let value = body.get(key).and_then(Value::as_str);
        if let Some(value) = value.filter(|value| twice.contains(*value)) {
            return Err(Refusal::new("DUPLICATE_VALUE", format!("Duplicate external id specified: {value}")).on(key));
        }
        let (id, created) = single::row(&mut work.writer(), name, key, body)?;
        Ok(single::outcome(id, created))
    }))
}

/// `GET /composite/sobjects/T?ids=…&fields=…`, or `POST` with both in the body.
pub fn retrieve(call: &Call, work: &Work<'_>, name: &str) -> Result<Reply, Refusal> {
    let name = rest::known(work.database, name)?;
    let (ids, fields) = if call.is_read() {
        let list = |name: &str| call.parameter(name).unwrap_or_default().to_owned();
        (list("ids").split(',').map(str::to_owned).collect::<Vec<_>>(), list("fields"))
    } else if call.method == Method::POST {
        let body = call.object()?;
        let list = |name: &str| -> Vec<String> {
            let values = body.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        (list("ids"), list("fields").join(","))
    } else {
        return Err(call.not_allowed("GET,HEAD,POST"));
    };
    let ids: Vec<&str> = ids.iter().map(|id| id.trim()).filter(|id| !id.is_empty()).collect();
    check_count(ids.len(), MOST_RETRIEVED)?;
    let object = work.database.object(name).ok_or_else(Refusal::not_found)?;
    let places = rest::selected(object, &fields)?;
    if places.is_empty() {
        return Err(Refusal::new("REQUIRED_FIELD_MISSING", "The fields parameter is required"));
    }
    let mut records = Vec::with_capacity(ids.len());
    for id in ids {
        let parsed = RecordId::parse(id).filter(|parsed| parsed.prefix() == object.definition.prefix);
        let Some(parsed) = parsed else {
            let text = format!("{}: id value of incorrect type: {id}", object.fields[0].label);
            return Err(Refusal::new("MALFORMED_ID", text).on("Id"));
        };
        let row = work.database.live(name, parsed);
        records.push(row.map_or(Value::Null, |row| rest::record_json(object, row, &places, &call.base())));
    }
    Ok(Reply::ok(Value::Array(records)))
}

struct Request {
    all_or_none: bool,
    records: Vec<Value>,
}

impl Request {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let mut body = call.object()?;
        if let Some(other) = body.keys().find(|name| !["allOrNone", "records"].contains(&name.as_str())) {
            let text = format!("Unrecognized field \"{other}\" at [line:1, column:1]");
            return Err(Refusal::parser(text));
        }
        let all_or_none = body.get("allOrNone").and_then(Value::as_bool).unwrap_or(false);
        let Some(Value::Array(records)) = body.remove("records") else {
            return Err(Refusal::parser("The records of the collection are missing at [line:1, column:1]"));
        };
        check_count(records.len(), MOST_RECORDS)?;
        let request = Self { all_or_none, records };
        if request.types().any(str::is_empty) {
            return Err(Refusal::new("INVALID_TYPE", "attributes.type is missing in a record"));
        }
        Ok(request)
    }

    fn types(&self) -> impl Iterator<Item = &str> {
        self.records.iter().map(type_of)
    }

    fn check_runs(&self) -> Result<(), Refusal> {
        let types: Vec<&str> = self.types().collect();
        let runs = 1 + types.windows(2).filter(|pair| pair[0] != pair[1]).count();
        if runs > MOST_RUNS {
            let text = format!(
                "Cannot have more than {MOST_RUNS} chunks per operation. Rearrange the data to reduce chunking."
            );
            return Err(Refusal::new("INVALID_INPUT", text));
        }
        Ok(())
    }
}

fn check_count(count: usize, most: usize) -> Result<(), Refusal> {
    if count > most {
        let text = format!("record limit reached. cannot submit more than {most} records in this call");
        return Err(Refusal::new("EXCEEDED_ID_LIMIT", text));
    }
    Ok(())
}

/// Runs one step for every row; with all-or-none one failure takes all back.
fn run(
    work: &mut Work<'_>,
    all_or_none: bool,
    records: &[Value],
    mut step: impl FnMut(&mut Work<'_>, &Value) -> Outcome,
) -> Reply {
    let start = work.database.savepoint();
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(records.len());
    for record in records {
        let before = work.database.savepoint();
        let outcome = step(work, record);
        if outcome.is_err() {
            work.database.roll_back(before);
        }
        outcomes.push(outcome);
    }
    if all_or_none && outcomes.iter().any(Result::is_err) {
        work.database.roll_back(start);
        for outcome in outcomes.iter_mut().filter(|outcome| outcome.is_ok()) {
            *outcome = Err(Refusal::new("ALL_OR_NONE_OPERATION_ROLLED_BACK", ROLLED_BACK));
        }
    }
    let rows = outcomes
        .into_iter()
        .map(|outcome| outcome.unwrap_or_else(|refusal| json!({ "success": false, "errors": [refusal.row_error()] })))
        .collect();
    Reply::ok(Value::Array(rows))
}

fn create_row(work: &mut Work<'_>, record: &Value) -> Outcome {
    let name = row_object(work, record)?;
    let id = work.writer().create(name, &as_object(record)?)?;
    Ok(json!({ "id": id.as_str(), "success": true, "errors": [] }))
}

fn update_row(work: &mut Work<'_>, record: &Value) -> Outcome {
    let name = row_object(work, record)?;
    let mut body = as_object(record)?;
    let given = body.keys().find(|name| name.eq_ignore_ascii_case("Id")).cloned();
    let id = given.and_then(|name| body.shift_remove(&name));
    let Some(id) = id.as_ref().and_then(Value::as_str) else {
        return Err(Refusal::new("MISSING_ARGUMENT", "Id not specified in an update call").on("Id"));
    };
    let id = row_id(work, name, id)?;
    work.writer().update(name, id, &body)?;
    Ok(json!({ "id": id.as_str(), "success": true, "errors": [] }))
}

fn delete_row(work: &mut Work<'_>, id: &Value) -> Outcome {
    let text = id.as_str().unwrap_or_default();
    let object = RecordId::parse(text).and_then(|id| work.database.schema.by_prefix(id.prefix()));
    let Some(name) = object.map(Object::name) else {
        return Err(Refusal::new("MALFORMED_ID", format!("malformed id {text}")));
    };
    let id = row_id(work, name, text)?;
    work.writer().delete(name, id)?;
    Ok(json!({ "id": id.as_str(), "success": true, "errors": [] }))
}

fn row_object(work: &Work<'_>, record: &Value) -> Result<&'static str, Refusal> {
    let name = type_of(record);
    work.database.object(name).map(Object::name).ok_or_else(|| Refusal::no_such_type(name))
}

fn row_id(work: &Work<'_>, name: &str, id: &str) -> Result<RecordId, Refusal> {
    let prefix = work.database.object(name).map(|object| object.definition.prefix);
    let parsed = RecordId::parse(id).filter(|parsed| Some(parsed.prefix()) == prefix);
    parsed.ok_or_else(|| Refusal::new("MALFORMED_ID", format!("{name} ID: id value of incorrect type: {id}")).on("Id"))
}

fn type_of(record: &Value) -> &str {
    record.get("attributes").and_then(|own| own.get("type")).and_then(Value::as_str).unwrap_or_default()
}

fn as_object(record: &Value) -> Result<Map<String, Value>, Refusal> {
    match record {
        Value::Object(map) => Ok(map.clone()),
        _ => Err(Refusal::parser("Can not deserialize SObject out of this token at [line:1, column:1]")),
    }
}

fn keys_given_twice(records: &[Value], key: &str) -> HashSet<String> {
    let mut seen = HashSet::new();
    records
        .iter()
        .filter_map(|record| record.get(key).and_then(Value::as_str))
        .filter(|value| !seen.insert(*value))
        .map(str::to_owned)
        .collect()
}
