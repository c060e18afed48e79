//! The Event of a meeting follows it: what changes there changes here, and what is taken back there is taken back here.

use liaison_store::tables::meetings::{self, FetchedMeeting, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord};
use liaison_store::{StoreError, StoreResult, Transaction};

use super::attendees;
use super::change::Deciding;
use super::dates::is_date_to_come;
use super::pending;
use super::stored::{MeetingEdit, MeetingFields};
use crate::outbox::event::fields::{EventFields, Payload};
use crate::outbox::event::rows::{EventRows, event_rows};
use crate::outbox::event::{self, Change, Place};

impl Deciding {
    /// The Event gets what the meeting gets: in the row that makes it, or in one that waits for the meeting's. What
    /// the meeting's change leaves alone stays as it is in the Event.
    pub fn follow(
        &self,
        tx: &Transaction<'_>,
        record: &MeetingRecord,
        before: &MeetingFields,
        after: &MeetingFields,
        meeting_row: Option<&str>,
        hold_ms: i64,
    ) -> StoreResult<()> {
        let Some(event) = event_rows(tx, &record.key)? else { return Ok(()) };
        let Some(written) = &event.written else { return Ok(()) };
        let Some(mut fields) = self.followed(tx, written, (record, before), (record, after))? else { return Ok(()) };
        let mut person_name = event.place.person_name.clone();
        if let Some(ids) = after.people.as_ref().filter(|_| before.people != after.people) {
            let people = attendees::records(tx, ids)?;
            fields.who = people.first().and_then(event::record_of_person);
            fields.others = people.iter().skip(1).filter_map(event::other).collect();
            person_name = people.first().map(|person| person.name.clone());
        }
        let place = Place {
            title: after.topic.clone(),
            person_name,
            depends_on: meeting_row.map(ToOwned::to_owned),
            ..event.place.clone()
        };
        self.rewrite(tx, event, fields, &place, hold_ms).map(drop)
    }

    /// Puts an Event's new fields in line: into the row that has not left, or a new one. Answers which; none where
    /// nothing is new.
    pub fn rewrite(
        &self,
        tx: &Transaction<'_>,
        event: EventRows,
        fields: EventFields,
        place: &Place,
        hold_ms: i64,
    ) -> StoreResult<Option<String>> {
        let Some(written) = event.written.filter(|written| *written != fields) else { return Ok(None) };
        if let Some((row, payload)) = event.unsent.or(event.change).and_then(|row| {
            let payload = Payload::read(&row.payload_json)?;
            Some((row, payload))
        }) {
            outbox::about(tx, &row.op_id, place.person_name.as_deref())?;
            let payload = Payload { fields, ..payload };
            outbox::edit(tx, &row.op_id, &place.title, &payload.json(), None, self.now_ms)?;
            if let (Some(before), Some(parent)) = (&row.depends_on, &place.depends_on)
                && is_behind(tx, parent, before)?
            {
                outbox::wait_for(tx, &row.op_id, parent)?;
            }
            return Ok(Some(row.op_id));
        }
        let row = Change::Update { fields, base: Some(written) }.operation(place, self.now_ms, hold_ms);
        outbox::enqueue(tx, &row)?;
        Ok(Some(row.op_id))
    }

    /// What was written into an Event, with what is another one in its meeting than before.
    pub fn followed(
        &self,
        tx: &Transaction<'_>,
        written: &EventFields,
        before: (&MeetingRecord, &MeetingFields),
        after: (&MeetingRecord, &MeetingFields),
    ) -> StoreResult<Option<EventFields>> {
        let (from, to) = (self.fields(tx, before.0, before.1)?, self.fields(tx, after.0, after.1)?);
        Ok(from.zip(to).map(|(from, to)| {
            let mut fields = written.clone();
            for ((name, from), (_, to_content)) in from.contents().into_iter().zip(to.contents()) {
                if from != to_content && name != "WhoId" {
                    fields.take(name, &to);
                }
            }
            fields
        }))
    }

    /// A row of a meeting was taken back, or `undoing` undoes it: so it is with what it did to the Event.
    pub fn take_back_event(&self, tx: &Transaction<'_>, row: &OutboxRecord, undoing: Option<&str>) -> StoreResult<()> {
        match (row.action, undoing) {
            (OutboxAction::Update, undoing) => {
                let edit = MeetingEdit::read(&row.payload_json).filter(|edit| edit.rule.is_none());
                // The Events of a series follow another rule when Zoom has it.
                let Some(edit) = edit else { return Ok(()) };
                let rest = pending::changes(tx, &row.subject_key)?;
                let parent = undoing.or(rest.last().map(|(row, _)| row.op_id.as_str()));
                self.follow_all(tx, &row.subject_key, (&edit.fields, &edit.base), parent, 0)?;
                let meetings = self.about(tx, &row.subject_key)?;
                meetings.iter().try_for_each(|record| self.follow_the_rest(tx, record))
            }
            (OutboxAction::Create, Some(undoing)) => match &row.record_id {
                Some(meeting_key) => {
                    self.cancel_event(tx, meeting_key, undoing, 0)?;
                    let dates = self.dates(tx, meeting_key)?;
                    dates.iter().try_for_each(|date| self.cancel_event(tx, &date.key, undoing, 0))
                }
                None => Ok(()),
            },
            // What depends on it falls with it.
            (OutboxAction::Create, None) | (OutboxAction::Delete, _) => Ok(()),
        }
    }

