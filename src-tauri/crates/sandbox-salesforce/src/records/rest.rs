//! `/sobjects` and below: describe, create, read, change, delete one record.

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::super::call::{Call, Reply};
use super::super::cell::Cell;
use super::super::data::Work;
use super::super::dates;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::{FieldType, Object, describe_global, describe_object, object_summary};
use super::{Database, Row, relationship, upsert};

/// `GET /sobjects`.
pub fn global(call: &Call, work: &Work<'_>) -> Result<Reply, Refusal> {
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    Ok(conditional(call, work, || describe_global(&work.database.schema, &call.version.path())))
}

/// `GET /sobjects/T` and `POST /sobjects/T`.
pub fn object(call: &Call, work: &mut Work<'_>, name: &str) -> Result<Reply, Refusal> {
    let name = known(work.database, name)?;
    if call.method == Method::POST {
        let body = call.object()?;
        let id = work.writer().create(name, &body)?;
        return Ok(created(call, name, id));
    }
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD,POST"));
    }
    let object = work.database.object(name).ok_or_else(Refusal::not_found)?;
    let summary = object_summary(object, &call.version.path());
    Ok(Reply::ok(json!({ "objectDescribe": summary, "recentItems": [] })))
}

/// `GET /sobjects/T/describe`.
pub fn describe(call: &Call, work: &Work<'_>, name: &str) -> Result<Reply, Refusal> {
    let name = known(work.database, name)?;
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    let object = work.database.object(name).ok_or_else(Refusal::not_found)?;
    Ok(conditional(call, work, || {
        describe_object(&work.database.schema, object, &call.version.path(), &work.org.instance)
    }))
}

/// `GET`, `PATCH` and `DELETE /sobjects/T/ID`; `POST /sobjects/T/Id` creates.
pub fn record(call: &Call, work: &mut Work<'_>, name: &str, id: &str) -> Result<Reply, Refusal> {
    let name = known(work.database, name)?;
    if call.method == Method::POST && id.eq_ignore_ascii_case("Id") {
        let body = call.object()?;
        let id = work.writer().create(name, &body)?;
        return Ok(created(call, name, id));
    }
    let id = existing(work.database, name, id).map_err(|refusal| of_method(call, refusal, id))?;
    one(call, work, name, id)
}

/// `/sobjects/T/ExtField/value`, or `/sobjects/T/ID/Relationship` when the first part is an id.
pub fn below(call: &Call, work: &mut Work<'_>, name: &str, key: &str, rest: &[&str]) -> Result<Reply, Refusal> {
    let known = known(work.database, name)?;
    let is_field = work.database.object(known).is_some_and(|object| object.has(key));
    if RecordId::parse(key).is_none() || is_field {
        return upsert::by_external_id(call, work, name, key, &rest.join("/"));
    }
    let id = existing(work.database, known, key)?;
    relationship::follow(call, work, known, id, rest)
}

/// The three methods of a record that is there.
pub fn one(call: &Call, work: &mut Work<'_>, name: &'static str, id: RecordId) -> Result<Reply, Refusal> {
    if call.is_read() {
        return read(call, work, name, id);
    }
    match call.method {
        Method::PATCH => {
            let body = call.object()?;
            check_unmodified(call, work, name, id)?;
            work.writer().update(name, id, &body)?;
            Ok(Reply::empty(204))
        }
        Method::DELETE => {
            work.writer().delete(name, id)?;
            Ok(Reply::empty(204))
        }
        _ => Err(call.not_allowed("DELETE,GET,HEAD,PATCH")),
    }
}

fn read(call: &Call, work: &Work<'_>, name: &str, id: RecordId) -> Result<Reply, Refusal> {
    let object = work.database.object(name).ok_or_else(Refusal::not_found)?;
    let row = work.database.live(name, id).ok_or_else(Refusal::not_found)?;
    let modified = row.named(object, "SystemModstamp").as_moment().unwrap_or(work.now);
    let tag = etag(object, row);
    check_match(call, tag.as_deref())?;
    if let (Some(tag), Some(known)) = (&tag, call.header("if-none-match"))
        && names_tag(known, tag)
    {
        return Ok(Reply::empty(304).with("ETag", tag.clone()));
    }
    if call.header("if-modified-since").and_then(dates::parse_http_date).is_some_and(|since| modified <= since) {
        return Ok(Reply::empty(304));
    }
    let places = match call.parameter("fields") {
        Some(list) => selected(object, list)?,
        None => (0..object.fields.len()).collect(),
    };
    let body = record_json(object, row, &places, &call.base());
    let reply = Reply::ok(body).with("Last-Modified", dates::http_date(modified));
    Ok(match tag {
        Some(tag) => reply.with("ETag", tag),
        None => reply,
    })
}

/// The tag of a version of an Account; other objects have none.
fn etag(object: &Object, row: &Row) -> Option<String> {
    if object.name() != "Account" {
        return None;
    }
    let places: Vec<usize> = (0..object.fields.len()).collect();
    let digest = Sha256::digest(record_json(object, row, &places, "").to_string());
    Some(format!("\"{}--gzip\"", URL_SAFE_NO_PAD.encode(&digest[..16])))
}

fn names_tag(header: &str, tag: &str) -> bool {
    header.split(',').map(str::trim).any(|own| own == "*" || own.trim_start_matches("W/") == tag)
}

