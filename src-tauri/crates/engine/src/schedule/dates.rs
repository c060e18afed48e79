//! Dates of a series: moved, changed and cancelled one by one, from one on, or all that are still to come.
//!
//! Zoom knows one date or the whole series. A new start of the whole would plan every date anew: what was moved or
//! cancelled before would be lost, each date would be another one (with the Event of none), and an endless series would
//! end with Zoom's limit. So times go date by date, as a group of rows, and only what is the same for all of them (topic,
//! agenda, who is invited) goes to the whole. Dates that are over stay as they are.

use chrono::{DateTime, Utc};
use liaison_domain::{MeetingKey, series, zones};
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord};
use liaison_store::{Connection, StoreResult, Transaction};
use uuid::Uuid;

use super::change::{Decided, Deciding, open_rows};
use super::pending::{self, Shown};
use super::rule;
use super::stored::{MeetingEdit, MeetingFields};
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::outbox::groups;
use crate::outbox::kind::MEETING;
use crate::outbox::target::Target;
use crate::outbox::view::Changed;
use crate::schedule::view::{MeetingSeries, SeriesScope};
use crate::terms::UtcMs;

impl Engine {
    /// The series that a meeting is a date of; `None` for a single meeting.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not there.
    pub async fn meeting_series(&self, id: String) -> Result<Option<MeetingSeries>, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let read = move |db: &Connection| {
            let Some(record) = meetings::meeting(db, &id)? else { return Ok(None) };
            if record.occurrence_id.is_none() {
                return Ok(Some(None));
            }
            let all = coming(db, &record, SeriesScope::All, now_ms)?;
            let following = coming(db, &record, SeriesScope::Following, now_ms)?.len();
            let last = all.last().and_then(|date| date.start_utc_ms).or(record.start_utc_ms);
            Ok(Some(Some(MeetingSeries {
                following: u32::try_from(following).unwrap_or(u32::MAX),
                all: u32::try_from(all.len()).unwrap_or(u32::MAX),
                last: UtcMs(last.unwrap_or_default()),
            })))
        };
        cx.store.read(read).await?.ok_or(Error::Gone)
    }
}

/// The dates that a change of one of them is for: those still to come, and that one itself.
pub(super) fn coming(
    db: &Connection,
    record: &MeetingRecord,
    scope: SeriesScope,
    now_ms: i64,
) -> StoreResult<Vec<MeetingRecord>> {
    let mut dates = meetings::by_meeting_id(db, record.meeting_id)?;
    dates.retain(|date| {
        let to_come = date.gone_utc_ms.is_none() && is_date_to_come(date, now_ms);
        date.key == record.key
            || to_come
                && match scope {
                    SeriesScope::One => false,
                    SeriesScope::Following => date.start_utc_ms >= record.start_utc_ms,
                    SeriesScope::All => true,
                }
    });
    Ok(dates)
}

/// A date of a series that has not begun; whether it still takes place is not asked.
pub(super) fn is_date_to_come(record: &MeetingRecord, now_ms: i64) -> bool {
    record.occurrence_id.is_some() && record.start_utc_ms.is_some_and(|start| start > now_ms)
}

/// What happens to one date.
struct Plan {
    date: MeetingRecord,
    shown: Shown,
    /// As it is to be.
    after: MeetingFields,
    /// A row of its own tells Zoom.
    told: bool,
}

/// What is asked for of a date and those that go with it.
pub(super) struct Asked<'a> {
    pub record: MeetingRecord,
    pub target: Target,
    pub wanted: MeetingFields,
    pub emails: &'a [String],
    pub scope: SeriesScope,
}

