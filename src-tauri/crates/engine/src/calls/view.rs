//! Calls as they are shown. Texts are codes and parameters; the words are in the window's own files.

mod detail;
mod figures;
mod lead;
mod logging;

pub use detail::*;
pub use figures::*;
pub use lead::*;
pub use logging::*;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::pull::access::RoomAccess;
use crate::terms::UtcMs;

/// Which way a call went, seen from the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallDirection {
    Inbound,
    Outbound,
}

/// What became of a call, seen from the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallOutcome {
    Answered,
    /// It rang at the user and a colleague took it: not missed.
    AnsweredByColleague,
    /// Answered where the user had it sent on to.
    Forwarded,
    Voicemail,
    Missed,
    Declined,
    Busy,
    Cancelled,
    NoAnswer,
    Failed,
    Blocked,
    Unknown,
}

/// Whether it is known whose call it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallStanding {
    /// It waits for the first pull of people.
    New,
    Linked,
    /// A Lead for it is on its way: see [`CallRow::new_lead`].
    NewLead,
    /// Several may have the number.
    Ask,
    /// A line that several people of one account share.
    Switchboard,
    /// Nobody has the number.
    Nobody,
    /// The user decided that it is nobody's.
    Ignored,
    Internal,
    /// It has no number: see [`CallDetail::no_number`].
    NoNumber,
}

/// Which calls a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallChip {
    #[default]
    All,
    ToLink,
    Missed,
    Voicemail,
    Logged,
}

/// What to list. Without `from` and `to` everything that is here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallFilter {
    pub chip: CallChip,
    /// The first moment.
    pub from: Option<UtcMs>,
    /// The first moment after it.
    pub to: Option<UtcMs>,
    /// Words: a name, a company, any part of a number however it is typed, a note. Empty for all.
    pub query: String,
}

/// A Lead, a Contact or an account that a call belongs to, or may belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallPerson {
    /// `Lead:00Q…` or `Contact:003…`, as in the search for people, or `Account:001…`.
    pub id: String,
    pub name: String,
}

/// One call in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: each flag is a mark of its own in the window")]
pub struct CallRow {
    pub id: String,
    pub direction: CallDirection,
    pub outcome: CallOutcome,
    pub internal: bool,
    /// The linked person, else the name that Zoom has, unless it stands for nobody («Wireless Caller»); empty when nobody
    /// knows.
    pub who: String,
    pub company: Option<String>,
    /// The number as people in the user's country write it.
    pub number: Option<String>,
    pub start: UtcMs,
    /// Talk and hold together.
    pub seconds: u32,
    pub standing: CallStanding,
    /// Waits for the user to say who it was.
    pub to_link: bool,
    /// How many there are to choose from; 0 where nobody is asked about.
    pub candidates: u32,
    pub person: Option<CallPerson>,
    /// The Lead that is being made for it.
    pub new_lead: Option<NewLead>,
    /// It stands in Salesforce, whoever wrote it.
    pub logged: bool,
    /// It does not, and something of it is under way.
    pub logging: Option<CallLogging>,
    pub voicemail: bool,
    /// Nobody has listened to a message of it.
    pub unheard: bool,
    pub recording: bool,
}

/// A Lead that is on its way to Salesforce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewLead {
    /// Its row of the outbox.
    pub item: String,
    /// It goes on only when the user has done something.
    pub needs_you: bool,
}

/// How many calls there are behind each chip, in the filter's stretch of time, whatever its query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallCounts {
    pub all: u32,
    pub to_link: u32,
    pub missed: u32,
    pub voicemail: u32,
    pub logged: u32,
}

/// How far the history is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallHistory {
    /// Every call from here on is here.
    pub back_to: Option<UtcMs>,
    /// How far it will be filled.
    pub goal: Option<UtcMs>,
    /// More is on its way.
    pub filling: bool,
    /// When Zoom last told everything that is new.
    pub as_of: Option<UtcMs>,
}

/// A page of the list with everything around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallList {
    pub rows: Vec<CallRow>,
    /// How many match the filter.
    pub total: u32,
    pub counts: CallCounts,
    pub access: RoomAccess,
    /// Whether voicemails can be read; calls may be where they can't.
    pub voicemail_access: RoomAccess,
    pub history: CallHistory,
}

/// What a decision changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallDecision {
    /// Hand it back to take the decision back. Lives until the profile is closed.
    pub undo: String,
    /// How many calls changed.
    pub calls: u32,
}

/// Links that were made later than their calls came, because somebody, a number or the country became known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LateLinks {
    pub id: String,
    pub at: UtcMs,
    pub rows: Vec<CallRow>,
    pub total: u32,
}

/// A number that will be dialled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DialChoice {
    /// As it is dialled.
    pub number: String,
    /// As people write it.
    pub shown: String,
    /// What is dialled after somebody answered.
    pub extension: Option<String>,
    /// The person, or somebody who has the number where none was named, is not to be called: ask first.
    pub do_not_call: bool,
    /// Who of those that have the number is not to be called; empty where a person was named.
    pub not_to_call: Vec<String>,
}

/// Which program dials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DialWith {
    Zoom,
    /// Whatever the computer has for `tel:`.
    System,
}

/// In which country a number without a country code is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallRegion {
    /// The user's own choice, as an ISO code.
    pub chosen: Option<String>,
    /// What counts; `None` while nobody tells one.
    pub used: Option<String>,
    pub source: Option<RegionSource>,
    /// What can be chosen.
    pub choices: Vec<String>,
}

/// Who told a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RegionSource {
    Chosen,
    ZoomNumber,
    Organisation,
    Computer,
}

/// How far a decision about a call reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallScope {
    ThisCall,
    /// All calls of the number that wait for somebody to decide.
    ThisNumber,
    /// Those, and every one to come: the decision is remembered for the number.
    Always,
}
