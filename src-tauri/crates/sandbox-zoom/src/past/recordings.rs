//! Cloud recordings of meetings and webinars, and who watched them.

use axum::http::StatusCode;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;
use rand::Rng;
use serde_json::{Map, Value, json};

use super::attendance;
use super::instances::{self, Instance};
use crate::account::{Account, MEETING_HOST};
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::files::{self, File};
use crate::meetings::loaded::{self, overlay};
use crate::meetings::{Family, Meeting, instant};
use crate::secrets;

/// So long after the end the files are being made.
pub(super) const READY_AFTER_SECONDS: i64 = 1_200;
/// The longest period of the user's list.
const LONGEST_DAYS: i64 = 31;
/// When recordings are deleted, as the user's settings say.
const KEPT_DAYS: i64 = 180;
/// Of all recordings, as people are asked for it.
const PASSCODE: &str = "Rec0rd!9";
const LONGEST_TTL: i64 = 604_800;
const USUAL_TTL: i64 = 86_400;

fn none() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, 3301, "There is no recording for this meeting.")
}

/// Whether the instance was recorded, ready or not.
fn was_recorded(meeting: &Meeting, instance: &Instance) -> bool {
    let asked_for = meeting.settings.get("auto_recording") == Some(&json!("cloud"));
    let seeded = meeting.source == "web_portal" && instance.rng(3).random_range(0..3) == 0;
    asked_for || seeded
}

pub(super) fn exist(meeting: &Meeting, instance: &Instance, now: DateTime<Utc>) -> bool {
    was_recorded(meeting, instance) && instance.age(now) >= READY_AFTER_SECONDS
}

/// `GET /meetings/{meetingId}/recordings`.
pub(super) fn of_meeting(account: &Account, call: &Call) -> Outcome {
    let (_, meeting, instance) = instances::recorded(account, call)?;
    if !exist(&meeting, &instance, account.now()) {
        return Err(none());
    }
    let mut shown = row(account, &meeting, &instance);
    shown.insert("password".to_owned(), json!(PASSCODE));
    let mut voice = voice(account, &instance);
    voice.remove("file_extension");
    shown.insert("participant_audio_files".to_owned(), json!([voice]));
    if call.parameter("include_fields") == Some("download_access_token") {
        let seconds = match call.parameter("ttl") {
            None => USUAL_TTL,
            Some(ttl) => {
                let seconds = ttl.parse().ok().filter(|seconds| (0..=LONGEST_TTL).contains(seconds));
                seconds.ok_or_else(|| Refusal::invalid_field("ttl"))?
            }
        };
        let token = account.fresh_download_token(TimeDelta::seconds(seconds));
        shown.insert("download_access_token".to_owned(), json!(token));
    }
    Ok(Answer::ok(Value::Object(shown)))
}

/// A period of whole UTC days; without one it is today.
fn period(call: &Call, now: DateTime<Utc>) -> Result<(NaiveDate, NaiveDate), Refusal> {
    let date = |name: &str| match call.parameter(name) {
        None => Ok(None),
        Some(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Some).map_err(|_| Refusal::invalid_field(name)),
    };
    let to = date("to")?.unwrap_or(now.date_naive());
    let from = date("from")?.unwrap_or(to.min(now.date_naive()));
    if to < from {
        return Err(Refusal::invalid_field("to"));
    }
    if to - from > TimeDelta::days(LONGEST_DAYS) {
        return Err(Refusal::invalid_field("from"));
    }
    Ok((from, to))
}

