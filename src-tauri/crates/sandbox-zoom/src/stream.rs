//! The WebSocket of an event subscription.
//!
//! It is for the app itself, not for a user: its token comes from the app's own credentials. One
//! connection at a time; a second one ends the first. A client that sends no heartbeat is cut off.
//! Source: Zoom's page on WebSockets and its sample client.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::{SinkExt, StreamExt};
use liaison_sandbox_kernel::locked;
use liaison_sandbox_kernel::takeover::Takeover;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::account::Account;
use super::events::Listener;
use super::past;

/// The only subscription of the app.
pub(crate) const SUBSCRIPTION: &str = "N7pXq2LbTtKc4vYhZs0WfA";

/// How often a connection looks for what has happened by itself.
const TICK: Duration = Duration::from_millis(200);

/// `GET /ws?subscriptionId=…&access_token=…`.
pub(crate) async fn open(
    State(account): State<Arc<Account>>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let wants = text(header::UPGRADE).eq_ignore_ascii_case("websocket");
    let Some(key) = headers.get(header::SEC_WEBSOCKET_KEY).filter(|_| wants) else {
        return (StatusCode::BAD_REQUEST, "This address speaks WebSocket only.").into_response();
    };
    let accept = derive_accept_key(key.as_bytes());
    let token = query.get("access_token").map(String::as_str).unwrap_or_default();
    let known = query.get("subscriptionId").map(String::as_str) == Some(SUBSCRIPTION);
    let admitted = known && locked(&account.oauth).is_app_token(token, account.now());
    let takeover = Takeover::new(move |stream, read| converse(account.clone(), admitted, stream, read));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    if let Ok(accept) = HeaderValue::from_str(&accept) {
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    }
    response.extensions_mut().insert(takeover);
    response
}

type Socket = WebSocketStream<TcpStream>;

async fn converse(account: Arc<Account>, admitted: bool, stream: TcpStream, read: Bytes) {
    let mut socket: Socket = WebSocketStream::from_partially_read(stream, read.to_vec(), Role::Server, None).await;
    if !admitted {
        let refused = json!({ "module": "build_connection", "success": false, "content": "Invalid Token" });
        let _ = socket.send(Message::text(refused.to_string())).await;
        let _ = socket.close(None).await;
        return;
    }
    // From here on nothing is missed, so it has to come before the greeting.
    let listener = account.events.listen();
    let greeting = json!({ "module": "build_connection", "success": true, "content": "Connection established" });
    if socket.send(Message::text(greeting.to_string())).await.is_err() {
        return;
    }
    let patience = Duration::from_secs(account.shared.config.zoom_heartbeat_seconds);
    relay(&account, &mut socket, listener, patience).await;
    let _ = socket.close(None).await;
}

/// Passes events on until the connection ends, is replaced, or has been silent for too long.
async fn relay(account: &Account, socket: &mut Socket, listener: Listener, patience: Duration) {
    let (mut frames, mut latest, own) = listener.into_parts();
    let mut told_until = account.now();
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut deadline = Instant::now() + patience;
    loop {
        let send = tokio::select! {
            () = Listener::replaced(&mut latest, own) => return,
            () = tokio::time::sleep_until(deadline) => return,
            _ = ticks.tick() => {
                let now = account.now();
                for frame in past::frames(account, told_until, now) {
                    if socket.send(Message::text(frame)).await.is_err() {
                        return;
                    }
                }
                told_until = told_until.max(now);
                None
            }
            frame = frames.recv() => match frame {
                Ok(frame) => Some(frame),
                Err(RecvError::Lagged(_)) => None,
                Err(RecvError::Closed) => return,
            },
            received = socket.next() => match received {
                Some(Ok(Message::Text(text))) => {
                    let heartbeat = is_heartbeat(text.as_str());
                    if heartbeat {
                        deadline = Instant::now() + patience;
                    }
                    heartbeat.then(|| json!({ "module": "heartbeat", "success": true, "content": "" }).to_string())
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => None,
            },
        };
        if let Some(frame) = send
            && socket.send(Message::text(frame)).await.is_err()
        {
            return;
        }
    }
}

fn is_heartbeat(text: &str) -> bool {
    let frame: Value = serde_json::from_str(text).unwrap_or_default();
    frame.get("module").and_then(Value::as_str) == Some("heartbeat")
}
