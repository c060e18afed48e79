//! Webinars: created, changed, listed, ended; their panels and sources.

use chrono::{Duration, Utc};
use liaison_sandbox_kernel::SandboxConfig;
use reqwest::Method;
use serde_json::{Value, json};

use super::rep::Rep;

fn ahead(days: i64) -> String {
    (Utc::now() + Duration::days(days)).format("%Y-%m-%dT14:00:00Z").to_string()
}

async fn created(rep: &Rep, body: Value) -> Value {
    let (status, webinar) = rep.post("/users/me/webinars", &body).await;
    assert_eq!(status, 201, "{webinar}");
    webinar
}

fn path(webinar: &Value) -> String {
    format!("/webinars/{}", webinar["id"])
}

#[tokio::test]
async fn a_webinar_is_created_read_changed_and_deleted() {
    let rep = Rep::signed_in().await;
    let webinar = created(
        &rep,
        json!({
            "topic": "Launch", "type": 5, "agenda": "News", "start_time": ahead(8), "duration": 60,
            "timezone": "Europe/Amsterdam", "password": "secret1",
            "settings": {
                "approval_type": 0, "practice_session": true, "registrants_confirmation_email": false,
                "question_and_answer": { "enable": false },
            },
        }),
    )
    .await;
    assert_eq!(webinar["start_time"], ahead(8));
    assert_eq!(webinar["password"], "secret1");
    assert!(webinar["registration_url"].as_str().unwrap().contains("/webinar/register/"));
    assert_eq!(webinar["settings"]["practice_session"], true);
    assert_eq!(webinar["settings"]["question_and_answer"]["answer_questions"], "all");
    // A new webinar does not take this one; a change does.
    assert_eq!(webinar["settings"]["registrants_confirmation_email"], true);
    let change = json!({ "topic": "Launch 2", "settings": { "registrants_confirmation_email": false } });
    assert_eq!(rep.patch(&path(&webinar), &change).await, (204, Value::Null));
    let (status, read) = rep.get(&path(&webinar)).await;
    assert_eq!((status, &read["topic"]), (200, &json!("Launch 2")));
    assert_eq!(read["settings"]["registrants_confirmation_email"], false);
    assert_ne!(read["start_url"], webinar["start_url"]);
    assert_eq!(rep.delete(&path(&webinar)).await.0, 204);
    let (status, gone) = rep.get(&path(&webinar)).await;
    assert_eq!((status, &gone["code"]), (404, &json!(3001)));
    assert_eq!(gone["message"], format!("Webinar does not exist: {}.", webinar["id"]));
    for kind in ["webinar.created", "webinar.updated", "webinar.deleted"] {
        assert_eq!(rep.effects(kind).len(), 1, "{kind}");
    }
}

#[tokio::test]
async fn a_series_has_its_own_limits_and_loses_single_dates() {
    let rep = Rep::signed_in().await;
    let series = |interval: i64| {
        json!({
            "type": 9, "start_time": ahead(2),
            "recurrence": { "type": 3, "repeat_interval": interval, "monthly_day": 5, "end_times": 3 },
        })
    };
    let webinar = created(&rep, series(3)).await;
    assert_eq!(webinar["occurrences"].as_array().unwrap().len(), 3);
    let (_, refused) = rep.post("/users/me/webinars", &series(4)).await;
    assert_eq!(refused["errors"][0]["field"], "recurrence.repeat_interval");
    let second = webinar["occurrences"][1]["occurrence_id"].as_str().unwrap();
    assert_eq!(rep.delete(&format!("{}?occurrence_id={second}", path(&webinar))).await.0, 204);
    let (_, read) = rep.get(&format!("{}?show_previous_occurrences=true", path(&webinar))).await;
    assert_eq!(read["occurrences"][1]["status"], "deleted");
    let (_, list) = rep.get("/users/me/webinars").await;
    assert_eq!(list["total_records"], 2);
    assert_eq!(rep.delete(&format!("{}?occurrence_id={second}", path(&webinar))).await.1["code"], 3000);
}

#[tokio::test]
async fn wrong_fields_are_named_and_meetings_are_no_webinars() {
    let rep = Rep::signed_in().await;
    for (body, field) in [
        (json!({ "type": 2 }), "type"),
        (json!({ "settings": { "registrants_restrict_number": 20_001 } }), "settings.registrants_restrict_number"),
        (json!({ "settings": { "email_language": "nl" } }), "settings.email_language"),
        (json!({ "settings": { "panelists_video": 1 } }), "settings.panelists_video"),
        (json!({ "type": 9 }), "recurrence"),
    ] {
        let (status, answer) = rep.post("/users/me/webinars", &body).await;
        assert_eq!((status, &answer["errors"][0]["field"]), (400, &json!(field)), "{body}");
    }
    let (_, meeting) = rep.post("/users/me/meetings", &json!({})).await;
    assert_eq!(rep.get(&format!("/webinars/{}", meeting["id"])).await.1["code"], 3001);
    let webinar = created(&rep, json!({})).await;
    assert_eq!(rep.get(&format!("/meetings/{}", webinar["id"])).await.1["code"], 3001);
    assert_eq!(rep.get("/webinars/name").await.1["message"], "Invalid webinar ID.");
}

#[tokio::test]
async fn the_list_is_paged_by_number_and_by_token() {
    let rep = Rep::signed_in_to(SandboxConfig { webinars: Some(25), ..SandboxConfig::default() }).await;
    let (_, whole) = rep.get("/users/me/webinars?page_size=300").await;
    let lines = whole["webinars"].as_array().unwrap();
    let (_, second) = rep.get("/users/me/webinars?page_size=5&page_number=2").await;
    assert_eq!(second["webinars"].as_array().unwrap(), &lines[5..10]);
    let (_, first) = rep.get("/users/me/webinars?page_size=5").await;
    let token = first["next_page_token"].as_str().unwrap();
    let (_, by_token) = rep.get(&format!("/users/me/webinars?page_size=5&next_page_token={token}")).await;
    assert_eq!(by_token["webinars"], second["webinars"]);
    assert_eq!(rep.get("/users/me/webinars?type=live").await.0, 400);
}

