//! How a Lead or Contact is named locally.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use specta::Type;
use thiserror::Error;

/// The two kinds of person a rep works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RecordKind {
    Lead,
    Contact,
}

impl RecordKind {
    /// Salesforce's own object name.
    pub fn object(self) -> &'static str {
        match self {
            Self::Lead => "Lead",
            Self::Contact => "Contact",
        }
    }

    /// The kind that an object's name stands for.
    pub fn of_object(object: &str) -> Option<Self> {
        [Self::Lead, Self::Contact].into_iter().find(|kind| kind.object() == object)
    }
}

/// A Lead or Contact, written `Lead:00Q…` or `Contact:003…`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonRef {
    pub kind: RecordKind,
    /// Salesforce id, 15 or 18 characters.
    pub id: String,
}

/// The text names no Lead or Contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a person reference")]
pub struct NotAPerson;

impl fmt::Display for PersonRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.kind.object(), self.id)
    }
}

impl FromStr for PersonRef {
    type Err = NotAPerson;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, id) = text.split_once(':').ok_or(NotAPerson)?;
        let kind = RecordKind::of_object(kind).ok_or(NotAPerson)?;
        if !matches!(id.len(), 15 | 18) || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(NotAPerson);
        }
        Ok(Self { kind, id: id.to_owned() })
    }
}

impl TryFrom<String> for PersonRef {
    type Error = NotAPerson;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PersonRef> for String {
    fn from(person: PersonRef) -> Self {
        person.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_back() {
        let text = "Lead:00Q5500001QdQWfEAN";
        let person: PersonRef = text.parse().unwrap();
        assert_eq!(person.kind, RecordKind::Lead);
        assert_eq!(person.to_string(), text);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "Lead",
            "Lead:",
            "Account:00Q5500001QdQWf",
            "Lead:00Q5500001QdQW'",
            "Lead:short",
            "lead:00Q5500001QdQWf",
        ] {
            assert_eq!(text.parse::<PersonRef>(), Err(NotAPerson), "{text}");
        }
    }
}
