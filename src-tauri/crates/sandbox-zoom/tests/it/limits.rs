//! The daily number of writes, and the limits per second.

use chrono::Duration;
use liaison_sandbox_kernel::SandboxConfig;
use liaison_sandbox_zoom::operations::RateLabel;
use reqwest::Method;
use serde_json::{Value, json};

use super::rep::{Rep, answered};

#[tokio::test]
async fn the_hundred_and_first_write_of_a_day_is_refused_with_a_date() {
    let mut rep = Rep::signed_in().await;
    // From noon on, so that midnight does not come in between.
    let now = rep.stage.shared().clock.now();
    let noon = now.date_naive().and_hms_opt(12, 0, 0).unwrap().and_utc() + Duration::days(1);
    rep.advance((noon - now).num_seconds());
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    let (_, meeting) = rep.post("/users/me/meetings", &json!({})).await;
    let path = format!("/meetings/{}", meeting["id"]);
    for _ in 1..100 {
        assert_eq!(rep.patch(&path, &json!({})).await.0, 204);
    }
    let refused = rep.send(Method::POST, "/users/me/meetings", Some(&json!({}))).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["x-ratelimit-type"], "Daily-limit");
    let retry_after = refused.headers()["retry-after"].to_str().unwrap().to_owned();
    assert!(retry_after.ends_with("T00:00:00Z"), "{retry_after}");
    let (_, body) = answered(refused).await;
    assert_eq!(body["code"], 429);
    assert!(body["message"].as_str().unwrap().contains("daily rate limit(100)"));
    // Reading and deleting are not counted.
    assert_eq!(rep.get(&path).await.0, 200);
    assert_eq!(rep.delete(&path).await.0, 204);
    assert_eq!(rep.effects("meeting.created").len(), 1);
    rep.advance(60 * 60 * 24);
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    assert_eq!(rep.post("/users/me/meetings", &json!({})).await.0, 201);
}

#[tokio::test]
async fn limits_per_second_can_be_switched_on_and_have_no_retry_after() {
    let rep = Rep::signed_in().await;
    let burst = async |rep: &Rep| {
        let calls = (0..200).map(|_| rep.send(Method::GET, "/users/me", None));
        futures::future::join_all(calls).await
    };
    assert!(burst(&rep).await.iter().all(|answer| answer.status() == 200));
    rep.stage.zoom().enforce_rate_limits(true);
    let mut refused = Vec::new();
    // A burst may meet the border between two seconds, but not again and again.
    while refused.is_empty() {
        refused = burst(&rep).await;
        refused.retain(|answer| answer.status() == 429);
    }
    for answer in refused {
        assert!(answer.headers().get("retry-after").is_none());
        assert_eq!(answer.headers()["x-ratelimit-remaining"], "0");
        assert!(answer.headers().contains_key("x-ratelimit-reset"));
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["code"], 429);
    }
}

#[tokio::test]
async fn the_accounts_day_can_be_used_up_by_colleagues() {
    let mut rep = Rep::signed_in_to(SandboxConfig::default()).await;
    let (_, webinars) = rep.get("/users/me/webinars").await;
    let webinar = webinars["webinars"].as_array().unwrap().iter().find(|one| one["type"] == 9).unwrap()["id"].clone();
    let (_, instances) = rep.get(&format!("/past_webinars/{webinar}/instances")).await;
    assert!(!instances["webinars"].as_array().unwrap().is_empty());
    let heavy = format!("/past_webinars/{webinar}/absentees");
    assert_eq!(rep.get(&heavy).await.0, 200);
    assert!(!rep.stage.zoom().spend_quota(RateLabel::Heavy, 30_000), "one is gone already");
    assert!(rep.stage.zoom().spend_quota(RateLabel::ResourceIntensive, 29_999));
    let refused = rep.send(Method::GET, &heavy, None).await;
    assert_eq!(refused.status(), 429);
    let header = |name: &str| refused.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("x-ratelimit-category"), "Heavy");
    assert_eq!(header("x-ratelimit-type"), "Daily-limit");
    assert_eq!((header("x-ratelimit-limit"), header("x-ratelimit-remaining")), ("30000".to_owned(), "0".to_owned()));
    let tomorrow = rep.stage.shared().clock.now().date_naive() + Duration::days(1);
    assert_eq!(header("retry-after"), format!("{tomorrow}T00:00:00Z"));
    assert!(refused.headers().get("x-ratelimit-reset").is_none());
    let (_, body) = answered(refused).await;
    assert!(body["message"].as_str().unwrap().contains("maximum daily rate limit"));
    assert_eq!(rep.get("/users/me/webinars").await.0, 200);
    rep.stage.zoom().enforce_daily_limit(false);
    assert_eq!(rep.get(&heavy).await.0, 200);
    rep.stage.zoom().enforce_daily_limit(true);
    rep.advance(60 * 60 * 24);
    rep.access_token = rep.stage.zoom().issue_tokens().access_token;
    assert_eq!(rep.get(&heavy).await.0, 200);
}

#[tokio::test]
async fn the_plan_and_the_day_are_set_through_the_control_service() {
    let rep = Rep::signed_in().await;
    let control = async |body: Value| {
        let request = rep.http.post(format!("{}/zoom/rate-limits", rep.stage.urls().control)).json(&body);
        answered(request.send().await.unwrap()).await.0
    };
    assert_eq!(control(json!({ "plan": "free", "spend": { "label": "medium", "requests": 1_999 } })).await, 204);
    assert_eq!(rep.get("/users/me/meetings").await.0, 200);
    assert_eq!(rep.get("/users/me/meetings").await.0, 429);
    let light = rep.send(Method::GET, "/users/me", None).await;
    assert_eq!((light.status().as_u16(), &light.headers()["x-ratelimit-limit"]), (200, &"4".parse().unwrap()));
    for wrong in [json!({ "plan": "gold" }), json!({ "spend": { "label": "medium", "requests": 1 } })] {
        assert_eq!(control(wrong).await, 400);
    }
    assert_eq!(control(json!({ "plan": "business", "daily": true })).await, 204);
    assert_eq!(rep.get("/users/me/meetings").await.0, 200);
}
