//! Answers that a script knows by name, at the token endpoints of both services and for one meeting.

use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{BeforeEffect, FaultRule, KnownAnswer, Service};
use reqwest::Method;
use serde_json::{Value, json};

use super::rep::{Rep, answered};

async fn script(rep: &Rep, rules: Value) {
    let request = rep.http.request(Method::POST, format!("{}/faults", rep.sandbox.urls().control));
    assert_eq!(answered(request.json(&rules).send().await.unwrap()).await, (204, Value::Null));
}

fn known(service: &str, path: &str, name: &str) -> Value {
    json!([{ "service": service, "method": "POST", "path": path, "count": 1, "before": { "kind": "answer", "known": name } }])
}

#[tokio::test]
async fn token_answers_that_leave_the_grant_alive_are_given_once_each() {
    let rep = Rep::start(liaison_sandbox::SandboxConfig::default()).await;
    let endpoints = [
        ("zoom", "/oauth/token", format!("{}/oauth/token", rep.sandbox.urls().zoom)),
        ("salesforce", "/services/oauth2/token", format!("{}/services/oauth2/token", rep.sandbox.urls().salesforce)),
    ];
    for (service, path, url) in endpoints {
        let zoom = service == "zoom";
        let tokens = if zoom { rep.sandbox.zoom().issue_tokens() } else { rep.sandbox.salesforce().issue_tokens() };
        let client = if zoom {
            rep.sandbox.zoom().client_id().to_owned()
        } else {
            rep.sandbox.salesforce().client_id().to_owned()
        };
        let form = [("grant_type", "refresh_token"), ("refresh_token", &tokens.refresh_token), ("client_id", &client)];
        for (name, status, error, said) in [
            ("token_retry", 400, "unknown_error", "retry your request"),
            ("token_ip_restricted", 400, "invalid_grant", "ip restricted"),
            ("token_being_processed", 400, "invalid_grant", "token request is already being processed"),
        ] {
            script(&rep, known(service, path, name)).await;
            let (got, body) = answered(rep.http.post(&url).form(&form).send().await.unwrap()).await;
            assert_eq!((got, &body["error"], &body["error_description"]), (status, &json!(error), &json!(said)));
        }
        script(&rep, known(service, path, "proxy_forbidden")).await;
        let (got, body) = answered(rep.http.post(&url).form(&form).send().await.unwrap()).await;
        assert_eq!((got, body.get("error")), (403, None));
        let (got, body) = answered(rep.http.post(&url).form(&form).send().await.unwrap()).await;
        assert_eq!((got, body["access_token"].is_string()), (200, true), "{service}: {body}");
    }
    assert_eq!(rep.sandbox.requests().count(Service::Zoom, "POST", "/oauth/token"), 5);
}

#[tokio::test]
async fn one_meeting_of_several_is_refused_or_cannot_be_read() {
    let rep = Rep::signed_in().await;
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(rep.post("/users/me/meetings", &json!({ "topic": format!("M{number}") })).await.1["id"].clone());
    }
    let rule = |id: &Value, known: KnownAnswer| json!({ "service": "zoom", "method": "GET", "path": format!("/v2/meetings/{id}"), "after": { "kind": "answer", "known": known } });
    script(&rep, json!([rule(&ids[0], KnownAnswer::ZoomRefused), rule(&ids[1], KnownAnswer::Undecodable)])).await;
    let (status, refused) = rep.get(&format!("/meetings/{}", ids[0])).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)));
    let broken = rep.send(Method::GET, &format!("/meetings/{}", ids[1]), None).await;
    assert_eq!(broken.status(), 200);
    assert!(serde_json::from_str::<Value>(&broken.text().await.unwrap()).is_err());
    assert_eq!(rep.get(&format!("/meetings/{}", ids[2])).await.1["topic"], "M2");
}

#[tokio::test]
async fn an_error_inside_a_success_can_be_scripted() {
    let rep = Rep::signed_in().await;
    let inside = CannedAnswer::json(200, r#"{"code":3000,"message":"Cannot access webinar info."}"#);
    let rule = FaultRule::on(Service::Zoom, "GET", "/v2/users/me/webinars").before(BeforeEffect::Answer(inside));
    rep.sandbox.faults().add(rule.times(1)).unwrap();
    let (status, body) = rep.get("/users/me/webinars").await;
    assert_eq!((status, &body["code"]), (200, &json!(3000)));
    assert!(rep.get("/users/me/webinars").await.1["webinars"].is_array());
}
