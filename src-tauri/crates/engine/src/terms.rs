//! Terms that all areas share with each other and with the window.

pub use liaison_domain::{Environment, Provider};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Milliseconds since the Unix epoch, UTC. Fits a JavaScript number; `specta` is told of a smaller
/// type because it would make a float nullable and forbid 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct UtcMs(#[specta(type = i32)] pub i64);

/// Names the data that a command reads or a change made stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Tag {
    Session,
    Meetings,
    People,
    Calls,
    Webinars,
    Outbox,
    Settings,
    /// What was said of meetings, and what is wanted of reminders.
    Reminders,
    /// How far a pull under way has come.
    Progress,
}

impl Tag {
    /// What the rows of a table are part of; `None` for what nobody sees.
    pub(crate) fn of_table(table: &str) -> Option<Self> {
        match table {
            "zoom_meetings" | "busy_events" | "links" | "meeting_instances" | "meeting_sessions"
            | "meeting_recordings" | "meeting_guests" | "meeting_templates" | "meeting_topics" => Some(Self::Meetings),
            "people" => Some(Self::People),
            "outbox" | "outbox_groups" | "records_pushed" | "event_differences" => Some(Self::Outbox),
            "calls" | "call_links" | "call_notes" | "call_tasks" | "number_choices" | "voicemails"
            | "open_opportunities" => Some(Self::Calls),
            "webinars"
            | "webinar_dates"
            | "webinar_registrants"
            | "webinar_panelists"
            | "webinar_sources"
            | "webinar_instances"
            | "webinar_sessions"
            | "webinar_parts"
            | "webinar_said"
            | "webinar_recordings"
            | "webinar_viewers"
            | "webinar_absentees"
            | "webinar_templates"
            | "pinned_webinar"
            | "webinar_campaigns" => Some(Self::Webinars),
            "settings" => Some(Self::Settings),
            "accounts" | "zoom_user" => Some(Self::Session),
            _ => None,
        }
    }
}

/// Names what a command or a pull does in the log, down to the requests that it makes.
pub(crate) fn request_id() -> String {
    format!("{:08x}", rand::random::<u32>())
}

/// In which language the window speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    System,
    En,
    Nl,
}
