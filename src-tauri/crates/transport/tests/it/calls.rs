//! Retries, fresh tokens, waits and what is sent.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_transport::{ApiClient, ApiRequest, Clock, RateClass, RetryPolicy, TransportError, header};
use serde_json::json;
use wiremock::matchers::{any, body_json, body_string, header as has_header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::raw::{JSON, RawServer, Script, Tokens, answer, client, config};

fn get() -> ApiRequest {
    ApiRequest::get("GET /things", "/things")
}

fn base(server: &MockServer) -> liaison_transport::Url {
    format!("{}/v2", server.uri()).parse().unwrap()
}

async fn count(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

#[tokio::test]
async fn everything_of_a_call_is_sent() {
    let server = MockServer::start().await;
    Mock::given(method("PATCH"))
        .and(path("/v2/things/%252Fa"))
        .and(query_param("q", "a & b=c"))
        .and(has_header("authorization", "Bearer token-0"))
        .and(has_header("user-agent", "Liaison-Test/1"))
        .and(has_header("accept", "application/json"))
        .and(has_header("x-extra", "1"))
        .and(body_json(json!({"topic": "Zoë"})))
        .respond_with(ResponseTemplate::new(204).insert_header("Date", "Sun, 22 Nov 2026 18:00:00 GMT"))
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(has_header("content-type", "text/csv"))
        .and(body_string("a,b\n"))
        .respond_with(ResponseTemplate::new(201))
        .mount(&server)
        .await;
    let client = client(base(&server));
    let request = ApiRequest::patch("PATCH /things/{id}", "/things/%252Fa")
        .query("q", "a & b=c")
        .query_opt("none", None::<String>)
        .header(header::HeaderName::from_static("x-extra"), header::HeaderValue::from_static("1"))
        .header(header::AUTHORIZATION, header::HeaderValue::from_static("Bearer forged"))
        .json(json!({"topic": "Zoë"}));
    let response = client.send(request).await.unwrap();
    assert_eq!(response.status, 204);
    assert_eq!(response.server_date().unwrap().to_rfc3339(), "2026-11-22T18:00:00+00:00");
    let upload = ApiRequest::post("POST /upload", "/upload").text("text/csv", "a,b\n".to_owned());
    assert_eq!(client.send(upload).await.unwrap().status, 201);
}

#[tokio::test]
async fn a_rejected_token_is_renewed_and_the_call_repeated_once() {
    for (right, status, requests) in [("Bearer token-1", 200, 2), ("Bearer never", 401, 2)] {
        let server = MockServer::start().await;
        Mock::given(has_header("authorization", right)).respond_with(ResponseTemplate::new(200)).mount(&server).await;
        Mock::given(any()).respond_with(ResponseTemplate::new(401)).with_priority(9).mount(&server).await;
        let tokens = Arc::new(Tokens::default());
        let client = ApiClient::new(config(base(&server)), tokens.clone()).unwrap();
        // A write too: a rejected token means that nothing was done.
        let response = client.send(ApiRequest::post("POST /things", "/things")).await.unwrap();
        assert_eq!(response.status, status);
        assert_eq!(tokens.refreshes.load(Ordering::SeqCst), 1);
        assert_eq!(count(&server).await, requests);
    }
}

#[tokio::test]
async fn a_401_for_another_reason_is_an_answer() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(401).set_body_string("not for REST")).mount(&server).await;
    let tokens = Arc::new(Tokens::default());
    let mut config = config(base(&server));
    config.refresh_on = |response| response.status == 401 && !response.body.starts_with(b"not for");
    let response = ApiClient::new(config, tokens.clone()).unwrap().send(get()).await.unwrap();
    assert_eq!((response.status.as_u16(), tokens.refreshes.load(Ordering::SeqCst)), (401, 0));
    assert_eq!(count(&server).await, 1);
}

#[tokio::test]
async fn passing_faults_are_tried_three_times_when_harmless() {
    for status in [429, 500, 502, 503, 504, 520, 529] {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(status)).mount(&server).await;
        let client = client(base(&server));
        assert_eq!(client.send(get()).await.unwrap().status, status);
        assert_eq!(count(&server).await, 3, "{status}");
        let write = ApiRequest::post("POST /things", "/things");
        assert_eq!(client.send(write.clone()).await.unwrap().status, status);
        assert_eq!(count(&server).await, 4, "{status}: a write was repeated");
        // Another client, because five failures in a row stop all repetition.
        let upsert = write.idempotent(true);
        assert_eq!(self::client(base(&server)).send(upsert).await.unwrap().status, status);
        assert_eq!(count(&server).await, 7, "{status}: an upsert was not repeated");
    }
    for status in [400, 403, 404, 409, 501] {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(status)).mount(&server).await;
        assert_eq!(client(base(&server)).send(get()).await.unwrap().status, status);
        assert_eq!(count(&server).await, 1, "{status}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_again_when_harmless() {
    let whole = answer("200 OK", JSON, b"{\"ok\":true}");
    let server = RawServer::start(move |number| match number {
        0 => Script::Reset(Vec::new()),
        1 => Script::Say(whole[..whole.len() - 3].to_vec()),
        _ => Script::Say(whole.clone()),
    })
    .await;
    let response = client(server.url()).send(get()).await.unwrap();
    assert_eq!(response.json::<serde_json::Value>().unwrap(), json!({"ok": true}));
    assert_eq!(server.requests(), 3);
}