impl Deciding {
    pub fn change_dates(&self, tx: &Transaction<'_>, asked: Asked<'_>) -> Decided<Changed> {
        let Asked { record, target, mut wanted, emails, scope } = asked;
        let Some(base) = MeetingFields::of_record(&record) else { return Ok(Err(Error::TooLate)) };
        if self.is_being_cancelled(tx, &target, &record)? {
            return Ok(Err(Error::TooLate));
        }
        let shown = pending::shown(tx, &record, base)?;
        let before = &shown.fields;
        wanted.options_over(before);
        let other_emails = shown.attendees.emails != emails;
        let people = (wanted.people != before.people).then(|| wanted.people.clone()).flatten();
        if scope != SeriesScope::All {
            let shared = [
                (Field::Topic, wanted.topic != before.topic),
                (Field::Agenda, wanted.agenda != before.agenda),
                (Field::Email, other_emails),
                (Field::Options, wanted.options != before.options),
            ];
            let issues: Vec<FieldIssue> = shared
                .into_iter()
                .filter(|(_, differs)| *differs)
                .map(|(field, _)| FieldIssue { field, problem: Problem::SameForAll })
                .collect();
            if !issues.is_empty() {
                return Ok(Err(Error::Invalid { issues }));
            }
        }
        let whole = MeetingFields {
            topic: wanted.topic.clone(),
            agenda: wanted.agenda.clone(),
            people: wanted.people.clone(),
            invitees: if people.is_some() || other_emails { wanted.invitees.clone() } else { before.invitees.clone() },
            options: wanted.options.clone(),
            ..before.clone()
        };
        let whole_differs = scope == SeriesScope::All && whole != *before;
        let plans = self.plans(tx, &record, before, &wanted, people.as_ref(), scope)?;
        let new =
            plans.iter().filter(|plan| plan.told && plan.shown.row.is_none()).count() + usize::from(whole_differs);
        let group = (new > 1).then(|| Uuid::now_v7().to_string());
        if let Some(id) = &group {
            outbox::add_group(tx, &groups::begun(id, groups::CHANGE_DATES, &wanted.topic, self.now_ms))?;
        }
        let hold_ms = Self::hold_ms(tx)?;
        let mut first = None;
        let mut of_whole = None;
        if whole_differs {
            let key = record.whole();
            let row = pending::unsent(tx, &key.to_string())?;
            let id = self.put(tx, &target, &key, row, before, whole.clone(), group.as_deref(), hold_ms)?;
            first.get_or_insert_with(|| id.clone());
            of_whole = Some(id);
        }
        for plan in plans {
            let mut row = None;
            if plan.told {
                let Ok(key) = plan.date.key.parse::<MeetingKey>() else { continue };
                let unsent = plan.shown.row.clone();
                let (base, after) = (&plan.shown.fields, plan.after.clone());
                row = Some(self.put(tx, &target, &key, unsent, base, after, group.as_deref(), hold_ms)?);
                first = first.or_else(|| row.clone());
            }
            let mut after = plan.after;
            if whole_differs {
                (after.topic, after.agenda) = (whole.topic.clone(), whole.agenda.clone());
            }
            let parent = row.as_deref().or(of_whole.as_deref());
            self.follow(tx, &plan.date, &plan.shown.fields, &after, parent, hold_ms)?;
        }
        Ok(Ok(Changed { outbox_item: first, group }))
    }

    /// What each date is to be: moved by as much as the one that the sheet showed, as long, and with the same people.
    fn plans(
        &self,
        tx: &Transaction<'_>,
        record: &MeetingRecord,
        before: &MeetingFields,
        wanted: &MeetingFields,
        people: Option<&Vec<String>>,
        scope: SeriesScope,
    ) -> StoreResult<Vec<Plan>> {
        let zone = zones::parse(&before.zone).or_else(|| zones::parse(&wanted.zone));
        let wall = |at: DateTime<Utc>| zone.map_or(at.naive_utc(), |zone| at.with_timezone(&zone).naive_local());
        let by = wall(wanted.start()) - wall(before.start());
        let mut plans = Vec::new();
        for date in coming(tx, record, scope, self.now_ms)? {
            let Some(fields) = MeetingFields::of_record(&date) else { continue };
            let shown = pending::shown(tx, &date, fields)?;
            let mut after = shown.fields.clone();
            if date.key == record.key {
                after.start_utc_ms = wanted.start_utc_ms;
            } else if !by.is_zero() {
                let start = zone.map_or(after.start() + by, |zone| series::moved(after.start(), zone, by));
                after.start_utc_ms = start.timestamp_millis();
            }
            if wanted.minutes != before.minutes {
                after.minutes = wanted.minutes;
            }
            let of_its_own = people.is_some() && scope != SeriesScope::All;
            if let Some(people) = people {
                after.people = Some(people.clone());
            }
            let timed = |fields: &MeetingFields| (fields.start_utc_ms, fields.minutes);
            let told = timed(&after) != timed(&shown.fields) || of_its_own && after.people != shown.fields.people;
            plans.push(Plan { date, shown, after, told });
        }
        Ok(plans)
    }

