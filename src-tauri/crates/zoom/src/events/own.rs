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
const PATHS: [&str; 15] = [
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
    "/object/recordings/0/user_id",
    "/old_object/host_id",
    "/user_id",
];

/// Who has made a change. A change of a meeting is told with its number and the fields that differ, and with no
/// host.
const OPERATOR: &str = "/operator_id";

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
        let mut people = PATHS.into_iter().filter_map(named).chain(about_a_user).peekable();
        if people.peek().is_none() {
            return named(OPERATOR).is_some_and(|id| self.identifiers.contains(id));
        }
        people.any(|id| self.identifiers.contains(id))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(name: &str, payload: &Value) -> ZoomEvent {
        ZoomEvent::read(&json!({"event": name, "event_ts": 1, "payload": payload})).unwrap()
    }

    fn event(name: &str, object: &Value) -> ZoomEvent {
        told(name, &json!({"account_id": "a", "object": object}))
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

    #[test]
    fn who_has_made_a_change_counts_where_no_host_is_named() {
        let own = OwnEvents::of(["u1".to_owned()]);
        let changed = |operator: &str, host: Option<&str>| {
            let mut object = json!({"id": 98_765_432_101_u64, "topic": "Offer"});
            if let Some(host) = host {
                object["host_id"] = json!(host);
            }
            told("meeting.updated", &json!({"operator_id": operator, "object": object, "old_object": {"topic": ""}}))
        };
        assert!(own.has(&changed("u1", None)));
        assert!(own.has(&changed("u2", Some("u1"))));
        assert!(!own.has(&changed("u2", None)));
        assert!(!own.has(&changed("u1", Some("u2"))), "an administrator's work on somebody else's meeting");
        assert!(own.has(&told("app_deauthorized", &json!({"account_id": "a", "user_id": "u1"}))));
    }
}
