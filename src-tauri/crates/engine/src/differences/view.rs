//! What the window sees of differences.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::outbox::event::agreed::Part;
use crate::terms::UtcMs;

/// What Zoom and Salesforce say differently.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingDifferences {
    /// How many of them the user has to decide about.
    pub asks: u32,
    /// All of them, those that ask first.
    pub rows: Vec<MeetingDifference>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingDifference {
    /// The meeting's id.
    pub meeting: String,
    pub topic: String,
    /// When it begins, says Zoom.
    pub start: Option<UtcMs>,
    pub part: DifferencePart,
    pub zoom: DifferenceSays,
    pub salesforce: DifferenceSays,
    /// When it was first seen.
    pub since: UtcMs,
    /// Whether the user has to decide, or is told that what was written in Salesforce stays.
    pub asks: bool,
    /// The row of the outbox that is about to settle it.
    pub outbox_item: Option<String>,
}

/// What of an Event differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DifferencePart {
    /// Whether it is there at all.
    Event,
    Subject,
    Time,
    Place,
    Notes,
}

/// What one side says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DifferenceSays {
    Text {
        text: String,
    },
    Span {
        start: UtcMs,
        end: UtcMs,
    },
    /// The meeting, or its Event, is there.
    There {},
    /// It is gone.
    Gone {},
    /// Somebody else hosts the meeting now, with the address where Zoom tells it.
    Elsewhere {
        host: Option<String>,
    },
}

impl From<DifferencePart> for Part {
    fn from(part: DifferencePart) -> Self {
        match part {
            DifferencePart::Event => Self::Event,
            DifferencePart::Subject => Self::Subject,
            DifferencePart::Time => Self::Time,
            DifferencePart::Place => Self::Place,
            DifferencePart::Notes => Self::Notes,
        }
    }
}

impl From<Part> for DifferencePart {
    fn from(part: Part) -> Self {
        match part {
            Part::Event => Self::Event,
            Part::Subject => Self::Subject,
            Part::Time => Self::Time,
            Part::Place => Self::Place,
            Part::Notes => Self::Notes,
        }
    }
}
