//! The rep's time zone, and what a wall time in a zone is in UTC.
//!
//! The services have zone rules of their own, so these must not be the client's: they come from chrono-tz, which stands
//! at the release 2025b, and from a table of what changed since, taken from the news of each release. A client with
//! old rules, or with a wrong reading of new ones, disagrees with them.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;
use thiserror::Error;

use crate::SandboxConfig;

/// What changed after chrono-tz's release.
struct Change {
    zones: &'static [&'static str],
    /// Seconds since 1970, UTC.
    from: i64,
    until: i64,
    hours: i32,
}

const FOR_GOOD: i64 = i64::MAX;

/// News of the IANA database, 2026b to 2026f.
const CHANGES: &[Change] = &[
    // 2026b: British Columbia stays on −7; the clocks don't go back on 2026-11-01 at 02:00.
    Change { zones: &["America/Vancouver", "Canada/Pacific"], from: 1_793_523_600, until: FOR_GOOD, hours: -7 },
    // 2026c: Alberta stays on −6. 2026d: so do the Northwest Territories.
    Change {
        zones: &["America/Edmonton", "America/Yellowknife", "America/Inuvik", "Canada/Mountain"],
        from: 1_793_520_000,
        until: FOR_GOOD,
        hours: -6,
    },
    // 2026e: Manitoba stays on −5.
    Change {
        zones: &["America/Winnipeg", "America/Rainy_River", "Canada/Central"],
        from: 1_793_516_400,
        until: FOR_GOOD,
        hours: -5,
    },
    // 2026c: Morocco is back on UTC from 2026-09-20 at 02:00, in Ramadan too.
    Change { zones: &["Africa/Casablanca", "Africa/El_Aaiun"], from: 1_789_866_000, until: FOR_GOOD, hours: 0 },
    // 2026f: Cuba keeps its summer time over the winter, until summer time begins anyway.
    Change { zones: &["America/Havana", "Cuba"], from: 1_793_509_200, until: 1_805_000_400, hours: -4 },
];

/// A time zone of the services.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Zone {
    pub const UTC: Self = Self(Tz::UTC);
    /// Where the rep lives unless the settings say otherwise.
    pub const AMSTERDAM: Self = Self(Tz::Europe__Amsterdam);

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    fn fixed_at(self, utc: &NaiveDateTime) -> FixedOffset {
        let seconds = utc.and_utc().timestamp();
        CHANGES
            .iter()
            .find(|change| change.zones.contains(&self.name()) && (change.from..change.until).contains(&seconds))
            .and_then(|change| FixedOffset::east_opt(change.hours * 3600))
            .unwrap_or_else(|| self.0.offset_from_utc_datetime(utc).fix())
    }
}

/// How far a zone is from UTC at one moment.
#[derive(Debug, Clone, Copy)]
pub struct ZoneOffset {
    zone: Zone,
    fixed: FixedOffset,
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        self.fixed
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fixed.fmt(formatter)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = chrono_tz::ParseError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        name.parse().map(Self)
    }
}

impl TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> LocalResult<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    /// Tries the offsets of the days around: clocks are not changed twice within two days.
    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> LocalResult<ZoneOffset> {
        let around = |days| local.checked_add_signed(TimeDelta::days(days)).map(|utc| self.fixed_at(&utc));
        let holds =
            |fixed: &FixedOffset| local.checked_sub_offset(*fixed).is_some_and(|utc| self.fixed_at(&utc) == *fixed);
        let offset = |fixed| ZoneOffset { zone: *self, fixed };
        let (before, after) = (around(-1).filter(holds), around(1).filter(holds));
        match (before, after) {
            (Some(before), Some(after)) if before != after => LocalResult::Ambiguous(offset(before), offset(after)),
            (Some(fixed), _) | (None, Some(fixed)) => LocalResult::Single(offset(fixed)),
            (None, None) => LocalResult::None,
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        ZoneOffset { zone: *self, fixed: self.fixed_at(utc) }
    }
}

/// A name that is no zone's.
#[derive(Debug, Error)]
#[error("`{0}` is not a time zone of the IANA database")]
pub struct UnknownZone(pub String);

/// The zone of the settings, `Europe/Amsterdam` when they name none.
pub fn zone_of(config: &SandboxConfig) -> Result<Zone, UnknownZone> {
    match &config.zone {
        None => Ok(Zone::AMSTERDAM),
        Some(name) => name.parse().map_err(|_| UnknownZone(name.clone())),
    }
}

/// A wall time in UTC. A time that occurs twice is the earlier one; a time that is skipped is moved
/// forwards by the gap.
pub fn in_utc(zone: Zone, wall: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.to_utc(),
        LocalResult::None => {
            let before = zone.from_local_datetime(&(wall - TimeDelta::hours(3))).earliest();
            before.map_or_else(|| wall.and_utc(), |time| time.to_utc() + TimeDelta::hours(3))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn a_skipped_wall_time_moves_forwards_and_a_double_one_is_the_earlier() {
        let zone = Zone::AMSTERDAM;
        assert_eq!(in_utc(zone, wall("2026-03-29 02:30")).to_rfc3339(), "2026-03-29T01:30:00+00:00");
        assert_eq!(in_utc(zone, wall("2026-10-25 02:30")).to_rfc3339(), "2026-10-25T00:30:00+00:00");
        assert!(matches!(zone.from_local_datetime(&wall("2026-10-25 02:30")), LocalResult::Ambiguous(..)));
        assert!(matches!(zone.from_local_datetime(&wall("2026-03-29 02:30")), LocalResult::None));
    }

    #[test]
    fn what_changed_in_2026_holds_and_what_was_before_stays() {
        for (zone, time, utc) in [
            ("America/Vancouver", "2026-12-01 10:00", "2026-12-01T17:00:00+00:00"),
            ("America/Edmonton", "2026-12-01 10:00", "2026-12-01T16:00:00+00:00"),
            ("America/Inuvik", "2030-01-15 10:00", "2030-01-15T16:00:00+00:00"),
            ("America/Winnipeg", "2026-12-01 10:00", "2026-12-01T15:00:00+00:00"),
            ("Africa/Casablanca", "2026-12-01 10:00", "2026-12-01T10:00:00+00:00"),
            ("America/Havana", "2026-12-01 10:00", "2026-12-01T14:00:00+00:00"),
            ("America/Vancouver", "2025-12-01 10:00", "2025-12-01T18:00:00+00:00"),
            ("Africa/Casablanca", "2026-06-01 10:00", "2026-06-01T09:00:00+00:00"),
            ("America/Havana", "2027-12-01 10:00", "2027-12-01T15:00:00+00:00"),
        ] {
            assert_eq!(in_utc(zone.parse().unwrap(), wall(time)).to_rfc3339(), utc, "{zone} {time}");
        }
        // Morocco's clocks go back once more; those of Vancouver don't in that autumn.
        let times = |zone: &str, time| zone.parse::<Zone>().unwrap().from_local_datetime(&wall(time));
        assert!(matches!(times("Africa/Casablanca", "2026-09-20 01:30"), LocalResult::Ambiguous(..)));
        assert!(matches!(times("America/Vancouver", "2026-11-01 01:30"), LocalResult::Single(_)));
    }
}
