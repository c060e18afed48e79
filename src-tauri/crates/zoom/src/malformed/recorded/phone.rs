//! Calls.

use chrono::{TimeDelta, Utc};
use serde_json::Value;

use super::Recorder;
use crate::malformed::phone::sync;
use crate::malformed::{list, object};
use crate::phone::{HistoryAnswer, LogsAnswer, PhoneRecordingsAnswer, VoicemailsAnswer};
use crate::{AiCallSummary, CallLeg, CallLog, PhoneRecording, PhoneUser, Voicemail};

pub(super) async fn record(recorder: &mut Recorder) {
    let answer = recorder.get("/phone/users/me").await;
    recorder.keep("GET /phone/users/{userId}", object!(PhoneUser, answer));
    let today = Utc::now().date_naive();
    let within = format!("from={}&to={today}", today - TimeDelta::days(28));
    let list = |name: &str| format!("/phone/users/me/{name}?{within}&page_size=2");

    let answer = recorder.get(&list("call_history")).await;
    recorder.keep("GET /phone/users/{userId}/call_history", list!(HistoryAnswer, CallLeg, answer));
    let answer = recorder.get("/phone/users/me/call_history/sync?sync_type=FSync&count=2").await;
    recorder.keep("GET /phone/users/{userId}/call_history/sync", sync(answer));
    let answer = recorder.get(&list("call_logs")).await;
    recorder.keep("GET /phone/users/{userId}/call_logs", list!(LogsAnswer, CallLog, answer));
    let answer = recorder.get(&list("recordings")).await;
    let of_call = format!("/phone/call_element/{}/recording", text(&answer["recordings"][0], "call_element_id"));
    recorder.keep("GET /phone/users/{userId}/recordings", list!(PhoneRecordingsAnswer, PhoneRecording, answer));
    let answer = recorder.get(&of_call).await;
    recorder.keep("GET /phone/call_element/{callElementId}/recording", object!(PhoneRecording, answer));
    voicemails(recorder, &list("voice_mails")).await;
    summary(recorder).await;
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap()
}

async fn voicemails(recorder: &mut Recorder, list: &str) {
    let answer = recorder.get(list).await;
    let row = &answer["voice_mails"][0];
    let one = format!("/phone/voice_mails/{}", text(row, "id"));
    let of_call = format!("/phone/call_element/{}/voice_mail", text(row, "call_element_id"));
    recorder.keep("GET /phone/users/{userId}/voice_mails", list!(VoicemailsAnswer, Voicemail, answer));
    let answer = recorder.get(&one).await;
    recorder.keep("GET /phone/voice_mails/{voicemailId}", object!(Voicemail, answer));
    let answer = recorder.get(&of_call).await;
    recorder.keep("GET /phone/call_element/{callElementId}/voice_mail", object!(Voicemail, answer));
}

async fn summary(recorder: &mut Recorder) {
    let legs = recorder.get("/phone/users/me/call_history/sync?sync_type=FSync&count=300").await;
    let legs = legs["call_elements"].as_array().unwrap();
    let id = legs.iter().find_map(|leg| leg["ai_call_summary_id"].as_str().filter(|id| !id.is_empty())).unwrap();
    let answer = recorder.get(&format!("/phone/user/me/ai_call_summary/{id}")).await;
    recorder.keep("GET /phone/user/{userId}/ai_call_summary/{aiCallSummaryId}", object!(AiCallSummary, answer));
}
