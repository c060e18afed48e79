//! Zoom's identifiers: meeting numbers, the UUID of one instance, occurrences.
//!
//! Zoom sends the same number as a JSON number in one place and as a string in another, so every
//! identifier accepts both (developers.zoom.us, "Meeting ID and UUID").

use std::fmt;
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, de};

/// A meeting number, 9 to 11 digits today. Larger than 32 bits.
///
/// `Display` prints the bare digits, [`MeetingId::spaced`] the grouping people read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct MeetingId(pub u64);

/// The text is not a meeting number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a Zoom meeting number is made of digits only")]
pub struct ParseMeetingIdError;

impl MeetingId {
    /// The digits in groups as Zoom prints them: 3-3-3, 3-3-4 or 3-4-4.
    #[must_use]
    pub fn spaced(self) -> String {
        let digits = self.0.to_string();
        let first = 3.min(digits.len());
        let second = match digits.len() {
            0..=3 => first,
            4..=10 => (first + 3).min(digits.len()),
            _ => first + 4,
        };
        [&digits[..first], &digits[first..second], &digits[second..]]
            .into_iter()
            .filter(|group| !group.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl fmt::Display for MeetingId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for MeetingId {
    type Err = ParseMeetingIdError;

    /// Accepts the digits with the spaces or hyphens people type between groups.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: String = text.trim().chars().filter(|character| !matches!(character, ' ' | '-')).collect();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ParseMeetingIdError);
        }
        digits.parse().map(Self).map_err(|_| ParseMeetingIdError)
    }
}

impl<'de> Deserialize<'de> for MeetingId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = MeetingId;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a meeting number, as a number or as digits in a string")
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<MeetingId, E> {
                Ok(MeetingId(value))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<MeetingId, E> {
                u64::try_from(value).map(MeetingId).map_err(|_| E::custom("a meeting number is not negative"))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<MeetingId, E> {
                value.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A webinar number: the same range as meeting numbers, and never one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct WebinarId(pub u64);

impl WebinarId {
    /// The digits in groups as Zoom prints them.
    #[must_use]
    pub fn spaced(self) -> String {
        MeetingId(self.0).spaced()
    }
}

impl fmt::Display for WebinarId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for WebinarId {
    type Err = ParseMeetingIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(|MeetingId(number)| Self(number))
    }
}

impl<'de> Deserialize<'de> for WebinarId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        MeetingId::deserialize(deserializer).map(|MeetingId(number)| Self(number))
    }
}

/// Which past instance of a meeting or webinar is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PastInstance {
    /// The latest instance of this number.
    Latest(u64),
    /// This very instance.
    Exactly(MeetingUuid),
}

impl PastInstance {
    /// The identifier as one path segment.
    pub(crate) fn path_segment(&self) -> String {
        match self {
            Self::Latest(number) => number.to_string(),
            Self::Exactly(uuid) => uuid.path_segment(),
        }
    }
}

impl From<MeetingId> for PastInstance {
    fn from(id: MeetingId) -> Self {
        Self::Latest(id.0)
    }
}

impl From<WebinarId> for PastInstance {
    fn from(id: WebinarId) -> Self {
        Self::Latest(id.0)
    }
}

impl From<MeetingUuid> for PastInstance {
    fn from(uuid: MeetingUuid) -> Self {
        Self::Exactly(uuid)
    }
}

/// Any other identifier of Zoom's as one path segment.
pub(crate) fn segment(text: &str) -> String {
    utf8_percent_encode(text, IN_A_SEGMENT).to_string()
}

/// Everything but what stands in Zoom's own identifiers, so that no identifier leaves its segment.
const IN_A_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// The identifier of one instance of a meeting: base64-like text, new at every start.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MeetingUuid(String);

impl MeetingUuid {
    /// Takes the UUID as Zoom wrote it, not encoded.
    pub fn new(raw: impl Into<String>) -> Self {
        Self(raw.into())
    }

    /// The UUID as Zoom wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The UUID as one path segment.
    ///
    /// Encoded once; twice when it begins with `/` or contains `//`, because Zoom's router decodes
    /// once before it splits the path (developers.zoom.us, "Meeting ID and UUID").
    #[must_use]
    pub fn path_segment(&self) -> String {
        let once = utf8_percent_encode(&self.0, NON_ALPHANUMERIC).to_string();
        if self.0.starts_with('/') || self.0.contains("//") {
            utf8_percent_encode(&once, NON_ALPHANUMERIC).to_string()
        } else {
            once
        }
    }
}

/// One occurrence of a recurring meeting. Zoom's text, in practice epoch milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct OccurrenceId(String);

impl OccurrenceId {
    /// Takes the identifier as Zoom wrote it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The identifier as Zoom wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for OccurrenceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::lenient::text_or_number(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn meeting_number_is_read_from_number_and_text() {
        let beyond_32_bits = 98_765_432_101_u64;
        for text in ["98765432101", "\"98765432101\"", "\"987 6543 2101\""] {
            let id: MeetingId = serde_json::from_str(text).unwrap();
            assert_eq!(id.0, beyond_32_bits);
        }
        for text in ["-1", "1.5", "\"\"", "\"12a\"", "null", "\"99999999999999999999\""] {
            assert!(serde_json::from_str::<MeetingId>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn meeting_number_is_spaced_as_zoom_prints_it() {
        assert_eq!(MeetingId(123_456_789).spaced(), "123 456 789");
        assert_eq!(MeetingId(1_234_567_890).spaced(), "123 456 7890");
        assert_eq!(MeetingId(12_345_678_901).spaced(), "123 4567 8901");
        assert_eq!(MeetingId(12).spaced(), "12");
    }

    #[test]
    fn uuid_is_encoded_twice_only_where_the_router_needs_it() {
        let segment = |raw: &str| MeetingUuid::new(raw).path_segment();
        assert_eq!(segment("Qw+r/8z=="), "Qw%2Br%2F8z%3D%3D");
        assert_eq!(segment("/Qwr8z=="), "%252FQwr8z%253D%253D");
        assert_eq!(segment("Qw//8z=="), "Qw%252F%252F8z%253D%253D");
    }

    proptest! {
        #[test]
        fn uuid_segment_never_holds_a_separator_and_decodes_back(raw in "[A-Za-z0-9+/=]{1,30}") {
            let segment = MeetingUuid::new(raw.clone()).path_segment();
            prop_assert!(segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'%'));
            let once = percent_decode_str(&segment).decode_utf8().unwrap().into_owned();
            let decoded = if raw.starts_with('/') || raw.contains("//") {
                percent_decode_str(&once).decode_utf8().unwrap().into_owned()
            } else {
                once
            };
            prop_assert_eq!(decoded, raw);
        }

        #[test]
        fn spacing_changes_nothing_but_spaces(number in any::<u64>()) {
            let id = MeetingId(number);
            prop_assert_eq!(id.spaced().parse::<MeetingId>(), Ok(id));
        }
    }
}