/// `If-Match`: only the version that the caller knows.
fn check_match(call: &Call, tag: Option<&str>) -> Result<(), Refusal> {
    match (call.header("if-match"), tag) {
        (Some(wanted), Some(tag)) if !names_tag(wanted, tag) => {
            Err(Refusal::new("PRECONDITION_FAILED", "The record is not the version of the precondition"))
        }
        _ => Ok(()),
    }
}

fn check_unmodified(call: &Call, work: &Work<'_>, name: &str, id: RecordId) -> Result<(), Refusal> {
    let object = work.database.object(name).ok_or_else(Refusal::not_found)?;
    let row = work.database.live(name, id).ok_or_else(Refusal::not_found)?;
    check_match(call, etag(object, row).as_deref())?;
    let Some(since) = call.header("if-unmodified-since").and_then(dates::parse_http_date) else { return Ok(()) };
    if row.named(object, "SystemModstamp").as_moment().is_some_and(|modified| modified > since) {
        let text = "The record was modified after the time of the precondition";
        return Err(Refusal::new("PRECONDITION_FAILED", text));
    }
    Ok(())
}

/// Answer 201 with a `Location`.
pub fn created(call: &Call, name: &str, id: RecordId) -> Reply {
    Reply::json(201, json!({ "id": id.as_str(), "success": true, "errors": [] }))
        .with("Location", record_url(&call.base(), name, id))
}

pub fn record_url(base: &str, name: &str, id: RecordId) -> String {
    format!("{base}/sobjects/{name}/{id}")
}

/// The canonical name of an object in a path.
pub fn known(database: &Database, name: &str) -> Result<&'static str, Refusal> {
    database.object(name).map(Object::name).ok_or_else(Refusal::not_found)
}

/// The row of an id in a path: not found, deleted, or there.
fn existing(database: &Database, name: &'static str, id: &str) -> Result<RecordId, Refusal> {
    let object = database.object(name).ok_or_else(Refusal::not_found)?;
    let Some(parsed) = RecordId::parse(id) else {
        return Err(match upsert::external_field(object, id) {
            // A field name without a value: the resource is not there.
            Ok(_) => Refusal::not_found(),
            Err(_) => Refusal::new(
                "NOT_FOUND",
                "Provided external ID field does not exist or is not accessible: ".to_owned() + id,
            ),
        });
    };
    if parsed.prefix() != object.definition.prefix {
        let text = format!("{}: id value of incorrect type: {id}", object.fields[0].label);
        return Err(Refusal::new("MALFORMED_ID", text).on("Id"));
    }
    match database.row(name, parsed) {
        None => Err(Refusal::not_found()),
        Some(row) if row.deleted => Err(Refusal::deleted()),
        Some(row) => Ok(row.id),
    }
}

/// To delete what was never there is a wrong reference; to read or change it, a resource that does not exist.
fn of_method(call: &Call, refusal: Refusal, id: &str) -> Refusal {
    if call.method == Method::DELETE && refusal.code == "NOT_FOUND" && RecordId::parse(id).is_some() {
        return Refusal::no_such_record().with_status(404);
    }
    refusal
}

/// Reads `?fields=A,B`.
pub fn selected(object: &Object, list: &str) -> Result<Vec<usize>, Refusal> {
    list.split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| object.place(name).ok_or_else(|| Refusal::no_such_column(name, object.name())))
        .collect()
}

/// A record as the REST API shows it.
pub fn record_json(object: &Object, row: &Row, places: &[usize], base: &str) -> Value {
    let mut record = Map::new();
    record.insert("attributes".to_owned(), attributes(object.name(), &record_url(base, object.name(), row.id)));
    for place in places {
        record.insert(object.fields[*place].name.to_owned(), field_json(object, row, *place));
    }
    if !places.contains(&0) {
        record.insert("Id".to_owned(), Value::from(row.id.as_str()));
    }
    Value::Object(record)
}

pub fn attributes(kind: &str, url: &str) -> Value {
    json!({ "type": kind, "url": url })
}

/// One field; a compound address is put together here.
pub fn field_json(object: &Object, row: &Row, place: usize) -> Value {
    let field = &object.fields[place];
    if field.kind == FieldType::Address { address_json(object, row, field.name) } else { row.get(place).to_json() }
}

fn address_json(object: &Object, row: &Row, compound: &str) -> Value {
    let prefix = compound.strip_suffix("Address").unwrap_or_default();
    let part = |name: &str| row.named(object, &format!("{prefix}{name}"));
    let parts = ["City", "Country", "GeocodeAccuracy", "Latitude", "Longitude", "PostalCode", "State", "Street"];
    if parts.iter().all(|name| part(name).is_empty()) {
        return Value::Null;
    }
    parts
        .iter()
        .map(|name| {
            let mut letters = name.chars();
            let lower: String =
                letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect();
            (lower, Cell::to_json(part(name)))
        })
        .collect::<Map<_, _>>()
        .into()
}

fn conditional(call: &Call, work: &Work<'_>, body: impl FnOnce() -> Value) -> Reply {
    let since = call.header("if-modified-since").and_then(dates::parse_http_date);
    if since.is_some_and(|since| work.database.deployed.timestamp() <= since.timestamp()) {
        return Reply::empty(304);
    }
    Reply::ok(body()).with("Last-Modified", dates::http_date(work.database.deployed))
}
