//! Frames of the event stream: the envelope, and the event that is written as text inside it.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use crate::lenient;

/// An event: a name, a moment and what Zoom tells. `Debug` shows the name and the moment only.
#[derive(Clone, PartialEq, Eq)]
pub struct ZoomEvent {
    name: String,
    time_ms: i64,
    payload: Value,
}

impl ZoomEvent {
    /// Reads the body of an event, which is the same as that of a webhook.
    pub(super) fn read(content: &Value) -> Option<Self> {
        #[derive(Deserialize)]
        struct Body {
            event: String,
            #[serde(default, deserialize_with = "lenient::optional_whole_number")]
            event_ts: Option<i64>,
            #[serde(default)]
            payload: Value,
        }
        let body = Body::deserialize(content).ok()?;
        Some(Self { name: body.event, time_ms: body.event_ts.unwrap_or_default(), payload: body.payload })
    }

    /// Zoom's name, for example `meeting.ended`. New ones come at any time.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When it happened, in milliseconds since 1970; 0 when Zoom does not say.
    #[must_use]
    pub fn time_ms(&self) -> i64 {
        self.time_ms
    }

    /// What Zoom tells. Identifiers are numbers in one event and texts in another.
    #[must_use]
    pub fn payload(&self) -> &Value {
        &self.payload
    }

    /// Identifier of the thing the event is about: a number of a meeting, a call and so on, as text.
    #[must_use]
    pub fn object_id(&self) -> Option<String> {
        let object = self.payload.get("object")?;
        ["uuid", "call_id", "id"].iter().find_map(|name| match object.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    /// The same for two deliveries of one event, which Zoom does not rule out.
    #[must_use]
    pub fn identity(&self) -> (String, i64, Option<String>, Option<String>) {
        let participant = self.payload.pointer("/object/participant/participant_uuid").and_then(Value::as_str);
        (self.name.clone(), self.time_ms, self.object_id(), participant.map(str::to_owned))
    }
}

impl fmt::Debug for ZoomEvent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ZoomEvent({} at {} ms)", self.name, self.time_ms)
    }
}

/// What a frame says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// The answer to the connection.
    Connection {
        /// Whether it stands.
        accepted: bool,
    },
    /// The answer to a sign of life, or something that is none of our business.
    SignOfLife,
    /// An event.
    Event(Box<ZoomEvent>),
    /// Not as Zoom writes it.
    Unreadable,
}

impl Frame {
    pub(super) fn read(text: &str) -> Self {
        let Ok(envelope) = serde_json::from_str::<Value>(text) else {
            return Self::Unreadable;
        };
        match envelope.get("module").and_then(Value::as_str) {
            // The text beside it varies, so only this tells.
            Some("build_connection") => Self::Connection { accepted: envelope["success"] == Value::Bool(true) },
            Some("message") => Self::of_content(&envelope["content"]),
            Some(_) => Self::SignOfLife,
            None => Self::Unreadable,
        }
    }

    /// The event is JSON inside a text inside JSON; a plain object is taken as well.
    fn of_content(content: &Value) -> Self {
        let event = match content {
            Value::String(text) => serde_json::from_str::<Value>(text).ok().as_ref().and_then(ZoomEvent::read),
            other => ZoomEvent::read(other),
        };
        event.map_or(Self::Unreadable, |event| Self::Event(Box::new(event)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn ended() -> Value {
        json!({"event": "meeting.ended", "event_ts": 1_804_689_000_000_i64,
               "payload": {"account_id": "a", "object": {"id": "98765432101", "uuid": "Qw==", "host_id": "u1"}}})
    }

    #[test]
    fn an_event_is_read_from_text_and_from_an_object() {
        let as_text = json!({"module": "message", "header": {}, "content": ended().to_string()});
        let as_object = json!({"module": "message", "content": ended()});
        for frame in [as_text, as_object] {
            let Frame::Event(event) = Frame::read(&frame.to_string()) else { panic!("{frame}") };
            assert_eq!((event.name(), event.time_ms()), ("meeting.ended", 1_804_689_000_000));
            assert_eq!(event.object_id().as_deref(), Some("Qw=="));
            assert!(!format!("{event:?}").contains("u1"));
        }
    }

    #[test]
    fn success_tells_whether_the_connection_stands() {
        for (frame, accepted) in [
            (r#"{"module":"build_connection","success":true,"content":"ok"}"#, true),
            (r#"{"module":"build_connection","success":false,"content":"Invalid Token"}"#, false),
            (r#"{"module":"build_connection"}"#, false),
        ] {
            assert_eq!(Frame::read(frame), Frame::Connection { accepted }, "{frame}");
        }
        assert_eq!(Frame::read(r#"{"module":"heartbeat","success":true,"content":"x"}"#), Frame::SignOfLife);
        for frame in ["", "[]", "{}", r#"{"module":"message","content":"{"}"#, r#"{"module":"message","content":7}"#] {
            assert_eq!(Frame::read(frame), Frame::Unreadable, "{frame}");
        }
    }

    #[test]
    fn two_deliveries_are_the_same_event() {
        let one = ZoomEvent::read(&ended()).unwrap();
        let mut later = ended();
        later["event_ts"] = json!(1_804_689_000_001_i64);
        assert_eq!(one.identity(), ZoomEvent::read(&ended()).unwrap().identity());
        assert_ne!(one.identity(), ZoomEvent::read(&later).unwrap().identity());
    }

    proptest! {
        #[test]
        fn any_frame_is_read_or_refused(text in any::<String>(), cut in any::<prop::sample::Index>()) {
            let _ = Frame::read(&text);
            let whole = json!({"module": "message", "content": ended().to_string()}).to_string();
            let cut = &whole[..cut.index(whole.len())];
            prop_assert_eq!(Frame::read(cut), Frame::Unreadable);
        }
    }
}
