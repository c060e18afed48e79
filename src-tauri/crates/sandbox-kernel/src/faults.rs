//! Fault scripts: what goes wrong with which request, before or after its effect.
//!
//! A rule names requests by service, method and path. *Before the effect* means that the service
//! never saw the request; *after the effect* means that the service did all of it and only the
//! answer suffers. The difference is what clients get wrong, so it is part of every rule.

mod rule;

use std::fmt;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Request;
use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio::sync::watch;

pub use rule::{AfterEffect, BeforeEffect, FaultRule, FaultRuleError, Service, plain};

pub use crate::canned::CannedAnswer;
use crate::locked;

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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_header_that_is_none_is_refused() {
        let mut answer = CannedAnswer::json(200, "");
        answer.headers.insert("no header".to_owned(), "x".to_owned());
        let rule = FaultRule::on(Service::Zoom, "GET", "/").before(BeforeEffect::Answer(answer));
        assert_eq!(Faults::default().add(rule), Err(FaultRuleError::Header("no header".to_owned())));
    }
}
