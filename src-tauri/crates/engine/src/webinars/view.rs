//! Webinars as they are shown. Texts are codes and parameters; the words are in the window's own files. No personal
//! join link is in here: the shell copies one at a time.

mod attendance;
mod campaign;
mod follow_up;
mod left;
mod registering;
mod registrants;
mod sheet;

pub use attendance::*;
pub use campaign::*;
pub use follow_up::*;
pub use left::*;
pub use registering::*;
pub use registrants::*;
use serde::{Deserialize, Serialize};
pub use sheet::*;
use specta::Type;

use crate::pull::access::RoomAccess;
use crate::terms::UtcMs;

/// Which part of the webinars a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WebinarWhen {
    /// Running or to come, the next one first; those without a fixed time last.
    #[default]
    Upcoming,
    /// Over, the latest first.
    Past,
}

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarFilter {
    pub when: WebinarWhen,
    /// Words of the topic, however accented. Empty for all.
    pub query: String,
}

/// A page of webinars.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarList {
    pub rows: Vec<WebinarRow>,
    /// How many match.
    pub total: u32,
    pub upcoming: u32,
    pub past: u32,
    pub access: RoomAccess,
    /// When the list was last read completely.
    pub as_of: Option<UtcMs>,
    /// The webinar that `R` registers for, also when it is not in this list.
    pub pinned: Option<PinnedWebinar>,
}

/// The webinar that one click registers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PinnedWebinar {
    pub id: String,
    pub topic: String,
    pub start: Option<UtcMs>,
    /// It is over, deleted, or takes no registrations: somebody has to pin another one.
    pub closed: bool,
}

/// Whether and how people register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WebinarApproval {
    /// Whoever registers may come.
    Automatic,
    /// The host approves each.
    Manual,
    /// Nobody has to register.
    None,
    /// The details were not read yet, or Zoom says something new.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WebinarKind {
    Single,
    /// A series at fixed times.
    Recurring,
    /// A series without times.
    RecurringNoTime,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WebinarProgress {
    Upcoming,
    /// By the clock; Zoom does not tell.
    Running,
    Past,
    /// Deleted in Zoom.
    Deleted,
}

/// How many registrants stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrantCounts {
    pub approved: u32,
    pub pending: u32,
    pub denied: u32,
    pub cancelled: u32,
}

/// What the user has decided about a webinar and Zoom does not have yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarPending {
    /// Outbox row.
    pub item: String,
    /// It will be deleted; changed otherwise.
    pub deletes: bool,
    /// It has not left.
    pub can_undo: bool,
}

/// A webinar in a list: one row a webinar, whatever instances and dates it has.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarRow {
    pub id: String,
    pub topic: String,
    /// Of a series the next date, or the last one when all are over.
    pub start: Option<UtcMs>,
    pub end: Option<UtcMs>,
    pub minutes: u32,
    /// IANA.
    pub timezone: Option<String>,
    pub kind: WebinarKind,
    /// Dates of a series that are left.
    pub dates_left: u32,
    pub progress: WebinarProgress,
    pub approval: WebinarApproval,
    pub counts: RegistrantCounts,
    /// The lists of registrants were read at least once.
    pub counted: bool,
    /// How many can register; none where nobody limits it.
    pub capacity: Option<u32>,
    /// In the user's zone, 0 for today; none when it is over or has no time.
    pub days_to_go: Option<u32>,
    /// People who came, once that is known.
    pub attended: Option<u32>,
    pub pinned: bool,
    pub pending: Option<WebinarPending>,
}

/// A date of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarDate {
    /// Zoom's id of the occurrence.
    pub id: String,
    pub start: UtcMs,
    pub end: UtcMs,
}

/// One time that the webinar was held. A restarted webinar has several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarInstance {
    pub uuid: String,
    /// When Zoom says that it began.
    pub started: Option<UtcMs>,
    /// The first to come and the last to leave: Zoom does not tell a host when it really ended.
    pub first_join: Option<UtcMs>,
    pub last_leave: Option<UtcMs>,
    /// People, each once.
    pub people: u32,
    /// Zoom's lists no longer change.
    pub settled: bool,
}

