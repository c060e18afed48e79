//! Samples of Zoom Phone.

use serde_json::{Value, json};

use super::{Sample, list, object};
use crate::client::read;
use crate::phone::{HistoryAnswer, LogsAnswer, PhoneRecordingsAnswer, SyncAnswer, VoicemailsAnswer};
use crate::{AiCallSummary, CallLeg, CallLog, PhoneRecording, PhoneUser, Voicemail};

/// A leg in both forms at once, so that no field is missing.
fn leg() -> Value {
    let mut leg = json!({"call_element_id": "20270309-e1", "id": "20270309-e1", "call_history_uuid": "20270309-h1",
        "call_path_id": "20270309-h1", "call_id": "7018317023722949162", "direction": "outbound",
        "connect_type": "external", "call_type": "general", "event": "outgoing", "result": "answered",
        "call_result": "answered", "result_reason": "answered_by_other", "start_time": "2027-03-09T14:00:00Z",
        "answer_time": "2027-03-09T14:00:05Z", "end_time": "2027-03-09T14:03:00Z", "talk_time": 170, "hold_time": 5,
        "wait_time": 5, "duration": 180, "operator_name": "Noa", "operator_ext_number": "102",
        "operator_ext_id": "x2", "operator_ext_type": "user", "hide_caller_id": false, "spam": "Maybe Spam",
        "end_to_end": false,
        "recording_id": "rec1", "recording_type": "automatic", "voicemail_id": "v1", "ai_call_summary_id": "s1"});
    for side in ["caller", "callee"] {
        for (name, value) in [
            ("name", "Robin"),
            ("email", "robin@example.com"),
            ("did_number", "+31205550147"),
            ("ext_number", "101"),
            ("ext_id", "x1"),
            ("ext_type", "user"),
            ("number_type", "zoom_pstn"),
            ("country_code", "31"),
            ("country_iso_code", "NL"),
            ("device_type", "Desktop"),
            ("department", "Sales"),
            ("site_id", "site1"),
            ("account_code", "11"),
        ] {
            leg[format!("{side}_{name}")] = json!(value);
        }
    }
    leg
}

fn party() -> Value {
    json!({"name": "Robin", "extension_number": "101", "extension_type": "user", "phone_number": "+31205550147",
        "number_type": 1, "location": "Utrecht"})
}

/// What logs, recordings and voicemails share.
fn call(more: &Value) -> Value {
    let mut call = json!({"id": "c1", "call_id": "7018317023722949162", "direction": "inbound",
        "date_time": "2027-03-09T14:00:00Z", "duration": 180, "caller_name": "Anna", "caller_number": "+31205550199",
        "caller_number_type": 2, "callee_name": "Robin", "callee_number": "101", "callee_number_type": 1});
    for (name, value) in more.as_object().unwrap() {
        call[name] = value.clone();
    }
    call
}

fn log() -> Value {
    call(&json!({"user_id": "u1", "result": "Call connected", "path": "pstn",
        "answer_start_time": "2027-03-09T14:00:05Z", "call_end_time": "2027-03-09T14:03:00Z", "hold_time": 5,
        "waiting_time": 5, "caller_number_source": "external", "caller_did_number": "+31205550199",
        "caller_country_code": "31", "caller_country_iso_code": "NL", "callee_number_source": "internal",
        "callee_did_number": "+31205550147", "callee_country_code": "31", "callee_country_iso_code": "NL",
        "accepted_by": party(), "outgoing_by": party(), "forwarded_by": party(), "forwarded_to": party(),
        "has_recording": false, "has_voicemail": false, "recording_type": "OnDemand", "client_code": "123",
        "department": "Sales", "cost_center": "C1"}))
}

fn recording() -> Value {
    call(&json!({"call_element_id": "20270309-e1", "call_history_id": "20270309-h1", "call_log_id": "l1",
        "end_time": "2027-03-09T14:03:00Z", "recording_type": "Automatic", "caller_account_code": "11",
        "callee_account_code": "11", "accepted_by": {"name": "Robin", "extension_number": "101"},
        "outgoing_by": {"name": "Noa", "extension_number": "102"}, "meeting_uuid": "Qw==",
        "download_url": "https://example.zoom.us/v2/phone/recording/download/c4n4ry",
        "transcript_download_url": "https://example.zoom.us/v2/phone/recording_transcript/download/c4n4ry"}))
}

fn voicemail() -> Value {
    call(&json!({"status": "unread", "call_element_id": "20270309-e1", "call_history_id": "20270309-h1",
        "call_log_id": "l1", "caller_account_code": "11", "callee_account_code": "11",
        "download_url": "https://example.zoom.us/v2/phone/voice_mails/download/c4n4ry",
        "transcription": {"status": 2, "content": "Please call back", "engine": "Zoom"},
        "voice_mail_task": {"status": "success", "content": "Call back", "feedback": "none"},
        "deleted_time": "2027-04-01T00:00:00Z"}))
}

fn page(rows: &str, row: &Value) -> Value {
    json!({"from": "2027-03-01", "to": "2027-03-31", "page_size": 300, "next_page_token": "t", "total_records": 1,
        rows: [row]})
}

pub(super) fn samples() -> Vec<Sample> {
    let summary = json!({"ai_call_summary_id": "s1", "account_id": "a1", "user_id": "u1",
        "call_id": "7018317023722949162", "call_summary": "Agreed", "detailed_summary": "All agreed",
        "next_steps": "Send it", "call_summary_rate": "thumb_up", "transcript_language": "nl", "edited": false,
        "created_time": "2027-03-09T14:05:00Z", "modified_time": "2027-03-09T14:06:00Z"});
    vec![
        object!(
            PhoneUser,
            json!({"id": "u1", "phone_user_id": "pu1", "email": "robin@example.com", "extension_id": "x1",
                   "extension_number": 101, "phone_numbers": [{"id": "n1", "number": "+31205550147"}],
                   "calling_plans": [{"type": 600, "name": "Metered"}], "status": "activate", "site_id": "site1",
                   "site_admin": false, "department": "Sales", "cost_center": "C1"})
        ),
        object!(CallLeg, leg()),
        list!(HistoryAnswer, CallLeg, page("call_elements", &leg())),
        list!(HistoryAnswer, CallLeg, page("call_logs", &leg())),
        sync(json!({"call_elements": [leg()], "call_logs": [leg()], "sync_token": "t"})),
        list!(LogsAnswer, CallLog, page("call_logs", &log())),
        list!(PhoneRecordingsAnswer, PhoneRecording, page("recordings", &recording())),
        object!(PhoneRecording, recording()),
        list!(VoicemailsAnswer, Voicemail, page("voice_mails", &voicemail())),
        object!(Voicemail, voicemail()),
        object!(AiCallSummary, summary),
    ]
}

pub(super) fn sync(answer: Value) -> Sample {
    Sample {
        name: "sync of CallLeg",
        answer,
        read: |response| {
            let page = read::<SyncAnswer>(response)?.page();
            Ok(page.skipped.into_iter().map(|row| row.field).collect())
        },
        shown: |response| format!("{:?}", read::<SyncAnswer>(response).unwrap().page()),
    }
}
