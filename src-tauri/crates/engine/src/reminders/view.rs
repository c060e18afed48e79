//! Reminders as the window shows them.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::meetings::view::MeetingRow;
use crate::terms::UtcMs;

/// Everything about reminders that the window shows.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reminders {
    pub settings: ReminderSettings,
    /// Nothing is said until then.
    pub paused_until: Option<UtcMs>,
    /// What was said last and has not been answered, in the order in which it was said.
    pub notices: Vec<ReminderNotice>,
    /// What became of the last trial.
    pub trial: Option<NoticeFate>,
}

/// What the user wants of reminders. Stored in a form of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReminderSettings {
    pub on: bool,
    /// Minutes before the start, each a reminder of its own: 0 to 120, at most three.
    pub before: Vec<u32>,
    /// At the start, when the meeting was not joined.
    pub at_start: bool,
    /// Minutes after the start, when it was still not joined: 1 to 15.
    pub not_joined: Option<u32>,
    /// How long the notification's own button snoozes, in minutes: 1 to 60.
    pub snooze_minutes: u32,
    /// What a click on the notification itself does.
    pub click: NoticeClick,
    /// Notifications and the tray say «Meeting» instead of topics and names.
    pub hide_titles: bool,
}

/// What a click on a notification does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NoticeClick {
    Join,
    Show,
}

/// What became of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NoticeFate {
    /// Handed to the system, which has not said anything yet.
    Waiting,
    /// The system took it. Whether it shows it is its own business: there may be a «do not disturb».
    Shown,
    /// Somebody clicked on it.
    Clicked,
    /// The system has no notifications, or does not let this program show any.
    Blocked,
}

/// Something that was said and not answered.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReminderNotice {
    pub id: String,
    /// It came too late to be a reminder.
    pub missed: bool,
    pub fate: NoticeFate,
    pub rows: Vec<MeetingRow>,
}

/// What goes on while the window is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Background {
    /// The system has a place for an icon. Without one nobody could come back to a program without a window, so closing
    /// the window ends it.
    pub tray: bool,
    /// Closing the window leaves the program running.
    pub keep_running: bool,
    /// The program is started, without its window, when the user logs in.
    pub start_at_login: bool,
}

/// How long nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReminderPause {
    HalfAnHour,
    Hour,
    /// Until the next day begins where the user is.
    Tomorrow,
    None,
}

/// The bell of one meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum MeetingBell {
    /// As the settings say.
    Usual,
    Silent,
    /// Once, so many minutes before the start.
    Before {
        minutes: u32,
    },
}

/// What was chosen for one meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingReminder {
    pub bell: MeetingBell,
    /// No reminders of this occurrence until it is moved.
    pub dismissed: bool,
    pub joined: bool,
    pub snoozed_until: Option<UtcMs>,
}
