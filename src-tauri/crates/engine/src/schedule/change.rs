//! Meetings that are there: move, edit, cancel, log, undo. The Event follows.

use std::sync::Arc;

use liaison_domain::{email, zones};
use liaison_store::tables::links;
use liaison_store::tables::meetings::{self, FetchedMeeting, MeetingRecord};
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxRecord, OutboxState, Urgency};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::records_pushed;
use liaison_store::{StoreError, StoreResult, Transaction};
use liaison_zoom::MeetingId;
use uuid::Uuid;

use super::kind::{MEETING, operation};
use super::stored::{Creation, MeetingEdit, MeetingFields};
use super::{Checked, create};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::event::fields::{EventFields, Payload};
use crate::outbox::event::{self, Change, EVENT, Place};
use crate::outbox::groups;
use crate::outbox::target::Target;
use crate::schedule::view::{Changed, LoggedMany, ScheduleDraft};
use crate::session::settings;
use crate::terms::Provider;

impl Engine {
    /// The sheet of a meeting that is there, to change it.
    ///
    /// # Errors
    /// [`Error::TooLate`] for a meeting of somebody else, of a series, without a time, or that is over.
    pub async fn edit_meeting(&self, id: String) -> Result<ScheduleDraft, Error> {
        let cx = self.profile().await?;
        let record = cx.store.read(move |db| meetings::meeting(db, &id)).await?.ok_or(Error::Gone)?;
        let fields = changeable(&record, cx.now_ms())?;
        let zone = zones::parse(&fields.zone).unwrap_or_else(|| cx.zone());
        let local = fields.start().with_timezone(&zone).naive_local();
        Ok(ScheduleDraft {
            id: Uuid::now_v7().to_string(),
            topic: fields.topic,
            date: local.format("%Y-%m-%d").to_string(),
            time: local.format("%H:%M").to_string(),
            zone: zone.name().to_owned(),
            minutes: fields.minutes,
            fold: None,
            people: Vec::new(),
            emails: Vec::new(),
            agenda: fields.agenda,
            passcode: true,
            waiting_room: record.waiting_room.unwrap_or(true),
            personal_meeting_id: false,
            log_event: false,
            copy_invitation: false,
        })
    }

    /// The sheet of a meeting that was not made, as it was.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it may have been made.
    pub async fn reopen_outbox_item(&self, id: String) -> Result<ScheduleDraft, Error> {
        let cx = self.profile().await?;
        let row = cx.store.read(move |db| outbox::get(db, &id)).await?.ok_or(Error::Gone)?;
        if row.kind != MEETING || row.action != OutboxAction::Create || row.maybe_sent_utc_ms.is_some() {
            return Err(Error::TooLate);
        }
        Ok(Creation::read(&row.payload_json).ok_or(Error::Gone)?.draft)
    }

    /// Moves or edits a meeting: held, then sent to Zoom; its Event follows when Zoom has it.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields at fault; [`Error::TooLate`] as for the sheet.
    pub async fn change_meeting(&self, id: String, draft: ScheduleDraft) -> Result<Changed, Error> {
        let cx = self.profile().await?;
        let checked = Checked::of(&cx, &draft).await?;
        let when = match checked.when {
            Some(when) if checked.issues.is_empty() => when,
            _ => return Err(Error::Invalid { issues: checked.issues }),
        };
        let wanted = MeetingFields {
            topic: liaison_domain::text::single_line(&draft.topic, liaison_domain::draft::MAX_TOPIC),
            start_utc_ms: when.start.timestamp_millis(),
            minutes: draft.minutes,
            zone: draft.zone.clone(),
            agenda: liaison_domain::text::multi_line(&draft.agenda, liaison_domain::draft::MAX_AGENDA),
        };
        let deciding = Deciding::of(&cx);
        let item = cx.store.write(move |tx| deciding.change(tx, &id, &wanted)).await??;
        cx.outbox_changed();
        Ok(Changed { outbox_item: item })
    }

    /// Cancels a meeting: held, then deleted in Zoom; its Event follows when Zoom has done it.
    ///
    /// # Errors
    /// [`Error::TooLate`] as for the sheet.
    pub async fn cancel_meeting(&self, id: String) -> Result<Changed, Error> {
        let cx = self.profile().await?;
        let deciding = Deciding::of(&cx);
        let item = cx.store.write(move |tx| deciding.cancel(tx, &id, true)).await??;
        cx.outbox_changed();
        Ok(Changed { outbox_item: Some(item) })
    }

