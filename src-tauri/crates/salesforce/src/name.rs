//! Names that become part of a path or a query: objects, fields, our own keys.

use std::fmt;
use std::str::FromStr;

/// The text is not a name of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {kind}")]
pub struct InvalidName {
    /// What it should have been.
    pub kind: &'static str,
}

macro_rules! checked_name {
    ($(#[$outer:meta])* $name:ident, $kind:literal, $rule:expr) => {
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Checks a name.
            ///
            /// # Errors
            /// It has characters that no such name has, or a length that none has.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidName> {
                let text = text.into();
                let rule: fn(&str) -> bool = $rule;
                if rule(&text) { Ok(Self(text)) } else { Err(InvalidName { kind: $kind }) }
            }

            /// The name.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }
    };
}

checked_name! {
    /// An object, for example `Lead` or `Visit__c`.
    ObjectName, "object name", is_identifier
}

checked_name! {
    /// A field, possibly of a parent: `Email`, `Account.Name`, `Liaison_Key__c`.
    FieldName, "field name", |text| {
        text.len() <= 255 && text.split('.').count() <= 6 && text.split('.').all(is_identifier)
    }
}

checked_name! {
    /// A value of our external-id field: letters, digits, `_` and `-`, at most 80.
    ///
    /// Nothing in it needs encoding in a path, and no value looks like a file name, which
    /// Salesforce's front end answers with 404.
    ExternalKey, "external key", |text| {
        (1..=80).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    }
}

checked_name! {
    /// The name of a step in a composite request, to which later steps refer.
    ReferenceName, "reference name", is_identifier
}

impl ObjectName {
    /// A name of this crate's own source.
    pub(crate) fn known(name: &'static str) -> Self {
        debug_assert!(is_identifier(name));
        Self(name.to_owned())
    }
}

impl FieldName {
    /// A name of this crate's own source.
    pub(crate) fn known(name: &'static str) -> Self {
        debug_assert!(name.split('.').all(is_identifier));
        Self(name.to_owned())
    }
}

/// A letter, then letters, digits and `_`.
fn is_identifier(text: &str) -> bool {
    text.len() <= 80
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_identifiers_and_nothing_else() {
        for name in ["Id", "Account.Name", "Liaison_Key__c", "ns__Thing__r.Owner.Name"] {
            assert!(FieldName::new(name).is_ok(), "{name}");
        }
        for name in ["", ".", "Id.", ".Id", "A..B", "1d", "Id FROM Lead", "Id,Name", "Naïve", "a'b", "A.B.C.D.E.F.G"] {
            assert!(FieldName::new(name).is_err(), "{name}");
        }
        assert!(ObjectName::new("Account.Name").is_err());
        assert!(ObjectName::new("../Lead").is_err());
    }

    #[test]
    fn keys_need_no_encoding() {
        assert!(ExternalKey::new("lk1_0a9f-b").is_ok());
        assert!(ExternalKey::new("a".repeat(81)).is_err());
        for key in ["", "a/b", "a.inc", "a b", "ä", "a=="] {
            assert!(ExternalKey::new(key).is_err(), "{key}");
        }
    }
}
