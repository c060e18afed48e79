//! The sheet for a webinar that is made or changed.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{WebinarApproval, WebinarSettingsView};
use crate::error::FieldIssue;
use crate::terms::UtcMs;

/// What the sheet holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarDraft {
    /// Made once per sheet, so that a second press of the button can't make a second webinar.
    pub id: String,
    pub topic: String,
    pub agenda: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `HH:MM`, wall time in `zone`.
    pub time: String,
    pub zone: String,
    pub minutes: u32,
    pub approval: WebinarApproval,
    pub passcode: bool,
    /// Every week at this time, so often; none for one date. Only when it is made.
    pub weeks: Option<u32>,
    /// Zoom's template that it is made from: approval, passcode and settings are then the template's. Only when it is
    /// made.
    pub template: Option<WebinarTemplateChoice>,
    pub settings: WebinarSettingsView,
}

/// Something to begin a webinar from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarTemplateChoice {
    pub id: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarTemplates {
    /// The user's own, kept on this computer.
    pub own: Vec<WebinarTemplateChoice>,
    pub zoom: Vec<WebinarTemplateChoice>,
    /// Zoom's could be read; else the list says nothing.
    pub zoom_known: bool,
}

/// What is thought of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarSheetCheck {
    pub start: Option<UtcMs>,
    pub end: Option<UtcMs>,
    pub issues: Vec<FieldIssue>,
    /// Making needs the network.
    pub online: bool,
    /// Zoom's daily limit of 100 changes; an estimate, for other apps count too.
    pub edits_left: u32,
}

/// A webinar that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarMade {
    pub id: String,
}

/// Somebody to add to the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewPanelistRow {
    pub name: String,
    pub email: String,
}

/// What became of a decision about a webinar or its panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarDecided {
    /// Outbox rows, in the order of what was decided; none where nothing was to be done.
    pub items: Vec<String>,
}