    /// Takes back a meeting that was just scheduled, and its Event, at once.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it is over, [`Error::Gone`] when it is not there.
    pub async fn undo_scheduling(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let deciding = Deciding::of(&cx);
        cx.store.write(move |tx| deciding.cancel(tx, &id, false)).await??;
        cx.outbox_changed();
        Ok(())
    }

    /// Logs an Event for a meeting that is there: with the person it is linked to, else with the one whose address
    /// was invited, who is then linked.
    ///
    /// # Errors
    /// [`Error::NotConnected`] without an account of Salesforce; [`Error::TooLate`] when one is
    /// logged already or the meeting has no time.
    pub async fn log_event(&self, id: String) -> Result<Changed, Error> {
        let cx = self.profile().await?;
        let deciding = Deciding::of(&cx);
        let item = cx.store.write(move |tx| deciding.log(tx, &id, None)).await??;
        cx.outbox_changed();
        Ok(Changed { outbox_item: Some(item) })
    }

    /// Logs Events of many meetings as one group of the outbox. A meeting that can't be logged, or is already, is
    /// left out and stops none of the others.
    ///
    /// # Errors
    /// [`Error::NotConnected`] without an account of Salesforce.
    pub async fn log_meetings(&self, ids: Vec<String>) -> Result<LoggedMany, Error> {
        let cx = self.profile().await?;
        let deciding = Deciding::of(&cx);
        let logged = cx.store.write(move |tx| deciding.log_many(tx, &ids)).await??;
        cx.outbox_changed();
        Ok(logged)
    }
}

fn changeable(record: &MeetingRecord, now_ms: i64) -> Result<MeetingFields, Error> {
    let fields = MeetingFields::of_record(record).ok_or(Error::TooLate)?;
    let over = fields.start_utc_ms + i64::from(fields.minutes) * 60_000 <= now_ms;
    if record.gone_utc_ms.is_some() || !record.is_host || record.occurrence_id.is_some() || over {
        return Err(Error::TooLate);
    }
    Ok(fields)
}

type Decided<T> = StoreResult<Result<T, Error>>;

/// What a decision about a meeting is made with.
struct Deciding {
    sealer: liaison_store::Sealer,
    zoom_account: String,
    now_ms: i64,
}

/// A meeting's Event, as far as the outbox knows it.
struct EventRows {
    place: Place,
    /// The row that makes it and has not left.
    unsent: Option<OutboxRecord>,
    /// A change that has not left.
    change: Option<OutboxRecord>,
    /// What was last written, when it is there or on its way.
    written: Option<EventFields>,
}

impl Deciding {
    fn of(cx: &Arc<Context>) -> Self {
        let zoom_account = cx.zoom().map(|account| account.account_id).unwrap_or_default();
        Self { sealer: cx.store.sealer(), zoom_account, now_ms: cx.now_ms() }
    }

    fn hold_ms(tx: &Transaction<'_>) -> StoreResult<i64> {
        Ok(i64::from(settings::read(tx)?.hold_seconds) * 1_000)
    }

    /// The meeting, or why nothing can be done with it.
    fn meeting(&self, tx: &Transaction<'_>, id: &str) -> Decided<(MeetingRecord, MeetingFields, Target)> {
        let Some(record) = meetings::meeting(tx, id)? else { return Ok(Err(Error::Gone)) };
        let Some(target) = Target::known(tx, Provider::Zoom)? else {
            return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
        };
        Ok(changeable(&record, self.now_ms).map(|fields| (record, fields, target)))
    }

