//! `/composite/tree/T`: records with their children, all of them or none
//! (REST API guide, "sObject Tree").

use std::collections::HashSet;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::super::call::{Call, Reply};
use super::super::data::Work;
use super::super::ids::RecordId;
use super::super::records::rest;
use super::super::refusal::Refusal;

const MOST_RECORDS: usize = 200;
const MOST_TYPES: usize = 5;
const DEEPEST: usize = 5;

/// A record of the tree, below its parent.
struct Twig {
    reference: String,
    object: &'static str,
    body: Map<String, Value>,
    /// Place of the parent in the list, and the lookup to it.
    parent: Option<(usize, &'static str)>,
}

/// `POST /composite/tree/T`.
pub fn tree(call: &Call, work: &mut Work<'_>, name: &str) -> Result<Reply, Refusal> {
    let name = rest::known(work.database, name)?;
    if call.method != Method::POST {
        return Err(call.not_allowed("POST"));
    }
    let body = call.object()?;
    let records = body.get("records").and_then(Value::as_array);
    let records =
        records.ok_or_else(|| Refusal::parser("The records of the tree are missing at [line:1, column:1]"))?;
    let mut twigs = Vec::new();
    for record in records {
        flatten(work, name, record, None, 1, &mut twigs)?;
    }
    check(&twigs)?;
    let start = work.database.savepoint();
    let mut ids: Vec<RecordId> = Vec::new();
    let mut results = Vec::new();
    let mut errors = Vec::new();
    for twig in &twigs {
        let mut body = twig.body.clone();
        if let Some((parent, lookup)) = twig.parent {
            body.insert(lookup.to_owned(), json!(ids[parent].as_str()));
        }
        match work.writer().create(twig.object, &body) {
            Ok(id) => {
                ids.push(id);
                results.push(json!({ "referenceId": twig.reference, "id": id.as_str() }));
            }
            Err(refusal) => {
                errors.push(json!({ "referenceId": twig.reference, "errors": [refusal.row_error()] }));
                break;
            }
        }
    }
    if errors.is_empty() {
        return Ok(Reply::json(201, json!({ "hasErrors": false, "results": results })));
    }
    work.database.roll_back(start);
    Ok(Reply::json(400, json!({ "hasErrors": true, "results": errors })))
}

fn check(twigs: &[Twig]) -> Result<(), Refusal> {
    if twigs.len() > MOST_RECORDS {
        let text = format!("record limit reached. cannot submit more than {MOST_RECORDS} records in this call");
        return Err(Refusal::new("EXCEEDED_ID_LIMIT", text));
    }
    let types: HashSet<&str> = twigs.iter().map(|twig| twig.object).collect();
    if types.len() > MOST_TYPES {
        return Err(Refusal::new("INVALID_INPUT", format!("A tree has at most {MOST_TYPES} types of record")));
    }
    let mut seen = HashSet::new();
    match twigs.iter().find(|twig| twig.reference.is_empty() || !seen.insert(twig.reference.as_str())) {
        Some(twig) => {
            let text = format!("Duplicate or missing ReferenceId provided in the request: '{}'", twig.reference);
            Err(Refusal::new("INVALID_INPUT", text))
        }
        None => Ok(()),
    }
}

fn flatten(
    work: &Work<'_>,
    expected: &'static str,
    record: &Value,
    parent: Option<(usize, &'static str)>,
    depth: usize,
    twigs: &mut Vec<Twig>,
) -> Result<(), Refusal> {
    if depth > DEEPEST {
        return Err(Refusal::new("INVALID_INPUT", format!("A tree is at most {DEEPEST} levels deep")));
    }
    let record = record.as_object().ok_or_else(|| Refusal::parser("A record of a tree must be an object"))?;
    let attribute = |name: &str| {
        let attributes = record.get("attributes");
        attributes.and_then(|own| own.get(name)).and_then(Value::as_str).unwrap_or_default()
    };
    if !attribute("type").eq_ignore_ascii_case(expected) {
        let text = format!("attributes.type must be {expected} and is '{}'", attribute("type"));
        return Err(Refusal::new("INVALID_TYPE", text));
    }
    let own = twigs.len();
    let reference = attribute("referenceId").to_owned();
    twigs.push(Twig { reference, object: expected, body: Map::new(), parent });
    for (name, value) in record {
        let children = value.get("records").and_then(Value::as_array);
        let Some(children) = children.filter(|_| name != "attributes") else {
            twigs[own].body.insert(name.clone(), value.clone());
            continue;
        };
        let found = work.database.schema.children_of(expected).find_map(|(child, _, field)| {
            let is_it = field.children.is_some_and(|own| own.eq_ignore_ascii_case(name));
            is_it.then_some((child.name(), field.name))
        });
        let (child, lookup) = found.ok_or_else(|| Refusal::no_such_column(name, expected))?;
        for record in children {
            flatten(work, child, record, Some((own, lookup)), depth + 1, twigs)?;
        }
    }
    Ok(())
}
