//! Records by external id: `/sobjects/T/ExtField/value`.
//!
//! 201 when it made one, 200 when it changed one, 300 when the value is on several, 404 when the
//! field is none that may be used, or with `updateOnly` (REST API guide, "Insert or Update (Upsert)
//! a Record Using an External ID").

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::super::call::{Call, Reply, Version};
use super::super::data::Work;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::{Field, FieldType, Object};
use super::rest;
use super::write::Writer;

/// From this version on an update answers 200 with a body; before, 204 without.
const ANSWERS_UPDATES: Version = Version(46);

/// All methods of `/sobjects/T/ExtField/value`.
pub fn by_external_id(
    call: &Call,
    work: &mut Work<'_>,
    name: &str,
    field: &str,
    value: &str,
) -> Result<Reply, Refusal> {
    let name = rest::known(work.database, name)?;
    let object = work.database.object(name).ok_or_else(Refusal::not_found)?;
    let (place, key) = external_field(object, field)?;
    let (key_name, is_id) = (key.name, key.kind == FieldType::Id);
    let matches = work.database.holding(object, place, value);
    if matches.len() > 1 {
        let urls: Vec<Value> =
            matches.iter().map(|id| Value::from(rest::record_url(&call.base(), name, *id))).collect();
        return Ok(Reply::json(300, Value::Array(urls)));
    }
    if call.method != Method::PATCH {
        let id = matches.first().copied().ok_or_else(Refusal::not_found)?;
        return rest::one(call, work, name, id);
    }
    let mut body = call.object()?;
    for forbidden in ["Id", key_name] {
        if body.keys().any(|own| own.eq_ignore_ascii_case(forbidden)) {
            let text = format!("The {forbidden} field should not be specified in the sobject data.");
            return Err(Refusal::new("INVALID_FIELD", text).on(forbidden));
        }
    }
    if let Some(id) = matches.first() {
        work.writer().update(name, *id, &body)?;
        return Ok(if call.version < ANSWERS_UPDATES { Reply::empty(204) } else { Reply::ok(outcome(*id, false)) });
    }
    let update_only = call.parameter("updateOnly").is_some_and(|flag| flag.eq_ignore_ascii_case("true"));
    if update_only || is_id {
        return Err(Refusal::not_found());
    }
    body.insert(key_name.to_owned(), Value::from(value));
    let id = work.writer().create(name, &body)?;
    Ok(Reply::json(201, outcome(id, true)).with("Location", rest::record_url(&call.base(), name, id)))
}

/// What an upsert answers for one record.
pub fn outcome(id: RecordId, created: bool) -> Value {
    json!({ "id": id.as_str(), "success": true, "errors": [], "created": created })
}

/// A field that may stand for the id.
pub fn external_field<'a>(object: &'a Object, name: &str) -> Result<(usize, &'a Field), Refusal> {
    object.find(name).filter(|(_, field)| field.external_id || field.id_lookup).ok_or_else(|| {
        Refusal::new("NOT_FOUND", format!("Provided external ID field does not exist or is not accessible: {name}"))
    })
}

/// Upsert of one row of a collection; the key is in the row.
pub fn row(
    writer: &mut Writer<'_>,
    name: &'static str,
    field: &str,
    mut body: Map<String, Value>,
) -> Result<(RecordId, bool), Refusal> {
    let object = writer.database.object(name).ok_or_else(|| Refusal::no_such_type(name))?;
    let (place, key) = external_field(object, field)?;
    let key = *key;
    let given = body.keys().find(|own| own.eq_ignore_ascii_case(key.name)).cloned();
    let value = given.as_ref().and_then(|own| body.get(own)).and_then(Value::as_str).unwrap_or_default().to_owned();
    if key.kind == FieldType::Id && value.is_empty() {
        body.remove("Id");
        return writer.create(name, &body).map(|id| (id, true));
    }
    if value.is_empty() {
        let text = format!("{} not specified", key.name);
        return Err(Refusal::new("MISSING_ARGUMENT", text).on(key.name));
    }
    match writer.database.holding(object, place, &value).as_slice() {
        [] if key.kind == FieldType::Id => {
            Err(Refusal::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"))
        }
        [] => writer.create(name, &body).map(|id| (id, true)),
        [id] => {
            let id = *id;
            if let Some(own) = given {
                body.shift_remove(&own);
            }
            writer.update(name, id, &body).map(|()| (id, false))
        }
        _ => {
            let text = format!("{}: more than one record found for external id field", key.name);
            Err(Refusal::new("DUPLICATE_EXTERNAL_ID", text).on(key.name))
        }
    }
}
