//! How a meeting is named locally.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A Zoom meeting, or one occurrence of a recurring one.
///
/// Zoom's meeting numbers go beyond 2^32; an occurrence id is a string of epoch milliseconds.
/// Written `85746065123` or `85746065123:1789891200000`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MeetingKey {
    pub number: u64,
    pub occurrence: Option<String>,
}

/// The text names no meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a meeting key")]
pub struct NotAMeetingKey;

impl MeetingKey {
    pub fn new(number: u64, occurrence: Option<String>) -> Self {
        Self { number, occurrence }
    }

    /// The number in groups, as Zoom shows it: `857 4606 5123`.
    pub fn grouped_number(&self) -> String {
        let digits = self.number.to_string();
        let (head, rest) = digits.split_at(digits.len().min(3));
        let middle = if rest.len() > 7 { 4 } else { 3 };
        let (middle, tail) = rest.split_at(rest.len().min(middle));
        [head, middle, tail].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for MeetingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.occurrence {
            None => write!(formatter, "{}", self.number),
            Some(occurrence) => write!(formatter, "{}:{occurrence}", self.number),
        }
    }
}

impl FromStr for MeetingKey {
    type Err = NotAMeetingKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, occurrence) = match text.split_once(':') {
            None => (text, None),
            Some((number, occurrence)) => (number, Some(occurrence)),
        };
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(number) || occurrence.is_some_and(|occurrence| !all_digits(occurrence)) {
            return Err(NotAMeetingKey);
        }
        Ok(Self { number: number.parse().map_err(|_| NotAMeetingKey)?, occurrence: occurrence.map(str::to_owned) })
    }
}

impl TryFrom<String> for MeetingKey {
    type Error = NotAMeetingKey;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<MeetingKey> for String {
    fn from(key: MeetingKey) -> Self {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_grouped_as_zoom_groups_them() {
        assert_eq!(MeetingKey::new(92_447_018_826, None).grouped_number(), "924 4701 8826");
        assert_eq!(MeetingKey::new(8_574_606_512, None).grouped_number(), "857 460 6512");
        assert_eq!(MeetingKey::new(123_456_789, None).grouped_number(), "123 456 789");
        assert_eq!(MeetingKey::new(7, None).grouped_number(), "7");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", ":", "1:", ":1", "abc", "1:x", "-1", "1:2:3", "18446744073709551616"] {
            assert_eq!(text.parse::<MeetingKey>(), Err(NotAMeetingKey), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(number in any::<u64>(), occurrence in proptest::option::of("[0-9]{1,13}")) {
            let key = MeetingKey::new(number, occurrence);
            prop_assert_eq!(key.to_string().parse::<MeetingKey>(), Ok(key));
        }

        #[test]
        fn grouping_keeps_every_digit(number in any::<u64>()) {
            let grouped = MeetingKey::new(number, None).grouped_number();
            prop_assert_eq!(grouped.replace(' ', ""), number.to_string());
        }
    }
}
