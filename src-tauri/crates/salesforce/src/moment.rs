//! Salesforce's dateTime: `2027-03-09T14:30:00.000+0000`, a zone without a colon, which is not
//! RFC 3339 (SOAP and REST guides, "Primitive data types").

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use reqwest::header::HeaderValue;
use serde::{Deserialize, Deserializer, de};

/// HTTP's date form (RFC 9110).
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";

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

/// Writes the value of `If-Modified-Since` and its opposite; whole seconds.
pub(crate) fn http_date(moment: DateTime<Utc>) -> Option<HeaderValue> {
    HeaderValue::from_str(&moment.format(HTTP_DATE).to_string()).ok()
}

/// Reads the value of `Last-Modified`.
pub(crate) fn parse_http_date(value: &HeaderValue) -> Option<DateTime<Utc>> {
    NaiveDateTime::parse_from_str(value.to_str().ok()?, HTTP_DATE).ok().map(|moment| moment.and_utc())
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

/// For `#[serde(deserialize_with)]` on an optional day.
pub(crate) fn optional_day<'de, D>(deserializer: D) -> Result<Option<NaiveDate>, D::Error>
where
    D: Deserializer<'de>,
{
    let day = |text: String| {
        NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| de::Error::custom("not a date of Salesforce"))
    };
    Option::<String>::deserialize(deserializer)?.map(day).transpose()
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

    #[test]
    fn http_dates_come_back() {
        let moment = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let value = http_date(moment).unwrap();
        assert_eq!(value, "Fri, 15 Jan 2027 08:00:00 GMT");
        assert_eq!(parse_http_date(&value), Some(moment));
        assert_eq!(parse_http_date(&HeaderValue::from_static("yesterday")), None);
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(milliseconds in 0_i64..4_000_000_000_000) {
            let moment = DateTime::from_timestamp_millis(milliseconds).unwrap();
            prop_assert_eq!(parse_moment(&format_moment(moment)), Some(moment));
        }
    }
}
