//! Creating, reading, changing and deleting meetings, and what is refused.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::rep::Rep;

/// A time of day some days ahead, in the form that requests use.
fn ahead(days: i64, time: &str) -> String {
    format!("{}T{time}", (Utc::now() + Duration::days(days)).format("%Y-%m-%d"))
}

fn time(value: &Value) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap().to_utc()
}

async fn created(rep: &Rep, body: Value) -> Value {
    let (status, meeting) = rep.post("/users/me/meetings", &body).await;
    assert_eq!(status, 201, "{meeting}");
    meeting
}

fn path(meeting: &Value) -> String {
    format!("/meetings/{}", meeting["id"])
}

#[tokio::test]
async fn a_meeting_is_created_read_changed_and_deleted() {
    let rep = Rep::signed_in().await;
    let meeting = created(
        &rep,
        json!({
            "topic": "Demo", "type": 2, "start_time": ahead(3, "09:00:00"), "duration": 45,
            "timezone": "Asia/Kathmandu", "agenda": "Hello", "password": "a1b2c3",
            "settings": {
                "waiting_room": true, "join_before_host": true,
                "meeting_invitees": [{ "email": "anna@example.com" }],
            },
            "unknown_field": 1,
        }),
    )
    .await;
    assert!(meeting["id"].as_u64().unwrap() > u64::from(u32::MAX));
    assert_eq!(meeting["start_time"], ahead(3, "03:15:00Z"));
    assert_eq!(meeting["password"], "a1b2c3");
    assert_eq!(meeting["status"], "waiting");
    assert_eq!(meeting["settings"]["join_before_host"], false);
    assert_eq!(meeting["settings"]["meeting_invitees"][0]["internal_user"], false);
    let join_url = meeting["join_url"].as_str().unwrap();
    assert!(join_url.contains("?pwd=") && !join_url.contains("a1b2c3"));

    let (status, read) = rep.get(&path(&meeting)).await;
    assert_eq!(status, 200);
    assert_eq!(read["join_url"], meeting["join_url"]);
    assert_ne!(read["start_url"], meeting["start_url"]);

    let change = json!({ "topic": "Demo 2", "settings": { "host_video": true } });
    assert_eq!(rep.patch(&path(&meeting), &change).await, (204, Value::Null));
    let (_, changed) = rep.get(&path(&meeting)).await;
    assert_eq!(changed["topic"], "Demo 2");
    assert_eq!(changed["agenda"], "Hello");
    assert_eq!(changed["settings"]["host_video"], true);
    assert_eq!(changed["settings"]["waiting_room"], true);

    assert_eq!(rep.delete(&path(&meeting)).await, (204, Value::Null));
    let (status, gone) = rep.get(&path(&meeting)).await;
    assert_eq!((status, &gone["code"]), (404, &json!(3001)));
    assert_eq!(gone["message"], format!("Meeting does not exist: {}.", meeting["id"]));
    assert_eq!(rep.delete(&path(&meeting)).await.0, 404);
    assert_eq!(rep.patch(&path(&meeting), &json!({})).await.0, 404);
    for (kind, count) in [("meeting.created", 1), ("meeting.updated", 1), ("meeting.deleted", 1)] {
        assert_eq!(rep.effects(kind).len(), count, "{kind}");
    }
    let journal = serde_json::to_string(&rep.stage.shared().journal.since(0)).unwrap();
    assert!(!journal.contains("a1b2c3"));
}

#[tokio::test]
async fn a_bare_request_makes_a_meeting_for_now_with_a_passcode() {
    let rep = Rep::signed_in().await;
    let meeting = created(&rep, json!({})).await;
    assert_eq!(meeting["topic"], "Zoom Meeting");
    assert_eq!((&meeting["type"], &meeting["duration"]), (&json!(2), &json!(60)));
    assert_eq!(meeting["timezone"], "Europe/Amsterdam");
    assert!(meeting["password"].as_str().unwrap().len() >= 6);
    let without = created(&rep, json!({ "default_password": false })).await;
    assert!(without.get("password").is_none());
    assert!(!without["join_url"].as_str().unwrap().contains("pwd"));
}