    /// The Events of what a row is about get what it gets. Of a whole series each date has its own, at a time of its own.
    pub fn follow_all(
        &self,
        tx: &Transaction<'_>,
        subject_key: &str,
        (before, after): (&MeetingFields, &MeetingFields),
        meeting_row: Option<&str>,
        hold_ms: i64,
    ) -> StoreResult<()> {
        for record in self.about(tx, subject_key)? {
            if record.key == subject_key {
                self.follow(tx, &record, before, after, meeting_row, hold_ms)?;
            } else if let Some(timed) = MeetingFields::of_record(&record) {
                let (before, after) = (at_the_time_of(&timed, before), at_the_time_of(&timed, after));
                self.follow(tx, &record, &before, &after, meeting_row, hold_ms)?;
            }
        }
        Ok(())
    }

    /// What else is decided of a meeting and not in Zoom yet: its Event keeps it, whatever it was written together with.
    fn follow_the_rest(&self, tx: &Transaction<'_>, record: &MeetingRecord) -> StoreResult<()> {
        if let (Some(whole), Some(timed)) = (record.series_key(), MeetingFields::of_record(record)) {
            for (row, edit) in pending::changes(tx, &whole)? {
                let (before, after) = (at_the_time_of(&timed, &edit.base), at_the_time_of(&timed, &edit.fields));
                self.follow(tx, record, &before, &after, Some(&row.op_id), 0)?;
            }
        }
        for (row, edit) in pending::changes(tx, &record.key)? {
            self.follow(tx, record, &edit.base, &edit.fields, Some(&row.op_id), 0)?;
        }
        Ok(())
    }

    /// The meeting that a row is about; of a whole series its dates that are still to come.
    fn about(&self, tx: &Transaction<'_>, subject_key: &str) -> StoreResult<Vec<MeetingRecord>> {
        match meetings::meeting(tx, subject_key)? {
            Some(record) => Ok(vec![record]),
            None => self.dates(tx, subject_key),
        }
    }

    /// The dates of a series that are still to come.
    fn dates(&self, tx: &Transaction<'_>, series: &str) -> StoreResult<Vec<MeetingRecord>> {
        let mut dates = meetings::by_meeting_id(tx, series.parse().unwrap_or_default())?;
        dates.retain(|date| is_date_to_come(date, self.now_ms));
        Ok(dates)
    }

    /// The Event goes with its meeting.
    pub fn cancel_event(
        &self,
        tx: &Transaction<'_>,
        meeting_key: &str,
        meeting_row: &str,
        hold_ms: i64,
    ) -> StoreResult<()> {
        let Some(event) = event_rows(tx, meeting_key)? else { return Ok(()) };
        let Some(written) = &event.written else { return Ok(()) };
        // What has not left is not written at all; but not before the hold is over, for the meeting may come back.
        if let Some(row) = &event.unsent {
            if hold_ms == 0 {
                return outbox::take_back(tx, &row.op_id, self.now_ms).map(drop);
            }
        } else if let Some(row) = &event.change {
            match outbox::take_back(tx, &row.op_id, self.now_ms) {
                // It fell with the meeting's change that it waited for.
                Ok(_) | Err(StoreError::WrongState { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        let place = Place { depends_on: Some(meeting_row.to_owned()), ..event.place.clone() };
        let (there, formerly) = event.before_the_change();
        let deletion = Change::Delete { fields: there.unwrap_or_else(|| written.clone()), formerly };
        outbox::enqueue(tx, &deletion.operation(&place, self.now_ms, 0)).map(drop)
    }

    /// The Event's fields for a meeting with these ones.
    fn fields(
        &self,
        tx: &Transaction<'_>,
        record: &MeetingRecord,
        wanted: &MeetingFields,
    ) -> StoreResult<Option<EventFields>> {
        let mut meeting = record.clone();
        meeting.topic.clone_from(&wanted.topic);
        meeting.agenda = Some(wanted.agenda.clone());
        meeting.start_utc_ms = Some(wanted.start_utc_ms);
        meeting.minutes = i64::from(wanted.minutes);
        let secrets = meetings::secrets(tx, &self.sealer, &record.key)?.unwrap_or_default();
        Ok(event::fields_of(&FetchedMeeting { meeting, secrets }, &[]))
    }
}

fn at_the_time_of(timed: &MeetingFields, fields: &MeetingFields) -> MeetingFields {
    MeetingFields { start_utc_ms: timed.start_utc_ms, minutes: timed.minutes, ..fields.clone() }
}

/// Whether an open row goes after another one of the same meeting.
fn is_behind(tx: &Transaction<'_>, row: &str, other: &str) -> StoreResult<bool> {
    let (Some(row), Some(other)) = (outbox::get(tx, row)?, outbox::get(tx, other)?) else { return Ok(false) };
    if row.order_key != other.order_key {
        return Ok(false);
    }
    let order = outbox::open_in_order(tx, &row.target, &row.order_key)?;
    let place = |row: &OutboxRecord| order.iter().position(|one| one.op_id == row.op_id);
    Ok(place(&row) > place(&other))
}
