//! What the user has decided about a meeting and Zoom does not have yet.

use liaison_store::tables::meetings::MeetingRecord;
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::{Connection, StoreResult};

use super::attendees::{self, Attendees};
use super::stored::{MeetingEdit, MeetingFields};
use crate::outbox::kind::MEETING;
use crate::outbox::view::{PendingChange, PendingKind};
use crate::terms::UtcMs;

/// What an open row of a meeting will make of it.
pub(crate) fn pending(row: &OutboxRecord) -> Option<PendingChange> {
    let edit =
        MeetingEdit::read(&row.payload_json).filter(|_| row.state.is_open() && row.take_back_utc_ms.is_none())?;
    let moved = edit.rule.is_none()
        && (edit.fields.start_utc_ms, edit.fields.minutes) != (edit.base.start_utc_ms, edit.base.minutes);
    let change = match row.action {
        OutboxAction::Create => return None,
        OutboxAction::Delete => PendingKind::Cancelled,
        OutboxAction::Update if moved => {
            PendingKind::Moved { start: UtcMs(edit.fields.start_utc_ms), end: UtcMs(edit.fields.end_utc_ms()) }
        }
        OutboxAction::Update => PendingKind::Edited,
    };
    let can_undo = row.maybe_sent_utc_ms.is_none() && row.state != OutboxState::Claimed;
    Some(PendingChange { item: row.op_id.clone(), change, can_undo })
}

/// A meeting as its sheet shows it: with the changes that Zoom does not have yet, and the row of the last one where that
/// has not left.
pub(super) struct Shown {
    pub fields: MeetingFields,
    pub attendees: Attendees,
    pub row: Option<OutboxRecord>,
}

impl Shown {
    /// What the meeting was before a change that waits for the user; that one does not stay when another is decided.
    pub fn before_what_is_stuck(&self) -> Option<MeetingFields> {
        let stuck = self.row.as_ref().filter(|row| row.state.needs_the_user())?;
        MeetingEdit::read(&stuck.payload_json).map(|edit| edit.base)
    }
}

/// The change of a meeting, a date or a whole series that has not left.
pub(super) fn unsent(db: &Connection, key: &str) -> StoreResult<Option<OutboxRecord>> {
    Ok(outbox::last_by_subject(db, MEETING, &[key])?.into_iter().find(|row| {
        row.action == OutboxAction::Update
            && row.state.is_open()
            && row.state != OutboxState::Claimed
            && row.maybe_sent_utc_ms.is_none()
            && row.take_back_utc_ms.is_none()
    }))
}

/// Changes among these rows that are not over and are not taken back, with what they change; how a series repeats is
/// another matter.
pub(super) fn open_changes(
    rows: impl IntoIterator<Item = OutboxRecord>,
) -> impl Iterator<Item = (OutboxRecord, MeetingEdit)> {
    let open = |row: &OutboxRecord| {
        row.kind == MEETING
            && row.action == OutboxAction::Update
            && row.state.is_open()
            && row.take_back_utc_ms.is_none()
    };
    rows.into_iter().filter(open).filter_map(|row| {
        let edit = MeetingEdit::read(&row.payload_json).filter(|edit| edit.rule.is_none())?;
        Some((row, edit))
    })
}

/// Those of a meeting, a date or a whole series, in the order in which they go.
pub(super) fn changes(db: &Connection, key: &str) -> StoreResult<Vec<(OutboxRecord, MeetingEdit)>> {
    Ok(open_changes(outbox::by_subject(db, key)?).collect())
}

/// Whether a date is about to be cancelled.
pub(super) fn is_going(db: &Connection, key: &str) -> StoreResult<bool> {
    let rows = outbox::by_subject(db, key)?;
    Ok(rows.iter().any(|row| row.kind == MEETING && row.action == OutboxAction::Delete && row.state.is_open()))
}

/// A date has its time and people from its own changes, and the rest from those of the whole series.
fn of_a_date(
    db: &Connection,
    mut fields: MeetingFields,
    own: Vec<MeetingEdit>,
    whole: &str,
) -> StoreResult<MeetingFields> {
    for (_, edit) in changes(db, whole)? {
        let people = (edit.fields.people != edit.base.people).then_some(edit.fields.people).flatten();
        (fields.topic, fields.agenda) = (edit.fields.topic, edit.fields.agenda);
        fields.invitees = edit.fields.invitees.or(fields.invitees);
        fields.people = people.or(fields.people);
        fields.options = edit.fields.options.or(fields.options);
    }
    for edit in own {
        (fields.start_utc_ms, fields.minutes) = (edit.fields.start_utc_ms, edit.fields.minutes);
        if edit.fields.people != edit.base.people {
            fields.people = edit.fields.people;
        }
    }
    Ok(fields)
}

/// `fields` are the meeting's own.
pub(super) fn shown(db: &Connection, record: &MeetingRecord, fields: MeetingFields) -> StoreResult<Shown> {
    let unsent = unsent(db, &record.key)?;
    // What is under way counts too: whatever is decided now goes behind it.
    let mut own: Vec<MeetingEdit> = changes(db, &record.key)?.into_iter().map(|(_, edit)| edit).collect();
    let linked = attendees::linked(db, &record.key)?;
    let mut fields = match record.series_key() {
        Some(whole) => of_a_date(db, fields, own, &whole)?,
        None => own.pop().map_or(fields.clone(), |edit| MeetingFields {
            invitees: edit.fields.invitees.clone().or(fields.invitees),
            options: edit.fields.options.clone().or(fields.options),
            ..edit.fields
        }),
    };
    let people = match &fields.people {
        Some(ids) => attendees::records(db, ids)?,
        None => linked,
    };
    let attendees = Attendees::of(people, fields.invitees.as_deref().unwrap_or_default());
    fields.people = Some(attendees.ids());
    Ok(Shown { fields, attendees, row: unsent })
}
