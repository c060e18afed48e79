//! Messages at the answering machine, and whether they have been listened to.

use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::window::{Period, frame, invalid, page_window};
use super::{Leg, Voicemail, admitted, licensed, not_found, render};
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::meetings::instant;

/// Without a period the list reaches back thirty days.
const DEFAULT_HOURS: i64 = 30 * 24;

/// `GET /phone/users/me/voice_mails`.
pub(super) fn list(account: &Account, call: &Call) -> Outcome {
    admitted(account, call)?;
    let now = account.now();
    let period = Period::of(call, now, DEFAULT_HOURS)?;
    let window = page_window(account, call)?;
    let read = match call.parameter("status") {
        None | Some("all") => None,
        Some("read") => Some(true),
        Some("unread") => Some(false),
        Some(_) => return Err(invalid("status")),
    };
    let trash = call.flag("trash")?;
    let calls = locked(&account.calls);
    let found: Vec<(&Leg, &Voicemail)> = calls
        .legs
        .iter()
        .rev()
        .filter(|leg| !trash && leg.is_listed(now) && period.has(leg.started))
        .filter_map(|leg| Some((leg, leg.voicemail.as_ref()?)))
        .filter(|(_, voicemail)| read.is_none_or(|wanted| wanted == voicemail.read))
        .collect();
    let total = found.len();
    let page = found.into_iter().skip(window.offset).take(window.size);
    let shown: Value = page.map(|(leg, voicemail)| Value::Object(row(leg, voicemail, account))).collect();
    let mut answer = frame(account, call, &period, window, total);
    answer.insert("voice_mails".to_owned(), shown);
    Ok(Answer::ok(Value::Object(answer)))
}

/// `GET /phone/voice_mails/{voicemailId}`.
pub(super) fn get(account: &Account, call: &Call) -> Outcome {
    licensed(account)?;
    let id = call.segment(0);
    let calls = locked(&account.calls);
    let found = calls.voicemail(&id).and_then(|leg| Some((leg, leg.voicemail.as_ref()?)));
    let (leg, voicemail) =
        found.ok_or_else(|| Refusal::bad_request(300, format!("Voice mail does not exist: {id}.")))?;
    Ok(Answer::ok(Value::Object(whole(leg, voicemail, account))))
}

/// `GET /phone/call_element/{callElementId}/voice_mail`.
pub(super) fn of_leg(account: &Account, call: &Call) -> Outcome {
    licensed(account)?;
    let id = call.segment(0);
    let calls = locked(&account.calls);
    let found = calls.leg(&id, account.now()).and_then(|leg| Some((leg, leg.voicemail.as_ref()?)));
    let (leg, voicemail) = found.ok_or_else(|| not_found(format!("Voicemail does not exist for {id}.")))?;
    let mut shown = whole(leg, voicemail, account);
    // The document of this operation does not name the engine.
    if let Some(Value::Object(transcription)) = shown.get_mut("transcription") {
        transcription.remove("engine");
    }
    for other in ["call_log_id", "call_history_id", "intent_detect_status", "intent_results", "voice_mail_task"] {
        shown.remove(other);
    }
    shown.insert("soft_deleted".to_owned(), json!(false));
    Ok(Answer::ok(Value::Object(shown)))
}

/// `PATCH /phone/voice_mails/{voicemailId}?read_status=Read`.
pub(super) fn mark(account: &Account, call: &Call) -> Outcome {
    licensed(account)?;
    let read = match call.parameter("read_status") {
        Some("Read") => true,
        Some("Unread") => false,
        _ => return Err(Refusal::bad_request(400, "The read status is invalid.")),
    };
    let id = call.segment(0);
    let mut calls = locked(&account.calls);
    let mut voicemails = calls.legs.iter_mut().filter(|leg| !leg.deleted).filter_map(|leg| leg.voicemail.as_mut());
    let voicemail = voicemails.find(|voicemail| voicemail.id == id);
    let voicemail = voicemail.ok_or_else(|| Refusal::bad_request(404, format!("Voice mail does not exist: {id}.")))?;
    let changed = std::mem::replace(&mut voicemail.read, read) != read;
    drop(calls);
    if changed {
        account.record("phone.voicemail_marked", id, json!({ "read": read }));
    }
    Ok(Answer::no_content())
}

fn row(leg: &Leg, voicemail: &Voicemail, account: &Account) -> Map<String, Value> {
    let mut shown = render::sides(leg, &account.user);
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", json!(voicemail.id));
    put("status", json!(if voicemail.read { "read" } else { "unread" }));
    put("duration", json!(voicemail.seconds));
    put("date_time", json!(instant(leg.started)));
    put("call_id", json!(leg.call));
    put("call_log_id", json!(leg.id.split_once('-').map_or(leg.id.as_str(), |(_, id)| id)));
    put("call_history_id", json!(leg.history));
    put("call_element_id", json!(leg.id));
    put("download_url", json!(format!("{}/v2/phone/voice_mails/download/{}", account.urls.zoom, voicemail.id)));
    shown
}

fn whole(leg: &Leg, voicemail: &Voicemail, account: &Account) -> Map<String, Value> {
    let mut shown = row(leg, voicemail, account);
    let transcription = json!({
        "content": "Hello, I am calling about the offer of last week. Could you ring me back, please?",
        "status": 2, "engine": "zoom",
    });
    shown.insert("transcription".to_owned(), transcription);
    shown.insert("intent_detect_status".to_owned(), json!("success"));
    shown.insert("intent_results".to_owned(), json!([{ "intent_id": "callback", "confidence_score": 0.75 }]));
    let task = json!({ "status": "success", "content": "Ring back about the offer.", "feedback": "none" });
    shown.insert("voice_mail_task".to_owned(), task);
    shown
}
