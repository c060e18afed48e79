//! The kind *task*: the Task of a call in Salesforce, and what is to be done after it.
//!
//! A call's Task is made as done in one write; what changes later goes to its record, and never over what somebody else
//! has written. Which calls are logged, the user decides ([`decide`]) or a rule the user has chosen ([`rule`]).

mod alike;
mod call_logs;
mod change;
pub(super) mod compose;
mod decide;
mod fields;
mod find;
pub(super) mod follow;
pub(crate) mod next;
mod open;
pub(crate) mod others;
pub(crate) mod rule;
mod send;
pub(super) mod state;
mod topics;

use std::sync::Arc;

use chrono::TimeDelta;
use liaison_domain::RecordKey;
use liaison_domain::key::KeyKind;
use liaison_store::tables::accounts;
use liaison_store::tables::outbox::{NewOperation, OutboxAction, OutboxRecord, Urgency};
use liaison_store::{Connection, StoreResult};
use liaison_transport::BoxFuture;
use uuid::Uuid;

use crate::context::Context;
use crate::outbox::kind::{Found, Kind, Outcome};
use crate::outbox::reason::StoredDifference;
use crate::outbox::target::Target;
use crate::outbox::view::{FieldValue, OutboxWhat};
use crate::terms::Provider;
use fields::{Payload, TaskFields};

/// Its name in the table.
pub(super) const TASK: &str = "task";
/// A Task can be taken back for so long.
pub(super) const TAKEN_BACK_FOR: TimeDelta = TimeDelta::hours(24);
/// Rows of one request: what Salesforce takes in a collection.
const MOST: u32 = 200;

pub(crate) struct TaskKind;

impl Kind for TaskKind {
    fn name(&self) -> &'static str {
        TASK
    }

    fn most(&self) -> u32 {
        MOST
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(send::send(cx, rows))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(find::look_up(cx, rows))
    }

    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
        let payload = Payload::read(&row.payload_json)?;
        let place = Place::of(row);
        match (row.action, payload.base) {
            (OutboxAction::Create, _) => {
                let young = row.done_utc_ms.is_some_and(|done| now_ms - done < TAKEN_BACK_FOR.num_milliseconds());
                young.then(|| place.operation(OutboxAction::Delete, &Payload::of(payload.fields), now_ms, 0))
            }
            (OutboxAction::Update, Some(base)) => {
                let back = Payload { base: Some(payload.fields), ..Payload::of(base) };
                Some(place.operation(OutboxAction::Update, &back, now_ms, 0))
            }
            (OutboxAction::Update, None) | (OutboxAction::Delete, _) => None,
        }
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        Payload::read(&row.payload_json)
            .map(|payload| payload.fields.shown(row.person_name.as_deref()))
            .unwrap_or_default()
    }

    fn what(&self, action: OutboxAction) -> OutboxWhat {
        match action {
            OutboxAction::Create => OutboxWhat::CreateTask,
            OutboxAction::Update => OutboxWhat::UpdateTask,
            OutboxAction::Delete => OutboxWhat::DeleteTask,
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
        let base = payload.base.get_or_insert_with(|| payload.fields.clone());
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

/// Which Task, of what, in which account.
#[derive(Debug, Clone)]
struct Place {
    target: Target,
    /// Our key.
    identity: String,
    /// The call's key, or what stands for a follow-up.
    subject_key: String,
    title: String,
    person_name: Option<String>,
    record_id: Option<String>,
}

impl Place {
    /// The Task of a call; `Err` names the account that is missing.
    fn of_call(db: &Connection, call_key: &str) -> StoreResult<Result<Self, Provider>> {
        let Some(target) = Target::known(db, Provider::Salesforce)? else { return Ok(Err(Provider::Salesforce)) };
        let Some(zoom) = accounts::get(db, Provider::Zoom)? else { return Ok(Err(Provider::Zoom)) };
        // Two colleagues who took part in a call log it each.
        let account = zoom.org_id.unwrap_or_default();
        let identity = RecordKey::derive(KeyKind::CallTask, &account, call_key, &zoom.user_id).to_string();
        Ok(Ok(Self {
            target,
            identity,
            subject_key: call_key.to_owned(),
            title: String::new(),
            person_name: None,
            record_id: None,
        }))
    }

    /// The Task that a row is about.
    fn of(row: &OutboxRecord) -> Self {
        Self {
            target: Target { key: row.target.clone(), name: row.target_name.clone() },
            identity: row.identity.clone(),
            subject_key: row.subject_key.clone(),
            title: row.title.clone(),
            person_name: row.person_name.clone(),
            record_id: row.record_id.clone(),
        }
    }

    /// The same about what the Task says now.
    fn about(self, fields: &TaskFields, person_name: Option<String>) -> Self {
        Self { title: fields.subject.clone(), person_name, ..self }
    }

    fn operation(&self, action: OutboxAction, payload: &Payload, now_ms: i64, hold_ms: i64) -> NewOperation {
        NewOperation {
            op_id: Uuid::now_v7().to_string(),
            target: self.target.key.clone(),
            target_name: self.target.name.clone(),
            kind: TASK.to_owned(),
            action,
            identity: self.identity.clone(),
            order_key: format!("{TASK}:{}", self.identity),
            subject_key: self.subject_key.clone(),
            batch_key: (action == OutboxAction::Create).then(|| "task:create".to_owned()),
            group_id: None,
            urgency: Urgency::Click,
            depends_on: None,
            title: self.title.clone(),
            person_name: self.person_name.clone(),
            payload_json: payload.json(),
            record_id: self.record_id.clone(),
            held_until_utc_ms: (hold_ms > 0).then_some(now_ms + hold_ms),
            created_utc_ms: now_ms,
        }
    }
}
