//! The events that Zoom tells about, and who listens.
//!
//! Nothing is kept for somebody who is not connected: what nobody hears is lost, as at Zoom.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use tokio::sync::{broadcast, watch};

/// So many events a slow listener may be behind before it loses some.
const BACKLOG: usize = 1_024;

/// Where events go, and which connection is the latest.
#[derive(Debug)]
pub(crate) struct Events {
    frames: broadcast::Sender<String>,
    latest: watch::Sender<u64>,
}

impl Default for Events {
    fn default() -> Self {
        Self { frames: broadcast::Sender::new(BACKLOG), latest: watch::Sender::new(0) }
    }
}

impl Events {
    /// Tells those who listen.
    pub fn publish(&self, event: &str, account_id: &str, object: Value, now: DateTime<Utc>) {
        let mut payload = Map::new();
        payload.insert("account_id".to_owned(), json!(account_id));
        payload.insert("object".to_owned(), object);
        self.publish_payload(event, &Value::Object(payload), now);
    }

    /// As [`Self::publish`], with a payload of any form.
    pub fn publish_payload(&self, event: &str, payload: &Value, now: DateTime<Utc>) {
        // Nobody listening is no error.
        let _ = self.frames.send(frame(event, payload, now, None));
    }

    /// Begins to listen; whoever listened before is told to stop.
    pub fn listen(&self) -> Listener {
        let frames = self.frames.subscribe();
        let mut own = 0;
        self.latest.send_modify(|latest| {
            *latest += 1;
            own = *latest;
        });
        Listener { frames, latest: self.latest.subscribe(), own }
    }
}

/// One event as it goes over the line: a text inside the frame, so it is JSON twice over.
pub(crate) fn frame(event: &str, payload: &Value, now: DateTime<Utc>, download_token: Option<&str>) -> String {
    let mut content = json!({ "event": event, "event_ts": now.timestamp_millis(), "payload": payload });
    if let (Some(content), Some(token)) = (content.as_object_mut(), download_token) {
        content.insert("download_token".to_owned(), json!(token));
    }
    let frame = json!({ "module": "message", "header": { "type": "event" }, "content": content.to_string() });
    frame.to_string()
}

/// One connection's ear.
pub(crate) struct Listener {
    pub frames: broadcast::Receiver<String>,
    latest: watch::Receiver<u64>,
    own: u64,
}

impl Listener {
    /// Returns when a later connection has taken over.
    pub async fn replaced(latest: &mut watch::Receiver<u64>, own: u64) {
        let _ = latest.wait_for(|latest| *latest != own).await;
    }

    /// The parts, so that both can be waited for at once.
    pub fn into_parts(self) -> (broadcast::Receiver<String>, watch::Receiver<u64>, u64) {
        (self.frames, self.latest, self.own)
    }
}
