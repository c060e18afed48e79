//! What a meeting that a user asks for may be.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::wall_time::{self, WallTime};
use crate::zones::Zone;
use crate::{email, zones};

/// Zoom's limit for a topic (meetings API, `topic`).
pub const MAX_TOPIC: usize = 200;
/// Zoom's limit for an agenda (meetings API, `agenda`).
pub const MAX_AGENDA: usize = 2_000;
/// Longest meeting offered: a day.
pub const MAX_MINUTES: u32 = 1_440;
/// More people than this belong into a webinar.
pub const MAX_PEOPLE: usize = 100;
/// A start this long ago still counts as "now": the sheet was open for a moment.
const GRACE: TimeDelta = TimeDelta::minutes(5);

/// Which of two equal wall times is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    Earlier,
    Later,
}

/// What the user typed.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    pub topic: &'a str,
    pub date: &'a str,
    pub time: &'a str,
    pub zone: &'a str,
    pub minutes: u32,
    pub fold: Option<Fold>,
    pub emails: &'a [String],
    pub agenda: &'a str,
    pub people: usize,
}

/// What is wrong with a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    TopicMissing,
    TopicTooLong { length: usize },
    AgendaTooLong { length: usize },
    DateInvalid,
    TimeInvalid,
    ZoneInvalid,
    MinutesOutOfRange,
    DayPassed,
    TimePassed,
    TimeMissing { before: NaiveDateTime, after: NaiveDateTime },
    TimeTwice { earlier: DateTime<Utc>, later: DateTime<Utc>, zone: Zone },
    EmailInvalid { value: String },
    EmailTwice { value: String },
    TooManyPeople,
}

/// A draft's time, where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub zone: Zone,
}

/// Checks a draft. The time is given when it could be resolved, even when something else is wrong.
pub fn check(draft: &Draft<'_>, now: DateTime<Utc>) -> (Option<When>, Vec<Issue>) {
    let mut issues = Vec::new();
    check_texts(draft, &mut issues);
    let when = check_time(draft, now, &mut issues);
    check_people(draft, &mut issues);
    (when, issues)
}

fn check_texts(draft: &Draft<'_>, issues: &mut Vec<Issue>) {
    let topic = draft.topic.trim().chars().count();
    if topic == 0 {
        issues.push(Issue::TopicMissing);
    } else if topic > MAX_TOPIC {
        issues.push(Issue::TopicTooLong { length: topic });
    }
    let agenda = draft.agenda.chars().count();
    if agenda > MAX_AGENDA {
        issues.push(Issue::AgendaTooLong { length: agenda });
    }
}

fn check_time(draft: &Draft<'_>, now: DateTime<Utc>, issues: &mut Vec<Issue>) -> Option<When> {
    // chrono takes `9:5` too; a text that nobody could read must not become a time by chance.
    let date = NaiveDate::parse_from_str(draft.date, "%Y-%m-%d").ok();
    let date = date.filter(|date| date.format("%Y-%m-%d").to_string() == draft.date);
    let time = NaiveTime::parse_from_str(draft.time, "%H:%M").ok();
    let time = time.filter(|time| time.format("%H:%M").to_string() == draft.time);
    let zone = zones::parse(draft.zone);
    for (missing, issue) in [
        (date.is_none(), Issue::DateInvalid),
        (time.is_none(), Issue::TimeInvalid),
        (zone.is_none(), Issue::ZoneInvalid),
        (!(1..=MAX_MINUTES).contains(&draft.minutes), Issue::MinutesOutOfRange),
    ] {
        if missing {
            issues.push(issue);
        }
    }
    let (date, zone) = (date?, zone?);
    if date < wall_time::local_date(now, zone) {
        issues.push(Issue::DayPassed);
        return None;
    }
    let start = match (wall_time::resolve(date.and_time(time?), zone), draft.fold) {
        (WallTime::At(at), _)
        | (WallTime::Twice { earlier: at, .. }, Some(Fold::Earlier))
        | (WallTime::Twice { later: at, .. }, Some(Fold::Later)) => at,
        (WallTime::Twice { earlier, later }, None) => {
            issues.push(Issue::TimeTwice { earlier, later, zone });
            return None;
        }
        (WallTime::Missing { before, after }, _) => {
            issues.push(Issue::TimeMissing { before, after });
            return None;
        }
    };
    if start + GRACE < now {
        issues.push(Issue::TimePassed);
    }
    let minutes = draft.minutes.clamp(1, MAX_MINUTES);
    Some(When { start, end: start + TimeDelta::minutes(i64::from(minutes)), zone })
}

