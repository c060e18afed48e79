//! Looking for Events: by our key where the org has the field, else by the link of the meeting in their place.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::block::{self, Placed};
use liaison_domain::{MeetingKey, PersonRef, RecordKind};
use liaison_salesforce::{AFTERWARDS, Condition, Event, KEY_FIELD, Query, SalesforceError, SalesforceId};
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord};
use liaison_store::tables::records_pushed;

use super::afterwards;
use super::fields::{EventFields, Payload};
use super::kept::{kept, kept_without};
use super::others::{Interrupted, Relating};
use super::refusal;
use crate::context::{Context, SalesforceAccount};
use crate::outbox::kind::Found;
use crate::outbox::reason::{Need, StoredContent, StoredDifference, Wait};
use crate::outbox::settle::not_seen;
use crate::topics::stored::StoredTopic;

/// Without our field in the org a request under way must have ended before its record counts as not there.
const SETTLING: TimeDelta = TimeDelta::minutes(2);
/// Keys in one question.
const MOST_KEYS: usize = 200;

/// What is there for rows that may have arrived.
pub(super) async fn look_up(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Vec<Found> {
    let now = cx.now();
    let attempts = rows.first().map_or(1, |row| row.attempts);
    let Some(account) = cx.salesforce() else {
        return vec![not_seen(now, attempts, Wait::SignIn); rows.len()];
    };
    let found = match rows.first().map(|row| row.action) {
        Some(OutboxAction::Create) => creations(cx, &account, rows).await,
        _ => changes(cx, &account, rows).await,
    };
    found.unwrap_or_else(|error| {
        tracing::info!(%error, "rows that may have arrived could not be looked up");
        vec![refusal::of_look_up(cx, &error, attempts, now); rows.len()]
    })
}

async fn creations(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    rows: &[OutboxRecord],
) -> Result<Vec<Found>, SalesforceError> {
    let keyed = cx.event_capability(account).await?.key.is_usable();
    let by_row = if keyed { by_keys(account, rows).await? } else { by_place(account, rows).await? };
    let mut found = Vec::with_capacity(rows.len());
    for (row, events) in rows.iter().zip(by_row) {
        found.push(match of_creation(row, events) {
            Some(Ok(id)) => match Payload::read(&row.payload_json) {
                Some(payload) => there(cx, account, row, id, &payload).await?,
                None => Found::There(kept(row, Some(id.to_string()), cx.now())),
            },
            Some(Err(need)) => Found::Needs(need),
            None => Found::Absent { settling: if keyed { TimeDelta::zero() } else { SETTLING } },
        });
    }
    Ok(found)
}

/// An Event is there as it was wanted. Which of its further people are, is looked at too, and who is missing is added:
/// a row that may have arrived has arrived with all of its people, or it is not settled.
async fn there(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    row: &OutboxRecord,
    event: SalesforceId,
    payload: &Payload,
) -> Result<Found, SalesforceError> {
    let shared = cx.event_capability(account).await?.shared;
    let (fields, base) = (&payload.fields, payload.base.as_ref());
    let relating = Relating { account, event, shared, fields, base, fresh: false };
    let now = cx.now();
    Ok(match relating.bring_in_line().await {
        Ok(left_out) => Found::There(kept_without(row, Some(event.to_string()), now, left_out)),
        Err(Interrupted(Some(error))) => match refusal::of_look_up(cx, &error, row.attempts, now) {
            Found::CannotTell => Found::There(kept(row, Some(event.to_string()), now)),
            found => found,
        },
        Err(Interrupted(None)) => not_seen(now, row.attempts, Wait::Trouble),
    })
}

/// What Events that were found mean for a row that makes one: the record, what the user has to do, or nothing.
pub(super) fn of_creation(row: &OutboxRecord, events: Vec<Event>) -> Option<Result<SalesforceId, Need>> {
    let again = Payload::read(&row.payload_json).is_some_and(|payload| payload.again);
    let (live, deleted): (Vec<Event>, Vec<Event>) = events.into_iter().partition(|event| !event.is_deleted);
    match live.as_slice() {
        [event] => Some(Ok(event.id)),
        [] if deleted.is_empty() || again => None,
        [] => Some(Err(Need::DeletedThere)),
        _ => Some(Err(Need::SeveralMatches)),
    }
}

/// The Events with the rows' keys, deleted ones included, for each row.
pub(super) async fn by_keys(
    account: &SalesforceAccount,
    rows: &[OutboxRecord],
) -> Result<Vec<Vec<Event>>, SalesforceError> {
    let mut found: Vec<Event> = Vec::new();
    for chunk in rows.chunks(MOST_KEYS) {
        let query = Query::from("Event")
            .select(["Id", "IsDeleted", KEY_FIELD])
            .filter(Condition::is_in(KEY_FIELD, chunk.iter().map(|row| row.identity.as_str())));
        found.extend(account.api.query_all_rows::<Event>(&query.build()?).await?);
    }
    let of = |row: &OutboxRecord| {
        let same = |event: &&Event| event.key.as_deref().is_some_and(|key| key.eq_ignore_ascii_case(&row.identity));
        found.iter().filter(same).cloned().collect()
    };
    Ok(rows.iter().map(of).collect())
}

/// The Events of the user with the rows' places; at the rows' starts, where several meetings have one place.
pub(super) async fn by_place(
    account: &SalesforceAccount,
    rows: &[OutboxRecord],
) -> Result<Vec<Vec<Event>>, SalesforceError> {
    let Ok(owner) = account.user_id.parse::<SalesforceId>() else { return Ok(vec![Vec::new(); rows.len()]) };
    let mut by_row = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(fields) = Payload::read(&row.payload_json).map(|payload| payload.fields) else {
            by_row.push(Vec::new());
            continue;
        };
        let events = account.api.events();
        // Another computer may have known another start.
        let found = if is_own_place(&fields.location, &row.subject_key) {
            events.find_at_place(&fields.location, owner).await?
        } else {
            events.find_at_start(at(fields.start_utc_ms), owner).await?
        };
        by_row.push(found.into_iter().filter(|event| event.location.as_deref() == Some(&fields.location)).collect());
    }
    Ok(by_row)
}

