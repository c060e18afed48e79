//! Planning a meeting: the sheet's checks, and making the meeting so that neither a crash nor a
//! lost answer makes it twice or loses its link. See docs/adr/0006.

mod after;
mod attempt;
mod attendees;
pub(crate) mod auto_log;
mod change;
mod clocks;
pub(crate) mod clocks_view;
mod create;
mod dates;
mod find;
pub(crate) mod follow;
mod kind;
mod line;
pub(crate) mod line_view;
mod now;
mod options;
pub(crate) mod options_view;
mod pending;
mod repeats;
mod request;
mod rule;
mod rule_alone;
mod rule_attempt;
mod rule_dates;
pub(crate) mod rule_view;
mod since;
mod stored;
mod stored_more;
mod stored_repeats;
mod stored_rule;
mod templates;
mod topic;
mod typed;
mod unknown_options;
pub(crate) mod view;
mod waiting;

use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use liaison_domain::draft::{self, Draft, Issue, When};
use liaison_domain::{PersonRef, free_time, wall_time};
use liaison_store::tables::accounts::{self, AccountRecord, AccountState};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_zoom::EDITS_PER_DAY;
use uuid::Uuid;

pub(crate) use kind::MeetingKind;
use options::KeptPresets;
use repeats::Repeating;
pub(crate) use rule_dates::carry_where_free;

use crate::busy;
use crate::context::Context;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::{Error, utc_ms};
use crate::first_steps::Step;
use crate::meetings::plan::{self, Plan};
use crate::outbox::event;
use crate::outbox::view::LeftOut;
use crate::schedule::options_view::MeetingOptions;
use crate::schedule::view::{EventOutlook, Fold, ScheduleCheck, ScheduleDraft, Scheduled, WallSpan};
use crate::session::settings;
use crate::session::usage;
use crate::terms::{Provider, UtcMs};

/// A new draft begins at a half hour that is at least this far away.
const LEAD: TimeDelta = TimeDelta::minutes(5);
/// Conflicts of a series are looked for so far ahead of its first date.
const LOOKED_AHEAD: TimeDelta = TimeDelta::days(92);

/// Held while a meeting is made: one at a time.
#[derive(Default)]
struct Scheduling(tokio::sync::Mutex<()>);

impl Engine {
    /// A draft for a moment to come or, without one, for the first free time; with the person it is planned from, when
    /// there is one.
    ///
    /// # Errors
    /// No profile is open, or the person is unknown.
    pub async fn new_draft(&self, person: Option<String>, at: Option<UtcMs>) -> Result<ScheduleDraft, Error> {
        let cx = self.profile().await?;
        busy::pull::freshen(&cx);
        let user = cx.zoom().map(|zoom| zoom.user_id.clone());
        let (settings, person, salesforce, presets) = cx
            .store
            .read(move |db| {
                let person = person.map(|id| people::person(db, &id)).transpose()?.flatten();
                let presets = KeptPresets::read(db, user.as_deref())?;
                Ok((settings::read(db)?, person, accounts::get(db, Provider::Salesforce)?, presets))
            })
            .await?;
        let zone = cx.zone();
        let wanted = at.and_then(|at| DateTime::from_timestamp_millis(at.0)).filter(|at| *at > cx.now());
        let start = match wanted {
            Some(at) => at.with_timezone(&zone).naive_local(),
            None => first_free(&cx, settings.meeting_minutes, cx.now() + LEAD).await?,
        };
        Ok(ScheduleDraft {
            id: Uuid::now_v7().to_string(),
            topic: String::new(),
            date: written_date(start),
            time: written_time(start),
            zone: zone.name().to_owned(),
            minutes: settings.meeting_minutes,
            fold: wanted.and_then(|at| now::fold(at, zone.name())),
            people: person.map(|person| person.id).into_iter().collect(),
            emails: Vec::new(),
            agenda: String::new(),
            passcode: true,
            waiting_room: Some(presets.waiting_room().unwrap_or(true)),
            personal_meeting_id: false,
            log_event: salesforce.is_some(),
            copy_invitation: false,
            repeats: None,
            options: MeetingOptions::default(),
            template: None,
            about: None,
        })
    }

