//! Fault scripts: before the effect nothing has happened, after it exactly one thing has.

use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{AfterEffect, BeforeEffect, FaultRule, Service};
use serde_json::{Value, json};
use std::io::ErrorKind;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::rep::{Rep, answered};

const CREATE: &str = "/v2/users/me/meetings";

fn rule() -> FaultRule {
    FaultRule::on(Service::Zoom, "POST", CREATE).times(1)
}

/// Sends a create request whose body announces `announced` bytes, and reads until the end.
async fn raw_create(rep: &Rep, body: &str, announced: usize) -> (Vec<u8>, Option<ErrorKind>) {
    let address = rep.sandbox.urls().zoom.replace("http://", "");
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST {CREATE} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {announced}\r\nconnection: close\r\n\r\n",
        rep.access_token
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut received = Vec::new();
    let error = stream.read_to_end(&mut received).await.err();
    (received, error.map(|error| error.kind()))
}

async fn create(rep: &Rep) -> Result<(u16, Value), reqwest::Error> {
    let request = rep.http.post(rep.url(CREATE)).bearer_auth(&rep.access_token);
    let response = request.json(&json!({ "topic": "Once" })).send().await?;
    let status = response.status().as_u16();
    Ok((status, response.json().await?))
}

#[tokio::test]
async fn a_reset_before_leaves_no_effect_and_one_after_leaves_exactly_one() {
    let rep = Rep::signed_in().await;
    rep.sandbox.faults().add(rule().before(BeforeEffect::Reset)).unwrap();
    assert!(create(&rep).await.is_err());
    assert_eq!(rep.effects("meeting.created").len(), 0);
    rep.sandbox.faults().add(rule().after(AfterEffect::Reset)).unwrap();
    assert!(create(&rep).await.is_err());
    assert_eq!(rep.effects("meeting.created").len(), 1);
    assert_eq!(create(&rep).await.unwrap().0, 201);
    assert_eq!(rep.effects("meeting.created").len(), 2);
    assert_eq!(rep.sandbox.requests().count(Service::Zoom, "POST", CREATE), 3);
}

#[tokio::test]
async fn a_late_request_is_done_when_the_clock_has_moved_on_and_once() {
    let rep = Rep::signed_in().await;
    rep.sandbox.faults().add(rule().before(BeforeEffect::Late { ms: 20_000 })).unwrap();
    assert!(create(&rep).await.is_err());
    let look = async || rep.send(reqwest::Method::GET, "/users/me", None).await.status().as_u16();
    assert_eq!(look().await, 200);
    assert_eq!(rep.effects("meeting.created").len(), 0);
    rep.sandbox.shared().clock.advance_ms(20_000);
    for _ in 0..2 {
        assert_eq!(look().await, 200);
        assert_eq!(rep.effects("meeting.created").len(), 1);
    }
}

#[tokio::test]
async fn a_request_that_is_held_ends_with_the_script_and_is_done_before_it_never_or_later() {
    let rep = Rep::signed_in().await;
    let cases = [
        (rule().after(AfterEffect::Hold), 1, 1),
        (rule().before(BeforeEffect::Hold { late_ms: None }), 1, 1),
        (rule().before(BeforeEffect::Hold { late_ms: Some(5_000) }), 1, 2),
    ];
    for (fault, at_the_end, later) in cases {
        let faults = rep.sandbox.faults();
        let begun = std::sync::Arc::new(tokio::sync::Notify::new());
        let tell = std::sync::Arc::clone(&begun);
        faults.add_with(fault, std::sync::Arc::new(move |_| tell.notify_one())).unwrap();
        let (answer, ()) = tokio::join!(create(&rep), async {
            begun.notified().await;
            rep.send(reqwest::Method::GET, "/users/me", None).await;
            faults.clear();
        });
        assert!(answer.is_err());
        assert_eq!(rep.effects("meeting.created").len(), at_the_end);
        rep.sandbox.shared().clock.advance_ms(5_000);
        rep.send(reqwest::Method::GET, "/users/me", None).await;
        assert_eq!(rep.effects("meeting.created").len(), later);
    }
}

/// Between the moment at which a client sends a change and its effect.
#[tokio::test]
async fn somebody_else_can_act_before_the_effect() {
    let rep = Rep::signed_in().await;
    let (zoom, id) = (rep.sandbox.zoom().clone(), create(&rep).await.unwrap().1["id"].to_string());
    let change = FaultRule::on(Service::Zoom, "PATCH", "/v2/meetings").times(1);
    let others = move |path: &str| {
        assert!(path.ends_with(&id), "{path}");
        let theirs = serde_json::Map::from_iter([("agenda".to_owned(), json!("Theirs"))]);
        zoom.edit_meeting(id.parse().unwrap(), &theirs).unwrap();
    };
    rep.sandbox.faults().add_with(change, std::sync::Arc::new(others)).unwrap();
    let made = rep.effects("meeting.created")[0].id.clone();
    let path = format!("/meetings/{made}");
    let answer = rep.send(reqwest::Method::PATCH, &path, Some(&json!({ "topic": "Ours" }))).await;
    assert_eq!(answer.status().as_u16(), 204);
    let meeting: Value = rep.send(reqwest::Method::GET, &path, None).await.json().await.unwrap();
    assert_eq!((&meeting["topic"], &meeting["agenda"]), (&json!("Ours"), &json!("Theirs")));
}

