//! The dates of a series as a rule with what differs from it: left out, moved, shorter or longer.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc, Weekday};

use super::zone_block::day_name;
use crate::series::{End, Rhythm, Series};
use crate::wall_time::{self, WallTime};
use crate::zones::Zone;

/// A date of a series that takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// When it was planned by the rule, as far as that is known.
    pub planned: DateTime<Utc>,
    pub start: DateTime<Utc>,
    pub minutes: u32,
}

/// A rule, and what differs from it. On the clocks of its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repeated {
    pub first: NaiveDateTime,
    pub minutes: u32,
    /// The value of `RRULE`.
    pub rule: String,
    /// Dates of the rule that don't take place.
    pub without: Vec<NaiveDateTime>,
    /// Dates of the rule that are at another time, or take another one.
    pub other: Vec<(NaiveDateTime, Occurrence)>,
}

impl Repeated {
    /// With the fewest differences: where a whole series was moved, its dates are no longer when they were planned.
    pub fn best(rule: &Series, zone: Zone, dates: &[Occurrence]) -> Option<Self> {
        let as_they_are: Vec<Occurrence> =
            dates.iter().map(|date| Occurrence { planned: date.start, ..*date }).collect();
        let both = [dates, as_they_are.as_slice()];
        let found = both.into_iter().filter_map(|dates| Self::of(rule, zone, dates));
        found.min_by_key(|found| found.without.len() + found.other.len())
    }

    /// `None` where the dates are not those of the rule: then only they themselves say when it is.
    fn of(rule: &Series, zone: Zone, dates: &[Occurrence]) -> Option<Self> {
        let first = dates.iter().map(|date| date.planned).min()?.with_timezone(&zone).naive_local();
        let last = dates.iter().map(|date| date.planned).max()?.with_timezone(&zone).date_naive();
        let open = Series { end: End::Until(last), ..rule.clone() };
        let expected = open.dates(first, zone).ok().filter(|found| !found.cut)?.starts;
        // By RFC 5545 the first date is one, whatever the rule says.
        (expected.first()?.with_timezone(&zone).date_naive() == first.date()).then_some(())?;
        let minutes = usual_minutes(dates)?;
        let mut free: BTreeSet<DateTime<Utc>> = expected.iter().copied().collect();
        let mut other = Vec::new();
        let mut astray = Vec::new();
        for date in dates {
            if !free.remove(&date.planned) {
                astray.push(*date);
            } else if date.start != date.planned || date.minutes != minutes {
                other.push((wall_of(date.planned, first, zone), *date));
            }
        }
        // Where it is not known which date was moved, any that is missing will do: what is left is the same.
        for date in astray {
            let nearest = free.iter().copied().min_by_key(|at| (*at - date.start).num_seconds().abs())?;
            free.remove(&nearest);
            other.push((wall_of(nearest, first, zone), date));
        }
        other.sort_by_key(|(at, _)| *at);
        let without = free.into_iter().map(|at| wall_of(at, first, zone)).collect();
        Some(Self { first, minutes, rule: written(rule, *expected.last()?), without, other })
    }
}

/// A wall time as other programs read it (RFC 5545, 3.3.5): of two the first, and one that the clocks skip by the clocks
/// before.
pub(super) fn read(wall: NaiveDateTime, zone: Zone) -> DateTime<Utc> {
    match wall_time::resolve(wall, zone) {
        WallTime::At(at) | WallTime::Twice { earlier: at, .. } => at,
        WallTime::Missing { .. } => {
            let before = zone.offset_from_utc_datetime(&(wall - TimeDelta::days(1)));
            (wall - chrono::Offset::fix(&before)).and_utc()
        }
    }
}

/// The wall time by which the rule names a date: also one that the clocks of that date skip.
fn wall_of(at: DateTime<Utc>, first: NaiveDateTime, zone: Zone) -> NaiveDateTime {
    let local = at.with_timezone(&zone).naive_local();
    let named = local.date().and_time(first.time());
    if read(named, zone) == at { named } else { local }
}

fn usual_minutes(dates: &[Occurrence]) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for date in dates {
        *counts.entry(date.minutes).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(minutes, count)| (*count, Reverse(*minutes))).map(|(minutes, _)| minutes)
}

