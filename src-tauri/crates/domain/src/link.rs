//! Why something in Zoom belongs to a record in Salesforce.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Where a link comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LinkBasis {
    /// Scheduled from this record.
    Intent,
    Remembered,
    Phone,
    Email,
    Manual,
}

impl LinkBasis {
    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Remembered => "remembered",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Manual => "manual",
        }
    }

    /// From what is stored; `None` for what a later version wrote.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Intent, Self::Remembered, Self::Phone, Self::Email, Self::Manual]
            .into_iter()
            .find(|basis| basis.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_back() {
        assert_eq!(LinkBasis::named(LinkBasis::Remembered.name()), Some(LinkBasis::Remembered));
        assert_eq!(LinkBasis::named("telepathy"), None);
    }
}
