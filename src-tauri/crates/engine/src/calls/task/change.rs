//! Changing and deleting Tasks that stand there: field by field, and never over what somebody else has written.

use liaison_salesforce::{ConditionalUpdate, Record, SalesforceError};
use liaison_store::planted;
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord};
use liaison_store::tables::records_pushed;

use super::fields::{Payload, TaskFields};
use super::find;
use super::send::{Sending, gone, kept, no_permission, worth_a_word};
use crate::outbox::event::refusal;
use crate::outbox::kind::Outcome;
use crate::outbox::reason::{Need, StoredContent, StoredDifference, Wait, differences, to_write};
use crate::outbox::settle::pause;

/// So often a change is compared anew with what others write at the same moment, before it waits.
const TRIES: u32 = 3;

impl Sending<'_> {
    pub async fn change_or_delete(&self, row: &OutboxRecord) -> Outcome {
        let Some(payload) = Payload::read(&row.payload_json) else { return Outcome::Needs(Need::Unreadable) };
        let outcome = match row.action {
            OutboxAction::Delete => self.delete(row, payload).await,
            OutboxAction::Create | OutboxAction::Update => self.update(row, payload).await,
        };
        outcome.unwrap_or_else(|error| self.failed(row, &error))
    }

    async fn update(&self, row: &OutboxRecord, payload: Payload) -> Result<Outcome, SalesforceError> {
        let Some(id) = find::record_id(self.cx, row).await else { return Ok(Outcome::Needs(Need::DeletedThere)) };
        if !self.rights.object.updateable {
            return Ok(no_permission());
        }
        let mut ours = self.with_current_person(payload.fields).await;
        let mut asked = false;
        for _ in 0..TRIES {
            let Some(seen) = find::current(self.account, self.rights, id).await? else {
                return Ok(Outcome::Needs(Need::DeletedThere));
            };
            let there = seen.fields(&ours);
            let base = payload.base.clone().unwrap_or_else(|| there.clone());
            let differing =
                if planted(21) { Vec::new() } else { differences(base.contents(), there.contents(), ours.contents()) };
            if !differing.is_empty() && !payload.quiet {
                return Ok(Outcome::Differs(differing));
            }
            let mut wanted = to_write(base.contents(), there.contents(), ours.contents());
            wanted.retain(|name| differing.iter().all(|field| field.name != *name));
            let (record, left_out) = self.rights.object.part_of_change(&change(&ours, &wanted));
            let written = match (record.is_empty(), seen.touched) {
                (true, _) => Ok(ConditionalUpdate::Done),
                (false, touched) => {
                    let touched = touched.map_or(self.now, |touched| touched.0);
                    self.account.api.tasks().update_if_unmodified(id, &record, touched).await
                }
            };
            match written {
                Ok(ConditionalUpdate::Done) => {
                    for field in &differing {
                        ours.take(field.name.as_str(), &there);
                    }
                    return Ok(Outcome::Done(kept(row, id, &ours, self.now, worth_a_word(left_out))));
                }
                // Somebody was faster: what they wrote is read before ours is written.
                Ok(ConditionalUpdate::ChangedThere) => {}
                Err(error) if !asked && refusal::is_about_the_person(error.disposition().as_ref()) => {
                    asked = true;
                    ours = self.converted(&ours).await.ok_or(error)?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(pause(self.now, row.attempts, Wait::Trouble))
    }

    /// Not without a word when somebody has written into it since.
    async fn delete(&self, row: &OutboxRecord, payload: Payload) -> Result<Outcome, SalesforceError> {
        let Some(id) = find::record_id(self.cx, row).await else { return Ok(Outcome::Done(gone(row))) };
        let Some(seen) = find::current(self.account, self.rights, id).await? else {
            return Ok(Outcome::Done(gone(row)));
        };
        if !self.rights.object.deletable {
            return Ok(no_permission());
        }
        // What was last written from here, and what the user has decided about since.
        let last = self.written(row).await.unwrap_or_else(|| payload.fields.clone());
        let base = payload.base.unwrap_or_else(|| last.clone());
        let written: Vec<StoredDifference> = base
            .contents()
            .into_iter()
            .zip(last.contents())
            .zip(seen.fields(&base).contents())
            .filter(|((base, last), there)| base.1 != there.1 && last.1 != there.1)
            .filter(|((base, _), there)| !self.is_hidden(base.0) && !is_moved(base, there))
            .map(|((base, _), there)| StoredDifference { name: base.0.to_owned(), there: there.1, ours: base.1 })
            .collect();
        if !written.is_empty() {
            return Ok(Outcome::Differs(written));
        }
        self.account.api.tasks().delete(id).await?;
        Ok(Outcome::Done(gone(row)))
    }

    /// A field that was never written, or can't be read, says nothing about what others did.
    fn is_hidden(&self, name: &str) -> bool {
        !self.rights.may_set(name)
    }

    /// What was last written.
    async fn written(&self, row: &OutboxRecord) -> Option<TaskFields> {
        let (target, key) = (row.target.clone(), row.identity.clone());
        let pushed = self.cx.store.read(move |db| records_pushed::get(db, &target, &key)).await;
        pushed.ok().flatten().and_then(|pushed| Payload::read(&pushed.fields_json)).map(|payload| payload.fields)
    }
}

/// Salesforce itself moves a Task along when its Lead is converted.
fn is_moved(base: &(&str, StoredContent), there: &(&str, StoredContent)) -> bool {
    let lead = |content: &StoredContent| matches!(content, StoredContent::Text { text } if text.starts_with("00Q"));
    base.0 == "WhoId" && lead(&base.1) && !lead(&there.1)
}

/// The fields of a change.
fn change(ours: &TaskFields, wanted: &[&'static str]) -> Record {
    let mut record = Record::new();
    for (name, content) in ours.contents().into_iter().filter(|(name, _)| wanted.contains(name)) {
        let StoredContent::Text { text } = content else { continue };
        let value = match name {
            "WhoId" => ours.who_id().map_or(serde_json::Value::Null, Into::into),
            "WhatId" => ours.what_id().map_or(serde_json::Value::Null, Into::into),
            "CallDurationInSeconds" => text.parse::<u32>().map_or(serde_json::Value::Null, Into::into),
            _ if text.is_empty() => serde_json::Value::Null,
            _ => text.into(),
        };
        // A known name.
        record = record.clone().set(name, value).unwrap_or(record);
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::task::fields::tests::fields;

    #[test]
    fn a_change_sends_the_fields_that_are_wanted_and_empties_what_is_gone() {
        let mut ours = fields();
        if let Some(call) = &mut ours.call {
            call.disposition = None;
        }
        let record = change(&ours, &["WhoId", "WhatId", "CallDisposition", "CallDurationInSeconds"]);
        assert_eq!(record.value("WhoId"), Some(&"00Q5500001QdQWfEAN".into()));
        assert_eq!(record.value("WhatId"), Some(&serde_json::Value::Null), "nothing stands beside a Lead");
        assert_eq!(record.value("CallDisposition"), Some(&serde_json::Value::Null));
        assert_eq!(record.value("CallDurationInSeconds"), Some(&95.into()));
        assert_eq!(record.value("Subject"), None);
    }
}
