//! Times of the day.

use chrono::NaiveTime;

use super::cursor::Cursor;
use super::token::Token;
use super::{Language, Reader, words};

/// Why a text is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFault {
    Missing,
    Unreadable,
    /// Understood, but no clock shows it: `25:00`, `13 pm`.
    NoSuchTime,
}

type Found = Result<NaiveTime, TimeFault>;

const HALF_A_DAY: u32 = 12 * 60;
/// A time of the twelve-hour clock that says no more lies in the twelve hours from here on.
const WORKING_FROM: u32 = 7 * 60;
const UNITS: [&str; 7] = ["u", "uur", "h", "hr", "hrs", "hours", "oclock"];

/// Reads a field.
///
/// # Errors
/// The text is no time; see [`TimeFault`].
pub fn read(text: &str, reader: Reader) -> Found {
    if text.trim().is_empty() {
        return Err(TimeFault::Missing);
    }
    let tokens = super::field(text).ok_or(TimeFault::Unreadable)?;
    let mut cursor = Cursor::new(&tokens);
    let found = phrase(&mut cursor, reader, true).ok_or(TimeFault::Unreadable)?;
    if cursor.at_end() { found } else { Err(TimeFault::Unreadable) }
}

/// The time that the tokens begin with, and how many of them are part of it. A number alone is one only after «at».
pub fn at(tokens: &[Token], reader: Reader) -> Option<(Found, usize)> {
    let mut cursor = Cursor::new(tokens);
    let found = phrase(&mut cursor, reader, false)?;
    Some((found, cursor.at))
}

/// Which half of the day is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Am,
    Pm,
    Morning,
    Afternoon,
    Evening,
    Night,
}

fn phrase(cursor: &mut Cursor<'_>, reader: Reader, alone: bool) -> Option<Found> {
    open(cursor, reader, alone).map(|open| open.clock.settle(open.part))
}

/// A time as far as its own words say it; what stands beside it may settle the half of the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    clock: Clock,
    pub part: Option<Part>,
}

pub(super) fn open(cursor: &mut Cursor<'_>, reader: Reader, alone: bool) -> Option<Open> {
    let before = part_before(cursor);
    let called = cursor.eat(&["at", "om"]) || cursor.eat_mark(&['@']);
    let alone = alone || called || before.is_some();
    let mut ahead = *cursor;
    if let Some(minutes) = named(&mut ahead) {
        *cursor = ahead;
        return Some(Open { clock: Clock::Day { minutes }, part: None });
    }
    for rule in [told, spelled, figures] {
        let mut ahead = *cursor;
        if let Some(clock) = rule(&mut ahead, reader, alone) {
            let part = part_after(&mut ahead).or(before);
            *cursor = ahead;
            return Some(Open { clock, part });
        }
    }
    None
}

/// Before this a time of the twelve-hour clock may well be meant in the other half of the day; from here to noon a
/// meeting is in the morning.
const MORNING_FROM: u32 = 8 * 60;
/// «5 in the night» is said of both ends of it.
const SMALL_HOURS: std::ops::Range<u32> = 4 * 60..7 * 60;

impl Open {
    /// What it can mean, the likely one first; at most two.
    pub fn readings(self) -> Result<(NaiveTime, Option<NaiveTime>), TimeFault> {
        let likely = self.clock.settle(self.part)?;
        let Clock::Face { minutes, padded } = self.clock else { return Ok((likely, None)) };
        let asked = match self.part {
            None => !padded && (60..MORNING_FROM).contains(&minutes),
            Some(Part::Night) => SMALL_HOURS.contains(&minutes),
            Some(_) => false,
        };
        Ok((likely, asked.then(|| likely.overflowing_add_signed(chrono::TimeDelta::hours(12)).0)))
    }

    /// The half of the day is open, and the words beside it may say it.
    pub fn is_open(self) -> bool {
        self.part.is_none() && matches!(self.clock, Clock::Face { .. })
    }

    /// Its first hour is one of the 24-hour clock, or its half of the day is said.
    pub fn with(self, part: Option<Part>) -> Self {
        if self.is_open() { Self { part, ..self } } else { self }
    }
}

/// In minutes from midnight.
fn named(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    if ahead.eat_figure(2..=2).is_some_and(|figure| figure.value == 12)
        && (ahead.eat(&["noon"]) || ahead.eat(&["midnight"]))
    {
        cursor.step();
    }
    if cursor.eat(&["noon", "midday"]) {
        Some(HALF_A_DAY)
    } else if cursor.eat(&["midnight", "middernacht"]) {
        Some(0)
    } else {
        None
    }
}

