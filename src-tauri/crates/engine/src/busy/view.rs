//! What else makes the user busy, as the window shows it.

use serde::Serialize;
use specta::Type;

use crate::terms::UtcMs;

/// An entry of the user's calendar in Salesforce that is no meeting of this program, or a webinar that they host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: each flag is a mark of its own in the window")]
pub struct BusyRow {
    /// Salesforce's id; of a webinar its number and when it begins.
    pub id: String,
    pub subject: String,
    pub start: UtcMs,
    pub end: UtcMs,
    /// It is for whole days of the user's.
    pub all_day: bool,
    /// It ends on another day than it starts, or takes a whole one.
    pub spans_days: bool,
    /// Out of the office.
    pub away: bool,
    /// It is a webinar of the user's.
    pub webinar: bool,
    pub overlaps: bool,
}
