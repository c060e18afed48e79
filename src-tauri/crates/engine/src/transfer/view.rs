//! Export and import, as the window shows them.

use serde::Serialize;
use specta::Type;

use crate::terms::UtcMs;

/// What a file holds, and what taking it in does or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// When the file was made.
    pub made: UtcMs,
    /// Only what the file has something of.
    pub parts: Vec<TransferPart>,
}

/// One kind of knowledge in a file, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TransferPart {
    pub what: TransferKind,
    /// Not on this computer yet.
    pub fresh: u32,
    /// In place of something older that is here.
    pub newer: u32,
    /// What is here is the same or newer, and stays.
    pub stays: u32,
    /// Can't be read.
    pub unreadable: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TransferKind {
    CallNotes,
    CallLinks,
    NumberChoices,
    MeetingLinks,
    GuestAnswers,
    MeetingTopics,
    MeetingTemplates,
    WebinarTemplates,
    PinnedWebinar,
    RegistrationReasons,
    Settings,
}
