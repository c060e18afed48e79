//! Salesforce's dateTime: `2027-03-09T14:30:00.000+0000`, a zone without a colon, which is not
//! RFC 3339 (SOAP and REST guides, "Primitive data types").

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Deserializer, de};

/// Reads a dateTime in any form Salesforce writes.
#[must_use]
pub fn parse_moment(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Some(wall) = text.strip_suffix('Z') {
        return NaiveDateTime::parse_from_str(wall, "%Y-%m-%dT%H:%M:%S%.f").ok().map(|wall| wall.and_utc());
    }
    DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z").ok().map(|moment| moment.to_utc())
}

/// Writes a dateTime for a record's body or a query, to the millisecond.
pub(crate) fn format_moment(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// For `#[serde(deserialize_with)]`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_moment(&text).ok_or_else(|| de::Error::custom("not a dateTime of Salesforce"))
}

/// For `#[serde(deserialize_with)]` on an optional field.
pub(crate) fn optional<'de, D>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error>
where
    D: Deserializer<'de>,
{
    #[derive(Deserialize)]
    struct Moment(#[serde(deserialize_with = "deserialize")] DateTime<Utc>);

    Ok(Option::<Moment>::deserialize(deserializer)?.map(|moment| moment.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_salesforce_writes() {
        let moment = parse_moment("2027-03-09T14:30:05.120+0000").unwrap();
        for text in ["2027-03-09T14:30:05.120Z", "2027-03-09T16:30:05.120+0200", "2027-03-09T16:30:05.120+02:00"] {
            assert_eq!(parse_moment(text), Some(moment), "{text}");
        }
        for text in ["", "2027-03-09", "2027-03-09T14:30:05", "Z", "2027-03-09T25:30:05Z"] {
            assert_eq!(parse_moment(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(milliseconds in 0_i64..4_000_000_000_000) {
            let moment = DateTime::from_timestamp_millis(milliseconds).unwrap();
            prop_assert_eq!(parse_moment(&format_moment(moment)), Some(moment));
        }
    }
}
