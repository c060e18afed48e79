//! The day, its meetings, and what is linked to them.

pub use liaison_domain::LinkBasis;
use serde::Serialize;
use specta::Type;

use crate::busy::view::BusyRow;
pub use crate::meetings::after::view::*;
use crate::outbox::view::PendingChange;
use crate::people::view::RecordKind;
use crate::pull::access::RoomAccess;
use crate::terms::UtcMs;
use crate::topics::view::Topic;

/// One day of meetings, in the user's zone.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Day {
    /// ISO date, local.
    pub date: String,
    /// Noon of that day, for formatting its name.
    pub noon: UtcMs,
    pub today: bool,
    pub now: UtcMs,
    pub booked_minutes: u32,
    pub ribbon: Ribbon,
    /// Meetings, what else makes the user busy, and the gaps of 30 minutes or more between them, in order.
    pub items: Vec<DayItem>,
    /// Number of meetings on the following day.
    pub next_day_count: u32,
    /// First meeting after this day, when there is one.
    pub next_meeting: Option<MeetingRow>,
    /// When the meetings were last pulled completely.
    pub as_of: Option<UtcMs>,
    /// The copy is old: the last pull failed or never happened.
    pub stale: bool,
    /// The first pull is still under way: an empty day says nothing yet.
    pub fetching: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DayItem {
    Meeting {
        row: Box<MeetingRow>,
    },
    /// What else stands in the calendar.
    Busy {
        row: Box<BusyRow>,
    },
    Gap {
        start: UtcMs,
        end: UtcMs,
        minutes: u32,
    },
}

