//! The oldest call list, deprecated by Zoom and still answered: one row a call, in words.

use chrono::{DateTime, Utc};
use liaison_sandbox_kernel::locked;
use liaison_sandbox_kernel::world::calls::Party;
use serde_json::{Map, Value, json};

use super::window::{Period, frame, invalid, page_window};
use super::{DIRECT_NUMBER, EXTENSION, Leg, admitted, render};
use crate::account::{Account, User};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::meetings::instant;

const DEFAULT_HOURS: i64 = 24;

/// `GET /phone/users/me/call_logs`.
pub(super) fn list(account: &Account, call: &Call) -> Outcome {
    admitted(account, call)?;
    let now = account.now();
    let period = Period::of(call, now, DEFAULT_HOURS)?;
    let window = page_window(account, call)?;
    let missed_only = match call.parameter("type") {
        None | Some("all") => false,
        Some("missed") => true,
        Some(_) => return Err(invalid("type")),
    };
    let by_end = match call.parameter("time_type") {
        None | Some("startTime") => false,
        Some("endTime") => true,
        Some(_) => return Err(invalid("time_type")),
    };
    let number = call.parameter("phone_number");
    let calls = locked(&account.calls);
    let time = |leg: &Leg| -> DateTime<Utc> { if by_end { leg.ended } else { leg.started } };
    let takes = |leg: &&Leg| {
        leg.is_listed(now)
            && !leg.in_queue
            && period.has(time(leg))
            && (!missed_only || (leg.inbound && leg.answered.is_none()))
            && number.is_none_or(|wanted| number_of(&leg.party) == wanted)
    };
    let found: Vec<&Leg> = calls.legs.iter().rev().filter(takes).collect();
    let total = found.len();
    let page = found.into_iter().skip(window.offset).take(window.size);
    let shown: Value = page.map(|leg| Value::Object(row(leg, &account.user))).collect();
    let mut answer = frame(account, call, &period, window, total);
    answer.insert("call_logs".to_owned(), shown);
    Ok(Answer::ok(Value::Object(answer)))
}

fn number_of(party: &Party) -> &str {
    match party {
        Party::Outside { number, .. } => number,
        Party::Colleague { extension, .. } => extension,
    }
}

/// The results in the words of this generation.
fn result(leg: &Leg) -> &'static str {
    match leg.result {
        "voicemail" => "Voicemail",
        "busy" => "Busy",
        "canceled" => "Call Cancel",
        "no_answer" if leg.inbound => "Missed",
        "no_answer" => "No Answer",
        _ => "Call connected",
    }
}

fn row(leg: &Leg, user: &User) -> Map<String, Value> {
    let mut shown = render::sides(leg, user);
    let own = json!({
        "extension_number": EXTENSION.to_string(), "location": "", "number_type": 1,
        "name": format!("{} {}", user.rep.first_name, user.rep.last_name), "phone_number": DIRECT_NUMBER,
    });
    let (code, iso) = match &leg.party {
        Party::Outside { country_code, country, .. } => (*country_code, *country),
        Party::Colleague { .. } => ("31", "NL"),
    };
    let sides = if leg.inbound { ["caller", "callee"] } else { ["callee", "caller"] };
    let numbers = [number_of(&leg.party), DIRECT_NUMBER];
    for ((side, number), (code, iso)) in sides.into_iter().zip(numbers).zip([(code, iso), ("31", "NL")]) {
        shown.remove(&format!("{side}_account_code"));
        shown.insert(format!("{side}_country_code"), json!(code));
        shown.insert(format!("{side}_country_iso_code"), json!(iso));
        shown.insert(format!("{side}_did_number"), json!(number));
        shown.insert(format!("{side}_number_source"), json!("internal"));
    }
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    // Here an id has no date in front.
    put("id", json!(leg.id.split_once('-').map_or(leg.id.as_str(), |(_, id)| id)));
    put("call_id", json!(leg.call));
    put("user_id", json!(user.id));
    put("direction", json!(if leg.inbound { "inbound" } else { "outbound" }));
    put("date_time", json!(instant(leg.started)));
    if let Some(answered) = leg.answered.filter(|_| leg.inbound) {
        put("answer_start_time", json!(instant(answered)));
    }
    put("call_end_time", json!(instant(leg.ended)));
    put("duration", json!(leg.talk_seconds() + leg.hold_seconds));
    put("hold_time", json!(leg.hold_seconds));
    put("waiting_time", json!((leg.answered.unwrap_or(leg.ended) - leg.started).num_seconds()));
    put("result", json!(result(leg)));
    put("path", json!(if matches!(leg.party, Party::Colleague { .. }) { "extension" } else { "pstn" }));
    put("has_recording", json!(leg.recording.is_some()));
    put("has_voicemail", json!(leg.voicemail.is_some()));
    if leg.recording.is_some() {
        put("recording_type", json!("OnDemand"));
    }
    put(if leg.inbound { "accepted_by" } else { "outgoing_by" }, own);
    put("caller_billing_reference_id", json!(""));
    put("charge", json!(""));
    put("rate", json!(""));
    put("client_code", json!(""));
    put("department", json!("Sales"));
    put("cost_center", json!("NL-210"));
    put("site", json!({ "id": render::extension_id(user, "site"), "name": "Utrecht" }));
    shown
}
