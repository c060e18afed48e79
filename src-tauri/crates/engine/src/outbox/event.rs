//! The kind *event*: the Event of a meeting, made, changed and deleted in Salesforce.

mod afterwards;
pub(crate) mod agreed;
mod bulk;
pub(crate) mod fields;
mod find;
mod kept;
pub(crate) mod others;
pub(crate) mod refusal;
pub(crate) mod rows;
mod send;
pub(crate) mod there;

use std::sync::Arc;

use liaison_domain::key::KeyKind;
use liaison_domain::{RecordKey, text};
use liaison_store::tables::meeting_topics;
use liaison_store::tables::meetings::FetchedMeeting;
use liaison_store::tables::outbox::{NewOperation, OutboxAction, OutboxRecord, Urgency};
use liaison_store::tables::people::PersonRecord;
use liaison_store::tables::records_pushed;
use liaison_store::{Connection, StoreResult};
use liaison_transport::BoxFuture;
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::kind::{Found, InBulk, Kind, Outcome};
use super::reason::{Reason, StoredDifference};
use super::target::Target;
use super::view::{FieldValue, OutboxWhat};
use crate::context::Context;
use crate::topics::stored::StoredTopic;
use fields::{EventFields, MAX_DESCRIPTION, MAX_SHORT, Other, Payload, without_password};

/// Its name in the table.
pub(crate) const EVENT: &str = "event";
const MINUTE_MS: i64 = 60_000;
const MAX_NAME: usize = 200;
/// Rows of one request: what Salesforce takes in a collection.
const MOST: u32 = 200;

pub(crate) struct EventKind;

impl Kind for EventKind {
    fn name(&self) -> &'static str {
        EVENT
    }

    fn most(&self) -> u32 {
        MOST
    }

    fn in_bulk(&self) -> Option<&dyn InBulk> {
        Some(self)
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(send::send(cx, rows))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(find::look_up(cx, rows))
    }

    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
        // The date that it was is no more.
        let payload = Payload::read(&row.payload_json).filter(|payload| payload.formerly.is_none())?;
        let undo = match (row.action, payload.base) {
            (OutboxAction::Create, _) => Change::Delete { fields: payload.fields, formerly: None },
            (OutboxAction::Update, Some(base)) => Change::Update { fields: base, base: Some(payload.fields) },
            // What somebody deleted stays deleted.
            (OutboxAction::Update, None) | (OutboxAction::Delete, _) => return None,
        };
        Some(undo.operation(&Place::of(row), now_ms, 0))
    }

    /// Another rule for a series gives its Events to other dates, and each the key of its new one.
    fn is_still_about_it(&self, db: &Connection, row: &OutboxRecord) -> StoreResult<bool> {
        let known = records_pushed::get(db, &row.target, &row.identity)?;
        let same = |known: &records_pushed::PushedRecord| {
            row.record_id.as_ref().is_none_or(|id| *id == known.record_id) || known.record_id.is_empty()
        };
        Ok(known.as_ref().is_some_and(same))
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        let person = row.person_name.as_deref().map(|name| text::single_line(name, MAX_NAME));
        let without = Reason::without(row.reason_json.as_deref());
        Payload::read(&row.payload_json)
            .map(|payload| payload.fields.shown(person.as_deref(), &without))
            .unwrap_or_default()
    }

    fn what(&self, action: OutboxAction) -> OutboxWhat {
        match action {
            OutboxAction::Create => OutboxWhat::CreateEvent,
            OutboxAction::Update => OutboxWhat::UpdateEvent,
            OutboxAction::Delete => OutboxWhat::DeleteEvent,
        }
    }

    fn edited(&self, row: &OutboxRecord, texts: &[(String, String)]) -> Option<String> {
        let mut payload = Payload::read(&row.payload_json).filter(|_| row.action != OutboxAction::Delete)?;
        for (name, value) in texts {
            payload.fields.set_text(name, value);
        }
        Some(payload.json())
    }

    fn decided(&self, row: &OutboxRecord, mine: bool, fields: &[StoredDifference]) -> Option<String> {
        let mut payload = Payload::read(&row.payload_json)?;
        let there = find::from_differences(&payload.fields, fields);
        let base = payload.base.get_or_insert_with(|| there.clone());
        for field in fields {
            base.take(&field.name, &there);
            if !mine {
                payload.fields.take(&field.name, &there);
            }
        }
        let left = payload.base.as_ref() != Some(&payload.fields);
        ((mine && row.action == OutboxAction::Delete) || left).then(|| payload.json())
    }
}

/// Which Event, of which meeting, in which account.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub target: Target,
    /// Our key.
    pub identity: String,
    /// The meeting's key.
    pub subject_key: String,
    pub title: String,
    pub person_name: Option<String>,
    pub depends_on: Option<String>,
    pub record_id: Option<String>,
}

