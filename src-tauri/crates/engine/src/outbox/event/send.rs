//! Sending Events: one by one for a click, two hundred at once where there are many.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_salesforce::{
    Change as FieldChange, Condition, Disposition, EventChange, ExternalKey, NewEvent, Query, Record, Resolution,
    SalesforceError, SalesforceId,
};
use liaison_store::planted;
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord};
use liaison_store::tables::people;
use liaison_store::tables::records_pushed::{self, PushedRecord};

use super::fields::{EventFields, Payload};
use super::find::{at, by_keys, by_place, current, of_creation, record_id};
use super::{EVENT, refusal};
use crate::context::{Context, SalesforceAccount};
use crate::outbox::kind::{Made, Outcome};
use crate::outbox::reason::{Need, StoredDifference, Wait, differences, to_write};
use crate::outbox::settle::pause;

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

/// What is noted of an Event that is there now (or, without an id, no longer).
pub(super) fn kept(row: &OutboxRecord, record_id: Option<String>, now: DateTime<Utc>) -> Made {
    let note = PushedRecord {
        target: row.target.clone(),
        ext_key: row.identity.clone(),
        kind: EVENT.to_owned(),
        record_id: record_id.clone().unwrap_or_default(),
        pushed_utc_ms: now.timestamp_millis(),
        fields_json: row.payload_json.clone(),
        deleted_there_utc_ms: None,
    };
    let deleted = row.action == OutboxAction::Delete;
    Made {
        record_id,
        keep: Some(Arc::new(move |tx| {
            if deleted {
                return records_pushed::remove(tx, &note.target, &note.ext_key);
            }
            let mut note = note.clone();
            if note.record_id.is_empty()
                && let Some(known) = records_pushed::get(tx, &note.target, &note.ext_key)?
            {
                note.record_id = known.record_id;
            }
            records_pushed::put(tx, &note)
        })),
    }
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

    async fn create_for_whom(&self, row: &OutboxRecord, fields: EventFields) -> Result<Outcome, SalesforceError> {
        let fields = self.with_current_person(fields).await;
        match self.create(row, &fields).await {
            Err(error) if refusal::is_about_the_person(error.disposition().as_ref()) => {
                match self.converted(&fields).await {
                    Some(fields) => self.create(row, &fields).await,
                    None => Err(error),
                }
            }
            outcome => outcome,
        }
    }

    /// The person may have been converted or merged since the row was written.
    async fn with_current_person(&self, mut fields: EventFields) -> EventFields {
        if let Some(who) = fields.who.as_ref().map(ToString::to_string) {
            match self.cx.store.read(move |db| people::successor(db, &who)).await {
                Ok(current) => fields.who = current.parse().ok().or(fields.who),
                Err(error) => tracing::warn!(%error, "it could not be read whether a person was merged"),
            }
        }
        fields
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
    async fn create(&self, row: &OutboxRecord, fields: &EventFields) -> Result<Outcome, SalesforceError> {
        let capability = self.cx.event_capability(self.account).await?;
        if !capability.createable {
            return Ok(no_permission());
        }
        let events = self.account.api.events();
        let one = std::slice::from_ref(row);
        let key = ExternalKey::new(&row.identity).ok().filter(|_| capability.key.is_usable());
        let there = match &key {
            Some(_) => by_keys(self.account, one).await?,
            None => by_place(self.account, one).await?,
        };
        if let Some(found) = self.found(row, there).filter(|_| !planted(4)) {
            return Ok(found);
        }
        let Some(key) = key.filter(|_| !planted(7)) else {
            let id = events.create(&new_event(fields)).await?;
            return Ok(Outcome::Done(kept(row, Some(id.to_string()), self.now)));
        };
        match events.upsert(&key, &new_event(fields)).await {
            Ok(saved) => Ok(Outcome::Done(kept(row, Some(saved.id.to_string()), self.now))),
            Err(error) => match error.disposition() {
                // Another request of ours, or another computer, made it at the same moment.
                Some(Disposition::Resolve(Resolution::DuplicateValue { .. })) => {
                    self.found(row, by_keys(self.account, one).await?).ok_or(error)
                }
                _ => Err(error),
            },
        }
    }

    pub(super) fn found(&self, row: &OutboxRecord, there: Vec<Vec<liaison_salesforce::Event>>) -> Option<Outcome> {
        Some(match of_creation(row, there.into_iter().next()?)? {
            Ok(id) => Outcome::Done(kept(row, Some(id), self.now)),
            Err(need) => Outcome::Needs(need),
        })
    }

    /// Up to two hundred new Events in one request, those excepted that are there already.
    async fn many(&self, rows: &[OutboxRecord]) -> Result<Vec<Outcome>, SalesforceError> {
        let capability = self.cx.event_capability(self.account).await?;
        if !capability.createable {
            return Ok(vec![no_permission(); rows.len()]);
        }
        if !capability.key.is_usable() {
            let mut outcomes = Vec::with_capacity(rows.len());
            for row in rows {
                outcomes.push(self.one(row).await);
            }
            return Ok(outcomes);
        }
        let there = by_keys(self.account, rows).await?;
        let mut outcomes: Vec<Option<Outcome>> =
            rows.iter().zip(there).map(|(row, events)| self.found(row, vec![events])).collect();
        let mut sent = Vec::new();
        let mut records = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            if outcomes[index].is_some() {
                continue;
            }
            match self.record(row).await {
                Ok((key, record)) => {
                    sent.push(index);
                    records.push((key, record));
                }
                Err(outcome) => outcomes[index] = Some(outcome),
            }
        }
        if !records.is_empty() {
            match self.account.api.events().upsert_many(records).await {
                Ok(answers) => {
                    for (index, answer) in sent.into_iter().zip(answers) {
                        outcomes[index] = Some(match answer {
                            Ok(saved) => Outcome::Done(kept(&rows[index], Some(saved.id.to_string()), self.now)),
                            // A converted person is found out for one row at a time.
                            Err(refused) if refusal::is_about_the_person(Some(&refused.disposition)) => {
                                self.one(&rows[index]).await
                            }
                            Err(refused) => refusal::of_row(self.cx, &refused, &rows[index], self.now),
                        });
                    }
                }
                Err(error) => {
                    for index in sent {
                        outcomes[index] = Some(refusal::of_attempt(self.cx, &error, &rows[index], self.now));
                    }
                }
            }
        }
        Ok(outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::Unknown)).collect())
    }

    pub(super) async fn record(&self, row: &OutboxRecord) -> Result<(ExternalKey, Record), Outcome> {
        let payload = Payload::read(&row.payload_json).ok_or(Outcome::Needs(Need::Unreadable))?;
        let key = ExternalKey::new(&row.identity).map_err(|_| Outcome::Needs(Need::Unreadable))?;
        let fields = self.with_current_person(payload.fields).await;
        let record = new_event(&fields)
            .to_record()
            .map_err(|invalid| refusal::of_attempt(self.cx, &SalesforceError::Invalid(invalid), row, self.now))?;
        Ok((key, record))
    }

    async fn update(&self, row: &OutboxRecord, payload: Payload) -> Result<Outcome, SalesforceError> {
        let Some(id) = record_id(self.cx, row).await else { return Ok(Outcome::Needs(Need::DeletedThere)) };
        let Some(there) = current(self.account, id).await? else { return Ok(Outcome::Needs(Need::DeletedThere)) };
        let ours = self.with_current_person(payload.fields).await;
        let base = payload.base.unwrap_or_else(|| there.clone());
        let differing = differences(base.contents(), there.contents(), ours.contents());
        if !differing.is_empty() && !planted(10) {
            return Ok(Outcome::Differs(differing));
        }
        let change = change(&base, &there, &ours);
        if change != EventChange::default() {
            self.account.api.events().update(id, &change).await?;
        }
        Ok(Outcome::Done(kept(row, Some(id.to_string()), self.now)))
    }

    /// Not without a word when somebody has written into it since.
    async fn delete(&self, row: &OutboxRecord, payload: Payload) -> Result<Outcome, SalesforceError> {
        let Some(id) = record_id(self.cx, row).await else { return Ok(Outcome::Done(kept(row, None, self.now))) };
        let Some(there) = current(self.account, id).await? else {
            return Ok(Outcome::Done(kept(row, None, self.now)));
        };
        if let Some(base) = payload.base {
            let written: Vec<StoredDifference> = base
                .contents()
                .into_iter()
                .zip(there.contents())
                .filter(|(base, there)| ["Subject", "Description"].contains(&base.0) && base.1 != there.1)
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

fn new_event(fields: &EventFields) -> NewEvent {
    let mut event = NewEvent::new(fields.subject.clone(), at(fields.start_utc_ms), at(fields.end_utc_ms));
    event.who = fields.who.as_ref().and_then(|who| who.id.parse().ok());
    event.location = Some(fields.location.clone()).filter(|text| !text.is_empty());
    event.description = Some(fields.description.clone()).filter(|text| !text.is_empty());
    event
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
        what: FieldChange::Keep,
        location: text("Location", &ours.location),
        description: text("Description", &ours.description),
    }
}
