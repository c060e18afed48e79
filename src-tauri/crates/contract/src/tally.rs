//! Exchanges and violations, counted by operation.

use std::collections::{BTreeMap, BTreeSet};

use crate::exceptions::Exceptions;
use crate::exchange::Exchange;
use crate::report::Table;
use crate::template::Template;
use crate::violation::{Check, Side, Violation};

/// A table in the making.
#[derive(Debug)]
pub struct Tally {
    table: Table,
}

impl Tally {
    pub fn new(title: &str) -> Self {
        Self { table: Table::new(title) }
    }

    /// One request and its answer.
    pub fn count(&mut self, operation: &Template, status: u16) {
        let line = self.table.line(operation);
        line.requests += 1;
        *line.answers.entry(status).or_default() += 1;
    }

    /// Something that was told without a request.
    pub fn tell(&mut self, operation: &Template) {
        let line = self.table.line(operation);
        line.told += 1;
        line.described = true;
    }

    /// The operation stands in a document.
    pub fn describe(&mut self, operation: &Template) {
        self.table.line(operation).described = true;
    }

    /// The table, with each violation once and without those that the list allows.
    pub fn table(mut self, violations: Vec<Violation>, exceptions: &mut Exceptions) -> Table {
        let mut seen: BTreeMap<(Check, Template, Side, String), Violation> = BTreeMap::new();
        for violation in violations {
            let key = (violation.check, violation.operation.clone(), violation.side, violation.place.clone());
            seen.entry(key).or_insert(violation);
        }
        for violation in seen.into_values() {
            let allowed = exceptions.allow(&violation);
            let line = self.table.line(&violation.operation);
            if allowed {
                line.allowed += 1;
            } else {
                line.violations.push(violation);
            }
        }
        self.table
    }
}

/// The operation of an exchange, by the client's own name for it. A name that does not cover the path that was really
/// sent is a violation: counters and limits go by the name.
pub fn named(exchange: &Exchange, path: &str) -> (Template, Option<Violation>) {
    let of_path = || Template::new(&exchange.method, path);
    let Some(name) = exchange.operation else { return (of_path(), None) };
    let Some(template) = Template::parse(name) else { return (of_path(), Some(misnamed(of_path(), name))) };
    let covers = template.covers(&exchange.method, path);
    let violation = (!covers).then(|| misnamed(template.clone(), path));
    (template, violation)
}

fn misnamed(operation: Template, other: &str) -> Violation {
    Violation {
        check: Check::Journey,
        operation,
        side: Side::Request,
        place: "name".to_owned(),
        problem: format!("the client's name of the call and what was sent differ: {other}"),
    }
}

/// The operations of a client that were never made, or always refused.
pub fn uncovered(operations: &BTreeSet<Template>, exchanges: &[Exchange]) -> Vec<Violation> {
    let made: BTreeSet<Template> = exchanges
        .iter()
        .filter(|exchange| exchange.succeeded())
        .filter_map(|exchange| Template::parse(exchange.operation?))
        .collect();
    let never = operations.difference(&made).map(|operation| Violation {
        check: Check::Coverage,
        operation: operation.clone(),
        side: Side::Request,
        place: "call".to_owned(),
        problem: "no journey makes this call with success".to_owned(),
    });
    never.collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;
    use crate::exceptions::Exceptions;

    fn exchange(path: &str, operation: Option<&'static str>) -> Exchange {
        Exchange {
            method: "GET".to_owned(),
            path: path.to_owned(),
            query: Vec::new(),
            request: Vec::new(),
            status: 200,
            answer: Vec::new(),
            headers: HeaderMap::new(),
            operation,
        }
    }

    #[test]
    fn a_name_has_to_cover_the_path() {
        let right = exchange("/meetings/1", Some("GET /meetings/{meetingId}"));
        assert_eq!(named(&right, &right.path), (Template::new("GET", "/meetings/{id}"), None));
        let wrong = exchange("/webinars/1", Some("GET /meetings/{meetingId}"));
        assert!(named(&wrong, &wrong.path).1.is_some());
    }

    #[test]
    fn operations_never_made_are_found() {
        let all = ["GET /a", "GET /b/{id}"].iter().filter_map(|name| Template::parse(name)).collect();
        let found = uncovered(&all, &[exchange("/a", Some("GET /a"))]);
        assert_eq!(found.iter().map(|one| one.operation.to_string()).collect::<Vec<_>>(), ["GET /b/{}"]);
        let refused = Exchange { status: 404, ..exchange("/b/1", Some("GET /b/{id}")) };
        assert_eq!(uncovered(&all, &[exchange("/a", Some("GET /a")), refused]).len(), 1);
    }

    #[test]
    fn a_violation_counts_once_and_not_when_allowed() {
        let all = ["GET /a"].iter().filter_map(|name| Template::parse(name)).collect();
        let found = uncovered(&all, &[]);
        let twice: Vec<Violation> = found.iter().chain(&found).cloned().collect();
        let mut none = Exceptions::parse("").unwrap();
        assert_eq!(Tally::new("t").table(twice.clone(), &mut none).violations(), 1);
        let listed = "[[exception]]\ncheck = \"coverage\"\noperation = \"GET /a\"\nside = \"request\"\n\
                      place = \"call\"\nreason = \"because\"";
        let mut listed = Exceptions::parse(listed).unwrap();
        assert_eq!(Tally::new("t").table(twice, &mut listed).violations(), 0);
    }
}
