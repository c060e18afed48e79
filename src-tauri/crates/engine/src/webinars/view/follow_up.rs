//! What is to be done with those who stayed away.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::calls::view::FollowUp;
use crate::people::view::PersonHit;

/// What the user asks for. The window holds it and sends it with each question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FollowUpAsk {
    pub webinar: String,
    /// What each Task says.
    pub task: FollowUp,
    /// Registrants who get none.
    pub left_out: Vec<String>,
}

/// What becomes of one who stayed away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FollowUpDoes {
    Create,
    /// They have one of this webinar.
    There,
    /// Nobody, or several, have the address.
    Unknown,
    LeftOut,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FollowUpRow {
    pub registrant: String,
    pub name: String,
    pub email: String,
    pub person: Option<PersonHit>,
    pub does: FollowUpDoes,
}

/// Who would get a Task; the run does exactly that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FollowUpPlan {
    pub create: u32,
    pub there: u32,
    pub unknown: u32,
    /// All who stayed away.
    pub total: u32,
    /// The first thousand of them.
    pub rows: Vec<FollowUpRow>,
}

/// What was put in line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FollowUpRun {
    /// The row of a single person.
    pub item: Option<String>,
    /// The group of more.
    pub group: Option<String>,
    pub people: u32,
}