fn check_people(draft: &Draft<'_>, issues: &mut Vec<Issue>) {
    let mut seen: Vec<String> = Vec::new();
    for value in draft.emails.iter().filter(|value| !value.trim().is_empty()) {
        let folded = email::folded(value);
        if email::parse(value).is_none() {
            issues.push(Issue::EmailInvalid { value: value.trim().to_owned() });
        } else if seen.contains(&folded) {
            issues.push(Issue::EmailTwice { value: value.trim().to_owned() });
        }
        seen.push(folded);
    }
    if draft.people + draft.emails.len() > MAX_PEOPLE {
        issues.push(Issue::TooManyPeople);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft<'static> {
        Draft {
            topic: "Demo",
            date: "2026-11-25",
            time: "10:00",
            zone: "Europe/Amsterdam",
            minutes: 45,
            fold: None,
            emails: &[],
            agenda: "",
            people: 1,
        }
    }

    fn now() -> DateTime<Utc> {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_good_draft_has_no_issue() {
        let (when, issues) = check(&draft(), now());
        assert!(issues.is_empty());
        let when = when.unwrap();
        assert_eq!(when.start.to_rfc3339(), "2026-11-25T09:00:00+00:00");
        assert_eq!((when.end - when.start).num_minutes(), 45);
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let long = "x".repeat(10_000);
        let emails = ["nobody".to_owned(), "a@example.com".to_owned(), "A@example.com ".to_owned()];
        let bad = Draft {
            topic: &long,
            date: "2026-02-30",
            time: "25:00",
            zone: "Mars",
            minutes: 0,
            emails: &emails,
            agenda: &long,
            ..draft()
        };
        let (when, issues) = check(&bad, now());
        assert_eq!(when, None);
        assert_eq!(
            issues,
            [
                Issue::TopicTooLong { length: 10_000 },
                Issue::AgendaTooLong { length: 10_000 },
                Issue::DateInvalid,
                Issue::TimeInvalid,
                Issue::ZoneInvalid,
                Issue::MinutesOutOfRange,
                Issue::EmailInvalid { value: "nobody".to_owned() },
                Issue::EmailTwice { value: "A@example.com".to_owned() },
            ]
        );
    }

    #[test]
    fn the_past_is_refused_but_not_the_last_minutes() {
        let past = Draft { date: "2026-11-23", time: "08:54", ..draft() };
        assert_eq!(check(&past, now()).1, [Issue::TimePassed]);
        let yesterday = Draft { date: "2026-11-22", time: "23:00", ..draft() };
        assert_eq!(check(&yesterday, now()).1, [Issue::DayPassed]);
        let just = Draft { date: "2026-11-23", time: "08:56", ..draft() };
        assert!(check(&just, now()).1.is_empty());
    }

    #[test]
    fn only_the_written_form_is_taken() {
        for (date, time) in [("2026-11-25", "9:5"), ("2026-11-25", "+9:05"), ("2026-11-25", " 9:05")] {
            assert_eq!(check(&Draft { date, time, ..draft() }, now()).1, [Issue::TimeInvalid], "{time}");
        }
        for date in ["2026-1-5", "5 dec", "0NaN-12-05", "11/27/2026", "+2026-11-5"] {
            assert_eq!(check(&Draft { date, ..draft() }, now()).1, [Issue::DateInvalid], "{date}");
        }
    }

    #[test]
    fn the_clocks_changes_are_asked_about() {
        let gap = Draft { date: "2027-03-28", time: "02:30", ..draft() };
        assert!(matches!(check(&gap, now()).1.as_slice(), [Issue::TimeMissing { .. }]));
        let fold = Draft { date: "2027-10-31", time: "02:30", ..draft() };
        assert!(matches!(check(&fold, now()).1.as_slice(), [Issue::TimeTwice { .. }]));
        let later = Draft { fold: Some(Fold::Later), ..fold };
        let (when, issues) = check(&later, now());
        assert!(issues.is_empty());
        assert_eq!(when.unwrap().start.to_rfc3339(), "2027-10-31T01:30:00+00:00");
    }
}
