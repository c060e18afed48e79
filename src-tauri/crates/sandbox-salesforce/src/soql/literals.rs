//! Date literals: spans of days in the user's zone (SOQL reference, "Date Formats and Date Literals").

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeZone, Utc};
use liaison_sandbox_kernel::world::zone::Zone;

/// From the first instant of `start` to just before the first of `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

/// Whether a literal needs `:n`; `None` for a word that is no date literal.
pub fn takes_count(name: &str) -> Option<bool> {
    const PLAIN: [&str; 17] = [
        "YESTERDAY",
        "TODAY",
        "TOMORROW",
        "LAST_WEEK",
        "THIS_WEEK",
        "NEXT_WEEK",
        "LAST_MONTH",
        "THIS_MONTH",
        "NEXT_MONTH",
        "LAST_90_DAYS",
        "NEXT_90_DAYS",
        "LAST_QUARTER",
        "THIS_QUARTER",
        "NEXT_QUARTER",
        "LAST_YEAR",
        "THIS_YEAR",
        "NEXT_YEAR",
    ];
    const COUNTED: [&str; 15] = [
        "LAST_N_DAYS",
        "NEXT_N_DAYS",
        "N_DAYS_AGO",
        "LAST_N_WEEKS",
        "NEXT_N_WEEKS",
        "N_WEEKS_AGO",
        "LAST_N_MONTHS",
        "NEXT_N_MONTHS",
        "N_MONTHS_AGO",
        "LAST_N_QUARTERS",
        "NEXT_N_QUARTERS",
        "LAST_N_YEARS",
        "NEXT_N_YEARS",
        "N_YEARS_AGO",
        "N_QUARTERS_AGO",
    ];
    if PLAIN.contains(&name) {
        return Some(false);
    }
    COUNTED.contains(&name).then_some(true)
}

/// The days that a literal means today.
pub fn span(name: &str, count: Option<i64>, now: DateTime<Utc>, zone: Zone) -> Option<DaySpan> {
    let today = now.with_timezone(&zone).date_naive();
    let count = count.unwrap_or(0);
    let days = |from: i64, to: i64| Some(DaySpan { start: add_days(today, from)?, end: add_days(today, to)? });
    let units = |unit: Unit, from: i64, to: i64| {
        let base = unit.start(today)?;
        Some(DaySpan { start: unit.add(base, from)?, end: unit.add(base, to)? })
    };
    match name {
        "YESTERDAY" => days(-1, 0),
        "TODAY" => days(0, 1),
        "TOMORROW" => days(1, 2),
        "LAST_90_DAYS" => days(-90, 1),
        "NEXT_90_DAYS" => days(1, 91),
        // These include today.
        "LAST_N_DAYS" => days(-count, 1),
        "NEXT_N_DAYS" => days(1, count + 1),
        "N_DAYS_AGO" => days(-count, -count + 1),
        _ => {
            let (unit, shape) = split(name)?;
            match shape {
                "LAST" => units(unit, -1, 0),
                "THIS" => units(unit, 0, 1),
                "NEXT" => units(unit, 1, 2),
                "LAST_N" => units(unit, -count, 0),
                "NEXT_N" => units(unit, 1, count + 1),
                "AGO" => units(unit, -count, -count + 1),
                _ => None,
            }
        }
    }
}

/// The first instant of a day in a zone; where midnight does not exist, the first one that does.
pub fn first_instant(day: NaiveDate, zone: Zone) -> DateTime<Utc> {
    (0..=180)
        .step_by(15)
        .filter_map(|minutes| day.and_hms_opt(minutes / 60, minutes % 60, 0))
        .find_map(|local| zone.from_local_datetime(&local).earliest())
        .map_or_else(|| day.and_time(chrono::NaiveTime::MIN).and_utc(), |at| at.with_timezone(&Utc))
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Week,
    Month,
    Quarter,
    Year,
}

fn split(name: &str) -> Option<(Unit, &'static str)> {
    let shape = if name.starts_with("LAST_N_") {
        "LAST_N"
    } else if name.starts_with("NEXT_N_") {
        "NEXT_N"
    } else if name.ends_with("_AGO") {
        "AGO"
    } else if name.starts_with("LAST_") {
        "LAST"
    } else if name.starts_with("THIS_") {
        "THIS"
    } else if name.starts_with("NEXT_") {
        "NEXT"
    } else {
        return None;
    };
    let unit = [("WEEK", Unit::Week), ("MONTH", Unit::Month), ("QUARTER", Unit::Quarter), ("YEAR", Unit::Year)]
        .into_iter()
        .find(|(word, _)| name.contains(word))?
        .1;
    Some((unit, shape))
}

impl Unit {
    fn start(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            // Weeks start on Sunday in the org's locale.
            Self::Week => add_days(day, -i64::from(day.weekday().num_days_from_sunday())),
            Self::Month => day.with_day(1),
            Self::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
            Self::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        }
    }

    fn add(self, day: NaiveDate, count: i64) -> Option<NaiveDate> {
        let months = match self {
            Self::Week => return add_days(day, count * 7),
            Self::Month => count,
            Self::Quarter => count * 3,
            Self::Year => count * 12,
        };
        let size = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
        if months < 0 { day.checked_sub_months(size) } else { day.checked_add_months(size) }
    }
}

fn add_days(day: NaiveDate, count: i64) -> Option<NaiveDate> {
    let size = Days::new(count.unsigned_abs());
    if count < 0 { day.checked_sub_days(size) } else { day.checked_add_days(size) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(name: &str, count: Option<i64>) -> (String, String) {
        // 23:30 UTC on Saturday is already Sunday in Amsterdam.
        let now = Utc.with_ymd_and_hms(2026, 3, 14, 23, 30, 0).unwrap();
        let span = span(name, count, now, Zone::AMSTERDAM).unwrap();
        (span.start.to_string(), span.end.to_string())
    }

    #[test]
    fn spans_are_those_of_the_users_day() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(on("TODAY", None), pair("2026-03-15", "2026-03-16"));
        assert_eq!(on("LAST_N_DAYS", Some(7)), pair("2026-03-08", "2026-03-16"));
        assert_eq!(on("THIS_WEEK", None), pair("2026-03-15", "2026-03-22"));
        assert_eq!(on("LAST_MONTH", None), pair("2026-02-01", "2026-03-01"));
        assert_eq!(on("NEXT_QUARTER", None), pair("2026-04-01", "2026-07-01"));
        assert_eq!(on("LAST_N_YEARS", Some(2)), pair("2024-01-01", "2026-01-01"));
        assert_eq!(on("N_DAYS_AGO", Some(1)), pair("2026-03-14", "2026-03-15"));
    }

    #[test]
    fn a_day_whose_midnight_does_not_exist_starts_later() {
        // Beirut moved its clocks at midnight.
        let day = NaiveDate::from_ymd_opt(2024, 3, 31).unwrap();
        let first = first_instant(day, "Asia/Beirut".parse().unwrap());
        assert_eq!(first.to_rfc3339(), "2024-03-30T22:00:00+00:00");
    }
}
