//! Many new Events in one request.

use liaison_salesforce::{ExternalKey, Record, SalesforceError, SalesforceId};
use liaison_store::planted;
use liaison_store::tables::outbox::OutboxRecord;

use super::super::fields::Payload;
use super::super::find::by_keys;
use super::super::kept::kept;
use super::super::refusal;
use super::{Created, Sending, found, no_permission};
use crate::outbox::kind::Outcome;
use crate::outbox::reason::Need;

impl Sending<'_> {
    /// Up to two hundred new Events in one request, those excepted that are there already.
    pub(super) async fn many(&self, rows: &[OutboxRecord]) -> Result<Vec<Outcome>, SalesforceError> {
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
        let mut outcomes: Vec<Option<Outcome>> = Vec::with_capacity(rows.len());
        for (row, events) in rows.iter().zip(there) {
            outcomes.push(match found(row, Some(events)) {
                Some(Created::There { id, .. }) => Some(self.with_others_of(row, id, false).await),
                Some(Created::Not(outcome)) => Some(outcome),
                None => None,
            });
        }
        let mut sent = Vec::new();
        let mut records = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            if outcomes[index].is_some() {
                continue;
            }
            match self.record(row, capability.afterwards).await {
                Ok((key, record)) => {
                    sent.push(index);
                    records.push((key, record));
                }
                Err(outcome) => outcomes[index] = Some(outcome),
            }
        }
        if !records.is_empty() {
            match self.account.api.events().upsert_many(records).await {
                Ok(mut answers) => {
                    if planted(19) {
                        answers.reverse();
                    }
                    for (index, answer) in sent.into_iter().zip(answers) {
                        outcomes[index] = Some(match answer {
                            Ok(saved) => self.with_others_of(&rows[index], saved.id, saved.created).await,
                            // A converted person, or a topic that is gone, is found out for one row at a time.
                            Err(refused) if refusal::is_about_a_relation(&refused.disposition) => {
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

    async fn with_others_of(&self, row: &OutboxRecord, event: SalesforceId, fresh: bool) -> Outcome {
        let Some(payload) = Payload::read(&row.payload_json).filter(|payload| !payload.fields.others.is_empty()) else {
            return Outcome::Done(kept(row, Some(event.to_string()), self.now));
        };
        let fields = self.with_current_people(payload.fields).await;
        self.with_others(row, event, fresh, &fields, None, Vec::new()).await.unwrap_or(Outcome::Unknown)
    }

    pub(in crate::outbox::event) async fn record(
        &self,
        row: &OutboxRecord,
        usable: bool,
    ) -> Result<(ExternalKey, Record), Outcome> {
        let payload = Payload::read(&row.payload_json).ok_or(Outcome::Needs(Need::Unreadable))?;
        let key = ExternalKey::new(&row.identity).map_err(|_| Outcome::Needs(Need::Unreadable))?;
        let fields = self.with_current_people(payload.fields).await;
        let event = self.new_event(&fields, usable).await;
        let record = event
            .to_record()
            .map_err(|invalid| refusal::of_attempt(self.cx, &SalesforceError::Invalid(invalid), row, self.now))?;
        Ok((key, record))
    }
}
