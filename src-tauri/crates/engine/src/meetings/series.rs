//! How a series repeats as Zoom tells it, and which of its dates are cancelled there: kept with each of its dates in a
//! form of its own, so that the rule can be shown and changed without asking.

use chrono::{DateTime, Utc, Weekday};
use liaison_domain::series::{End, Rhythm, Series};
use liaison_domain::zones::{self, Zone};
use liaison_store::tables::meetings::MeetingRecord;
use liaison_zoom::{Meeting, OccurrenceStatus, Recurrence, RecurrenceType, ZoomTime};
use serde::{Deserialize, Serialize};

use super::pull::moment;

/// Ids of dates that lie so far from where Zoom has the date are no moments.
const FARTHEST_MS: i64 = 400 * 86_400_000;

/// What Zoom tells of a series as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// Its rule; `None` for one that is not understood.
    pub rule: Option<Series>,
    /// When the dates were planned that are cancelled.
    pub cancelled: Vec<DateTime<Utc>>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Stored {
    #[serde(rename = "1")]
    V1 { rule: Option<RuleForm>, cancelled_utc_ms: Vec<i64> },
}

#[derive(Serialize, Deserialize)]
struct RuleForm {
    rhythm: RhythmForm,
    every: u32,
    end: EndForm,
}

/// Days of the week count from 1, Monday.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum RhythmForm {
    Daily,
    Weekly { days: Vec<u8> },
    MonthDay { day: u32 },
    MonthWeekday { week: i32, day: u8 },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum EndForm {
    Never,
    Times { times: u32 },
    Until { date: chrono::NaiveDate },
}

impl Told {
    /// What a whole meeting tells; `None` where it is no series with dates.
    pub fn of(meeting: &Meeting) -> Option<Self> {
        let dates = meeting.occurrences.as_ref()?;
        let zone = meeting.timezone.as_deref().and_then(zones::parse);
        let cancelled = dates
            .iter()
            .filter(|date| date.status == Some(OccurrenceStatus::Deleted))
            .filter_map(|date| {
                let start = moment(date.start_time, meeting.timezone.as_deref());
                planned(date.id.as_str(), start)
            })
            .collect();
        let rule = zone.zip(meeting.recurrence.as_ref()).and_then(|(zone, rule)| rule_of(rule, zone));
        Some(Self { rule, cancelled })
    }

    /// What is kept with a date; `None` while nothing is, or where a newer version wrote it.
    pub fn read(record: &MeetingRecord) -> Option<Self> {
        match serde_json::from_str(record.series_json.as_deref()?) {
            Ok(Stored::V1 { rule, cancelled_utc_ms }) => Some(Self {
                rule: rule.and_then(rule_in),
                cancelled: cancelled_utc_ms.into_iter().filter_map(DateTime::from_timestamp_millis).collect(),
            }),
            Err(error) => {
                tracing::error!(%error, "how a series repeats can't be read");
                None
            }
        }
    }

    pub fn json(&self) -> String {
        let stored = Stored::V1 {
            rule: self.rule.as_ref().map(form),
            cancelled_utc_ms: self.cancelled.iter().map(DateTime::timestamp_millis).collect(),
        };
        serde_json::to_string(&stored).unwrap_or_default()
    }
}

/// When a date of a series was planned by the rule, wherever it was moved since: Zoom's id of a date is that moment.
pub(crate) fn planned(occurrence: &str, start_utc_ms: Option<i64>) -> Option<DateTime<Utc>> {
    let told = occurrence.parse::<i64>().ok();
    let near = |at: &i64| start_utc_ms.is_none_or(|start| (start - at).abs() < FARTHEST_MS) && *at > 0;
    DateTime::from_timestamp_millis(told.filter(near).or(start_utc_ms)?)
}

fn form(rule: &Series) -> RuleForm {
    let number = |day: &Weekday| u8::try_from(day.number_from_monday()).unwrap_or(1);
    RuleForm {
        rhythm: match &rule.rhythm {
            Rhythm::Daily => RhythmForm::Daily,
            Rhythm::Weekly(days) => RhythmForm::Weekly { days: days.iter().map(number).collect() },
            Rhythm::MonthDay(day) => RhythmForm::MonthDay { day: *day },
            Rhythm::MonthWeekday { week, day } => RhythmForm::MonthWeekday { week: *week, day: number(day) },
        },
        every: rule.every,
        end: match rule.end {
            End::Never => EndForm::Never,
            End::Times(times) => EndForm::Times { times },
            End::Until(date) => EndForm::Until { date },
        },
    }
}

fn rule_in(form: RuleForm) -> Option<Series> {
    let weekday = |day: u8| Weekday::try_from(day.checked_sub(1)?).ok();
    let rhythm = match form.rhythm {
        RhythmForm::Daily => Rhythm::Daily,
        RhythmForm::Weekly { days } => Rhythm::Weekly(days.into_iter().map(weekday).collect::<Option<_>>()?),
        RhythmForm::MonthDay { day } => Rhythm::MonthDay(day),
        RhythmForm::MonthWeekday { week, day } => Rhythm::MonthWeekday { week, day: weekday(day)? },
    };
    let end = match form.end {
        EndForm::Never => End::Never,
        EndForm::Times { times } => End::Times(times),
        EndForm::Until { date } => End::Until(date),
    };
    Some(Series { rhythm, every: form.every, end })
}

