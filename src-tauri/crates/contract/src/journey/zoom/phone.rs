//! The telephone: who the rep is there, calls and their sync, recordings, voicemails, summaries.

use chrono::{TimeDelta, Utc};
use liaison_zoom::{CallHistoryFilter, CallLeg, CallLogKind, CallSync, CallWindow, Phone, VoicemailFilter, Zoom};

use crate::journey::Journey;

const HISTORY: &str = "GET /phone/users/{userId}/call_history";
const SYNC: &str = "GET /phone/users/{userId}/call_history/sync";
const SUMMARY: &str = "GET /phone/user/{userId}/ai_call_summary/{aiCallSummaryId}";
const OF_CALL: &str = "GET /phone/call_element/{callElementId}/recording";
const VOICEMAIL: &str = "GET /phone/voice_mails/{voicemailId}";
const VOICEMAIL_OF_CALL: &str = "GET /phone/call_element/{callElementId}/voice_mail";

pub async fn travel(journey: &mut Journey, zoom: &Zoom) {
    let phone = zoom.phone();
    let user = journey.step("GET /phone/users/{userId}", phone.user()).await;
    if user.is_some_and(|user| user.is_none()) {
        journey.lacks("GET /phone/users/{userId}", "a rep with a telephone");
    }
    let mut legs = history(journey, &phone).await;
    legs.extend(sync(journey, &phone).await);
    for kind in [CallLogKind::All, CallLogKind::Missed] {
        journey.step("GET /phone/users/{userId}/call_logs", phone.call_logs(window(), &kind, None)).await;
    }
    match legs.iter().find_map(|leg| leg.ai_call_summary_id.as_deref()) {
        Some(id) => drop(journey.step(SUMMARY, phone.ai_summary(id)).await),
        None => journey.lacks(SUMMARY, "a call with a summary"),
    }
    recordings(journey, &phone).await;
    voicemails(journey, &phone).await;
}

/// The last two weeks.
fn window() -> Option<CallWindow> {
    let now = Utc::now();
    CallWindow::new(now - TimeDelta::days(14), now).ok()
}

async fn history(journey: &mut Journey, phone: &Phone) -> Vec<CallLeg> {
    let paged = CallHistoryFilter { window: window(), page_size: 10, ..CallHistoryFilter::default() };
    let Some(first) = journey.step(HISTORY, phone.history(&paged, None)).await else { return Vec::new() };
    match first.next_page_token.as_deref() {
        Some(token) => drop(journey.step(HISTORY, phone.history(&paged, Some(token))).await),
        None => journey.lacks(HISTORY, "a second page of ten calls"),
    }
    let whole = CallHistoryFilter { window: window(), ..CallHistoryFilter::default() };
    journey.step(HISTORY, phone.history(&whole, None)).await.map_or_else(Vec::new, |page| page.items)
}

async fn sync(journey: &mut Journey, phone: &Phone) -> Vec<CallLeg> {
    let Some(first) = journey.step(SYNC, phone.sync(&CallSync::Full)).await else { return Vec::new() };
    match first.token {
        Some(token) => {
            journey.step(SYNC, phone.sync(&CallSync::Older(token.clone()))).await;
            journey.step(SYNC, phone.sync(&CallSync::Newer(token))).await;
        }
        None => journey.lacks(SYNC, "a token to go on with"),
    }
    first.legs
}

async fn recordings(journey: &mut Journey, phone: &Phone) {
    let list = phone.recordings(window(), None);
    let Some(page) = journey.step("GET /phone/users/{userId}/recordings", list).await else { return };
    match page.items.iter().find_map(|recording| recording.call_element_id.as_deref()) {
        Some(id) => drop(journey.step(OF_CALL, phone.recording_of(id)).await),
        None => journey.lacks(OF_CALL, "a recorded call"),
    }
}

async fn voicemails(journey: &mut Journey, phone: &Phone) {
    let filter = VoicemailFilter { window: window(), ..VoicemailFilter::default() };
    let list = phone.voicemails(&filter, None);
    let Some(page) = journey.step("GET /phone/users/{userId}/voice_mails", list).await else { return };
    let Some(first) = page.items.first() else { return journey.lacks(VOICEMAIL, "a voicemail") };
    journey.step(VOICEMAIL, phone.voicemail(&first.id)).await;
    let mark = "PATCH /phone/voice_mails/{voicemailId}";
    for read in [true, false] {
        journey.step(mark, phone.mark_voicemail(&first.id, read)).await;
    }
    match page.items.iter().find_map(|voicemail| voicemail.call_element_id.as_deref()) {
        Some(id) => drop(journey.step(VOICEMAIL_OF_CALL, phone.voicemail_of(id)).await),
        None => journey.lacks(VOICEMAIL_OF_CALL, "a call with a voicemail"),
    }
}
