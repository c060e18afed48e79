//! What the outbox knows of a meeting's Event.

use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::tables::records_pushed;
use liaison_store::{Connection, StoreResult, Transaction};

use super::fields::{EventFields, Payload};
use super::{EVENT, Place};
use crate::outbox::target::Target;
use crate::terms::Provider;

/// A meeting's Event, as far as the outbox knows it.
pub(crate) struct EventRows {
    pub place: Place,
    /// The row that makes it and has not left.
    pub unsent: Option<OutboxRecord>,
    /// A change that has not left.
    pub change: Option<OutboxRecord>,
    /// Something is under way, or waits for the user.
    pub busy: bool,
    /// What was last written, when it is there or on its way.
    pub written: Option<EventFields>,
    /// Its deletion is on its way.
    pub going: bool,
}

impl EventRows {
    /// What stands there while a change of it has not left, and under which key of ours it stands, where that is not its
    /// meeting's own yet.
    pub fn before_the_change(&self) -> (Option<EventFields>, Option<String>) {
        let change = self.change.as_ref().and_then(|row| Payload::read(&row.payload_json));
        change.map_or((None, None), |payload| (payload.base, payload.formerly))
    }
}

/// What the outbox knows of a meeting's Event; `None` when there is none and none is on its way.
pub(crate) fn event_rows(tx: &Transaction<'_>, meeting_key: &str) -> StoreResult<Option<EventRows>> {
    let Some(mut place) = place_of(tx, meeting_key)? else { return Ok(None) };
    let rows = outbox::by_identity(tx, &place.target.key, EVENT, &place.identity)?;
    let pushed = records_pushed::get(tx, &place.target.key, &place.identity)?
        .filter(|pushed| pushed.deleted_there_utc_ms.is_none());
    let open = |row: &&OutboxRecord| row.state.is_open();
    let untouched = |row: &&OutboxRecord| row.state != OutboxState::Claimed && row.maybe_sent_utc_ms.is_none();
    let creating = rows.iter().filter(open).find(|row| row.action == OutboxAction::Create);
    let change = rows.iter().filter(open).filter(untouched).find(|row| row.action == OutboxAction::Update);
    if pushed.is_none() && creating.is_none() {
        return Ok(None);
    }
    let last = rows.iter().rev().find(|row| row.state.is_open() || row.state == OutboxState::Done);
    if let Some(row) = last {
        place.title.clone_from(&row.title);
        place.person_name.clone_from(&row.person_name);
    }
    let written = last
        .filter(|row| row.action != OutboxAction::Delete)
        .map(|row| row.payload_json.clone())
        .or_else(|| pushed.as_ref().map(|pushed| pushed.fields_json.clone()))
        .and_then(|json| Payload::read(&json))
        .map(|payload| payload.fields);
    place.record_id = pushed.map(|pushed| pushed.record_id);
    let in_line = |state| matches!(state, OutboxState::Waiting | OutboxState::Held | OutboxState::Pending);
    let busy = rows.iter().filter(open).any(|row| !untouched(&row) || !in_line(row.state));
    let going =
        rows.iter().filter(open).any(|row| row.action == OutboxAction::Delete && row.take_back_utc_ms.is_none());
    let (unsent, change) = (creating.filter(untouched).cloned(), change.cloned());
    Ok(Some(EventRows { place, unsent, change, busy, written, going }))
}

/// What is noted of an Event under one key is noted under another from now on: its meeting is another date of the series.
pub(crate) fn note_under(tx: &Transaction<'_>, target: &str, formerly: &str, identity: &str) -> StoreResult<()> {
    let Some(pushed) = records_pushed::get(tx, target, formerly)? else { return Ok(()) };
    records_pushed::remove(tx, target, formerly)?;
    records_pushed::put(tx, &records_pushed::PushedRecord { ext_key: identity.to_owned(), ..pushed })
}

/// The Event that somebody has deleted in Salesforce, and what was noted of it.
pub(crate) fn deleted_there(
    tx: &Transaction<'_>,
    meeting_key: &str,
) -> StoreResult<Option<(Place, records_pushed::PushedRecord)>> {
    let Some(place) = place_of(tx, meeting_key)? else { return Ok(None) };
    let pushed = records_pushed::get(tx, &place.target.key, &place.identity)?;
    Ok(pushed.filter(|pushed| pushed.deleted_there_utc_ms.is_some()).map(|pushed| (place, pushed)))
}

/// Where the Event of a meeting is, in the accounts that are known.
pub(crate) fn place_of(db: &Connection, meeting_key: &str) -> StoreResult<Option<Place>> {
    let of = |(target, zoom): (Target, Target)| Place::new(target, Target::organisation(&zoom.key), meeting_key, "");
    Ok(accounts(db)?.map(of))
}

/// The account in Salesforce and the one in Zoom whose meetings its Events are of. Our key of an Event is the same
/// whether or not Zoom is signed in.
pub(crate) fn accounts(db: &Connection) -> StoreResult<Option<(Target, Target)>> {
    Ok(Target::known(db, Provider::Salesforce)?.zip(Target::known(db, Provider::Zoom)?))
}
