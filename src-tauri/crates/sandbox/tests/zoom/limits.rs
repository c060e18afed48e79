//! The daily number of writes, and the limits per second.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use super::rep::{Rep, answered};

#[tokio::test]
async fn the_hundred_and_first_write_of_a_day_is_refused_with_a_date() {
    let mut rep = Rep::signed_in().await;
    // From noon on, so that midnight does not come in between.
    let now = rep.sandbox.shared().clock.now();
    let noon = now.date_naive().and_hms_opt(12, 0, 0).unwrap().and_utc() + Duration::days(1);
    rep.advance((noon - now).num_seconds());
    rep.access_token = rep.sandbox.zoom().issue_tokens().access_token;
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
    rep.access_token = rep.sandbox.zoom().issue_tokens().access_token;
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
    rep.sandbox.zoom().enforce_rate_limits(true);
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
