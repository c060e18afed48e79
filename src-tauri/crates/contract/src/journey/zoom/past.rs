//! What is over: past meetings, who was there, recordings, summaries; and templates.

use chrono::{TimeDelta, Utc};
use liaison_zoom::{ListType, MeetingList, MeetingType, PastInstance, RecordingDays, Zoom};

use crate::journey::Journey;

const LIST: &str = "GET /users/{userId}/meetings";
const PAST: &str = "GET /past_meetings/{meetingId}";
const SUMMARY: &str = "GET /meetings/{meetingId}/meeting_summary";
const RECORDINGS: &str = "GET /meetings/{meetingId}/recordings";
const VIEWS: &str = "GET /meetings/{meetingId}/recordings/analytics_details";

/// How many of the past meetings are looked at: enough for one with a slash in its identifier.
const LOOKED_AT: usize = 12;
/// How many dates of series are looked at besides.
const OF_SERIES: usize = 2;

pub async fn travel(journey: &mut Journey, zoom: &Zoom) {
    meetings(journey, zoom).await;
    recordings(journey, zoom).await;
    journey.step("GET /users/{userId}/meeting_templates", zoom.templates().of_meetings()).await;
    journey.step("GET /users/{userId}/webinar_templates", zoom.templates().of_webinars()).await;
}

async fn meetings(journey: &mut Journey, zoom: &Zoom) {
    let past = zoom.past_meetings();
    let list = MeetingList::of(ListType::PreviousMeetings);
    let Some(page) = journey.step(LIST, zoom.meetings().list(&list, None)).await else { return };
    if page.items.is_empty() {
        journey.lacks(PAST, "a meeting of the past");
    }
    let mut summarised = false;
    let (series, single): (Vec<_>, Vec<_>) =
        page.items.iter().partition(|meeting| meeting.meeting_type == Some(MeetingType::RecurringFixedTime));
    if series.is_empty() {
        journey.lacks("GET /past_meetings/{meetingId}/instances", "a series of the past");
    }
    for meeting in series.into_iter().take(OF_SERIES).chain(single.into_iter().take(LOOKED_AT)) {
        let instances = journey.step("GET /past_meetings/{meetingId}/instances", past.instances(meeting.id)).await;
        // Without one it never began, or its data has not arrived yet.
        let Some(uuid) = instances.and_then(|mut page| page.items.pop()).map(|instance| instance.uuid) else {
            continue;
        };
        let instance = PastInstance::from(uuid.clone());
        let Some(over) = journey.step(PAST, past.get(&instance)).await else { continue };
        journey.step("GET /past_meetings/{meetingId}/participants", past.participants(&instance, None)).await;
        if over.has_meeting_summary == Some(true) {
            summarised |= journey.step(SUMMARY, past.summary(&uuid)).await.is_some();
        }
    }
    if !summarised {
        journey.lacks(SUMMARY, "a past meeting with a summary");
    }
}

async fn recordings(journey: &mut Journey, zoom: &Zoom) {
    let today = Utc::now().date_naive();
    let days = RecordingDays { from: Some(today - TimeDelta::days(28)), to: Some(today) };
    let recordings = zoom.recordings();
    let Some(page) = journey.step("GET /users/{userId}/recordings", recordings.list(days, None)).await else { return };
    match page.items.first() {
        Some(first) => {
            let instance = PastInstance::from(first.uuid.clone());
            journey.step(RECORDINGS, recordings.of_instance(&instance)).await;
            journey.step(VIEWS, recordings.views(&instance, days, None)).await;
        }
        None => journey.lacks(RECORDINGS, "a recording of the last four weeks"),
    }
}
