//! New Events by the thousand.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_salesforce::{BulkOperation, BulkRow, FieldName, KEY_FIELD, RowRefusal, SalesforceError};
use liaison_store::tables::outbox::OutboxRecord;
use liaison_transport::{AuthError, BoxFuture, TransportError};

use super::fields::Payload;
use super::find::by_keys;
use super::kept::kept;
use super::send::{Created, Sending, found, no_permission};
use super::{EventKind, refusal};
use crate::context::Context;
use crate::outbox::kind::{InBulk, Made, NotInBulk, Outcome, Prepared};

/// Rows that are looked for in one question.
const ASKED: usize = 200;

impl InBulk for EventKind {
    fn object(&self) -> &'static str {
        "Event"
    }

    fn operation(&self) -> Option<BulkOperation> {
        FieldName::new(KEY_FIELD).ok().map(|key_field| BulkOperation::Upsert { key_field })
    }

    fn known_by(&self, row: &OutboxRecord) -> Option<String> {
        Some(row.identity.to_ascii_lowercase())
    }

    fn told_of(&self, result: &BulkRow) -> Option<String> {
        result.cell(KEY_FIELD).map(str::to_ascii_lowercase)
    }

    fn columns(&self) -> &'static [&'static str] {
        &[KEY_FIELD, "Subject", "StartDateTime", "EndDateTime", "WhoId", "WhatId", "Location", "Description"]
    }

    fn prepare<'a>(
        &'a self,
        cx: &'a Arc<Context>,
        rows: &'a [OutboxRecord],
    ) -> BoxFuture<'a, Result<Vec<Prepared>, NotInBulk>> {
        Box::pin(prepare(cx, rows))
    }

    fn made(&self, row: &OutboxRecord, record_id: String, now: DateTime<Utc>) -> Made {
        kept(row, Some(record_id), now)
    }

    fn refused(&self, cx: &Context, refused: &RowRefusal, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome {
        // A converted person, or a topic that is gone, is found out for one row at a time.
        if refusal::is_about_a_relation(&refused.disposition) {
            return Outcome::Alone;
        }
        refusal::of_row(cx, refused, row, now)
    }

    fn failed(&self, cx: &Context, error: &SalesforceError, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome {
        refusal::of_attempt(cx, error, row, now)
    }
}

/// Never made before it was looked for: another computer of the rep may have made it.
async fn prepare(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Result<Vec<Prepared>, NotInBulk> {
    let Some(account) = cx.salesforce() else {
        return Err(NotInBulk::Failed(TransportError::SignInNeeded(AuthError::NotSignedIn).into()));
    };
    let capability = cx.event_capability(&account).await.map_err(NotInBulk::Failed)?;
    if !capability.createable {
        return Ok(vec![Prepared::Settled(no_permission()); rows.len()]);
    }
    if !capability.key.is_usable() {
        return Err(NotInBulk::Requests);
    }
    let Ok(key_field) = FieldName::new(KEY_FIELD) else { return Err(NotInBulk::Requests) };
    let sending = Sending { cx, account: &account, now: cx.now() };
    let mut prepared = Vec::with_capacity(rows.len());
    for asked in rows.chunks(ASKED) {
        let there = by_keys(&account, asked).await.map_err(NotInBulk::Failed)?;
        for (row, events) in asked.iter().zip(there) {
            // Further people need requests after the Event, and a job has one set of columns.
            if goes_alone(row) {
                prepared.push(Prepared::Settled(Outcome::Alone));
                continue;
            }
            prepared.push(match found(row, Some(events)) {
                Some(Created::There { id, .. }) => {
                    Prepared::Settled(Outcome::Done(kept(row, Some(id.to_string()), sending.now)))
                }
                Some(Created::Not(outcome)) => Prepared::Settled(outcome),
                None => match sending.record(row, capability.afterwards).await {
                    Ok((key, record)) => Prepared::Goes(record.with_key(&key_field, &key)),
                    Err(outcome) => Prepared::Settled(outcome),
                },
            });
        }
    }
    Ok(prepared)
}

fn goes_alone(row: &OutboxRecord) -> bool {
    let payload = Payload::read(&row.payload_json);
    payload.is_some_and(|payload| !payload.fields.others.is_empty() || payload.fields.after.is_some())
}
