//! What a row says as one short value, so that "was touched" and "was changed" can be told apart.
//!
//! The stamp of a person moves when a Task is made for them, when a roll-up is counted anew, when a
//! mail bounces. A hash over the fields that are read stays the same then.

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::moment::parse_moment;

const BYTES: usize = 16;

/// Fields that move by themselves.
const VOLATILE: [&str; 6] = [
    "systemmodstamp",
    "lastmodifieddate",
    "lastmodifiedbyid",
    "lastactivitydate",
    "lastvieweddate",
    "lastreferenceddate",
];

/// A hash over fields and values, the same however Salesforce spells them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct FieldHash([u8; BYTES]);

/// The text is not a hash of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a field hash has 32 hexadecimal digits")]
pub struct InvalidFieldHash;

impl FieldHash {
    /// Of everything a row says, except what moves by itself.
    pub(crate) fn of_row(row: &Map<String, Value>) -> Self {
        let mut told = Vec::with_capacity(row.len());
        tell(row, "", &mut told);
        Self::of_told(told)
    }

    /// Of some fields of a row.
    pub(crate) fn of_fields(row: &Map<String, Value>, names: &[&str]) -> Self {
        let asked = |name: &str| names.iter().any(|asked| asked.eq_ignore_ascii_case(name));
        let some = row.iter().filter(|(name, _)| asked(name));
        Self::of_row(&some.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    fn of_told(mut told: Vec<(String, String)>) -> Self {
        told.sort_unstable();
        let mut bytes = Vec::with_capacity(told.iter().map(|(name, value)| name.len() + value.len() + 16).sum());
        for part in told.iter().flat_map(|(name, value)| [name, value]) {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        let mut hash = [0; BYTES];
        hash.copy_from_slice(&Sha256::digest(&bytes)[..BYTES]);
        Self(hash)
    }
}

/// Lists what fields say; an empty field says nothing.
fn tell(row: &Map<String, Value>, prefix: &str, told: &mut Vec<(String, String)>) {
    for (name, value) in row {
        let volatile = prefix.is_empty() && VOLATILE.iter().any(|volatile| volatile.eq_ignore_ascii_case(name));
        if volatile || value.is_null() || name == "attributes" {
            continue;
        }
        let mut path = String::with_capacity(prefix.len() + name.len());
        path.push_str(prefix);
        path.push_str(name);
        path.make_ascii_lowercase();
        match value {
            Value::Object(parent) => tell(parent, &format!("{path}."), told),
            other => told.extend(plain(other).map(|text| (path, text))),
        }
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => {
            // Salesforce trims texts and may change line ends.
            let text = text.trim();
            let moment = text.starts_with(|first: char| first.is_ascii_digit()).then(|| parse_moment(text)).flatten();
            let text =
                moment.map_or_else(|| text.replace("\r\n", "\n"), |moment| moment.timestamp_millis().to_string());
            (!text.is_empty()).then_some(text)
        }
        // 95 and 95.0 are one number.
        Value::Number(number) => Some(number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string())),
        other => Some(other.to_string()),
    }
}

impl fmt::Display for FieldHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for FieldHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FieldHash({self})")
    }
}

impl FromStr for FieldHash {
    type Err = InvalidFieldHash;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 2 * BYTES || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(InvalidFieldHash);
        }
        let mut hash = [0; BYTES];
        for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(pair).map_err(|_| InvalidFieldHash)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| InvalidFieldHash)?;
        }
        Ok(Self(hash))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn hash(value: &Value) -> FieldHash {
        FieldHash::of_row(value.as_object().unwrap())
    }

    #[test]
    fn the_spelling_does_not_matter() {
        let row = hash(&json!({"Name": "Visser", "At": "2027-03-09T14:30:05.000+0000", "N": 95, "Title": null}));
        for other in [
            json!({"At": "2027-03-09T15:30:05Z".replace("15", "14"), "Name": "Visser", "N": 95.0}),
            json!({"name": " Visser ", "At": "2027-03-09T14:30:05.000Z", "N": 95, "Title": "", "attributes": {"a": 1}}),
            json!({"Name": "Visser", "At": "2027-03-09T14:30:05.000Z", "N": 95, "SystemModstamp": "x",
                "LastActivityDate": "2027-03-09"}),
        ] {
            assert_eq!(hash(&other), row, "{other}");
        }
    }

    #[test]
    fn what_is_said_matters() {
        let row = hash(&json!({"Name": "Visser", "Owner": {"Name": "Robin"}}));
        for other in [
            json!({"Name": "visser", "Owner": {"Name": "Robin"}}),
            json!({"Name": "Visser", "Owner": {"Name": "Sam"}}),
            json!({"Name": "Visser", "Owner": null}),
            json!({"Name": "Visser", "Owner": {"Name": "Robin"}, "Title": "Director"}),
            json!({"Names": "Visser", "Owner": {"Name": "Robin"}}),
        ] {
            assert_ne!(hash(&other), row, "{other}");
        }
    }

    proptest! {
        #[test]
        fn fields_do_not_run_into_each_other(first in "[ab]{0,3}", second in "[ab]{0,3}", other in "[ab]{0,3}") {
            let one = hash(&json!({"a": first, "ab": second}));
            let two = hash(&json!({"a": first, "ab": other}));
            prop_assert_eq!(one == two, second == other);
            prop_assert_eq!(one.to_string().parse(), Ok(one));
        }
    }
}