    /// What is wrong with a draft, and what it collides with.
    ///
    /// # Errors
    /// No cx is open.
    pub async fn check_schedule(&self, draft: ScheduleDraft) -> Result<ScheduleCheck, Error> {
        let cx = self.profile().await?;
        let checked = Checked::of(&cx, &draft).await?;
        let Plan { meetings: conflicts, busy } = checked.conflicts(&cx).await?;
        let salesforce = cx.store.read(|db| accounts::get(db, Provider::Salesforce)).await?;
        let span = |zone| {
            let when = checked.when?;
            let on_the_clock = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
            let (start, end) = (on_the_clock(when.start), on_the_clock(when.end));
            Some(WallSpan {
                start_date: written_date(start),
                start_time: written_time(start),
                end_date: written_date(end),
                end_time: written_time(end),
            })
        };
        Ok(ScheduleCheck {
            start: checked.when.map(|when| utc_ms(when.start)),
            end: checked.when.map(|when| utc_ms(when.end)),
            there: checked.when.and_then(|when| span(when.zone)),
            here: span(cx.zone()),
            today: written_date(cx.now().with_timezone(&cx.zone()).naive_local()),
            left_out: left_out(&cx, &checked.people),
            issues: checked.issues,
            conflicts,
            busy,
            opted_out: checked
                .people
                .iter()
                .filter(|person| person.email_opt_out)
                .map(|person| liaison_domain::text::single_line(&person.name, 200))
                .collect(),
            their_clock: checked.when.and_then(|when| clocks::of_people(&checked.people, when)),
            people: checked.people.into_iter().map(crate::people::hit).collect(),
            edits_left: EDITS_PER_DAY.saturating_sub(cx.zoom().map_or(0, |zoom| zoom.api.edits_today().used)),
            online: cx.zoom().is_some() && !cx.status().is_offline(Provider::Zoom),
            event: event_outlook(salesforce),
            series: checked.repeating.as_ref().map(Repeating::shown),
        })
    }

    /// Makes the meeting, links it and queues its Event. Where it had been made before, from what the draft was then,
    /// what differs by now is put in line as a change of it.
    ///
    /// # Errors
    /// [`Error::Invalid`] before anything is sent; what Zoom or the network said after.
    pub async fn schedule_meeting(&self, draft: ScheduleDraft) -> Result<Scheduled, Error> {
        let copy_invitation = draft.copy_invitation;
        let mut scheduled = self.make_meeting(draft.clone()).await?;
        let cx = self.profile().await?;
        scheduled.since = cx.typed_since(draft, &scheduled.meeting).await?;
        // An invitation to what is about to change would be wrong.
        let is_changing = scheduled.since.as_ref().is_some_and(|since| since.outbox_item.is_some());
        if copy_invitation && !is_changing {
            let copied =
                self.copy_meeting(scheduled.meeting.clone(), crate::meetings::view::CopyWhat::Invitation).await;
            scheduled.invitation_copied = copied.is_ok();
        }
        Ok(scheduled)
    }

    /// Makes the meeting of a draft, or finds the one that was made from it.
    async fn make_meeting(&self, draft: ScheduleDraft) -> Result<Scheduled, Error> {
        let cx = self.profile().await?;
        let outcome = cx.schedule(draft).await;
        usage::keep(&cx, Provider::Zoom).await;
        let scheduled = outcome.map_err(options::beside_its_field)?;
        cx.note_step(Step::Schedule).await;
        Ok(scheduled)
    }
}

/// The first time from then on that is free in the local copy.
async fn first_free(cx: &Arc<Context>, minutes: u32, from: DateTime<Utc>) -> Result<NaiveDateTime, Error> {
    let busy = plan::between(cx, from, from + free_time::HORIZON).await?.slots();
    Ok(free_time::first_free(&busy, from, TimeDelta::minutes(i64::from(minutes)), cx.zone()))
}

/// Whom the Event is not about; before the organisation was asked it is thought to share its activities.
fn left_out(cx: &Context, people: &[PersonRecord]) -> Vec<LeftOut> {
    let shared = cx.known_event_capability().is_none_or(|event| event.shared);
    let others: Vec<_> = people.iter().skip(1).filter_map(event::other).collect();
    let who = people.first().and_then(event::record_of_person);
    event::others::split(who.as_ref(), &others, shared).1.into_iter().map(LeftOut::from).collect()
}

fn event_outlook(salesforce: Option<AccountRecord>) -> EventOutlook {
    match salesforce {
        None => EventOutlook::NoAccount,
        Some(account) if account.state == AccountState::Connected => EventOutlook::Sent,
        Some(account) => {
            let named = account.email.or(account.organisation).unwrap_or(account.name);
            EventOutlook::Kept { account: liaison_domain::text::single_line(&named, 200) }
        }
    }
}

fn written_date(wall: NaiveDateTime) -> String {
    wall.format("%Y-%m-%d").to_string()
}

fn written_time(wall: NaiveDateTime) -> String {
    wall.format("%H:%M").to_string()
}

/// A draft with everything that is known about it.
pub(crate) struct Checked {
    /// Of a series, its first date.
    pub when: Option<When>,
    pub repeating: Option<Repeating>,
    pub issues: Vec<FieldIssue>,
    pub people: Vec<PersonRecord>,
}

