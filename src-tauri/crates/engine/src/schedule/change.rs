//! Meetings that are there: move, edit, cancel, log, undo. The Event follows.

use liaison_domain::zones;
use liaison_store::tables::meetings::{self, FetchedMeeting, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState, Urgency};
use liaison_store::tables::records_pushed;
use liaison_store::{StoreResult, Transaction};
use uuid::Uuid;

use super::dates::Asked;
use super::kind::operation;
use super::now::fold;
use super::pending::{self, Shown};
use super::stored::{Creation, MeetingEdit, MeetingFields};
use super::{Checked, attendees, options, request};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::meetings::after::event::Afterwards;
use crate::outbox::event::{self, Change, EVENT, Place, agreed};
use crate::outbox::groups;
use crate::outbox::kind::MEETING;
use crate::outbox::target::Target;
use crate::outbox::view::Changed;
use crate::schedule::view::{LoggedMany, ScheduleDraft, SeriesScope};
use crate::session::settings;
use crate::terms::Provider;

impl Engine {
    /// The sheet of a meeting that is there, to change it.
    ///
    /// # Errors
    /// [`Error::TooLate`] for a meeting of somebody else, without a time, or that is over.
    pub async fn edit_meeting(&self, id: String) -> Result<ScheduleDraft, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let read = move |db: &liaison_store::Connection| {
            let Some(record) = meetings::meeting(db, &id)? else { return Ok(Err(Error::Gone)) };
            Ok(match changeable(&record, now_ms) {
                Ok(fields) => Ok(pending::shown(db, &record, fields)?),
                Err(error) => Err(error),
            })
        };
        let Shown { fields, attendees, .. } = cx.store.read(read).await??;
        let kept = fields.options.clone().unwrap_or_default();
        let zone = zones::parse(&fields.zone).unwrap_or_else(|| cx.zone());
        let local = fields.start().with_timezone(&zone).naive_local();
        let fold = fold(fields.start(), zone.name());
        Ok(ScheduleDraft {
            id: Uuid::now_v7().to_string(),
            topic: fields.topic,
            date: local.format("%Y-%m-%d").to_string(),
            time: local.format("%H:%M").to_string(),
            zone: zone.name().to_owned(),
            minutes: fields.minutes,
            fold,
            people: attendees.ids(),
            emails: attendees.emails,
            agenda: fields.agenda,
            passcode: true,
            waiting_room: kept.waiting_room,
            personal_meeting_id: false,
            log_event: false,
            copy_invitation: false,
            repeats: None,
            options: options::shown(&kept),
            template: None,
            about: None,
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

    /// Moves or edits a meeting, or dates of a series (one where no scope is told): held, then sent to Zoom; its Event
    /// follows when Zoom has it.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields at fault; [`Error::TooLate`] as for the sheet.
    pub async fn change_meeting(
        &self,
        id: String,
        draft: ScheduleDraft,
        scope: Option<SeriesScope>,
    ) -> Result<Changed, Error> {
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
            people: Some(checked.people.iter().map(|person| person.id.clone()).collect()),
            invitees: Some(
                request::invitees(&draft, &checked.people).into_iter().map(|invitee| invitee.email).collect(),
            ),
            options: Some(options::kept(&draft.options, draft.waiting_room)),
        };
        let deciding = Deciding::of(&cx);
        let emails = draft.emails;
        let scope = scope.unwrap_or(SeriesScope::One);
        let changed = cx.store.write(move |tx| deciding.change(tx, &id, wanted, &emails, scope)).await??;
        cx.outbox_changed();
        Ok(changed)
    }

    /// Cancels a meeting, or dates of a series (one where no scope is told): held, then deleted in Zoom; its Event
    /// follows when Zoom has done it.
    ///
    /// # Errors
    /// [`Error::TooLate`] as for the sheet.
    pub async fn cancel_meeting(&self, id: String, scope: Option<SeriesScope>) -> Result<Changed, Error> {
        let cx = self.profile().await?;
        let deciding = Deciding::of(&cx);
        let scope = scope.unwrap_or(SeriesScope::One);
        let changed = cx.store.write(move |tx| deciding.cancel(tx, &id, scope, true)).await??;
        cx.outbox_changed();
        Ok(changed)
    }

    /// Takes back a meeting that was just scheduled, with all its dates, and its Events, at once.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it is over, [`Error::Gone`] when it is not there.
    pub async fn undo_scheduling(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let deciding = Deciding::of(&cx);
        cx.store.write(move |tx| deciding.cancel(tx, &id, SeriesScope::All, false)).await??;
        cx.outbox_changed();
        Ok(())
    }

    /// Logs an Event for a meeting that is there: with the people it is linked to, else with those whose addresses
    /// were invited, who are then linked.
    ///
    /// # Errors
    /// [`Error::NotConnected`] without an account of Salesforce; [`Error::TooLate`] when one is
    /// logged already or the meeting has no time.
    pub async fn log_event(&self, id: String) -> Result<Changed, Error> {
        let cx = self.profile().await?;
        let deciding = Deciding::of(&cx);
        let item = cx.store.write(move |tx| deciding.log(tx, &id, None)).await??;
        cx.outbox_changed();
        Ok(Changed::by(Some(item)))
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
    if record.gone_utc_ms.is_some() || !record.is_host || over {
        return Err(Error::TooLate);
    }
    Ok(fields)
}

pub(super) type Decided<T> = StoreResult<Result<T, Error>>;

/// What a decision about a meeting is made with.
pub(super) struct Deciding {
    pub sealer: liaison_store::Sealer,
    pub now_ms: i64,
    /// Says what became of a meeting that is over.
    pub afterwards: Afterwards,
}

impl Deciding {
    pub fn of(cx: &Context) -> Self {
        Self { sealer: cx.store.sealer(), now_ms: cx.now_ms(), afterwards: Afterwards::of(cx) }
    }

    pub fn hold_ms(tx: &Transaction<'_>) -> StoreResult<i64> {
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

    pub fn change(
        &self,
        tx: &Transaction<'_>,
        id: &str,
        mut wanted: MeetingFields,
        emails: &[String],
        scope: SeriesScope,
    ) -> Decided<Changed> {
        let (record, base, target) = match self.meeting(tx, id)? {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
        if record.occurrence_id.is_some() {
            return self.change_dates(tx, Asked { record, target, wanted, emails, scope });
        }
        if open_rows(tx, &target.key, MEETING, id)?.iter().any(|row| row.action == OutboxAction::Delete) {
            return Ok(Err(Error::TooLate));
        }
        let shown = pending::shown(tx, &record, base)?;
        wanted.options_over(&shown.fields);
        // Somebody may be linked and not be invited in Zoom; that is changed only together with the people.
        if wanted.people == shown.fields.people && shown.attendees.emails == emails {
            wanted.invitees.clone_from(&shown.fields.invitees);
        }
        if shown.row.is_none() && wanted == shown.fields {
            return Ok(Ok(Changed::by(None)));
        }
        let hold_ms = Self::hold_ms(tx)?;
        let key = record.whole();
        let row = self.put(tx, &target, &key, shown.row, &shown.fields, wanted.clone(), None, hold_ms)?;
        self.follow(tx, &record, &shown.fields, &wanted, Some(&row), hold_ms)?;
        Ok(Ok(Changed::by(Some(row))))
    }

    fn cancel(&self, tx: &Transaction<'_>, id: &str, scope: SeriesScope, held: bool) -> Decided<Changed> {
        let (record, base, target) = match self.meeting(tx, id)? {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
        let hold_ms = if held { Self::hold_ms(tx)? } else { 0 };
        if record.occurrence_id.is_some() {
            return self.cancel_dates(tx, &record, &base, &target, scope, hold_ms);
        }
        let open = open_rows(tx, &target.key, MEETING, id)?;
        if let Some(row) = open.iter().find(|row| row.action == OutboxAction::Delete) {
            return Ok(Ok(Changed::by(Some(row.op_id.clone()))));
        }
        let withdrawn = self.withdraw(tx, &target, id)?;
        let key = record.whole();
        let edit = MeetingEdit { withdrawn, ..MeetingEdit::of(base.clone(), base) };
        let row = operation(OutboxAction::Delete, &target, &key, &edit, self.now_ms, hold_ms);
        outbox::enqueue(tx, &row)?;
        self.cancel_event(tx, id, &row.op_id, hold_ms)?;
        Ok(Ok(Changed::by(Some(row.op_id))))
    }

    pub(super) fn log_many(&self, tx: &Transaction<'_>, ids: &[String]) -> Decided<LoggedMany> {
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

    pub(super) fn log(&self, tx: &Transaction<'_>, id: &str, group: Option<&str>) -> Decided<String> {
        let Some(record) = meetings::meeting(tx, id)? else { return Ok(Err(Error::Gone)) };
        let Some(target) = Target::known(tx, Provider::Salesforce)? else {
            return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
        };
        // Our key of an Event is the same whether or not Zoom is signed in.
        let Some(zoom) = Target::known(tx, Provider::Zoom)? else {
            return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
        };
        let people = attendees::linked_or_invited(tx, &record, self.now_ms)?;
        let secrets = meetings::secrets(tx, &self.sealer, id)?.unwrap_or_default();
        let fetched = FetchedMeeting { meeting: record, secrets };
        let Some(mut fields) = event::fields_of(&fetched, &people) else { return Ok(Err(Error::TooLate)) };
        fields.what = event::about(tx, id)?;
        fields.after = self.afterwards.now(tx, &fetched.meeting, &fields, &target.key)?;
        let place = Place {
            person_name: people.first().map(|person| person.name.clone()),
            ..Place::new(target, Target::organisation(&zoom.key), id, &fetched.meeting.topic)
        };
        // One that we made and that is deleted again may be made anew, since the user asks for it.
        let rows = outbox::by_identity(tx, &place.target.key, EVENT, &place.identity)?;
        let deleted_there = records_pushed::get(tx, &place.target.key, &place.identity)?
            .is_some_and(|pushed| pushed.deleted_there_utc_ms.is_some());
        let again = deleted_there
            || rows.iter().any(|row| row.action == OutboxAction::Delete && row.state == OutboxState::Done);
        let told = fields.clone();
        let mut row = Change::Create { fields, again }.operation(&place, self.now_ms, Self::hold_ms(tx)?);
        if group.is_some() {
            row.group_id = group.map(str::to_owned);
            row.urgency = Urgency::Bulk;
        }
        match outbox::enqueue(tx, &row)? {
            outbox::Enqueued::Added => {
                agreed::begins(tx, &row.target, id, &told)?;
                Ok(Ok(row.op_id))
            }
            outbox::Enqueued::AlreadyThere { .. } => Ok(Err(Error::TooLate)),
        }
    }
}

/// The rows of a meeting, or of a date, that are not over.
pub(super) fn open_rows(
    tx: &Transaction<'_>,
    target: &str,
    kind: &str,
    identity: &str,
) -> StoreResult<Vec<OutboxRecord>> {
    let rows = outbox::by_identity(tx, target, kind, identity)?;
    Ok(rows.into_iter().filter(|row| row.state.is_open()).collect())
}
