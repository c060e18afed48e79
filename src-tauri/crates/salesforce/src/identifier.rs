//! Record ids: 15 case-sensitive characters, or 18 with a checksum over their case.
//!
//! Answers always carry 18 characters. The three extra ones make the id safe in systems that
//! ignore case: for each block of five characters, one character says which of them are upper case
//! (Salesforce Help, "Convert 15-character record ids").

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const CHECKSUM: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// A record id in its 18-character form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SalesforceId([u8; 18]);

/// The text is not a record id. Does not hold the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSalesforceId {
    /// Neither 15 nor 18 ASCII letters and digits.
    #[error("a record id has 15 or 18 letters and digits")]
    Shape,
    /// The last three characters do not fit the first fifteen.
    #[error("the checksum of the record id is wrong")]
    Checksum,
}

impl SalesforceId {
    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Made of ASCII letters and digits only: see `from_str`.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The first three characters, which tell the object: `003` is a Contact, `00Q` a Lead.
    #[must_use]
    pub fn key_prefix(&self) -> &str {
        &self.as_str()[..3]
    }

    /// Whether the id is of a Lead.
    #[must_use]
    pub fn is_lead(&self) -> bool {
        self.key_prefix() == "00Q"
    }

    /// Whether the id is of a Contact.
    #[must_use]
    pub fn is_contact(&self) -> bool {
        self.key_prefix() == "003"
    }
}

fn checksum(id: &[u8; 15]) -> [u8; 3] {
    let mut suffix = [0; 3];
    for (block, character) in id.chunks(5).zip(&mut suffix) {
        let bits = block
            .iter()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_uppercase())
            .fold(0, |bits, (position, _)| bits | 1 << position);
        *character = CHECKSUM[bits];
    }
    suffix
}

impl FromStr for SalesforceId {
    type Err = InvalidSalesforceId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = text.as_bytes();
        if !matches!(bytes.len(), 15 | 18) || !bytes.iter().all(u8::is_ascii_alphanumeric) {
            return Err(InvalidSalesforceId::Shape);
        }
        let mut first = [0; 15];
        first.copy_from_slice(&bytes[..15]);
        let suffix = checksum(&first);
        // Some systems upper-case whole ids; the checksum itself has no case.
        if bytes.len() == 18 && !bytes[15..].eq_ignore_ascii_case(&suffix) {
            return Err(InvalidSalesforceId::Checksum);
        }
        let mut id = [0; 18];
        id[..15].copy_from_slice(&first);
        id[15..].copy_from_slice(&suffix);
        Ok(Self(id))
    }
}

impl fmt::Display for SalesforceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for SalesforceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SalesforceId({})", self.as_str())
    }
}

impl Serialize for SalesforceId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SalesforceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rule in other words: five bits a block, lowest first, as a base-32 digit.
    fn expected_suffix(id: &str) -> String {
        let characters: Vec<char> = id.chars().collect();
        (0..3)
            .map(|block| {
                let mut index = 0_usize;
                for position in (0..5).rev() {
                    index *= 2;
                    if characters[block * 5 + position].is_uppercase() {
                        index += 1;
                    }
                }
                char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[index])
            })
            .collect()
    }

    #[test]
    fn fifteen_become_eighteen() {
        let id: SalesforceId = "00Q000000000001".parse().unwrap();
        assert_eq!(id.as_str(), "00Q000000000001EAA");
        assert!(id.is_lead());
        assert_eq!("00Q000000000001eaa".parse(), Ok(id));
        assert_eq!("00Q000000000001AAA".parse::<SalesforceId>(), Err(InvalidSalesforceId::Checksum));
        for text in ["", "00Q", "00Q00000000000é", "00Q000000000001EA", "00Q00000000000'"] {
            assert_eq!(text.parse::<SalesforceId>(), Err(InvalidSalesforceId::Shape), "{text}");
        }
    }

    proptest! {
        #[test]
        fn checksum_follows_the_rule(id in "[A-Za-z0-9]{15}") {
            let parsed: SalesforceId = id.parse().unwrap();
            prop_assert_eq!(&parsed.as_str()[..15], &id);
            prop_assert_eq!(&parsed.as_str()[15..], expected_suffix(&id));
            prop_assert_eq!(parsed.as_str().parse(), Ok(parsed));
        }

        #[test]
        fn a_change_of_case_is_noticed(id in "[A-Za-z0-9]{15}", position in 0_usize..15) {
            let parsed: SalesforceId = id.parse().unwrap();
            let mut changed = parsed.as_str().to_owned().into_bytes();
            prop_assume!(changed[position].is_ascii_alphabetic());
            changed[position] ^= 0x20;
            let changed = String::from_utf8(changed).unwrap();
            prop_assert_eq!(changed.parse::<SalesforceId>(), Err(InvalidSalesforceId::Checksum));
        }
    }
}
