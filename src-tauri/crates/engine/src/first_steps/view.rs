//! The first steps, as the window shows them.

use serde::Serialize;
use specta::Type;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FirstSteps {
    pub steps: Vec<FirstStepRow>,
    /// Until it is put away.
    pub shown: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FirstStepRow {
    pub step: FirstStep,
    pub done: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FirstStep {
    /// Entered a meeting, or copied how to.
    Meeting,
    /// Linked a call.
    Call,
    /// Opened the palette.
    Palette,
    /// Planned a meeting.
    Schedule,
    /// Set a key of the system, or used the command that a key of the system calls.
    Hotkey,
}
