//! The control service, as another process uses it, and the life of a run.

use liaison_sandbox::{Sandbox, SandboxConfig};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::rep::{Answered, Rep, answered};

async fn control(rep: &Rep, method: Method, path: &str, body: Option<Value>) -> Answered {
    let request = rep.http.request(method, format!("{}{path}", rep.sandbox.urls().control));
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    answered(request.send().await.unwrap()).await
}

#[tokio::test]
async fn the_journal_is_read_from_where_one_left_off() {
    let rep = Rep::signed_in().await;
    rep.post("/users/me/meetings", &json!({ "topic": "First" })).await;
    let (_, all) = control(&rep, Method::GET, "/journal", None).await;
    let effects = all["effects"].as_array().unwrap();
    let last = effects.last().unwrap();
    assert_eq!((&last["service"], &last["kind"]), (&json!("zoom"), &json!("meeting.created")));
    assert_eq!(last["detail"]["topic"], "First");
    rep.post("/users/me/meetings", &json!({ "topic": "Second" })).await;
    let since = format!("/journal?since={}", last["seq"]);
    let (_, new) = control(&rep, Method::GET, &since, None).await;
    assert_eq!(new["effects"].as_array().unwrap().len(), 1);
    assert_eq!(new["effects"][0]["detail"]["topic"], "Second");
}

#[tokio::test]
async fn faults_are_added_listed_and_taken_away() {
    let rep = Rep::signed_in().await;
    let answer = json!({ "kind": "answer", "status": 500, "body": "{}" });
    let rules = json!([{ "service": "zoom", "path": "/v2/users/*", "before": answer }]);
    assert_eq!(control(&rep, Method::POST, "/faults", Some(rules)).await.0, 204);
    assert_eq!(rep.get("/users/me").await.0, 500);
    let (_, listed) = control(&rep, Method::GET, "/faults", None).await;
    assert_eq!(listed["faults"][0]["applied"], 1);
    assert_eq!(control(&rep, Method::DELETE, "/faults", None).await.0, 204);
    assert_eq!(rep.get("/users/me").await.0, 200);
    for wrong in [json!({}), json!([{ "path": "/" }]), json!([{ "before": { "kind": "explode" } }])] {
        let (status, body) = control(&rep, Method::POST, "/faults", Some(wrong)).await;
        assert_eq!(status, 400);
        assert!(!body["error"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_clock_moves_and_tokens_are_expired_and_revoked() {
    let rep = Rep::signed_in().await;
    let (_, before) = control(&rep, Method::GET, "/clock", None).await;
    let (_, after) = control(&rep, Method::POST, "/clock", Some(json!({ "advance_ms": 60_000 }))).await;
    let time = |value: &Value| chrono::DateTime::parse_from_rfc3339(value["now"].as_str().unwrap()).unwrap();
    assert!(time(&after) - time(&before) >= chrono::Duration::seconds(60));
    assert_eq!(control(&rep, Method::POST, "/clock", Some(json!({ "by": 1 }))).await.0, 400);

    assert_eq!(control(&rep, Method::POST, "/zoom/expire-access-tokens", None).await.0, 204);
    assert_eq!(rep.me_with(&rep.access_token).await, (401, json!(124)));
    assert_eq!(control(&rep, Method::POST, "/zoom/revoke", None).await.0, 204);
    assert_eq!(rep.me_with(&rep.access_token).await, (401, json!(4741)));
    assert_eq!(rep.effects("token.set_revoked").len(), 1);
    assert_eq!(control(&rep, Method::POST, "/salesforce/expire-access-tokens", None).await.0, 204);
    assert_eq!(control(&rep, Method::POST, "/salesforce/revoke", None).await.0, 204);
    assert_eq!(control(&rep, Method::GET, "/nonsense", None).await.0, 404);
}

#[tokio::test]
async fn the_apps_scopes_can_be_narrowed_for_the_next_sign_in() {
    let mut rep = Rep::signed_in().await;
    let scopes = json!({ "scopes": "user:read:user" });
    assert_eq!(control(&rep, Method::POST, "/zoom/scopes", Some(scopes)).await.0, 204);
    assert_eq!(rep.get("/users/me/meetings").await.0, 200);
    rep.access_token = rep.sandbox.zoom().issue_tokens().access_token;
    assert_eq!(rep.get("/users/me/meetings").await.1["code"], 4711);
    assert_eq!(rep.get("/users/me").await.0, 200);
}

#[tokio::test]
async fn requests_are_counted_by_route() {
    let rep = Rep::signed_in().await;
    for id in [81_234_567_890_u64, 81_234_567_891] {
        rep.get(&format!("/meetings/{id}")).await;
    }
    let (_, counted) = control(&rep, Method::GET, "/requests", None).await;
    let expected = json!([{
        "service": "zoom", "method": "GET", "route": "/v2/meetings/{id}", "count": 2,
    }]);
    assert_eq!(counted["requests"], expected);
}

#[tokio::test]
async fn the_info_line_has_tokens_only_when_asked_for() {
    let rep = Rep::start(SandboxConfig::default()).await;
    let info = rep.sandbox.info(false);
    assert_eq!(info["zoom"]["api"], format!("{}/v2", rep.sandbox.urls().zoom));
    assert_eq!(info["zoom"]["redirect_uri"], "http://127.0.0.1/callback");
    assert_eq!(info["control"], rep.sandbox.urls().control.as_str());
    assert!(info["zoom"].get("access_token").is_none());
    assert!(info["salesforce"].get("refresh_token").is_none());
    assert!(rep.effects("token.issued").is_empty());
    let info = rep.sandbox.info(true);
    let token = info["zoom"]["access_token"].as_str().unwrap();
    assert_eq!(rep.me_with(token).await.0, 200);
    assert!(info["salesforce"]["refresh_token"].is_string());
}

#[tokio::test]
async fn client_ids_follow_from_the_seed() {
    let id = async |seed| {
        let config = SandboxConfig { seed, ..SandboxConfig::default() };
        Rep::start(config).await.sandbox.zoom().client_id().to_owned()
    };
    assert_eq!(id(3).await, id(3).await);
    assert_ne!(id(3).await, id(4).await);
}

#[tokio::test]
async fn a_run_that_has_ended_listens_no_more_and_a_taken_port_is_an_error() {
    let rep = Rep::start(SandboxConfig::default()).await;
    let url = url::Url::parse(&rep.sandbox.urls().zoom).unwrap();
    let config = SandboxConfig { zoom_port: url.port().unwrap(), ..SandboxConfig::default() };
    let error = Sandbox::start(config.clone()).await.unwrap_err().to_string();
    assert_eq!(error, format!("cannot listen on 127.0.0.1 port {} for zoom", config.zoom_port));
    let http = rep.http.clone();
    rep.sandbox.shutdown().await;
    assert!(TcpStream::connect(("127.0.0.1", config.zoom_port)).await.is_err());
    let again = Sandbox::start(config).await.unwrap();
    let page = http.get(format!("{}/oauth/authorize", again.urls().zoom));
    assert_eq!(page.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_zone_that_is_none_is_an_error() {
    let unknown = SandboxConfig { zone: Some("Mars/Base".to_owned()), ..SandboxConfig::default() };
    let error = Sandbox::start(unknown).await.unwrap_err();
    assert_eq!(error.to_string(), "`Mars/Base` is not a time zone of the IANA database");
}
