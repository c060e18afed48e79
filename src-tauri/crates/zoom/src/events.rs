//! Zoom's event stream over a WebSocket: optional, for accounts whose administrator provides a subscription.
//!
//! Asking at intervals is complete without it; this only makes the news come sooner. The token is one of the
//! administrator's app, so the stream carries events of the whole account: [`OwnEvents`] keeps the rep's own
//! and drops the rest unread. Nothing is queued while the connection is down, so whoever listens asks once
//! after every [`EventStep::Connected`]. Source: Zoom's page "WebSockets".

mod connection;
mod envelope;
mod own;
mod pause;

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::Stream;
use liaison_transport::{AccessToken, AuthError, TokenSource};
use url::Url;

pub use envelope::ZoomEvent;
pub use own::OwnEvents;

use crate::links::is_service_host;
use connection::{Connection, Failure, News};
use pause::pause;

/// How often in a row Zoom may refuse the connection before the stream ends.
const MOST_REFUSALS: u32 = 3;

/// Where the events come from.
#[derive(Debug, Clone)]
pub struct EventSource {
    address: Url,
    subscription_id: String,
    user_agent: String,
    loopback: bool,
    /// How long things may take.
    pub timing: EventTiming,
}

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventTiming {
    /// Between two signs of life of ours; Zoom hangs up without them.
    pub heartbeat: Duration,
    /// Without any frame for so long, the connection is dead.
    pub silence: Duration,
    /// Until the connection stands, at most.
    pub connect: Duration,
    /// A new connection before the token ends, which Zoom grants for an hour.
    pub renewal: Duration,
    /// The longest pause before the first new attempt; doubles with each.
    pub first_pause: Duration,
    /// The longest pause of all.
    pub longest_pause: Duration,
}

impl Default for EventTiming {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_secs(30),
            silence: Duration::from_secs(95),
            connect: Duration::from_secs(20),
            renewal: Duration::from_mins(55),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_mins(1),
        }
    }
}