#[tokio::test]
async fn a_wrong_field_is_named_and_nothing_is_made() {
    let rep = Rep::signed_in().await;
    let cases = [
        (json!({ "topic": "x".repeat(201) }), "topic"),
        (json!({ "topic": 7 }), "topic"),
        (json!({ "agenda": "x".repeat(2_001) }), "agenda"),
        (json!({ "type": 5 }), "type"),
        (json!({ "type": "2" }), "type"),
        (json!({ "duration": 0 }), "duration"),
        (json!({ "duration": 1.5 }), "duration"),
        (json!({ "timezone": "Amsterdam" }), "timezone"),
        (json!({ "start_time": "25-11-2026 09:00" }), "start_time"),
        (json!({ "start_time": "2026-11-25T09:00:00+01:00" }), "start_time"),
        (json!({ "start_time": "2026-02-30T09:00:00Z" }), "start_time"),
        (json!({ "password": "12345678901" }), "password"),
        (json!({ "password": "pass word" }), "password"),
        (json!({ "password": "12345" }), "password"),
        (json!({ "settings": { "approval_type": 3 } }), "settings.approval_type"),
        (json!({ "settings": { "waiting_room": "true" } }), "settings.waiting_room"),
        (json!({ "settings": { "audio": "radio" } }), "settings.audio"),
        (json!({ "settings": { "meeting_invitees": [{ "email": "anna" }] } }), "settings.meeting_invitees"),
        (json!({ "type": 8 }), "recurrence"),
        (json!({ "type": 8, "recurrence": { "type": 4 } }), "recurrence.type"),
        (json!({ "type": 8, "recurrence": { "type": 1, "repeat_interval": 100 } }), "recurrence.repeat_interval"),
    ];
    for (body, field) in cases {
        let (status, answer) = rep.post("/users/me/meetings", &body).await;
        assert_eq!((status, &answer["code"]), (400, &json!(300)), "{body}");
        assert_eq!(answer["message"], "Validation Failed.");
        assert_eq!(answer["errors"][0]["field"], field, "{body}");
    }
    assert!(rep.effects("meeting.created").is_empty());
    assert_eq!(rep.get("/users/me/meetings").await.1["total_records"], 0);
}

#[tokio::test]
async fn rules_between_fields_have_their_own_codes() {
    let rep = Rep::signed_in().await;
    let cases = [
        (json!({ "type": 1, "schedule_for": "boss@example.com" }), 3000),
        (json!({ "schedule_for": "boss@example.com" }), 300),
        (json!({ "type": 8, "pre_schedule": true, "recurrence": { "type": 1 } }), 3000),
        (json!({ "settings": { "enforce_login_domains": "a.example,b.example" } }), 300),
    ];
    for (body, code) in cases {
        let (status, answer) = rep.post("/users/me/meetings", &body).await;
        assert_eq!((status, &answer["code"]), (400, &json!(code)), "{body}");
        assert!(answer.get("errors").is_none());
    }
}

#[tokio::test]
async fn a_template_of_the_account_sets_what_the_request_does_not_say() {
    let rep = Rep::signed_in().await;
    let quarterly = "q8rWfLk3TzC5mYp7aXnEoQ";
    let meeting =
        created(&rep, json!({ "topic": "Review", "template_id": quarterly, "settings": { "mute_upon_entry": false } }))
            .await;
    let settings = &meeting["settings"];
    assert_eq!((&settings["auto_recording"], &settings["mute_upon_entry"]), (&json!("cloud"), &json!(false)));
    for other in ["dsU27bG0Qd2nO1x4v9kTgA", "none"] {
        let (status, refused) = rep.post("/users/me/meetings", &json!({ "template_id": other })).await;
        assert_eq!((status, &refused["code"]), (400, &json!(300)), "{other}");
    }
}

#[tokio::test]
async fn an_alternative_host_belongs_to_the_account() {
    let rep = Rep::signed_in().await;
    let hosts = |hosts: &str| json!({ "settings": { "alternative_hosts": hosts } });
    let colleague = "mila.jansen@northwind.example.com";
    let meeting = created(&rep, hosts(colleague)).await;
    assert_eq!(meeting["settings"]["alternative_hosts"], colleague);
    let (status, refused) = rep.post("/users/me/meetings", &hosts(&format!("{colleague};ann@looms.example"))).await;
    assert_eq!((status, &refused["code"]), (400, &json!(1114)));
    assert!(refused["message"].as_str().unwrap().contains("ann@looms.example"));
}