/// Everything about a webinar but its registrants and who came.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarDetail {
    pub row: WebinarRow,
    pub number: String,
    pub uuid: Option<String>,
    pub agenda: String,
    pub host_email: Option<String>,
    pub created: Option<UtcMs>,
    /// Public; shown and copied.
    pub registration_url: Option<String>,
    /// A link for joining is known; the shell copies it.
    pub has_join_link: bool,
    /// There is a passcode; the shell copies it.
    pub has_passcode: bool,
    /// The settings below were read; before that they say nothing.
    pub settings_known: bool,
    pub settings: WebinarSettingsView,
    pub dates: Vec<WebinarDate>,
    pub instances: Vec<WebinarInstance>,
    pub panelists: Vec<PanelistRow>,
    /// As they are, or as they are to be while a change is under way.
    pub questions: Vec<RegistrationQuestion>,
    pub questions_pending: Option<WebinarPending>,
    pub sources: Vec<TrackingSourceRow>,
    /// How registering many goes.
    pub way: RegistrationWay,
    pub block: Option<RegistrationBlock>,
    /// When the registrants were last read completely.
    pub registrants_as_of: Option<UtcMs>,
    pub curve: RegistrationCurve,
    pub funnel: Option<WebinarFunnel>,
}

/// The settings that the window shows and the sheet changes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a setting of its own in Zoom")]
pub struct WebinarSettingsView {
    pub multiple_devices: bool,
    pub close_registration: bool,
    pub host_video: bool,
    pub panelists_video: bool,
    pub practice_session: bool,
    pub on_demand: bool,
    /// Zoom tells registrants about approval, denial and cancellation.
    pub notify_registrants: bool,
    /// Zoom confirms a registration by e-mail.
    pub confirmation_mail: bool,
    /// Zoom invites panelists by e-mail.
    pub invite_panelists: bool,
    pub question_and_answer: bool,
    pub share_buttons: bool,
    pub survey: bool,
    /// Only people signed in to Zoom.
    pub sign_in_required: bool,
    /// `none`, `local` or `cloud`.
    pub recording: String,
    /// `both`, `telephony`, `voip` or `thirdParty`.
    pub audio: String,
    /// E-mail addresses, separated by commas.
    pub alternative_hosts: String,
    pub contact_name: String,
    pub contact_email: String,
    /// Of Zoom's mail, for example `nl-NL`.
    pub mail_language: String,
    /// 0 for no limit.
    pub registrants_limit: u32,
    /// When Zoom reminds everybody by e-mail: 0 for never, else the sum of 1 for an hour, 2 for a day and 4 for a week
    /// before.
    pub reminder: u32,
    /// How many days after the end Zoom writes to who came; 0 for never, at most 7.
    pub thanks: u32,
    /// The same to who did not come.
    pub missed: u32,
    /// A survey of the host's own, which opens at the end instead of Zoom's.
    pub survey_url: String,
}

/// Somebody who speaks. Their own link is copied by the shell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PanelistRow {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    /// Zoom's id.
    pub panelist_id: Option<String>,
    pub has_link: bool,
    /// They are being removed.
    pub removing: bool,
}

/// A link to the form that tells where people came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TrackingSourceRow {
    pub id: String,
    pub name: String,
    pub url: Option<String>,
    pub registrations: u32,
    pub visitors: u32,
}

/// Registrations against days to go: one point for each day with news, cumulated.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationCurve {
    pub points: Vec<CurvePoint>,
    /// The last webinar of the user that is over, for comparison.
    pub ghost: Vec<CurvePoint>,
    pub ghost_topic: Option<String>,
    pub capacity: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CurvePoint {
    /// Days before the webinar; negative after it.
    pub days_to_go: i32,
    pub registered: u32,
}

/// How many came, and stayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarFunnel {
    /// Approved registrants.
    pub registered: u32,
    /// Of those, who came.
    pub attended: u32,
    /// Of those, who stayed for more than half.
    pub stayed: u32,
    /// People who came without a registration that is known.
    pub unregistered: u32,
}

/// What to copy of a webinar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WebinarCopy {
    JoinLink,
    RegistrationLink,
    Passcode,
}
