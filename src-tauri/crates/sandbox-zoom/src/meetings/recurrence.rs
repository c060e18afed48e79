//! Recurrence rules, and the dates that follow from one.
//!
//! Source: the `recurrence` object of Zoom's «Create a meeting»: intervals up to 99 days, 50 weeks,
//! 10 months; either a number of times or an end; at most 50 occurrences.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};
use liaison_sandbox_kernel::world::zone::{Zone, in_utc};
use serde_json::{Map, Value, json};

use super::Family;
use super::fields::Fields;

const MOST_OCCURRENCES: usize = 50;
const MOST_TIMES: i64 = 60;
/// Bounds the search where few dates match (the 31st of a month, say).
const MOST_STEPS: u32 = 2_000;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    Daily,
    /// 1 is Sunday, 7 is Saturday.
    Weekly(Vec<u32>),
    MonthlyOnDay(u32),
    /// The week is 1 to 4, or −1 for the last one.
    MonthlyOnWeekday {
        week: i64,
        day: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    Times(usize),
    Until(DateTime<Utc>),
}

/// How a meeting of type 8 repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recurrence {
    rule: Rule,
    interval: u32,
    end: End,
}

impl Recurrence {
    /// Every week on these days (1 is Sunday), so many times.
    pub fn weekly(days: &[u32], times: usize) -> Self {
        Self { rule: Rule::Weekly(days.to_vec()), interval: 1, end: End::Times(times) }
    }

    /// Reads and checks a `recurrence` object; what is wrong goes into `fields`.
    pub fn read(fields: &mut Fields, family: Family) -> Option<Self> {
        let kind = fields.number("type", 1..=3);
        if kind.is_none() {
            fields.wrong("type");
            return None;
        }
        let [daily, weekly, monthly] = family.longest_intervals();
        let longest = match kind {
            Some(1) => daily,
            Some(2) => weekly,
            _ => monthly,
        };
        let interval = fields.number("repeat_interval", 1..=longest).unwrap_or(1);
        let rule = match kind {
            Some(1) => Some(Rule::Daily),
            Some(2) => weekly_rule(fields),
            _ => monthly_rule(fields),
        };
        let end = end_of(fields);
        Some(Self { rule: rule?, interval: u32::try_from(interval).ok()?, end })
    }

    /// As an answer shows it.
    pub fn shown(&self) -> Value {
        let mut shown = Map::new();
        let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
        match &self.rule {
            Rule::Daily => {
                put("type", json!(1));
            }
            Rule::Weekly(days) => {
                let days: Vec<String> = days.iter().map(u32::to_string).collect();
                put("type", json!(2));
                put("weekly_days", json!(days.join(",")));
            }
            Rule::MonthlyOnDay(day) => {
                put("type", json!(3));
                put("monthly_day", json!(day));
            }
            Rule::MonthlyOnWeekday { week, day } => {
                put("type", json!(3));
                put("monthly_week", json!(week));
                put("monthly_week_day", json!(day));
            }
        }
        put("repeat_interval", json!(self.interval));
        match &self.end {
            End::Times(times) => put("end_times", json!(times)),
            End::Until(until) => put("end_date_time", json!(super::render::instant(*until))),
        };
        Value::Object(shown)
    }

    /// The starts of all occurrences, at the wall time of `first` in `zone`.
    pub fn starts(&self, zone: Zone, first: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let wall = first.with_timezone(&zone).naive_local();
        let (most, until) = match self.end {
            End::Times(times) => (times.min(MOST_OCCURRENCES), None),
            End::Until(until) => (MOST_OCCURRENCES, Some(until)),
        };
        let mut starts = Vec::new();
        for step in 0..MOST_STEPS {
            for date in self.dates_of(step, wall.date()) {
                let start = in_utc(zone, date.and_time(wall.time()));
                if until.is_some_and(|until| start > until) || starts.len() == most {
                    return starts;
                }
                starts.push(start);
            }
        }
        starts
    }

