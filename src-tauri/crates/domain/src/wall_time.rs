//! Wall times: what a date and time in a zone mean, and which instants a local day covers.

use chrono::{DateTime, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};

use crate::zones::Zone;

/// What a wall time turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallTime {
    At(DateTime<Utc>),
    /// The clocks go back over it.
    Twice {
        earlier: DateTime<Utc>,
        later: DateTime<Utc>,
    },
    /// The clocks go forward over it: the last wall time before and the first one after.
    Missing {
        before: NaiveDateTime,
        after: NaiveDateTime,
    },
}

/// Longest jump any zone has made: a whole day, at the date line.
const LONGEST_GAP_MINUTES: i64 = 26 * 60;

/// Resolves a wall time in a zone.
pub fn resolve(wall: NaiveDateTime, zone: Zone) -> WallTime {
    match zone.from_local_datetime(&wall) {
        MappedLocalTime::Single(at) => WallTime::At(at.to_utc()),
        MappedLocalTime::Ambiguous(one, two) => {
            let (one, two) = (one.to_utc(), two.to_utc());
            WallTime::Twice { earlier: one.min(two), later: one.max(two) }
        }
        MappedLocalTime::None => {
            WallTime::Missing { before: nearest_existing(wall, zone, -1), after: nearest_existing(wall, zone, 1) }
        }
    }
}

fn nearest_existing(wall: NaiveDateTime, zone: Zone, step: i64) -> NaiveDateTime {
    (1..=LONGEST_GAP_MINUTES)
        .map(|minutes| wall + TimeDelta::minutes(minutes * step))
        .find(|&candidate| zone.from_local_datetime(&candidate).earliest().is_some())
        .unwrap_or(wall)
}

/// The first instant of a local date; midnight itself may not exist.
pub fn start_of_day(date: NaiveDate, zone: Zone) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    match resolve(midnight, zone) {
        WallTime::At(at) | WallTime::Twice { earlier: at, .. } => at,
        WallTime::Missing { after, .. } => {
            zone.from_local_datetime(&after).earliest().map_or_else(|| midnight.and_utc(), |at| at.to_utc())
        }
    }
}

/// The instants `[start, end)` of a local date.
pub fn day_bounds(date: NaiveDate, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
    let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
    (start_of_day(date, zone), start_of_day(next, zone))
}

/// The local date at an instant.
pub fn local_date(at: DateTime<Utc>, zone: Zone) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// What the clocks show at an instant, `2026-11-25T10:00`.
pub fn written(at: DateTime<Utc>, zone: Zone) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
}

