//! The user's call history: legs in pages, with filters, in two arrays that say the same.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use liaison_sandbox_kernel::locked;
use liaison_sandbox_kernel::world::calls::Party;
use serde_json::{Value, json};

use super::render::{self, Generation};
use super::window::{Period, frame, invalid, page_window};
use super::{Leg, admitted};
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;

/// Without a period the list reaches back a day.
const DEFAULT_HOURS: i64 = 24;

/// What a request filters by.
struct Filter {
    period: Period,
    by_end: bool,
    directions: Vec<String>,
    connect_types: Vec<String>,
    results: Vec<String>,
    keyword: Option<String>,
    recorded: Option<bool>,
    with_voicemail: Option<bool>,
}

/// A list parameter, its values separated by commas.
fn listed(call: &Call, name: &str, allowed: &[&str]) -> Result<Vec<String>, Refusal> {
    let values: Vec<String> =
        call.parameter(name).map(|text| text.split(',').map(str::to_owned).collect()).unwrap_or_default();
    if values.iter().all(|value| allowed.contains(&value.as_str())) { Ok(values) } else { Err(invalid(name)) }
}

impl Filter {
    fn of(call: &Call, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let by_end = match call.parameter("time_type") {
            None | Some("start_time") => false,
            Some("end_time") => true,
            Some(_) => return Err(invalid("time_type")),
        };
        let recorded = match call.parameter("recording_status") {
            None => None,
            Some("recorded") => Some(true),
            Some("non_recorded") => Some(false),
            Some(_) => return Err(invalid("recording_status")),
        };
        let with_voicemail = match call.parameter("with_voicemail") {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) => return Err(invalid("with_voicemail")),
        };
        let results = [
            "answered",
            "connected",
            "voicemail",
            "hang_up",
            "no_answer",
            "invalid_operation",
            "abandoned",
            "blocked",
            "service_unavailable",
        ];
        Ok(Self {
            period: Period::of(call, now, DEFAULT_HOURS)?,
            by_end,
            directions: listed(call, "directions", &["inbound", "outbound"])?,
            connect_types: listed(call, "connect_types", &["internal", "external"])?,
            results: listed(call, "call_results", &results)?,
            keyword: call.parameter("keyword").map(str::to_lowercase),
            recorded,
            with_voicemail,
        })
    }

    fn takes(&self, leg: &Leg) -> bool {
        let among = |wanted: &[String], value: &str| wanted.is_empty() || wanted.iter().any(|one| one == value);
        let internal = matches!(leg.party, Party::Colleague { .. });
        self.period.has(if self.by_end { leg.ended } else { leg.started })
            && among(&self.directions, if leg.inbound { "inbound" } else { "outbound" })
            && among(&self.connect_types, if internal { "internal" } else { "external" })
            && among(&self.results, leg.result)
            && self.recorded.is_none_or(|wanted| wanted == leg.recording.is_some())
            && self.with_voicemail.is_none_or(|wanted| wanted == leg.voicemail.is_some())
            && self.keyword.as_ref().is_none_or(|keyword| mentions(leg, keyword))
    }
}

/// Whether name, number, address or call id contain the text.
fn mentions(leg: &Leg, keyword: &str) -> bool {
    let party: [&str; 3] = match &leg.party {
        Party::Outside { name, number, .. } => [name.as_deref().unwrap_or_default(), number, ""],
        Party::Colleague { name, extension, email } => [name, extension, email],
    };
    leg.call.contains(keyword) || party.iter().any(|text| text.to_lowercase().contains(keyword))
}

/// `GET /phone/users/me/call_history`, newest first.
pub(super) fn list(account: &Account, call: &Call) -> Outcome {
    admitted(account, call)?;
    let now = account.now();
    let filter = Filter::of(call, now)?;
    let window = page_window(account, call)?;
    let calls = locked(&account.calls);
    let found: Vec<&Leg> = calls.legs.iter().rev().filter(|leg| leg.is_listed(now) && filter.takes(leg)).collect();
    let total = found.len();
    let page: Vec<&Leg> = found.into_iter().skip(window.offset).take(window.size).collect();
    let mut answer = frame(account, call, &filter.period, window, total);
    for (name, generation) in arrays(account) {
        let legs = page.iter().map(|leg| Value::Object(render::leg(leg, &account.user, generation)));
        answer.insert(name.to_owned(), legs.collect());
    }
    Ok(Answer::ok(Value::Object(answer)))
}

/// The arrays of an answer: the current one, and the one that is about to go.
pub(super) fn arrays(account: &Account) -> Vec<(&'static str, Generation)> {
    let mut arrays = vec![("call_elements", Generation::Elements)];
    if account.switches.old_call_arrays.is_on() {
        arrays.push(("call_logs", Generation::Logs));
    }
    arrays
}

/// `DELETE /phone/users/me/call_history/{callLogId}`.
pub(super) fn delete(account: &Account, call: &Call) -> Outcome {
    admitted(account, call)?;
    let id = call.segment(1);
    let now = account.now();
    let mut calls = locked(&account.calls);
    let found = calls.legs.iter_mut().find(|leg| leg.id == id && leg.is_listed(now));
    let Some(leg) = found else {
        return Err(Refusal::new(StatusCode::NOT_FOUND, 301, format!("Call history not found: {id}.")));
    };
    leg.deleted = true;
    drop(calls);
    account.record("phone.call_deleted", id, json!({}));
    Ok(Answer::no_content())
}
