//! The sheet for a new meeting.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::FieldIssue;
use crate::meetings::view::MeetingRow;
use crate::terms::UtcMs;

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
    pub waiting_room: bool,
    pub personal_meeting_id: bool,
    pub log_event: bool,
    pub copy_invitation: bool,
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
    pub issues: Vec<FieldIssue>,
    /// Meetings of the user at the same time. They don't block.
    pub conflicts: Vec<MeetingRow>,
    /// Chosen people who asked not to get e-mail.
    pub opted_out: Vec<String>,
    /// Zoom's daily limit of 100 edits; an estimate, for other apps count too.
    pub edits_left: u32,
    /// Creating needs the network.
    pub online: bool,
}

/// A decision about a meeting was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// The row that carries it out; none when nothing differs.
    pub outbox_item: Option<String>,
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
}