#[tokio::test]
async fn a_meeting_that_was_given_to_a_colleague_is_in_no_list_of_its_former_host_and_stays_as_it_is() {
    let rep = Rep::signed_in().await;
    let colleague = "mila.jansen@northwind.example.com";
    let meeting = created(&rep, json!({ "topic": "Demo", "start_time": ahead(3, "10:00:00Z") })).await;
    let own = path(&meeting);
    assert_eq!(rep.patch(&own, &json!({ "schedule_for": colleague })).await, (204, Value::Null));
    assert_eq!(rep.get("/users/me/meetings").await.1["total_records"], 0);
    let (status, refused) = rep.get(&own).await;
    assert_eq!((status, &refused["code"]), (400, &json!(4711)));
    assert!(refused["message"].as_str().unwrap().contains("[meeting:read:meeting:admin]"));
    let (status, refused) = rep.patch(&own, &json!({ "topic": "Mine" })).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3003)));
    assert_eq!(rep.delete(&own).await.1["code"], 3003);

    rep.stage.zoom().share_access(true);
    let (status, theirs) = rep.get(&own).await;
    assert_eq!((status, &theirs["host_email"]), (200, &json!(colleague)));
    assert_ne!(theirs["host_id"], meeting["host_id"]);
    assert_eq!(theirs["assistant_id"], meeting["host_id"]);
    for same in ["id", "uuid", "topic", "start_time", "password", "join_url"] {
        assert_eq!(theirs[same], meeting[same], "{same}");
    }

    let back = json!({ "schedule_for": meeting["host_email"], "topic": "Demo 2" });
    let number = meeting["id"].as_u64().unwrap();
    rep.stage.zoom().edit_meeting(number, back.as_object().unwrap()).unwrap();
    let (_, listed) = rep.get("/users/me/meetings").await;
    assert_eq!((&listed["total_records"], &listed["meetings"][0]["topic"]), (&json!(1), &json!("Demo 2")));
}

