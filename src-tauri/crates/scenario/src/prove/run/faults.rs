//! What goes wrong: rules for the services, and the end of a process.

use std::sync::{Arc, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox::faults::{CannedAnswer, Meanwhile};
use liaison_sandbox::{AfterEffect, BeforeEffect, FaultRule, Service};
use serde_json::{Value, json};

use super::Run;
use crate::app::Order;
use crate::prove::Broken;
use crate::prove::plan::{About, Answer, Done, Fault, Field, Moment, Request};

/// What rules have told of since the last look.
#[derive(Default)]
pub(super) struct Noticed {
    /// Which limits were answered, and until when they are.
    limited: Vec<(Service, DateTime<Utc>)>,
    late: usize,
}

/// A limit that a service has answered the lane with.
#[derive(Debug)]
pub(super) struct Limit {
    service: Service,
    until: DateTime<Utc>,
    /// Writing requests up to it.
    writes: u64,
}

impl Run {
    pub(super) fn spoil(&mut self, fault: &Fault) -> Result<(), Broken> {
        let rule = rule(fault, self.now());
        let noticed = Arc::clone(&self.noticed);
        let tell = move |tell: &dyn Fn(&mut Noticed)| tell(&mut noticed.lock().unwrap_or_else(PoisonError::into_inner));
        let meanwhile: Option<Meanwhile> = match fault.answer {
            Answer::Limited { seconds } if paused_by(fault) => {
                let (service, until) = (fault.service, self.now() + TimeDelta::seconds(i64::from(seconds)));
                Some(Arc::new(move |_| tell(&|noticed| noticed.limited.push((service, until)))))
            }
            Answer::Late { .. } => Some(Arc::new(move |_| tell(&|noticed| noticed.late += 1))),
            Answer::Overtaken(field) => Some(self.overtaking(fault, field)),
            _ => None,
        };
        let faults = self.site(fault.service).sandbox.faults();
        let added = match meanwhile {
            Some(meanwhile) => faults.add_with(rule, meanwhile),
            None => faults.add(rule),
        };
        added.map_err(|error| Broken::Sandbox(error.to_string()))
    }

    /// Somebody changes the record that is about to be written.
    fn overtaking(&mut self, fault: &Fault, field: Field) -> Meanwhile {
        let service = fault.service;
        let others = self.site(service).others();
        let value = match field {
            Field::Start if service == Service::Zoom => self.start_time_utc(),
            _ => self.text("Theirs"),
        };
        match service {
            Service::Zoom => {
                // Zoom knows no condition for a change.
                self.seen.unguarded.push(json!(value));
                Arc::new(move |path| others.edit_meeting(last_of(path), field, &value))
            }
            Service::Salesforce => {
                // Nor does a deletion in Salesforce.
                if fault.what == Request::Delete {
                    self.seen.unguarded.push(json!(value));
                }
                Arc::new(move |path| others.edit_activity(last_of(path), field, &value))
            }
        }
    }

    pub(super) fn crash(&mut self, order: &Order, at: Moment) -> Result<(), Broken> {
        let begun = std::time::Instant::now();
        if let Moment::Request { number, effect } = at {
            // First in line, so the faults that were planned are over.
            self.faults_end();
            let mut rule = FaultRule::on(Service::Zoom, "", "").skipping(number).times(1);
            rule.method = None;
            let rule = match effect {
                Done::Before => rule.after(AfterEffect::Hold),
                Done::Never => rule.before(BeforeEffect::Hold { late_ms: None }),
                Done::Late(seconds) => rule.before(BeforeEffect::Hold { late_ms: Some(u64::from(seconds) * 1_000) }),
            };
            let noticed = Arc::clone(&self.noticed);
            for site in &self.sites {
                let mut rule = rule.clone();
                // In Salesforce our key tells soon that a record is not there, and nobody waits two minutes.
                let late = matches!(effect, Done::Late(_));
                if !late {
                    rule.service = None;
                }
                let noticed = Arc::clone(&noticed);
                let tell: Meanwhile = Arc::new(move |_| {
                    noticed.lock().unwrap_or_else(PoisonError::into_inner).late += usize::from(late);
                });
                site.sandbox.faults().add_with(rule, tell).map_err(|error| Broken::Sandbox(error.to_string()))?;
            }
        }
        let sites = &self.sites;
        let now = || match at {
            Moment::Request { .. } => sites.iter().any(|site| site.sandbox.faults().applied() > 0),
            Moment::Passed(time) => begun.elapsed() >= time,
        };
        self.computers[self.at].crash(order, now)?;
        self.faults_end();
        self.seen.crashes += 1;
        self.start()
    }

    pub(super) fn faults_end(&mut self) {
        for site in &self.sites {
            self.seen.faults += site.sandbox.faults().applied();
            site.sandbox.faults().clear();
        }
    }

    /// No row of the lane goes out before a limit is over, whatever happens to the process meanwhile.
    pub(super) fn note_limits(&mut self) {
        let noticed = std::mem::take(&mut *self.noticed.lock().unwrap_or_else(PoisonError::into_inner));
        self.seen.late += noticed.late;
        let now = self.now();
        let mut wrong = Vec::new();
        for Limit { service, writes, .. } in self.limits.iter().filter(|limit| limit.until > now) {
            let sent = self.site(*service).writes(*service) - writes;
            if sent > 0 {
                wrong.push(format!("sent before the limit was over: {sent} to {service:?} in step {}", self.number));
            }
        }
        self.seen.wrong.extend(wrong);
        let limits = noticed.limited.into_iter().map(|(service, until)| Limit { service, until, writes: 0 });
        self.limits.extend(limits);
        self.limits.retain(|limit| limit.until > now && self.computers.len() == 1);
        for index in 0..self.limits.len() {
            let service = self.limits[index].service;
            self.limits[index].writes = self.site(service).writes(service);
        }
    }
}

impl super::site::Site {
    /// How often the lane has written.
    fn writes(&self, service: Service) -> u64 {
        let written = self.sandbox.requests().counts();
        let of_lane = |route: &str| match service {
            Service::Zoom => route.starts_with("/v2/meetings"),
            Service::Salesforce => route.contains("/Event") || route.contains("/Task"),
        };
        written
            .iter()
            .filter(|count| count.service == service && count.method != "GET" && of_lane(&count.route))
            .map(|count| count.count)
            .sum()
    }
}

/// Whether a limit is answered to a row of a lane. A meeting is made while the user waits, and nothing else is paused.
fn paused_by(fault: &Fault) -> bool {
    if matches!(fault.about, About::Lead | About::Webinar) {
        return false;
    }
    match fault.what {
        Request::Make => fault.service == Service::Salesforce,
        Request::Change | Request::Delete => true,
        Request::Read | Request::List => false,
    }
}

fn last_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Method and path of what a fault is about.
fn request(fault: &Fault) -> (&'static str, &'static str) {
    let method = match (fault.what, fault.about, fault.service) {
        (Request::Make, ..) => "POST",
        (Request::Change, About::Webinar, Service::Zoom) => "PUT",
        (Request::Change, ..) => "PATCH",
        (Request::Delete, ..) => "DELETE",
        (Request::Read | Request::List, ..) => "GET",
    };
    let path = match (fault.service, fault.about, fault.what) {
        (Service::Zoom, About::Webinar, _) => "/v2/webinars/*",
        (Service::Zoom, _, Request::Make | Request::List) => "/v2/users/*",
        (Service::Zoom, ..) => "/v2/meetings",
        (Service::Salesforce, _, Request::List) => "*/query*",
        (Service::Salesforce, About::Meeting, Request::Read) => "*/sobjects/Event/*",
        (Service::Salesforce, About::Task, Request::Read) => "*/sobjects/Task/*",
        (Service::Salesforce, About::Meeting, _) => "*Event*",
        (Service::Salesforce, About::Task, _) => "*Task*",
        (Service::Salesforce, About::Lead, _) => "*Lead*",
        (Service::Salesforce, About::Webinar, _) => "*/composite*",
    };
    (method, path)
}

fn rule(fault: &Fault, now: DateTime<Utc>) -> FaultRule {
    let (method, path) = request(fault);
    let rule = FaultRule::on(fault.service, method, path).skipping(fault.skip).times(fault.times);
    let answer = |status, body: Value| CannedAnswer::json(status, body.to_string());
    match fault.answer {
        Answer::Lost => rule.after(AfterEffect::Reset),
        Answer::Cut => rule.after(AfterEffect::Truncate { bytes: 9 }),
        Answer::DoneBut502 => rule.after(AfterEffect::Answer(answer(502, json!({})))),
        Answer::Reset => rule.before(BeforeEffect::Reset),
        Answer::Trouble => rule.before(BeforeEffect::Answer(answer(503, json!({})))),
        Answer::Late { seconds } => rule.before(BeforeEffect::Late { ms: u64::from(seconds) * 1_000 }),
        Answer::Overtaken(_) => rule,
        Answer::Limited { seconds } => {
            let mut limited = answer(429, json!({ "code": 429, "message": "Too many requests." }));
            let until = now + TimeDelta::seconds(i64::from(seconds));
            let when = match fault.service {
                Service::Zoom => until.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                Service::Salesforce => seconds.to_string(),
            };
            limited.headers.insert("Retry-After".to_owned(), when);
            rule.before(BeforeEffect::Answer(limited))
        }
        Answer::Unauthorized => rule.before(BeforeEffect::Answer(match fault.service {
            Service::Zoom => answer(401, json!({ "code": 124, "message": "Invalid access token." })),
            Service::Salesforce => {
                answer(401, json!([{ "errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid" }]))
            }
        })),
        Answer::Refused => rule.before(BeforeEffect::Answer(match fault.service {
            Service::Zoom => answer(400, json!({ "code": 300, "message": "Validation Failed." })),
            Service::Salesforce => answer(
                400,
                json!([{ "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Not today.", "fields": [] }]),
            ),
        })),
    }
}
