//! Dates.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::cursor::{Cursor, Figure};
use super::token::Token;
use super::{Order, Reader, words};

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    Missing,
    Unreadable,
    /// Understood, but the month is too short: `31 feb`.
    NoSuchDay {
        year: i32,
        month: u32,
        /// How many days the month has.
        days: u32,
    },
}

pub(super) type Found = Result<NaiveDate, DateFault>;

/// Years that a person may mean; others are a slip of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
const SEPARATORS: [char; 3] = ['-', '/', '.'];

/// Reads a field.
///
/// # Errors
/// The text is no date; see [`DateFault`].
pub fn read(text: &str, reader: Reader) -> Found {
    if text.trim().is_empty() {
        return Err(DateFault::Missing);
    }
    let tokens = super::field(text).ok_or(DateFault::Unreadable)?;
    let mut cursor = Cursor::new(&tokens);
    cursor.eat(&["on", "op"]);
    let from = cursor;
    for read in [phrase, spaced, day_alone] {
        let mut cursor = from;
        if let Some(found) = read(&mut cursor, reader) {
            while cursor.eat_mark(&['.', ',']) {}
            if cursor.at_end() {
                return found;
            }
        }
    }
    Err(DateFault::Unreadable)
}

/// The date that the tokens begin with, and how many of them are part of it. A number alone is none.
pub fn at(tokens: &[Token], reader: Reader) -> Option<(Found, usize)> {
    let mut cursor = Cursor::new(tokens);
    cursor.eat(&["on", "op"]);
    let found = phrase(&mut cursor, reader)?;
    Some((found, cursor.at))
}

pub(super) fn phrase(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    first(cursor, reader, &[led_by_weekday, written, relative, by_week])
}

