//! The deterministic key of a pushed record.
//!
//! The same thing in Zoom always gives the same key, on every computer of every rep, so a record
//! that was pushed once is found instead of being made again. Only `[a-z0-9_]`: the key stands in
//! a URL path and in a field that may compare case-insensitively.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::text;

/// What kind of record a key is for; keeps the keys of different kinds apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// The Event of a meeting.
    MeetingEvent,
    /// The Task of a call, for each user who took part.
    CallTask,
    /// A Task that is to be done after a call.
    FollowUp,
    /// The Campaign of a webinar.
    WebinarCampaign,
    /// A Lead that was made for a call.
    CallLead,
}

impl KeyKind {
    fn prefix(self) -> &'static str {
        match self {
            Self::MeetingEvent => "m",
            Self::CallTask => "c",
            Self::FollowUp => "f",
            Self::WebinarCampaign => "w",
            Self::CallLead => "l",
        }
    }
}

/// 42 characters of `[a-z0-9_]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RecordKey(String);

impl RecordKey {
    /// `account` is the Zoom account id, `thing` the Zoom id (with its occurrence), `person` the
    /// e-mail address or record id for keys that are per person, else empty.
    pub fn derive(kind: KeyKind, account: &str, thing: &str, person: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [account, kind.prefix(), thing, person] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let hex = text::hex(&hash.finalize()[..20]);
        Self(format!("{}_{hex}", kind.prefix()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Keys are stored in customers' orgs: this one must never change.
    #[test]
    fn the_derivation_is_fixed() {
        let key = RecordKey::derive(KeyKind::MeetingEvent, "account", "85746065123", "");
        assert_eq!(key.as_str(), "m_b190b87374879be86c75ec048432aedcdcd1d7c3");
    }

    #[test]
    fn that_of_calls_too() {
        let key = RecordKey::derive(KeyKind::CallTask, "account", "7018317023722949162", "user");
        assert!(key.as_str().starts_with("c_"));
        let colleague = RecordKey::derive(KeyKind::CallTask, "account", "7018317023722949162", "colleague");
        assert_ne!(key, colleague);
    }

    proptest! {
        #[test]
        fn keys_fit_the_field_and_a_url(account in ".*", thing in ".*", person in ".*") {
            let key = RecordKey::derive(KeyKind::MeetingEvent, &account, &thing, &person);
            prop_assert_eq!(key.as_str().len(), 42);
            prop_assert!(key.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'));
        }

        #[test]
        fn moving_a_character_between_parts_changes_the_key(a in "[a-z]{1,8}", b in "[a-z]{1,8}") {
            let one = RecordKey::derive(KeyKind::MeetingEvent, &format!("{a}{b}"), "", "");
            let two = RecordKey::derive(KeyKind::MeetingEvent, &a, &b, "");
            prop_assert_ne!(one, two);
        }
    }
}
