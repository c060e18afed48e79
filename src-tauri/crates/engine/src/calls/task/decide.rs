//! The user's decision that calls are logged, or one no longer.

use liaison_store::tables::call_tasks::{self, Maker};
use liaison_store::tables::calls as table;
use liaison_store::tables::outbox::{self, OutboxAction, OutboxState, TakenBack, Urgency};
use liaison_store::{StoreResult, Transaction};
use uuid::Uuid;

use super::TAKEN_BACK_FOR;
use super::compose::Composer;
use super::fields::Payload;
use super::follow::{Bringing, Written, is_untouched};
use crate::calls::view::{LeftOutCall, LoggedCalls, NotLogged, Unlogged};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::groups;
use crate::session::settings;

impl Engine {
    /// Logs calls as Tasks of whom they are linked to; several as one group of the outbox. A call that can't be logged,
    /// or is already, is left out with the reason, and stops none of the others. One whose note or result has changed
    /// since is written again.
    ///
    /// # Errors
    /// [`Error::NotConnected`] without an account.
    pub async fn log_calls(&self, ids: Vec<String>) -> Result<LoggedCalls, Error> {
        let cx = self.profile().await?;
        let composer = Composer::of(&cx);
        let logged = cx.store.write(move |tx| log_many(tx, &composer, &ids)).await??;
        cx.outbox_changed();
        Ok(logged)
    }

    /// Takes the Task of a call back: what has not left is discarded, what stands in Salesforce is deleted for a day,
    /// unless somebody has changed it.
    ///
    /// # Errors
    /// [`Error::NotConnected`] without an account.
    pub async fn unlog_call(&self, id: String) -> Result<Unlogged, Error> {
        let cx = self.profile().await?;
        let composer = Composer::of(&cx);
        let unlogged = cx.store.write(move |tx| unlog(tx, &composer, &id)).await??;
        cx.outbox_changed();
        Ok(unlogged)
    }
}

pub(super) type Decided<T> = StoreResult<Result<T, Error>>;

/// Logs calls, as a group where there are several.
pub(super) fn log_many(tx: &Transaction<'_>, composer: &Composer, ids: &[String]) -> Decided<LoggedCalls> {
    let group_id = (ids.len() > 1).then(|| Uuid::now_v7().to_string());
    let mut logged = LoggedCalls { item: None, group: None, logged: 0, left_out: Vec::new() };
    for id in ids {
        match log(tx, composer, id, group_id.as_deref())? {
            Ok(Ok(item)) => {
                logged.logged += 1;
                logged.item = Some(item).filter(|_| group_id.is_none());
            }
            Ok(Err(why)) => logged.left_out.push(LeftOutCall { call: id.clone(), why }),
            Err(error) => return Ok(Err(error)),
        }
    }
    if let Some(group_id) = group_id.filter(|_| logged.logged > 0) {
        outbox::add_group(tx, &groups::begun(&group_id, groups::LOG_CALLS, "", composer.now_ms))?;
        logged.group = Some(group_id);
    }
    Ok(Ok(logged))
}

/// Answers the row of the outbox that writes it.
fn log(tx: &Transaction<'_>, composer: &Composer, id: &str, group: Option<&str>) -> Decided<Result<String, NotLogged>> {
    let Some(row) = table::get(tx, id)? else { return Ok(Ok(Err(NotLogged::Gone))) };
    let known = call_tasks::get(tx, id)?;
    if known.as_ref().is_some_and(|task| task.maker != Maker::Own) {
        return Ok(Ok(Err(NotLogged::ByOthers)));
    }
    let fields = match composer.task(tx, &row)? {
        Ok(fields) => fields,
        Err(why) => return Ok(Ok(Err(why))),
    };
    let written = match Written::read(tx, id)? {
        Ok(written) => written,
        Err(provider) => return Ok(Err(Error::NotConnected { provider })),
    };
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let person_name = row.record_name.as_deref();
    let stuck = |state| matches!(state, OutboxState::Blocked | OutboxState::Review);
    let open = written.open().map(|open| (open.op_id.clone(), open.state, open.action));
    if let Some((op_id, state, action)) = open {
        if action == OutboxAction::Delete {
            return Ok(Ok(Err(NotLogged::Already)));
        }
        let bringing = Bringing { fields, person_name, now_ms: composer.now_ms, hold_ms, quiet: false };
        let brought = written.bring(tx, bringing)?;
        if brought.is_none() && stuck(state) {
            outbox::retry(tx, &op_id, composer.now_ms)?;
            return Ok(Ok(Ok(op_id)));
        }
        return Ok(Ok(brought.ok_or(NotLogged::Already)));
    }
    if known.is_some() {
        let bringing = Bringing { fields, person_name, now_ms: composer.now_ms, hold_ms, quiet: false };
        return Ok(Ok(written.bring(tx, bringing)?.ok_or(NotLogged::Already)));
    }
    // One that we made and that is deleted may be made anew, since the user asks for it.
    let again = written.maker().is_some() || written.rows.iter().any(|row| row.action == OutboxAction::Delete);
    let place = written.place.about(&fields, row.record_name.clone());
    let payload = Payload { again, ..Payload::of(fields) };
    let mut operation = place.operation(OutboxAction::Create, &payload, composer.now_ms, hold_ms);
    operation.record_id = None;
    if group.is_some() {
        operation.group_id = group.map(ToOwned::to_owned);
        operation.urgency = Urgency::Bulk;
    }
    Ok(Ok(match outbox::enqueue(tx, &operation)? {
        outbox::Enqueued::Added => Ok(operation.op_id),
        outbox::Enqueued::AlreadyThere { .. } => Err(NotLogged::Already),
    }))
}

fn unlog(tx: &Transaction<'_>, composer: &Composer, id: &str) -> Decided<Unlogged> {
    let known = call_tasks::get(tx, id)?;
    if known.as_ref().is_some_and(|task| task.maker != Maker::Own) {
        return Ok(Ok(Unlogged::NotOurs));
    }
    let written = match Written::read(tx, id)? {
        Ok(written) => written,
        Err(provider) => return Ok(Err(Error::NotConnected { provider })),
    };
    let now_ms = composer.now_ms;
    let made_ms = written.maker().and_then(|row| row.done_utc_ms);
    let young = made_ms.is_none_or(|made| now_ms - made < TAKEN_BACK_FOR.num_milliseconds());
    // What has not left goes at once, and what may have arrived is looked up and undone there.
    let mut unlogged = Unlogged::NotLogged;
    for row in written.rows.iter().rev().filter(|row| row.state.is_open() && row.action != OutboxAction::Delete) {
        if row.action == OutboxAction::Update && !is_untouched(row) {
            continue;
        }
        unlogged = match outbox::take_back(tx, &row.op_id, now_ms)? {
            TakenBack::Discarded(_) => Unlogged::Discarded,
            TakenBack::Wished => Unlogged::Deleting { item: row.op_id.clone() },
        };
    }
    if known.is_none() {
        return Ok(Ok(unlogged));
    }
    if !young {
        return Ok(Ok(Unlogged::TooOld));
    }
    let Some(fields) = written.there() else { return Ok(Ok(Unlogged::TooOld)) };
    let person = written.maker().and_then(|row| row.person_name.clone());
    let place = written.place.about(&fields, person);
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let operation = place.operation(OutboxAction::Delete, &Payload::of(fields), now_ms, hold_ms);
    outbox::enqueue(tx, &operation)?;
    Ok(Ok(Unlogged::Deleting { item: operation.op_id }))
}