fn written(rule: &Series, last: DateTime<Utc>) -> String {
    let list = |days: &[Weekday]| days.iter().copied().map(day_name).collect::<Vec<_>>().join(",");
    let rhythm = match &rule.rhythm {
        Rhythm::Daily => "FREQ=DAILY".to_owned(),
        Rhythm::Weekly(days) => format!("FREQ=WEEKLY;BYDAY={}", list(days)),
        Rhythm::MonthDay(day) => format!("FREQ=MONTHLY;BYMONTHDAY={day}"),
        Rhythm::MonthWeekday { week, day } => format!("FREQ=MONTHLY;BYDAY={week}{}", day_name(*day)),
    };
    let interval = if rule.every > 1 { format!(";INTERVAL={}", rule.every) } else { String::new() };
    // Zoom's weeks begin on Sunday.
    format!("{rhythm}{interval};WKST=SU;UNTIL={}", super::lines::utc(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn date(start: &str) -> Occurrence {
        Occurrence { planned: at(start), start: at(start), minutes: 30 }
    }

    fn mondays() -> Series {
        Series { rhythm: Rhythm::Weekly(vec![Weekday::Mon]), every: 1, end: End::Times(5) }
    }

    fn amsterdam() -> Zone {
        zones::parse("Europe/Amsterdam").unwrap()
    }

    #[test]
    fn dates_that_are_missing_or_moved_are_named() {
        let moved = Occurrence { planned: at("2026-11-02T09:00:00Z"), ..date("2026-11-03T13:30:00Z") };
        let longer = Occurrence { minutes: 60, ..date("2026-11-16T09:00:00Z") };
        let dates = [date("2026-10-19T08:00:00Z"), moved, date("2026-11-09T09:00:00Z"), longer];
        let found = Repeated::of(&mondays(), amsterdam(), &dates).unwrap();
        assert_eq!(found.rule, "FREQ=WEEKLY;BYDAY=MO;WKST=SU;UNTIL=20261116T090000Z");
        let wall = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        assert_eq!((found.first, found.minutes), (wall("2026-10-19 10:00"), 30));
        assert_eq!(found.without, [wall("2026-10-26 10:00")]);
        assert_eq!(found.other, [(wall("2026-11-02 10:00"), moved), (wall("2026-11-16 10:00"), longer)]);
        // Nobody says which one was moved.
        let unknown = Occurrence { planned: moved.start, ..moved };
        let found = Repeated::of(&mondays(), amsterdam(), &[dates[0], unknown, dates[2], longer]).unwrap();
        assert_eq!(found.without, [wall("2026-10-26 10:00")]);
        assert_eq!(found.other[0], (wall("2026-11-02 10:00"), unknown));
    }

    #[test]
    fn a_series_that_was_moved_as_a_whole_is_its_rule() {
        let later = |planned: &str| Occurrence { start: at(planned) + TimeDelta::hours(2), ..date(planned) };
        let dates = [later("2026-11-02T09:00:00Z"), later("2026-11-09T09:00:00Z"), later("2026-11-16T09:00:00Z")];
        let found = Repeated::best(&mondays(), amsterdam(), &dates).unwrap();
        assert_eq!((found.without.len(), found.other.len()), (0, 0));
        assert_eq!(found.first.time(), chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap());
    }

    #[test]
    fn dates_of_no_such_rule_have_none() {
        let dates = [date("2026-10-20T08:00:00Z"), date("2026-10-23T08:00:00Z")];
        assert_eq!(Repeated::of(&mondays(), amsterdam(), &dates), None);
        let daily = Series { rhythm: Rhythm::Daily, every: 3, end: End::Never };
        assert!(Repeated::of(&daily, amsterdam(), &dates).is_some());
        let more = [dates[0], date("2026-10-21T08:00:00Z"), dates[1]];
        assert_eq!(Repeated::of(&daily, amsterdam(), &more), None, "more dates than the rule has");
        assert_eq!(Repeated::of(&mondays(), amsterdam(), &[]), None);
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_named_as_the_rule_has_it() {
        let sundays = Series { rhythm: Rhythm::Weekly(vec![Weekday::Sun]), every: 1, end: End::Times(2) };
        let dates = [date("2027-03-21T01:30:00Z"), Occurrence { minutes: 60, ..date("2027-03-28T01:30:00Z") }];
        let found = Repeated::of(&sundays, amsterdam(), &dates).unwrap();
        let skipped = NaiveDateTime::parse_from_str("2027-03-28 02:30", "%Y-%m-%d %H:%M").unwrap();
        assert_eq!(found.other, [(skipped, dates[1])]);
        assert_eq!(read(skipped, amsterdam()), at("2027-03-28T01:30:00Z"));
    }
}
