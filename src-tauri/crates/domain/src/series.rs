//! How a meeting repeats, within Zoom's limits, and on which dates that is. Not how it is said in a line
//! (`typed::line`), and not what Zoom gets (the engine's `schedule::repeats`).
//!
//! Source: the `recurrence` object of Zoom's «Create a meeting»: intervals up to 99 days, 50 weeks or 10 months, an end
//! by date or by at most 60 times, and never more than 50 dates.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc, Weekday};

use crate::wall_time::{self, WallTime};
use crate::zones::Zone;

/// Zoom plans no more dates than these, whatever the rule says.
pub const MOST_DATES: usize = 50;
/// The highest number of times that Zoom takes.
pub const MOST_TIMES: u32 = 60;
/// Bounds the search where few months have the day.
const MOST_STEPS: u32 = 2_000;

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub rhythm: Rhythm,
    /// Each so many days, weeks or months.
    pub every: u32,
    pub end: End,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rhythm {
    Daily,
    /// On these days of the week.
    Weekly(Vec<Weekday>),
    /// On this day of the month; months without it are left out.
    MonthDay(u32),
    /// On this weekday of the week 1 to 4 of the month, or of its last one (−1).
    MonthWeekday {
        week: i32,
        day: Weekday,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As long as Zoom plans ahead.
    Never,
    Times(u32),
    /// The last day that it may be, on the clocks of its zone.
    Until(NaiveDate),
}

/// What is wrong with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Interval {
        most: u32,
    },
    /// No day of the week is chosen.
    NoDay,
    /// No such day or week of a month.
    NoSuchDay,
    Times,
    /// It ends before its first date.
    EndsBefore,
}

/// On which dates a series is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dates {
    pub starts: Vec<DateTime<Utc>>,
    /// The rule would go on, and Zoom does not.
    pub cut: bool,
    /// Dates on which the clocks go forward over its time: it is later there by as much.
    pub skipped: Vec<NaiveDate>,
}

impl Series {
    /// The longest interval that Zoom takes.
    pub fn longest_interval(&self) -> u32 {
        match self.rhythm {
            Rhythm::Daily => 99,
            Rhythm::Weekly(_) => 50,
            Rhythm::MonthDay(_) | Rhythm::MonthWeekday { .. } => 10,
        }
    }

    /// What Zoom would refuse.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), Fault> {
        let most = self.longest_interval();
        if !(1..=most).contains(&self.every) {
            return Err(Fault::Interval { most });
        }
        match &self.rhythm {
            Rhythm::Weekly(days) if days.is_empty() => return Err(Fault::NoDay),
            Rhythm::MonthDay(day) if !(1..=31).contains(day) => return Err(Fault::NoSuchDay),
            Rhythm::MonthWeekday { week, .. } if !matches!(week, -1 | 1..=4) => return Err(Fault::NoSuchDay),
            _ => {}
        }
        match self.end {
            End::Times(times) if !(1..=MOST_TIMES).contains(&times) => Err(Fault::Times),
            _ => Ok(()),
        }
    }

    /// The dates from `first` on, at its wall time in `zone`. `first` itself is one only where the rule says so.
    ///
    /// # Errors
    /// What is wrong with the rule, or that there is no date at all.
    pub fn dates(&self, first: NaiveDateTime, zone: Zone) -> Result<Dates, Fault> {
        self.check()?;
        let most = match self.end {
            End::Times(times) => usize::try_from(times).unwrap_or(MOST_DATES),
            End::Never | End::Until(_) => usize::MAX,
        };
        let mut dates = Dates::default();
        'steps: for step in 0..MOST_STEPS {
            for date in self.dates_of(step, first.date()) {
                let over = matches!(self.end, End::Until(last) if date > last);
                if over || dates.starts.len() == most {
                    break 'steps;
                }
                if dates.starts.len() == MOST_DATES {
                    dates.cut = true;
                    break 'steps;
                }
                let (start, skipped) = at(date.and_time(first.time()), zone);
                dates.starts.push(start);
                if skipped {
                    dates.skipped.push(date);
                }
            }
        }
        if dates.starts.is_empty() { Err(Fault::EndsBefore) } else { Ok(dates) }
    }

    /// The last moment of the last day that it may be, where it ends by date.
    pub fn until(&self, zone: Zone) -> Option<DateTime<Utc>> {
        match self.end {
            End::Until(last) => Some(wall_time::day_bounds(last, zone).1 - TimeDelta::seconds(1)),
            End::Never | End::Times(_) => None,
        }
    }

    /// The dates of the `step`th day, week or month, none before `first`. A week begins on Sunday, as Zoom's does.
    fn dates_of(&self, step: u32, first: NaiveDate) -> Vec<NaiveDate> {
        let steps = step.saturating_mul(self.every);
        let month = || first.with_day(1)?.checked_add_months(Months::new(steps));
        let mut dates: Vec<NaiveDate> = match &self.rhythm {
            Rhythm::Daily => first.checked_add_days(Days::new(steps.into())).into_iter().collect(),
            Rhythm::Weekly(days) => {
                let back = Days::new(first.weekday().num_days_from_sunday().into());
                let sunday = first.checked_sub_days(back);
                let week = sunday.and_then(|day| day.checked_add_days(Days::new(7 * u64::from(steps))));
                let date = |day: &Weekday| week?.checked_add_days(Days::new(day.num_days_from_sunday().into()));
                days.iter().filter_map(date).collect()
            }
            Rhythm::MonthDay(day) => month().and_then(|month| month.with_day(*day)).into_iter().collect(),
            Rhythm::MonthWeekday { week, day } => {
                month().and_then(|month| nth(month, *week, *day)).into_iter().collect()
            }
        };
        dates.retain(|date| *date >= first);
        dates.sort_unstable();
        dates.dedup();
        dates
    }
}