#[tokio::test]
async fn the_panel_grows_and_shrinks() {
    let rep = Rep::signed_in().await;
    let webinar = created(&rep, json!({ "start_time": ahead(3) })).await;
    let panel = format!("{}/panelists", path(&webinar));
    let people = |count: usize| {
        let person = |number| json!({ "name": format!("P {number}"), "email": format!("p{number}@example.com") });
        json!({ "panelists": (0..count).map(person).collect::<Vec<_>>() })
    };
    let (status, added) = rep.post(&panel, &people(3)).await;
    assert_eq!(status, 201);
    assert_eq!(added["id"], webinar["id"].to_string());
    assert!(added.get("panelists").is_none());
    let (_, list) = rep.get(&panel).await;
    assert_eq!(list["total_records"], 3);
    assert!(list["panelists"][0]["join_url"].as_str().unwrap().contains("tk="));
    let id = list["panelists"][0]["id"].as_str().unwrap();
    assert_eq!(rep.delete(&format!("{panel}/{id}")).await.0, 204);
    assert_eq!(rep.delete(&format!("{panel}/{id}")).await.0, 400);
    assert_eq!(rep.post(&panel, &people(31)).await.0, 400);
    assert_eq!(rep.post(&panel, &json!({ "panelists": [{ "name": "Eva", "email": "eva" }] })).await.0, 400);
    assert_eq!(rep.delete(&panel).await.0, 204);
    assert_eq!(rep.get(&panel).await.1["total_records"], 0);
}

#[tokio::test]
async fn a_webinar_that_runs_can_be_ended_once() {
    let rep = Rep::signed_in().await;
    let soon = (Utc::now() + Duration::minutes(5)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let webinar = created(&rep, json!({ "start_time": soon, "duration": 60 })).await;
    let status = format!("{}/status", path(&webinar));
    let end = json!({ "action": "end" });
    assert_eq!(rep.put(&status, &end).await.0, 400);
    rep.advance(10 * 60);
    assert_eq!(rep.put(&status, &end).await.0, 204);
    assert_eq!(rep.put(&status, &end).await.0, 400);
    assert_eq!(rep.put(&status, &json!({ "action": "pause" })).await.0, 400);
    assert_eq!(rep.effects("webinar.ended").len(), 1);
}

#[tokio::test]
async fn without_the_add_on_there_are_no_webinars() {
    let rep = Rep::signed_in_to(SandboxConfig::default()).await;
    let (_, list) = rep.get("/users/me/webinars").await;
    let id = list["webinars"][0]["id"].clone();
    rep.stage.zoom().license_webinars(false);
    let one = format!("/webinars/{id}");
    let past = format!("/past_webinars/{id}/instances");
    for path in ["/users/me/webinars", one.as_str(), &format!("{one}/panelists"), &format!("{one}/registrants"), &past]
    {
        let (status, body) = rep.get(path).await;
        assert_eq!((status, &body["code"]), (400, &json!(200)), "{path}");
        assert!(body["message"].as_str().unwrap().starts_with("Webinar plan is missing."));
    }
    assert_eq!(rep.get("/users/me/settings").await.1["feature"]["webinar"], false);
    rep.stage.zoom().license_webinars(true);
    assert_eq!(rep.get(&one).await.0, 200);
}

#[tokio::test]
async fn sources_count_their_registrants() {
    let rep = Rep::signed_in().await;
    let webinar = created(&rep, json!({ "start_time": ahead(3), "settings": { "approval_type": 0 } })).await;
    let (_, sources) = rep.get(&format!("{}/tracking_sources", path(&webinar))).await;
    let id = sources["tracking_sources"][0]["id"].as_str().unwrap();
    let body = json!({ "email": "a@example.com", "first_name": "A", "source_id": id });
    assert_eq!(rep.post(&format!("{}/registrants", path(&webinar)), &body).await.0, 201);
    let (_, sources) = rep.get(&format!("{}/tracking_sources", path(&webinar))).await;
    assert_eq!(sources["tracking_sources"][0]["registration_count"], 1);
    let registrants = format!("{}/registrants?tracking_source_id", path(&webinar));
    assert_eq!(rep.get(&format!("{registrants}={id}")).await.1["total_records"], 1);
    assert_eq!(rep.get(&format!("{registrants}=other")).await.1["total_records"], 0);
}

#[tokio::test]
async fn webinars_share_the_daily_number_of_writes_with_meetings() {
    let rep = Rep::signed_in().await;
    rep.stage.zoom().enforce_daily_limit(false);
    for _ in 0..101 {
        assert_eq!(rep.send(Method::POST, "/users/me/meetings", Some(&json!({}))).await.status(), 201);
    }
    rep.stage.zoom().enforce_daily_limit(true);
    let mut refused = 0;
    for _ in 0..101 {
        refused += u16::from(rep.post("/users/me/webinars", &json!({})).await.0 == 429);
    }
    assert!(refused >= 1);
}

#[tokio::test]
async fn templates_are_listed() {
    let rep = Rep::signed_in().await;
    for (path, count) in [("/users/me/meeting_templates", 2), ("/users/me/webinar_templates", 1)] {
        let (status, list) = rep.get(path).await;
        assert_eq!((status, &list["total_records"]), (200, &json!(count)));
    }
}