#[tokio::test]
async fn who_gave_a_meeting_away_and_is_invited_has_it_among_what_comes_up() {
    let rep = Rep::signed_in().await;
    let (_, me) = rep.get("/users/me").await;
    let soon = (Utc::now() + Duration::hours(3)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let given = |invitees: Value| {
        json!({
            "topic": "Demo", "start_time": soon, "schedule_for": "mila.jansen@northwind.example.com",
            "settings": { "meeting_invitees": invitees },
        })
    };
    let theirs = created(&rep, given(json!([{ "email": me["email"] }]))).await;
    created(&rep, given(json!([]))).await;
    let (_, upcoming) = rep.get("/users/me/upcoming_meetings").await;
    assert_eq!(upcoming["total_records"], 1);
    let row = &upcoming["meetings"][0];
    assert_eq!((&row["id"], &row["is_host"]), (&theirs["id"], &json!(false)));
}

#[tokio::test]
async fn the_body_must_be_a_json_object() {
    let rep = Rep::signed_in().await;
    let url = rep.url("/v2/users/me/meetings");
    for (content_type, body) in [("application/json", "[]"), ("application/json", "{"), ("text/plain", "{}")] {
        let request = rep.http.post(&url).bearer_auth(&rep.access_token);
        let answer = request.header("content-type", content_type).body(body).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{content_type} {body}");
    }
    assert!(rep.effects("meeting.created").is_empty());
}

#[tokio::test]
async fn a_series_has_occurrences_that_are_changed_and_deleted_one_by_one() {
    let rep = Rep::signed_in().await;
    let recurrence = json!({ "type": 1, "repeat_interval": 2, "end_times": 3 });
    let body = json!({
        "type": 8, "start_time": ahead(2, "10:00:00Z"), "duration": 30, "recurrence": recurrence,
        "timezone": "UTC",
    });
    let series = created(&rep, body).await;
    let dates = series["occurrences"].as_array().unwrap();
    assert_eq!(dates.len(), 3);
    assert_eq!(time(&dates[1]["start_time"]) - time(&dates[0]["start_time"]), Duration::days(2));
    let first = dates[0]["occurrence_id"].as_str().unwrap();
    assert_eq!(first, time(&dates[0]["start_time"]).timestamp_millis().to_string());

    let second = format!("{}?occurrence_id={}", path(&series), dates[1]["occurrence_id"].as_str().unwrap());
    let change = json!({ "agenda": "Only here", "duration": 50, "topic": "Ignored" });
    assert_eq!(rep.patch(&second, &change).await.0, 204);
    let (_, one) = rep.get(&second).await;
    assert_eq!((&one["agenda"], &one["duration"]), (&json!("Only here"), &json!(50)));
    assert_ne!(one["topic"], "Ignored");

    assert_eq!(rep.delete(&second).await.0, 204);
    assert_eq!(rep.delete(&second).await.0, 400);
    let (_, whole) = rep.get(&path(&series)).await;
    let statuses: Vec<_> = whole["occurrences"].as_array().unwrap().iter().map(|one| one["status"].clone()).collect();
    assert_eq!(statuses, ["available", "deleted", "available"]);
    let (_, list) = rep.get("/users/me/meetings?type=upcoming").await;
    assert_eq!(list["total_records"], 2);
    assert_eq!(rep.get(&format!("{}?occurrence_id=1", path(&series))).await.0, 400);
    assert_eq!(rep.effects("meeting.occurrence_deleted").len(), 1);
}

#[tokio::test]
async fn previous_occurrences_are_shown_on_request_only() {
    let rep = Rep::signed_in().await;
    let recurrence = json!({ "type": 1, "end_times": 3 });
    let body = json!({
        "type": 8, "start_time": ahead(1, "10:00:00Z"), "timezone": "UTC", "recurrence": recurrence,
    });
    let series = created(&rep, body).await;
    rep.stage.zoom().expire_access_tokens();
    rep.advance(60 * 60 * 24 * 2);
    let mut rep = rep;
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    let count = async |query: &str| {
        let (_, meeting) = rep.get(&format!("{}{query}", path(&series))).await;
        meeting["occurrences"].as_array().unwrap().len()
    };
    assert_eq!(count("?show_previous_occurrences=true").await, 3);
    assert!(count("").await < 3);
}

#[tokio::test]
async fn a_start_in_the_past_is_ignored_by_an_update() {
    let rep = Rep::signed_in().await;
    let meeting = created(&rep, json!({ "start_time": ahead(3, "10:00:00Z") })).await;
    let change = json!({ "start_time": "2020-01-01T10:00:00Z" });
    assert_eq!(rep.patch(&path(&meeting), &change).await.0, 204);
    assert_eq!(rep.get(&path(&meeting)).await.1["start_time"], meeting["start_time"]);
    assert!(rep.effects("meeting.updated").is_empty());
    let change = json!({ "start_time": ahead(4, "10:00:00Z") });
    assert_eq!(rep.patch(&path(&meeting), &change).await.0, 204);
    assert_eq!(rep.get(&path(&meeting)).await.1["start_time"], change["start_time"]);
    assert_eq!(rep.effects("meeting.updated")[0].detail["fields"], json!(["start_time"]));
}

#[tokio::test]
async fn a_start_url_dies_after_two_hours_and_a_fresh_one_works() {
    let rep = Rep::signed_in().await;
    let meeting = created(&rep, json!({ "start_time": ahead(1, "10:00:00Z") })).await;
    let open = async |url: &Value| {
        let (_, path) = url.as_str().unwrap().split_once(".zoom.us").unwrap();
        rep.http.get(rep.url(path)).send().await.unwrap().status().as_u16()
    };
    assert_eq!(open(&meeting["start_url"]).await, 200);
    assert_eq!(open(&meeting["join_url"]).await, 200);
    rep.advance(2 * 60 * 60);
    assert_eq!(open(&meeting["start_url"]).await, 403);
    assert_eq!(open(&meeting["join_url"]).await, 200);
}

#[tokio::test]
async fn ending_and_recovering() {
    let rep = Rep::signed_in().await;
    let meeting = created(&rep, json!({ "start_time": ahead(1, "10:00:00Z") })).await;
    let status = format!("{}/status", path(&meeting));
    assert_eq!(rep.put(&status, &json!({ "action": "end" })).await.0, 400);
    assert_eq!(rep.put(&status, &json!({ "action": "start" })).await.0, 400);
    assert_eq!(rep.put("/meetings/99999999999/status", &json!({ "action": "end" })).await.0, 404);
    rep.delete(&path(&meeting)).await;
    assert_eq!(rep.put(&status, &json!({ "action": "recover" })).await.0, 204);
    assert_eq!(rep.get(&path(&meeting)).await.0, 200);
    assert_eq!(rep.effects("meeting.recovered").len(), 1);
}

#[tokio::test]
async fn the_personal_meeting_cannot_be_deleted_and_ids_must_be_numbers() {
    let rep = Rep::signed_in().await;
    let (_, me) = rep.get("/users/me").await;
    let (status, body) = rep.delete(&format!("/meetings/{}", me["pmi"])).await;
    assert_eq!((status, &body["code"]), (400, &json!(3018)));
    assert_eq!(rep.get("/meetings/abc").await.0, 400);
    assert_eq!(rep.get("/meetings/99999999999999999999").await.0, 400);
    assert_eq!(rep.get("/meetings/12345").await.0, 404);
}

#[tokio::test]
async fn the_invitation_says_what_a_guest_needs() {
    let rep = Rep::signed_in().await;
    let body = json!({ "topic": "Demo", "start_time": ahead(1, "10:00:00Z"), "password": "Geheim1" });
    let meeting = created(&rep, body).await;
    let (status, answer) = rep.get(&format!("{}/invitation", path(&meeting))).await;
    assert_eq!(status, 200);
    let text = answer["invitation"].as_str().unwrap();
    for needed in ["Topic: Demo\r\n", "Passcode: Geheim1\r\n", meeting["join_url"].as_str().unwrap()] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
}

#[tokio::test]
async fn a_number_dies_thirty_days_after_its_meeting() {
    let mut rep = Rep::signed_in().await;
    let meeting = created(&rep, json!({ "start_time": ahead(1, "10:00:00Z") })).await;
    rep.advance(60 * 60 * 24 * 33);
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    assert_eq!(rep.get(&path(&meeting)).await.1["code"], 3001);
}
