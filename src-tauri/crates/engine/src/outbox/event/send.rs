//! Sending Events: one by one for a click, two hundred at once where there are many.

mod many;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_domain::block::Placed;
use liaison_salesforce::{
    Change as FieldChange, Condition, ConditionalUpdate, Disposition, EventChange, ExternalKey, NewEvent, Query,
    Resolution, SalesforceError, SalesforceId,
};
use liaison_store::planted;
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord};
use liaison_store::tables::people;

use super::afterwards::{self, Described};
use super::fields::{EventFields, Payload};
use super::find::{Seen, at, by_keys, by_place, current, of_creation, record_id};
use super::kept::{kept, kept_without};
use super::others::{Interrupted, Relating};
use super::refusal;
use crate::context::{Context, SalesforceAccount};
use crate::outbox::kind::Outcome;
use crate::outbox::reason::{Need, StoredDifference, StoredLeftOut, Wait, Why, differences, to_write};
use crate::outbox::settle::pause;

/// So often a change is compared anew with what others write at the same moment, before it waits.
const TRIES: u32 = 3;

pub(super) async fn send(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Vec<Outcome> {
    let now = cx.now();
    let Some(account) = cx.salesforce() else {
        return rows.iter().map(|row| pause(now, row.attempts, Wait::SignIn)).collect();
    };
    let sending = Sending { cx, account: &account, now };
    if let [row] = rows {
        return vec![sending.one(row).await];
    }
    match sending.many(rows).await {
        Ok(outcomes) => outcomes,
        Err(error) => {
            tracing::info!(%error, rows = rows.len(), "rows did not go out");
            rows.iter().map(|row| refusal::of_attempt(cx, &error, row, now)).collect()
        }
    }
}

/// What became of making an Event.
pub(super) enum Created {
    There {
        id: SalesforceId,
        /// Nobody had made it before.
        fresh: bool,
    },
    Not(Outcome),
}

pub(super) fn found(row: &OutboxRecord, there: Option<Vec<liaison_salesforce::Event>>) -> Option<Created> {
    Some(match of_creation(row, there?)? {
        Ok(id) => Created::There { id, fresh: false },
        Err(need) => Created::Not(Outcome::Needs(need)),
    })
}

pub(super) struct Sending<'a> {
    pub cx: &'a Arc<Context>,
    pub account: &'a SalesforceAccount,
    pub now: DateTime<Utc>,
}

