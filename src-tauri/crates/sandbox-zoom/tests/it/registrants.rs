//! Registration for meetings and webinars: forms, standing, places, quotas.

use std::collections::BTreeMap;

use chrono::{Duration, Utc};
use liaison_sandbox_kernel::SandboxConfig;
use serde_json::{Value, json};

use super::rep::Rep;

fn ahead(hours: i64) -> String {
    (Utc::now() + Duration::hours(hours)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A meeting or webinar with registration; `what` is `meetings` or `webinars`.
async fn event(rep: &Rep, what: &str, settings: Value) -> String {
    let body = json!({ "topic": "Open day", "start_time": ahead(30), "duration": 60, "settings": settings });
    let (status, made) = rep.post(&format!("/users/me/{what}"), &body).await;
    assert_eq!(status, 201, "{made}");
    assert!(made["registration_url"].is_string());
    format!("/{what}/{}", made["id"])
}

fn anna() -> Value {
    json!({ "email": "anna@example.com", "first_name": "Anna", "last_name": "de Vries", "org": "Acme" })
}

async fn listed(rep: &Rep, path: &str, status: &str) -> Vec<Value> {
    let (_, page) = rep.get(&format!("{path}/registrants?status={status}")).await;
    page["registrants"].as_array().unwrap().clone()
}

#[tokio::test]
async fn somebody_registers_is_listed_and_keeps_the_same_link() {
    let rep = Rep::signed_in().await;
    for what in ["meetings", "webinars"] {
        let path = event(&rep, what, json!({ "approval_type": 0 })).await;
        let (status, first) = rep.post(&format!("{path}/registrants"), &anna()).await;
        assert_eq!(status, 201, "{first}");
        let (_, again) = rep.post(&format!("{path}/registrants"), &anna()).await;
        assert_eq!(first["registrant_id"], again["registrant_id"]);
        let rows = listed(&rep, &path, "approved").await;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["join_url"], first["join_url"]);
        assert_eq!(rows[0]["org"], "Acme");
        assert_eq!(rows[0].get("participant_pin_code").is_some(), what == "meetings");
        let id = first["registrant_id"].as_str().unwrap();
        let (status, one) = rep.get(&format!("{path}/registrants/{id}")).await;
        assert_eq!((status, &one["email"]), (200, &json!("anna@example.com")));
        assert_eq!(rep.delete(&format!("{path}/registrants/{id}")).await.0, 204);
        assert_eq!(rep.get(&format!("{path}/registrants/{id}")).await.1["code"], 3079);
        assert_eq!(rep.delete(&format!("{path}/registrants/{id}")).await.0, 400);
        assert_eq!(rep.effects(&format!("{}.registration_created", &what[..7])).len(), 1);
    }
}

#[tokio::test]
async fn who_waits_has_no_link_until_the_host_decides() {
    let rep = Rep::signed_in().await;
    let path = event(&rep, "webinars", json!({ "approval_type": 1 })).await;
    let (_, added) = rep.post(&format!("{path}/registrants"), &anna()).await;
    assert!(added.get("join_url").is_none());
    assert_eq!(added["status"], "pending");
    assert!(listed(&rep, &path, "approved").await.is_empty());
    assert_eq!(listed(&rep, &path, "pending").await.len(), 1);
    let decide = async |action: &str, by: Value| {
        let body = json!({ "action": action, "registrants": [by] });
        rep.put(&format!("{path}/registrants/status"), &body).await.0
    };
    assert_eq!(decide("approve", json!({ "email": "anna@example.com" })).await, 204);
    assert!(listed(&rep, &path, "approved").await[0]["join_url"].is_string());
    assert_eq!(decide("deny", json!({ "id": added["registrant_id"] })).await, 204);
    assert_eq!(listed(&rep, &path, "denied").await.len(), 1);
    assert_eq!(decide("approve", json!({ "id": added["registrant_id"] })).await, 204);
    assert_eq!(decide("cancel", json!({ "id": added["registrant_id"] })).await, 204);
    for status in ["approved", "pending", "denied"] {
        assert!(listed(&rep, &path, status).await.is_empty(), "{status}");
    }
    assert_eq!(decide("approve", json!({ "id": added["registrant_id"] })).await, 400);
    assert_eq!(decide("promote", json!({ "email": "anna@example.com" })).await, 400);
    assert_eq!(rep.effects("webinar.registration_approved").len(), 2);
}

#[tokio::test]
async fn one_address_registers_three_times_a_day_and_is_decided_about_ten_times() {
    let mut rep = Rep::signed_in().await;
    let path = event(&rep, "meetings", json!({ "approval_type": 1 })).await;
    let add = async |rep: &Rep| rep.send(reqwest::Method::POST, &format!("{path}/registrants"), Some(&anna())).await;
    for _ in 0..3 {
        assert_eq!(add(&rep).await.status(), 201);
    }
    let refused = add(&rep).await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers()["retry-after"].to_str().unwrap().ends_with("T00:00:00Z"));
    for number in 0..11 {
        let action = if number % 2 == 0 { "approve" } else { "deny" };
        let body = json!({ "action": action, "registrants": [{ "email": "anna@example.com" }] });
        let (status, _) = rep.put(&format!("{path}/registrants/status"), &body).await;
        assert_eq!(status, if number < 10 { 204 } else { 429 });
    }
    rep.advance(24 * 60 * 60);
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    assert_eq!(add(&rep).await.status(), 201);
}