/// Whether no other meeting has this join link: the occurrences of a series have one, and so have all meetings with
/// the host's personal number.
fn is_own_place(location: &str, meeting_key: &str) -> bool {
    let Ok(key) = meeting_key.parse::<MeetingKey>() else { return false };
    key.occurrence.is_none() && location.rsplit('/').next().is_some_and(|last| last == key.number.to_string())
}

async fn changes(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    rows: &[OutboxRecord],
) -> Result<Vec<Found>, SalesforceError> {
    let now = cx.now();
    let capability = cx.event_capability(account).await?;
    let (usable, keyed) = (capability.afterwards, capability.key.is_usable());
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let current = match record_id(cx, row).await {
            Some(id) => current(account, id, usable, keyed).await?.map(|seen| (id, seen)),
            None => None,
        };
        let wanted = Payload::read(&row.payload_json);
        found.push(match (row.action, current, wanted) {
            (OutboxAction::Delete, None, _) => Found::There(kept(row, None, now)),
            (OutboxAction::Delete, Some((_, seen)), _) if seen.is_of_another(row) => Found::There(kept(row, None, now)),
            (OutboxAction::Update, Some((id, seen)), Some(wanted))
                if !seen.is_formerly(&wanted) && arrived(cx, &seen, &wanted, usable).await =>
            {
                there(cx, account, row, id, &wanted).await?
            }
            (OutboxAction::Update, None, _) => Found::Needs(Need::DeletedThere),
            (_, _, None) => Found::Needs(Need::Unreadable),
            // A change that is not there did not arrive: the record itself was read.
            _ => Found::Absent { settling: TimeDelta::zero() },
        });
    }
    Ok(found)
}

/// Whether an Event is as it was wanted, and says what became of the meeting.
async fn arrived(cx: &Arc<Context>, seen: &Seen, wanted: &Payload, usable: bool) -> bool {
    let after = wanted.fields.after.as_ref();
    let fields = EventFields { after: after.filter(|_| usable).cloned(), ..wanted.fields.clone() };
    let block = match after.filter(|_| !usable) {
        Some(after) => afterwards::place(cx, &seen.description, after).await,
        None => Placed::Same,
    };
    let mut there = EventFields { after: seen.fields.after.clone().filter(|_| after.is_some()), ..seen.fields.clone() };
    // What somebody else says it is about does not tell whether this change arrived.
    if wanted.base.as_ref().is_none_or(|base| base.what_id() == fields.what_id()) {
        there.what.clone_from(&fields.what);
    }
    there.contents() == fields.contents() && !matches!(block, Placed::Text(_))
}

/// The record that a change is for: named by the row, made by its parent, or noted when it was made.
pub(super) async fn record_id(cx: &Arc<Context>, row: &OutboxRecord) -> Option<SalesforceId> {
    let parsed = |id: &String| id.parse().ok();
    if let Some(id) = row.record_id.as_ref().and_then(parsed) {
        return Some(id);
    }
    let (target, key) = (row.target.clone(), row.identity.clone());
    let formerly = Payload::read(&row.payload_json).and_then(|payload| payload.formerly);
    let read = move |db: &liaison_store::Connection| {
        let known = records_pushed::get(db, &target, &key)?;
        let earlier = formerly.filter(|_| known.is_none());
        Ok(known.or(earlier.map(|key| records_pushed::get(db, &target, &key)).transpose()?.flatten()))
    };
    let pushed = cx.store.read(read).await;
    match pushed {
        Ok(pushed) => pushed.map(|pushed| pushed.record_id).as_ref().and_then(parsed),
        Err(error) => {
            tracing::error!(%error, "the record of a row could not be read");
            None
        }
    }
}