/// A week in the user's zone, from the day with which weeks begin where the reader lives.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Week {
    /// As ISO 8601 counts.
    pub number: u32,
    /// Noon of the first and the last day that are shown.
    pub first_noon: UtcMs,
    pub last_noon: UtcMs,
    /// Today is in it.
    pub this: bool,
    pub now: UtcMs,
    /// Minutes since midnight on the user's clocks.
    pub now_minute: u32,
    /// The hours that are shown.
    pub first_hour: u32,
    pub last_hour: u32,
    pub booked_minutes: u32,
    /// Five, or seven where the weekend has something.
    pub days: Vec<WeekDay>,
    /// When the meetings were last pulled completely.
    pub as_of: Option<UtcMs>,
    pub stale: bool,
    pub fetching: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WeekDay {
    /// ISO date, local.
    pub date: String,
    pub noon: UtcMs,
    /// Days from today.
    pub offset: i32,
    pub booked_minutes: u32,
    /// For whole days.
    pub whole: Vec<BusyRow>,
    /// In order; what is free of the hours of work to come is among them.
    pub blocks: Vec<WeekBlock>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WeekBlock {
    pub item: DayItem,
    /// Minutes since midnight on the clocks of that day, cut at its ends.
    pub from: u32,
    pub to: u32,
    /// How many stand before it that run at the same time.
    pub lane: u32,
    pub past: bool,
}

/// The strip over the list: positions are fractions of its width (`specta` would make a float
/// nullable, hence the other type it is told of).
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Ribbon {
    pub blocks: Vec<RibbonBlock>,
    pub hours: Vec<RibbonHour>,
    /// Where now is, when it falls into the strip.
    #[specta(type = Option<i32>)]
    pub now: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RibbonBlock {
    /// Of a meeting, its local id; none for what else makes the user busy.
    pub meeting: Option<String>,
    #[specta(type = i32)]
    pub from: f64,
    #[specta(type = i32)]
    pub to: f64,
    pub past: bool,
    pub overlaps: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RibbonHour {
    pub hour: u32,
    #[specta(type = i32)]
    pub at: f64,
}

/// A meeting or one occurrence of a recurring one.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: each flag is a mark of its own in the window")]
pub struct MeetingRow {
    /// Local id.
    pub id: String,
    pub topic: String,
    pub start: UtcMs,
    pub end: UtcMs,
    pub minutes: u32,
    /// It ends on another day than it starts, or takes a whole one: clock times alone would mislead.
    pub spans_days: bool,
    pub progress: Progress,
    /// The signed-in user hosts it.
    pub host: bool,
    pub recurring: bool,
    /// Nothing where no answer told it: of meetings that somebody else hosts, and of those that only a list told.
    pub waiting_room: Option<bool>,
    pub people: Vec<PersonChip>,
    /// People invited beyond those in `people`.
    pub others: u32,
    pub link: LinkState,
    pub event: EventState,
    pub overlaps: bool,
    /// When it is in the meeting's own zone, where the clocks there differ from the user's.
    pub their_time: Option<TheirTime>,
    /// A join link is known.
    pub joinable: bool,
    /// What the user has decided about it and Zoom does not have yet.
    pub pending: Option<PendingChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Progress {
    Upcoming,
    Running,
    Past,
    Cancelled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LinkState {
    /// Belongs to a Salesforce record.
    Linked,
    /// Nothing is stored, but everybody outside who is invited has a record.
    Matched,
    /// Somebody outside is invited who has no record.
    NotLinked,
    /// Nobody outside the company is known to take part.
    Internal,
    /// The Leads and Contacts were never read, so nobody knows yet.
    Unknown,
}

/// Where the Salesforce Event of a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum EventState {
    None,
    Held { until: UtcMs },
    Waiting,
    Sending,
    Synced { at: UtcMs },
    NeedsYou,
    Discarded,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonChip {
    /// `Lead:00Q…`, `Contact:003…`, or empty when only an e-mail address is known.
    pub person: Option<String>,
    pub name: String,
    pub company: Option<String>,
    pub record: Option<RecordKind>,
    pub email: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TheirTime {
    /// IANA id.
    pub zone: String,
    /// Wall times there, `YYYY-MM-DDTHH:MM`.
    pub start: String,
    pub end: String,
    /// Outside 8 to 18 h there.
    pub outside_hours: bool,
}

/// What the inspector shows.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingDetail {
    pub row: MeetingRow,
    pub agenda: String,
    /// Grouped for reading: `924 4701 8826`.
    pub number: String,
    /// Host and path of the join link, without its password.
    pub join_link: String,
    /// Nothing where it is not known: a list may leave a passcode out, and only an answer that tells everything also
    /// tells that there is none.
    pub has_passcode: Option<bool>,
    pub people: Vec<PersonChip>,
    /// Addresses of people outside who are in no Lead or Contact.
    pub unknown_people: Vec<String>,
    pub linked: Option<LinkView>,
    pub event: Option<EventView>,
    /// What the user said that it is about.
    pub about: Option<Topic>,
    /// What became of it, once it is over.
    pub after: Option<MeetingAfter>,
}

/// Why a meeting belongs to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    pub name: String,
    pub company: Option<String>,
    pub record: RecordKind,
    pub basis: LinkBasis,
    pub at: UtcMs,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EventView {
    /// Outbox row.
    pub item: String,
    pub subject: String,
    pub state: EventState,
    /// It has a page in Salesforce.
    pub can_open: bool,
}

/// The strip at the top of every view, and what a press of Join means.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NextUp {
    /// The meeting to show: the one that is meant, or the first of the choices.
    pub row: MeetingRow,
    pub now: UtcMs,
    /// From 15 minutes before the start until 10 minutes after the end.
    pub due: bool,
    pub join: Join,
    /// Everything that can be joined now, in the order of the menu.
    pub choices: Vec<MeetingRow>,
    /// Every choice runs; otherwise some only begin soon.
    pub all_running: bool,
}

/// What a press of Join means; the rule is `liaison_domain::next_up`.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Join {
    /// Exactly the meeting that is shown.
    One,
    /// Several are equally likely: the user chooses.
    Choose,
    /// Nothing can be joined yet; this is the next one, and the user is asked first.
    Early { row: Box<MeetingRow> },
    /// There is nothing to join.
    Nothing,
}

/// A meeting that a search found.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingHit {
    pub row: MeetingRow,
    /// Days from today to the day on which it is listed.
    pub offset: i32,
}

/// What to put on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CopyWhat {
    JoinLink,
    Invitation,
    IdAndPasscode,
}

/// A mail with an invitation that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InvitationMail {
    /// How many people it is addressed to.
    pub addressed: u32,
    /// How many more there are; their addresses are on the clipboard.
    pub copied: u32,
}

/// A page of past meetings, at most 200.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PastMeetings {
    pub rows: Vec<PastMeeting>,
    pub total: u32,
    pub access: RoomAccess,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PastMeeting {
    pub row: MeetingRow,
    pub state: AfterState,
    /// When it was really held.
    pub held: Option<TimeSpan>,
    /// Those who came, and of how many; none before a list is here.
    pub came: Option<u32>,
    pub of: u32,
    pub recorded: bool,
}
