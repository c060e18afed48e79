//! The Task of a call follows it: what is not sent yet takes the change in, what stands there is changed there.

use liaison_store::tables::calls::{self as table, CallRow};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::tables::records_pushed::{self, PushedRecord};
use liaison_store::{Connection, StoreError, StoreResult, Transaction};

use super::compose::Composer;
use super::fields::{Payload, TaskFields};
use super::{Place, TASK};
use crate::terms::Provider;

/// What the outbox knows of a call's Task.
pub(super) struct Written {
    pub place: Place,
    pub rows: Vec<OutboxRecord>,
    /// What was last written and is there, as far as is known.
    pub pushed: Option<PushedRecord>,
}

impl Written {
    /// `Err` names the account that is missing.
    pub fn read(db: &Connection, call_key: &str) -> StoreResult<Result<Self, Provider>> {
        let mut place = match Place::of_call(db, call_key)? {
            Ok(place) => place,
            Err(provider) => return Ok(Err(provider)),
        };
        let rows = outbox::by_identity(db, &place.target.key, TASK, &place.identity)?;
        let pushed = records_pushed::get(db, &place.target.key, &place.identity)?
            .filter(|pushed| pushed.deleted_there_utc_ms.is_none());
        place.record_id = pushed.as_ref().map(|pushed| pushed.record_id.clone());
        Ok(Ok(Self { place, rows, pushed }))
    }

    /// The last row that is still to be done.
    pub fn open(&self) -> Option<&OutboxRecord> {
        self.rows.iter().rev().find(|row| row.state.is_open())
    }

    /// The row that made it.
    pub fn maker(&self) -> Option<&OutboxRecord> {
        self.rows.iter().rev().find(|row| row.action == OutboxAction::Create && row.state == OutboxState::Done)
    }

    /// Whom it stands with, as they were called when it was last written.
    pub fn with_whom(&self) -> Option<&str> {
        let arrived = |row: &&OutboxRecord| row.action != OutboxAction::Delete && row.state == OutboxState::Done;
        self.rows.iter().rev().find(arrived).and_then(|row| row.person_name.as_deref())
    }

    /// What it is to be when everything that is under way has arrived.
    pub fn wanted(&self) -> Option<TaskFields> {
        let last = self.rows.iter().rev().find(|row| row.state != OutboxState::Discarded);
        match last {
            Some(row) if row.action == OutboxAction::Delete => None,
            // Somebody has deleted it there.
            Some(row) if row.state == OutboxState::Done && self.pushed.is_none() => None,
            Some(row) => Payload::read(&row.payload_json).map(|payload| payload.fields),
            None => self.there(),
        }
    }

    /// What stands there, as far as is known.
    pub fn there(&self) -> Option<TaskFields> {
        self.pushed.as_ref().and_then(|pushed| Payload::read(&pushed.fields_json)).map(|payload| payload.fields)
    }

    /// Brings the Task to what it is to be; answers the row that does it, and nothing where it is so already, or there
    /// is no Task.
    pub fn bring(self, tx: &Transaction<'_>, bringing: Bringing<'_>) -> StoreResult<Option<String>> {
        let Bringing { fields, person_name, now_ms, hold_ms, quiet } = bringing;
        if self.wanted().is_none_or(|wanted| wanted == fields) {
            return Ok(None);
        }
        let person = person_name.map(ToOwned::to_owned);
        if let Some(row) = self.open().filter(|row| is_untouched(row))
            && let Some(payload) = Payload::read(&row.payload_json)
        {
            let title = fields.subject.clone();
            let payload = Payload { fields, quiet: payload.quiet && quiet, ..payload };
            outbox::about(tx, &row.op_id, person_name)?;
            outbox::edit(tx, &row.op_id, &title, &payload.json(), None, now_ms)?;
            return Ok(Some(row.op_id.clone()));
        }
        let base = self.wanted().filter(|_| self.open().is_some()).or_else(|| self.there());
        let place = self.place.about(&fields, person);
        let payload = Payload { base, quiet, ..Payload::of(fields) };
        let row = place.operation(OutboxAction::Update, &payload, now_ms, hold_ms);
        outbox::enqueue(tx, &row)?;
        Ok(Some(row.op_id))
    }
}

/// What a Task is brought to.
pub(super) struct Bringing<'a> {
    pub fields: TaskFields,
    pub person_name: Option<&'a str>,
    pub now_ms: i64,
    pub hold_ms: i64,
    /// Nobody decided it.
    pub quiet: bool,
}

/// Nothing of it can have left.
pub(super) fn is_untouched(row: &OutboxRecord) -> bool {
    row.state != OutboxState::Claimed && row.maybe_sent_utc_ms.is_none() && row.action != OutboxAction::Delete
}

/// The user has linked a call with somebody, or with nobody.
pub(in crate::calls) fn link(tx: &Transaction<'_>, composer: &Composer, call_key: &str) -> StoreResult<()> {
    let Some(row) = table::get(tx, call_key)? else { return Ok(()) };
    let Ok(written) = Written::read(tx, call_key)? else { return Ok(()) };
    let Some(wanted) = written.wanted() else { return Ok(()) };
    let followed = match composer.task(tx, &row)? {
        Ok(now) => relink(tx, composer, &row, written, wanted, &now),
        Err(_) => take_back_unsent(tx, &written, composer.now_ms),
    };
    match followed {
        // What is under way can't be changed; the next decision about the call finds it.
        Err(StoreError::WrongState { .. }) => Ok(()),
        followed => followed,
    }
}

/// Only what the person brings with it: what the user has edited in the outbox stays.
fn relink(
    tx: &Transaction<'_>,
    composer: &Composer,
    row: &CallRow,
    written: Written,
    mut wanted: TaskFields,
    now: &TaskFields,
) -> StoreResult<()> {
    for name in ["WhoId", "WhatId", "Subject"] {
        wanted.take(name, now);
    }
    let bringing = Bringing {
        fields: wanted,
        person_name: row.record_name.as_deref(),
        now_ms: composer.now_ms,
        hold_ms: 0,
        quiet: false,
    };
    written.bring(tx, bringing).map(drop)
}

/// What has not left is not written for nobody; what stands there stays until it is taken back.
fn take_back_unsent(tx: &Transaction<'_>, written: &Written, now_ms: i64) -> StoreResult<()> {
    for row in written.rows.iter().rev().filter(|row| row.state.is_open() && is_untouched(row)) {
        outbox::take_back(tx, &row.op_id, now_ms)?;
    }
    Ok(())
}
