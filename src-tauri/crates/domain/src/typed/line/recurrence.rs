//! «every monday», «elke twee weken», «daily».

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::super::cursor::Cursor;
use super::dates::weekday;
use super::numbers::count;

/// How a series repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    pub unit: Unit,
    /// Each so many units.
    pub every: u32,
    /// The days of the week, where some are named.
    pub days: Vec<Weekday>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Month,
}

const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

impl Recurrence {
    fn of(unit: Unit, every: u32) -> Self {
        Self { unit, every, days: Vec::new() }
    }

    /// The first of its named days after this one.
    pub fn first_after(&self, today: NaiveDate) -> Option<NaiveDate> {
        (1..=7)
            .filter_map(|ahead| today.checked_add_days(Days::new(ahead)))
            .find(|day| self.days.contains(&day.weekday()))
    }
}

/// The series that the cursor stands at.
pub(super) fn at(cursor: &mut Cursor<'_>) -> Option<Recurrence> {
    let mut found = each(cursor).or_else(|| named(cursor))?;
    // «weekly on monday», «elke week op dinsdag en donderdag»
    if found.unit == Unit::Week && found.days.is_empty() {
        let mut ahead = *cursor;
        ahead.eat(&["on", "op"]);
        let days = weekdays(&mut ahead);
        if !days.is_empty() {
            *cursor = ahead;
            found.days = days;
        }
    }
    Some(found)
}

fn named(cursor: &mut Cursor<'_>) -> Option<Recurrence> {
    cursor.eat_known(|word| {
        Some(match word {
            "daily" | "dagelijks" => Recurrence::of(Unit::Day, 1),
            "weekly" | "wekelijks" => Recurrence::of(Unit::Week, 1),
            "biweekly" | "fortnightly" | "tweewekelijks" => Recurrence::of(Unit::Week, 2),
            "monthly" | "maandelijks" => Recurrence::of(Unit::Month, 1),
            _ => return None,
        })
    })
}

fn each(cursor: &mut Cursor<'_>) -> Option<Recurrence> {
    let mut ahead = *cursor;
    let every = if ahead.eat_all(&["om", "de"]) {
        if matches!(ahead.word(), Some("dag" | "week" | "maand")) { 2 } else { count(&mut ahead)? }
    } else {
        ahead.eat(&["every", "each", "elke", "elk", "iedere", "ieder"]).then_some(())?;
        let other = ahead.eat(&["other", "second", "andere", "tweede"]);
        if other { 2 } else { count(&mut ahead).unwrap_or(1) }
    };
    let days = weekdays(&mut ahead);
    let found = if days.is_empty() {
        ahead.eat_known(|word| {
            Some(match word {
                "day" | "days" | "dag" | "dagen" => Recurrence::of(Unit::Day, every),
                "week" | "weeks" | "weken" => Recurrence::of(Unit::Week, every),
                "month" | "months" | "maand" | "maanden" => Recurrence::of(Unit::Month, every),
                "weekday" | "workday" | "werkdag" | "doordeweekse" if every == 1 => {
                    Recurrence { unit: Unit::Week, every, days: WORKDAYS.to_vec() }
                }
                _ => return None,
            })
        })?
    } else {
        Recurrence { unit: Unit::Week, every, days }
    };
    (1..=99).contains(&every).then_some(())?;
    *cursor = ahead;
    Some(found)
}

fn weekdays(cursor: &mut Cursor<'_>) -> Vec<Weekday> {
    let mut days = Vec::new();
    let mut ahead = *cursor;
    while let Some(day) = ahead.eat_known(weekday) {
        days.push(day);
        *cursor = ahead;
        if !(ahead.eat(&["and", "en"]) || ahead.eat_mark(&[',', '&', '+'])) {
            break;
        }
        ahead.eat(&["on", "op"]);
    }
    days
}
