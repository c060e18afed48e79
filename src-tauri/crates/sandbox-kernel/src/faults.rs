//! Fault scripts: what goes wrong with which request, before or after its effect.
//!
//! A rule names requests by service, method and path. *Before the effect* means that the service
//! never saw the request; *after the effect* means that the service did all of it and only the
//! answer suffers. The difference is what clients get wrong, so it is part of every rule.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::sync::watch;

pub use crate::canned::CannedAnswer;
use crate::{locked, paths};

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

    fn check(&self) -> Result<(), FaultRuleError> {
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

    fn matches(&self, service: Service, method: &str, path: &str) -> bool {
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

/// Called with the path of a request that a rule applies to, before the service sees it: what somebody else does at
/// that moment, or what is to be noted.
pub type Meanwhile = Arc<dyn Fn(&str) + Send + Sync>;

/// What is to go wrong with one request.
#[derive(Clone, Default)]
pub struct Fault {
    pub before: Option<BeforeEffect>,
    pub after: Option<AfterEffect>,
    pub meanwhile: Option<Meanwhile>,
    /// How often the script had been cleared then.
    pub cleared: u64,
}

#[derive(Clone, Serialize)]
struct Entry {
    #[serde(flatten)]
    rule: FaultRule,
    /// Matching requests so far, those let through included.
    matched: u64,
    /// Requests that the fault was applied to.
    applied: u64,
    #[serde(skip)]
    meanwhile: Option<Meanwhile>,
}

impl Entry {
    fn new(rule: FaultRule) -> Self {
        Self { rule, matched: 0, applied: 0, meanwhile: None }
    }
}

/// A request that has not reached its service yet, and when it will.
struct Late {
    at: DateTime<Utc>,
    service: Service,
    request: Request<Body>,
}

/// The script of one run. The first rule that matches and is not used up applies.
#[derive(Default)]
pub struct Faults {
    entries: Mutex<Vec<Entry>>,
    late: Mutex<Vec<Late>>,
    /// How often the script was cleared.
    cleared: watch::Sender<u64>,
}

impl fmt::Debug for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Faults").field("rules", &locked(&self.entries).len()).finish_non_exhaustive()
    }
}

impl Faults {
    /// Adds a rule behind those there are.
    pub fn add(&self, rule: FaultRule) -> Result<(), FaultRuleError> {
        self.add_all(vec![rule])
    }

    /// Adds all rules, or none if one of them is wrong.
    pub fn add_all(&self, rules: Vec<FaultRule>) -> Result<(), FaultRuleError> {
        rules.iter().try_for_each(FaultRule::check)?;
        locked(&self.entries).extend(rules.into_iter().map(Entry::new));
        Ok(())
    }

    /// Adds a rule behind those there are, and something that happens when it applies. Nothing has to go wrong with
    /// the request itself.
    pub fn add_with(&self, rule: FaultRule, meanwhile: Meanwhile) -> Result<(), FaultRuleError> {
        match rule.check() {
            Ok(()) | Err(FaultRuleError::NothingToDo) => {}
            Err(error) => return Err(error),
        }
        locked(&self.entries).push(Entry { meanwhile: Some(meanwhile), ..Entry::new(rule) });
        Ok(())
    }

    /// Ends the script, and lets go of what it held. What is late still comes.
    pub fn clear(&self) {
        locked(&self.entries).clear();
        self.cleared.send_modify(|times| *times += 1);
    }

    /// Waits until the script is cleared, once it had been `times`.
    pub(crate) async fn until_cleared(&self, times: u64) {
        // The sender lives as long as this handle, so waiting can't fail.
        let _ = self.cleared.subscribe().wait_for(|now| *now > times).await;
    }

    /// Keeps a request until its time.
    pub(crate) fn delay(&self, service: Service, request: Request<Body>, at: DateTime<Utc>) {
        locked(&self.late).push(Late { at, service, request });
    }

    /// The late requests of a service whose time has come, in that order.
    pub(crate) fn due(&self, service: Service, now: DateTime<Utc>) -> Vec<Request<Body>> {
        let mut late = locked(&self.late);
        let mut due: Vec<Late> =
            late.extract_if(.., |request| request.service == service && request.at <= now).collect();
        due.sort_by_key(|request| request.at);
        due.into_iter().map(|late| late.request).collect()
    }

    /// How many requests a fault was applied to, over all rules.
    pub fn applied(&self) -> u64 {
        locked(&self.entries).iter().map(|entry| entry.applied).sum()
    }

    /// The rules with their counters, for the control service.
    pub fn listed(&self) -> serde_json::Value {
        serde_json::to_value(&*locked(&self.entries)).unwrap_or_default()
    }

    /// Decides once per request and counts it.
    pub fn decide(&self, service: Service, method: &str, path: &str) -> Fault {
        let mut entries = locked(&self.entries);
        for entry in entries.iter_mut() {
            let used_up = entry.rule.count.is_some_and(|count| entry.applied >= count);
            if used_up || !entry.rule.matches(service, method, path) {
                continue;
            }
            entry.matched += 1;
            if entry.matched > entry.rule.skip {
                entry.applied += 1;
                return Fault {
                    before: entry.rule.before.clone(),
                    after: entry.rule.after.clone(),
                    meanwhile: entry.meanwhile.clone(),
                    cleared: *self.cleared.borrow(),
                };
            }
        }
        Fault::default()
    }
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
    fn skip_and_count_bound_a_rule_and_the_next_one_takes_over() {
        let faults = Faults::default();
        let reset = FaultRule::on(Service::Zoom, "GET", "/v2").before(BeforeEffect::Reset);
        let slow = BeforeEffect::Delay { ms: 1 };
        faults
            .add_all(vec![
                reset.clone().skipping(1).times(1),
                FaultRule::on(Service::Zoom, "get", "/v2").before(slow.clone()),
            ])
            .unwrap();
        let seen: Vec<_> = (0..3).map(|_| faults.decide(Service::Zoom, "GET", "/v2/users/me").before).collect();
        assert_eq!(seen, [Some(slow.clone()), Some(BeforeEffect::Reset), Some(slow)]);
        assert_eq!(faults.decide(Service::Salesforce, "GET", "/v2").before, None);
        assert_eq!(faults.applied(), 3);
    }

    #[test]
    fn a_wrong_rule_adds_none_of_its_script() {
        let faults = Faults::default();
        let good = FaultRule::on(Service::Zoom, "GET", "/").before(BeforeEffect::Reset);
        let empty = FaultRule::on(Service::Zoom, "GET", "/");
        assert_eq!(faults.add_all(vec![good, empty]), Err(FaultRuleError::NothingToDo));
        assert_eq!(faults.decide(Service::Zoom, "GET", "/").before, None);
        let early = FaultRule::on(Service::Zoom, "GET", "/").after(AfterEffect::Answer(CannedAnswer::json(100, "")));
        assert_eq!(faults.add(early), Err(FaultRuleError::Status(100)));
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

    #[test]
    fn a_header_that_is_none_is_refused() {
        let mut answer = CannedAnswer::json(200, "");
        answer.headers.insert("no header".to_owned(), "x".to_owned());
        let rule = FaultRule::on(Service::Zoom, "GET", "/").before(BeforeEffect::Answer(answer));
        assert_eq!(Faults::default().add(rule), Err(FaultRuleError::Header("no header".to_owned())));
    }
}
