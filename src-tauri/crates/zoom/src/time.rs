//! Zoom's two ways to write a moment.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A moment as Zoom writes it: with `Z` in UTC, without it as the wall time of the meeting's
/// `timezone` (developers.zoom.us, "Create a meeting", `start_time`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoomTime {
    /// An instant. All answers use this form.
    Utc(DateTime<Utc>),
    /// A wall time in the zone that stands beside it. Requests may use this form.
    Local(NaiveDateTime),
}

impl ZoomTime {
    /// The instant, if it is known without a zone.
    #[must_use]
    pub fn utc(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Utc(instant) => Some(instant),
            Self::Local(_) => None,
        }
    }

    /// The instant in `zone`. `None` for a wall time that does not exist there, or exists twice.
    pub fn in_zone<Z: TimeZone>(self, zone: &Z) -> Option<DateTime<Utc>> {
        match self {
            Self::Utc(instant) => Some(instant),
            Self::Local(wall) => zone.from_local_datetime(&wall).single().map(|moment| moment.with_timezone(&Utc)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return Some(Self::Utc(instant.with_timezone(&Utc)));
        }
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .into_iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .map(Self::Local)
    }
}

impl fmt::Display for ZoomTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utc(instant) => instant.format("%Y-%m-%dT%H:%M:%SZ").fmt(formatter),
            Self::Local(wall) => wall.format("%Y-%m-%dT%H:%M:%S").fmt(formatter),
        }
    }
}

impl Serialize for ZoomTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ZoomTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not a date and time as Zoom writes it"))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, NaiveDate};
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<ZoomTime> {
        serde_json::from_value(serde_json::Value::from(text)).ok()
    }

    #[test]
    fn z_is_utc_and_its_absence_is_local() {
        let wall = NaiveDate::from_ymd_opt(2027, 3, 9).unwrap().and_hms_opt(14, 30, 0).unwrap();
        assert_eq!(read("2027-03-09T14:30:00Z"), Some(ZoomTime::Utc(wall.and_utc())));
        assert_eq!(read("2027-03-09T14:30:00.000Z"), Some(ZoomTime::Utc(wall.and_utc())));
        assert_eq!(read("2027-03-09T16:30:00+02:00"), Some(ZoomTime::Utc(wall.and_utc())));
        assert_eq!(read("2027-03-09T14:30:00"), Some(ZoomTime::Local(wall)));
        for text in ["", "2027-03-09", "2027-13-09T14:30:00Z", "tomorrow", "1741530600"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn local_time_becomes_an_instant_only_with_its_zone() {
        let east = FixedOffset::east_opt(2 * 3600).unwrap();
        let local = read("2027-03-09T16:30:00").unwrap();
        assert_eq!(local.utc(), None);
        assert_eq!(local.in_zone(&east), read("2027-03-09T14:30:00Z").unwrap().utc());
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(seconds in 0_i64..4_000_000_000, is_local in any::<bool>()) {
            let instant = DateTime::from_timestamp(seconds, 0).unwrap();
            let moment = if is_local { ZoomTime::Local(instant.naive_utc()) } else { ZoomTime::Utc(instant) };
            prop_assert_eq!(read(&moment.to_string()), Some(moment));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = read(&text);
        }
    }
}
