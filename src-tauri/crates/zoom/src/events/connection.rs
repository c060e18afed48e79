//! One connection: the handshake, signs of life, frames.
//!
//! The handshake goes through the HTTP client, so that certificates and proxies are treated as in every other
//! call; after it the connection is the WebSocket's.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use liaison_transport::AccessToken;
use reqwest::header::{CONNECTION, UPGRADE};
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Upgraded};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use super::envelope::Frame;
use super::{EventSource, EventTiming, ZoomEvent};

/// Events are small; whoever sends more is not Zoom.
const LARGEST_MESSAGE: usize = 1024 * 1024;

const HEARTBEAT: &str = r#"{"module":"heartbeat"}"#;

/// Why there is no connection.
#[derive(Debug)]
pub(super) enum Failure {
    /// Zoom does not accept the token or the subscription.
    Refused,
    /// The HTTP client could not be made.
    Client(reqwest::Error),
    /// Anything that may pass. Its error would show the address, which carries the token.
    Network,
}

/// What a connection tells next.
#[derive(Debug)]
pub(super) enum News {
    Event(Box<ZoomEvent>),
    SignOfLife,
    Unreadable,
    /// The token ends soon: connect anew.
    Renewal,
    Gone,
}

pub(super) struct Connection {
    socket: WebSocketStream<Upgraded>,
    next_heartbeat: Instant,
    last_frame: Instant,
    renewal: Instant,
}

impl Connection {
    pub(super) async fn open(source: &EventSource, token: &AccessToken) -> Result<Self, Failure> {
        timeout(source.timing.connect, Self::handshake(source, token)).await.map_err(|_| Failure::Network)?
    }

    async fn handshake(source: &EventSource, token: &AccessToken) -> Result<Self, Failure> {
        let upgraded = upgrade(source, token).await?;
        let limits =
            WebSocketConfig::default().max_message_size(Some(LARGEST_MESSAGE)).max_frame_size(Some(LARGEST_MESSAGE));
        let mut socket = WebSocketStream::from_raw_socket(upgraded, Role::Client, Some(limits)).await;
        loop {
            match socket.next().await {
                Some(Ok(Message::Text(text))) => match Frame::read(&text) {
                    Frame::Connection { accepted: true } => break,
                    Frame::Connection { accepted: false } => return Err(Failure::Refused),
                    _ => {}
                },
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return Err(Failure::Network),
            }
        }
        let now = Instant::now();
        let EventTiming { heartbeat, renewal, .. } = source.timing;
        Ok(Self { socket, next_heartbeat: now + heartbeat, last_frame: now, renewal: now + renewal })
    }

    /// Waits for the next frame, and gives a sign of life when it is time.
    pub(super) async fn news(&mut self, timing: EventTiming) -> News {
        loop {
            let dead = self.last_frame + timing.silence;
            tokio::select! {
                frame = self.socket.next() => {
                    self.last_frame = Instant::now();
                    if let Some(news) = told(frame) {
                        return news;
                    }
                }
                () = sleep_until(self.next_heartbeat) => {
                    self.next_heartbeat = Instant::now() + timing.heartbeat;
                    if !self.send(Message::Text(Utf8Bytes::from_static(HEARTBEAT)), timing.connect).await {
                        return News::Gone;
                    }
                }
                () = sleep_until(self.renewal) => {
                    self.send(Message::Close(None), timing.connect).await;
                    return News::Renewal;
                }
                () = sleep_until(dead) => return News::Gone,
            }
        }
    }

    async fn send(&mut self, message: Message, longest: Duration) -> bool {
        matches!(timeout(longest, self.socket.send(message)).await, Ok(Ok(())))
    }
}

/// What a frame means; nothing for the protocol's own.
fn told(frame: Option<Result<Message, tokio_tungstenite::tungstenite::Error>>) -> Option<News> {
    match frame {
        Some(Ok(Message::Text(text))) => Some(match Frame::read(&text) {
            Frame::Event(event) => News::Event(event),
            Frame::SignOfLife | Frame::Connection { accepted: true } => News::SignOfLife,
            Frame::Connection { accepted: false } => News::Gone,
            Frame::Unreadable => News::Unreadable,
        }),
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => None,
        Some(Ok(Message::Binary(_))) => Some(News::Unreadable),
        Some(Ok(Message::Close(_)) | Err(_)) | None => Some(News::Gone),
    }
}

/// The handshake of RFC 6455 by an HTTP request.
async fn upgrade(source: &EventSource, token: &AccessToken) -> Result<Upgraded, Failure> {
    let builder = reqwest::Client::builder().http1_only().redirect(Policy::none()).user_agent(&source.user_agent);
    let builder = if source.loopback { builder.no_proxy() } else { builder.https_only(true) };
    let client = builder.build().map_err(Failure::Client)?;
    let mut url = source.address.clone();
    // Zoom takes the token here and nowhere else.
    url.query_pairs_mut()
        .append_pair("subscriptionId", &source.subscription_id)
        .append_pair("access_token", token.expose());
    let key = generate_key();
    let request = client
        .get(url)
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", &key);
    let response = request.send().await.map_err(|_| Failure::Network)?;
    match response.status() {
        StatusCode::SWITCHING_PROTOCOLS => {}
        StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(Failure::Refused),
        _ => return Err(Failure::Network),
    }
    let accept = response.headers().get("Sec-WebSocket-Accept").map(|value| value.as_bytes().to_vec());
    if accept.as_deref() != Some(derive_accept_key(key.as_bytes()).as_bytes()) {
        return Err(Failure::Network);
    }
    response.upgrade().await.map_err(|_| Failure::Network)
}
