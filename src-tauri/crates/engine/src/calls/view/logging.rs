//! What is written to Salesforce of a call.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::CallRow;
use crate::outbox::view::{FieldValue, OutboxState};
use crate::terms::UtcMs;

/// Why a call is not logged, or not once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NotLogged {
    /// Nobody is linked with it.
    NotLinked,
    /// The Lead that is made for it is not there yet.
    LeadWaits,
    /// Zoom is still adding to it.
    NotFinal,
    /// A call inside the company, for which the user has chosen nobody.
    Internal,
    /// A colleague took it, or it was blocked.
    NotMine,
    /// Something else of the organisation has logged it.
    ByOthers,
    /// It is logged as it is, or on its way.
    Already,
    /// It is not there any more.
    Gone,
}

/// What is under way of a call that does not stand in Salesforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallLogging {
    Waiting,
    NeedsYou,
}

/// Who made the Task of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CallMaker {
    /// This program, here or on another computer.
    Own,
    Zoom,
    RingCentral,
    Einstein,
    Somebody,
}

/// What will be, or was, written of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallWriting {
    pub state: CallWritingState,
    /// Field by field, by Salesforce's own names.
    pub fields: Vec<FieldValue>,
    /// Fields that the user may not write, as far as it is known: they are left out.
    pub left_out: Vec<String>,
}

/// Where a call is on its way to Salesforce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CallWritingState {
    /// It can be logged.
    Ready,
    NotYet {
        why: NotLogged,
    },
    /// Its row of the outbox.
    OnItsWay {
        item: String,
        state: OutboxState,
        /// The user has said something since that is not in it: logging it again writes that too.
        differs: bool,
    },
    Logged {
        maker: CallMaker,
        /// Who, in the organisation's words.
        name: Option<String>,
        at: UtcMs,
        /// It was made from here less than a day ago.
        can_unlog: bool,
        /// What would be written now is something else: logging it again writes that.
        differs: bool,
    },
}

/// What became of logging calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LoggedCalls {
    /// The row of the outbox, of a single call.
    pub item: Option<String>,
    /// The group of the outbox, of several.
    pub group: Option<String>,
    pub logged: u32,
    pub left_out: Vec<LeftOutCall>,
}

/// A call that was not logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftOutCall {
    pub call: String,
    pub why: NotLogged,
}

/// What became of taking the Task of a call back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Unlogged {
    /// It had not left.
    Discarded,
    /// It is deleted there, unless somebody has changed it.
    Deleting {
        item: String,
    },
    /// It was made more than a day ago: others may count on it.
    TooOld,
    /// Something else of the organisation made it.
    NotOurs,
    NotLogged,
}

/// What the rule would have logged in the last seven days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AutoLogPreview {
    pub calls: u32,
    /// All calls of these days.
    pub of: u32,
    /// The latest of them.
    pub rows: Vec<CallRow>,
}

/// What is to be done after a call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FollowUp {
    pub subject: String,
    /// `YYYY-MM-DD` on the user's clocks.
    pub day: String,
    /// `HH:MM` on the user's clocks: when Salesforce reminds of it.
    pub time: Option<String>,
    pub note: String,
}

/// An open Task in Salesforce that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DueTask {
    pub id: String,
    pub subject: String,
    /// `YYYY-MM-DD`.
    pub day: Option<String>,
    /// It was due before today.
    pub overdue: bool,
    pub person: Option<String>,
}