/// An Event as it is there.
pub(super) struct Seen {
    /// Its description without our block; what became of the meeting where it was asked for.
    pub fields: EventFields,
    /// The whole description.
    pub description: String,
    /// When it was touched last.
    pub touched: Option<DateTime<Utc>>,
    /// Our key, where the org has the field and it was asked for.
    pub key: Option<String>,
}

impl Seen {
    /// Whether it stands for another meeting by now than the row is about: another computer of the user has moved it on.
    pub fn is_of_another(&self, row: &OutboxRecord) -> bool {
        let Some(key) = self.key.as_deref().filter(|key| !key.eq_ignore_ascii_case(&row.identity)) else {
            return false;
        };
        !Payload::read(&row.payload_json)
            .and_then(|payload| payload.formerly)
            .is_some_and(|own| own.eq_ignore_ascii_case(key))
    }

    /// Whether it still has the key of the date that it is no more.
    pub fn is_formerly(&self, wanted: &Payload) -> bool {
        let formerly = wanted.formerly.as_deref();
        self.key.as_deref().zip(formerly).is_some_and(|(key, formerly)| key.eq_ignore_ascii_case(formerly))
    }
}

/// The Event as it is there, with our package's fields where they are `usable` and our key where it is `keyed`; `None`
/// when it is deleted.
pub(super) async fn current(
    account: &SalesforceAccount,
    id: SalesforceId,
    usable: bool,
    keyed: bool,
) -> Result<Option<Seen>, SalesforceError> {
    let events = account.api.events();
    let found = if usable { events.get_with_afterwards(id, keyed).await } else { events.get(id, keyed).await };
    match found {
        Ok(event) if event.is_deleted => Ok(None),
        Ok(event) => {
            let (touched, description) = (event.system_modstamp, event.description.clone().unwrap_or_default());
            let key = event.key.clone();
            let after = usable.then(|| afterwards::told(&event.afterwards));
            Ok(Some(Seen { fields: EventFields { after, ..fields_of(event) }, description, touched, key }))
        }
        Err(error) if error.is_gone() => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn fields_of(event: Event) -> EventFields {
    EventFields {
        subject: event.subject.unwrap_or_default(),
        start_utc_ms: event.start_date_time.map(|at| at.timestamp_millis()).unwrap_or_default(),
        end_utc_ms: event.end_date_time.map(|at| at.timestamp_millis()).unwrap_or_default(),
        who: event.who_id.map(|id| person(&id)),
        others: Vec::new(),
        what: event.what_id.as_ref().map(topic),
        location: event.location.unwrap_or_default(),
        description: block::without(&event.description.unwrap_or_default()),
        after: None,
    }
}

/// What it is about there; its name and its object nobody asks for here.
fn topic(id: &SalesforceId) -> StoredTopic {
    StoredTopic { object: String::new(), id: id.to_string(), name: id.to_string() }
}

fn person(id: &SalesforceId) -> PersonRef {
    let kind = if id.is_lead() { RecordKind::Lead } else { RecordKind::Contact };
    PersonRef { kind, id: id.to_string() }
}

/// The fields as they are there, as far as differences tell; the rest from `like`.
pub(super) fn from_differences(like: &EventFields, differences: &[StoredDifference]) -> EventFields {
    let mut there = like.clone();
    for field in differences {
        match (&field.there, field.name.as_str()) {
            (StoredContent::Time { utc_ms }, "StartDateTime") => there.start_utc_ms = *utc_ms,
            (StoredContent::Time { utc_ms }, "EndDateTime") => there.end_utc_ms = *utc_ms,
            (StoredContent::Text { text }, "WhoId") => {
                there.who = text.parse::<SalesforceId>().ok().map(|id| person(&id));
            }
            (StoredContent::Text { text }, "WhatId") => {
                there.what = text.parse::<SalesforceId>().ok().map(|id| topic(&id));
            }
            (StoredContent::Text { text }, "Subject") => there.subject.clone_from(text),
            (StoredContent::Text { text }, "Location") => there.location.clone_from(text),
            (StoredContent::Text { text }, "Description") => there.description.clone_from(text),
            (content, name) if AFTERWARDS.contains(&name) => there.after.get_or_insert_default().set(name, content),
            _ => {}
        }
    }
    there
}

pub(super) fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