/// The offset at an instant, `UTC+02:00`.
pub fn offset_label(at: DateTime<Utc>, zone: Zone) -> String {
    let seconds = at.with_timezone(&zone).offset().fix().local_minus_utc();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The next half hour that is at least `lead` away, as a wall time in the zone.
pub fn next_half_hour(now: DateTime<Utc>, lead: TimeDelta, zone: Zone) -> NaiveDateTime {
    let local = (now + lead).with_timezone(&zone).naive_local();
    let minutes = i64::from(chrono::Timelike::minute(&local));
    let seconds = i64::from(chrono::Timelike::second(&local));
    let past = (minutes % 30) * 60 + seconds;
    let add = if past == 0 { 0 } else { 30 * 60 - past };
    let candidate = local + TimeDelta::seconds(add);
    let candidate = chrono::Timelike::with_nanosecond(&candidate, 0).unwrap_or(candidate);
    match resolve(candidate, zone) {
        WallTime::Missing { after, .. } => after,
        WallTime::At(_) | WallTime::Twice { .. } => candidate,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zones;

    fn zone(id: &str) -> Zone {
        zones::parse(id).unwrap()
    }

    fn amsterdam() -> Zone {
        zone("Europe/Amsterdam")
    }

    fn any_zone() -> impl Strategy<Value = Zone> {
        proptest::sample::select(zones::all().collect::<Vec<_>>())
    }

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn an_ordinary_time_is_one_instant() {
        let WallTime::At(at) = resolve(wall("2026-11-25 10:00"), amsterdam()) else { panic!("one instant") };
        assert_eq!(at.to_rfc3339(), "2026-11-25T09:00:00+00:00");
    }

    #[test]
    fn a_skipped_hour_names_both_sides() {
        let resolved = resolve(wall("2027-03-28 02:30"), amsterdam());
        assert_eq!(resolved, WallTime::Missing { before: wall("2027-03-28 01:59"), after: wall("2027-03-28 03:00") });
    }

    #[test]
    fn a_repeated_hour_has_two_instants_an_hour_apart() {
        let WallTime::Twice { earlier, later } = resolve(wall("2026-10-25 02:30"), amsterdam()) else {
            panic!("two instants")
        };
        assert_eq!(later - earlier, TimeDelta::hours(1));
        assert_eq!(offset_label(earlier, amsterdam()), "UTC+02:00");
        assert_eq!(offset_label(later, amsterdam()), "UTC+01:00");
    }

    #[test]
    fn a_whole_day_may_be_missing() {
        let WallTime::Missing { before, after } = resolve(wall("2011-12-30 12:00"), zone("Pacific/Apia")) else {
            panic!("Samoa skipped this day")
        };
        assert_eq!((before, after), (wall("2011-12-29 23:59"), wall("2011-12-31 00:00")));
    }

    /// The rules changed in 2026: no summer time in British Columbia and Alberta any more, none of the Moroccan kind.
    #[test]
    fn zones_that_changed_lately_have_the_rules_of_today() {
        for (id, instant) in [
            ("America/Vancouver", "2026-12-01T17:00:00+00:00"),
            ("America/Edmonton", "2026-12-01T16:00:00+00:00"),
            ("Africa/Casablanca", "2026-12-01T10:00:00+00:00"),
        ] {
            let WallTime::At(at) = resolve(wall("2026-12-01 10:00"), zone(id)) else { panic!("one instant") };
            assert_eq!(at.to_rfc3339(), instant, "{id}");
        }
    }

    #[test]
    fn days_have_23_24_or_25_hours() {
        let hours = |date: &str, zone| {
            let (start, end) = day_bounds(date.parse().unwrap(), zone);
            (end - start).num_minutes()
        };
        assert_eq!(hours("2027-03-28", amsterdam()), 23 * 60);
        assert_eq!(hours("2026-10-25", amsterdam()), 25 * 60);
        assert_eq!(hours("2026-11-23", zone("Asia/Kathmandu")), 24 * 60);
        assert_eq!(hours("2018-11-04", zone("America/Sao_Paulo")), 23 * 60);
    }

    #[test]
    fn half_hours_are_whole_and_ahead() {
        let now = "2026-11-23T08:01:20Z".parse().unwrap();
        assert_eq!(next_half_hour(now, TimeDelta::minutes(10), amsterdam()), wall("2026-11-23 09:30"));
        let sharp = "2026-11-23T08:20:00Z".parse().unwrap();
        assert_eq!(next_half_hour(sharp, TimeDelta::minutes(10), amsterdam()), wall("2026-11-23 09:30"));
    }

    proptest! {
        /// An instant shown as wall time resolves to that instant again, or to one of two.
        #[test]
        fn wall_times_of_instants_resolve_back(seconds in 631_152_000_i64..2_208_988_800, zone in any_zone()) {
            let at = DateTime::<Utc>::from_timestamp(seconds, 0).unwrap();
            match resolve(at.with_timezone(&zone).naive_local(), zone) {
                WallTime::At(found) => prop_assert_eq!(found, at),
                WallTime::Twice { earlier, later } => prop_assert!(earlier == at || later == at),
                WallTime::Missing { .. } => prop_assert!(false, "an existing time was called missing"),
            }
        }

        /// Days cover the line without holes or overlaps.
        #[test]
        fn days_join(days in 0_u64..18_628, zone in any_zone()) {
            let date = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + Days::new(days);
            let (start, end) = day_bounds(date, zone);
            prop_assert!(start < end);
            prop_assert_eq!(day_bounds(date + Days::new(1), zone).0, end);
            prop_assert_eq!(local_date(start, zone), date);
        }
    }
}
