//! Dates in a line: those of a field, and what people write between other words.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::super::cursor::Cursor;
use super::super::date::{self, DateFault, Found};
use super::super::{Language, Order, Reader, words};
use super::numbers::{Form, in_words};
use super::relative::{day_of_named_month, month_end, named_month, nth_weekday, offset, past_week, this_week};
use super::{Meaning, Writer};

/// A phrase: what it means and what else it could.
pub(super) type Read = (Meaning, Option<Meaning>);

/// Days of the week as they are written in full or usually cut short; «zon», «don» and «din» are words and names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" | "maandag" => Weekday::Mon,
        "tuesday" | "tue" | "tues" | "dinsdag" => Weekday::Tue,
        "wednesday" | "wed" | "weds" | "woensdag" => Weekday::Wed,
        "thursday" | "thu" | "thur" | "thurs" | "donderdag" => Weekday::Thu,
        "friday" | "fri" | "vrijdag" => Weekday::Fri,
        "saturday" | "sat" | "zaterdag" => Weekday::Sat,
        "sunday" | "sun" | "zondag" => Weekday::Sun,
        _ => return None,
    })
}

/// `di`, `wo`: words of their own, too, so that a date or a time has to stand with them.
pub(super) fn short_weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "ma" => Weekday::Mon,
        "di" => Weekday::Tue,
        "wo" => Weekday::Wed,
        "do" => Weekday::Thu,
        "vr" => Weekday::Fri,
        "za" => Weekday::Sat,
        "zo" => Weekday::Sun,
        _ => return None,
    })
}

