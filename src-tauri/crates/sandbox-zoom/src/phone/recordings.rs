//! Recordings of calls.

use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::window::{Period, frame, page_window};
use super::{EXTENSION, Leg, admitted, licensed, not_found, render};
use crate::account::{Account, User};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::meetings::instant;

/// Without a period the list reaches back thirty days.
const DEFAULT_HOURS: i64 = 30 * 24;

/// `GET /phone/users/me/recordings`.
pub(super) fn list(account: &Account, call: &Call) -> Outcome {
    admitted(account, call)?;
    let now = account.now();
    let period = Period::of(call, now, DEFAULT_HOURS)?;
    let window = page_window(account, call)?;
    let calls = locked(&account.calls);
    let takes = |leg: &&Leg| leg.is_listed(now) && leg.recording.is_some() && period.has(leg.started);
    let found: Vec<&Leg> = calls.legs.iter().rev().filter(takes).collect();
    let total = found.len();
    let page = found.into_iter().skip(window.offset).take(window.size);
    let shown: Value = page
        .map(|leg| {
            let mut shown = row(leg, account);
            let log = leg.id.split_once('-').map_or(leg.id.as_str(), |(_, id)| id);
            shown.insert("call_log_id".to_owned(), json!(log));
            shown.insert("call_history_id".to_owned(), json!(leg.history));
            let transcript = format!("{}/v2/phone/recording_transcript/download/", account.urls.zoom);
            let id = leg.recording.as_deref().unwrap_or_default();
            shown.insert("transcript_download_url".to_owned(), json!(format!("{transcript}{id}")));
            Value::Object(shown)
        })
        .collect();
    let mut answer = frame(account, call, &period, window, total);
    answer.insert("recordings".to_owned(), shown);
    Ok(Answer::ok(Value::Object(answer)))
}

/// `GET /phone/call_element/{callElementId}/recording`.
pub(super) fn of_leg(account: &Account, call: &Call) -> Outcome {
    licensed(account)?;
    let id = call.segment(0);
    let calls = locked(&account.calls);
    let leg = calls.leg(&id, account.now()).filter(|leg| leg.recording.is_some());
    let leg = leg.ok_or_else(|| not_found(format!("Recording does not exist for {id}.")))?;
    let mut shown = row(leg, account);
    let download = shown.get("download_url").cloned().unwrap_or_default();
    shown.insert("file_url".to_owned(), download);
    shown.insert("end_time".to_owned(), json!(instant(leg.ended)));
    shown.insert("recording_type".to_owned(), json!("OnDemand"));
    shown.insert("disclaimer_status".to_owned(), json!(1));
    shown.insert("owner".to_owned(), owner(&account.user));
    shown.insert("soft_deleted".to_owned(), json!(false));
    Ok(Answer::ok(Value::Object(shown)))
}

fn owner(user: &User) -> Value {
    json!({
        "id": user.id, "type": "user", "extension_number": EXTENSION,
        "name": format!("{} {}", user.rep.first_name, user.rep.last_name),
    })
}

fn row(leg: &Leg, account: &Account) -> Map<String, Value> {
    let user = &account.user;
    let id = leg.recording.as_deref().unwrap_or_default();
    let mut shown = render::sides(leg, user);
    let rep = json!({
        "extension_number": EXTENSION.to_string(),
        "name": format!("{} {}", user.rep.first_name, user.rep.last_name),
    });
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", json!(id));
    put("call_id", json!(leg.call));
    put("call_element_id", json!(leg.id));
    put("direction", json!(if leg.inbound { "inbound" } else { "outbound" }));
    put("date_time", json!(instant(leg.answered.unwrap_or(leg.started))));
    put("duration", json!(leg.talk_seconds()));
    put(if leg.inbound { "accepted_by" } else { "outgoing_by" }, rep);
    put("download_url", json!(format!("{}/v2/phone/recording/download/{id}", account.urls.zoom)));
    put("meeting_uuid", json!(""));
    shown
}