#[tokio::test]
async fn required_questions_must_be_answered_with_a_choice() {
    let rep = Rep::signed_in().await;
    let path = event(&rep, "webinars", json!({ "approval_type": 0 })).await;
    let questions = json!({
        "questions": [{ "field_name": "org", "required": true }],
        "custom_questions": [
            { "title": "How did you find us?", "type": "single_dropdown", "required": true, "answers": ["Fair", "Web"] },
        ],
    });
    assert_eq!(rep.patch(&format!("{path}/registrants/questions"), &questions).await.0, 204);
    assert_eq!(rep.get(&format!("{path}/registrants/questions")).await.1, questions);
    let wrong_fields = async |body: Value| {
        let (status, answer) = rep.post(&format!("{path}/registrants"), &body).await;
        assert_eq!((status, &answer["code"]), (400, &json!(300)));
        let errors = answer["errors"].as_array().unwrap().clone();
        errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let bo = json!({ "email": "bo@example.com", "first_name": "Bo" });
    assert_eq!(wrong_fields(bo.clone()).await, ["org", "custom_questions"]);
    let answered = |value: &str| {
        let mut body = bo.clone();
        body["org"] = json!("Acme");
        body["custom_questions"] = json!([{ "title": "How did you find us?", "value": value }]);
        body
    };
    assert_eq!(wrong_fields(answered("Radio")).await, ["custom_questions.value"]);
    assert_eq!(rep.post(&format!("{path}/registrants"), &answered("Fair")).await.0, 201);
    assert_eq!(wrong_fields(json!({ "email": "nobody", "org": "x" })).await[..2], ["email", "first_name"]);
    let unknown = json!({ "questions": [{ "field_name": "shoe_size", "required": true }] });
    assert_eq!(rep.patch(&format!("{path}/registrants/questions"), &unknown).await.0, 400);
}

#[tokio::test]
async fn a_batch_is_thirty_at_most_and_all_or_nothing() {
    let rep = Rep::signed_in().await;
    let people = |count: usize| -> Value {
        let person = |number| json!({ "email": format!("p{number}@example.com"), "first_name": "P" });
        json!({ "auto_approve": true, "registrants": (0..count).map(person).collect::<Vec<_>>() })
    };
    for what in ["meetings", "webinars"] {
        let path = event(&rep, what, json!({ "approval_type": 1 })).await;
        let (status, added) = rep.post(&format!("{path}/batch_registrants"), &people(30)).await;
        assert_eq!(status, 201, "{added}");
        assert!(added["registrants"].as_array().unwrap().iter().all(|row| row["join_url"].is_string()));
        assert_eq!(rep.post(&format!("{path}/batch_registrants"), &people(31)).await.1["code"], 300);
        let (_, page) = rep.get(&format!("{path}/registrants?page_size=7")).await;
        assert_eq!((&page["total_records"], page["registrants"].as_array().unwrap().len()), (&json!(30), 7));
        let mut wrong = people(2);
        wrong["registrants"][1]["email"] = json!("nobody");
        wrong["registrants"][0]["email"] = json!("new@example.com");
        assert_eq!(rep.post(&format!("{path}/batch_registrants"), &wrong).await.0, 400);
        assert_eq!(rep.get(&format!("{path}/registrants")).await.1["total_records"], 30);
    }
}

#[tokio::test]
async fn places_run_out_and_hosts_and_panelists_do_not_register() {
    let rep = Rep::signed_in().await;
    let path = event(&rep, "webinars", json!({ "approval_type": 0, "registrants_restrict_number": 2 })).await;
    let add = async |email: &str| {
        let body = json!({ "email": email, "first_name": "X" });
        let (status, answer) = rep.post(&format!("{path}/registrants"), &body).await;
        (status, answer["code"].clone())
    };
    let panel = json!({ "panelists": [{ "name": "Eva", "email": "eva@example.com" }] });
    assert_eq!(rep.post(&format!("{path}/panelists"), &panel).await.0, 201);
    let (_, me) = rep.get("/users/me").await;
    assert_eq!(add(me["email"].as_str().unwrap()).await, (400, json!(3027)));
    assert_eq!(add("EVA@example.com").await, (400, json!(3000)));
    assert_eq!(add("a@example.com").await.0, 201);
    assert_eq!(add("b@example.com").await.0, 201);
    assert_eq!(add("c@example.com").await, (400, json!(3043)));
}

#[tokio::test]
async fn registration_closes_and_what_has_none_says_so() {
    let mut rep = Rep::signed_in().await;
    let open = event(&rep, "meetings", json!({ "approval_type": 0 })).await;
    let closing = event(&rep, "meetings", json!({ "approval_type": 0, "close_registration": true })).await;
    rep.advance(30 * 60 * 60 + 60);
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    assert_eq!(rep.post(&format!("{open}/registrants"), &anna()).await.0, 201);
    assert_eq!(rep.post(&format!("{closing}/registrants"), &anna()).await.1["code"], 3038);
    rep.advance(60 * 60);
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    assert_eq!(rep.post(&format!("{open}/registrants"), &anna()).await.1["code"], 3038);

    let (_, plain) = rep.post("/users/me/meetings", &json!({})).await;
    let path = format!("/meetings/{}", plain["id"]);
    assert_eq!(rep.get(&format!("{path}/registrants")).await.1["code"], 300);
    let batch = json!({ "registrants": [anna()] });
    assert_eq!(rep.post(&format!("{path}/batch_registrants"), &batch).await.1["code"], 404);
    assert_eq!(rep.post("/meetings/81234567890/registrants", &anna()).await.1["code"], 1001);
    assert_eq!(rep.post("/webinars/81234567890/registrants", &anna()).await.1["code"], 3001);
}

#[tokio::test]
async fn the_world_has_a_meeting_whose_host_decides_and_one_that_is_over() {
    let rep = Rep::signed_in_to(SandboxConfig::default()).await;
    let mut standing = BTreeMap::new();
    let (_, list) = rep.get("/users/me/meetings?page_size=300").await;
    for meeting in list["meetings"].as_array().unwrap().iter().filter(|one| one["type"] == 2) {
        let path = format!("/meetings/{}", meeting["id"]);
        let (_, whole) = rep.get(&path).await;
        if whole.get("registration_url").is_none() {
            continue;
        }
        let approval = whole["settings"]["approval_type"].as_i64().unwrap();
        for status in ["approved", "pending", "denied"] {
            let count = listed(&rep, &path, status).await.len();
            *standing.entry((approval, status)).or_insert(0) += count;
        }
    }
    assert!(standing[&(1, "pending")] > 0 && standing[&(1, "approved")] > 0, "{standing:?}");
    assert!(standing[&(0, "approved")] > 0 && standing[&(0, "pending")] == 0, "{standing:?}");
}
