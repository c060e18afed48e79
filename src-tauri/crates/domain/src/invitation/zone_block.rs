//! The block of an iCalendar file that says by which rules its zone goes (VTIMEZONE; RFC 5545, 3.6.5).
//!
//! Programs that don't know a zone, or know its rules of years ago, go by this block. It is made of the rules that this
//! program goes by, for the time of the meeting, from a year before to a year after.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc, Weekday};

use super::lines::{Lines, utc, wall};
use crate::zones::{Shift, Zone};

/// A change of clocks that comes back within this time made a summer.
const SUMMER: TimeDelta = TimeDelta::days(330);
const AROUND: TimeDelta = TimeDelta::days(366);

/// A change of the clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    at: DateTime<Utc>,
    /// East of UTC, in seconds.
    from: i32,
    to: i32,
    summer: bool,
}

impl Change {
    /// On the clocks that it ends.
    fn local(self) -> NaiveDateTime {
        self.at.naive_utc() + TimeDelta::seconds(self.from.into())
    }

    fn nth(self) -> u32 {
        (self.local().day() - 1) / 7 + 1
    }

    fn is_last(self) -> bool {
        let local = self.local();
        (local + TimeDelta::days(7)).month() != local.month()
    }

    /// What has to be the same for two changes to be one rule.
    fn kind(self) -> (i32, i32, bool, u32, Weekday, chrono::NaiveTime) {
        let local = self.local();
        (self.from, self.to, self.summer, local.month(), local.weekday(), local.time())
    }
}

/// Changes of subsequent years by one rule.
struct Rule {
    changes: Vec<Change>,
}

impl Rule {
    fn takes(&self, next: Change) -> bool {
        let follows = self
            .changes
            .last()
            .is_some_and(|last| last.kind() == next.kind() && last.local().year() + 1 == next.local().year());
        let all = || self.changes.iter().copied().chain([next]);
        follows && (all().all(Change::is_last) || all().all(|one| one.nth() == next.nth()))
    }

    /// `BYDAY` of the rule.
    fn day(&self) -> Option<String> {
        let first = self.changes.first()?;
        let last = self.changes.iter().copied().all(Change::is_last);
        let week = if last { "-1".to_owned() } else { first.nth().to_string() };
        Some(format!("{week}{}", day_name(first.local().weekday())))
    }
}

pub(super) fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

/// Writes the block of a zone, right from `first` to `last`.
pub(super) fn write(lines: &mut Lines, zone: Zone, first: DateTime<Utc>, last: DateTime<Utc>) {
    let (from, to) = (first - AROUND, last + AROUND);
    // What is a summer is known when it ends.
    let shifts = zone.shifts(from, to + SUMMER);
    let changes: Vec<Change> = changes(&shifts).into_iter().filter(|change| change.at < to).collect();
    lines.plain("BEGIN:VTIMEZONE");
    lines.plain(&format!("TZID:{}", zone.name()));
    if changes.first().is_none_or(|change| change.at > first)
        && let Some(shift) = shifts.first()
    {
        let begin = shift.from.naive_utc() + TimeDelta::seconds(shift.seconds.into());
        observance(lines, false, begin, (shift.seconds, shift.seconds), None);
    }
    for rule in rules(&changes) {
        let Some(one) = rule.changes.first() else { continue };
        let repeats = rule.changes.len() > 1;
        let ended = rule.changes.last().filter(|last| last.at + AROUND + TimeDelta::days(7) < to);
        let until = ended.map(|last| format!(";UNTIL={}", utc(last.at))).unwrap_or_default();
        let rule = rule.day().filter(|_| repeats);
        let rule = rule.map(|day| format!("FREQ=YEARLY;BYMONTH={};BYDAY={day}{until}", one.local().month()));
        observance(lines, one.summer, one.local(), (one.from, one.to), rule);
    }
    lines.plain("END:VTIMEZONE");
}

fn observance(lines: &mut Lines, summer: bool, begin: NaiveDateTime, (from, to): (i32, i32), rule: Option<String>) {
    let name = if summer { "DAYLIGHT" } else { "STANDARD" };
    lines.plain(&format!("BEGIN:{name}"));
    lines.plain(&format!("DTSTART:{}", wall(begin)));
    lines.plain(&format!("TZOFFSETFROM:{}", offset(from)));
    lines.plain(&format!("TZOFFSETTO:{}", offset(to)));
    if let Some(rule) = rule {
        lines.plain(&format!("RRULE:{rule}"));
    }
    lines.plain(&format!("END:{name}"));
}

fn changes(shifts: &[Shift]) -> Vec<Change> {
    let change = |(place, pair): (usize, &[Shift])| {
        let (from, to) = (pair[0].seconds, pair[1].seconds);
        let back = shifts.get(place + 2).filter(|back| back.from - pair[1].from < SUMMER);
        let summer = to > from && back.is_some_and(|back| back.seconds < to);
        Change { at: pair[1].from, from, to, summer }
    };
    shifts.windows(2).enumerate().map(change).collect()
}

fn rules(changes: &[Change]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for change in changes {
        match rules.iter_mut().find(|rule| rule.takes(*change)) {
            Some(rule) => rule.changes.push(*change),
            None => rules.push(Rule { changes: vec![*change] }),
        }
    }
    rules
}

/// `+0100`; seconds only where a zone had some.
fn offset(seconds: i32) -> String {
    let (sign, all) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let (hours, minutes, rest) = (all / 3_600, all / 60 % 60, all % 60);
    if rest == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{rest:02}") }
}
