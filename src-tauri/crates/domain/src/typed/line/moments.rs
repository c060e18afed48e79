//! Times, lengths and halves of the day in a line.

use chrono::{NaiveTime, TimeDelta, Timelike};

use super::super::cursor::Cursor;
use super::super::time::{self, Open, Part, TimeFault};
use super::super::token::Kind;
use super::super::{Language, length, words};
use super::{DayPart, Meaning, Writer};

/// `7 uur` is when, not how long.
const SHORTEST_DAY: u32 = 7 * 60;

/// Longer ones are rather a time and a length.
const LONGEST_MEETING: u32 = 3 * 60;

/// A time that still may be settled by what stands elsewhere in the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub open: Open,
    /// The words may also be a length of so many minutes.
    pub length: Option<u32>,
    /// Rather so than a time.
    pub length_first: bool,
}

/// What stands at a place.
pub(super) enum Found {
    Clock(Clock),
    /// A time and how long it lasts, from where on the second is written.
    Range(Clock, u32, usize),
    Length(u32),
    Moment(chrono::NaiveDateTime),
}

impl Clock {
    /// What it means with the half of the day that the line says elsewhere.
    pub fn meaning(self, part: Option<DayPart>) -> (Meaning, Option<Meaning>) {
        let settled = part.is_some() && self.open.is_open();
        let open = self.open.with(part.map(DayPart::of_time));
        let time = match open.readings() {
            Ok((likely, other)) => (Meaning::Time(likely), other.map(Meaning::Time)),
            Err(TimeFault::NoSuchTime | TimeFault::Missing | TimeFault::Unreadable) => (Meaning::NoSuchTime, None),
        };
        match self.length {
            // «vanmiddag 3 uur» is when.
            _ if settled => time,
            Some(minutes) if self.length_first => (Meaning::Length(minutes), Some(time.0)),
            Some(minutes) => (time.0, Some(Meaning::Length(minutes))),
            None => time,
        }
    }
}

impl DayPart {
    fn of_time(self) -> Part {
        match self {
            Self::Morning => Part::Morning,
            Self::Afternoon => Part::Afternoon,
            Self::Evening => Part::Evening,
            Self::Night => Part::Night,
        }
    }
}

/// The half of the day that a word names.
pub(super) fn part(word: &str) -> Option<DayPart> {
    Some(match word {
        "morning" | "ochtend" | "smorgens" | "sochtends" => DayPart::Morning,
        "afternoon" | "middag" | "smiddags" => DayPart::Afternoon,
        "evening" | "avond" | "savonds" => DayPart::Evening,
        "night" | "nacht" | "snachts" => DayPart::Night,
        _ => return None,
    })
}

/// The half of today that a word names.
pub(super) fn part_of_today(word: &str) -> Option<DayPart> {
    Some(match word {
        "vanochtend" | "vanmorgen" => DayPart::Morning,
        "vanmiddag" => DayPart::Afternoon,
        "vanavond" | "tonight" => DayPart::Evening,
        "vannacht" => DayPart::Night,
        _ => return None,
    })
}

pub(super) fn at(cursor: &mut Cursor<'_>, writer: Writer, after_date: bool) -> Option<Found> {
    if let Some(found) = first(cursor, |ahead| in_a_while(ahead, writer)) {
        return Some(Found::Moment(found));
    }
    if let Some((clock, minutes, second)) = first(cursor, |ahead| range(ahead, writer)) {
        return Some(Found::Range(clock, minutes, second));
    }
    let mut timed = *cursor;
    let clock = clock(&mut timed, writer, after_date);
    let mut lasting = *cursor;
    let minutes = lasts(&mut lasting);
    match (clock, minutes) {
        (Some(clock), Some(minutes)) if timed.at == lasting.at => {
            let begin = *cursor;
            *cursor = timed;
            Some(both(clock, minutes, begin, timed.at, writer))
        }
        (Some(open), Some(minutes)) if lasting.at > timed.at => {
            // «3 uur 45 min»: a meeting of 45 minutes rather than one of nearly four hours; «2 uur 30 min» may be both.
            let two = length::at(timed.rest()).is_some_and(|(_, used)| timed.at + used == lasting.at);
            let dutch = cursor.words_until(timed.at).any(|word| matches!(word, "u" | "uur"));
            if two && minutes >= LONGEST_MEETING {
                *cursor = timed;
                return Some(Found::Clock(Clock { open, length: None, length_first: false }));
            }
            *cursor = lasting;
            if two && dutch {
                return Some(Found::Clock(Clock { open, length: Some(minutes), length_first: true }));
            }
            Some(Found::Length(minutes))
        }
        (Some(open), _) => {
            *cursor = timed;
            Some(Found::Clock(Clock { open, length: None, length_first: false }))
        }
        (None, Some(minutes)) => {
            *cursor = lasting;
            Some(Found::Length(minutes))
        }
        (None, None) => None,
    }
}