pub(super) fn at(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    let rules: [fn(&mut Cursor<'_>, Writer) -> Option<Read>; 10] = [
        offset,
        nth_weekday,
        month_end,
        day_of_named_month,
        day_of_month,
        past_week,
        this_week,
        weekday_and_day,
        spoken_month,
        plain,
    ];
    if counted_from(*cursor) {
        return None;
    }
    rules.iter().find_map(|rule| {
        let mut ahead = *cursor;
        let found = rule(&mut ahead, writer)?;
        let found = with_year_behind(&mut ahead, found)?;
        *cursor = ahead;
        Some(found)
    })
}

/// «two days before yesterday» is not yesterday.
fn counted_from(cursor: Cursor<'_>) -> bool {
    let word_at = |back: usize| {
        let at = cursor.at.checked_sub(back)?;
        Cursor::from(cursor.all(), at).word()
    };
    matches!(word_at(1), Some("before" | "after" | "voor" | "na" | "vanaf" | "from"))
        && matches!(
            word_at(2),
            Some(
                "day"
                    | "days"
                    | "dag"
                    | "dagen"
                    | "week"
                    | "weeks"
                    | "weken"
                    | "month"
                    | "months"
                    | "maand"
                    | "maanden"
            )
        )
}

/// A year that the rules of a field do not read is in words, or a slip: then the date is not known.
fn with_year_behind(cursor: &mut Cursor<'_>, found: Read) -> Option<Read> {
    let (Meaning::Date(date), _) = &found else { return Some(found) };
    let mut ahead = *cursor;
    ahead.eat_mark(&[',']);
    if ahead.eat(&["tweeduizend"]) {
        let mut ones = ahead;
        let year = match in_words(&mut ones) {
            Some((ones_of_year, Form::Count)) => {
                ahead = ones;
                2000 + i32::try_from(ones_of_year).ok()?
            }
            _ => 2000,
        };
        *cursor = ahead;
        return said(date::dated(year, date.month(), date.day()));
    }
    let in_words = matches!(ahead.word(), Some("negentien" | "nineteen" | "achttien" | "eighteen"));
    let in_figures = ahead.figure().is_some_and(|figure| figure.digits == 4) && {
        let mut after = ahead;
        after.step();
        !(after.glued() && after.word().is_some())
    };
    (!in_words && !in_figures).then_some(found)
}

pub(super) fn said(found: Found) -> Option<Read> {
    match found {
        Ok(date) => Some((Meaning::Date(date), None)),
        Err(DateFault::NoSuchDay { year, month, days }) => Some((Meaning::NoSuchDay { year, month, days }, None)),
        Err(_) => None,
    }
}

pub(super) fn exact(date: NaiveDate) -> Read {
    (Meaning::Date(date), None)
}

/// What the rules of a field read.
fn plain(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    let from = *cursor;
    cursor.eat(&["on", "op"]);
    let prefixed = cursor.at > from.at;
    let begin = *cursor;
    let short = begin.word().and_then(short_weekday);
    if !stands(begin, prefixed, short.is_some(), writer.reader) {
        return None;
    }
    let found = date::phrase(cursor, writer.reader)?;
    if dotted_time(begin, cursor.at) && !prefixed {
        return None;
    }
    if short.is_some() && cursor.at == begin.at + 1 && !prefixed && !time_follows(*cursor) {
        return None;
    }
    let (meaning, _) = said(found)?;
    if !writer.order_decided {
        let mut again = begin;
        let flipped = Reader {
            order: if writer.reader.order == Order::DayFirst { Order::MonthFirst } else { Order::DayFirst },
            ..writer.reader
        };
        if let Some((other, _)) = date::phrase(&mut again, flipped).and_then(said)
            && other != meaning
        {
            return Some(nearer_first(meaning, other));
        }
    }
    let other = doubtful_weekday(begin, cursor.at, &meaning, writer.reader);
    Some((meaning, other))
}

/// Whoever plans rather means the day that comes sooner.
fn nearer_first(one: Meaning, other: Meaning) -> Read {
    match (&one, &other) {
        (Meaning::Date(first), Meaning::Date(second)) if second < first => (other, Some(one)),
        _ => (one, Some(other)),
    }
}

/// The first word can begin a date in running text.
fn stands(cursor: Cursor<'_>, prefixed: bool, short: bool, reader: Reader) -> bool {
    match cursor.word() {
        Some(_) if short => prefixed || reader.language == Language::Dutch,
        // Beginnings of names that a field may be given are words of a line: «din», «zon», «maan». And «second sunday»
        // is not the coming one.
        Some(word) if words::weekday(word).is_some() => weekday(word).is_some() && !after_ordinal(cursor),
        Some(_) => true,
        None => cursor.figure().is_some() && !around_the_clock(cursor),
    }
}

fn after_ordinal(cursor: Cursor<'_>) -> bool {
    let from = |back: usize| Some(Cursor::from(cursor.all(), cursor.at.checked_sub(back)?));
    let spoken = from(1).is_some_and(|mut before| matches!(in_words(&mut before), Some((_, Form::Place))));
    let figure = from(2).is_some_and(|mut before| matches!(day_number(&mut before), Some((_, Written::Figure))));
    spoken || figure
}

/// `24/7`
fn around_the_clock(mut cursor: Cursor<'_>) -> bool {
    cursor.eat_figure(2..=2).is_some_and(|figure| figure.value == 24)
        && cursor.eat_mark(&['/'])
        && cursor.eat_figure(1..=1).is_some_and(|figure| figure.value == 7)
        && !cursor.eat_mark(&['/'])
}

fn time_follows(mut cursor: Cursor<'_>) -> bool {
    cursor.eat_mark(&['.', ',']);
    cursor.at_end()
        || cursor.figure().is_some()
        || cursor.eat(&["om", "half", "kwart", "at"])
        || cursor.word().is_some_and(|word| super::moments::part(word).is_some())
}

/// `9.30` and `5.12` are times, or numbers; `28.11.` and `on 5.12` are dates.
fn dotted_time(begin: Cursor<'_>, end: usize) -> bool {
    let mut cursor = begin;
    if cursor.eat_figure(1..=2).is_none_or(|hour| hour.value > 23) || !cursor.eat_mark(&['.']) {
        return false;
    }
    cursor.eat_figure(1..=2).is_some() && cursor.at == end && !cursor.eat_mark(&['.'])
}

/// «friday» on a Friday, and «next tuesday» while there is one left in this week.
fn doubtful_weekday(begin: Cursor<'_>, end: usize, meaning: &Meaning, reader: Reader) -> Option<Meaning> {
    let mut cursor = begin;
    let next = cursor.eat(&["next", "volgende"]);
    if !next {
        cursor.eat(&["this", "coming", "deze", "komende", "aankomende", "aanstaande"]);
    }
    let day = cursor.eat_known(|word| weekday(word).or_else(|| short_weekday(word)))?;
    cursor.eat_mark(&['.']);
    if cursor.at != end {
        return None;
    }
    let today = reader.today;
    if next {
        let coming = coming(day, today)?;
        return (*meaning != Meaning::Date(coming)).then_some(Meaning::Date(coming));
    }
    (day == today.weekday()).then_some(Meaning::Date(today))
}

fn coming(day: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    (1..=7).filter_map(|ahead| today.checked_add_days(Days::new(ahead))).find(|date| date.weekday() == day)
}

/// `the 15th`, `de 5e`, `on 15`, `for the 27`, `20th of next month`.
fn day_of_month(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    let on = cursor.eat(&["on", "op"]);
    let led = on || cursor.eat(&["for", "voor"]);
    let article = cursor.eat(&["the", "de"]);
    let (day, written) = day_number(cursor)?;
    let mut ahead = *cursor;
    if ahead.eat(&["of", "van"]) {
        if written != Written::Count
            && let Some(begin) = named_month(&mut ahead, writer.reader.today)
        {
            *cursor = ahead;
            return said(date::dated(begin.year(), begin.month(), day));
        }
        return None;
    }
    if cursor.word().is_some_and(|word| words::month(word).is_some()) {
        return None;
    }
    // «the first meeting» and «for 30» are no days.
    let stands = match written {
        Written::Figure => on || phrase_ends(*cursor),
        Written::Place => (article || on) && phrase_ends(*cursor),
        Written::Count => (on || led && article) && phrase_ends(*cursor),
    };
    stands.then(|| coming_day(day, writer.reader.today))?
}

/// How the number of a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// `15th`, `5e`.
    Figure,
    /// «fifteenth».
    Place,
    /// `15`, «fifteen».
    Count,
}