impl Place {
    /// The Event of a meeting; `zoom_account` is Zoom's account id.
    pub fn new(target: Target, zoom_account: &str, meeting_key: &str, title: &str) -> Self {
        Self {
            target,
            identity: RecordKey::derive(KeyKind::MeetingEvent, zoom_account, meeting_key, "").to_string(),
            subject_key: meeting_key.to_owned(),
            title: title.to_owned(),
            person_name: None,
            depends_on: None,
            record_id: None,
        }
    }

    /// The Event that a row is about.
    pub fn of(row: &OutboxRecord) -> Self {
        Self {
            target: Target { key: row.target.clone(), name: row.target_name.clone() },
            identity: row.identity.clone(),
            subject_key: row.subject_key.clone(),
            title: row.title.clone(),
            person_name: row.person_name.clone(),
            depends_on: None,
            record_id: row.record_id.clone(),
        }
    }
}

/// What is done to an Event.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Create {
        fields: EventFields,
        /// One was there and is deleted.
        again: bool,
    },
    Update {
        fields: EventFields,
        base: Option<EventFields>,
    },
    /// It was the Event of another date, whose key it had.
    TakeOver {
        fields: EventFields,
        base: EventFields,
        formerly: String,
    },
    Delete {
        fields: EventFields,
        /// The key of the date that it was of, where it may have that still.
        formerly: Option<String>,
    },
}

impl Change {
    pub fn operation(self, place: &Place, now_ms: i64, hold_ms: i64) -> NewOperation {
        let (action, payload) = match self {
            Self::Create { fields, again } => (OutboxAction::Create, Payload { again, ..Payload::of(fields) }),
            Self::Update { fields, base } => (OutboxAction::Update, Payload { base, ..Payload::of(fields) }),
            Self::TakeOver { fields, base, formerly } => {
                (OutboxAction::Update, Payload { base: Some(base), formerly: Some(formerly), ..Payload::of(fields) })
            }
            Self::Delete { fields, formerly } => {
                (OutboxAction::Delete, Payload { base: Some(fields.clone()), formerly, ..Payload::of(fields) })
            }
        };
        NewOperation {
            op_id: Uuid::now_v7().to_string(),
            target: place.target.key.clone(),
            target_name: place.target.name.clone(),
            kind: EVENT.to_owned(),
            action,
            identity: place.identity.clone(),
            order_key: format!("event:{}", place.identity),
            subject_key: place.subject_key.clone(),
            batch_key: (action == OutboxAction::Create).then(|| "event:create".to_owned()),
            group_id: None,
            urgency: Urgency::Click,
            depends_on: place.depends_on.clone(),
            title: place.title.clone(),
            person_name: place.person_name.clone(),
            payload_json: payload.json(),
            record_id: place.record_id.clone(),
            held_until_utc_ms: (hold_ms > 0).then_some(now_ms + hold_ms),
            created_utc_ms: now_ms,
        }
    }
}

/// The Event of a meeting as it is now; what it is about, the caller adds. `None` while Zoom has not said when it is: an Event is never in 1970.
pub(crate) fn fields_of(fetched: &FetchedMeeting, people: &[PersonRecord]) -> Option<EventFields> {
    let meeting = &fetched.meeting;
    let start_utc_ms = meeting.start_utc_ms?;
    let location = fetched.secrets.join_url.as_ref().and_then(|url| without_password(url.expose_secret()));
    let number = liaison_domain::MeetingKey::new(meeting.typed_number(), None).grouped_number();
    let mut description = format!("Zoom {number}");
    if let Some(agenda) = meeting.agenda.as_deref().filter(|agenda| !agenda.trim().is_empty()) {
        description.push_str("\n\n");
        description.push_str(agenda);
    }
    Some(EventFields {
        subject: text::single_line(&meeting.topic, MAX_SHORT),
        start_utc_ms,
        end_utc_ms: start_utc_ms + meeting.minutes.max(1) * MINUTE_MS,
        who: people.first().and_then(record_of_person),
        others: people.iter().skip(1).filter_map(other).collect(),
        what: None,
        location: location.unwrap_or_default(),
        description: text::multi_line(&description, MAX_DESCRIPTION),
        after: None,
    })
}

/// What the user said that a meeting is about.
pub(crate) fn about(db: &Connection, meeting_key: &str) -> StoreResult<Option<StoredTopic>> {
    let kept = meeting_topics::get(db, meeting_key)?;
    Ok(kept.map(|kept| StoredTopic { object: kept.object, id: kept.record_id, name: kept.record_name }))
}

pub(crate) fn other(person: &PersonRecord) -> Option<Other> {
    Some(Other { who: record_of_person(person)?, name: text::single_line(&person.name, MAX_NAME) })
}

/// A converted Lead stands for the Contact it became: Salesforce refuses the Lead itself.
pub(crate) fn record_of_person(person: &PersonRecord) -> Option<liaison_domain::PersonRef> {
    person.converted_to.as_deref().unwrap_or(&person.id).parse().ok()
}