impl Checked {
    pub async fn of(cx: &Arc<Context>, draft: &ScheduleDraft) -> Result<Self, Error> {
        let emails: Vec<String> =
            draft.emails.iter().map(|email| email.trim().to_owned()).filter(|email| !email.is_empty()).collect();
        let (when, found) = draft::check(
            &Draft {
                topic: &draft.topic,
                date: &draft.date,
                time: &draft.time,
                zone: &draft.zone,
                minutes: draft.minutes,
                fold: draft.fold.map(|fold| match fold {
                    Fold::Earlier => draft::Fold::Earlier,
                    Fold::Later => draft::Fold::Later,
                }),
                emails: &emails,
                agenda: &draft.agenda,
                people: draft.people.len(),
            },
            cx.now(),
        );
        // An empty field is no wrong time: it waits for one.
        let empty = |field: Field| match field {
            Field::Date => draft.date.trim().is_empty(),
            Field::Time => draft.time.trim().is_empty(),
            _ => false,
        };
        let mut issues: Vec<FieldIssue> = found
            .into_iter()
            .map(field_issue)
            .map(|issue| if empty(issue.field) { FieldIssue { problem: Problem::Missing, ..issue } } else { issue })
            .collect();
        issues.extend(options::issues(&draft.options));
        let ids = draft.people.clone();
        let known: Vec<(String, Option<PersonRecord>)> = cx
            .store
            .read(move |db| ids.into_iter().map(|id| people::person(db, &id).map(|person| (id, person))).collect())
            .await?;
        let mut people = Vec::new();
        for (id, person) in known {
            match person.filter(|person| !person.deleted && id.parse::<PersonRef>().is_ok()) {
                Some(person) => people.push(person),
                None => issues.push(FieldIssue { field: Field::People, problem: Problem::UnknownPerson { name: id } }),
            }
        }
        let repeating = match (when, &draft.repeats) {
            (Some(when), Some(repeats)) => Repeating::of(repeats, when).map_err(|issue| issues.push(issue)).ok(),
            _ => None,
        };
        let when = when.map(|when| repeating.as_ref().map_or(when, |repeating| repeating.first(when)));
        Ok(Self { when, repeating, issues, people })
    }

    /// What the user has planned at its time; of a series, at that of any date within [`LOOKED_AHEAD`].
    async fn conflicts(&self, cx: &Arc<Context>) -> Result<Plan, Error> {
        let nothing = Plan { meetings: Vec::new(), busy: Vec::new() };
        let Some(when) = self.when else { return Ok(nothing) };
        let Some(repeating) = &self.repeating else {
            return plan::between(cx, when.start, when.end).await;
        };
        let until = when.start + LOOKED_AHEAD;
        let spans: Vec<(i64, i64)> = repeating
            .spans(when.end - when.start)
            .filter(|(start, _)| *start < until)
            .map(|(start, end)| (start.timestamp_millis(), end.timestamp_millis()))
            .collect();
        let Some(end) = spans.last().and_then(|(_, end)| DateTime::from_timestamp_millis(*end)) else {
            return Ok(nothing);
        };
        let mut plan = plan::between(cx, when.start, end).await?;
        let collides = |from: UtcMs, to: UtcMs| spans.iter().any(|(start, end)| from.0 < *end && *start < to.0);
        plan.meetings.retain(|row| collides(row.start, row.end));
        plan.busy.retain(|row| collides(row.start, row.end));
        Ok(plan)
    }
}

pub(crate) fn field_issue(issue: Issue) -> FieldIssue {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (field, problem) = match issue {
        Issue::TopicMissing => (Field::Topic, Problem::Missing),
        Issue::TopicTooLong { length } => {
            (Field::Topic, Problem::TooLong { max: count(draft::MAX_TOPIC), length: count(length) })
        }
        Issue::AgendaTooLong { length } => {
            (Field::Agenda, Problem::TooLong { max: count(draft::MAX_AGENDA), length: count(length) })
        }
        Issue::DateInvalid => (Field::Date, Problem::NotADate),
        Issue::TimeInvalid => (Field::Time, Problem::NotATime),
        Issue::ZoneInvalid => (Field::Zone, Problem::NotAZone),
        Issue::MinutesOutOfRange => (Field::Minutes, Problem::OutOfRange { min: 1, max: draft::MAX_MINUTES }),
        Issue::DayPassed => (Field::Date, Problem::InThePast),
        Issue::TimePassed => (Field::Time, Problem::InThePast),
        Issue::TimeMissing { before, after } => (
            Field::Time,
            Problem::DoesNotExist {
                before: before.format("%H:%M").to_string(),
                after: after.format("%H:%M").to_string(),
            },
        ),
        Issue::TimeTwice { earlier, later, zone } => (
            Field::Time,
            Problem::HappensTwice {
                earlier: wall_time::offset_label(earlier, zone),
                later: wall_time::offset_label(later, zone),
            },
        ),
        Issue::EmailInvalid { value } => (Field::Email, Problem::NotAnEmail { value }),
        Issue::EmailTwice { value } => (Field::Email, Problem::Duplicate { value }),
        Issue::TooManyPeople => (Field::People, Problem::TooMany { max: count(draft::MAX_PEOPLE) }),
    };
    FieldIssue { field, problem }
}
