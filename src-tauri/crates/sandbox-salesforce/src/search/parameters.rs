//! A search in parameters: of the URL, or of a JSON body.

use axum::http::Method;
use serde_json::{Map, Value};

use super::super::call::Call;
use super::super::refusal::Refusal;
use super::term::{Group, Term};
use super::{Returning, Search};

const KNOWN: [&str; 17] = [
    "q",
    "in",
    "fields",
    "sobjects",
    "overallLimit",
    "defaultLimit",
    "offset",
    "dataCategories",
    "filterQueries",
    "metadata",
    "netWorkIds",
    "pricebookId",
    "snippet",
    "spellCorrection",
    "updateTracking",
    "updateViewed",
    "division",
];

/// Reads the search of a call.
pub fn read(call: &Call) -> Result<Search, Refusal> {
    if call.method == Method::POST {
        return of_body(&call.object()?);
    }
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD,POST"));
    }
    let all = |name: &str| -> Vec<&str> {
        let values = call.parameters.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str());
        values.flat_map(|value| value.split(',')).map(str::trim).filter(|value| !value.is_empty()).collect()
    };
    let number = |name: &str| call.parameter(name).map(|text| whole(name, text.parse().ok())).transpose();
    let default_limit = number("defaultLimit")?;
    let fields = all("fields").join(",");
    let mut returning = Vec::new();
    for name in all("sobject") {
        let own = all(&format!("{name}.fields")).join(",");
        let mut clauses = String::new();
        if let Some(condition) = call.parameter(&format!("{name}.where")) {
            clauses = format!("WHERE {condition}");
        }
        returning.push(Returning {
            object: name.to_owned(),
            fields: if own.is_empty() { fields.clone() } else { own },
            clauses,
            limit: number(&format!("{name}.limit"))?.or(default_limit),
        });
    }
    Ok(Search {
        term: Term::plain(call.parameter("q").unwrap_or_default())?,
        group: Group::named(call.parameter("in").unwrap_or("ALL"))?,
        returning,
        limit: number("overallLimit")?,
    })
}

fn of_body(body: &Map<String, Value>) -> Result<Search, Refusal> {
    known(body, &KNOWN)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let default_limit = number(body, "defaultLimit")?;
    let fields = names(body, "fields")?;
    let mut returning = Vec::new();
    for own in body.get("sobjects").and_then(Value::as_array).into_iter().flatten() {
        let own = own.as_object().ok_or_else(|| Refusal::parser("An entry of sobjects must be an object"))?;
        known(own, &["name", "fields", "where", "limit", "orderBy", "cluster"])?;
        let text = |name: &str| own.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let mut clauses = String::new();
        if let Some(condition) = text("where") {
            clauses = format!("WHERE {condition}");
        }
        if let Some(order) = text("orderBy") {
            clauses = format!("{clauses} ORDER BY {order}");
        }
        let own_fields = names(own, "fields")?;
        returning.push(Returning {
            object: text("name").unwrap_or_default().to_owned(),
            fields: if own_fields.is_empty() { fields.clone() } else { own_fields },
            clauses,
            limit: number(own, "limit")?.or(default_limit),
        });
    }
    let group = if text("in").is_empty() { "ALL" } else { text("in") };
    Ok(Search {
        term: Term::plain(text("q"))?,
        group: Group::named(group)?,
        returning,
        limit: number(body, "overallLimit")?,
    })
}

fn known(body: &Map<String, Value>, names: &[&str]) -> Result<(), Refusal> {
    match body.keys().find(|name| !names.contains(&name.as_str())) {
        Some(other) => Err(Refusal::parser(format!("Unrecognized field \"{other}\" at [line:1, column:1]"))),
        None => Ok(()),
    }
}

fn names(body: &Map<String, Value>, name: &str) -> Result<String, Refusal> {
    let Some(list) = body.get(name) else { return Ok(String::new()) };
    let list: Option<Vec<&str>> = list.as_array().and_then(|list| list.iter().map(Value::as_str).collect());
    let list = list.ok_or_else(|| Refusal::parser(format!("{name} must be a list of names")))?;
    Ok(list.join(","))
}

fn number(body: &Map<String, Value>, name: &str) -> Result<Option<usize>, Refusal> {
    body.get(name).map(|value| whole(name, value.as_u64().and_then(|own| usize::try_from(own).ok()))).transpose()
}

/// Limits are between 1 and 2,000.
fn whole(name: &str, number: Option<usize>) -> Result<usize, Refusal> {
    number
        .filter(|number| (1..=super::MOST_OF_ALL).contains(number))
        .ok_or_else(|| Refusal::new("INVALID_SEARCH", format!("{name} must be between 1 and 2000")))
}
