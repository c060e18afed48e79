//! The sheet for how a series that is there repeats, and in which zone.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::FieldIssue;
use crate::schedule::view::{Fold, Repeats, SeriesDates};

/// What the sheet holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleDraft {
    /// The day from which the rule counts, `YYYY-MM-DD`.
    pub date: String,
    /// `HH:MM`, wall time in `zone`.
    pub time: String,
    pub zone: String,
    pub minutes: u32,
    /// Which of two equal wall times is meant when the clocks go back.
    pub fold: Option<Fold>,
    pub repeats: Repeats,
}

/// A series as its sheet begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeriesRule {
    pub topic: String,
    pub draft: RuleDraft,
    /// How many dates are still to come.
    pub coming: u32,
}

/// What another rule would make of a series, before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleCheck {
    pub issues: Vec<FieldIssue>,
    /// The day that it is for the user, `YYYY-MM-DD`.
    pub today: String,
    /// The dates then, where the rule has any.
    pub dates: Option<SeriesDates>,
    /// Dates that stay as they are, that get another time or length, that are new, and that are gone.
    pub same: u32,
    pub moved: u32,
    pub added: u32,
    pub gone: u32,
    /// What becomes of dates that were moved or cancelled one by one, in order.
    pub alone: Vec<AloneDate>,
    /// How many dates have an event in Salesforce, or one on its way.
    pub events: u32,
    /// Nothing would be another one.
    pub unchanged: bool,
    /// Zoom's daily limit of 100 edits; an estimate, for other apps count too.
    pub edits_left: u32,
}

/// A date that does not follow the rule that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AloneDate {
    /// Where the rule has it.
    pub planned: WallMoment,
    /// Where it was moved to; nothing where it was cancelled.
    pub moved_to: Option<WallMoment>,
    /// When it is by the new rule; nothing where it is gone.
    pub becomes: Option<WallMoment>,
}

/// A moment on the clocks of the draft's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WallMoment {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `HH:MM`.
    pub time: String,
}