/// A time as it was written, before it is known which half of the day is meant.
#[derive(Debug, Clone, Copy)]
enum Clock {
    /// Of the twelve-hour clock: minutes from 12 o'clock. `padded` figures can also be of the other one.
    Face {
        minutes: u32,
        padded: bool,
    },
    /// Of the 24-hour clock: minutes from midnight.
    Day {
        minutes: u32,
    },
    Wrong,
}

impl Clock {
    fn of(hour: u32, minute: u32, padded: bool) -> Self {
        match (hour, minute) {
            (_, 60..) | (24.., _) => Self::Wrong,
            (1..=12, _) => Self::Face { minutes: hour % 12 * 60 + minute, padded },
            _ => Self::Day { minutes: hour * 60 + minute },
        }
    }

    fn settle(self, part: Option<Part>) -> Found {
        let minutes = match self {
            Self::Day { minutes } if !matches!(part, Some(Part::Am | Part::Pm)) => minutes,
            Self::Day { .. } | Self::Wrong => return Err(TimeFault::NoSuchTime),
            Self::Face { minutes, padded } => {
                let second_half = match part {
                    Some(Part::Am | Part::Morning) => false,
                    Some(Part::Pm | Part::Afternoon) => true,
                    // Twelve in the evening, and the small hours, are the beginning of a day.
                    Some(Part::Evening) => minutes >= 60,
                    Some(Part::Night) => minutes >= WORKING_FROM,
                    None => !padded && minutes < WORKING_FROM,
                };
                if second_half { minutes + HALF_A_DAY } else { minutes }
            }
        };
        NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).ok_or(TimeFault::NoSuchTime)
    }
}

/// `half drie`, `half past two`, `kwart voor 3`, `ten to three`, `tien over half drie`.
fn told(cursor: &mut Cursor<'_>, reader: Reader, _: bool) -> Option<Clock> {
    if cursor.eat(&["half"]) {
        let past = cursor.eat(&["past"]);
        let (hour, spoken) = hour(cursor)?;
        let forward = past || spoken.unwrap_or(reader.language) == Language::English;
        return face(hour, if forward { 30 } else { -30 });
    }
    cursor.eat(&["a"]);
    let minutes = if cursor.eat(&["kwart", "quarter"]) {
        15
    } else {
        let minutes = if let Some(figure) = cursor.eat_figure(1..=2) {
            figure.value
        } else {
            let tens = cursor.eat_known(words::number)?.0;
            let mut ahead = *cursor;
            match ahead.eat_known(words::number) {
                Some((ones @ 1..=9, Language::English)) if tens == 20 => {
                    *cursor = ahead;
                    tens + ones
                }
                _ => tens,
            }
        };
        cursor.eat(&["minuten", "minuut", "minutes", "minute", "min"]);
        i32::try_from(minutes).ok().filter(|minutes| (1..=59).contains(minutes))?
    };
    let minutes = if cursor.eat(&["over", "past", "after"]) {
        minutes
    } else if cursor.eat(&["voor", "to", "till", "before"]) {
        -minutes
    } else {
        return None;
    };
    let half = if cursor.eat(&["half"]) { -30 } else { 0 };
    face(hour(cursor)?.0, minutes + half)
}

/// An hour in words or figures, with the language of its word.
fn hour(cursor: &mut Cursor<'_>) -> Option<(u32, Option<Language>)> {
    let found = match cursor.eat_figure(1..=2) {
        Some(figure) => (figure.value, None),
        None => cursor.eat_known(words::number).map(|(value, language)| (value, Some(language)))?,
    };
    cursor.eat(&UNITS);
    Some(found)
}

/// An hour and minutes before or after it.
fn face(hour: u32, minutes: i32) -> Option<Clock> {
    let hour = i32::try_from(hour).ok()?;
    Some(match hour {
        1..=12 => {
            let around = (hour * 60 + minutes).rem_euclid(12 * 60);
            Clock::Face { minutes: u32::try_from(around).ok()?, padded: false }
        }
        13..=23 => Clock::Day { minutes: u32::try_from(hour * 60 + minutes).ok()? },
        _ => Clock::Wrong,
    })
}

/// `seven thirty pm`, `at eleven five`: an hour and its minutes in words.
fn spelled(cursor: &mut Cursor<'_>, _: Reader, alone: bool) -> Option<Clock> {
    let (hour, Language::English) = cursor.eat_known(words::number)? else { return None };
    let (tens, Language::English) = cursor.eat_known(words::number)? else { return None };
    let mut ahead = *cursor;
    let minute = match ahead.eat_known(words::number) {
        Some((ones @ 1..=9, Language::English)) if tens >= 20 => {
            *cursor = ahead;
            tens + ones
        }
        _ => tens,
    };
    (hour <= 23 && (alone || part_follows(*cursor))).then(|| Clock::of(hour, minute, false))
}

