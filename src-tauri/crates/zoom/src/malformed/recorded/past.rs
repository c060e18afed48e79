//! What became of meetings and webinars.

use chrono::{TimeDelta, Utc};
use liaison_sandbox::{Sandbox, ZoomRows};
use serde_json::{Value, json};

use super::Recorder;
use crate::malformed::{list, object};
use crate::past::{InstancesAnswer, ParticipantsAnswer};
use crate::recordings::{RecordingsAnswer, ViewsAnswer};
use crate::registration::RegistrantsAnswer;
use crate::webinars;
use crate::{
    Instance, InstanceRecordings, InstanceSummary, MeetingUuid, Participant, PastMeeting, RecordingView, Registrant,
    WebinarPolls, WebinarQuestions,
};

pub(super) async fn record(recorder: &mut Recorder) {
    meetings(recorder).await;
    recordings(recorder).await;
    of_webinars(recorder).await;
}

/// The rows of a list.
fn rows<'a>(answer: &'a Value, name: &str) -> &'a [Value] {
    answer[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn segment(row: &Value) -> String {
    MeetingUuid::new(row["uuid"].as_str().unwrap()).path_segment()
}

/// The first past meeting with people and a summary.
async fn meetings(recorder: &mut Recorder) {
    let list = recorder.get("/users/me/meetings?type=previous_meetings&page_size=300").await;
    for meeting in rows(&list, "meetings") {
        let instances = recorder.get(&format!("/past_meetings/{}/instances", meeting["id"])).await;
        let Some(uuid) = rows(&instances, "meetings").last().map(segment) else { continue };
        let over = format!("/past_meetings/{uuid}");
        let Ok(past) = recorder.ask(reqwest::Method::GET, &over, None).await else { continue };
        let people = recorder.get(&format!("{over}/participants?page_size=2")).await;
        if past["has_meeting_summary"] != true || rows(&people, "participants").is_empty() {
            continue;
        }
        let summary = recorder.get(&format!("/meetings/{uuid}/meeting_summary")).await;
        recorder.keep("GET /past_meetings/{meetingId}/instances", list!(InstancesAnswer, Instance, instances));
        recorder.keep("GET /past_meetings/{meetingId}", object!(PastMeeting, past));
        recorder.keep("GET /past_meetings/{meetingId}/participants", list!(ParticipantsAnswer, Participant, people));
        recorder.keep("GET /meetings/{meetingId}/meeting_summary", object!(InstanceSummary, summary));
        return;
    }
}

async fn recordings(recorder: &mut Recorder) {
    let today = Utc::now().date_naive();
    let path = format!("/users/me/recordings?from={}&to={today}&page_size=1", today - TimeDelta::days(28));
    let answer = recorder.get(&path).await;
    let uuid = segment(&answer["meetings"][0]);
    recorder.keep("GET /users/{userId}/recordings", list!(RecordingsAnswer, InstanceRecordings, answer));
    let answer = recorder.get(&format!("/meetings/{uuid}/recordings")).await;
    recorder.keep("GET /meetings/{meetingId}/recordings", object!(InstanceRecordings, answer));
}

/// Nobody in the recorded world watches anything, so a webinar that somebody has watched is put beside it.
pub(super) async fn record_viewers(recorder: &mut Recorder, sandbox: &Sandbox) {
    let begun = Utc::now() - TimeDelta::days(2);
    let at = |hours: i64| (begun + TimeDelta::hours(hours)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let rows: ZoomRows = serde_json::from_value(json!({"webinars": [{
        "id": 95_204_914_252_u64, "topic": "Launch", "type": 5, "start_time": at(0), "duration": 60, "timezone": "UTC",
        "settings": {"approval_type": 0, "auto_recording": "cloud", "on_demand": true},
        "instances": [{"uuid": "aaaaBBBBccccDDDDeeee1A==", "start_time": at(0), "end_time": at(1), "viewers": [
            {"date_time": at(4), "name": "Cy Jansen", "email": "cy@globex.example", "duration": 600},
        ]}],
    }]}))
    .unwrap();
    sandbox.zoom().load(&rows).unwrap();
    let (from, to) = (begun.date_naive(), Utc::now().date_naive());
    let path = "/meetings/aaaaBBBBccccDDDDeeee1A==/recordings/analytics_details?type=by_view";
    let answer = recorder.get(&format!("{path}&from={from}&to={to}")).await;
    recorder.keep("GET /meetings/{meetingId}/recordings/analytics_details", list!(ViewsAnswer, RecordingView, answer));
}

/// The first past webinar with people who came, people who did not, questions and polls.
async fn of_webinars(recorder: &mut Recorder) {
    let list = recorder.get("/users/me/webinars?type=scheduled&page_size=300").await;
    for webinar in rows(&list, "webinars") {
        let instances = recorder.get(&format!("/past_webinars/{}/instances", webinar["id"])).await;
        let Some(uuid) = rows(&instances, "webinars").first().map(segment) else { continue };
        let part = |name: &str| format!("/past_webinars/{uuid}/{name}");
        let Ok(absentees) = recorder.ask(reqwest::Method::GET, &part("absentees?page_size=2"), None).await else {
            continue;
        };
        let people = recorder.get(&part("participants?page_size=2")).await;
        if rows(&absentees, "registrants").is_empty() || rows(&people, "participants").is_empty() {
            continue;
        }
        let (questions, polls) = (recorder.get(&part("qa")).await, recorder.get(&part("polls")).await);
        let instances = list!(webinars::InstancesAnswer, Instance, instances);
        recorder.keep("GET /past_webinars/{webinarId}/instances", instances);
        let people = list!(webinars::ParticipantsAnswer, Participant, people);
        recorder.keep("GET /past_webinars/{webinarId}/participants", people);
        let absentees = list!(RegistrantsAnswer, Registrant, absentees);
        recorder.keep("GET /past_webinars/{webinarId}/absentees", absentees);
        recorder.keep("GET /past_webinars/{webinarId}/qa", object!(WebinarQuestions, questions));
        recorder.keep("GET /past_webinars/{webinarId}/polls", object!(WebinarPolls, polls));
        return;
    }
}
