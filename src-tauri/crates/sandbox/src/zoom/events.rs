//! The events that Zoom tells about, and who listens.
//!
//! Nothing is kept for somebody who is not connected: what nobody hears is lost, as at Zoom.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use tokio::sync::{broadcast, watch};

use super::account::Account;
use super::meetings::{Family, Meeting, instant};
use super::registration::{self, Registrant};

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
    /// Tells those who listen; the event is a text inside the frame, so it is JSON twice over.
    pub fn publish(&self, event: &str, account_id: &str, object: Value, now: DateTime<Utc>) {
        let mut payload = Map::new();
        payload.insert("account_id".to_owned(), json!(account_id));
        payload.insert("object".to_owned(), object);
        self.publish_payload(event, &Value::Object(payload), now);
    }

    /// As [`Self::publish`], with a payload of any form.
    pub fn publish_payload(&self, event: &str, payload: &Value, now: DateTime<Utc>) {
        let content = json!({ "event": event, "event_ts": now.timestamp_millis(), "payload": payload });
        let frame = json!({
            "module": "message", "header": { "type": "event" }, "content": content.to_string(),
        });
        // Nobody listening is no error.
        let _ = self.frames.send(frame.to_string());
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

/// What events say about a meeting or webinar. Its number is a text where it starts or ends and a
/// number elsewhere, as at Zoom.
fn described(account: &Account, what: &str, event: &Meeting, now: DateTime<Utc>) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    let as_text = matches!(what, "started" | "ended");
    put("id", if as_text { json!(event.id.to_string()) } else { json!(event.id) });
    put("uuid", json!(event.uuid));
    put("host_id", json!(account.user.id));
    put("topic", json!(event.topic));
    put("type", json!(event.kind));
    if let Some(start) = event.start {
        put("start_time", json!(instant(start)));
    }
    put("duration", json!(event.minutes));
    put("timezone", json!(event.zone.name()));
    if what == "ended" {
        put("end_time", json!(instant(now)));
    }
    object
}

impl Account {
    /// Tells the listeners what has happened to a meeting or webinar.
    pub fn tell_of_event(&self, what: &str, family: Family, event: &Meeting) {
        let now = self.now();
        let object = Value::Object(described(self, what, event, now));
        self.events.publish(&format!("{}.{what}", family.name()), &self.user.account_id, object, now);
    }

    /// Tells the listeners what has happened to a registration.
    pub fn tell_of_registrant(&self, what: &str, family: Family, event: &Meeting, registrant: &Registrant) {
        let now = self.now();
        let mut object = described(self, what, event, now);
        let row = registration::registrant(family, event, registrant);
        object.insert("registrant".to_owned(), Value::Object(row));
        let name = format!("{}.registration_{what}", family.name());
        self.events.publish(&name, &self.user.account_id, Value::Object(object), now);
    }
}
