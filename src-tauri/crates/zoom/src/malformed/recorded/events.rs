//! Meetings and webinars to come, and who registers for them.

use chrono::{TimeDelta, Utc};
use reqwest::Method;
use serde_json::{Value, json};

use super::Recorder;
use crate::malformed::{list, object};
use crate::meetings::MeetingsAnswer;
use crate::registration::{BatchAnswer, RegistrantsAnswer};
use crate::templates::{Template, TemplatesAnswer};
use crate::webinars::{PanelistsAnswer, TrackingAnswer, WebinarsAnswer};
use crate::{
    Invitation, Meeting, MeetingSummary, Panelist, Registrant, Registration, RegistrationQuestions, TrackingSource,
    UpcomingMeeting, Webinar, WebinarSummary,
};

/// The operations of registration for one kind of event.
struct Names {
    questions: &'static str,
    add: &'static str,
    batch: &'static str,
    list: &'static str,
    get: &'static str,
}

const OF_MEETINGS: Names = Names {
    questions: "GET /meetings/{meetingId}/registrants/questions",
    add: "POST /meetings/{meetingId}/registrants",
    batch: "POST /meetings/{meetingId}/batch_registrants",
    list: "GET /meetings/{meetingId}/registrants",
    get: "GET /meetings/{meetingId}/registrants/{registrantId}",
};

const OF_WEBINARS: Names = Names {
    questions: "GET /webinars/{webinarId}/registrants/questions",
    add: "POST /webinars/{webinarId}/registrants",
    batch: "POST /webinars/{webinarId}/batch_registrants",
    list: "GET /webinars/{webinarId}/registrants",
    get: "GET /webinars/{webinarId}/registrants/{registrantId}",
};

pub(super) async fn record(recorder: &mut Recorder) {
    meetings(recorder).await;
    webinars(recorder).await;
    for (operation, path) in [
        ("GET /users/{userId}/meeting_templates", "/users/me/meeting_templates"),
        ("GET /users/{userId}/webinar_templates", "/users/me/webinar_templates"),
    ] {
        let answer = recorder.get(path).await;
        recorder.keep(operation, list!(TemplatesAnswer, Template, answer));
    }
}

/// An event in three hours, for which people register.
fn open(kind: u8) -> Value {
    let start = (Utc::now() + TimeDelta::hours(3)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    json!({"topic": "Open day", "type": kind, "start_time": start, "duration": 45, "timezone": "Europe/Amsterdam",
        "agenda": "Doors", "password": "a1b2c3", "settings": {"approval_type": 0}})
}

/// The same on two days.
fn series(kind: u8) -> Value {
    let mut series = open(kind);
    series["recurrence"] = json!({"type": 1, "repeat_interval": 1, "end_times": 2});
    series
}

async fn meetings(recorder: &mut Recorder) {
    let mut daily = series(8);
    daily["settings"]["meeting_invitees"] = json!([{"email": "guest@example.org"}]);
    let answer = recorder.post("/users/me/meetings", &daily).await;
    let path = format!("/meetings/{}", answer["id"]);
    recorder.keep("POST /users/{userId}/meetings", object!(Meeting, answer));
    let answer = recorder.get(&path).await;
    recorder.keep("GET /meetings/{meetingId}", object!(Meeting, answer));
    let answer = recorder.get(&format!("{path}/invitation")).await;
    recorder.keep("GET /meetings/{meetingId}/invitation", object!(Invitation, answer));

    let made = recorder.post("/users/me/meetings", &open(2)).await;
    registration(recorder, &OF_MEETINGS, &format!("/meetings/{}", made["id"])).await;
    let answer = recorder.get("/users/me/meetings?type=scheduled&page_size=2").await;
    recorder.keep("GET /users/{userId}/meetings", list!(MeetingsAnswer, MeetingSummary, answer));
    let answer = recorder.get("/users/me/upcoming_meetings").await;
    recorder.keep("GET /users/{userId}/upcoming_meetings", list!(MeetingsAnswer, UpcomingMeeting, answer));
}

async fn webinars(recorder: &mut Recorder) {
    let answer = recorder.post("/users/me/webinars", &series(9)).await;
    let path = format!("/webinars/{}", answer["id"]);
    recorder.keep("POST /users/{userId}/webinars", object!(Webinar, answer));
    let answer = recorder.get(&path).await;
    recorder.keep("GET /webinars/{webinarId}", object!(Webinar, answer));

    let made = recorder.post("/users/me/webinars", &open(5)).await;
    let path = format!("/webinars/{}", made["id"]);
    registration(recorder, &OF_WEBINARS, &path).await;
    let panel = json!({"panelists": [{"name": "Eva", "email": "eva@example.org"}]});
    recorder.post(&format!("{path}/panelists"), &panel).await;
    let answer = recorder.get(&format!("{path}/panelists")).await;
    recorder.keep("GET /webinars/{webinarId}/panelists", list!(PanelistsAnswer, Panelist, answer));
    let answer = recorder.get(&format!("{path}/tracking_sources")).await;
    recorder.keep("GET /webinars/{webinarId}/tracking_sources", list!(TrackingAnswer, TrackingSource, answer));
    let answer = recorder.get("/users/me/webinars?page_size=2").await;
    recorder.keep("GET /users/{userId}/webinars", list!(WebinarsAnswer, WebinarSummary, answer));
}

async fn registration(recorder: &mut Recorder, names: &Names, path: &str) {
    let kind = if path.starts_with("/meetings") { "single" } else { "single_radio" };
    let asked = json!({"questions": [{"field_name": "org", "required": true}], "custom_questions": [
        {"title": "Which?", "type": kind, "required": false, "answers": ["A", "B"]}]});
    let questions = format!("{path}/registrants/questions");
    recorder.ask(Method::PATCH, &questions, Some(&asked)).await.unwrap();
    let answer = recorder.get(&questions).await;
    recorder.keep(names.questions, object!(RegistrationQuestions, answer));

    let anna = json!({"email": "anna@example.org", "first_name": "Anna", "org": "Adatum",
        "custom_questions": [{"title": "Which?", "value": "A"}]});
    let answer = recorder.post(&format!("{path}/registrants"), &anna).await;
    let one = format!("{path}/registrants/{}", answer["registrant_id"].as_str().unwrap());
    recorder.keep(names.add, object!(Registration, answer));
    let answer = recorder.get(&one).await;
    recorder.keep(names.get, object!(Registrant, answer));
    let answer = recorder.get(&format!("{path}/registrants?page_size=2")).await;
    recorder.keep(names.list, list!(RegistrantsAnswer, Registrant, answer));
    let people = json!({"registrants": [{"email": "bo@example.org", "first_name": "Bo"}]});
    let answer = recorder.post(&format!("{path}/batch_registrants"), &people).await;
    recorder.keep(names.batch, object!(BatchAnswer, answer));
}
