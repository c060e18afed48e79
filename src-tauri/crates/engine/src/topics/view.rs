//! What something may be about.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A record in Salesforce that a call or a meeting is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Topic {
    pub kind: TopicKind,
    pub id: String,
    pub name: String,
    /// Stage or status, in the organisation's words.
    pub state: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TopicKind {
    Account,
    Opportunity,
    Case,
}

impl TopicKind {
    /// Salesforce's name of the object.
    pub(crate) fn object(self) -> &'static str {
        match self {
            Self::Account => "Account",
            Self::Opportunity => "Opportunity",
            Self::Case => "Case",
        }
    }

    /// `None` for an object that nothing is about here.
    pub(crate) fn of_object(object: &str) -> Option<Self> {
        [Self::Account, Self::Opportunity, Self::Case].into_iter().find(|kind| kind.object() == object)
    }
}
