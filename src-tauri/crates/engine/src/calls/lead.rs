//! The kind *lead*: a Lead that the user makes for a call whose number nobody has, or for somebody of a webinar.
//!
//! It is made while its sheet waits, where Salesforce can be reached, and by itself later where it can't. Until then its
//! calls are linked with what stands for it ([`link`]), and are given to it when it is there. Duplicate rules hold:
//! whom it would double is shown, and nothing is made beside them unasked.

mod form;
pub(super) mod link;
mod make;
mod send;
mod stored;

use std::sync::Arc;

use chrono::TimeDelta;
use liaison_domain::RecordKey;
use liaison_domain::key::KeyKind;
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxRecord, OutboxState, Urgency};
use liaison_store::{StoreResult, Transaction};
use liaison_transport::BoxFuture;
use uuid::Uuid;

use super::task::compose::Composer;
use crate::context::Context;
use crate::outbox::action::undoing;
use crate::outbox::kind::{Found, Kind, Outcome, one_by_one};
use crate::outbox::target::Target;
use crate::outbox::view::{FieldValue, OutboxWhat};
pub(crate) use form::Known;
pub(crate) use make::sheet_for;
use stored::NewLeadRow;

/// Its name in the table.
const LEAD: &str = "lead";
/// One that was made can be taken back for so long.
const TAKEN_BACK_FOR: TimeDelta = TimeDelta::hours(24);

pub(crate) struct LeadKind;

impl Kind for LeadKind {
    fn name(&self) -> &'static str {
        LEAD
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(one_by_one(rows, move |row| send::send(cx, row)))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(one_by_one(rows, move |row| send::look_up(cx, row)))
    }

    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
        let young = row.done_utc_ms.is_some_and(|done| now_ms - done < TAKEN_BACK_FOR.num_milliseconds());
        let record_id = row.record_id.clone().filter(|_| young && row.action == OutboxAction::Create)?;
        Some(NewOperation {
            op_id: Uuid::now_v7().to_string(),
            target: row.target.clone(),
            target_name: row.target_name.clone(),
            kind: LEAD.to_owned(),
            action: OutboxAction::Delete,
            identity: row.identity.clone(),
            order_key: row.order_key.clone(),
            subject_key: row.subject_key.clone(),
            batch_key: None,
            group_id: None,
            urgency: Urgency::Click,
            depends_on: None,
            title: row.title.clone(),
            person_name: None,
            payload_json: row.payload_json.clone(),
            record_id: Some(record_id),
            held_until_utc_ms: None,
            created_utc_ms: now_ms,
        })
    }

    /// Its calls are asked about again.
    fn taken_back(
        &self,
        cx: &Context,
        tx: &Transaction<'_>,
        row: &OutboxRecord,
        _undoing: Option<&str>,
    ) -> StoreResult<()> {
        let composer = Composer::of(cx);
        link::forget(tx, &composer, &link::stand_in(&row.op_id))?;
        match &row.record_id {
            Some(made) => link::forget(tx, &composer, made),
            None => Ok(()),
        }
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        NewLeadRow::read(&row.payload_json).map(|lead| lead.shown()).unwrap_or_default()
    }

    fn what(&self, action: OutboxAction) -> OutboxWhat {
        match action {
            OutboxAction::Create | OutboxAction::Update => OutboxWhat::CreateLead,
            OutboxAction::Delete => OutboxWhat::DeleteLead,
        }
    }

    fn edited(&self, row: &OutboxRecord, texts: &[(String, String)]) -> Option<String> {
        let mut lead = NewLeadRow::read(&row.payload_json).filter(|_| row.action == OutboxAction::Create)?;
        for (name, text) in texts {
            lead.set_text(name, text);
        }
        Some(lead.json())
    }
}

/// The making of a Lead as a row, of no call where that is empty; `sheet` names what it was filled in on.
fn operation(
    target: &Target,
    zoom_account: &str,
    call: &str,
    sheet: &str,
    lead: &NewLeadRow,
    now_ms: i64,
) -> NewOperation {
    let key = RecordKey::derive(KeyKind::CallLead, zoom_account, call, sheet);
    NewOperation {
        op_id: op_id(sheet),
        target: target.key.clone(),
        target_name: target.name.clone(),
        kind: LEAD.to_owned(),
        action: OutboxAction::Create,
        identity: key.to_string(),
        order_key: format!("{LEAD}:{key}"),
        subject_key: call.to_owned(),
        batch_key: None,
        group_id: None,
        urgency: Urgency::Click,
        depends_on: None,
        title: lead.name(),
        person_name: None,
        payload_json: lead.json(),
        record_id: None,
        held_until_utc_ms: None,
        created_utc_ms: now_ms,
    }
}

fn op_id(sheet: &str) -> String {
    format!("{LEAD}:{sheet}")
}

/// The user takes the making back: what has not left is dropped, what stands there is deleted while nobody has touched
/// it. The links are the caller's.
pub(super) fn take_back(cx: &Context, tx: &Transaction<'_>, op_id: &str) -> StoreResult<()> {
    let Some(row) = outbox::get(tx, op_id)? else { return Ok(()) };
    match row.state {
        OutboxState::Done => match undoing(tx, &LeadKind, &row, cx.now_ms())? {
            Some(undoing) => outbox::enqueue(tx, &undoing).map(drop),
            None => Ok(()),
        },
        OutboxState::Discarded => Ok(()),
        _ => outbox::take_back(tx, op_id, cx.now_ms()).map(drop),
    }
}
