//! How a new meeting repeats: from the sheet to the rule, to Zoom, and to what the sheet says of its dates before
//! anything is made.

use chrono::{NaiveDate, TimeDelta, Weekday};
use liaison_domain::draft::When;
use liaison_domain::series::{self, End, Fault, Rhythm, Series};
use liaison_domain::zones::Zone;
use liaison_zoom::{Recurrence, RecurrenceType, ZoomTime};

use crate::error::{Field, FieldIssue, Problem};
use crate::schedule::view::{RepeatEnd, RepeatRhythm, Repeats, SeriesDates};

/// Dates that the sheet names before it counts the rest.
const NAMED: usize = 4;

/// A rule, and the dates that follow from it.
pub(crate) struct Repeating {
    pub series: Series,
    pub dates: series::Dates,
    pub zone: Zone,
}

impl Repeating {
    /// # Errors
    /// What is wrong with it, beside its field.
    pub fn of(repeats: &Repeats, when: When) -> Result<Self, FieldIssue> {
        let issue = |problem| FieldIssue { field: Field::Repeats, problem };
        let series = rule(repeats).ok_or_else(|| issue(Problem::NotADate))?;
        let first = when.start.with_timezone(&when.zone).naive_local();
        let mut dates = series.dates(first, when.zone).map_err(|fault| issue(problem(fault)))?;
        // Of two equal times the one that was chosen for the first date.
        if let Some(start) =
            dates.starts.first_mut().filter(|start| start.with_timezone(&when.zone).naive_local() == first)
        {
            *start = when.start;
        }
        Ok(Self { series, dates, zone: when.zone })
    }

    /// When the first date is, and how long.
    pub fn first(&self, when: When) -> When {
        let start = self.dates.starts.first().copied().unwrap_or(when.start);
        When { start, end: start + (when.end - when.start), zone: when.zone }
    }

    /// When each date begins and ends.
    pub fn spans(
        &self,
        length: TimeDelta,
    ) -> impl Iterator<Item = (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>)> {
        self.dates.starts.iter().map(move |start| (*start, *start + length))
    }

    pub fn shown(&self) -> SeriesDates {
        let day = |at: &chrono::DateTime<chrono::Utc>| written(at.with_timezone(&self.zone).date_naive());
        SeriesDates {
            first: self.dates.starts.iter().take(NAMED).map(day).collect(),
            last: self.dates.starts.last().map(day).unwrap_or_default(),
            count: u32::try_from(self.dates.starts.len()).unwrap_or(u32::MAX),
            cut: self.dates.cut,
            skipped: self.dates.skipped.iter().copied().map(written).collect(),
        }
    }

    pub fn for_zoom(&self) -> Recurrence {
        let number = |day: Weekday| day.number_from_sunday();
        let mut recurrence = Recurrence {
            recurrence_type: RecurrenceType::Daily,
            repeat_interval: Some(self.series.every),
            weekly_days: None,
            monthly_day: None,
            monthly_week: None,
            monthly_week_day: None,
            end_times: None,
            end_date_time: None,
        };
        match &self.series.rhythm {
            Rhythm::Daily => {}
            Rhythm::Weekly(days) => {
                let mut days: Vec<u32> = days.iter().copied().map(number).collect();
                days.sort_unstable();
                days.dedup();
                let days: Vec<String> = days.iter().map(u32::to_string).collect();
                recurrence.recurrence_type = RecurrenceType::Weekly;
                recurrence.weekly_days = Some(days.join(","));
            }
            Rhythm::MonthDay(day) => {
                recurrence.recurrence_type = RecurrenceType::Monthly;
                recurrence.monthly_day = Some(*day);
            }
            Rhythm::MonthWeekday { week, day } => {
                recurrence.recurrence_type = RecurrenceType::Monthly;
                recurrence.monthly_week = Some(*week);
                recurrence.monthly_week_day = Some(number(*day));
            }
        }
        match self.series.end {
            End::Times(times) => recurrence.end_times = Some(times),
            End::Until(_) => recurrence.end_date_time = self.series.until(self.zone).map(ZoomTime::Utc),
            // What was shown is what is asked for: as many dates as Zoom plans.
            End::Never => recurrence.end_times = Some(u32::try_from(series::MOST_DATES).unwrap_or(1)),
        }
        recurrence
    }
}

fn rule(repeats: &Repeats) -> Option<Series> {
    let weekday = |day: u32| Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok();
    let rhythm = match &repeats.rhythm {
        RepeatRhythm::Daily => Rhythm::Daily,
        RepeatRhythm::Weekly { days } => Rhythm::Weekly(days.iter().copied().map(weekday).collect::<Option<_>>()?),
        RepeatRhythm::MonthDay { day } => Rhythm::MonthDay(*day),
        RepeatRhythm::MonthWeekday { week, day } => Rhythm::MonthWeekday { week: *week, day: weekday(*day)? },
    };
    let end = match &repeats.end {
        RepeatEnd::Never => End::Never,
        RepeatEnd::Times { times } => End::Times(*times),
        RepeatEnd::Until { date } => End::Until(NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?),
    };
    Some(Series { rhythm, every: repeats.every, end })
}

