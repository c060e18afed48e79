//! Where a call is on its way to Salesforce, and what will be written of it, as the user sees it.

use liaison_salesforce::TaskCapability;
use liaison_store::tables::call_notes;
use liaison_store::tables::call_tasks::{self, CallTask, Maker};
use liaison_store::tables::calls::CallRow;
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::{Connection, StoreResult};

use super::compose::Composer;
use super::fields::{Payload, TaskFields};
use super::follow::Written;
use super::{TAKEN_BACK_FOR, TASK};
use crate::calls::view::{CallLogging, CallMaker, CallRow as Shown, CallWriting, CallWritingState};
use crate::outbox::listing;
use crate::outbox::view::FieldValue;
use crate::terms::UtcMs;

/// Notes on rows of a list what is under way of those that don't stand in Salesforce.
pub(in crate::calls) fn mark(db: &Connection, rows: &mut [Shown]) -> StoreResult<()> {
    let keys: Vec<&str> = rows.iter().filter(|row| !row.logged).map(|row| row.id.as_str()).collect();
    let mut last: Vec<(String, CallLogging)> = Vec::new();
    for row in outbox::last_by_subject(db, TASK, &keys)? {
        let logging = match row.state {
            _ if row.action == OutboxAction::Delete => continue,
            OutboxState::Done | OutboxState::Discarded => continue,
            OutboxState::Blocked | OutboxState::Review | OutboxState::Conflict => CallLogging::NeedsYou,
            _ => CallLogging::Waiting,
        };
        last.push((row.subject_key, logging));
    }
    for (key, logging) in last {
        if let Some(row) = rows.iter_mut().find(|row| row.id == key) {
            row.logging = Some(logging);
        }
    }
    Ok(())
}

/// What will be, or was, written of one call.
pub(in crate::calls) fn writing(
    db: &Connection,
    composer: &Composer,
    row: &CallRow,
    rights: Option<&TaskCapability>,
) -> StoreResult<CallWriting> {
    let person = row.record_name.as_deref();
    let now = composer.task(db, row)?;
    let left_out = |fields: &[FieldValue]| -> Vec<String> {
        let Some(rights) = rights.filter(|rights| rights.object.createable) else { return Vec::new() };
        fields.iter().map(|field| field.name.clone()).filter(|name| !rights.may_set(name)).collect()
    };
    let known = call_tasks::get(db, &row.call.key)?;
    if let Some(task) = known.as_ref().filter(|task| task.maker != Maker::Own) {
        let state = logged(task, false, false);
        return Ok(CallWriting { state, fields: Vec::new(), left_out: Vec::new() });
    }
    let written = Written::read(db, &row.call.key)?.ok();
    if let Some((open, payload)) =
        written.as_ref().and_then(Written::open).and_then(|open| Some((open, Payload::read(&open.payload_json)?)))
    {
        let differs = match &now {
            Ok(now) => has_said_more(db, open, &payload, now)?,
            Err(_) => false,
        };
        let item = open.op_id.clone();
        let state = CallWritingState::OnItsWay { item, state: listing::state_of_row(open), differs };
        let fields = payload.fields.shown(open.person_name.as_deref());
        return Ok(CallWriting { state, left_out: left_out(&fields), fields });
    }
    let there = written.as_ref().and_then(Written::there);
    if let Some(task) = &known {
        let young = written.as_ref().and_then(Written::maker).and_then(|row| row.done_utc_ms);
        let can_unlog = young.is_some_and(|done| composer.now_ms - done < TAKEN_BACK_FOR.num_milliseconds());
        let differs = match (&there, &now) {
            (Some(there), Ok(now)) => there.contents() != now.contents(),
            _ => false,
        };
        // A Task that stayed when its link was taken away stands with whom it was written for.
        let person = person.or_else(|| written.as_ref().and_then(Written::with_whom));
        let fields = match (there, now) {
            (_, Ok(now)) if differs => now.shown(person),
            (Some(there), _) => there.shown(person),
            (None, Ok(now)) => now.shown(person),
            (None, Err(_)) => Vec::new(),
        };
        return Ok(CallWriting { state: logged(task, can_unlog, differs), left_out: left_out(&fields), fields });
    }
    Ok(match now {
        Ok(now) => {
            let fields = now.shown(person);
            CallWriting { state: CallWritingState::Ready, left_out: left_out(&fields), fields }
        }
        Err(why) => CallWriting { state: CallWritingState::NotYet { why }, fields: Vec::new(), left_out: Vec::new() },
    })
}

/// Whether the user has said something of a call since the row that writes it was made. A text that was edited in the
/// outbox is no such thing: it counts.
fn has_said_more(db: &Connection, row: &OutboxRecord, payload: &Payload, now: &TaskFields) -> StoreResult<bool> {
    if row.action == OutboxAction::Delete || payload.fields.contents() == now.contents() {
        return Ok(false);
    }
    let note = call_notes::get(db, &row.subject_key)?;
    Ok(note.is_some_and(|note| note.updated_utc_ms >= row.created_utc_ms))
}

fn logged(task: &CallTask, can_unlog: bool, differs: bool) -> CallWritingState {
    CallWritingState::Logged {
        maker: match task.maker {
            Maker::Own => CallMaker::Own,
            Maker::Zoom => CallMaker::Zoom,
            Maker::RingCentral => CallMaker::RingCentral,
            Maker::Einstein => CallMaker::Einstein,
            Maker::Somebody => CallMaker::Somebody,
        },
        name: task.maker_name.clone(),
        at: UtcMs(task.noted_utc_ms),
        can_unlog,
        differs,
    }
}