/// `GET /users/me/recordings`.
pub(super) fn of_user(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    let now = account.now();
    let trash = call.flag("trash")?;
    let (from, to) = period(call, now)?;
    let window = locked(&account.pages).window(call, now)?;
    let start = from.and_time(NaiveTime::MIN).and_utc();
    let until = to.checked_add_days(Days::new(1)).unwrap_or(to).and_time(NaiveTime::MIN).and_utc();
    let wanted = call.parameter("meeting_id");
    let mut found: Vec<(Meeting, Instance)> = Vec::new();
    for family in [Family::Meeting, Family::Webinar] {
        let book = locked(account.book(family));
        for meeting in book.hosted(now).filter(|meeting| wanted.is_none_or(|id| meeting.id.to_string() == id)) {
            let recorded = instances::of(meeting, now).into_iter().filter(|instance| {
                !trash && exist(meeting, instance, now) && start <= instance.start && instance.start < until
            });
            found.extend(recorded.map(|instance| (meeting.clone(), instance)));
        }
    }
    found.sort_by_key(|(_, instance)| std::cmp::Reverse(instance.start));
    let total = found.len();
    let page = found.iter().skip(window.offset).take(window.size);
    let shown: Vec<Value> = page.map(|(meeting, instance)| Value::Object(row(account, meeting, instance))).collect();
    let next_page_token = locked(&account.pages).next_token(call, window, total, now);
    Ok(Answer::ok(json!({
        "from": from.to_string(),
        "to": to.to_string(),
        "next_page_token": next_page_token,
        "page_count": total.div_ceil(window.size),
        "page_size": window.size,
        "total_records": total,
        "meetings": shown,
    })))
}

fn row(account: &Account, meeting: &Meeting, instance: &Instance) -> Map<String, Value> {
    let mut rng = instance.rng(4);
    let passcode = secrets::short_id(&mut rng);
    let kinds = [
        ("MP4", "MP4", "shared_screen_with_speaker_view", 900_000),
        ("M4A", "M4A", "audio_only", 60_000),
        ("TRANSCRIPT", "VTT", "audio_transcript", 900),
        ("CHAT", "TXT", "chat_file", 40),
    ];
    let seconds = (instance.end - instance.start).num_seconds();
    let mut total_size = 0;
    let files: Vec<Value> = kinds
        .iter()
        .map(|(file_type, extension, recording_type, per_second)| {
            let size = seconds * per_second / 8;
            total_size += size;
            let name = secrets::short_id(&mut rng);
            json!({
                "id": uuid::Builder::from_random_bytes(rng.random()).into_uuid().to_string(),
                "meeting_id": instance.uuid, "file_type": file_type, "file_extension": extension,
                "file_size": size, "recording_type": recording_type, "status": "completed",
                "recording_start": instant(instance.start), "recording_end": instant(instance.end),
                "play_url": format!("{MEETING_HOST}/rec/play/{name}"),
                "download_url": format!("{MEETING_HOST}/rec/download/{name}"),
            })
        })
        .collect();
    let deleted = instance.end + TimeDelta::days(KEPT_DAYS);
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", json!(meeting.id));
    put("uuid", json!(instance.uuid));
    put("account_id", json!(account.user.account_id));
    put("host_id", json!(account.user.id));
    put("topic", json!(meeting.topic));
    put("type", json!(meeting.kind.to_string()));
    put("start_time", json!(instant(instance.start)));
    put("duration", json!(instance.minutes()));
    put("total_size", json!(total_size));
    put("recording_count", json!(files.len()));
    put("share_url", json!(format!("{MEETING_HOST}/rec/share/{passcode}")));
    put("recording_play_passcode", json!(passcode));
    put("auto_delete", json!(true));
    put("auto_delete_date", json!(deleted.format("%Y-%m-%d").to_string()));
    put("recording_files", json!(files));
    shown
}

/// The file that a download link names.
pub(crate) fn file(account: &Account, name: &str) -> Option<File> {
    let link = format!("{MEETING_HOST}/rec/download/{name}");
    found(account, |meeting, instance| {
        if voice(account, instance).get("download_url") == Some(&json!(link)) {
            return Some(files::container(*b"M4A ", "audio/mp4"));
        }
        let mut shown = row(account, meeting, instance);
        let files = shown.remove("recording_files")?;
        let wanted = files.as_array()?.iter().find(|file| file.get("download_url") == Some(&json!(link)))?;
        Some(match wanted.get("file_type").and_then(Value::as_str) {
            Some("MP4") => files::container(*b"isom", "video/mp4"),
            Some("M4A") => files::container(*b"M4A ", "audio/mp4"),
            Some("TRANSCRIPT") => words(account, meeting),
            _ => files::text("text/plain", format!("00:00:41 {}: Welcome!\n", account.user.rep.first_name)),
        })
    })
}

