//! The event stream over its WebSocket.

use futures::{SinkExt, StreamExt};
use liaison_sandbox_kernel::{SandboxConfig, WorldKind};
use liaison_sandbox_zoom::PlacedCall;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::rep::{Rep, answered};

pub type Socket = WebSocketStream<TcpStream>;

/// A token of the app itself.
pub async fn app_token(rep: &Rep) -> String {
    let client = rep.stage.zoom().confidential_client();
    let request = rep.http.post(rep.url("/oauth/token")).basic_auth(&client.id, Some(&client.secret));
    let (status, tokens) = answered(request.form(&[("grant_type", "client_credentials")]).send().await.unwrap()).await;
    assert_eq!(status, 200);
    assert!(tokens.get("refresh_token").is_none());
    tokens["access_token"].as_str().unwrap().to_owned()
}

pub async fn connect(rep: &Rep, token: &str) -> Socket {
    let address = rep.stage.urls().zoom.strip_prefix("http://").unwrap().to_owned();
    let stream = TcpStream::connect(&address).await.unwrap();
    let subscription = rep.stage.zoom().subscription();
    let url = format!("ws://{address}/ws?subscriptionId={subscription}&access_token={token}");
    tokio_tungstenite::client_async(url, stream).await.unwrap().0
}

/// The next frame as JSON; `None` when the connection has ended.
pub async fn next(socket: &mut Socket) -> Option<Value> {
    match socket.next().await {
        Some(Ok(Message::Text(text))) => Some(serde_json::from_str(text.as_str()).unwrap()),
        _ => None,
    }
}

/// The event inside a frame.
pub fn event(frame: &Value) -> Value {
    assert_eq!(frame["module"], "message");
    serde_json::from_str(frame["content"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn events_arrive_as_json_inside_json() {
    let rep = Rep::signed_in().await;
    let mut socket = connect(&rep, &app_token(&rep).await).await;
    let greeting = next(&mut socket).await.unwrap();
    assert_eq!((&greeting["module"], &greeting["success"]), (&json!("build_connection"), &json!(true)));
    let (_, meeting) = rep.post("/users/me/meetings", &json!({ "topic": "Heard" })).await;
    let created = event(&next(&mut socket).await.unwrap());
    assert_eq!(created["event"], "meeting.created");
    assert_eq!(created["payload"]["object"]["id"], meeting["id"]);
    assert!(created["event_ts"].as_i64().unwrap() > 1_700_000_000_000);
    socket.send(Message::text(json!({ "module": "heartbeat" }).to_string())).await.unwrap();
    let beat = next(&mut socket).await.unwrap();
    assert_eq!((&beat["module"], &beat["success"]), (&json!("heartbeat"), &json!(true)));
}

#[tokio::test]
async fn a_call_that_ends_is_told_with_zooms_spelling() {
    let rep = Rep::signed_in().await;
    let mut socket = connect(&rep, &app_token(&rep).await).await;
    next(&mut socket).await.unwrap();
    let call = PlacedCall {
        inbound: true,
        number: "+12125550142".to_owned(),
        name: None,
        talk_seconds: 31,
        voicemail: false,
        recorded: false,
    };
    let id = rep.stage.zoom().place_call(&call);
    let ended = event(&next(&mut socket).await.unwrap());
    assert_eq!(ended["event"], "phone.callee_ended");
    let object = &ended["payload"]["object"];
    assert_eq!(object["handup_result"], "Call connected");
    assert_eq!(object["caller"]["phone_number"], "+12125550142");
    assert!(object["callee"]["extension_number"].is_i64());
    let completed = event(&next(&mut socket).await.unwrap());
    assert_eq!(completed["event"], "phone.callee_call_element_completed");
    assert_eq!(completed["payload"]["object"]["call_elements"][0]["call_element_id"], id);
}

#[tokio::test]
async fn a_users_token_or_a_wrong_one_is_told_so_and_cut_off() {
    let rep = Rep::signed_in().await;
    for token in [rep.access_token.as_str(), "made-up"] {
        let mut socket = connect(&rep, token).await;
        let refused = next(&mut socket).await.unwrap();
        assert_eq!((&refused["module"], &refused["success"]), (&json!("build_connection"), &json!(false)));
        assert!(next(&mut socket).await.is_none());
    }
    let form = [("grant_type", "client_credentials"), ("client_id", rep.stage.zoom().client_id())];
    let answer = rep.http.post(rep.url("/oauth/token")).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(rep.me_with(&app_token(&rep).await).await.0, 401);
    let plain = rep.http.get(rep.url("/ws")).send().await.unwrap();
    assert_eq!(plain.status(), 400);
}

#[tokio::test]
async fn a_second_connection_ends_the_first_and_nothing_is_repeated() {
    let rep = Rep::signed_in().await;
    let token = app_token(&rep).await;
    rep.stage.zoom().publish("user.updated", &json!({ "object": { "id": "before" } }));
    let mut first = connect(&rep, &token).await;
    next(&mut first).await.unwrap();
    let mut second = connect(&rep, &token).await;
    next(&mut second).await.unwrap();
    assert!(next(&mut first).await.is_none());
    rep.stage.zoom().publish("user.updated", &json!({ "object": { "id": "after" } }));
    let heard = event(&next(&mut second).await.unwrap());
    assert_eq!(heard["payload"]["object"]["id"], "after");
}

#[tokio::test]
async fn who_sends_no_heartbeat_is_cut_off() {
    let rep = Rep::signed_in_to(SandboxConfig {
        zoom_heartbeat_seconds: 1,
        world: WorldKind::Empty,
        ..SandboxConfig::default()
    })
    .await;
    let mut socket = connect(&rep, &app_token(&rep).await).await;
    next(&mut socket).await.unwrap();
    assert!(next(&mut socket).await.is_none());
}

#[tokio::test]
async fn a_user_who_removes_the_app_is_heard_of_and_its_tokens_die() {
    let rep = Rep::signed_in().await;
    let mut socket = connect(&rep, &app_token(&rep).await).await;
    next(&mut socket).await.unwrap();
    rep.stage.zoom().deauthorize();
    let removed = event(&next(&mut socket).await.unwrap());
    assert_eq!(removed["event"], "app_deauthorized");
    assert_eq!(removed["payload"]["client_id"], rep.stage.zoom().client_id());
    assert_eq!(rep.me_with(&rep.access_token).await, (401, json!(4741)));
}