fn first<T>(cursor: &mut Cursor<'_>, rule: impl Fn(&mut Cursor<'_>) -> Option<T>) -> Option<T> {
    let mut ahead = *cursor;
    let found = rule(&mut ahead)?;
    *cursor = ahead;
    Some(found)
}

/// `3 uur`, `1h30`: from 7 on a time in Dutch, up to 2 hours rather a length; English hours are lengths.
fn both(open: Open, minutes: u32, begin: Cursor<'_>, end: usize, writer: Writer) -> Found {
    let mut unit = begin.words_until(end);
    if unit.any(|word| {
        matches!(word, "hr" | "hrs" | "hour" | "hours")
            || (word == "h" && writer.reader.language == Language::English && minutes < SHORTEST_DAY)
    }) {
        return Found::Length(minutes);
    }
    if minutes >= SHORTEST_DAY {
        return Found::Clock(Clock { open, length: None, length_first: false });
    }
    Found::Clock(Clock { open, length: Some(minutes), length_first: minutes < 2 * 60 })
}

/// A length that is one in running text: «quarter» alone and days are other things.
fn lasts(cursor: &mut Cursor<'_>) -> Option<u32> {
    let begin = *cursor;
    let (found, used) = length::at(begin.rest())?;
    cursor.at += used;
    let words: Vec<&str> = begin.words_until(cursor.at).collect();
    let days = words.iter().any(|word| matches!(*word, "d" | "day" | "days" | "dag" | "dagen"));
    let quarter = words.iter().any(|word| matches!(*word, "quarter" | "quarters"))
        && !words.iter().any(|word| matches!(*word, "hour" | "hours"));
    // «5 m» is a distance.
    let apart = words == ["m"] && !begin.glued_at(cursor.at - 1);
    (!days && !quarter && !apart).then_some(())?;
    cursor.eat(&["lang", "long"]);
    found.ok()
}

fn clock(cursor: &mut Cursor<'_>, writer: Writer, after_date: bool) -> Option<Open> {
    let begin = *cursor;
    // «7 minutes past 10 H 10»: the second half of what was not understood is not a time.
    if follows_a_distance(begin) {
        return None;
    }
    let about = cursor.eat(&["around", "about", "rond", "tegen", "omstreeks", "circa"]);
    if about {
        cursor.eat(&["at", "om"]);
    }
    let called = about || matches!(begin.word(), Some("at" | "om")) || begin.mark() == Some('@');
    let from = *cursor;
    if let Some(open) = first(cursor, |ahead| time::open(ahead, writer.reader, about)) {
        // «three min past 10 H 10»: what goes on with a number is not understood, unless that is the length.
        let goes_on = told(from, cursor.at) && cursor.figure().is_some() && length::at(cursor.rest()).is_none();
        return (!goes_on && (called || runs(from, cursor.at, open, writer))).then_some(open);
    }
    // «tomorrow 3»: a number alone after the day, with nothing that it could count.
    let mut ahead = from;
    ahead.eat_figure(1..=2).filter(|figure| (1..=23).contains(&figure.value) && after_date)?;
    let free = ahead.at_end()
        || ahead.clone().eat(&["with", "met", "for", "voor", "w"])
        || ahead.clone().eat_mark(&[',', ';'])
        || length::at(ahead.rest()).is_some();
    free.then(|| first(cursor, |ahead| time::open(ahead, writer.reader, true)))?
}

fn follows_a_distance(cursor: Cursor<'_>) -> bool {
    let Some(Kind::Word(before)) = cursor.before() else { return false };
    if !matches!(before.as_str(), "past" | "to" | "after" | "over" | "voor") {
        return false;
    }
    let further = Cursor::from(cursor.all(), cursor.at - 1);
    match further.before() {
        Some(Kind::Number { .. }) => true,
        Some(Kind::Word(word)) => {
            matches!(
                word.as_str(),
                "min"
                    | "mins"
                    | "minute"
                    | "minutes"
                    | "minuut"
                    | "minuten"
                    | "quarter"
                    | "quarters"
                    | "kwart"
                    | "half"
            )
        }
        _ => false,
    }
}

