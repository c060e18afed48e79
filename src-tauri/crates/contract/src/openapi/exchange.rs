//! One exchange held against the documents.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::document::{Documents, Operation};
use super::parameters;
use super::validator::{Finding, Schema};
use crate::examples::Examples;
use crate::exchange::Exchange;
use crate::template::Template;
use crate::violation::{Check, Side, Violation};

/// Statuses that any call may be answered with, whatever its operation documents.
const UNIVERSAL: [u16; 6] = [401, 403, 429, 500, 502, 503];

/// The documents with the schemas compiled so far.
#[derive(Debug)]
pub struct Conformance<'a> {
    documents: &'a Documents,
    examples: &'a Examples,
    schemas: HashMap<(Template, String), Option<Schema>>,
}

impl<'a> Conformance<'a> {
    /// A key that no schema names is still a known one when Zoom's own example has it.
    pub fn new(documents: &'a Documents, examples: &'a Examples) -> Self {
        Self { documents, examples, schemas: HashMap::new() }
    }

    /// Everything that is not as documented; `None` when no document describes the operation. `path` is the raw path
    /// below the API's base.
    pub fn check(&mut self, path: &str, exchange: &Exchange) -> Option<Vec<Violation>> {
        let documents = self.documents;
        let operation = documents.operation(&exchange.method, path)?;
        let components = documents.components(operation);
        let mut found: Vec<(Side, Finding)> = Vec::new();
        let asked = parameters::findings(operation, components, path, exchange).into_iter();
        // What the sandbox refused may be asked on purpose: a refusal needs a wrong request.
        if exchange.succeeded() {
            found.extend(asked.chain(self.body(operation, components, exchange)).map(|found| (Side::Request, found)));
        }
        found.extend(self.answer(operation, components, exchange).into_iter().map(|found| (Side::Answer, found)));
        let violations = found.into_iter().map(|(side, finding)| Violation {
            check: Check::Openapi,
            operation: operation.template.clone(),
            side,
            place: finding.place,
            problem: finding.problem,
        });
        Some(violations.collect())
    }

    fn body(&mut self, operation: &Operation, components: &Value, exchange: &Exchange) -> Vec<Finding> {
        let Some(schema) = &operation.body else {
            return if exchange.request.is_empty() { Vec::new() } else { whole("a body that is not documented") };
        };
        if exchange.request.is_empty() {
            return if operation.body_required { whole("the body is missing") } else { Vec::new() };
        }
        match exchange.request_json() {
            Some(body) => self.held(operation, "request", schema, components, &body),
            None => whole("the body is no JSON"),
        }
    }

    fn answer(&mut self, operation: &Operation, components: &Value, exchange: &Exchange) -> Vec<Finding> {
        let headers = headers(operation, exchange);
        headers.into_iter().chain(self.content(operation, components, exchange)).collect()
    }

    fn content(&mut self, operation: &Operation, components: &Value, exchange: &Exchange) -> Vec<Finding> {
        let status = exchange.status.to_string();
        let documented = operation.answers.get(&status).cloned();
        if !exchange.succeeded() {
            let known = documented.is_some() || UNIVERSAL.contains(&exchange.status);
            return if known { refusal(exchange) } else { at(&format!("status {status}"), "is not documented") };
        }
        let Some(documented) = documented else { return at(&format!("status {status}"), "is not documented") };
        if exchange.status == 204 {
            return if exchange.answer.is_empty() { Vec::new() } else { whole("204 with a body") };
        }
        let Some(schema) = documented.pointer("/content/application~1json/schema") else { return Vec::new() };
        match exchange.answer_json() {
            Some(body) => self
                .held(operation, &status, schema, components, &body)
                .into_iter()
                .filter(|found| !(found.unnamed_key && self.examples.knows(&operation.template, &found.place)))
                .collect(),
            None => whole("the answer is no JSON"),
        }
    }

    fn held(
        &mut self,
        operation: &Operation,
        part: &str,
        schema: &Value,
        components: &Value,
        value: &Value,
    ) -> Vec<Finding> {
        let key = (operation.template.clone(), part.to_owned());
        let compiled = self.schemas.entry(key).or_insert_with(|| Schema::new(schema, components));
        compiled.as_ref().map_or_else(|| whole("the document's schema cannot be used"), |schema| schema.findings(value))
    }
}

/// Every answer has an id for Zoom's support, and says which of the documented rate labels it was counted under.
fn headers(operation: &Operation, exchange: &Exchange) -> Vec<Finding> {
    let text = |name: &str| exchange.headers.get(name).and_then(|value| value.to_str().ok());
    let mut found = Vec::new();
    if text("x-zm-trackingid").is_none() {
        found.extend(at("header x-zm-trackingid", "is missing"));
    }
    let label = text("x-ratelimit-category").map(str::to_uppercase);
    if operation.rate_label.is_some() && label != operation.rate_label {
        found.extend(at("header x-ratelimit-category", "is not the documented rate label"));
    }
    found
}

