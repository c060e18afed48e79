//! Sending new Tasks: looked for first, made as done in one write, up to two hundred in one request.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_salesforce::{
    Condition, Disposition, ExternalKey, Query, Record, Resolution, RowRefusal, SalesforceError, SalesforceId,
    TaskCapability,
};
use liaison_store::planted;
use liaison_store::tables::call_tasks::{self, CallTask, Maker};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord};
use liaison_store::tables::people;
use liaison_store::tables::records_pushed::{self, PushedRecord};

use super::TASK;
use super::fields::{Payload, TaskFields};
use super::find::{self, Known, Seen};
use super::{alike, others};
use crate::context::{Context, SalesforceAccount};
use crate::outbox::event::refusal;
use crate::outbox::kind::{Made, Outcome, one_by_one};
use crate::outbox::reason::{Need, Reason, StoredLeftOut, Wait, Why};
use crate::outbox::settle::pause;

/// Fields that no user reads: left out, they are not worth a word.
const UNSEEN: [&str; 3] = ["CallObject", "TaskSubtype", "IsReminderSet"];

pub(super) async fn send(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Vec<Outcome> {
    let now = cx.now();
    let Some(account) = cx.salesforce() else {
        return rows.iter().map(|row| pause(now, row.attempts, Wait::SignIn)).collect();
    };
    let rights = match cx.task_capability(&account).await {
        Ok(rights) => rights,
        Err(error) => return rows.iter().map(|row| refusal::of_attempt(cx, &error, row, now)).collect(),
    };
    let sending = Sending { cx, account: &account, rights: &rights, now };
    if rows.iter().all(|row| row.action == OutboxAction::Create) {
        return sending.creations(rows).await;
    }
    one_by_one(rows, |row| sending.change_or_delete(row)).await
}

/// What is noted of a Task that is there now, with the fields that could not be written.
pub(super) fn kept(
    row: &OutboxRecord,
    id: SalesforceId,
    fields: &TaskFields,
    now: DateTime<Utc>,
    left_out: Vec<String>,
) -> Made {
    let left_out: Vec<StoredLeftOut> =
        left_out.into_iter().map(|name| StoredLeftOut { name, why: Why::NotWritable }).collect();
    let remark = (!left_out.is_empty()).then(|| (row.op_id.clone(), Reason::Without(left_out).json()));
    let note = PushedRecord {
        target: row.target.clone(),
        ext_key: row.identity.clone(),
        kind: TASK.to_owned(),
        record_id: id.to_string(),
        pushed_utc_ms: now.timestamp_millis(),
        fields_json: Payload::of(fields.clone()).json(),
        deleted_there_utc_ms: None,
    };
    let task = fields.call.is_some().then(|| CallTask {
        call_key: row.subject_key.clone(),
        target: row.target.clone(),
        record_id: id.to_string(),
        maker: Maker::Own,
        maker_name: None,
        noted_utc_ms: now.timestamp_millis(),
    });
    Made {
        record_id: Some(id.to_string()),
        keep: Some(Arc::new(move |tx| {
            if let Some((op_id, reason)) = &remark {
                outbox::remark(tx, op_id, reason)?;
            }
            if let Some(task) = &task {
                call_tasks::put(tx, task)?;
            }
            records_pushed::put(tx, &note)
        })),
    }
}

/// What is noted when a Task of ours is there no longer.
pub(super) fn gone(row: &OutboxRecord) -> Made {
    let (target, key, call) = (row.target.clone(), row.identity.clone(), row.subject_key.clone());
    Made {
        record_id: None,
        keep: Some(Arc::new(move |tx| {
            if call_tasks::get(tx, &call)?.is_some_and(|task| task.maker == Maker::Own) {
                call_tasks::remove(tx, &call)?;
            }
            records_pushed::remove(tx, &target, &key)
        })),
    }
}

/// What rows are sent with.
pub(super) struct Sending<'a> {
    pub cx: &'a Arc<Context>,
    pub account: &'a SalesforceAccount,
    pub rights: &'a TaskCapability,
    pub now: DateTime<Utc>,
}

/// A Task on its way.
struct Wanted<'a> {
    row: &'a OutboxRecord,
    key: ExternalKey,
    fields: TaskFields,
    again: bool,
}

