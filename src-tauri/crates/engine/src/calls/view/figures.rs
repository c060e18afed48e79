//! The ledger and the charts.

use serde::Serialize;
use specta::Type;

use crate::terms::UtcMs;

/// One day of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LedgerDay {
    /// `YYYY-MM-DD` in the user's zone.
    pub day: String,
    /// Calls of the user.
    pub calls: u32,
    pub linked: u32,
    pub logged: u32,
    /// The user decided that they are nobody's.
    pub ignored: u32,
    pub internal: u32,
    pub no_number: u32,
    /// A colleague took them, or they were blocked.
    pub not_mine: u32,
    /// Zoom takes them for spam, and they are linked with nobody: nobody is asked about them.
    pub spam: u32,
    /// They wait for the user, or for people to be known.
    pub waiting: u32,
    /// Legs that Zoom listed and that are not here; `None` when the day was not compared yet. A day is compared while it
    /// is one of the last fourteen, and as long as something of it is missing.
    pub missing: Option<u32>,
    /// Legs that Zoom's sync had not told and that came by comparing.
    pub filled: u32,
    /// Rows of Zoom's list that can't be read; they are among the missing.
    pub unreadable: u32,
    /// When it was compared.
    pub compared: Option<UtcMs>,
}

/// One day of the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChartDay {
    pub day: String,
    pub answered_out: u32,
    pub answered_in: u32,
    pub missed: u32,
}

/// One hour of a weekday: calls that the user made and how many were answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChartHour {
    /// 1 Monday to 7 Sunday.
    pub weekday: u32,
    /// 0 to 23.
    pub hour: u32,
    pub calls: u32,
    pub answered: u32,
}

/// What the charts show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallCharts {
    /// Fourteen days, the last one today.
    pub days: Vec<ChartDay>,
    /// Hours with calls, over everything that is here; empty below a hundred calls.
    pub hours: Vec<ChartHour>,
}