/// Zoom's form of a refusal, the same for all operations (its page "Error definitions").
fn refusal(exchange: &Exchange) -> Vec<Finding> {
    let form = json!({"type": "object", "required": ["code", "message"], "properties": {
        "code": {"type": "integer"},
        "message": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object", "properties": {
            "field": {"type": "string"}, "message": {"type": "string"},
        }}},
    }});
    match (exchange.answer_json(), Schema::new(&form, &Value::Null)) {
        (Some(body), Some(form)) => form.findings(&body),
        _ => whole("the refusal is no JSON"),
    }
}

fn whole(problem: &str) -> Vec<Finding> {
    at("body", problem)
}

fn at(place: &str, problem: &str) -> Vec<Finding> {
    vec![Finding { place: place.to_owned(), problem: problem.to_owned(), unnamed_key: false }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents() -> Documents {
        Documents::of(&json!({"paths": {"/rows/{id}": {
            "get": {
                "parameters": [
                    {"in": "path", "name": "id", "schema": {"type": "integer"}},
                    {"in": "query", "name": "page_size", "schema": {"type": "integer", "maximum": 300}},
                    {"in": "query", "name": "kind", "required": true, "schema": {"type": "string", "enum": ["a", "b"]}},
                ],
                "responses": {
                    "200": {"content": {"application/json": {"schema":
                        {"type": "object", "properties": {"id": {"type": "integer"}}}}}},
                    "404": {},
                },
            },
            "post": {
                "requestBody": {"required": true, "content": {"application/json": {"schema":
                    {"type": "object", "properties": {"topic": {"type": "string", "maxLength": 5}}}}}},
                "responses": {"204": {}},
            },
        }, "/labelled": {"get": {
            "description": "**[Rate Limit Label](https://example.com):** `HEAVY`", "responses": {"200": {}},
            "parameters": [{"in": "query", "name": "kind"}],
        }}}}))
    }

    fn exchange(method: &str, query: &[(&str, &str)], request: &str, status: u16, answer: &str) -> Exchange {
        Exchange {
            method: method.to_owned(),
            path: "/rows/7".to_owned(),
            query: query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            request: request.as_bytes().to_vec(),
            status,
            answer: answer.as_bytes().to_vec(),
            operation: None,
            headers: [("x-zm-trackingid".parse().unwrap(), "v=2.0".parse().unwrap())].into_iter().collect(),
        }
    }

    fn places(exchange: &Exchange) -> Vec<String> {
        let (documents, examples) = (documents(), Examples::default());
        let mut conformance = Conformance::new(&documents, &examples);
        conformance.check(&exchange.path, exchange).unwrap().into_iter().map(|found| found.place).collect()
    }

    #[test]
    fn a_documented_exchange_passes() {
        assert!(places(&exchange("GET", &[("kind", "a"), ("page_size", "300")], "", 200, r#"{"id":1}"#)).is_empty());
        assert!(places(&exchange("POST", &[], r#"{"topic":"x"}"#, 204, "")).is_empty());
        assert!(places(&exchange("GET", &[], "", 404, r#"{"code":1,"message":"no"}"#)).is_empty());
    }

    #[test]
    fn each_part_of_an_exchange_is_held_against_the_document() {
        assert_eq!(places(&exchange("GET", &[], "", 200, "{}")), ["query kind"]);
        assert_eq!(places(&exchange("GET", &[("kind", "c")], "", 200, "{}")), ["query kind"]);
        assert_eq!(
            places(&exchange("GET", &[("kind", "a"), ("page_size", "301")], "", 200, "{}")),
            ["query page_size"]
        );
        assert_eq!(places(&exchange("GET", &[("kind", "a"), ("other", "1")], "", 200, "{}")), ["query other"]);
        assert_eq!(places(&exchange("GET", &[("kind", "a")], "", 200, r#"{"ID":1}"#)), ["/ID"]);
        assert_eq!(places(&exchange("GET", &[("kind", "a")], "", 201, "{}")), ["status 201"]);
        assert_eq!(places(&exchange("GET", &[], "", 404, r#"{"error":"no"}"#)).len(), 3);
        assert_eq!(places(&exchange("POST", &[], r#"{"topic":"too long"}"#, 204, "")), ["/topic"]);
        assert_eq!(places(&exchange("POST", &[], r#"{"subject":"x"}"#, 204, "")), ["/subject"]);
        assert_eq!(places(&exchange("POST", &[], "", 204, "{}")), ["body", "body"]);
    }

    #[test]
    fn headers_are_part_of_the_answer() {
        let mut silent = exchange("POST", &[], "", 204, "");
        silent.headers.clear();
        assert_eq!(places(&silent), ["body", "header x-zm-trackingid"]);
        let mut light = exchange("GET", &[("kind", "a")], "", 200, "{}");
        light.path = "/labelled".to_owned();
        assert_eq!(places(&light), ["header x-ratelimit-category"]);
        light.headers.insert("x-ratelimit-category", "Heavy".parse().unwrap());
        assert!(places(&light).is_empty());
    }

    #[test]
    fn what_no_document_describes_is_not_judged() {
        let (documents, examples) = (documents(), Examples::default());
        let mut conformance = Conformance::new(&documents, &examples);
        assert!(conformance.check("/other", &exchange("GET", &[], "", 200, "")).is_none());
    }
}