type Rule = fn(&mut Cursor<'_>, Reader) -> Option<Found>;

/// What the first rule that fits makes of it; the others leave the cursor alone.
fn first(cursor: &mut Cursor<'_>, reader: Reader, rules: &[Rule]) -> Option<Found> {
    rules.iter().find_map(|rule| {
        let mut ahead = *cursor;
        let found = rule(&mut ahead, reader)?;
        *cursor = ahead;
        Some(found)
    })
}

/// `Fri 28 Nov`: the figures decide, the name is decoration.
fn led_by_weekday(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    cursor.eat_known(words::weekday)?;
    while cursor.eat_mark(&['.', ',']) {}
    written(cursor, reader)
}

pub(super) fn written(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    first(cursor, reader, &[year_first, figures, day_then_month, month_then_day])
}

/// `2026-11-28`, `20261128`.
fn year_first(cursor: &mut Cursor<'_>, _: Reader) -> Option<Found> {
    if let Some(all) = cursor.eat_figure(8..=8) {
        let (year, month, day) = (all.value / 10_000, all.value / 100 % 100, all.value % 100);
        return Some(dated(i32::try_from(year).ok()?, month, day));
    }
    let year = cursor.eat_figure(4..=4)?;
    cursor.eat_mark(&SEPARATORS).then_some(())?;
    let month = cursor.eat_figure(1..=2)?;
    cursor.eat_mark(&SEPARATORS).then_some(())?;
    let day = cursor.eat_figure(1..=2)?;
    Some(dated(i32::try_from(year.value).ok()?, month.value, day.value))
}

/// `28/11`, `28-11-2026`, `28.11.26`.
pub(super) fn figures(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    let one = cursor.eat_figure(1..=2)?;
    cursor.eat_mark(&SEPARATORS).then_some(())?;
    let two = cursor.eat_figure(1..=2)?;
    let mut ahead = *cursor;
    let year = if ahead.eat_mark(&SEPARATORS) || year_after_comma(&mut ahead) { year(&mut ahead) } else { None };
    if year.is_some() {
        *cursor = ahead;
    }
    Some(ordered(one.value, two.value, year, reader))
}

/// `28 11`, `28 11 2026`, as a field of its own.
fn spaced(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    let one = cursor.eat_figure(1..=2)?;
    let two = cursor.eat_figure(1..=2)?;
    let year = year(cursor);
    Some(ordered(one.value, two.value, year, reader))
}

/// `28 nov`, `the 28th of November 2026`, `28-nov-26`.
fn day_then_month(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    cursor.eat(&["the", "de"]);
    let day = cursor.eat_figure(1..=2)?;
    ordinal(cursor);
    cursor.eat_mark(&SEPARATORS);
    cursor.eat(&["of", "van"]);
    let month = cursor.eat_known(words::month)?;
    Some(with_year(cursor, day, month, reader))
}

/// `Nov 28`, `November 28th, 2026`.
fn month_then_day(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    let month = cursor.eat_known(words::month)?;
    cursor.eat_mark(&SEPARATORS);
    cursor.eat(&["the"]);
    let day = cursor.eat_figure(1..=2)?;
    ordinal(cursor);
    Some(with_year(cursor, day, month, reader))
}

fn with_year(cursor: &mut Cursor<'_>, day: Figure, month: u32, reader: Reader) -> Found {
    let mut ahead = *cursor;
    while ahead.eat_mark(&['.', ',', '-', '/']) {}
    match year(&mut ahead) {
        Some(year) => {
            *cursor = ahead;
            dated(year, month, day.value)
        }
        None => coming(month, day.value, reader.today),
    }
}

pub(super) fn ordinal(cursor: &mut Cursor<'_>) -> bool {
    cursor.eat(&["st", "nd", "rd", "th", "e", "de", "ste"])
}

/// A year of four figures, or of two that are not the beginning of a time.
fn year(cursor: &mut Cursor<'_>) -> Option<i32> {
    let figure = cursor.figure()?;
    let mut after = *cursor;
    after.step();
    let timely = after.glued() && (after.mark() == Some(':') || after.word().is_some() || minutes_follow(after));
    let year = i32::try_from(figure.value).ok()?;
    let year = match figure.digits {
        4 if YEARS.contains(&year) => year,
        // As POSIX has it: what lies in a past century is a slip, and told as past.
        2 if !timely => year + if year < 70 { 2000 } else { 1900 },
        _ => return None,
    };
    *cursor = after;
    Some(year)
}

/// `12/08, 2015`, `12/08,15`: two figures after a comma and a space may be anything.
fn year_after_comma(cursor: &mut Cursor<'_>) -> bool {
    cursor.eat_mark(&[',']) && cursor.figure().is_some_and(|figure| figure.digits == 4 || cursor.glued())
}

/// `.30`
fn minutes_follow(mut cursor: Cursor<'_>) -> bool {
    cursor.eat_mark(&['.']) && cursor.glued() && cursor.figure().is_some()
}

/// Two figures in the reader's order; when that is no date, in the other.
pub(super) fn ordered(one: u32, two: u32, year: Option<i32>, reader: Reader) -> Found {
    let of = |(day, month)| match year {
        Some(year) => dated(year, month, day),
        None => coming(month, day, reader.today),
    };
    let (theirs, other) = match reader.order {
        Order::DayFirst => ((one, two), (two, one)),
        Order::MonthFirst => ((two, one), (one, two)),
    };
    match of(theirs) {
        Err(DateFault::Unreadable) => of(other),
        found => found,
    }
}

pub(super) fn dated(year: i32, month: u32, day: u32) -> Found {
    if !YEARS.contains(&year) {
        return Err(DateFault::Unreadable);
    }
    let days = days_of(year, month).filter(|_| (1..=31).contains(&day)).ok_or(DateFault::Unreadable)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateFault::NoSuchDay { year, month, days })
}

/// How long a month is; `None` when there is no such month.
pub(super) fn days_of(year: i32, month: u32) -> Option<u32> {
    let begin = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some(begin.checked_add_months(Months::new(1))?.pred_opt()?.day())
}

