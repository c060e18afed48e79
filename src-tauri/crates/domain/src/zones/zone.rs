//! A zone as chrono knows them, with the rules of the database in use.

use std::fmt;
use std::hash::{Hash, Hasher};

use chrono::{
    DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike,
    Utc,
};
use jiff::tz::{AmbiguousOffset, Offset as Seconds};
use jiff::{Timestamp, civil};

use super::database::{self, Entry};

/// A time zone by its IANA id. As cheap to copy as a reference.
#[derive(Clone, Copy)]
pub struct Zone(&'static Entry);

/// From an instant on, the clocks are so far ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    pub from: DateTime<Utc>,
    /// East of UTC.
    pub seconds: i32,
}

impl Zone {
    pub const UTC: Self = Self(&database::UTC);

    pub(super) fn of(entry: &'static Entry) -> Self {
        Self(entry)
    }

    /// The IANA id: `Europe/Amsterdam`.
    pub fn name(self) -> &'static str {
        self.0.id()
    }

    /// The compiled zone file (RFC 9636); empty for [`Zone::UTC`].
    pub fn file(self) -> &'static [u8] {
        self.0.data()
    }

    /// Every change of the clocks in `[from, to)`, after one entry for `from` itself.
    pub fn shifts(self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Shift> {
        shifts(self.0.rules(), from, to)
    }

    /// How far its clocks are ahead of UTC at that instant.
    pub fn seconds(self, at: DateTime<Utc>) -> i32 {
        self.seconds_at(&at.naive_utc())
    }

    fn seconds_at(self, utc: &NaiveDateTime) -> i32 {
        let seconds = utc.and_utc().timestamp().clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        Timestamp::from_second(seconds).map_or(0, |at| self.0.rules().to_offset(at).seconds())
    }

    fn offset(self, seconds: Seconds) -> ZoneOffset {
        // No zone was ever a whole day away from UTC, which is what chrono's offsets can't say.
        let fixed = FixedOffset::east_opt(seconds.seconds()).unwrap_or_else(|| Utc.fix());
        ZoneOffset { zone: self, fixed }
    }
}

/// The changes that the content of a zone file describes; `None` when it is no zone file. As [`Zone::shifts`].
pub(super) fn shifts_of_file(content: &[u8], from: DateTime<Utc>, to: DateTime<Utc>) -> Option<Vec<Shift>> {
    Some(shifts(&jiff::tz::TimeZone::tzif("Local", content).ok()?, from, to))
}

fn shifts(rules: &jiff::tz::TimeZone, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Shift> {
    let (Ok(first), Ok(last)) = (Timestamp::from_second(from.timestamp()), Timestamp::from_second(to.timestamp()))
    else {
        return Vec::new();
    };
    let mut found = vec![Shift { from, seconds: rules.to_offset(first).seconds() }];
    for change in rules.following(first).take_while(|change| change.timestamp() < last) {
        let (at, seconds) = (change.timestamp().as_second(), change.offset().seconds());
        // Names change too, and so does what counts as summer; the clocks then stay.
        if let Some(from) =
            DateTime::from_timestamp(at, 0).filter(|_| found.last().map(|shift| shift.seconds) != Some(seconds))
        {
            found.push(Shift { from, seconds });
        }
    }
    found
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        let number = |value: u32| i8::try_from(value).unwrap_or_default();
        let civil = i16::try_from(local.year()).ok().and_then(|year| {
            let (date, time) = (local.date(), local.time());
            civil::DateTime::new(
                year,
                number(date.month()),
                number(date.day()),
                number(time.hour()),
                number(time.minute()),
                number(time.second()),
                0,
            )
            .ok()
        });
        // Years that jiff can't say (before −9999, after 9999) have no rules.
        let Some(civil) = civil else { return MappedLocalTime::None };
        match self.0.rules().to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => MappedLocalTime::Single(self.offset(offset)),
            AmbiguousOffset::Gap { .. } => MappedLocalTime::None,
            AmbiguousOffset::Fold { before, after } => {
                MappedLocalTime::Ambiguous(self.offset(before), self.offset(after))
            }
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        self.offset(Seconds::from_seconds(self.seconds_at(utc)).unwrap_or(Seconds::UTC))
    }
}

/// How far a zone is from UTC at one moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneOffset {
    zone: Zone,
    fixed: FixedOffset,
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        self.fixed
    }
}

impl fmt::Debug for ZoneOffset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.fixed, out)
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fixed, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones;

    fn zone(id: &str) -> Zone {
        zones::parse(id).unwrap()
    }

    #[test]
    fn instants_beyond_the_rules_do_not_panic() {
        for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let _ = zone("Asia/Kolkata").offset_from_utc_datetime(&at.naive_utc());
            assert!(zone("Asia/Kolkata").from_local_datetime(&at.naive_utc()).earliest().is_none());
        }
    }

    #[test]
    fn shifts_say_what_the_zone_says() {
        let (from, to) = ("2000-01-01T00:00:00Z".parse().unwrap(), "2045-01-01T00:00:00Z".parse().unwrap());
        let amsterdam = zone("Europe/Amsterdam").shifts(from, to);
        assert_eq!(amsterdam.len(), 1 + 2 * 45);
        assert_eq!(amsterdam[0], Shift { from, seconds: 3600 });
        assert_eq!(amsterdam[1], Shift { from: "2000-03-26T01:00:00Z".parse().unwrap(), seconds: 7200 });
        assert_eq!(zone("Asia/Kolkata").shifts(from, to), [Shift { from, seconds: 19_800 }]);
        // The clocks went forward for the last time in March 2026.
        assert_eq!(zone("America/Vancouver").shifts(from, to).last().map(|shift| shift.seconds), Some(-25_200));
    }

    #[test]
    fn names_are_shown_as_ids() {
        assert_eq!(format!("{0} {0:?}", zone("Europe/Kiev")), "Europe/Kyiv Europe/Kyiv");
        assert_eq!(
            "2026-12-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap().with_timezone(&zone("Asia/Kolkata")).to_rfc3339(),
            "2026-12-01T05:30:00+05:30"
        );
    }
}
