//! The Event of a meeting follows it: what changes there changes here, and what is taken back there is taken back here.

use liaison_store::tables::meetings::{self, FetchedMeeting, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord};
use liaison_store::{StoreError, StoreResult, Transaction};

use super::attendees;
use super::change::Deciding;
use super::dates::is_date_to_come;
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
                if let Some(record) = meetings::meeting(tx, &row.subject_key)? {
                    return self.follow(tx, &record, &edit.fields, &edit.base, undoing, 0);
                }
                // Of a whole series each date has its Event, at a time of its own.
                for date in self.dates(tx, &row.subject_key)? {
                    let Some(timed) = MeetingFields::of_record(&date) else { continue };
                    let at_its_time = |fields: &MeetingFields| MeetingFields {
                        start_utc_ms: timed.start_utc_ms,
                        minutes: timed.minutes,
                        ..fields.clone()
                    };
                    self.follow(tx, &date, &at_its_time(&edit.fields), &at_its_time(&edit.base), undoing, 0)?;
                }
                Ok(())
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