/// The transcript that a download link names.
pub(crate) fn transcript_file(account: &Account, name: &str) -> Option<File> {
    found(account, |meeting, instance| (transcript_name(instance) == name).then(|| words(account, meeting)))
}

/// The first of all recorded instances for which `pick` has something.
fn found(account: &Account, pick: impl Fn(&Meeting, &Instance) -> Option<File>) -> Option<File> {
    let now = account.now();
    [Family::Meeting, Family::Webinar].into_iter().find_map(|family| {
        let book = locked(account.book(family));
        book.hosted(now).find_map(|meeting| {
            let instances = instances::of(meeting, now).into_iter();
            instances.filter(|instance| exist(meeting, instance, now)).find_map(|instance| pick(meeting, &instance))
        })
    })
}

fn words(account: &Account, meeting: &Meeting) -> File {
    let speaker = &account.user.rep.first_name;
    let said = format!("WEBVTT\n\n1\n00:00:02.000 --> 00:00:05.000\n{speaker}: Welcome to {}.\n", meeting.topic);
    files::text("text/vtt", said)
}

fn transcript_name(instance: &Instance) -> String {
    secrets::short_id(&mut instance.rng(5))
}

/// What the events say when the files are there, and when the transcript is.
pub(super) fn told(account: &Account, meeting: &Meeting, instance: &Instance) -> [(&'static str, Value); 2] {
    let mut whole = row(account, meeting, instance);
    let mut put = |name: &str, value: Value| whole.insert(name.to_owned(), value);
    put("type", json!(meeting.kind));
    put("host_email", json!(account.user.rep.email));
    put("timezone", json!(meeting.zone.name()));
    put("password", json!(PASSCODE));
    let mut transcript = whole.clone();
    for name in ["auto_delete", "auto_delete_date", "recording_play_passcode"] {
        transcript.remove(name);
    }
    let files = transcript.get_mut("recording_files").and_then(Value::as_array_mut);
    let mut size = 0;
    if let Some(files) = files {
        files.retain(|file| file.get("file_type") == Some(&json!("TRANSCRIPT")));
        size = files.iter().filter_map(|file| file.get("file_size")?.as_i64()).sum();
    }
    transcript.insert("total_size".to_owned(), json!(size));
    transcript.insert("recording_count".to_owned(), json!(1));
    whole.insert("on_prem".to_owned(), json!(false));
    whole.insert("participant_audio_files".to_owned(), json!([voice(account, instance)]));
    [("completed", Value::Object(whole)), ("transcript_completed", Value::Object(transcript))]
}

/// The host's own voice, recorded apart.
fn voice(account: &Account, instance: &Instance) -> Map<String, Value> {
    let mut rng = instance.rng(8);
    let name = secrets::short_id(&mut rng);
    let seconds = (instance.end - instance.start).num_seconds();
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", json!(uuid::Builder::from_random_bytes(rng.random()).into_uuid().to_string()));
    put("file_name", json!(format!("Audio only - {}", account.user.rep.first_name)));
    put("file_type", json!("M4A"));
    put("file_extension", json!("M4A"));
    put("file_size", json!(seconds * 60_000 / 8));
    put("recording_start", json!(instant(instance.start)));
    put("recording_end", json!(instant(instance.end)));
    put("play_url", json!(format!("{MEETING_HOST}/rec/play/{name}")));
    put("download_url", json!(format!("{MEETING_HOST}/rec/download/{name}")));
    put("status", json!("completed"));
    shown
}

/// `GET /meetings/{meetingId}/recordings/analytics_details`: who watched, of what can be watched on demand.
pub(super) fn views(account: &Account, call: &Call) -> Outcome {
    let (family, meeting, instance) = instances::recorded(account, call)?;
    let now = account.now();
    if !exist(&meeting, &instance, now) {
        return Err(none());
    }
    if call.parameter("type").is_some_and(|kind| !["by_view", "by_download"].contains(&kind)) {
        return Err(Refusal::invalid_field("type"));
    }
    let (from, to) = period(call, now)?;
    let window = locked(&account.pages).window(call, now)?;
    let shown: Vec<Value> = if call.parameter("type") == Some("by_download") {
        Vec::new()
    } else {
        let within = |at: &DateTime<Utc>| *at <= now && (from..=to).contains(&at.date_naive());
        watched(account, family, &meeting, &instance)
            .into_iter()
            .filter(|(at, _)| within(at))
            .map(|(_, row)| row)
            .collect()
    };
    let total = shown.len();
    let next_page_token = locked(&account.pages).next_token(call, window, total, now);
    Ok(Answer::ok(json!({
        "from": from.to_string(),
        "to": to.to_string(),
        "next_page_token": next_page_token,
        "page_size": window.size,
        "total_records": total,
        "analytics_details": shown.into_iter().skip(window.offset).take(window.size).collect::<Vec<_>>(),
    })))
}

/// Every time that somebody watched: as raw rows say, or of those who had registered and stayed away every other one.
fn watched(account: &Account, family: Family, event: &Meeting, instance: &Instance) -> Vec<(DateTime<Utc>, Value)> {
    let mut rows = Vec::new();
    if let Some(held) = event.loaded.held.iter().find(|held| held.uuid == instance.uuid) {
        for raw in &held.viewers {
            let at = raw.get("date_time").and_then(Value::as_str).and_then(loaded::moment).unwrap_or(instance.end);
            let mut row = Map::new();
            overlay(&mut row, raw);
            rows.push((at, Value::Object(row)));
        }
        return rows;
    }
    if event.settings.get("on_demand") != Some(&json!(true)) {
        return rows;
    }
    let came = attendance::of(account, family, event, instance);
    let mut rosters = locked(&account.rosters);
    let away = rosters.of(family, event, account).registrants();
    let away = away.filter(|one| came.iter().all(|visit| visit.registrant.as_deref() != Some(one.id.as_str())));
    for (number, one) in away.step_by(2).enumerate() {
        let at = instance.end + TimeDelta::hours(i64::try_from(number).unwrap_or(0) * 5 + 2);
        let name = format!("{} {}", one.first_name, one.last_name);
        rows.push((at, json!({ "date_time": instant(at), "name": name.trim(), "email": one.email, "duration": 900 })));
    }
    rows
}

/// `GET /meetings/{meetingId}/transcript`.
pub(super) fn transcript(account: &Account, call: &Call) -> Outcome {
    let (_, meeting, instance) = instances::recorded(account, call)?;
    if !was_recorded(&meeting, &instance) {
        return Err(none());
    }
    let is_ready = exist(&meeting, &instance, account.now());
    let mut answer = json!({
        "meeting_id": instance.uuid,
        "account_id": account.user.account_id,
        "meeting_topic": meeting.topic,
        "host_id": account.user.id,
        "transcript_created_time": instant(instance.end),
        "can_download": is_ready,
        "auto_delete": true,
        "auto_delete_date": (instance.end + TimeDelta::days(KEPT_DAYS)).format("%Y-%m-%d").to_string(),
    });
    if let Some(answer) = answer.as_object_mut() {
        if is_ready {
            let name = transcript_name(&instance);
            let url = format!("{MEETING_HOST}/rec/meeting/transcript/download/{name}");
            answer.insert("download_url".to_owned(), json!(url));
        } else {
            answer.insert("download_restriction_reason".to_owned(), json!("NOT_READY"));
        }
    }
    Ok(Answer::ok(answer))
}
