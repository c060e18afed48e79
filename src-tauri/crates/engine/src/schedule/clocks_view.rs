//! The strip of two clocks in the schedule sheet. Places go from 0 to 1 (which specta would call nullable, hence the other
//! type they are told of); times are as the clocks show them.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::schedule::view::Fold;
use crate::terms::UtcMs;

/// Which meeting it is for: dates `YYYY-MM-DD`, times `HH:MM` on the clocks of `zone`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClocksAsked {
    pub date: String,
    pub time: String,
    pub zone: String,
    pub minutes: u32,
    pub fold: Option<Fold>,
    /// The meeting that is changed, which is not in its own way.
    pub meeting: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TwoClocks {
    pub here: OneClock,
    pub there: OneClock,
    /// What the user has planned then.
    pub busy: Vec<ClockSpan>,
    /// The meeting itself.
    pub chosen: ClockSpan,
    /// Starts that can be chosen, in order.
    pub steps: Vec<ClockStep>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OneClock {
    pub zone: String,
    pub hours: Vec<ClockHour>,
    pub work: Vec<ClockSpan>,
    /// Where its clocks are changed.
    pub changes: Vec<ClockChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClockSpan {
    #[specta(type = i32)]
    pub from: f64,
    #[specta(type = i32)]
    pub to: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClockHour {
    pub hour: u32,
    #[specta(type = i32)]
    pub at: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClockChange {
    #[specta(type = i32)]
    pub at: f64,
    /// The clocks go forward, so that an hour is missing; else they go back.
    pub forward: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: each flag is a mark of its own in the window")]
pub struct ClockStep {
    pub start: UtcMs,
    #[specta(type = i32)]
    pub from: f64,
    #[specta(type = i32)]
    pub to: f64,
    /// On the clocks of the meeting's zone, as the sheet takes it.
    pub date: String,
    pub time: String,
    /// Which of two equal times it is.
    pub fold: Option<Fold>,
    /// When it begins on the user's own clock.
    pub here: String,
    pub at_work_here: bool,
    pub at_work_there: bool,
    pub is_free: bool,
    /// It is over.
    pub past: bool,
}
