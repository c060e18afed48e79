//! Raw rows and what the host does in Zoom's own window.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_zoom::ZoomRows;
use reqwest::Method;
use serde_json::{Value, json};

use super::rep::{Answered, Rep, answered};

const ID: u64 = 82_440_633_900;

fn at(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn now(rep: &Rep) -> DateTime<Utc> {
    rep.stage.shared().clock.now()
}

fn load(rep: &Rep, rows: Value) {
    let rows: ZoomRows = serde_json::from_value(rows).unwrap();
    rep.stage.zoom().load(&rows).unwrap();
}

async fn control(rep: &Rep, method: Method, path: &str, body: &Value) -> Answered {
    let request = rep.http.request(method, format!("{}{path}", rep.stage.urls().control));
    answered(request.json(body).send().await.unwrap()).await
}

/// A meeting in two hours, as Zoom answers it.
fn meeting(rep: &Rep) -> Value {
    json!({
        "id": ID, "uuid": "4444AAAiAAAAAiAiAiiAii==", "topic": "Rollout", "type": 2, "duration": 45,
        "start_time": at(now(rep) + TimeDelta::hours(2)), "timezone": "Europe/Amsterdam",
        "join_url": "https://example.zoom.us/j/82440633900?pwd=abc", "password": "s3cret", "agenda": "One",
        "field_of_tomorrow": [1], "chat_join_url": null,
        "settings": { "waiting_room": true, "join_before_host": true, "meeting_invitees": [{ "email": "a@example.com" }] },
    })
}

#[tokio::test]
async fn a_loaded_meeting_is_answered_as_it_was_given() {
    let rep = Rep::signed_in().await;
    let row = meeting(&rep);
    load(&rep, json!({ "meetings": [row] }));
    let (status, shown) = rep.get(&format!("/meetings/{ID}")).await;
    assert_eq!(status, 200);
    for (name, value) in row.as_object().unwrap().iter().filter(|(name, _)| *name != "settings") {
        assert_eq!(shown.get(name).unwrap_or(&Value::Null), value, "{name}");
    }
    assert!(shown.get("chat_join_url").is_none());
    // Zoom would never say both of these; a row may.
    assert_eq!(
        (&shown["settings"]["waiting_room"], &shown["settings"]["join_before_host"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(shown["settings"]["meeting_invitees"], json!([{ "email": "a@example.com" }]));
    let (_, list) = rep.get("/users/me/meetings").await;
    assert_eq!((&list["meetings"][0]["id"], &list["meetings"][0]["join_url"]), (&json!(ID), &row["join_url"]));
    let (_, upcoming) = rep.get("/users/me/upcoming_meetings").await;
    assert_eq!((&upcoming["meetings"][0]["passcode"], &upcoming["total_records"]), (&json!("s3cret"), &json!(1)));
    assert!(rep.stage.shared().journal.since(0).iter().all(|effect| !effect.kind.starts_with("meeting")));
}

#[tokio::test]
async fn what_the_client_changes_is_answered_as_changed() {
    let rep = Rep::signed_in().await;
    load(&rep, json!({ "meetings": [meeting(&rep)] }));
    let change = json!({ "topic": "Later", "password": "n3wpass", "settings": { "waiting_room": false } });
    assert_eq!(rep.patch(&format!("/meetings/{ID}"), &change).await.0, 204);
    let (_, shown) = rep.get(&format!("/meetings/{ID}")).await;
    assert_eq!(
        (&shown["topic"], &shown["password"], &shown["agenda"]),
        (&json!("Later"), &json!("n3wpass"), &json!("One"))
    );
    assert_ne!(shown["join_url"], meeting(&rep)["join_url"]);
    assert_eq!(shown["settings"]["waiting_room"], false);
    assert_eq!(rep.effects("meeting.updated").len(), 1);
}

#[tokio::test]
async fn the_host_changes_details_in_zooms_own_window() {
    let rep = Rep::signed_in().await;
    load(&rep, json!({ "meetings": [meeting(&rep)] }));
    let change = json!({
        "password": "n3wpass", "agenda": "Two",
        "settings": { "waiting_room": false, "meeting_invitees": [{ "email": "b@example.com" }] },
    });
    let path = format!("/zoom/meetings/{ID}");
    assert_eq!(control(&rep, Method::PATCH, &path, &change).await.0, 204);
    let (_, shown) = rep.get(&format!("/meetings/{ID}")).await;
    assert_eq!((&shown["password"], &shown["agenda"]), (&json!("n3wpass"), &json!("Two")));
    assert_eq!(shown["settings"]["waiting_room"], false);
    assert_eq!(shown["settings"]["meeting_invitees"][0]["email"], "b@example.com");
    assert_eq!((rep.effects("meeting.updated").len(), rep.effects("meeting.updated_in_zoom").len()), (0, 1));
    let (status, refused) = control(&rep, Method::PATCH, &path, &json!({ "password": "!" })).await;
    assert_eq!((status, refused["error"].as_str().unwrap().contains("password")), (400, true));
    let (_, added) = control(&rep, Method::POST, "/zoom/meetings", &json!({ "topic": "By hand" })).await;
    assert_eq!(rep.get(&format!("/meetings/{}", added["id"])).await.1["topic"], "By hand");
    assert_eq!(control(&rep, Method::DELETE, &path, &Value::Null).await.0, 204);
    assert_eq!(rep.get(&format!("/meetings/{ID}")).await.1["code"], 3001);
}

#[tokio::test]
async fn a_meeting_on_the_personal_number_has_its_own_id_and_the_personal_link() {
    let rep = Rep::signed_in().await;
    load(&rep, json!({ "user": { "pmi": 9_898_504_810_u64 }, "next_meeting_ids": [ID] }));
    assert_eq!(rep.get("/users/me").await.1["pmi"], 9_898_504_810_u64);
    let (status, made) =
        rep.post("/users/me/meetings", &json!({ "topic": "Mine", "settings": { "use_pmi": true } })).await;
    assert_eq!((status, &made["id"], &made["pmi"]), (201, &json!(ID), &json!("9898504810")));
    assert!(made["join_url"].as_str().unwrap().contains("/j/9898504810?"), "{}", made["join_url"]);
    assert_eq!(rep.get("/meetings/9898504810").await.1["type"], 4);
    let (_, next) = rep.post("/users/me/meetings", &json!({ "topic": "Other" })).await;
    assert_ne!(next["id"], json!(ID));
}

#[tokio::test]
async fn an_invited_daily_series_is_two_rows_with_one_number() {
    let rep = Rep::signed_in().await;
    let start = now(&rep) - TimeDelta::minutes(10);
    let row = |start: DateTime<Utc>| {
        json!({ "id": 91_234_567_890_u64, "topic": "Stand-up", "type": 8, "start_time": at(start), "duration": 15,
                "join_url": "https://other.zoom.us/j/91234567890", "passcode": "x1" })
    };
    load(
        &rep,
        json!({ "invitations": [row(start), row(start + TimeDelta::hours(23)), row(start + TimeDelta::hours(47))] }),
    );
    let (_, upcoming) = rep.get("/users/me/upcoming_meetings").await;
    let rows = upcoming["meetings"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["id"] == 91_234_567_890_u64 && row["is_host"] == false));
    assert!(rows.iter().all(|row| row.get("occurrence_id").is_none()));
    assert_eq!(rep.get("/meetings/91234567890").await.1["code"], 3001);
    // Changed by the other host between two looks.
    let mut moved = row(start + TimeDelta::hours(1));
    moved["passcode"] = json!("x2");
    load(&rep, json!({ "invitations": [moved] }));
    let (_, upcoming) = rep.get("/users/me/upcoming_meetings").await;
    assert_eq!((&upcoming["total_records"], &upcoming["meetings"][0]["passcode"]), (&json!(1), &json!("x2")));
}

#[tokio::test]
async fn webinars_have_their_registrants_and_past_ones_their_people() {
    let rep = Rep::signed_in().await;
    let start = now(&rep) - TimeDelta::hours(3);
    let person = |name: &str, email: &str, from: i64| {
        json!({ "id": "", "name": name, "user_email": email, "join_time": at(start + TimeDelta::minutes(from)),
                "leave_time": at(start + TimeDelta::minutes(50)), "duration": 60 * (50 - from), "odd": true })
    };
    load(
        &rep,
        json!({ "webinars": [{
        "id": 95_204_914_252_u64, "topic": "Roadmap", "type": 5, "start_time": at(start), "duration": 60,
        "settings": { "approval_type": 0 },
        "registrants": [
            { "id": "r1", "email": "anna@example.com", "first_name": "Anna", "last_name": "Novák", "status": "approved",
              "job_title": "CTO", "create_time": at(start - TimeDelta::days(1)), "join_url": "https://x.zoom.us/w/1?tk=r1" },
            { "email": "bo@example.com", "first_name": "Bo", "status": "pending" }
        ],
        "instances": [{ "uuid": "/Tm9/abc==", "start_time": at(start), "end_time": at(start + TimeDelta::minutes(50)),
            "participants": [person("Anna", "anna@example.com", 1), person("iPhone", "", 5), person("Anna", "anna@example.com", 30)] }],
    }] }),
    );
    let (status, approved) = rep.get("/webinars/95204914252/registrants").await;
    assert_eq!((status, &approved["total_records"]), (200, &json!(1)));
    let anna = &approved["registrants"][0];
    assert_eq!(
        (&anna["id"], &anna["job_title"], &anna["join_url"]),
        (&json!("r1"), &json!("CTO"), &json!("https://x.zoom.us/w/1?tk=r1"))
    );
    assert_eq!(rep.get("/webinars/95204914252/registrants?status=pending").await.1["total_records"], 1);
    let (_, instances) = rep.get("/past_webinars/95204914252/instances").await;
    assert_eq!(instances["webinars"][0]["uuid"], "/Tm9/abc==");
    let (status, people) = rep.get("/past_webinars/%252FTm9%252Fabc%253D%253D/participants").await;
    assert_eq!((status, &people["total_records"]), (200, &json!(3)));
    assert_eq!(
        (&people["participants"][0]["duration"], &people["participants"][1]["odd"]),
        (&json!(2_940), &json!(true))
    );
    assert_eq!(rep.get("/past_webinars/95204914252/participants").await.1["total_records"], 3);
}

#[tokio::test]
async fn calls_are_answered_as_they_were_given() {
    let rep = Rep::signed_in().await;
    let start = now(&rep) - TimeDelta::hours(1);
    load(
        &rep,
        json!({ "calls": [{
        "call_element_id": "20261127-1", "call_history_uuid": "20261127-h", "call_id": "7000000000000000001",
        "direction": "inbound", "start_time": at(start), "answer_time": at(start + TimeDelta::seconds(5)),
        "end_time": at(start + TimeDelta::minutes(4)), "result": "answered",
        "caller_did_number": "+442079460018", "caller_name": "Köhler, Änne", "caller_number_type": "odd",
    }] }),
    );
    let (status, history) = rep.get("/phone/users/me/call_history").await;
    assert_eq!((status, &history["total_records"]), (200, &json!(1)));
    let call = &history["call_elements"][0];
    assert_eq!((&call["call_element_id"], &call["caller_did_number"]), (&json!("20261127-1"), &json!("+442079460018")));
    assert_eq!((&call["caller_name"], &call["caller_number_type"]), (&json!("Köhler, Änne"), &json!("odd")));
    assert_eq!(call["talk_time"], 235);
}

#[tokio::test]
async fn a_wrong_row_is_named_and_nothing_is_loaded() {
    let rep = Rep::signed_in().await;
    let good = meeting(&rep);
    let wrong = |field: &str, value: Value| {
        let mut row = meeting(&rep);
        row[field] = value;
        row
    };
    for (rows, place) in [
        (json!({ "meetings": [good, wrong("id", json!(0))] }), "meetings[1].id"),
        (json!({ "meetings": [wrong("start_time", json!("tomorrow"))] }), "meetings[0].start_time"),
        (json!({ "meetings": [wrong("timezone", json!("Mars/Base"))] }), "meetings[0].timezone"),
        (json!({ "meetings": [wrong("type", json!(5))] }), "meetings[0].type"),
        (json!({ "meetings": [good], "webinars": [{ "id": 95_204_914_252_u64 }] }), "webinars[0].start_time"),
        (json!({ "meetings": [wrong("registrants", json!([{ "email": "x" }]))] }), "meetings[0].registrants[0].email"),
        (
            json!({ "meetings": [wrong("instances", json!([{ "start_time": "2026-01-01T10:00:00Z" }]))] }),
            "meetings[0].instances[0].uuid",
        ),
        (json!({ "meetings": [good], "invitations": [{ "id": 91_234_567_890_u64 }] }), "invitations[0].start_time"),
        (json!({ "meetings": [good], "calls": [{ "direction": "up" }] }), "calls[0]."),
        (json!({ "meetings": [good], "user": { "pmi": "12" } }), "user.pmi"),
    ] {
        let (status, body) = control(&rep, Method::POST, "/zoom/rows", &rows).await;
        assert_eq!(status, 400, "{rows}");
        assert!(body["error"].as_str().unwrap().starts_with(place), "{place}: {}", body["error"]);
    }
    assert_eq!(rep.get("/users/me/meetings").await.1["total_records"], 0);
    assert_eq!(control(&rep, Method::POST, "/zoom/rows", &json!({ "meeting": [] })).await.0, 400);
    assert_eq!(control(&rep, Method::POST, "/zoom/rows", &json!({ "meetings": [good] })).await.0, 204);
    assert_eq!(rep.get("/users/me/meetings").await.1["total_records"], 1);
}