    /// The dates of the `step`th day, week or month, none before `first`.
    fn dates_of(&self, step: u32, first: NaiveDate) -> Vec<NaiveDate> {
        let steps = step.saturating_mul(self.interval);
        match &self.rule {
            Rule::Daily => first.checked_add_days(Days::new(steps.into())).into_iter().collect(),
            Rule::Weekly(days) => {
                let back = Days::new(first.weekday().num_days_from_sunday().into());
                let sunday = first.checked_sub_days(back);
                let week = sunday.and_then(|day| day.checked_add_days(Days::new(7 * u64::from(steps))));
                let date = |day: &u32| week?.checked_add_days(Days::new(u64::from(day - 1)));
                days.iter().filter_map(date).filter(|date| *date >= first).collect()
            }
            Rule::MonthlyOnDay(day) => {
                let date = month_after(first, steps).and_then(|month| month.with_day(*day));
                date.filter(|date| *date >= first).into_iter().collect()
            }
            Rule::MonthlyOnWeekday { week, day } => {
                let date = month_after(first, steps).and_then(|month| nth(month, *week, *day));
                date.filter(|date| *date >= first).into_iter().collect()
            }
        }
    }
}

fn month_after(first: NaiveDate, months: u32) -> Option<NaiveDate> {
    first.with_day(1)?.checked_add_months(Months::new(months))
}

/// The `week`th `day` of the month that `month` lies in.
fn nth(month: NaiveDate, week: i64, day: u32) -> Option<NaiveDate> {
    let weekday = Weekday::try_from(u8::try_from((day + 5) % 7).ok()?).ok()?;
    let nth = |n: u8| NaiveDate::from_weekday_of_month_opt(month.year(), month.month(), weekday, n);
    if week == -1 { nth(5).or_else(|| nth(4)) } else { nth(u8::try_from(week).ok()?) }
}

fn weekly_rule(fields: &mut Fields) -> Option<Rule> {
    let text = fields.text("weekly_days", 20).unwrap_or_default();
    let days: Option<Vec<u32>> =
        text.split(',').map(|day| day.trim().parse().ok().filter(|day| (1..=7).contains(day))).collect();
    let Some(mut days) = days else {
        fields.wrong("weekly_days");
        return None;
    };
    days.sort_unstable();
    days.dedup();
    Some(Rule::Weekly(days))
}

fn monthly_rule(fields: &mut Fields) -> Option<Rule> {
    let on_day = fields.number("monthly_day", 1..=31);
    let week = fields.number("monthly_week", -1..=4);
    let weekday = fields.number("monthly_week_day", 1..=7);
    match (on_day, week, weekday) {
        (_, Some(week), Some(day)) if week != 0 => Some(Rule::MonthlyOnWeekday { week, day: u32::try_from(day).ok()? }),
        (_, Some(_), _) => {
            fields.wrong("monthly_week_day");
            None
        }
        (_, None, Some(_)) => {
            fields.wrong("monthly_week");
            None
        }
        (day, None, None) => Some(Rule::MonthlyOnDay(u32::try_from(day.unwrap_or(1)).ok()?)),
    }
}

