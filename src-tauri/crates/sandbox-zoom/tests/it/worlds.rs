//! Large worlds: as many as asked for, with registrants made up when first looked at.

use liaison_sandbox_kernel::SandboxConfig;
use reqwest::Method;
use serde_json::{Value, json};

use super::rep::{Rep, answered};

#[tokio::test]
async fn a_large_world_has_everything_that_was_asked_for() {
    let config = SandboxConfig {
        meetings: Some(2_000),
        calls: Some(10_000),
        webinars: Some(500),
        registrants: Some(10_000),
        ..SandboxConfig::default()
    };
    let rep = Rep::signed_in_to(config).await;
    let (_, webinars) = rep.get("/users/me/webinars?page_size=300").await;
    assert!(webinars["total_records"].as_u64().unwrap() >= 400);
    let with_registration = async |webinar: &Value| {
        let mut total = 0;
        for status in ["approved", "pending", "denied"] {
            let path = format!("/webinars/{}/registrants?status={status}", webinar["id"]);
            total += rep.get(&path).await.1["total_records"].as_u64().unwrap();
        }
        total
    };
    // The others have cancelled.
    assert!(with_registration(&webinars["webinars"][9]).await > 9_000);
    let day = |days: i64| (chrono::Utc::now() - chrono::Duration::days(days)).format("%Y-%m-%d").to_string();
    let mut calls = 0;
    for month in 0..6 {
        let period = format!("from={}&to={}", day(30 * month + 29), day(30 * month));
        let (_, page) = rep.get(&format!("/phone/users/me/call_history?{period}&page_size=1")).await;
        calls += page["total_records"].as_u64().unwrap();
    }
    // Calls through the queue have two legs.
    assert!(calls >= 10_000, "{calls}");
}

#[tokio::test]
async fn the_control_service_turns_what_a_test_turns() {
    let rep = Rep::signed_in().await;
    let control = async |path: &str, body: Value| {
        let request = rep.http.request(Method::POST, format!("{}{path}", rep.stage.urls().control));
        answered(request.json(&body).send().await.unwrap()).await
    };
    assert_eq!(control("/zoom/licences", json!({ "webinar": false, "phone": false })).await.0, 204);
    assert_eq!(rep.get("/users/me/webinars").await.1["code"], 200);
    assert_eq!(rep.get("/phone/users/me").await.1["code"], 2031);
    assert_eq!(control("/zoom/licences", json!({ "phone": true })).await.0, 204);
    let (_, placed) = control("/zoom/calls", json!({ "number": "+31205550111", "talk_seconds": 9 })).await;
    rep.advance(25);
    assert_eq!(control("/zoom/deprecated-calls", json!({ "shown": false })).await.0, 204);
    let (_, history) = rep.get("/phone/users/me/call_history").await;
    assert_eq!(history["call_elements"][0]["call_element_id"], placed["call_element_id"]);
    assert!(history.get("call_logs").is_none());
    assert_eq!(control("/zoom/rate-limits", json!({ "daily": false })).await.0, 204);
    assert_eq!(control("/zoom/events", json!({ "event": "x", "payload": {} })).await.0, 204);
    for (path, wrong) in [("/zoom/calls", json!({})), ("/zoom/licences", json!({ "fax": true }))] {
        assert_eq!(control(path, wrong).await.0, 400, "{path}");
    }
    assert_eq!(control("/zoom/deauthorize", json!({})).await.0, 204);
    assert_eq!(rep.me_with(&rep.access_token).await.1, json!(4741));
}
