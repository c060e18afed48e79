//! Files: what download links lead to. They are small, but of the format that they say they are.
//!
//! Every one of them asks for a Bearer token: the user's, or for the files of a recorded meeting also the one that came
//! with the event. A token in the query is refused, as everywhere.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use liaison_sandbox_kernel::locked;
use serde_json::json;

use super::account::Account;
use super::answer::{Answer, Outcome, Refusal};
use super::call::Call;
use super::{gateway, past};

/// The scope that lists a meeting's files also fetches them.
const SCOPE: &str = "cloud_recording:read:list_recording_files";

/// A file with its media type.
pub(crate) struct File {
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// Half a second of silence: twenty frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz.
pub(crate) fn silence() -> File {
    const FRAMES: usize = 20;
    const FRAME_BYTES: usize = 417;
    let mut frame = vec![0; FRAME_BYTES];
    frame[..4].copy_from_slice(&[0xff, 0xfb, 0x90, 0xc4]);
    File { media_type: "audio/mpeg", bytes: frame.repeat(FRAMES) }
}

/// An MP4 file without a track: its type, and an empty box of media data.
pub(crate) fn container(brand: [u8; 4], media_type: &'static str) -> File {
    let mut bytes = Vec::new();
    bytes.extend(20_u32.to_be_bytes());
    bytes.extend(b"ftyp");
    bytes.extend(brand);
    bytes.extend(512_u32.to_be_bytes());
    bytes.extend(brand);
    bytes.extend(8_u32.to_be_bytes());
    bytes.extend(b"mdat");
    File { media_type, bytes }
}

pub(crate) fn text(media_type: &'static str, text: String) -> File {
    File { media_type, bytes: text.into_bytes() }
}

/// `GET /rec/download/{name}`: a file of a recorded meeting.
pub(crate) async fn of_recording(
    State(account): State<Arc<Account>>,
    Path(name): Path<String>,
    request: Request<Body>,
) -> Response {
    answered(recording(&account, &request, |account| past::recorded_file(account, &name)))
}

/// `GET /rec/meeting/transcript/download/{name}`.
pub(crate) async fn of_transcript(
    State(account): State<Arc<Account>>,
    Path(name): Path<String>,
    request: Request<Body>,
) -> Response {
    answered(recording(&account, &request, |account| past::transcript_file(account, &name)))
}

/// `GET /phone/transcript/{recording}?pass=…`: where the API sends those who ask for the transcript of a call.
pub(crate) async fn of_call(
    State(account): State<Arc<Account>>,
    Path(recording): Path<String>,
    request: Request<Body>,
) -> Response {
    let pass = request.uri().query().and_then(|query| query.strip_prefix("pass=")).unwrap_or_default();
    if !locked(&account.download_tokens).is_valid(pass, account.now()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    answered(super::phone::transcript(&account, &recording).ok_or_else(missing).map(Answer::file))
}

fn recording(account: &Account, request: &Request<Body>, find: impl Fn(&Account) -> Option<File>) -> Outcome {
    let token = gateway::bearer(request.headers(), request.uri().query().unwrap_or_default())?;
    let by_event = locked(&account.download_tokens).is_valid(token, account.now());
    if !by_event {
        let grant = gateway::granted(account, token)?;
        if !grant.scopes.contains(SCOPE) {
            return Err(Refusal::lacking_scope(SCOPE));
        }
    }
    find(account).map(Answer::file).ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, 3301, "File does not exist."))
}

/// 400/404, as the telephone's downloads refuse.
pub(crate) fn missing() -> Refusal {
    Refusal::bad_request(404, "File does not exist.")
}

fn answered(outcome: Outcome) -> Response {
    match outcome {
        Ok(answer) => answer.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// `GET /phone/recording/download/{fileId}`.
pub(crate) fn call_recording(account: &Account, call: &Call) -> Outcome {
    super::phone::has_recording(account, &call.segment(0))?;
    Ok(Answer::file(silence()))
}

/// `GET /phone/voice_mails/download/{fileId}`.
pub(crate) fn voicemail(account: &Account, call: &Call) -> Outcome {
    super::phone::has_voicemail(account, &call.segment(0))?;
    Ok(Answer::file(silence()))
}

/// `GET /phone/recording_transcript/download/{recordingId}` sends on to the file itself, which needs no token.
pub(crate) fn call_transcript(account: &Account, call: &Call) -> Outcome {
    let recording = call.segment(0);
    super::phone::has_recording(account, &recording)?;
    let pass = account.fresh_download_token(TimeDelta::minutes(5));
    Ok(Answer::elsewhere(format!("{}/phone/transcript/{recording}?pass={pass}", account.urls.zoom)))
}

/// The transcript of a recorded call in Zoom's form.
pub(crate) fn transcript_of_call(account: &Account, recording: &str, start: &str, end: &str) -> File {
    let said = "Could we have a second look at the price?";
    let transcript = json!({
        "type": "zoom_transcript", "ver": 1, "recording_id": recording, "meeting_id": "",
        "account_id": account.user.account_id, "host_id": account.user.id,
        "recording_start": start, "recording_end": end,
        "timeline": [{
            "text": said, "raw_text": said.to_lowercase().trim_end_matches('?'), "ts": "00:00:00.000",
            "end_ts": "00:00:00.600", "users": [], "userId": super::phone::EXTENSION.to_string(), "userIds": [],
            "channelMark": "L",
        }],
    });
    text("application/json", transcript.to_string())
}