impl Sending<'_> {
    async fn one(&self, row: &OutboxRecord) -> Outcome {
        let Some(payload) = Payload::read(&row.payload_json) else { return Outcome::Needs(Need::Unreadable) };
        let outcome = match row.action {
            OutboxAction::Create => self.create_for_whom(row, payload.fields).await,
            OutboxAction::Update => self.update(row, payload).await,
            OutboxAction::Delete => self.delete(row, payload).await,
        };
        outcome.unwrap_or_else(|error| {
            tracing::info!(%error, attempts = row.attempts, "a row did not go out");
            refusal::of_attempt(self.cx, &error, row, self.now)
        })
    }

    /// Nobody stops the Event of the others: when the first person is refused, the next one takes their place.
    async fn create_for_whom(&self, row: &OutboxRecord, fields: EventFields) -> Result<Outcome, SalesforceError> {
        let mut fields = self.with_current_people(fields).await;
        let mut name = row.person_name.clone().unwrap_or_default();
        let mut left_out = Vec::new();
        let created = loop {
            let created = self.create(row, &fields).await;
            if let Err(error) = &created
                && self.stops_at_the_topic(&fields, error).await
            {
                let topic = fields.what.take();
                left_out.extend(topic.map(|topic| StoredLeftOut { name: topic.name, why: Why::Gone }));
                continue;
            }
            match created {
                Err(error) if refusal::is_about_the_person(error.disposition().as_ref()) => {
                    if let Some(contact) = self.converted(&fields).await {
                        fields = contact;
                    } else if fields.others.is_empty() {
                        return Err(error);
                    } else {
                        let next = fields.others.remove(0);
                        left_out.push(StoredLeftOut { name: std::mem::replace(&mut name, next.name), why: Why::Gone });
                        fields.who = Some(next.who);
                    }
                }
                created => break created?,
            }
        };
        Ok(match created {
            Created::There { id, fresh } => self.with_others(row, id, fresh, &fields, None, left_out).await?,
            Created::Not(outcome) => outcome,
        })
    }

    /// The Event is there; now its further people.
    async fn with_others(
        &self,
        row: &OutboxRecord,
        event: SalesforceId,
        fresh: bool,
        fields: &EventFields,
        base: Option<&EventFields>,
        mut left_out: Vec<StoredLeftOut>,
    ) -> Result<Outcome, SalesforceError> {
        let shared = self.cx.event_capability(self.account).await?.shared;
        let relating = Relating { account: self.account, event, shared, fields, base, fresh };
        match relating.bring_in_line().await {
            Ok(more) => {
                left_out.extend(more);
                Ok(Outcome::Done(kept_without(row, Some(event.to_string()), self.now, left_out)))
            }
            // The Event did arrive, whatever became of the rest: a look-up settles it.
            Err(Interrupted(error)) => {
                tracing::info!(error = ?error.map(|error| error.to_string()), "the people of an Event are not settled");
                Ok(Outcome::Unknown)
            }
        }
    }

    /// People may have been converted or merged since the row was written.
    async fn with_current_people(&self, mut fields: EventFields) -> EventFields {
        let all: Vec<String> =
            fields.who.iter().chain(fields.others.iter().map(|other| &other.who)).map(ToString::to_string).collect();
        let read = move |db: &liaison_store::Connection| {
            all.iter().map(|id| people::successor(db, id)).collect::<liaison_store::StoreResult<Vec<String>>>()
        };
        match self.cx.store.read(read).await {
            Ok(current) => {
                let mut current = current.into_iter().map(|id| id.parse().ok());
                if fields.who.is_some() {
                    fields.who = current.next().flatten().or(fields.who);
                }
                for (other, current) in fields.others.iter_mut().zip(current) {
                    other.who = current.unwrap_or_else(|| other.who.clone());
                }
            }
            Err(error) => tracing::warn!(%error, "it could not be read whether a person was merged"),
        }
        fields
    }

    /// Whether an Event is refused because of what it is about. Of something deleted Salesforce does not say whether
    /// that is the person or the topic: it is asked.
    async fn stops_at_the_topic(&self, fields: &EventFields, error: &SalesforceError) -> bool {
        #[derive(serde::Deserialize)]
        struct Row {}
        let (Some(what), disposition) = (&fields.what, error.disposition()) else { return false };
        if refusal::is_about_the_topic(disposition.as_ref()) {
            return true;
        }
        if !matches!(disposition, Some(Disposition::Resolve(Resolution::Deleted))) {
            return false;
        }
        let query = Query::from(what.object.as_str()).select(["Id"]).filter(Condition::equals("Id", what.id.as_str()));
        let Ok(query) = query.limit(1).build() else { return false };
        self.account.api.query_rows::<Row>(&query).await.is_ok_and(|rows| rows.is_empty())
    }

    /// Asks Salesforce which Contact a Lead became that the local copy still takes for a Lead.
    async fn converted(&self, fields: &EventFields) -> Option<EventFields> {
        #[derive(serde::Deserialize)]
        struct Row {
            #[serde(rename = "ConvertedContactId")]
            contact: Option<SalesforceId>,
        }
        let lead: SalesforceId = fields.who.as_ref()?.id.parse().ok().filter(SalesforceId::is_lead)?;
        let query = Query::from("Lead").select(["ConvertedContactId"]).filter(Condition::equals("Id", lead));
        let rows: Vec<Row> = self.account.api.query_rows(&query.limit(1).build().ok()?).await.ok()?;
        let contact = rows.into_iter().next()?.contact?;
        Some(EventFields { who: format!("Contact:{contact}").parse().ok(), ..fields.clone() })
    }

    /// Never made before it was looked for: another computer of the rep may have made it.
    async fn create(&self, row: &OutboxRecord, fields: &EventFields) -> Result<Created, SalesforceError> {
        let capability = self.cx.event_capability(self.account).await?;
        if !capability.createable {
            return Ok(Created::Not(no_permission()));
        }
        let events = self.account.api.events();
        let one = std::slice::from_ref(row);
        let key = ExternalKey::new(&row.identity).ok().filter(|_| capability.key.is_usable());
        let there = match &key {
            Some(_) => by_keys(self.account, one).await?,
            None => by_place(self.account, one).await?,
        };
        if let Some(found) = found(row, there.into_iter().next()).filter(|_| !planted(4)) {
            return Ok(found);
        }
        let Some(key) = key.filter(|_| !planted(7)) else {
            let id = events.create(&self.new_event(fields, capability.afterwards).await).await?;
            return Ok(Created::There { id, fresh: true });
        };
        match events.upsert(&key, &self.new_event(fields, capability.afterwards).await).await {
            Ok(saved) => Ok(Created::There { id: saved.id, fresh: saved.created }),
            Err(error) => match error.disposition() {
                // Another request of ours, or another computer, made it at the same moment.
                Some(Disposition::Resolve(Resolution::DuplicateValue { .. })) => {
                    found(row, by_keys(self.account, one).await?.into_iter().next()).ok_or(error)
                }
                _ => Err(error),
            },
        }
    }

    async fn update(&self, row: &OutboxRecord, payload: Payload) -> Result<Outcome, SalesforceError> {
        let Some(id) = record_id(self.cx, row).await else { return Ok(Outcome::Needs(Need::DeletedThere)) };
        let capability = self.cx.event_capability(self.account).await?;
        let (usable, keyed) = (capability.afterwards, capability.key.is_usable() && payload.formerly.is_some());
        let wanted = self.with_current_people(payload.fields.clone()).await;
        for _ in 0..TRIES {
            let Some(seen) = current(self.account, id, usable, keyed).await? else {
                return Ok(Outcome::Needs(Need::DeletedThere));
            };
            let formerly = seen.is_formerly(&payload);
            let Seen { fields: there, description, touched, .. } = seen;
            let base = payload.base.clone().unwrap_or_else(|| there.clone());
            let compared = |fields: &EventFields| compared(fields, &wanted, usable);
            let (base, there, ours) = (compared(&base), compared(&there), compared(&wanted));
            let differing = differences(base.contents(), there.contents(), ours.contents());
            if !differing.is_empty() && !planted(10) {
                return Ok(Outcome::Differs(differing));
            }
            let mut change = change(&base, &there, &ours);
            change.key = ExternalKey::new(&row.identity).ok().filter(|_| formerly);
            let block = wanted.after.as_ref().filter(|_| !usable);
            let mut left_out = Vec::new();
            match afterwards::description(self.cx, &description, &change.description, block).await {
                Described::Kept => change.description = FieldChange::Keep,
                Described::Text(text) if text.is_empty() => change.description = FieldChange::Clear,
                Described::Text(text) => change.description = FieldChange::Set(text),
                Described::Edited => left_out.push(afterwards::left_out()),
            }
            if change == EventChange::default() || self.write(id, &change, touched).await? == ConditionalUpdate::Done {
                return self
                    .with_others(row, id, false, &wanted, payload.base.as_ref().or(Some(&base)), left_out)
                    .await;
            }
            // Somebody was faster: what they wrote is read before ours is written.
        }
        Ok(pause(self.now, row.attempts, Wait::Trouble))
    }

    /// A new Event; what became of the meeting goes into our package's fields where they are `usable`.
    pub(super) async fn new_event(&self, fields: &EventFields, usable: bool) -> NewEvent {
        let mut event = NewEvent::new(fields.subject.clone(), at(fields.start_utc_ms), at(fields.end_utc_ms));
        event.who = fields.who.as_ref().and_then(|who| who.id.parse().ok());
        event.what = fields.what_id();
        event.location = Some(fields.location.clone()).filter(|text| !text.is_empty());
        let description = match &fields.after {
            Some(after) if usable => {
                event.afterwards = afterwards::values(after).values().into();
                fields.description.clone()
            }
            Some(after) => match afterwards::place(self.cx, &fields.description, after).await {
                Placed::Text(text) => text,
                Placed::Same | Placed::Edited => fields.description.clone(),
            },
            None => fields.description.clone(),
        };
        event.description = Some(description).filter(|text| !text.is_empty());
        event
    }

    async fn write(
        &self,
        id: SalesforceId,
        change: &EventChange,
        touched: Option<DateTime<Utc>>,
    ) -> Result<ConditionalUpdate, SalesforceError> {
        let events = self.account.api.events();
        match touched {
            Some(touched) => events.update_if_unmodified(id, change, touched).await,
            None => events.update(id, change).await.map(|()| ConditionalUpdate::Done),
        }
    }

    /// Not without a word when somebody has written into it since, and never one that stands for another date by now.
    async fn delete(&self, row: &OutboxRecord, payload: Payload) -> Result<Outcome, SalesforceError> {
        let Some(id) = record_id(self.cx, row).await else { return Ok(Outcome::Done(kept(row, None, self.now))) };
        let keyed = self.cx.event_capability(self.account).await?.key.is_usable();
        let seen = current(self.account, id, false, keyed).await?;
        let Some(Seen { fields: there, .. }) = seen.filter(|seen| !seen.is_of_another(row)) else {
            return Ok(Outcome::Done(kept(row, None, self.now)));
        };
        if let Some(base) = payload.base {
            // Without our key, another time than we wrote is what tells that it may be another date's by now.
            let telling: &[&str] =
                if keyed { &["Subject", "Description"] } else { &["Subject", "Description", "StartDateTime"] };
            let written: Vec<StoredDifference> = base
                .contents()
                .into_iter()
                .zip(there.contents())
                .filter(|(base, there)| telling.contains(&base.0) && base.1 != there.1)
                .map(|(base, there)| StoredDifference { name: base.0.to_owned(), there: there.1, ours: base.1 })
                .collect();
            if !written.is_empty() {
                return Ok(Outcome::Differs(written));
            }
        }
        self.account.api.events().delete(id).await?;
        Ok(Outcome::Done(kept(row, None, self.now)))
    }
}