/// Minutes before or after an hour.
fn told(from: Cursor<'_>, end: usize) -> bool {
    from.words_until(end).any(|word| matches!(word, "past" | "to" | "after" | "till" | "before" | "over" | "voor"))
}

/// What was read as a time without «at» is written like one.
fn runs(from: Cursor<'_>, end: usize, open: Open, writer: Writer) -> bool {
    let mut cursor = from;
    let after = Cursor::from(from.all(), end);
    let Some(figure) = cursor.eat_figure(1..=4) else {
        // «three mins to five thirty»: another number makes something else of it.
        return !matches!(after.word().and_then(words::number), Some((_, Language::English)));
    };
    if cursor.eat(&["to", "before", "till", "after", "past", "over", "voor"]) {
        if open.part.is_some() || from.words_until(end).any(|word| word == "half") {
            return true;
        }
        // «5 to 6 people»
        return figure.value.is_multiple_of(5) && after.word().is_none_or(|word| JOINTS.contains(&word));
    }
    // `2.10` is a version in English; a Dutch time is written so.
    let dotted = cursor.eat_mark(&['.']);
    !dotted
        || writer.reader.language == Language::Dutch
        || matches!(after.before(), Some(Kind::Word(_) | Kind::Mark(_)))
}

/// Words that lead to the next phrase.
const JOINTS: [&str; 12] =
    ["with", "met", "for", "voor", "on", "op", "and", "en", "tomorrow", "morgen", "today", "vandaag"];

/// `in 2 hours`, `over een half uur`: from now.
fn in_a_while(cursor: &mut Cursor<'_>, writer: Writer) -> Option<chrono::NaiveDateTime> {
    cursor.eat(&["in", "over", "binnen"]).then_some(())?;
    let minutes = lasts(cursor)?;
    let now = writer.now.with_second(0)?.with_nanosecond(0)?;
    now.checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
}

/// `15:00-15:45`, `3 to 4pm`, `van 3 tot 4`.
fn range(cursor: &mut Cursor<'_>, writer: Writer) -> Option<(Clock, u32, usize)> {
    let led = cursor.eat(&["from", "van", "between", "tussen"]);
    let begin = *cursor;
    (begin.at + 1..=begin.at + LONGEST_TIME).find_map(|joint| {
        let mut before = Cursor::from(begin.all().get(..joint)?, begin.at);
        let first = time::open(&mut before, writer.reader, true).filter(|_| before.at_end())?;
        let mut ahead = Cursor::from(begin.all(), joint);
        let joined = ahead.eat_mark(&['-', '\u{2013}', '\u{2014}'])
            || ahead.eat(&["to", "tot", "until", "till"])
            || ahead.eat_all(&["t", "m"])
            || (led && ahead.eat(&["and", "en"]));
        joined.then_some(())?;
        let from = ahead;
        let second = time::open(&mut ahead, writer.reader, true)?;
        let bare = is_bare_number(begin, joint) && is_bare_number(from, ahead.at);
        (led || !bare).then_some(())?;
        let (open, minutes) = between(first, second)?;
        *cursor = ahead;
        Some((Clock { open, length: None, length_first: false }, minutes, joint))
    })
}

/// Tokens of a time before «to».
const LONGEST_TIME: usize = 6;

/// «3-4pm»: the half of the day of the end is that of the beginning, unless that would come after it.
fn between(first: Open, second: Open) -> Option<(Open, u32)> {
    let (end, end_other) = second.readings().ok()?;
    let later = end.overflowing_add_signed(TimeDelta::hours(12)).0;
    let lasts = |start: NaiveTime, end: NaiveTime| {
        let minutes = (end - start).num_minutes();
        (1..=12 * 60).contains(&minutes).then(|| u32::try_from(minutes).ok()).flatten()
    };
    [first.with(second.part), first].into_iter().find_map(|open| {
        let (start, _) = open.readings().ok()?;
        let minutes = lasts(start, end)
            .or_else(|| lasts(start, end_other?))
            .or_else(|| lasts(start, later).filter(|_| second.is_open()))?;
        Some((open, minutes))
    })
}

fn is_bare_number(begin: Cursor<'_>, end: usize) -> bool {
    end == begin.at + 1 && (begin.figure().is_some() || begin.word().and_then(words::number).is_some())
}
