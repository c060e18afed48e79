//! What the palette is asked, and what it answers.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::calls::view::CallRow;
use crate::meetings::view::MeetingHit;
use crate::people::view::PersonHit;
use crate::webinars::view::WebinarRow;

/// What was typed, and what the window can do now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PaletteAsk {
    /// `>` before it looks for commands and settings only, `@` for people.
    pub query: String,
    /// BCP 47 tag of whoever types, such as `nl-NL`.
    pub region: String,
    /// The word before a line that plans a meeting, in the window's language.
    pub plan_word: String,
    pub commands: Vec<PaletteCommand>,
}

/// Something that the window itself can do, by the words that the user reads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PaletteCommand {
    pub id: String,
    pub title: String,
    /// It leads to a setting.
    pub setting: bool,
}

/// What fits, the best group first, the best entry of each first.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PaletteAnswer {
    pub groups: Vec<PaletteGroup>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PaletteGroup {
    pub kind: PaletteKind,
    pub entries: Vec<PaletteEntry>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PaletteKind {
    /// A line that plans a meeting.
    Plan,
    /// Without a query: what is used most, of every kind.
    Used,
    Commands,
    Meetings,
    People,
    Calls,
    Webinars,
    Settings,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PaletteEntry {
    Plan { line: String },
    Command { id: String },
    Setting { id: String },
    Meeting { hit: Box<MeetingHit> },
    Person { hit: PersonHit },
    Call { row: Box<CallRow> },
    Webinar { row: Box<WebinarRow> },
}

/// What was chosen in the palette.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PaletteChoice {
    Command { id: String },
    Setting { id: String },
    Meeting { id: String },
    Person { id: String },
    Call { id: String },
    Webinar { id: String },
}
