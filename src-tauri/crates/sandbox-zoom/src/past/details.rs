//! Details, instances and participants of what is over.

use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::attendance::{self, Visit};
use super::{instances, summary};
use crate::account::Account;
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::meetings::loaded::overlay;
use crate::meetings::{Family, instant};
use crate::webinars;

/// So long after the end the list of people is there.
const LIST_AFTER_SECONDS: i64 = 180;
/// So long after the end the durations in it are.
const FINAL_AFTER_SECONDS: i64 = 900;

/// `GET /past_meetings/{meetingId}`.
pub(super) fn get(account: &Account, call: &Call) -> Outcome {
    let (family, meeting, instance) = instances::named(account, call)?;
    let visits = attendance::of(account, family, &meeting, &instance);
    let (people, minutes) = attendance::totals(&visits);
    let rep = &account.user.rep;
    Ok(Answer::ok(json!({
        "id": meeting.id,
        "uuid": instance.uuid,
        "host_id": account.user.id,
        "topic": meeting.topic,
        "type": meeting.kind,
        "user_name": format!("{} {}", rep.first_name, rep.last_name),
        "user_email": rep.email,
        "start_time": instant(instance.start),
        "end_time": instant(instance.end),
        "duration": instance.minutes(),
        "total_minutes": minutes,
        "participants_count": people,
        "dept": "Sales",
        "source": if meeting.source == "open_api" { "Liaison" } else { "Zoom" },
        "has_meeting_summary": summary::exists(&meeting, &instance, account.now()),
    })))
}

/// `GET /past_meetings/{meetingId}/instances` and the same of webinars; by number only.
pub(super) fn instances(account: &Account, call: &Call) -> Outcome {
    let family = call.family();
    if family == Family::Webinar {
        webinars::licensed(account)?;
    }
    let id = call.meeting_id()?;
    let now = account.now();
    let event = locked(account.book(family)).existing(id, now)?.clone();
    let known = instances::of(&event, now).into_iter();
    let shown: Vec<Value> = known
        .filter(|instance| instance.age(now) >= instances::KNOWN_AFTER_SECONDS)
        .map(|instance| {
            let mut shown = Map::new();
            shown.insert("uuid".to_owned(), json!(instance.uuid));
            shown.insert("start_time".to_owned(), json!(instant(instance.start)));
            if let Some(occurrence) = instance.occurrence {
                shown.insert("occurrence_id".to_owned(), json!(occurrence));
            }
            Value::Object(shown)
        })
        .collect();
    let mut answer = Map::new();
    answer.insert(format!("{}s", family.name()), shown.into());
    Ok(Answer::ok(Value::Object(answer)))
}

/// `GET /past_meetings/{meetingId}/participants` and the same of webinars.
pub(super) fn participants(account: &Account, call: &Call) -> Outcome {
    let (family, event, instance) = instances::named(account, call)?;
    let now = account.now();
    let age = instance.age(now);
    if age < LIST_AFTER_SECONDS {
        return Err(family.missing(&call.segment(0)));
    }
    let window = locked(&account.pages).window(call, now)?;
    let mut visits = attendance::of(account, family, &event, &instance);
    // Of somebody who was alone Zoom tells nothing.
    if attendance::totals(&visits).0 < 2 {
        visits.clear();
    }
    let total = visits.len();
    let page = visits.iter().skip(window.offset).take(window.size);
    // Of meetings it is told to whoever asks for it.
    let registrants = family == Family::Webinar || call.parameter("include_fields") == Some("registrant_id");
    let shown: Vec<Value> = page.map(|visit| row(visit, age >= FINAL_AFTER_SECONDS, registrants)).collect();
    let next_page_token = locked(&account.pages).next_token(call, window, total, now);
    Ok(Answer::ok(json!({
        "next_page_token": next_page_token,
        "page_count": total.div_ceil(window.size),
        "page_size": window.size,
        "total_records": total,
        "participants": shown,
    })))
}

/// Durations are in seconds, unlike those of meetings.
fn row(visit: &Visit, is_final: bool, registrants: bool) -> Value {
    let seconds = if is_final { (visit.leave - visit.join).num_seconds() } else { 0 };
    let row = json!({
        "id": visit.zoom_id,
        "user_id": visit.join_id.to_string(),
        "registrant_id": visit.registrant.as_deref().unwrap_or_default(),
        "name": visit.name,
        "user_email": visit.email,
        "join_time": instant(visit.join),
        "leave_time": instant(visit.leave),
        "duration": seconds,
        "failover": false,
        "status": "in_meeting",
        "internal_user": visit.internal,
    });
    let Value::Object(mut row) = row else { return row };
    overlay(&mut row, &visit.raw);
    if !registrants {
        row.shift_remove("registrant_id");
    }
    Value::Object(row)
}