fn nth(month: NaiveDate, week: i32, day: Weekday) -> Option<NaiveDate> {
    let nth = |n: u8| NaiveDate::from_weekday_of_month_opt(month.year(), month.month(), day, n);
    if week == -1 { nth(5).or_else(|| nth(4)) } else { nth(u8::try_from(week).ok()?) }
}

/// A wall time as an instant, the earlier of two; one that the clocks skip is as much later as they skip.
fn at(wall: NaiveDateTime, zone: Zone) -> (DateTime<Utc>, bool) {
    match wall_time::resolve(wall, zone) {
        WallTime::At(at) | WallTime::Twice { earlier: at, .. } => (at, false),
        WallTime::Missing { before, .. } => {
            let offset = zone.from_local_datetime(&before).earliest();
            let start = offset.map_or_else(|| wall.and_utc(), |known| known.to_utc() + (wall - before));
            (start, true)
        }
    }
}

/// A start whose wall time is moved by as much as another one of its series was.
pub fn moved(start: DateTime<Utc>, zone: Zone, by: TimeDelta) -> DateTime<Utc> {
    at(start.with_timezone(&zone).naive_local() + by, zone).0
}

/// The rhythms that a date suggests: this day of the month, and this weekday of its week (the last one where it is).
pub fn of_month(date: NaiveDate) -> (Rhythm, Rhythm) {
    let last = date.checked_add_days(Days::new(7)).is_none_or(|next| next.month() != date.month());
    let week = if last { -1 } else { i32::try_from((date.day() - 1) / 7 + 1).unwrap_or(-1) };
    (Rhythm::MonthDay(date.day()), Rhythm::MonthWeekday { week, day: date.weekday() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zones;

    fn amsterdam() -> Zone {
        zones::parse("Europe/Amsterdam").unwrap()
    }

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn series(rhythm: Rhythm, every: u32, end: End) -> Series {
        Series { rhythm, every, end }
    }

    fn starts(series: &Series, first: &str) -> Vec<String> {
        let dates = series.dates(wall(first), amsterdam()).unwrap();
        dates.starts.iter().map(|at| at.format("%Y-%m-%dT%H:%MZ").to_string()).collect()
    }

    #[test]
    fn weekly_dates_keep_their_wall_time_over_the_change_of_clocks() {
        let rule = series(Rhythm::Weekly(vec![Weekday::Wed, Weekday::Mon]), 1, End::Times(4));
        assert_eq!(
            starts(&rule, "2026-10-20 10:00"),
            ["2026-10-21T08:00Z", "2026-10-26T09:00Z", "2026-10-28T09:00Z", "2026-11-02T09:00Z"]
        );
        let fortnightly = series(Rhythm::Weekly(vec![Weekday::Tue]), 2, End::Until("2026-12-29".parse().unwrap()));
        assert_eq!(
            starts(&fortnightly, "2026-12-01 10:00"),
            ["2026-12-01T09:00Z", "2026-12-15T09:00Z", "2026-12-29T09:00Z"]
        );
    }

    #[test]
    fn months_without_the_day_are_left_out_and_the_last_friday_is_found() {
        let on_31st = series(Rhythm::MonthDay(31), 1, End::Times(3));
        assert_eq!(
            starts(&on_31st, "2026-01-31 12:00"),
            ["2026-01-31T11:00Z", "2026-03-31T10:00Z", "2026-05-31T10:00Z"]
        );
        let last_friday = series(Rhythm::MonthWeekday { week: -1, day: Weekday::Fri }, 2, End::Times(2));
        assert_eq!(starts(&last_friday, "2026-06-26 10:00"), ["2026-06-26T08:00Z", "2026-08-28T08:00Z"]);
    }

    #[test]
    fn zoom_plans_fifty_dates_and_that_is_said() {
        let cut = |end| {
            let dates = series(Rhythm::Daily, 1, end).dates(wall("2026-12-01 10:00"), amsterdam()).unwrap();
            (dates.starts.len(), dates.cut)
        };
        assert_eq!(cut(End::Never), (50, true));
        assert_eq!(cut(End::Times(60)), (50, true));
        assert_eq!(cut(End::Times(50)), (50, false));
        assert_eq!(cut(End::Until("2027-01-19".parse().unwrap())), (50, false));
        assert_eq!(cut(End::Until("2027-01-20".parse().unwrap())), (50, true));
    }

    #[test]
    fn a_time_that_a_date_does_not_have_is_named() {
        let rule = series(Rhythm::Weekly(vec![Weekday::Sun]), 1, End::Times(2));
        let dates = rule.dates(wall("2027-03-21 02:30"), amsterdam()).unwrap();
        assert_eq!(dates.skipped, ["2027-03-28".parse().unwrap()]);
        assert_eq!(dates.starts[1].to_rfc3339(), "2027-03-28T01:30:00+00:00", "half past three");
    }

    #[test]
    fn what_zoom_would_refuse_is_a_fault() {
        let fault = |rhythm, every, end| series(rhythm, every, end).dates(wall("2026-12-01 10:00"), amsterdam());
        assert_eq!(fault(Rhythm::Daily, 100, End::Never), Err(Fault::Interval { most: 99 }));
        assert_eq!(fault(Rhythm::Daily, 0, End::Never), Err(Fault::Interval { most: 99 }));
        assert_eq!(fault(Rhythm::Weekly(vec![Weekday::Mon]), 51, End::Never), Err(Fault::Interval { most: 50 }));
        assert_eq!(fault(Rhythm::MonthDay(1), 11, End::Never), Err(Fault::Interval { most: 10 }));
        assert_eq!(fault(Rhythm::Weekly(Vec::new()), 1, End::Never), Err(Fault::NoDay));
        assert_eq!(fault(Rhythm::MonthDay(32), 1, End::Never), Err(Fault::NoSuchDay));
        let fifth = Rhythm::MonthWeekday { week: 5, day: Weekday::Mon };
        assert_eq!(fault(fifth, 1, End::Never), Err(Fault::NoSuchDay));
        assert_eq!(fault(Rhythm::Daily, 1, End::Times(0)), Err(Fault::Times));
        assert_eq!(fault(Rhythm::Daily, 1, End::Times(61)), Err(Fault::Times));
        let before = End::Until("2026-11-30".parse().unwrap());
        assert_eq!(fault(Rhythm::Daily, 1, before), Err(Fault::EndsBefore));
    }

    #[test]
    fn a_date_suggests_its_day_and_its_weekday() {
        let of = |date: &str| of_month(date.parse().unwrap());
        let weekday = |week, day| Rhythm::MonthWeekday { week, day };
        assert_eq!(of("2026-12-08"), (Rhythm::MonthDay(8), weekday(2, Weekday::Tue)));
        assert_eq!(of("2026-12-28"), (Rhythm::MonthDay(28), weekday(-1, Weekday::Mon)));
        assert_eq!(of("2026-12-22"), (Rhythm::MonthDay(22), weekday(4, Weekday::Tue)));
    }

    proptest! {
        /// Whatever is accepted is in order, on the days that were asked for, and at most so often.
        #[test]
        fn dates_obey_their_rule(
            kind in 0_u8..4,
            every in 0_u32..120,
            days in proptest::collection::vec(0_u8..7, 0..4),
            day in 0_u32..33,
            week in -2_i32..6,
            times in 0_u32..62,
            first in 0_i64..20_000,
        ) {
            let weekday = |day: u8| Weekday::try_from(day).unwrap();
            let rhythm = match kind {
                0 => Rhythm::Daily,
                1 => Rhythm::Weekly(days.iter().copied().map(weekday).collect()),
                2 => Rhythm::MonthDay(day),
                _ => Rhythm::MonthWeekday { week, day: weekday(u8::try_from(day % 7).unwrap()) },
            };
            let rule = series(rhythm, every, End::Times(times));
            let first = DateTime::from_timestamp(first * 86_400 + 36_000, 0).unwrap().naive_utc();
            if let Ok(dates) = rule.dates(first, amsterdam()) {
                prop_assert!(dates.starts.is_sorted());
                prop_assert!(dates.starts.len() <= MOST_DATES && dates.starts.len() <= times as usize);
                for start in &dates.starts {
                    let local = start.with_timezone(&amsterdam()).naive_local();
                    prop_assert!(local >= first);
                    prop_assert_eq!(local.time(), first.time());
                    match &rule.rhythm {
                        Rhythm::Weekly(days) => prop_assert!(days.contains(&local.weekday())),
                        Rhythm::MonthDay(day) => prop_assert_eq!(local.day(), *day),
                        Rhythm::MonthWeekday { day, .. } => prop_assert_eq!(local.weekday(), *day),
                        Rhythm::Daily => {}
                    }
                }
            }
        }
    }
}
