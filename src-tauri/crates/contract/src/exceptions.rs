//! The one list of what may differ from the contract, each with its reason.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use thiserror::Error;

use crate::template::Template;
use crate::violation::{Check, Side, Violation};

/// The list of this crate.
pub const LISTED: &str = include_str!("../exceptions.toml");

/// The list cannot be used.
#[derive(Debug, Error)]
pub enum ExceptionsError {
    #[error("the list of exceptions cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    #[error("`{0}` in the list of exceptions is not an operation such as `GET /meetings/{{meetingId}}`")]
    Operation(String),
    #[error("the exception for {0} gives no reason")]
    Reason(String),
}

/// All exceptions, and which of them were needed.
#[derive(Debug)]
pub struct Exceptions {
    entries: Vec<Exception>,
    needed: BTreeSet<usize>,
}

/// One allowed difference.
#[derive(Debug, Clone)]
pub struct Exception {
    pub check: Check,
    /// `GET /meetings/{meetingId}`, or `*` for all.
    pub operation: String,
    pub side: Side,
    /// As in [`Violation::place`]; a `*` stands for any text.
    pub place: String,
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    exception: Vec<Entry>,
}

/// Differences of one reason: every operation at every place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    check: Check,
    operation: OneOrMany,
    side: Side,
    place: OneOrMany,
    reason: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

impl Entry {
    /// Each difference by itself, so that each can turn out to be needed no more.
    fn exceptions(&self) -> impl Iterator<Item = Exception> + '_ {
        self.operation.all().iter().flat_map(move |operation| {
            self.place.all().iter().map(move |place| Exception {
                check: self.check,
                operation: operation.clone(),
                side: self.side,
                place: place.clone(),
                reason: self.reason.clone(),
            })
        })
    }
}

impl Exceptions {
    /// Reads a list in TOML.
    ///
    /// # Errors
    /// See [`ExceptionsError`].
    pub fn parse(text: &str) -> Result<Self, ExceptionsError> {
        let entries: Vec<Exception> =
            toml::from_str::<File>(text)?.exception.iter().flat_map(Entry::exceptions).collect();
        for entry in &entries {
            if entry.operation != "*" && Template::parse(&entry.operation).is_none() {
                return Err(ExceptionsError::Operation(entry.operation.clone()));
            }
            if entry.reason.trim().is_empty() {
                return Err(ExceptionsError::Reason(entry.operation.clone()));
            }
        }
        Ok(Self { entries, needed: BTreeSet::new() })
    }

    /// Whether the list allows this one.
    pub fn allow(&mut self, violation: &Violation) -> bool {
        let allowing: Vec<usize> = (0..self.entries.len()).filter(|&at| self.entries[at].allows(violation)).collect();
        self.needed.extend(&allowing);
        !allowing.is_empty()
    }

    /// Those of one check that allowed nothing: something was mended, and they can go.
    pub fn idle(&self, check: Check) -> impl Iterator<Item = &Exception> {
        self.entries
            .iter()
            .enumerate()
            .filter(move |(at, entry)| entry.check == check && !self.needed.contains(at))
            .map(|(_, entry)| entry)
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the exception of {} ({}) at {}", self.operation, self.side.name(), self.place)
    }
}

impl Exception {
    fn allows(&self, violation: &Violation) -> bool {
        self.check == violation.check
            && self.side == violation.side
            && (self.operation == "*" || Template::parse(&self.operation).as_ref() == Some(&violation.operation))
            && fits(&self.place, &violation.place)
    }
}

/// Whether `text` is as `pattern` says, where `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| fits(tail, rest.get(at..).unwrap_or_default()))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violation(operation: &str, place: &str) -> Violation {
        Violation {
            check: Check::Openapi,
            operation: Template::parse(operation).unwrap(),
            side: Side::Answer,
            place: place.to_owned(),
            problem: "is missing".to_owned(),
        }
    }

    fn list(operation: &str, place: &str, reason: &str) -> String {
        format!(
            "[[exception]]\ncheck = \"openapi\"\noperation = \"{operation}\"\nside = \"answer\"\n\
             place = \"{place}\"\nreason = \"{reason}\"\n"
        )
    }

    #[test]
    fn the_list_of_this_crate_can_be_read() {
        Exceptions::parse(LISTED).unwrap();
    }

    #[test]
    fn an_exception_needs_an_operation_and_a_reason() {
        assert!(matches!(Exceptions::parse(&list("meetings", "/a", "because")), Err(ExceptionsError::Operation(_))));
        assert!(matches!(Exceptions::parse(&list("GET /a", "/a", " ")), Err(ExceptionsError::Reason(_))));
        assert!(matches!(Exceptions::parse("[[exception]]\nwhy = 1"), Err(ExceptionsError::Unreadable(_))));
    }

    #[test]
    fn what_nothing_needs_is_named() {
        let mut exceptions = Exceptions::parse(&list("GET /meetings/{id}", "/settings/*", "because")).unwrap();
        assert!(!exceptions.allow(&violation("GET /meetings/{id}", "/topic")));
        assert!(!exceptions.allow(&violation("GET /webinars/{id}", "/settings/audio")));
        assert_eq!(exceptions.idle(Check::Openapi).count(), 1);
        assert!(exceptions.allow(&violation("GET /meetings/{meetingId}", "/settings/audio")));
        assert_eq!(exceptions.idle(Check::Openapi).count(), 0);
        assert_eq!(exceptions.idle(Check::Examples).count(), 0);
    }

    #[test]
    fn several_operations_and_places_are_each_needed_or_not() {
        let text = "[[exception]]\ncheck = \"openapi\"\noperation = [\"GET /a\", \"GET /b\"]\nside = \"answer\"\n\
                    place = [\"/x\", \"/y\"]\nreason = \"because\"\n";
        let mut exceptions = Exceptions::parse(text).unwrap();
        assert!(exceptions.allow(&violation("GET /b", "/y")));
        assert_eq!(exceptions.idle(Check::Openapi).count(), 3);
    }

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(fits("/a/*/c", "/a/b/b/c"));
        assert!(fits("*", ""));
        assert!(fits("/a*", "/a"));
        assert!(!fits("/a/*/c", "/a/b/d"));
        assert!(!fits("/a", "/ab"));
    }
}