#[tokio::test]
async fn a_reset_is_a_real_one() {
    let rep = Rep::signed_in().await;
    for fault in [rule().before(BeforeEffect::Reset), rule().after(AfterEffect::Reset)] {
        rep.sandbox.faults().add(fault).unwrap();
        let (received, error) = raw_create(&rep, "{}", 2).await;
        assert_eq!((received.len(), error), (0, Some(ErrorKind::ConnectionReset)));
    }
}

#[tokio::test]
async fn a_request_that_is_cut_short_has_no_effect() {
    let rep = Rep::signed_in().await;
    let _ = raw_create(&rep, r#"{"topic":"Cut"}"#, 400).await;
    assert_eq!(rep.effects("meeting.created").len(), 0);
    assert_eq!(rep.sandbox.requests().total(Service::Zoom), 0);
    let (answer, error) = raw_create(&rep, r#"{"topic":"Ok"}"#, 14).await;
    assert_eq!(error, None);
    assert!(answer.starts_with(b"HTTP/1.1 201"));
    assert_eq!(rep.effects("meeting.created").len(), 1);
}

#[tokio::test]
async fn a_truncated_answer_announces_more_than_it_holds_at_every_length() {
    let rep = Rep::signed_in().await;
    let whole = rep.send(reqwest::Method::GET, "/users/me", None).await;
    let length = usize::try_from(whole.content_length().unwrap()).unwrap();
    for bytes in [0, 1, length / 2, length - 1, length + 1] {
        let cut = FaultRule::on(Service::Zoom, "GET", "/v2/users/me").times(1);
        rep.sandbox.faults().add(cut.after(AfterEffect::Truncate { bytes })).unwrap();
        let mut answer = rep.send(reqwest::Method::GET, "/users/me", None).await;
        assert_eq!(answer.content_length(), Some(length as u64));
        let mut received = 0;
        let ended = loop {
            match answer.chunk().await {
                Ok(Some(chunk)) => received += chunk.len(),
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        assert!(ended.is_err(), "{bytes}");
        assert_eq!(received, bytes.min(length - 1));
    }
}

#[tokio::test]
async fn a_dripped_answer_is_whole_in_the_end() {
    let rep = Rep::signed_in().await;
    rep.sandbox.faults().add(rule().after(AfterEffect::Drip { bytes: 500, every_ms: 1 })).unwrap();
    let (status, meeting) = create(&rep).await.unwrap();
    assert_eq!((status, &meeting["topic"]), (201, &json!("Once")));
}

#[tokio::test]
async fn answers_can_be_replaced_before_and_after_the_effect() {
    let rep = Rep::signed_in().await;
    let portal = CannedAnswer {
        status: 302,
        body: String::new(),
        content_type: Some("text/html".to_owned()),
        headers: [("location".to_owned(), "http://portal.example/".to_owned())].into(),
    };
    rep.sandbox.faults().add(rule().before(BeforeEffect::Answer(CannedAnswer::json(503, "{}")))).unwrap();
    assert_eq!(create(&rep).await.unwrap().0, 503);
    assert_eq!(rep.effects("meeting.created").len(), 0);
    rep.sandbox.faults().add(rule().after(AfterEffect::Answer(portal))).unwrap();
    let redirected = rep.send(reqwest::Method::POST, "/users/me/meetings", Some(&json!({}))).await;
    assert_eq!(redirected.status(), 302);
    assert_eq!(redirected.headers()["location"], "http://portal.example/");
    assert_eq!(rep.effects("meeting.created").len(), 1);
    let ok_with_error = CannedAnswer::json(200, r#"{"code":300,"message":"Validation Failed."}"#);
    rep.sandbox.faults().add(rule().after(AfterEffect::Answer(ok_with_error))).unwrap();
    assert_eq!(create(&rep).await.unwrap(), (200, json!({"code": 300, "message": "Validation Failed."})));
}

#[tokio::test]
async fn a_client_that_hangs_up_does_not_undo_what_it_asked_for() {
    let rep = Rep::signed_in().await;
    rep.sandbox.faults().add(rule().after(AfterEffect::Delay { ms: 60_000 })).unwrap();
    let address = rep.sandbox.urls().zoom.replace("http://", "");
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let request = format!(
        "POST {CREATE} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}",
        rep.access_token
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    drop(stream);
    while rep.effects("meeting.created").is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(rep.effects("meeting.created").len(), 1);
}

#[tokio::test]
async fn a_refresh_whose_answer_is_lost_has_rotated_all_the_same() {
    let rep = Rep::signed_in().await;
    let tokens = rep.sandbox.zoom().issue_tokens();
    let lost = FaultRule::on(Service::Zoom, "POST", "/oauth/token").times(1);
    rep.sandbox.faults().add(lost.after(AfterEffect::Reset)).unwrap();
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens.refresh_token.as_str()),
        ("client_id", rep.sandbox.zoom().client_id()),
    ];
    assert!(rep.http.post(rep.url("/oauth/token")).form(&form).send().await.is_err());
    assert_eq!(rep.effects("token.refreshed").len(), 1);
    let (status, body) = answered(rep.http.post(rep.url("/oauth/token")).form(&form).send().await.unwrap()).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_grant")));
}
