//! The sheet for a new meeting.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::busy::view::BusyRow;
use crate::error::{FieldIssue, Problem};
use crate::meetings::view::MeetingRow;
use crate::outbox::view::LeftOut;
use crate::people::view::PersonHit;
use crate::schedule::options_view::MeetingOptions;
use crate::terms::UtcMs;
use crate::topics::view::Topic;

/// What the Schedule sheet holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: each flag is an option of its own in the sheet")]
pub struct ScheduleDraft {
    /// Made once per sheet, so that a second press of the button can't make a second meeting.
    pub id: String,
    pub topic: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `HH:MM`, wall time in `zone`.
    pub time: String,
    pub zone: String,
    pub minutes: u32,
    /// Which of two equal wall times is meant when the clocks go back.
    pub fold: Option<Fold>,
    /// Ids of people in the local copy; the first Lead or Contact becomes the Event's person.
    pub people: Vec<String>,
    /// Further addresses.
    pub emails: Vec<String>,
    pub agenda: String,
    pub passcode: bool,
    /// Nothing where it stays as the meeting has it, which may not be known.
    pub waiting_room: Option<bool>,
    pub personal_meeting_id: bool,
    pub log_event: bool,
    pub copy_invitation: bool,
    /// How it repeats; of a meeting that is there, nothing.
    pub repeats: Option<Repeats>,
    pub options: MeetingOptions,
    /// Zoom's template that it is made from: options, passcode and waiting room are then the template's. Only when it is
    /// made.
    pub template: Option<MeetingTemplateChoice>,
    /// What it is about in Salesforce; only when it is made.
    pub about: Option<Topic>,
}

/// Something to begin a meeting from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingTemplateChoice {
    pub id: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingTemplates {
    /// The user's own, kept on this computer.
    pub own: Vec<MeetingTemplateChoice>,
    /// The administrator's: only those can be used from outside Zoom.
    pub zoom: Vec<MeetingTemplateChoice>,
    /// Zoom's could be read; else the list says nothing.
    pub zoom_known: bool,
}

/// How a new meeting repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Repeats {
    pub rhythm: RepeatRhythm,
    /// Each so many days, weeks or months.
    pub every: u32,
    pub end: RepeatEnd,
}

/// Days of the week count from 1, Monday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RepeatRhythm {
    Daily,
    Weekly {
        days: Vec<u32>,
    },
    MonthDay {
        day: u32,
    },
    /// The week of the month, 1 to 4, or −1 for the last.
    MonthWeekday {
        week: i32,
        day: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RepeatEnd {
    /// As many dates as Zoom plans.
    Never,
    Times {
        times: u32,
    },
    /// The last day that it may be, `YYYY-MM-DD`.
    Until {
        date: String,
    },
}

/// On which dates a new series is, `YYYY-MM-DD` each on the clocks of its zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeriesDates {
    /// The first few.
    pub first: Vec<String>,
    pub last: String,
    pub count: u32,
    /// The rule would go on; Zoom plans no further than `last`.
    pub cut: bool,
    /// Dates whose clocks skip the time: it is later there.
    pub skipped: Vec<String>,
}

/// Which dates of a series a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SeriesScope {
    One,
    Following,
    /// All that are still to come.
    All,
}

/// The series that a meeting is a date of, as far as it is still to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingSeries {
    /// How many dates there are from this one on.
    pub following: u32,
    pub all: u32,
    /// When the last one begins.
    pub last: UtcMs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Fold {
    Earlier,
    Later,
}

/// What the engine thinks of a draft.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleCheck {
    pub start: Option<UtcMs>,
    pub end: Option<UtcMs>,
    /// The same on the clocks of the draft's zone.
    pub there: Option<WallSpan>,
    /// The same on the user's own clocks.
    pub here: Option<WallSpan>,
    /// The day that it is for the user, `YYYY-MM-DD`.
    pub today: String,
    pub issues: Vec<FieldIssue>,
    /// The chosen people as far as they are known, in the draft's order.
    pub people: Vec<PersonHit>,
    /// Meetings of the user at the same time. They don't block.
    pub conflicts: Vec<MeetingRow>,
    /// What else stands in the calendar at that time. It doesn't block either.
    pub busy: Vec<BusyRow>,
    /// Chosen people who asked not to get e-mail.
    pub opted_out: Vec<String>,
    /// Zoom's daily limit of 100 edits; an estimate, for other apps count too.
    pub edits_left: u32,
    /// Creating needs the network.
    pub online: bool,
    pub event: EventOutlook,
    /// Who of the people can't be in the Event, as far as is known of the organisation.
    pub left_out: Vec<LeftOut>,
    /// The dates of a series, where the rule has any.
    pub series: Option<SeriesDates>,
    /// Of the first of the people who is elsewhere; proposed, and never taken by itself.
    pub their_clock: Option<TheirClock>,
}

/// The clock that somebody's number tells, by country or area code, where it shows another time than the draft's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TheirClock {
    pub name: String,
    pub zone: String,
    /// `YYYY-MM-DD` and `HH:MM` there when the meeting begins.
    pub date: String,
    pub time: String,
}

/// From when to when on the clocks of one zone: dates `YYYY-MM-DD`, times `HH:MM`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WallSpan {
    pub start_date: String,
    pub start_time: String,
    pub end_date: String,
    pub end_time: String,
}

/// What can become of the Event that a draft asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum EventOutlook {
    /// Salesforce is connected.
    Sent,
    /// It is kept until this account is connected again.
    Kept { account: String },
    /// There never was an account that it could be for.
    NoAccount,
}

/// A text that was typed where a date, a time or a length is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WhenText {
    pub field: WhenField,
    pub text: String,
    /// BCP 47 tag of whoever types, such as `nl-NL`; decides where a text could mean two things.
    pub region: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WhenField {
    Date,
    Time,
    Minutes,
}

/// What such a text says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum WhenRead {
    /// `YYYY-MM-DD`.
    Date {
        date: String,
    },
    /// `HH:MM`.
    Time {
        time: String,
    },
    Minutes {
        minutes: u32,
    },
    Problem {
        problem: Problem,
    },
}

/// Events of many meetings that were put into the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LoggedMany {
    /// Their group; none when there are none.
    pub group: Option<String>,
    pub logged: u32,
    /// Meetings that have an Event already, or no time.
    pub left_out: u32,
}

/// A meeting with a person for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MetNow {
    pub topic: String,
    pub scheduled: Scheduled,
    /// It was opened. Where not, it is there all the same.
    pub started: bool,
}

/// What became of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Scheduled {
    /// Local id of the meeting.
    pub meeting: String,
    pub start: UtcMs,
    /// Outbox row of the Event, when one is logged.
    pub outbox_item: Option<String>,
    pub invitation_copied: bool,
    /// How many dates it has.
    pub dates: u32,
    /// It had been made before, and the draft says something else by now.
    pub since: Option<ChangedSince>,
}

/// What becomes of what was typed after the meeting had been made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChangedSince {
    /// The row that carries it out, or the first of them.
    pub outbox_item: Option<String>,
    /// The group of rows, where it takes several.
    pub group: Option<String>,
    /// Some of it stays as it was made.
    pub not_all: bool,
}
