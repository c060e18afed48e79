//! One call with everything that the inspector shows.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{CallPerson, CallRow, CallWriting};
use crate::terms::UtcMs;
use crate::topics::view::Topic;

/// Why it ended so, where more is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallBecause {
    RangOut,
    CallerGaveUp,
    AnsweredByOther,
    PickedUpByOther,
}

/// Why a call belongs to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CallWhy {
    /// Dialled from the record.
    Intent { at: UtcMs },
    /// The user decided so for this number.
    Remembered { since: UtcMs },
    /// A field has the line.
    Line {
        /// The field's name in Salesforce.
        field: String,
        /// What stands there.
        written: String,
        /// Who says that two spellings ring the same line, where they differ.
        source: Option<String>,
        /// The number stands with a record that this one took the place of.
        followed: Option<CallFollowed>,
    },
    /// The user chose the person for this call.
    Chosen { at: UtcMs },
    /// The user ignores this call, or the number.
    Ignored { at: UtcMs },
    /// The user took the link away.
    Unlinked { at: UtcMs },
}

/// How a record took the place of the one that has the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallFollowed {
    Converted,
    Merged,
}

/// Why a number that is alike is not enough for a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallDoubt {
    /// The same line, and only one side tells an extension.
    Extension,
    /// An assistant's telephone or a fax.
    OthersLine,
    TwoReadings,
    NotValid,
    Short,
    Ending,
    /// The number is that of several of the account's people, and none of its own.
    ItsPeople,
}

/// Somebody whose call it may be; the likelier first, to be numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallCandidate {
    pub person: CallPerson,
    /// A Lead's company, or the account's name.
    pub company: Option<String>,
    pub title: Option<String>,
    pub owner: Option<String>,
    pub do_not_call: bool,
    /// The last call or meeting with them, or the day of the last activity that Salesforce knows of.
    pub last_touch: Option<UtcMs>,
    /// The user owns an open opportunity in which they have a role, or that their account has.
    pub open_opportunity: bool,
    /// The field that speaks for them, and what stands there; empty for an account that only its people speak for.
    pub field: String,
    pub written: String,
    pub followed: Option<CallFollowed>,
    /// What leaves a doubt; without one the number is theirs, and so it is others'.
    pub doubt: Option<CallDoubt>,
}

/// Somebody, or something, at an end of a call, as Zoom tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallParty {
    pub name: Option<String>,
    pub number: Option<String>,
    pub extension: Option<String>,
    /// A queue, menu or shared line.
    pub line: bool,
}

/// One step of a call's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallStep {
    /// Zoom's word: `incoming`, `ring_to_member`, `warm_transfer`, `park` and others; may be a new one.
    pub event: Option<String>,
    pub from: CallParty,
    pub to: CallParty,
    pub operator: Option<String>,
    pub start: Option<UtcMs>,
    pub answer: Option<UtcMs>,
    pub end: Option<UtcMs>,
    /// Zoom's word for how it ended.
    pub result: Option<String>,
    /// Zoom's word for why.
    pub reason: Option<String>,
    pub mine: bool,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallVoicemail {
    pub id: String,
    pub at: UtcMs,
    pub seconds: u32,
    pub unread: bool,
    pub name: Option<String>,
    pub number: Option<String>,
    /// What was said, in writing; `None` where Zoom has written nothing.
    pub transcript: Option<String>,
}

/// Why there is no number that could be anybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NoNumberReason {
    /// The caller hid it.
    Withheld,
    /// The network had none.
    Unknown,
    /// A service code, or an address.
    Code,
    /// An emergency number, a short code or an extension.
    Short,
    /// It has no country code, and the user's country is not known.
    CountryUnknown,
    /// It is no possible number.
    NotPossible,
}

/// What the user wrote and chose about a call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallNote {
    pub note: String,
    /// The org's word.
    pub disposition: Option<String>,
}

/// One call with everything that the inspector shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: each flag is a mark of its own in the window")]
pub struct CallDetail {
    pub row: CallRow,
    /// Who decided whose it is, and why; `None` where nothing is decided.
    pub why: Option<CallWhy>,
    /// The linked person is not to be called.
    pub do_not_call: bool,
    pub candidates: Vec<CallCandidate>,
    pub no_number: Option<NoNumberReason>,
    /// What the user decided for the number once and for all.
    pub remembered: Option<RememberedNumber>,
    /// Zoom's number of the call.
    pub call_id: Option<String>,
    pub caller: CallParty,
    pub callee: CallParty,
    /// The queue, menu or shared line that it came through.
    pub through: Option<CallParty>,
    /// Others outside who took part.
    pub others: Vec<CallParty>,
    pub ring_start: UtcMs,
    pub answer_start: Option<UtcMs>,
    pub end: Option<UtcMs>,
    pub talk_seconds: u32,
    pub hold_seconds: u32,
    pub wait_seconds: u32,
    pub because: Option<CallBecause>,
    /// Zoom's own word for the outcome.
    pub result: Option<String>,
    /// And for why.
    pub result_reason: Option<String>,
    pub hidden: bool,
    pub spam: bool,
    pub emergency: bool,
    /// Zoom tells no more of it.
    pub complete: bool,
    pub path: Vec<CallStep>,
    pub recordings: u32,
    pub summary: bool,
    pub voicemails: Vec<CallVoicemail>,
    pub note: CallNote,
    /// What it is about, where the user has said so.
    pub topic: Option<Topic>,
    pub writing: CallWriting,
    /// Earlier calls with the person, else with the number; latest first.
    pub earlier: Vec<CallRow>,
}

/// What the user decided for a number once and for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RememberedNumber {
    /// Names the decision: to be handed back for revoking it.
    pub id: String,
    /// As people write it.
    pub number: String,
    /// Always this person; `None` means that the number is ignored.
    pub person: Option<CallPerson>,
    pub since: UtcMs,
}