/// `9`, `930`, `9:30`, `9.30`, `9u30`, `9 uur 30`, `3pm`, `drie uur`, `15h`.
fn figures(cursor: &mut Cursor<'_>, _: Reader, alone: bool) -> Option<Clock> {
    let Some(first) = cursor.eat_figure(1..=4) else {
        let (hour, _) = cursor.eat_known(words::number)?;
        if cursor.eat(&["uur"]) {
            // «zeven uur dertig», but not «zeven uur een demo».
            let mut ahead = *cursor;
            let minute = ahead.eat_known(words::number).map(|(minute, _)| minute).filter(|minute| *minute >= 5);
            if minute.is_some() {
                *cursor = ahead;
            }
            return Some(Clock::of(hour, minute.unwrap_or_default(), false));
        }
        return (cursor.eat(&UNITS) || alone || part_follows(*cursor)).then(|| Clock::of(hour, 0, false));
    };
    if first.digits > 2 {
        let clock = Clock::of(first.value / 100, first.value % 100, first.padded);
        return (cursor.eat(&UNITS) || alone || part_follows(*cursor)).then_some(clock);
    }
    // A single 0, as in 0:30, is midnight's own hour; 00 and 07 are of the 24-hour clock.
    let mut ahead = *cursor;
    let parted = ahead.eat_mark(&[':', '.']) || ahead.eat(&UNITS);
    if (parted || alone)
        && let Some(minute) = ahead.eat_figure(2..=2)
        && !matches!(ahead.word(), Some("min" | "minuten" | "minuut" | "mins" | "minutes"))
    {
        seconds(&mut ahead);
        ahead.eat(&UNITS);
        *cursor = ahead;
        return Some(Clock::of(first.value, minute.value, first.padded));
    }
    (cursor.eat(&UNITS) || alone || part_follows(*cursor)).then(|| Clock::of(first.value, 0, first.padded))
}

/// A meeting begins with the minute.
fn seconds(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    if ahead.glued() && ahead.eat_mark(&[':']) && ahead.glued() && ahead.eat_figure(2..=2).is_some() {
        *cursor = ahead;
    }
}

fn part_follows(mut cursor: Cursor<'_>) -> bool {
    part_after(&mut cursor).is_some()
}

fn part_before(cursor: &mut Cursor<'_>) -> Option<Part> {
    cursor.eat_known(|word| match word {
        "vanochtend" | "vanmorgen" => Some(Part::Morning),
        "vanmiddag" => Some(Part::Afternoon),
        "vanavond" | "tonight" => Some(Part::Evening),
        _ => None,
    })
}

fn part_after(cursor: &mut Cursor<'_>) -> Option<Part> {
    let mut ahead = *cursor;
    // «3 a» alone is no time: «at 3 a customer calls».
    let abbreviated = ahead.glued() || {
        let mut dotted = ahead;
        dotted.step();
        dotted.eat_mark(&['.']);
        dotted.eat(&["m"])
    };
    let found = if let Some(part) = ahead.eat_known(|word| match word {
        "am" => Some(Part::Am),
        "a" if abbreviated => Some(Part::Am),
        "pm" => Some(Part::Pm),
        "p" if abbreviated => Some(Part::Pm),
        "smorgens" | "sochtends" => Some(Part::Morning),
        "smiddags" => Some(Part::Afternoon),
        "savonds" | "tonight" => Some(Part::Evening),
        "snachts" => Some(Part::Night),
        _ => None,
    }) {
        // a.m., p. m.
        let mut dotted = ahead;
        dotted.eat_mark(&['.']);
        if dotted.eat(&["m"]) {
            dotted.eat_mark(&['.']);
        }
        ahead = dotted;
        Some(part)
    } else if ahead.eat(&["s"]) {
        ahead.eat_known(|word| match word {
            "morgens" | "ochtends" => Some(Part::Morning),
            "middags" => Some(Part::Afternoon),
            "avonds" => Some(Part::Evening),
            "nachts" => Some(Part::Night),
            _ => None,
        })
    } else if ahead.eat_all(&["in", "the"]) {
        ahead.eat_known(|word| match word {
            "morning" => Some(Part::Morning),
            "afternoon" => Some(Part::Afternoon),
            "evening" => Some(Part::Evening),
            "night" => Some(Part::Night),
            _ => None,
        })
    } else if ahead.eat_all(&["in", "de"]) {
        ahead.eat_known(|word| match word {
            "ochtend" => Some(Part::Morning),
            "middag" => Some(Part::Afternoon),
            "avond" => Some(Part::Evening),
            "nacht" => Some(Part::Night),
            _ => None,
        })
    } else if ahead.eat_all(&["at", "night"]) {
        Some(Part::Night)
    } else {
        None
    };
    if found.is_some() {
        *cursor = ahead;
    }
    found
}
