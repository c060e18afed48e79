//! The Event of a meeting: what is stored in the outbox and what goes to Salesforce.

use liaison_domain::key::KeyKind;
use liaison_domain::{PersonRef, RecordKey, text};
use liaison_store::tables::accounts::AccountRecord;
use liaison_store::tables::meetings::FetchedMeeting;
use liaison_store::tables::outbox::{Enqueued, NewOperation, OutboxAction};
use liaison_store::tables::people::PersonRecord;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

use crate::outbox::view::{FieldContent, FieldValue};
use crate::terms::UtcMs;

/// Salesforce's limit for `Event.Subject` and `Event.Location` (Object Reference, Event).
const MAX_SHORT: usize = 255;
/// Far below the limit of 32,000 for `Event.Description`.
const MAX_DESCRIPTION: usize = 4_000;
const MINUTE_MS: i64 = 60_000;

/// What the row holds. A later version must still read an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "version")]
pub(crate) enum Payload {
    #[serde(rename = "1")]
    V1(EventFields),
}

/// The fields of the Event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EventFields {
    pub subject: String,
    pub start_utc_ms: i64,
    pub end_utc_ms: i64,
    /// The Lead or Contact in `WhoId`.
    pub who: Option<PersonRef>,
    /// The join link without its password part.
    pub location: String,
    pub description: String,
}

impl EventFields {
    /// `None` when a newer version wrote it, or it is damaged.
    pub fn read(payload_json: &str) -> Option<Self> {
        match serde_json::from_str(payload_json) {
            Ok(Payload::V1(fields)) => Some(fields),
            Err(error) => {
                tracing::error!(%error, "an outbox row can't be read");
                None
            }
        }
    }

    /// What the user sees before and after it is sent.
    pub fn shown(&self, who: Option<&str>) -> Vec<FieldValue> {
        let text = |name: &str, text: &str| FieldValue {
            name: name.to_owned(),
            value: FieldContent::Text { text: text.to_owned() },
        };
        let time =
            |name: &str, ms: i64| FieldValue { name: name.to_owned(), value: FieldContent::Time { at: UtcMs(ms) } };
        let mut fields = vec![
            text("Subject", &self.subject),
            time("StartDateTime", self.start_utc_ms),
            time("EndDateTime", self.end_utc_ms),
        ];
        fields.extend(who.map(|name| text("WhoId", name)));
        for (name, value) in [("Location", &self.location), ("Description", &self.description)] {
            if !value.is_empty() {
                fields.push(text(name, value));
            }
        }
        fields
    }
}

/// The Event of a meeting that was just made.
pub(crate) fn fields_of(fetched: &FetchedMeeting, people: &[PersonRecord]) -> EventFields {
    let meeting = &fetched.meeting;
    let start_utc_ms = meeting.start_utc_ms.unwrap_or_default();
    let location = fetched.secrets.join_url.as_ref().and_then(|url| without_password(url.expose_secret()));
    let number = liaison_domain::MeetingKey::new(meeting.typed_number(), None).grouped_number();
    let mut description = format!("Zoom {number}");
    if let Some(agenda) = meeting.agenda.as_deref().filter(|agenda| !agenda.trim().is_empty()) {
        description.push_str("\n\n");
        description.push_str(agenda);
    }
    EventFields {
        subject: text::single_line(&meeting.topic, MAX_SHORT),
        start_utc_ms,
        end_utc_ms: start_utc_ms + meeting.minutes.max(1) * MINUTE_MS,
        who: people.first().and_then(record_of_person),
        location: location.unwrap_or_default(),
        description: text::multi_line(&description, MAX_DESCRIPTION),
    }
}

/// A converted Lead stands for the Contact it became: Salesforce refuses the Lead itself.
fn record_of_person(person: &PersonRecord) -> Option<PersonRef> {
    person.converted_to.as_deref().unwrap_or(&person.id).parse().ok()
}

/// The link as it may stand in Salesforce: whoever reads the Event gets no passcode with it.
pub(crate) fn without_password(join_url: &str) -> Option<String> {
    let mut url = Url::parse(join_url).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    let text = url.to_string();
    (text.chars().count() <= MAX_SHORT).then_some(text)
}

/// What the outbox row that makes an Event is made of.
pub(crate) struct Creation<'a> {
    pub zoom_account: &'a str,
    pub meeting_key: &'a str,
    pub title: &'a str,
    pub fields: &'a EventFields,
    pub person_name: Option<String>,
    pub account: &'a AccountRecord,
    pub now_ms: i64,
    pub hold_ms: i64,
}

impl Creation<'_> {
    pub fn operation(self) -> NewOperation {
        let payload_json = serde_json::to_string(&Payload::V1(self.fields.clone())).unwrap_or_default();
        let key = RecordKey::derive(KeyKind::MeetingEvent, self.zoom_account, self.meeting_key, "");
        NewOperation {
            op_id: Uuid::now_v7().to_string(),
            ext_key: key.to_string(),
            org_id: self.account.org_id.clone().unwrap_or_default(),
            user_id: self.account.user_id.clone(),
            environment: self.account.environment.clone(),
            object: "Event".to_owned(),
            action: OutboxAction::Create,
            subject_key: self.meeting_key.to_owned(),
            title: self.title.to_owned(),
            person_name: self.person_name,
            payload_hash: hash(&payload_json),
            payload_json,
            record_id: None,
            base_version: None,
            depends_on: None,
            held_until_utc_ms: (self.hold_ms > 0).then_some(self.now_ms + self.hold_ms),
            created_utc_ms: self.now_ms,
        }
    }
}

fn hash(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The row that makes the record: the new one, or the one that was there before.
pub(crate) fn op_id(operation: &NewOperation, enqueued: &Enqueued) -> String {
    match enqueued {
        Enqueued::Added => operation.op_id.clone(),
        Enqueued::AlreadyThere { op_id, .. } => op_id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_part_of_a_link_stays_here() {
        assert_eq!(
            without_password("https://example.zoom.us/j/92447018826?pwd=abc#frag").as_deref(),
            Some("https://example.zoom.us/j/92447018826")
        );
        assert_eq!(without_password("no link"), None);
    }

    #[test]
    fn an_unknown_version_is_not_guessed_at() {
        assert_eq!(EventFields::read(r#"{"version":"2","subject":"x"}"#), None);
        assert_eq!(EventFields::read("nonsense"), None);
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let fields = EventFields {
            subject: "Demo".to_owned(),
            start_utc_ms: 1,
            end_utc_ms: 2,
            who: "Lead:00Q5500001QdQWfEAN".parse().ok(),
            location: String::new(),
            description: "Zoom 1".to_owned(),
        };
        let json = serde_json::to_string(&Payload::V1(fields.clone())).unwrap();
        assert_eq!(EventFields::read(&json), Some(fields));
    }
}