/// The next such date from today on, this year or next.
pub(super) fn coming(month: u32, day: u32, today: NaiveDate) -> Found {
    match dated(today.year(), month, day) {
        Ok(date) if date >= today => Ok(date),
        Err(DateFault::Unreadable) => Err(DateFault::Unreadable),
        Err(fault) if month >= today.month() => dated(today.year() + 1, month, day).or(Err(fault)),
        _ => dated(today.year() + 1, month, day),
    }
}

/// `today`, `overmorgen`, `in 3 days`, `over een week`.
fn relative(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    let today = reader.today;
    if cursor.eat(&["today", "vandaag"]) {
        return Some(Ok(today));
    }
    if cursor.eat(&["tomorrow", "tmrw", "tmr", "morgen"]) {
        return Some(later(today, 1));
    }
    let article = cursor.at;
    cursor.eat(&["the"]);
    if cursor.eat(&["overmorgen"]) || cursor.eat_all(&["day", "after", "tomorrow"]) {
        return Some(later(today, 2));
    }
    if cursor.at != article {
        return None;
    }
    if cursor.eat(&["yesterday", "gisteren"]) {
        return Some(today.pred_opt().ok_or(DateFault::Unreadable));
    }
    cursor.eat(&["in", "over", "binnen"]).then_some(())?;
    let count = match cursor.eat_figure(1..=4) {
        Some(figure) => figure.value,
        None if cursor.eat(&["a", "an"]) => 1,
        None => cursor.eat_known(words::number)?.0,
    };
    let date = if cursor.eat(&["day", "days", "dag", "dagen"]) {
        today.checked_add_days(Days::new(u64::from(count)))
    } else if cursor.eat(&["week", "weeks", "weken"]) {
        today.checked_add_days(Days::new(u64::from(count) * 7))
    } else if cursor.eat(&["month", "months", "maand", "maanden"]) {
        today.checked_add_months(Months::new(count))
    } else {
        return None;
    };
    Some(date.filter(|date| YEARS.contains(&date.year())).ok_or(DateFault::Unreadable))
}

/// `friday`, `next tue`, `volgende week dinsdag`, `dinsdag volgende week`, `deze vrijdag`.
fn by_week(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    let today = reader.today;
    let next_monday = today.week(Weekday::Mon).first_day().checked_add_days(Days::new(7))?;
    let in_next_week = |day: Weekday| later(next_monday, u64::from(day.num_days_from_monday()));
    let a_week = |cursor: &mut Cursor<'_>| {
        let mut ahead = *cursor;
        let found = ahead.eat(&["next", "volgende"]) && ahead.eat(&["week"]);
        if found {
            *cursor = ahead;
        }
        found
    };
    if a_week(cursor) {
        let mut ahead = *cursor;
        ahead.eat(&["on", "op"]);
        let Some(day) = ahead.eat_known(words::weekday) else { return Some(Ok(next_monday)) };
        *cursor = ahead;
        return Some(in_next_week(day));
    }
    if cursor.eat(&["next", "volgende"]) {
        return cursor.eat_known(words::weekday).map(in_next_week);
    }
    cursor.eat(&["this", "coming", "deze", "komende", "aankomende", "aanstaande"]);
    let day = cursor.eat_known(words::weekday)?;
    cursor.eat_mark(&['.']);
    if a_week(cursor) {
        return Some(in_next_week(day));
    }
    let ahead = (7 + day.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
    Some(later(today, u64::from(if ahead == 0 { 7 } else { ahead })))
}

pub(super) fn later(date: NaiveDate, days: u64) -> Found {
    date.checked_add_days(Days::new(days)).ok_or(DateFault::Unreadable)
}

/// `28`, `the 5th`, `de 5e`: the next day of that number.
fn day_alone(cursor: &mut Cursor<'_>, reader: Reader) -> Option<Found> {
    cursor.eat(&["the", "de"]);
    let day = cursor.eat_figure(1..=2)?.value;
    ordinal(cursor);
    let this_month = reader.today.with_day(1)?;
    let mut found = (0..=2).filter_map(|ahead| this_month.checked_add_months(Months::new(ahead))?.with_day(day));
    Some(found.find(|date| *date >= reader.today).ok_or(DateFault::Unreadable))
}
