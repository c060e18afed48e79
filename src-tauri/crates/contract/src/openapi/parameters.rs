//! Path and query parameters of a request.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::validator::{Finding, Schema};
use crate::exchange::Exchange;
use crate::openapi::Operation;
use crate::template::places;

/// Everything about the parameters that the document does not allow. `path` is the raw path below the API's base.
pub fn findings(operation: &Operation, components: &Value, path: &str, exchange: &Exchange) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, raw) in places(&operation.path, path) {
        let Some(parameter) = declared(operation, "path", name) else { continue };
        let decoded = percent_decode_str(raw).decode_utf8_lossy();
        found.extend(held(&format!("path {name}"), &parameter["schema"], components, &[&decoded]));
    }
    for (name, _) in &exchange.query {
        if declared(operation, "query", name).is_none() {
            found.push(plain(&format!("query {name}"), "the document does not name this parameter"));
        }
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter["in"] == "query") {
        let name = parameter["name"].as_str().unwrap_or_default();
        let values: Vec<&str> =
            exchange.query.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str()).collect();
        if !values.is_empty() {
            found.extend(held(&format!("query {name}"), &parameter["schema"], components, &values));
        } else if parameter["required"] == true {
            found.push(plain(&format!("query {name}"), "is required and missing"));
        }
    }
    found
}

fn declared<'a>(operation: &'a Operation, place: &str, name: &str) -> Option<&'a Value> {
    operation.parameters.iter().find(|parameter| parameter["in"] == place && parameter["name"] == name)
}

fn plain(place: &str, problem: &str) -> Finding {
    Finding { place: place.to_owned(), problem: problem.to_owned(), unnamed_key: false }
}

fn held(place: &str, schema: &Value, components: &Value, values: &[&str]) -> Vec<Finding> {
    let value = if schema["type"] == "array" {
        let elements = values.iter().flat_map(|value| value.split(','));
        Value::Array(elements.map(|element| typed(element, &schema["items"])).collect())
    } else if let [value] = values {
        typed(value, schema)
    } else {
        return vec![plain(place, "is given more than once")];
    };
    let Some(schema) = Schema::new(schema, components) else { return Vec::new() };
    schema.findings(&value).into_iter().map(|found| plain(place, &found.problem)).collect()
}

/// The text as the type that the schema asks for; text that is none of it stays text and is found out by the schema.
fn typed(text: &str, schema: &Value) -> Value {
    let read = match schema["type"].as_str() {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("number") => text.parse::<f64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    read.unwrap_or_else(|| Value::from(text))
}