fn end_of(fields: &mut Fields) -> End {
    let times = fields.number("end_times", 0..=MOST_TIMES);
    let until = fields
        .text("end_date_time", 40)
        .map(|text| chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%SZ").map(|time| time.and_utc()));
    match (times, until) {
        (Some(_), Some(_)) | (None, Some(Err(_))) => {
            fields.wrong("end_date_time");
            End::Times(1)
        }
        (None, Some(Ok(until))) => End::Until(until),
        // 0 means no end, which the number of occurrences bounds.
        (Some(0), None) => End::Times(MOST_OCCURRENCES),
        (Some(times), None) => End::Times(usize::try_from(times).unwrap_or(1)),
        (None, None) => End::Times(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(recurrence: &Value, first: &str) -> Vec<String> {
        let object = recurrence.as_object().unwrap().clone();
        let mut fields = Fields::new(&object, "recurrence.");
        let recurrence = Recurrence::read(&mut fields, Family::Meeting).unwrap();
        assert_eq!(fields.into_errors(), []);
        let first = DateTime::parse_from_rfc3339(first).unwrap().to_utc();
        let zone = Zone::AMSTERDAM;
        recurrence.starts(zone, first).into_iter().map(super::super::render::instant).collect()
    }

    fn wrong(recurrence: &Value) -> Vec<String> {
        let object = recurrence.as_object().unwrap().clone();
        let mut fields = Fields::new(&object, "recurrence.");
        let _ = Recurrence::read(&mut fields, Family::Meeting);
        fields.into_errors().into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn weekly_dates_keep_their_wall_time_across_the_change_of_clocks() {
        let rule = json!({"type": 2, "repeat_interval": 1, "weekly_days": "2,4", "end_times": 4});
        assert_eq!(
            starts(&rule, "2026-10-20T08:00:00Z"),
            ["2026-10-21T08:00:00Z", "2026-10-26T09:00:00Z", "2026-10-28T09:00:00Z", "2026-11-02T09:00:00Z"]
        );
    }

    #[test]
    fn monthly_rules_skip_months_that_lack_the_day_and_find_the_last_friday() {
        let on_31st = json!({"type": 3, "monthly_day": 31, "end_times": 3});
        assert_eq!(
            starts(&on_31st, "2026-01-31T11:00:00Z"),
            ["2026-01-31T11:00:00Z", "2026-03-31T10:00:00Z", "2026-05-31T10:00:00Z"]
        );
        let last_friday = json!({
            "type": 3, "monthly_week": -1, "monthly_week_day": 6,
            "end_date_time": "2026-07-31T08:00:00Z"
        });
        assert_eq!(starts(&last_friday, "2026-06-26T08:00:00Z"), ["2026-06-26T08:00:00Z", "2026-07-31T08:00:00Z"]);
    }

    #[test]
    fn there_are_never_more_than_fifty() {
        assert_eq!(starts(&json!({"type": 1, "end_times": 60}), "2026-01-01T08:00:00Z").len(), 50);
        assert_eq!(starts(&json!({"type": 1, "end_times": 0}), "2026-01-01T08:00:00Z").len(), 50);
    }

    #[test]
    fn wrong_rules_name_their_field() {
        let both = json!({"type": 1, "end_times": 2, "end_date_time": "2026-07-31T08:00:00Z"});
        assert_eq!(wrong(&both), ["recurrence.end_date_time"]);
        assert_eq!(wrong(&json!({"type": 9})), ["recurrence.type"]);
        assert_eq!(wrong(&json!({})), ["recurrence.type"]);
        assert_eq!(wrong(&json!({"type": 2})), ["recurrence.weekly_days"]);
        assert_eq!(wrong(&json!({"type": 2, "weekly_days": "0"})), ["recurrence.weekly_days"]);
        let often = json!({"type": 3, "repeat_interval": 11, "monthly_day": 1});
        assert_eq!(wrong(&often), ["recurrence.repeat_interval"]);
        let half = json!({"type": 3, "monthly_week": 2});
        assert_eq!(wrong(&half), ["recurrence.monthly_week_day"]);
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_accepted_recurs_in_order_and_within_bounds(
            kind in 0_i64..5,
            interval in 0_i64..120,
            days in "[0-8](,[0-8]){0,3}",
            monthly in (0_i64..33, -2_i64..6, 0_i64..9, 0_u8..3),
            times in 0_i64..62,
            first in 0_i64..4_000_000_000,
        ) {
            let (day, week, weekday, by) = monthly;
            let mut rule = json!({
                "type": kind, "repeat_interval": interval, "weekly_days": days, "end_times": times,
            });
            if by > 0 {
                rule["monthly_day"] = json!(day);
            }
            if by > 1 {
                rule["monthly_week"] = json!(week);
                rule["monthly_week_day"] = json!(weekday);
            }
            let object = rule.as_object().unwrap().clone();
            let mut fields = Fields::new(&object, "");
            if let Some(recurrence) = Recurrence::read(&mut fields, Family::Meeting) {
                let first = DateTime::from_timestamp(first, 0).unwrap();
                let starts = recurrence.starts(Zone::AMSTERDAM, first);
                proptest::prop_assert!(starts.len() <= MOST_OCCURRENCES);
                proptest::prop_assert!(starts.is_sorted() && starts.iter().all(|start| *start >= first));
                if fields.into_errors().is_empty() && times > 0 {
                    let wanted = usize::try_from(times).unwrap().min(MOST_OCCURRENCES);
                    // The last days of a month and the fifth week may run out of calendar.
                    proptest::prop_assert!(starts.len() == wanted || kind == 3);
                }
            }
        }
    }
}
