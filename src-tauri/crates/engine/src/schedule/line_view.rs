//! The one line of the Schedule sheet.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::people::view::PersonHit;
use crate::schedule::view::{ScheduleDraft, WallSpan};
use crate::terms::UtcMs;

/// A line as far as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LineText {
    pub text: String,
    /// BCP 47 tag of whoever types, such as `nl-NL`.
    pub region: String,
    /// Words whose question was answered with the second reading.
    pub others: Vec<String>,
    /// What the sheet holds. Of its people only those that were chosen by hand.
    pub draft: ScheduleDraft,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LineRead {
    /// In their order; they don't overlap.
    pub spans: Vec<LineSpan>,
    /// The words that are nothing else, and those of people who are not known or not chosen yet.
    pub topic: String,
    /// `YYYY-MM-DD`; of a time without a day the next day with that time.
    pub date: Option<String>,
    /// `HH:MM`, on the clocks of `zone`, else of the draft's.
    pub time: Option<String>,
    pub minutes: Option<u32>,
    pub zone: Option<String>,
    pub series: Option<LineSeries>,
    pub people: Vec<LinePerson>,
    /// Free times, where the line has a day, or a half of one, and no time.
    pub slots: Vec<LineSlot>,
}

/// A part of the line that says something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LineSpan {
    /// In UTF-16 units.
    pub from: u32,
    pub to: u32,
    pub words: String,
    pub meaning: LineMeaning,
    /// What else it could mean: that is asked.
    pub other: Option<LineMeaning>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LineMeaning {
    /// `YYYY-MM-DD`.
    Date {
        date: String,
    },
    /// `HH:MM`.
    Time {
        time: String,
    },
    /// «In 2 hours».
    Moment {
        date: String,
        time: String,
    },
    Length {
        minutes: u32,
    },
    Zone {
        zone: String,
        place: String,
    },
    /// Who is in `people`.
    Person,
    Series {
        series: LineSeries,
    },
    Part {
        part: LinePart,
    },
    /// `31 feb`.
    NoSuchDay {
        year: i32,
        month: u32,
        /// How many days the month has.
        days: u32,
    },
    /// `25:00`.
    NoSuchTime,
    Topic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LinePart {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// A series that the line asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LineSeries {
    pub unit: LineUnit,
    pub every: u32,
    /// 1 is Monday.
    pub days: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LineUnit {
    Day,
    Week,
    Month,
}

/// Somebody whom the line names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LinePerson {
    pub words: String,
    /// Who can be meant, the best first; nobody when the copy knows none.
    pub hits: Vec<PersonHit>,
    /// The id of the only one who is meant.
    pub chosen: Option<String>,
    /// An address of somebody whom the copy does not know.
    pub email: Option<String>,
}

/// A free time that is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LineSlot {
    pub start: UtcMs,
    /// On the clocks that the meeting is planned in.
    pub there: WallSpan,
    /// On the user's own.
    pub here: WallSpan,
    /// Outside the hours of work there.
    pub outside_theirs: bool,
}
