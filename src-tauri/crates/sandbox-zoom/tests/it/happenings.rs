//! What the event stream tells while a rep works and time goes on.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::events::{Socket, app_token, connect, event, next};
use super::rep::Rep;

struct Heard {
    rep: Rep,
    socket: Socket,
}

impl Heard {
    /// Somebody without meetings who listens.
    async fn start() -> Self {
        let rep = Rep::signed_in().await;
        let mut socket = connect(&rep, &app_token(&rep).await).await;
        next(&mut socket).await.unwrap();
        Self { rep, socket }
    }

    async fn next(&mut self) -> Value {
        event(&next(&mut self.socket).await.unwrap())
    }

    /// All events up to the first of this name.
    async fn until(&mut self, name: &str) -> Vec<Value> {
        let mut events = Vec::new();
        loop {
            events.push(self.next().await);
            if events.last().unwrap()["event"] == name {
                return events;
            }
        }
    }
}

fn in_minutes(minutes: i64) -> String {
    (Utc::now() + Duration::minutes(minutes)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn time(value: &Value) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap().to_utc()
}

fn names(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["event"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_meeting_begins_fills_and_ends_and_leaves_something_behind() {
    let mut heard = Heard::start().await;
    let body = json!({
        "start_time": in_minutes(30), "duration": 20,
        "settings": {
            "auto_recording": "cloud", "auto_start_meeting_summary": true,
            "meeting_invitees": [{ "email": "anna@example.com" }],
        },
    });
    let (_, meeting) = heard.rep.post("/users/me/meetings", &body).await;
    assert_eq!(heard.next().await["event"], "meeting.created");
    let path = format!("/meetings/{}", meeting["id"]);
    assert_eq!(heard.rep.get(&path).await.1["status"], "waiting");

    heard.rep.advance(31 * 60);
    let begun = heard.until("meeting.participant_joined").await;
    assert_eq!(names(&begun), ["meeting.started", "meeting.participant_joined"]);
    let (started, joined) = (&begun[0]["payload"]["object"], &begun[1]["payload"]["object"]);
    assert_eq!(started["id"], meeting["id"].to_string());
    assert_eq!((&started["uuid"], &started["start_time"]), (&meeting["uuid"], &meeting["start_time"]));
    assert_eq!(begun[0]["event_ts"], time(&meeting["start_time"]).timestamp_millis());
    assert_eq!(joined["participant"]["id"], started["host_id"]);
    assert_eq!(heard.rep.get(&path).await.1["status"], "started");
    let (_, live) = heard.rep.get("/users/me/meetings?type=live").await;
    assert_eq!(live["meetings"][0]["id"], meeting["id"]);

    heard.rep.advance(60 * 60);
    let rest = heard.until("recording.transcript_completed").await;
    let ended = rest.iter().find(|event| event["event"] == "meeting.ended").unwrap();
    assert_eq!(time(&ended["payload"]["object"]["end_time"]), time(&meeting["start_time"]) + Duration::minutes(20));
    let stays = |what: &str| rest.iter().filter(|event| event["event"] == what).count();
    // The host's own coming has been told already.
    assert_eq!(stays("meeting.participant_left"), stays("meeting.participant_joined") + 1);
    let order: Vec<&str> = names(&rest).into_iter().filter(|name| !name.contains("participant")).collect();
    assert_eq!(
        order,
        ["meeting.ended", "meeting.summary_completed", "recording.completed", "recording.transcript_completed"]
    );
    let recording = rest.iter().find(|event| event["event"] == "recording.completed").unwrap();
    let file = &recording["payload"]["object"]["recording_files"][0];
    let link = url::Url::parse(file["download_url"].as_str().unwrap()).unwrap();
    let token = recording["download_token"].as_str().unwrap();
    let fetched = heard.rep.http.get(heard.rep.url(link.path())).bearer_auth(token).send().await.unwrap();
    assert_eq!(fetched.status(), 200);
    heard.rep.access_token = heard.rep.stage.zoom().issue_tokens().access_token;
    assert_eq!(heard.rep.get(&path).await.1["status"], "waiting");
}

#[tokio::test]
async fn a_webinar_that_the_host_ends_is_over_at_once() {
    let mut heard = Heard::start().await;
    let body = json!({ "start_time": in_minutes(30), "duration": 60 });
    let (_, webinar) = heard.rep.post("/users/me/webinars", &body).await;
    assert_eq!(heard.next().await["payload"]["object"]["creation_source"], "open_api");
    heard.rep.advance(40 * 60);
    assert_eq!(heard.next().await["event"], "webinar.started");
    let path = format!("/webinars/{}/status", webinar["id"]);
    assert_eq!(heard.rep.put(&path, &json!({ "action": "end" })).await.0, 204);
    let ended = heard.until("webinar.ended").await.pop().unwrap();
    let object = &ended["payload"]["object"];
    assert_eq!((&object["id"], &object["practice_session"]), (&json!(webinar["id"].to_string()), &json!(false)));
    assert!(time(&object["end_time"]) < time(&webinar["start_time"]) + Duration::minutes(15));
}

#[tokio::test]
async fn what_nobody_starts_does_not_begin_and_the_past_is_not_repeated() {
    let mut heard = Heard::start().await;
    heard.rep.post("/users/me/meetings", &json!({ "topic": "For now" })).await;
    let body = json!({ "topic": "Soon", "start_time": in_minutes(5), "duration": 10 });
    heard.rep.post("/users/me/meetings", &body).await;
    heard.rep.advance(3 * 60 * 60);
    let events = heard.until("meeting.ended").await;
    assert!(events.iter().filter(|event| event["event"] == "meeting.started").count() == 1);
    assert_eq!(events.last().unwrap()["payload"]["object"]["topic"], "Soon");
    let mut later = connect(&heard.rep, &app_token(&heard.rep).await).await;
    next(&mut later).await.unwrap();
    heard.rep.stage.zoom().publish("user.updated", &json!({ "object": { "id": "x" } }));
    assert_eq!(event(&next(&mut later).await.unwrap())["event"], "user.updated");
}

#[tokio::test]
async fn a_change_tells_what_differs_and_what_it_was() {
    let mut heard = Heard::start().await;
    let body = json!({ "topic": "Before", "start_time": in_minutes(60), "duration": 30 });
    let (_, meeting) = heard.rep.post("/users/me/meetings", &body).await;
    let path = format!("/meetings/{}", meeting["id"]);
    let change = json!({ "topic": "After", "duration": 30, "settings": { "audio": "voip", "waiting_room": true } });
    assert_eq!(heard.rep.patch(&path, &change).await.0, 204);
    let (created, updated) = (heard.next().await, heard.next().await);
    let host = &created["payload"]["object"]["host_id"];
    assert_eq!(updated["event"], "meeting.updated");
    assert_eq!((&updated["payload"]["operator_id"], &updated["payload"]["scope"]), (host, &json!("single")));
    let id = &meeting["id"];
    assert_eq!(updated["payload"]["object"], json!({ "id": id, "topic": "After", "settings": { "audio": "voip" } }));
    assert_eq!(
        updated["payload"]["old_object"],
        json!({ "id": id, "topic": "Before", "settings": { "audio": "both" } })
    );
}

#[tokio::test]
async fn a_series_loses_one_date_all_dates_and_comes_back() {
    let mut heard = Heard::start().await;
    let rule = json!({ "type": 1, "repeat_interval": 1, "end_times": 3 });
    let body = json!({ "type": 8, "start_time": in_minutes(60), "duration": 15, "recurrence": rule });
    let (_, series) = heard.rep.post("/users/me/meetings", &body).await;
    assert_eq!(heard.next().await["payload"]["operation"], "all");
    let path = format!("/meetings/{}", series["id"]);
    let date = &series["occurrences"][1]["occurrence_id"];
    heard.rep.delete(&format!("{path}?occurrence_id={}", date.as_str().unwrap())).await;
    let one = heard.next().await;
    assert_eq!((&one["event"], &one["payload"]["operation"]), (&json!("meeting.deleted"), &json!("single")));
    assert_eq!(one["payload"]["object"]["occurrences"].as_array().unwrap().len(), 1);
    assert_eq!(&one["payload"]["object"]["occurrences"][0]["occurrence_id"], date);
    heard.rep.delete(&path).await;
    assert_eq!(heard.next().await["payload"]["operation"], "all");
    heard.rep.put(&format!("{path}/status"), &json!({ "action": "recover" })).await;
    let back = heard.next().await;
    assert_eq!((&back["event"], &back["payload"]["object"]["id"]), (&json!("meeting.recovered"), &series["id"]));
}

#[tokio::test]
async fn a_registration_is_told_with_its_answers_and_later_with_little() {
    let mut heard = Heard::start().await;
    let body = json!({ "start_time": in_minutes(60), "settings": { "approval_type": 1 } });
    let (_, webinar) = heard.rep.post("/users/me/webinars", &body).await;
    heard.next().await;
    let path = format!("/webinars/{}/registrants", webinar["id"]);
    let form = json!({
        "first_name": "Anna", "email": "anna@example.com", "org": "Example", "source_id": "5516482804110",
    });
    let (_, added) = heard.rep.post(&path, &form).await;
    let created = heard.next().await;
    assert_eq!(created["event"], "webinar.registration_created");
    let registrant = &created["payload"]["object"]["registrant"];
    assert_eq!((&registrant["status"], &registrant["org"]), (&json!("pending"), &json!("Example")));
    assert_eq!(registrant["tracking_source"]["source_name"], "Newsletter");
    assert!(registrant.get("join_url").is_none() && registrant.get("create_time").is_none());
    let decision = json!({ "action": "approve", "registrants": [{ "id": added["registrant_id"] }] });
    heard.rep.put(&format!("{path}/status"), &decision).await;
    let approved = heard.next().await;
    assert_eq!(approved["event"], "webinar.registration_approved");
    let registrant = &approved["payload"]["object"]["registrant"];
    assert!(registrant["join_url"].is_string() && registrant.get("org").is_none());
}