    fn change(&self, tx: &Transaction<'_>, id: &str, wanted: &MeetingFields) -> Decided<Option<String>> {
        let (record, base, target) = match self.meeting(tx, id)? {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
        let hold_ms = Self::hold_ms(tx)?;
        let number = MeetingId(u64::try_from(record.meeting_id).unwrap_or_default());
        // A change that has not left takes the new one in, on the base it had.
        let unsent = open_rows(tx, &target.key, MEETING, id)?
            .into_iter()
            .find(|row| row.action == OutboxAction::Update && row.maybe_sent_utc_ms.is_none());
        let meeting_row = match unsent {
            Some(row) => {
                let base = MeetingEdit::read(&row.payload_json).map_or(base, |edit| edit.base);
                let edit = MeetingEdit { fields: wanted.clone(), base };
                outbox::edit(tx, &row.op_id, &wanted.topic, &edit.json(), Some(self.now_ms + hold_ms), self.now_ms)?;
                row.op_id
            }
            None if *wanted == base => return Ok(Ok(None)),
            None => {
                let edit = MeetingEdit { fields: wanted.clone(), base };
                let row = operation(OutboxAction::Update, &target, number, &edit, self.now_ms, hold_ms);
                outbox::enqueue(tx, &row)?;
                row.op_id
            }
        };
        if let Some(event) = self.event(tx, id)? {
            self.follow(tx, &event, &record, wanted, &meeting_row, hold_ms)?;
        }
        Ok(Ok(Some(meeting_row)))
    }

    /// The Event gets what the meeting gets: in the row that makes it, or in one that waits for the meeting's.
    fn follow(
        &self,
        tx: &Transaction<'_>,
        event: &EventRows,
        record: &MeetingRecord,
        wanted: &MeetingFields,
        meeting_row: &str,
        hold_ms: i64,
    ) -> StoreResult<()> {
        let Some(written) = &event.written else { return Ok(()) };
        let mut moved = record.clone();
        moved.topic.clone_from(&wanted.topic);
        moved.agenda = Some(wanted.agenda.clone());
        moved.start_utc_ms = Some(wanted.start_utc_ms);
        moved.minutes = i64::from(wanted.minutes);
        let secrets = meetings::secrets(tx, &self.sealer, &record.key)?.unwrap_or_default();
        let Some(fields) = event::fields_of(&FetchedMeeting { meeting: moved, secrets }, &[]) else { return Ok(()) };
        let fields = EventFields { who: written.who.clone(), ..fields };
        if let Some(row) = &event.unsent {
            return outbox::edit(tx, &row.op_id, &wanted.topic, &Payload::of(fields).json(), None, self.now_ms);
        }
        if let Some(row) = &event.change {
            let base = Payload::read(&row.payload_json).and_then(|payload| payload.base);
            let payload = Payload { fields, base, again: false };
            return outbox::edit(tx, &row.op_id, &wanted.topic, &payload.json(), None, self.now_ms);
        }
        let place =
            Place { title: wanted.topic.clone(), depends_on: Some(meeting_row.to_owned()), ..event.place.clone() };
        let change = Change::Update { fields, base: Some(written.clone()) };
        outbox::enqueue(tx, &change.operation(&place, self.now_ms, hold_ms)).map(drop)
    }

    fn cancel(&self, tx: &Transaction<'_>, id: &str, held: bool) -> Decided<String> {
        let (record, base, target) = match self.meeting(tx, id)? {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
        let open = open_rows(tx, &target.key, MEETING, id)?;
        if let Some(row) = open.iter().find(|row| row.action == OutboxAction::Delete) {
            return Ok(Ok(row.op_id.clone()));
        }
        for row in open.iter().filter(|row| row.maybe_sent_utc_ms.is_none()) {
            outbox::take_back(tx, &row.op_id, self.now_ms)?;
        }
        let hold_ms = if held { Self::hold_ms(tx)? } else { 0 };
        let number = MeetingId(u64::try_from(record.meeting_id).unwrap_or_default());
        let edit = MeetingEdit { fields: base.clone(), base };
        let row = operation(OutboxAction::Delete, &target, number, &edit, self.now_ms, hold_ms);
        outbox::enqueue(tx, &row)?;
        if let Some(event) = self.event(tx, id)? {
            self.cancel_event(tx, &event, &row, hold_ms)?;
        }
        Ok(Ok(row.op_id))
    }

    fn cancel_event(
        &self,
        tx: &Transaction<'_>,
        event: &EventRows,
        meeting_row: &NewOperation,
        hold_ms: i64,
    ) -> StoreResult<()> {
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
        let place = Place { depends_on: Some(meeting_row.op_id.clone()), ..event.place.clone() };
        outbox::enqueue(tx, &Change::Delete(written.clone()).operation(&place, self.now_ms, 0)).map(drop)
    }

    /// What the outbox knows of a meeting's Event; `None` when there is none and none is on its way.
    fn event(&self, tx: &Transaction<'_>, meeting_key: &str) -> StoreResult<Option<EventRows>> {
        let Some(target) = Target::known(tx, Provider::Salesforce)? else { return Ok(None) };
        let mut place = Place::new(target, &self.zoom_account, meeting_key, "");
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
        Ok(Some(EventRows { unsent: creating.filter(untouched).cloned(), change: change.cloned(), written, place }))
    }

    fn log_many(&self, tx: &Transaction<'_>, ids: &[String]) -> Decided<LoggedMany> {
        let group_id = Uuid::now_v7().to_string();
        let mut logged = LoggedMany { group: None, logged: 0, left_out: 0 };
        for id in ids {
            match self.log(tx, id, Some(&group_id))? {
                Ok(_) => logged.logged += 1,
                Err(error @ Error::NotConnected { .. }) => return Ok(Err(error)),
                Err(_) => logged.left_out += 1,
            }
        }
        if logged.logged > 0 {
            outbox::add_group(tx, &groups::begun(&group_id, groups::LOG_MEETINGS, "", self.now_ms))?;
            logged.group = Some(group_id);
        }
        Ok(Ok(logged))
    }

    fn log(&self, tx: &Transaction<'_>, id: &str, group: Option<&str>) -> Decided<String> {
        let Some(record) = meetings::meeting(tx, id)? else { return Ok(Err(Error::Gone)) };
        let Some(target) = Target::known(tx, Provider::Salesforce)? else {
            return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
        };
        let person = self.person_of(tx, &record)?;
        let secrets = meetings::secrets(tx, &self.sealer, id)?.unwrap_or_default();
        let fetched = FetchedMeeting { meeting: record, secrets };
        let people: Vec<PersonRecord> = person.into_iter().collect();
        let Some(fields) = event::fields_of(&fetched, &people) else { return Ok(Err(Error::TooLate)) };
        let place = Place {
            person_name: people.first().map(|person| person.name.clone()),
            ..Place::new(target, &self.zoom_account, id, &fetched.meeting.topic)
        };
        // One that we made and that is deleted again may be made anew, since the user asks for it.
        let rows = outbox::by_identity(tx, &place.target.key, EVENT, &place.identity)?;
        let again = rows.iter().any(|row| row.action == OutboxAction::Delete && row.state == OutboxState::Done);
        let mut row = Change::Create { fields, again }.operation(&place, self.now_ms, Self::hold_ms(tx)?);
        if group.is_some() {
            row.group_id = group.map(str::to_owned);
            row.urgency = Urgency::Bulk;
        }
        match outbox::enqueue(tx, &row)? {
            outbox::Enqueued::Added => Ok(Ok(row.op_id)),
            outbox::Enqueued::AlreadyThere { .. } => Ok(Err(Error::TooLate)),
        }
    }

    /// Whom a meeting belongs to: a link, else the one person with an invited address, who is linked now.
    fn person_of(&self, tx: &Transaction<'_>, record: &MeetingRecord) -> StoreResult<Option<PersonRecord>> {
        for link in links::links_for(tx, "meeting", &record.key)? {
            let id = people::successor(tx, &format!("{}:{}", link.record_kind, link.record_id))?;
            if let Some(person) = people::person(tx, &id)? {
                return Ok(Some(person));
            }
        }
        let addresses: Vec<&str> = record.invitees.iter().flatten().map(|invitee| invitee.email.as_str()).collect();
        let mut matching = people::people_by_email(tx, &addresses)?;
        matching.retain(|person| !person.deleted && person.converted_to.is_none());
        // Own addresses before further ones, and then the order of the invitation.
        let place = |person: &PersonRecord| {
            let own = person.email.as_deref().map(email::folded);
            addresses.iter().position(|address| own.as_deref() == Some(&email::folded(address))).unwrap_or(usize::MAX)
        };
        matching.sort_by_key(place);
        let Some(person) = matching.into_iter().next() else { return Ok(None) };
        links::insert_link(tx, &create::link(&record.key, &person, self.now_ms, "email"))?;
        Ok(Some(person))
    }
}

fn open_rows(tx: &Transaction<'_>, target: &str, kind: &str, identity: &str) -> StoreResult<Vec<OutboxRecord>> {
    let rows = outbox::by_identity(tx, target, kind, identity)?;
    Ok(rows.into_iter().filter(|row| row.state.is_open()).collect())
}