/// The source cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the event source is not usable: {0}")]
pub struct EventSourceError(&'static str);

impl EventSource {
    /// Zoom's own address, or for the sandbox another one on loopback (`ws://127.0.0.1:…/ws`).
    ///
    /// # Errors
    /// The address is no WebSocket of Zoom's, or the subscription is no identifier.
    pub fn new(
        address: Option<&str>,
        subscription_id: impl Into<String>,
        user_agent: impl Into<String>,
        loopback_allowed: bool,
    ) -> Result<Self, EventSourceError> {
        let text = address.unwrap_or("wss://ws.zoom.us/ws");
        // The handshake is an HTTP request; the schemes differ in name only.
        let http = text.strip_prefix("ws").map(|rest| format!("http{rest}"));
        let url = http.and_then(|http| Url::parse(&http).ok()).ok_or(EventSourceError("no WebSocket address"))?;
        let loopback = url.scheme() == "http";
        if !is_service_host(&url, loopback_allowed) || (loopback && !loopback_allowed) {
            return Err(EventSourceError("not a secure address of Zoom"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(EventSourceError("carries more than a path"));
        }
        let subscription_id = subscription_id.into();
        let identifier = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        if subscription_id.is_empty() || subscription_id.len() > 100 || !subscription_id.bytes().all(identifier) {
            return Err(EventSourceError("no subscription identifier"));
        }
        let timing = EventTiming::default();
        Ok(Self { address: url, subscription_id, user_agent: user_agent.into(), loopback, timing })
    }
}

/// What the stream reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventStep {
    /// The connection stands. What happened before is not told: ask once.
    Connected,
    /// An event of the user's own.
    Event(Box<ZoomEvent>),
    /// A frame could not be read. Something may have happened: ask once.
    Unreadable,
    /// The connection is gone; another attempt follows after the pause.
    Lost {
        /// How long the pause is.
        pause: Duration,
    },
}

/// The stream has ended and does not go on by itself.
#[derive(Debug, thiserror::Error)]
pub enum EventsEnded {
    /// Zoom refused the token or the subscription several times in a row.
    #[error("Zoom does not accept the event subscription")]
    Refused,
    /// There is no token, and none will come by itself.
    #[error(transparent)]
    NoToken(#[from] AuthError),
    /// This computer cannot open connections.
    #[error("no connection can be made")]
    NoClient(#[source] reqwest::Error),
}

/// Listens until the stream is dropped, with a new connection whenever one is lost.
///
/// `tokens` gives tokens of the administrator's app, not of the signed-in user.
pub fn events(
    source: EventSource,
    tokens: Arc<dyn TokenSource>,
    own: OwnEvents,
) -> impl Stream<Item = Result<EventStep, EventsEnded>> + Send + 'static {
    let listener = Listener {
        source,
        tokens,
        own,
        connection: None,
        connected: None,
        wait: Duration::ZERO,
        attempts: 0,
        refused: None,
        refusals: 0,
    };
    futures::stream::unfold(Some(listener), |listener| async move {
        let mut listener = listener?;
        match listener.next().await {
            Ok(step) => Some((Ok(step), Some(listener))),
            Err(error) => Some((Err(error), None)),
        }
    })
}

struct Listener {
    source: EventSource,
    tokens: Arc<dyn TokenSource>,
    own: OwnEvents,
    connection: Option<Connection>,
    /// Since when; only one that lasts makes the next pause short again.
    connected: Option<Instant>,
    wait: Duration,
    attempts: u32,
    /// The token that was refused, so that the next one is another.
    refused: Option<AccessToken>,
    refusals: u32,
}

impl Listener {
    async fn next(&mut self) -> Result<EventStep, EventsEnded> {
        loop {
            let Some(connection) = &mut self.connection else {
                return self.connect().await;
            };
            match connection.news(self.source.timing).await {
                News::Event(event) if self.own.has(&event) => return Ok(EventStep::Event(event)),
                News::Event(_) | News::SignOfLife => {}
                News::Unreadable => return Ok(EventStep::Unreadable),
                News::Renewal => {
                    self.connection = None;
                    self.wait = Duration::ZERO;
                }
                News::Gone => return Ok(self.lost()),
            }
        }
    }

    async fn connect(&mut self) -> Result<EventStep, EventsEnded> {
        tokio::time::sleep(self.wait).await;
        let token = match &self.refused {
            Some(rejected) => self.tokens.refreshed(rejected.clone()).await,
            None => self.tokens.access().await,
        };
        let token = match token {
            Ok(token) => token,
            Err(error) if error.is_final() => return Err(error.into()),
            Err(_) => return Ok(self.lost()),
        };
        self.refused = None;
        match Connection::open(&self.source, &token).await {
            Ok(connection) => {
                self.connection = Some(connection);
                self.connected = Some(Instant::now());
                self.refusals = 0;
                Ok(EventStep::Connected)
            }
            Err(Failure::Refused) => {
                self.refusals += 1;
                self.refused = Some(token);
                if self.refusals >= MOST_REFUSALS { Err(EventsEnded::Refused) } else { Ok(self.lost()) }
            }
            Err(Failure::Client(error)) => Err(EventsEnded::NoClient(error)),
            Err(Failure::Network) => Ok(self.lost()),
        }
    }

    fn lost(&mut self) -> EventStep {
        self.connection = None;
        // A subscription has one connection: two companions that share it would take it from each other without end.
        if self.connected.take().is_some_and(|since| since.elapsed() >= self.source.timing.longest_pause) {
            self.attempts = 0;
        }
        self.wait = pause(self.source.timing, self.attempts);
        self.attempts = self.attempts.saturating_add(1);
        EventStep::Lost { pause: self.wait }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_zooms_own_address_or_loopback() {
        let source = |address: &str, loopback| EventSource::new(Some(address), "sub_1", "Liaison", loopback).is_ok();
        assert!(EventSource::new(None, "sub_1", "Liaison", false).is_ok());
        assert!(source("wss://ws.zoom.us/ws", false));
        assert!(source("ws://127.0.0.1:4000/ws", true));
        for address in [
            "ws://127.0.0.1:4000/ws",
            "ws://ws.zoom.us/ws",
            "wss://ws.zoom.us.example.org/ws",
            "wss://user@ws.zoom.us/ws",
            "wss://ws.zoom.us/ws?subscriptionId=1",
            "https://ws.zoom.us/ws",
            "ws.zoom.us",
        ] {
            assert!(!source(address, false), "{address}");
        }
        assert!(!source("ws://ws.zoom.us/ws", true));
        for subscription in ["", "a b", "a&access_token=b"] {
            assert!(EventSource::new(None, subscription, "Liaison", false).is_err(), "{subscription}");
        }
    }
}
