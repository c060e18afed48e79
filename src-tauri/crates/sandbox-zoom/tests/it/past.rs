//! What is over: instances, people, recordings, summaries, and that they come late.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use liaison_sandbox_kernel::SandboxConfig;
use serde_json::{Value, json};

use super::rep::Rep;

async fn demo() -> Rep {
    Rep::signed_in_to(SandboxConfig::default()).await
}

fn time(value: &Value) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap().to_utc()
}

/// A UUID as a path has to carry it.
fn encoded(uuid: &str) -> String {
    let once = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    if uuid.starts_with('/') || uuid.contains("//") { once(&once(uuid)) } else { once(uuid) }
}

async fn previous(rep: &Rep) -> Vec<Value> {
    let (_, list) = rep.get("/users/me/meetings?type=previous_meetings&page_size=300").await;
    list["meetings"].as_array().unwrap().clone()
}

/// A meeting with one guest that ended so many seconds ago.
async fn ended(rep: &Rep, seconds: i64, settings: Value) -> Value {
    let start = (Utc::now() + Duration::minutes(2)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let body = json!({ "start_time": start, "duration": 10, "settings": settings });
    let (_, meeting) = rep.post("/users/me/meetings", &body).await;
    let end = time(&meeting["start_time"]) + Duration::minutes(10);
    rep.advance((end - rep.stage.shared().clock.now()).num_seconds() + 1 + seconds);
    meeting
}

#[tokio::test]
async fn an_instance_is_found_by_number_and_by_uuid_however_awkward() {
    let rep = demo().await;
    let mut awkward = 0;
    for meeting in previous(&rep).await {
        let (_, list) = rep.get(&format!("/past_meetings/{}/instances", meeting["id"])).await;
        for instance in list["meetings"].as_array().unwrap() {
            let uuid = instance["uuid"].as_str().unwrap();
            let (status, details) = rep.get(&format!("/past_meetings/{}", encoded(uuid))).await;
            assert_eq!((status, &details["uuid"]), (200, &instance["uuid"]), "{uuid}");
            assert_eq!(details["id"], meeting["id"]);
            if uuid.starts_with('/') {
                awkward += 1;
                let once: String = url::form_urlencoded::byte_serialize(uuid.as_bytes()).collect();
                let (status, refused) = rep.get(&format!("/past_meetings/{once}")).await;
                assert_eq!((status, &refused["code"]), (404, &json!(3001)));
                let without = uuid.trim_start_matches('/');
                assert_eq!(refused["message"], format!("Meeting does not exist: {without}."));
                if !without.contains(['/', '+']) {
                    assert_eq!(rep.get(&format!("/past_meetings/{uuid}")).await, (404, refused));
                }
            }
        }
    }
    assert!(awkward > 3, "{awkward}");
}

#[tokio::test]
async fn details_count_people_and_minutes() {
    let rep = demo().await;
    let meeting = previous(&rep).await.into_iter().find(|one| one["type"] == 2).unwrap();
    let (status, details) = rep.get(&format!("/past_meetings/{}", meeting["id"])).await;
    assert_eq!(status, 200);
    let length = time(&details["end_time"]) - time(&details["start_time"]);
    assert_eq!(details["duration"].as_i64().unwrap(), (length.num_seconds() + 59) / 60);
    let path = format!("/past_meetings/{}/participants?page_size=300", meeting["id"]);
    let (_, list) = rep.get(&path).await;
    let people: HashSet<&str> =
        list["participants"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(details["participants_count"].as_u64().unwrap(), people.len() as u64);
    assert!(people.len() >= 2);
}

#[tokio::test]
async fn guests_hide_their_address_and_come_back_after_losing_the_line() {
    let rep = demo().await;
    let (mut hidden, mut rejoined, mut internal) = (0, 0, 0);
    for meeting in previous(&rep).await.iter().filter(|one| one["type"] == 2) {
        let (_, list) = rep.get(&format!("/past_meetings/{}/participants", meeting["id"])).await;
        let rows = list["participants"].as_array().unwrap();
        for row in rows {
            let stay = time(&row["leave_time"]) - time(&row["join_time"]);
            assert_eq!(row["duration"].as_i64().unwrap(), stay.num_seconds());
            hidden += usize::from(row["user_email"] == "" && row["id"] == "");
            internal += usize::from(row["internal_user"] == true);
        }
        let names: HashSet<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
        let joins: HashSet<&str> = rows.iter().map(|row| row["user_id"].as_str().unwrap()).collect();
        assert_eq!(joins.len(), rows.len());
        rejoined += usize::from(names.len() < rows.len());
    }
    assert!(hidden > 0 && rejoined > 0 && internal > 0);
}

#[tokio::test]
async fn people_come_late_first_without_durations_and_then_for_good() {
    let rep = Rep::signed_in().await;
    let settings = json!({ "meeting_invitees": [{ "email": "anna@example.com" }] });
    let meeting = ended(&rep, 0, settings).await;
    let details = format!("/past_meetings/{}", meeting["id"]);
    let participants = format!("{details}/participants");
    assert_eq!(rep.get(&details).await.0, 404);
    rep.advance(70);
    assert_eq!(rep.get(&details).await.0, 200);
    assert_eq!(rep.get(&participants).await.1["code"], 3001);
    rep.advance(180);
    let durations = async || {
        let (status, list) = rep.get(&participants).await;
        assert_eq!(status, 200);
        let rows = list["participants"].as_array().unwrap().clone();
        rows.iter().map(|row| row["duration"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let early = durations().await;
    assert!(early.len() >= 2 && early.iter().all(|seconds| *seconds == 0));
    rep.advance(900);
    assert!(durations().await.iter().all(|seconds| *seconds > 0));
}

#[tokio::test]
async fn of_somebody_who_was_alone_nothing_is_told() {
    let rep = Rep::signed_in().await;
    let meeting = ended(&rep, 1_000, json!({})).await;
    let (_, list) = rep.get(&format!("/past_meetings/{}/participants", meeting["id"])).await;
    assert_eq!((&list["total_records"], &list["participants"]), (&json!(0), &json!([])));
    let (_, future) = rep.post("/users/me/meetings", &json!({ "duration": 30 })).await;
    assert_eq!(rep.get(&format!("/past_meetings/{}", future["id"])).await.0, 404);
}

#[tokio::test]
async fn registrants_are_recognised_among_the_participants() {
    let rep = Rep::signed_in().await;
    let start = (Utc::now() + Duration::minutes(2)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let body = json!({ "start_time": start, "duration": 10, "settings": { "approval_type": 0 } });
    let (_, meeting) = rep.post("/users/me/meetings", &body).await;
    let mut ids = HashSet::new();
    for number in 0..20 {
        let person = json!({ "email": format!("p{number}@example.com"), "first_name": format!("P{number}") });
        let (_, added) = rep.post(&format!("/meetings/{}/registrants", meeting["id"]), &person).await;
        ids.insert(added["registrant_id"].as_str().unwrap().to_owned());
    }
    rep.advance(30 * 60);
    let (_, list) = rep
        .get(&format!("/past_meetings/{}/participants?page_size=300&include_fields=registrant_id", meeting["id"]))
        .await;
    let rows = list["participants"].as_array().unwrap();
    let registered: Vec<&Value> = rows.iter().filter(|row| row["registrant_id"] != "").collect();
    assert!(!registered.is_empty());
    assert!(registered.iter().all(|row| ids.contains(row["registrant_id"].as_str().unwrap())));
    assert!(registered.iter().all(|row| row["user_email"].as_str().unwrap().ends_with("@example.com")));
}

#[tokio::test]
async fn recordings_take_their_time() {
    let rep = Rep::signed_in().await;
    let settings = json!({ "auto_recording": "cloud", "auto_start_meeting_summary": true });
    let meeting = ended(&rep, 120, settings).await;
    let recordings = format!("/meetings/{}/recordings", meeting["id"]);
    let summary = format!("/meetings/{}/meeting_summary", encoded(meeting["uuid"].as_str().unwrap()));
    let (status, refused) = rep.get(&recordings).await;
    assert_eq!((status, &refused["code"]), (404, &json!(3301)));
    assert_eq!(rep.get(&summary).await.1["code"], 3001);
    rep.advance(20 * 60);
    let (status, found) = rep.get(&recordings).await;
    assert_eq!(status, 200);
    let files = found["recording_files"].as_array().unwrap();
    assert_eq!(found["recording_count"].as_u64().unwrap(), files.len() as u64);
    let sum: i64 = files.iter().map(|file| file["file_size"].as_i64().unwrap()).sum();
    assert_eq!(found["total_size"].as_i64().unwrap(), sum);
    assert!(found.get("download_access_token").is_none());
    let (_, with_token) = rep.get(&format!("{recordings}?include_fields=download_access_token&ttl=60")).await;
    assert!(with_token["download_access_token"].is_string());
    let (status, written) = rep.get(&summary).await;
    assert_eq!((status, &written["meeting_id"]), (200, &meeting["id"]));
    assert_eq!(rep.get(&format!("/meetings/{}/transcript", meeting["id"])).await.1["can_download"], true);
    // It may have been yesterday.
    let from = (Utc::now() - Duration::days(1)).format("%Y-%m-%d");
    let (_, list) = rep.get(&format!("/users/me/recordings?from={from}")).await;
    let recent = list["meetings"].as_array().unwrap();
    assert!(recent.iter().any(|one| one["uuid"] == found["uuid"]));
}

#[tokio::test]
async fn the_users_recordings_are_those_of_a_month() {
    let rep = demo().await;
    let day = |days: i64| (Utc::now() - Duration::days(days)).format("%Y-%m-%d").to_string();
    let (status, list) = rep.get(&format!("/users/me/recordings?from={}&to={}", day(29), day(0))).await;
    assert_eq!(status, 200);
    assert!(!list["meetings"].as_array().unwrap().is_empty());
    assert_eq!(rep.get(&format!("/users/me/recordings?from={}&to={}", day(40), day(0))).await.0, 400);
}

#[tokio::test]
async fn a_past_webinar_has_an_audience_and_absentees() {
    let rep = demo().await;
    let (_, list) = rep.get("/users/me/webinars?page_size=300").await;
    let webinars = list["webinars"].as_array().unwrap();
    let over =
        webinars.iter().find(|one| one["type"] == 5 && time(&one["start_time"]) < Utc::now() - Duration::days(1));
    let id = over.unwrap()["id"].clone();
    let (_, instances) = rep.get(&format!("/past_webinars/{id}/instances")).await;
    let uuid = encoded(instances["webinars"][0]["uuid"].as_str().unwrap());
    let total = async |path: &str, name: &str| {
        let (status, page) = rep.get(&format!("/past_webinars/{path}page_size=300")).await;
        assert_eq!(status, 200, "{page}");
        page[name].as_array().unwrap().clone()
    };
    let present = total(&format!("{uuid}/participants?"), "participants").await;
    let absent = total(&format!("{uuid}/absentees?"), "registrants").await;
    assert!(present.len() > 20 && absent.len() > 10);
    let came: HashSet<&str> = present.iter().map(|row| row["registrant_id"].as_str().unwrap()).collect();
    assert!(absent.iter().all(|row| !came.contains(row["id"].as_str().unwrap())));
    let (_, registered) = rep.get(&format!("/webinars/{id}/registrants?page_size=300")).await;
    let registered = registered["total_records"].as_u64().unwrap();
    // The host came as well, without having registered.
    assert_eq!(came.len() as u64 - 1 + absent.len() as u64, registered);
    for path in ["qa", "polls"] {
        let (status, answer) = rep.get(&format!("/past_webinars/{uuid}/{path}")).await;
        assert_eq!(status, 200);
        assert!(!answer["questions"].as_array().unwrap().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn reports_are_for_administrators() {
    let rep = demo().await;
    for path in ["/report/users/me/meetings", "/report/meetings/1/participants", "/meetings/meeting_summaries"] {
        assert_eq!(rep.get(path).await.1["code"], 4711, "{path}");
    }
}