pub(super) fn no_permission() -> Outcome {
    Outcome::Needs(Need::NoPermission { message: String::new() })
}

/// What is compared: our package's fields only where this row is about them and the org has them.
fn compared(fields: &EventFields, wanted: &EventFields, usable: bool) -> EventFields {
    let after = fields.after.clone().filter(|_| usable && wanted.after.is_some());
    EventFields { after, ..fields.clone() }
}

/// What we changed and what is not so there yet.
fn change(base: &EventFields, there: &EventFields, ours: &EventFields) -> EventChange {
    let wanted = to_write(base.contents(), there.contents(), ours.contents());
    let has = |name: &str| wanted.contains(&name);
    let text = |name: &str, text: &str| match text {
        _ if !has(name) => FieldChange::Keep,
        "" => FieldChange::Clear,
        text => FieldChange::Set(text.to_owned()),
    };
    let times = has("StartDateTime") || has("EndDateTime");
    EventChange {
        subject: has("Subject").then(|| ours.subject.clone()),
        times_utc: times.then(|| (at(ours.start_utc_ms), at(ours.end_utc_ms))),
        who: match ours.who.as_ref().and_then(|who| who.id.parse().ok()) {
            _ if !has("WhoId") => FieldChange::Keep,
            Some(id) => FieldChange::Set(id),
            None => FieldChange::Clear,
        },
        what: match ours.what_id() {
            _ if !has("WhatId") => FieldChange::Keep,
            Some(id) => FieldChange::Set(id),
            None => FieldChange::Clear,
        },
        location: text("Location", &ours.location),
        description: text("Description", &ours.description),
        key: None,
        afterwards: ours
            .after
            .iter()
            .flat_map(|after| afterwards::values(after).values())
            .filter(|value| has(value.name()))
            .collect(),
    }
}