#[tokio::test]
async fn all_calls_together_stay_within_the_budget() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(500)).mount(&server).await;
    let client = client(base(&server));
    let start = std::time::Instant::now();
    for _ in 0..60 {
        client.send(get()).await.unwrap();
    }
    // Ten repetitions to begin with, and one more for each six seconds.
    let earned = usize::try_from(start.elapsed().as_secs() / 6).unwrap() + 1;
    let repeated = count(&server).await - 60;
    assert!((10..=10 + earned).contains(&repeated), "{repeated}");
}

#[tokio::test]
async fn a_host_that_is_down_gets_one_probe_a_call() {
    let server = RawServer::start(|_| Script::Reset(Vec::new())).await;
    let client = client(server.url());
    for _ in 0..10 {
        assert!(client.send(get()).await.is_err());
    }
    // 3 + 2, then nothing but probes.
    assert_eq!(server.requests(), 13);
}

fn fixed() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-22T18:00:00Z").unwrap().with_timezone(&Utc)
}

#[tokio::test]
async fn a_long_wait_is_told_and_kept_without_asking_again() {
    let server = MockServer::start().await;
    let limited = ResponseTemplate::new(429)
        .insert_header("X-RateLimit-Type", "Daily-limit")
        .insert_header("Retry-After", "2026-11-23T00:00:00Z");
    Mock::given(any()).respond_with(limited).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).with_priority(9).mount(&server).await;
    let now = Arc::new(Mutex::new(fixed()));
    let reading = now.clone();
    let mut config = config(base(&server));
    config.clock = Clock::from_fn(move || *reading.lock().unwrap());
    let client = ApiClient::new(config, Arc::new(Tokens::default())).unwrap();
    let heavy = || get().rate(RateClass::Heavy);
    for _ in 0..5 {
        let error = client.clone().send(heavy()).await.unwrap_err();
        let TransportError::RateLimited { until, daily: true } = error else { panic!("{error:?}") };
        assert_eq!(until, fixed() + TimeDelta::hours(6));
    }
    assert_eq!(count(&server).await, 1);
    assert!(client.send(get().rate(RateClass::Light)).await.is_ok(), "other classes go on");
    *now.lock().unwrap() = fixed() + TimeDelta::hours(6);
    assert!(client.send(heavy()).await.is_ok());
}

#[tokio::test]
async fn a_short_wait_is_slept_for_reads_and_told_for_writes() {
    for (request, calls) in [(get(), 2), (ApiRequest::post("POST /things", "/things"), 1)] {
        let server = MockServer::start().await;
        let limited = ResponseTemplate::new(429).insert_header("Retry-After", "0.05");
        Mock::given(any()).respond_with(limited).up_to_n_times(1).mount(&server).await;
        Mock::given(any()).respond_with(ResponseTemplate::new(200)).with_priority(9).mount(&server).await;
        let outcome = client(base(&server)).send(request).await;
        assert_eq!(count(&server).await, calls);
        if calls == 2 {
            assert_eq!(outcome.unwrap().status, 200);
        } else {
            assert!(matches!(outcome, Err(TransportError::RateLimited { daily: false, .. })));
        }
    }
}

#[tokio::test]
async fn observers_see_every_answer() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(500)).up_to_n_times(1).mount(&server).await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("[]"))
        .with_priority(9)
        .mount(&server)
        .await;
    let client = client(base(&server));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let writing = seen.clone();
    client.observe(Arc::new(move |exchange| {
        let body = String::from_utf8_lossy(exchange.response_body).into_owned();
        writing.lock().unwrap().push((exchange.operation, exchange.status.as_u16(), exchange.attempt, body));
    }));
    client.clone().send(get()).await.unwrap();
    let expected = [("GET /things", 500, 1, String::new()), ("GET /things", 200, 2, "[]".to_owned())];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[tokio::test]
async fn one_attempt_means_one() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(500)).mount(&server).await;
    let mut config = config(base(&server));
    config.retry = RetryPolicy { attempts: 1, ..config.retry };
    ApiClient::new(config, Arc::new(Tokens::default())).unwrap().send(get()).await.unwrap();
    assert_eq!(count(&server).await, 1);
}