pub(super) fn day_number(cursor: &mut Cursor<'_>) -> Option<(u32, Written)> {
    let found = if let Some(figure) = cursor.eat_figure(1..=2) {
        let mut ahead = *cursor;
        if ahead.glued() && date::ordinal(&mut ahead) {
            *cursor = ahead;
            (figure.value, Written::Figure)
        } else {
            (figure.value, Written::Count)
        }
    } else {
        let (value, form) = in_words(cursor)?;
        (value, if form == Form::Place { Written::Place } else { Written::Count })
    };
    (1..=31).contains(&found.0).then_some(found)
}

/// Nothing follows that the number could count.
fn phrase_ends(cursor: Cursor<'_>) -> bool {
    if cursor.at_end() || cursor.figure().is_some() {
        return true;
    }
    let mut ahead = cursor;
    if ahead.eat_mark(&[',', '.', '!', ';']) {
        return !(ahead.glued() && ahead.figure().is_some());
    }
    ahead.eat(&["at", "om", "with", "met", "terug", "half", "kwart", "from", "van", "for"])
}

fn coming_day(day: u32, today: NaiveDate) -> Option<Read> {
    let this_month = today.with_day(1)?;
    let mut found = (0..=2).filter_map(|ahead| this_month.checked_add_months(Months::new(ahead))?.with_day(day));
    Some(exact(found.find(|date| *date >= today)?))
}

/// `Thursday the 21st`, `Mon 5 Dec`: a name that is not the day's is asked about.
fn weekday_and_day(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    cursor.eat(&["on", "op"]);
    let day = cursor.eat_known(|word| weekday(word).or_else(|| short_weekday(word)))?;
    while cursor.eat_mark(&['.', ',']) {}
    let mut ahead = *cursor;
    let (meaning, other) = if let Some(found) = day_with_month(&mut ahead, writer) {
        found
    } else {
        ahead = *cursor;
        ahead.eat(&["the", "de"]).then_some(())?;
        let (number, _) = day_number(&mut ahead)?;
        coming_day(number, writer.reader.today)?
    };
    *cursor = ahead;
    let fits = |meaning: &Meaning| matches!(meaning, Meaning::Date(date) if date.weekday() == day);
    // The name settles which of two it is.
    match (other, &meaning) {
        (Some(other), _) if fits(&other) && !fits(&meaning) => Some((other, None)),
        (other, _) if fits(&meaning) => Some((meaning, other.filter(&fits))),
        (_, Meaning::Date(_)) => Some((meaning, coming(day, writer.reader.today).map(Meaning::Date))),
        (other, _) => Some((meaning, other)),
    }
}

fn day_with_month(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    let mut ahead = *cursor;
    if let Some(found) = spoken_month(&mut ahead, writer) {
        *cursor = ahead;
        return Some(found);
    }
    let begin = *cursor;
    let mut ahead = begin;
    let (meaning, _) = said(date::written(&mut ahead, writer.reader)?)?;
    if dotted_time(begin, ahead.at) {
        return None;
    }
    *cursor = ahead;
    let flipped = Reader {
        order: if writer.reader.order == Order::DayFirst { Order::MonthFirst } else { Order::DayFirst },
        ..writer.reader
    };
    let mut again = begin;
    let other = date::written(&mut again, flipped).and_then(said).map(|(other, _)| other);
    Some((meaning.clone(), other.filter(|other| *other != meaning)))
}

/// `twenty second of June`, `May twenty-first`, `eenentwintig mei`, `twee oktober`.
fn spoken_month(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    cursor.eat(&["on", "op"]);
    let today = writer.reader.today;
    let mut ahead = *cursor;
    if let Some(month) = ahead.eat_known(words::month) {
        ahead.eat(&["the"]);
        let (day, _) = in_words(&mut ahead)?;
        *cursor = ahead;
        return said(date::coming(month, day, today));
    }
    cursor.eat(&["the", "de"]);
    let (day, form) = in_words(cursor)?;
    if form == Form::Place {
        cursor.eat(&["dag"]);
    }
    cursor.eat(&["of", "van"]);
    let month = cursor.eat_known(words::month)?;
    said(date::coming(month, day, today))
}