    pub fn cancel_dates(
        &self,
        tx: &Transaction<'_>,
        record: &MeetingRecord,
        base: &MeetingFields,
        target: &Target,
        scope: SeriesScope,
        hold_ms: i64,
    ) -> Decided<Changed> {
        let whole = record.whole();
        if let Some(row) = self.cancelling(tx, target, &whole.to_string())? {
            return Ok(Ok(Changed::by(Some(row))));
        }
        let dates = coming(tx, record, scope, self.now_ms)?;
        // While Zoom makes the dates anew nobody knows which of them is which.
        if rule::is_changing(tx, &target.key, record)?
            && (scope != SeriesScope::All || rule::has_left(tx, &target.key, record)?)
        {
            return Ok(Err(Error::TooLate));
        }
        if scope == SeriesScope::All {
            self.withdraw(tx, target, &whole.to_string())?;
            for date in &dates {
                self.withdraw(tx, target, &date.key)?;
            }
            let edit = MeetingEdit::of(base.clone(), base.clone());
            let row = super::kind::operation(OutboxAction::Delete, target, &whole, &edit, self.now_ms, hold_ms);
            outbox::enqueue(tx, &row)?;
            for date in &dates {
                self.cancel_event(tx, &date.key, &row.op_id, hold_ms)?;
            }
            return Ok(Ok(Changed::by(Some(row.op_id))));
        }
        let mut rows = Vec::new();
        let mut known = None;
        for date in &dates {
            if let Some(row) = self.cancelling(tx, target, &date.key)? {
                known.get_or_insert(row);
                continue;
            }
            let (Ok(key), Some(fields)) = (date.key.parse::<MeetingKey>(), MeetingFields::of_record(date)) else {
                continue;
            };
            self.withdraw(tx, target, &date.key)?;
            let edit = MeetingEdit::of(fields.clone(), fields);
            rows.push((date, super::kind::operation(OutboxAction::Delete, target, &key, &edit, self.now_ms, hold_ms)));
        }
        let group = (rows.len() > 1).then(|| Uuid::now_v7().to_string());
        if let Some(id) = &group {
            outbox::add_group(tx, &groups::begun(id, groups::CANCEL_DATES, &record.topic, self.now_ms))?;
        }
        for (date, row) in &mut rows {
            row.group_id.clone_from(&group);
            outbox::enqueue(tx, row)?;
            self.cancel_event(tx, &date.key, &row.op_id, hold_ms)?;
        }
        let item = rows.first().map(|(_, row)| row.op_id.clone()).or(known);
        Ok(Ok(Changed { outbox_item: item, group }))
    }

    fn is_being_cancelled(&self, tx: &Transaction<'_>, target: &Target, record: &MeetingRecord) -> StoreResult<bool> {
        let whole = record.whole().to_string();
        Ok(self.cancelling(tx, target, &whole)?.is_some()
            || self.cancelling(tx, target, &record.key)?.is_some()
            || rule::is_changing(tx, &target.key, record)?)
    }

    #[expect(clippy::unused_self, reason = "it is asked of the same value as the rest")]
    fn cancelling(&self, tx: &Transaction<'_>, target: &Target, key: &str) -> StoreResult<Option<String>> {
        let open = open_rows(tx, &target.key, MEETING, key)?;
        Ok(open.into_iter().find(|row| row.action == OutboxAction::Delete).map(|row| row.op_id))
    }

    /// Takes back what has not left of a meeting or a date.
    pub fn withdraw(&self, tx: &Transaction<'_>, target: &Target, key: &str) -> StoreResult<()> {
        let open = open_rows(tx, &target.key, MEETING, key)?;
        for row in open.iter().filter(|row| row.maybe_sent_utc_ms.is_none()) {
            outbox::take_back(tx, &row.op_id, self.now_ms)?;
            self.take_back_event(tx, row, None)?;
        }
        Ok(())
    }

    /// Puts a change in line: into a row that has not left, on the base that it had, or as a new one.
    #[expect(clippy::too_many_arguments, reason = "all of them make the row")]
    pub fn put(
        &self,
        tx: &Transaction<'_>,
        target: &Target,
        key: &MeetingKey,
        unsent: Option<OutboxRecord>,
        base: &MeetingFields,
        wanted: MeetingFields,
        group: Option<&str>,
        hold_ms: i64,
    ) -> StoreResult<String> {
        let Some(row) = unsent else {
            let edit = MeetingEdit::of(wanted, base.clone());
            let mut row = super::kind::operation(OutboxAction::Update, target, key, &edit, self.now_ms, hold_ms);
            row.group_id = group.map(str::to_owned);
            outbox::enqueue(tx, &row)?;
            return Ok(row.op_id);
        };
        let base = MeetingEdit::read(&row.payload_json).map_or_else(|| base.clone(), |edit| edit.base_of_another(base));
        let title = wanted.topic.clone();
        let edit = MeetingEdit::of(wanted, base);
        outbox::edit(tx, &row.op_id, &title, &edit.json(), Some(self.now_ms + hold_ms), self.now_ms)?;
        Ok(row.op_id)
    }
}