impl Sending<'_> {
    /// Never made before it was looked for: another computer of the rep, or other software, may have made it.
    async fn creations(&self, rows: &[OutboxRecord]) -> Vec<Outcome> {
        if !self.rights.object.createable {
            return rows.iter().map(|_| no_permission()).collect();
        }
        let mut outcomes: Vec<Option<Outcome>> = vec![None; rows.len()];
        let mut wanted = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            match (Payload::read(&row.payload_json), ExternalKey::new(&row.identity)) {
                (Some(payload), Ok(key)) => {
                    let fields = self.with_current_person(payload.fields).await;
                    wanted.push((index, Wanted { row, key, fields, again: payload.again }));
                }
                _ => outcomes[index] = Some(Outcome::Needs(Need::Unreadable)),
            }
        }
        let asked: Vec<_> = wanted.iter().map(|(_, wanted)| (wanted.row, wanted.fields.clone())).collect();
        let around = match find::around(self.account, self.rights, &asked).await {
            Ok(around) => around,
            Err(error) => {
                for (index, wanted) in wanted {
                    outcomes[index] = Some(self.failed(wanted.row, &error));
                }
                return whole(outcomes);
            }
        };
        let mut sent = Vec::with_capacity(wanted.len());
        for (index, wanted) in wanted {
            match self.there(&wanted, &around).await {
                Some(outcome) => outcomes[index] = Some(outcome),
                None => sent.push((index, wanted)),
            }
        }
        self.write(sent, &mut outcomes).await;
        whole(outcomes)
    }

    /// What the Tasks of the day mean for one that is to be made.
    async fn there(&self, wanted: &Wanted<'_>, around: &[Seen]) -> Option<Outcome> {
        let known = Known::of(self.rights);
        let found = find::of_creation(known, wanted.row, &wanted.fields, wanted.again, around);
        match found.filter(|_| !planted(20)) {
            Some(Ok(id)) => {
                return Some(Outcome::Done(kept(wanted.row, id, &wanted.fields, self.now, Vec::new())));
            }
            Some(Err(need)) => return Some(Outcome::Needs(need)),
            None => {}
        }
        let call = wanted.fields.call.as_ref()?;
        let seen = alike::logged(call, &wanted.fields, around)?;
        let noted = others::note(self.cx, &wanted.row.target, &wanted.row.subject_key, seen, call).await;
        // A Task that is another call's says nothing about this one.
        noted.map(|by| Outcome::Needs(Need::LoggedByOthers { by }))
    }

    /// Makes them: in one request where there are several and the org has our field.
    async fn write(&self, wanted: Vec<(usize, Wanted<'_>)>, outcomes: &mut [Option<Outcome>]) {
        if wanted.len() < 2 || Known::of(self.rights) != Known::Key {
            for (index, wanted) in wanted {
                outcomes[index] = Some(self.create(wanted).await);
            }
            return;
        }
        let mut sent = Vec::with_capacity(wanted.len());
        let mut records = Vec::with_capacity(wanted.len());
        for (index, wanted) in wanted {
            match self.record(&wanted) {
                Ok((record, left_out)) => {
                    records.push((wanted.key.clone(), record));
                    sent.push((index, wanted, left_out));
                }
                Err(error) => outcomes[index] = Some(self.failed(wanted.row, &error)),
            }
        }
        match self.account.api.tasks().upsert_many(records).await {
            Ok(mut answers) => {
                if planted(26) {
                    answers.reverse();
                }
                for ((index, wanted, left_out), answer) in sent.into_iter().zip(answers) {
                    outcomes[index] = Some(match answer {
                        Ok(saved) => Outcome::Done(kept(wanted.row, saved.id, &wanted.fields, self.now, left_out)),
                        // Another computer made it at the same moment: the look-up finds it.
                        Err(RowRefusal {
                            disposition: Disposition::Resolve(Resolution::DuplicateValue { .. }),
                            ..
                        }) => Outcome::Unknown,
                        // A converted person is found out for one row at a time.
                        Err(refused) if refusal::is_about_the_person(Some(&refused.disposition)) => {
                            self.create(wanted).await
                        }
                        Err(refused) => refusal::of_row(self.cx, &refused, wanted.row, self.now),
                    });
                }
            }
            Err(error) => {
                for (index, wanted, _) in sent {
                    outcomes[index] = Some(self.failed(wanted.row, &error));
                }
            }
        }
    }

    async fn create(&self, mut wanted: Wanted<'_>) -> Outcome {
        let mut asked = false;
        loop {
            let error = match self.make(&wanted).await {
                Ok((id, left_out)) => {
                    return Outcome::Done(kept(wanted.row, id, &wanted.fields, self.now, left_out));
                }
                Err(error) => error,
            };
            let disposition = error.disposition();
            // Another computer made it at the same moment: the look-up finds it.
            if let Some(Disposition::Resolve(Resolution::DuplicateValue { .. })) = disposition {
                return Outcome::Unknown;
            }
            if asked || !refusal::is_about_the_person(disposition.as_ref()) {
                return self.failed(wanted.row, &error);
            }
            asked = true;
            match self.converted(&wanted.fields).await {
                Some(fields) => wanted.fields = fields,
                None => return self.failed(wanted.row, &error),
            }
        }
    }

    async fn make(&self, wanted: &Wanted<'_>) -> Result<(SalesforceId, Vec<String>), SalesforceError> {
        let tasks = self.account.api.tasks();
        let (record, left_out) = self.record(wanted)?;
        let id = if Known::of(self.rights) == Known::Key {
            tasks.upsert_part(&wanted.key, &record).await?.id
        } else {
            tasks.create_part(&record).await?
        };
        Ok((id, left_out))
    }

    /// What is written, and the fields that the user may not write.
    fn record(&self, wanted: &Wanted<'_>) -> Result<(Record, Vec<String>), SalesforceError> {
        let call = wanted.fields.call.as_ref();
        let status = if call.is_some() { self.rights.closed() } else { self.rights.open() };
        let own = Known::of(self.rights) == Known::Object;
        let object = if own { Some(wanted.key.as_str()) } else { call.and_then(|call| call.call_id.as_deref()) };
        let record = wanted.fields.task(status, object).to_record()?;
        let (record, left_out) = self.rights.object.part_of_new(&record);
        Ok((record, worth_a_word(left_out)))
    }

    /// The person may have been converted or merged since the row was written.
    pub async fn with_current_person(&self, mut fields: TaskFields) -> TaskFields {
        let Some(who) = fields.who.as_ref().map(ToString::to_string) else { return fields };
        match self.cx.store.read(move |db| people::successor(db, &who)).await {
            Ok(current) => fields.who = current.parse().ok().or(fields.who),
            Err(error) => tracing::warn!(%error, "it could not be read whether a person was merged"),
        }
        fields
    }

    /// Asks Salesforce which Contact a Lead became that the local copy still takes for a Lead.
    pub async fn converted(&self, fields: &TaskFields) -> Option<TaskFields> {
        #[derive(serde::Deserialize)]
        struct Row {
            #[serde(rename = "ConvertedContactId")]
            contact: Option<SalesforceId>,
        }
        let lead = fields.who_id().filter(SalesforceId::is_lead)?;
        let query = Query::from("Lead").select(["ConvertedContactId"]).filter(Condition::equals("Id", lead));
        let rows: Vec<Row> = self.account.api.query_rows(&query.limit(1).build().ok()?).await.ok()?;
        let contact = rows.into_iter().next()?.contact?;
        Some(TaskFields { who: Some(find::person(&contact)), ..fields.clone() })
    }

    pub fn failed(&self, row: &OutboxRecord, error: &SalesforceError) -> Outcome {
        tracing::info!(%error, attempts = row.attempts, "a Task did not go out");
        refusal::of_attempt(self.cx, error, row, self.now)
    }
}

pub(super) fn worth_a_word(mut left_out: Vec<String>) -> Vec<String> {
    left_out.retain(|name| !UNSEEN.contains(&name.as_str()));
    left_out
}

pub(super) fn no_permission() -> Outcome {
    Outcome::Needs(Need::NoPermission { message: String::new() })
}

fn whole(outcomes: Vec<Option<Outcome>>) -> Vec<Outcome> {
    outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::Unknown)).collect()
}
