//! Which events concern the signed-in user.

use std::collections::HashSet;

use serde_json::Value;

use super::ZoomEvent;

/// The identifiers by which the user appears in events.
#[derive(Debug, Clone, Default)]
pub struct OwnEvents {
    identifiers: HashSet<String>,
}

/// Where an event names the person it is about. A participant is not among them: the user sits in other
/// people's meetings, too.
const PATHS: [&str; 13] = [
    "/object/host_id",
    "/object/meeting_host_id",
    "/object/user_id",
    "/object/caller/user_id",
    "/object/caller/extension_id",
    "/object/callee/user_id",
    "/object/callee/extension_id",
    "/object/caller_user_id",
    "/object/callee_user_id",
    "/object/callee_id",
    "/object/owner/id",
    "/object/recordings/0/owner/id",
    "/user_id",
];

impl OwnEvents {
    /// `identifiers` are the Zoom user, the user in Zoom Phone and the user's extension, as far as known.
    pub fn of(identifiers: impl IntoIterator<Item = String>) -> Self {
        Self { identifiers: identifiers.into_iter().filter(|identifier| !identifier.trim().is_empty()).collect() }
    }

    /// Whether the event concerns the user. An event that names nobody known does not.
    #[must_use]
    pub fn has(&self, event: &ZoomEvent) -> bool {
        let payload = event.payload();
        let named = |path: &str| payload.pointer(path).and_then(Value::as_str);
        let about_a_user = event.name().starts_with("user.").then(|| named("/object/id")).flatten();
        PATHS.into_iter().filter_map(named).chain(about_a_user).any(|id| self.identifiers.contains(id))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(name: &str, object: &Value) -> ZoomEvent {
        let content = json!({"event": name, "event_ts": 1, "payload": {"account_id": "a", "object": object}});
        ZoomEvent::read(&content).unwrap()
    }

    #[test]
    fn the_users_own_and_nothing_else() {
        let own = OwnEvents::of(["u1".to_owned(), "ext1".to_owned(), " ".to_owned()]);
        for (name, object) in [
            ("meeting.started", json!({"id": 1, "host_id": "u1"})),
            ("phone.caller_ended", json!({"caller": {"user_id": "u1"}, "callee": {"user_id": "u2"}})),
            ("phone.callee_missed", json!({"caller": {"phone_number": "+31"}, "callee": {"extension_id": "ext1"}})),
            ("phone.recording_completed", json!({"recordings": [{"owner": {"id": "u1"}}]})),
            ("user.updated", json!({"id": "u1"})),
        ] {
            assert!(own.has(&event(name, &object)), "{name}");
        }
        for (name, object) in [
            ("meeting.started", json!({"id": 1, "host_id": "u2"})),
            ("meeting.started", json!({"id": "u1", "host_id": ""})),
            ("meeting.participant_joined", json!({"host_id": "u2", "participant": {"id": "u1", "user_id": "u1"}})),
            ("phone.caller_ended", json!({"caller": {"user_id": "u3"}, "callee": {"user_id": "u2"}})),
            ("something.new", json!(null)),
        ] {
            assert!(!own.has(&event(name, &object)), "{name}");
        }
    }
}
