//! Who came, as it is shown.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::WebinarFunnel;
use crate::people::view::PersonHit;
use crate::terms::UtcMs;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct AttendanceFilter {
    /// None for all.
    pub presence: Option<Presence>,
    /// Any part of a name or an address. Empty for all.
    pub query: String,
}

/// Whether somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Presence {
    /// A registrant who came, or somebody of whom the user has said who it was.
    Attended,
    /// A registrant who did not, and watched the recording, where Zoom tells.
    OnDemand,
    /// A registrant who did not.
    Absent,
    /// Somebody who came and belongs to no registration that is known.
    Unknown,
    /// Host, panelists, and people of the account.
    Staff,
}

/// How far the lists are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AttendanceState {
    /// It is not over.
    NotYet,
    /// It is over, and Zoom has no list yet.
    Waiting,
    /// Zoom's lists may still change.
    Provisional,
    Settled,
    /// The app lacks the right to read it.
    NoRight,
}

/// A page of people, at most 200.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceList {
    pub rows: Vec<AttendanceRow>,
    pub total: u32,
    pub attended: u32,
    /// Who watched the recording instead.
    pub on_demand: u32,
    /// The others who did not come.
    pub absent: u32,
    pub unknown: u32,
    pub staff: u32,
    pub state: AttendanceState,
    /// The right that is missing, by Zoom's name.
    pub scope: Option<String>,
    pub as_of: Option<UtcMs>,
    pub funnel: Option<WebinarFunnel>,
}

/// A person: all their sessions in all instances.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceRow {
    pub id: String,
    pub presence: Presence,
    /// A registrant whom nobody saw come, and whom Zoom does not call absent: no no-show is made of them.
    pub doubtful: bool,
    pub name: String,
    pub email: Option<String>,
    /// Zoom's id of the registration.
    pub registrant: Option<String>,
    /// The Lead or Contact with this address; none where nobody or several have it.
    pub person: Option<PersonHit>,
    pub several: bool,
    /// The user has said who they were.
    pub linked: bool,
    pub sessions: Vec<AttendanceSession>,
    /// Time inside; two devices at once count once.
    pub seconds: u32,
    pub first_join: Option<UtcMs>,
    pub last_leave: Option<UtcMs>,
    /// Registrants of the same name, with their addresses: for the user to look at, never taken for them.
    pub namesakes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceSession {
    /// Name used then.
    pub name: String,
    /// Zoom's number of the session.
    pub user_id: Option<String>,
    pub join: Option<UtcMs>,
    pub leave: Option<UtcMs>,
    pub seconds: u32,
}