/// Zoom's rule as ours. Its days count from 1, Sunday; `end_times: 0` is no end at all.
fn rule_of(told: &Recurrence, zone: Zone) -> Option<Series> {
    let weekday = |day: u32| match day {
        1 => Some(Weekday::Sun),
        2..=7 => Weekday::try_from(u8::try_from(day - 2).ok()?).ok(),
        _ => None,
    };
    let rhythm = match told.recurrence_type {
        RecurrenceType::Daily => Rhythm::Daily,
        RecurrenceType::Weekly => {
            let days = told.weekly_days.as_deref()?.split(',').map(|day| weekday(day.trim().parse().ok()?));
            Rhythm::Weekly(days.collect::<Option<_>>()?)
        }
        RecurrenceType::Monthly => match (told.monthly_week, told.monthly_week_day, told.monthly_day) {
            (Some(week @ (-1 | 1..=4)), Some(day), _) => Rhythm::MonthWeekday { week, day: weekday(day)? },
            (_, _, day) => Rhythm::MonthDay(day.filter(|day| *day > 0).unwrap_or(1)),
        },
        RecurrenceType::Other(_) => return None,
    };
    let end = match (told.end_date_time, told.end_times) {
        (Some(ZoomTime::Utc(last)), _) => End::Until(last.with_timezone(&zone).date_naive()),
        (Some(ZoomTime::Local(last)), _) => End::Until(last.date()),
        (None, Some(0)) => End::Never,
        // Zoom says that it is 1 where nothing is said.
        (None, times) => End::Times(times.unwrap_or(1)),
    };
    Some(Series { rhythm, every: told.repeat_interval.filter(|every| *every > 0).unwrap_or(1), end })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::meetings::pull::blank;

    fn told(recurrence: &serde_json::Value) -> Option<Told> {
        let meeting: Meeting = serde_json::from_value(json!({
            "id": 82_440_633_900_u64, "type": 8, "timezone": "Europe/Amsterdam", "recurrence": recurrence,
            "occurrences": [
                { "occurrence_id": "1796202000000", "start_time": "2026-12-02T09:00:00Z", "status": "available" },
                { "occurrence_id": "1796634000000", "start_time": "2026-12-08T10:00:00Z", "status": "deleted" },
                { "occurrence_id": "AB12", "start_time": "2026-12-09T09:00:00Z", "status": "deleted" },
            ],
        }))
        .unwrap();
        Told::of(&meeting)
    }

    #[test]
    fn the_rule_is_read_as_zoom_means_it() {
        let rule = |recurrence| told(&recurrence).unwrap().rule.unwrap();
        let weekly = rule(json!({ "type": 2, "weekly_days": "1,2,7", "repeat_interval": 2, "end_times": 0 }));
        assert_eq!(weekly.rhythm, Rhythm::Weekly(vec![Weekday::Sun, Weekday::Mon, Weekday::Sat]));
        assert_eq!((weekly.every, weekly.end), (2, End::Never));
        let monthly = rule(json!({ "type": 3, "monthly_week": -1, "monthly_week_day": 6, "end_times": 4 }));
        assert_eq!(monthly.rhythm, Rhythm::MonthWeekday { week: -1, day: Weekday::Fri });
        let until = rule(json!({ "type": 1, "end_date_time": "2027-03-31T21:59:59Z" }));
        assert_eq!(until.end, End::Until("2027-03-31".parse().unwrap()), "a day of Amsterdam, in summer");
        assert_eq!(rule(json!({ "type": 3, "monthly_day": 31 })).rhythm, Rhythm::MonthDay(31));
        for unknown in [json!({ "type": 9 }), json!({ "type": 2, "weekly_days": "8" }), json!({ "type": 2 })] {
            assert_eq!(told(&unknown).unwrap().rule, None, "{unknown}");
        }
    }

    #[test]
    fn a_cancelled_date_is_where_the_rule_had_planned_it() {
        let cancelled = told(&json!({ "type": 1, "end_times": 3 })).unwrap().cancelled;
        let at: Vec<_> = cancelled.iter().map(DateTime::to_rfc3339).collect();
        assert_eq!(at, ["2026-12-07T09:00:00+00:00", "2026-12-09T09:00:00+00:00"]);
    }

    /// As released versions wrote it.
    #[test]
    fn what_earlier_versions_kept_is_read() {
        let record = |json: &str| MeetingRecord {
            series_json: Some(json.to_owned()),
            ..blank(liaison_zoom::MeetingId(1), None, None, 0)
        };
        let one = r#"{"version":"1","rule":{"rhythm":{"kind":"weekly","days":[1,3]},"every":2,
            "end":{"kind":"until","date":"2027-01-31"}},"cancelled_utc_ms":[1796634000000]}"#;
        let told = Told::read(&record(one)).unwrap();
        let rule = told.rule.clone().unwrap();
        assert_eq!(rule.rhythm, Rhythm::Weekly(vec![Weekday::Mon, Weekday::Wed]));
        assert_eq!((rule.every, rule.end), (2, End::Until("2027-01-31".parse().unwrap())));
        assert_eq!(Told::read(&record(&told.json())), Some(told));
        assert_eq!(Told::read(&record(r#"{"version":"9"}"#)), None);
    }
}
