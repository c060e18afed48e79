//! One rule: which requests it is for, and what goes wrong with them.

use std::borrow::Cow;

use axum::http::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::CannedAnswer;
use crate::paths;

/// The two services that faults apply to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    Zoom,
    Salesforce,
}

/// Faults of which the service notices nothing, apart from the delay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BeforeEffect {
    /// Answers without asking the service.
    Answer(CannedAnswer),
    /// Resets the connection without an answer.
    Reset,
    /// Hands the request on after a pause.
    Delay { ms: u64 },
    /// Resets the connection without an answer; the service does it when its clock has moved on by so much: it was
    /// on its way, or stood in a queue.
    Late { ms: u64 },
    /// No answer until the script is cleared, and a reset then. The service does it so long after, by its clock, or
    /// never.
    Hold { late_ms: Option<u64> },
}

/// Faults of the answer; the effect has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AfterEffect {
    /// Resets the connection without an answer.
    Reset,
    /// Announces the whole body and ends the connection after so many bytes of it. An answer
    /// without a body is reset instead.
    Truncate { bytes: usize },
    /// Sends the body in pieces of `bytes` with a pause of `every_ms` between them.
    Drip { bytes: usize, every_ms: u64 },
    /// Puts another answer in place of the real one: another status, body or content type, or a
    /// redirect to a captive portal (status 3xx with a `location` header).
    Answer(CannedAnswer),
    /// Holds the real answer back for a while.
    Delay { ms: u64 },
    /// No answer until the script is cleared, and a reset then.
    Hold,
}

/// One rule of a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Both services when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Every method when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// A prefix of the path, or, with a `*` in it, a pattern of the whole path in which each `*`
    /// stands for any text. The query takes no part.
    #[serde(default)]
    pub path: String,
    /// Lets so many matching requests pass first.
    #[serde(default)]
    pub skip: u64,
    /// Applies to so many requests, then no more; without end when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<BeforeEffect>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<AfterEffect>,
}

impl FaultRule {
    /// A rule for one service and path that does nothing yet.
    pub fn on(service: Service, method: &str, path: &str) -> Self {
        Self {
            service: Some(service),
            method: Some(method.to_owned()),
            path: path.to_owned(),
            skip: 0,
            count: None,
            before: None,
            after: None,
        }
    }

    #[must_use]
    pub fn before(mut self, fault: BeforeEffect) -> Self {
        self.before = Some(fault);
        self
    }

    #[must_use]
    pub fn after(mut self, fault: AfterEffect) -> Self {
        self.after = Some(fault);
        self
    }

    /// Applies to the next `count` matching requests only.
    #[must_use]
    pub fn times(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// Lets `skip` matching requests pass first.
    #[must_use]
    pub fn skipping(mut self, skip: u64) -> Self {
        self.skip = skip;
        self
    }

    pub(super) fn check(&self) -> Result<(), FaultRuleError> {
        if self.before.is_none() && self.after.is_none() {
            return Err(FaultRuleError::NothingToDo);
        }
        let answers = [
            self.before.as_ref().and_then(|fault| match fault {
                BeforeEffect::Answer(answer) => Some(answer),
                _ => None,
            }),
            self.after.as_ref().and_then(|fault| match fault {
                AfterEffect::Answer(answer) => Some(answer),
                _ => None,
            }),
        ];
        for answer in answers.into_iter().flatten() {
            if !(200..=599).contains(&answer.status) {
                return Err(FaultRuleError::Status(answer.status));
            }
            let is_header = |(name, value): &(&String, &String)| {
                HeaderName::from_bytes(name.as_bytes()).is_ok() && HeaderValue::from_str(value).is_ok()
            };
            if let Some((name, _)) = answer.headers.iter().find(|header| !is_header(header)) {
                return Err(FaultRuleError::Header(name.clone()));
            }
        }
        match self.after {
            Some(AfterEffect::Drip { bytes: 0, .. }) => Err(FaultRuleError::EmptyDrip),
            _ => Ok(()),
        }
    }

    pub(super) fn matches(&self, service: Service, method: &str, path: &str) -> bool {
        self.service.is_none_or(|wanted| wanted == service)
            && self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && (path_matches(&self.path, path) || path_matches(&self.path, plain(service, path).as_ref()))
    }
}

/// Why a rule was refused.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FaultRuleError {
    #[error("a rule needs `before` or `after`")]
    NothingToDo,
    #[error("{0} is not a status that a server may answer with (200 to 599)")]
    Status(u16),
    #[error("an answer needs a `status` or the name of a `known` one")]
    NoStatus,
    #[error("a header of a scripted answer is no header: {0}")]
    Header(String),
    #[error("a drip of 0 bytes never ends")]
    EmptyDrip,
}

/// The path that a request means: a slash too many takes it out of no rule.
pub fn plain(service: Service, path: &str) -> Cow<'_, str> {
    match service {
        Service::Zoom => paths::without_last_slash(path).into(),
        Service::Salesforce => match paths::collapsed(path) {
            Cow::Borrowed(path) => paths::without_last_slash(path).into(),
            Cow::Owned(path) => paths::without_last_slash(&path).to_owned().into(),
        },
    }
}

fn path_matches(pattern: &str, path: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else {
        return true;
    };
    for piece in middle {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_prefix_and_a_star_makes_it_a_pattern() {
        assert!(path_matches("", "/anything"));
        assert!(path_matches("/v2/meetings", "/v2/meetings/86412345678"));
        assert!(!path_matches("/v2/meetings", "/v2/users/me/meetings"));
        assert!(path_matches("/v2/meetings/*", "/v2/meetings/86412345678/status"));
        assert!(path_matches("*/sobjects/Event/*", "/services/data/v68.0/sobjects/Event/Key__c/1"));
        assert!(!path_matches("*/sobjects/Event", "/services/data/v68.0/sobjects/Event/1"));
        assert!(!path_matches("/a*ba", "/aba".trim_end_matches('a')));
    }

    #[test]
    fn the_json_form_is_plain() {
        let rule: FaultRule = serde_json::from_value(serde_json::json!({
            "service": "zoom", "method": "POST", "path": "/v2/users/me/meetings", "count": 1,
            "after": {"kind": "truncate", "bytes": 10}
        }))
        .unwrap();
        assert_eq!(rule.after, Some(AfterEffect::Truncate { bytes: 10 }));
        let answer: BeforeEffect = serde_json::from_value(serde_json::json!({
            "kind": "answer", "status": 502, "content_type": "text/html", "body": "<h1>no</h1>"
        }))
        .unwrap();
        assert!(matches!(answer, BeforeEffect::Answer(CannedAnswer { status: 502, .. })));
    }
}
