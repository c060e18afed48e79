//! Dates of a series: moved, changed and cancelled one by one, from one on, or all that are still to come.
//!
//! Zoom knows one date or the whole series. A new start of the whole would plan every date anew: what was moved or
//! cancelled before would be lost, each date would be another one (with the Event of none), and an endless series would
//! end with Zoom's limit. So times go date by date, as a group of rows, and only what is the same for all of them (topic,
//! agenda, who is invited) goes to the whole. Dates that are over stay as they are.

use chrono::{DateTime, Utc};
use liaison_domain::{MeetingKey, series, zones};
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction};
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
            let all = staying(db, coming(db, &record, SeriesScope::All, now_ms)?)?;
            let following = staying(db, coming(db, &record, SeriesScope::Following, now_ms)?)?.len();
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

/// Those that are not about to be cancelled.
fn staying(db: &Connection, dates: Vec<MeetingRecord>) -> StoreResult<Vec<MeetingRecord>> {
    let mut staying = Vec::with_capacity(dates.len());
    for date in dates {
        if !pending::is_going(db, &date.key)? {
            staying.push(date);
        }
    }
    Ok(staying)
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

impl Plan {
    /// Zoom takes no start that is over.
    fn is_moved_into_the_past(&self, now_ms: i64) -> bool {
        let start = self.after.start_utc_ms;
        self.told && start <= now_ms && start != self.shown.fields.start_utc_ms
    }
}

/// What is asked for of a date and those that go with it.
pub(super) struct Asked<'a> {
    pub record: MeetingRecord,
    pub target: Target,
    pub wanted: MeetingFields,
    pub emails: &'a [String],
    pub scope: SeriesScope,
}

/// What is one for the whole series: its zone, which goes with its rule, and what some of its dates can't have alone.
fn not_for_dates(
    before: &MeetingFields,
    wanted: &MeetingFields,
    other_emails: bool,
    scope: SeriesScope,
) -> Vec<FieldIssue> {
    let some = scope != SeriesScope::All;
    let zone = zones::parse(&before.zone);
    let issues = [
        (Field::Topic, some && wanted.topic != before.topic, Problem::SameForAll),
        (Field::Agenda, some && wanted.agenda != before.agenda, Problem::SameForAll),
        (Field::Email, some && other_emails, Problem::SameForAll),
        (Field::Options, some && wanted.options != before.options, Problem::SameForAll),
        (Field::Zone, zone.is_some() && zones::parse(&wanted.zone) != zone, Problem::ZoneOfSeries),
    ];
    issues
        .into_iter()
        .filter(|(_, differs, _)| *differs)
        .map(|(field, _, problem)| FieldIssue { field, problem })
        .collect()
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
        let issues = not_for_dates(before, &wanted, other_emails, scope);
        if !issues.is_empty() {
            return Ok(Err(Error::Invalid { issues }));
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
        let past = plans.iter().filter(|plan| plan.is_moved_into_the_past(self.now_ms)).count();
        if past > 0 {
            let problem = Problem::DatesInThePast { count: u32::try_from(past).unwrap_or(u32::MAX) };
            return Ok(Err(Error::Invalid { issues: vec![FieldIssue { field: Field::Time, problem }] }));
        }
        let rows = plans.iter().filter(|plan| plan.told).count() + usize::from(whole_differs);
        let group = (rows > 1).then(|| Uuid::now_v7().to_string());
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
            let stuck = if plan.told { plan.shown.before_what_is_stuck() } else { None };
            let before = stuck.as_ref().unwrap_or(&plan.shown.fields);
            self.follow(tx, &plan.date, before, &after, parent, hold_ms)?;
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
        for date in staying(tx, coming(tx, record, scope, self.now_ms)?)? {
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
            // Single dates go before another rule for all of them, also when all of it is taken back.
            let mut withdrawn = Vec::new();
            for date in &dates {
                withdrawn.extend(self.withdraw(tx, target, &date.key)?);
            }
            withdrawn.extend(self.withdraw(tx, target, &whole.to_string())?);
            let edit = MeetingEdit { withdrawn, ..MeetingEdit::of(base.clone(), base.clone()) };
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
            let withdrawn = self.withdraw(tx, target, &date.key)?;
            let edit = MeetingEdit { withdrawn, ..MeetingEdit::of(fields.clone(), fields) };
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
}