/// A rule as the sheet has it.
pub(super) fn sheet(rule: &Series) -> Repeats {
    let number = |day: &Weekday| day.number_from_monday();
    let rhythm = match &rule.rhythm {
        Rhythm::Daily => RepeatRhythm::Daily,
        Rhythm::Weekly(days) => {
            let mut days: Vec<u32> = days.iter().map(number).collect();
            days.sort_unstable();
            RepeatRhythm::Weekly { days }
        }
        Rhythm::MonthDay(day) => RepeatRhythm::MonthDay { day: *day },
        Rhythm::MonthWeekday { week, day } => RepeatRhythm::MonthWeekday { week: *week, day: number(day) },
    };
    let end = match rule.end {
        End::Never => RepeatEnd::Never,
        End::Times(times) => RepeatEnd::Times { times },
        End::Until(date) => RepeatEnd::Until { date: written(date) },
    };
    Repeats { rhythm, every: rule.every, end }
}

fn problem(fault: Fault) -> Problem {
    match fault {
        Fault::Interval { most } => Problem::OutOfRange { min: 1, max: most },
        Fault::Times => Problem::OutOfRange { min: 1, max: series::MOST_TIMES },
        Fault::NoDay => Problem::Missing,
        Fault::NoSuchDay => Problem::NotADate,
        Fault::EndsBefore => Problem::NoDates,
    }
}

fn written(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use liaison_domain::zones;

    use super::*;

    fn when() -> When {
        let start: DateTime<Utc> = "2026-12-01T09:00:00Z".parse().unwrap();
        let zone = zones::parse("Europe/Amsterdam").unwrap();
        When { start, end: start + TimeDelta::minutes(30), zone }
    }

    fn repeating(rhythm: RepeatRhythm, end: RepeatEnd) -> Result<Repeating, FieldIssue> {
        Repeating::of(&Repeats { rhythm, every: 1, end }, when())
    }

    #[test]
    fn the_first_date_may_lie_after_the_day_that_was_chosen() {
        let wednesdays = RepeatRhythm::Weekly { days: vec![3, 1] };
        let found = repeating(wednesdays, RepeatEnd::Times { times: 6 }).unwrap();
        assert_eq!(found.first(when()).start.to_rfc3339(), "2026-12-02T09:00:00+00:00");
        let shown = found.shown();
        assert_eq!(shown.first, ["2026-12-02", "2026-12-07", "2026-12-09", "2026-12-14"]);
        assert_eq!((shown.last.as_str(), shown.count, shown.cut), ("2026-12-21", 6, false));
    }

    #[test]
    fn zoom_counts_from_sunday_and_gets_one_end() {
        let json = |rhythm, end| serde_json::to_value(repeating(rhythm, end).unwrap().for_zoom()).unwrap();
        assert_eq!(
            json(RepeatRhythm::Weekly { days: vec![7, 1] }, RepeatEnd::Times { times: 4 }),
            serde_json::json!({ "type": 2, "repeat_interval": 1, "weekly_days": "1,2", "end_times": 4 })
        );
        assert_eq!(
            json(RepeatRhythm::MonthWeekday { week: -1, day: 5 }, RepeatEnd::Until { date: "2027-03-31".to_owned() }),
            serde_json::json!({ "type": 3, "repeat_interval": 1, "monthly_week": -1, "monthly_week_day": 6,
                "end_date_time": "2027-03-31T21:59:59Z" }),
            "the end of that day in Amsterdam, in summer"
        );
        assert_eq!(
            json(RepeatRhythm::Daily, RepeatEnd::Never),
            serde_json::json!({ "type": 1, "repeat_interval": 1, "end_times": 50 })
        );
        for (rhythm, end) in [
            (RepeatRhythm::Daily, RepeatEnd::Never),
            (RepeatRhythm::MonthDay { day: 31 }, RepeatEnd::Times { times: 60 }),
        ] {
            assert_eq!(repeating(rhythm, end).unwrap().for_zoom().check(), Ok(()));
        }
    }

    #[test]
    fn a_wrong_rule_is_named_beside_its_field() {
        let problem = |rhythm, end| repeating(rhythm, end).err().map(|issue| (issue.field, issue.problem));
        let of = |problem| Some((Field::Repeats, problem));
        assert_eq!(problem(RepeatRhythm::Weekly { days: Vec::new() }, RepeatEnd::Never), of(Problem::Missing));
        assert_eq!(problem(RepeatRhythm::Weekly { days: vec![8] }, RepeatEnd::Never), of(Problem::NotADate));
        let before = RepeatEnd::Until { date: "2026-11-30".to_owned() };
        assert_eq!(problem(RepeatRhythm::Daily, before), of(Problem::NoDates));
        let often = RepeatEnd::Times { times: 61 };
        assert_eq!(problem(RepeatRhythm::Daily, often), of(Problem::OutOfRange { min: 1, max: 60 }));
    }
}
