//! Lengths of meetings.

use super::cursor::Cursor;
use super::token::Token;
use super::words;
use crate::draft::MAX_MINUTES;

/// Why a text is no length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LengthFault {
    Missing,
    Unreadable,
    /// Understood, but it is not a whole number of minutes: `1.5`, `1.5 min`.
    NotWhole,
    /// Nothing at all, or more than [`MAX_MINUTES`].
    OutOfRange,
}

type Found = Result<u32, LengthFault>;

/// Reads a field, in minutes.
///
/// # Errors
/// The text is no length; see [`LengthFault`].
pub fn read(text: &str) -> Found {
    if text.trim().is_empty() {
        return Err(LengthFault::Missing);
    }
    let tokens = super::field(text).ok_or(LengthFault::Unreadable)?;
    for rule in [phrase, clock, number_alone] {
        let mut cursor = Cursor::new(&tokens);
        if let Some(minutes) = rule(&mut cursor)
            && (cursor.at_end() || (cursor.eat_mark(&['.']) && cursor.at_end()))
        {
            return minutes.whole();
        }
    }
    Err(LengthFault::Unreadable)
}

/// The length that the tokens begin with, in minutes, and how many of them are part of it. It has a unit; a number
/// alone and `1:30` are left to whoever knows that a length stands there.
pub fn at(tokens: &[Token]) -> Option<(Found, usize)> {
    let mut cursor = Cursor::new(tokens);
    let minutes = phrase(&mut cursor)?;
    Some((minutes.whole(), cursor.at))
}

/// A fraction, exact.
#[derive(Debug, Clone, Copy)]
struct Amount {
    parts: u64,
    of: u64,
}

impl Amount {
    const fn whole_number(value: u64) -> Self {
        Self { parts: value, of: 1 }
    }

    fn times(self, factor: u64) -> Self {
        Self { parts: self.parts.saturating_mul(factor), of: self.of }
    }

    fn plus(self, other: Self) -> Self {
        let parts = self.parts.saturating_mul(other.of).saturating_add(other.parts.saturating_mul(self.of));
        Self { parts, of: self.of.saturating_mul(other.of) }
    }

    fn whole(self) -> Found {
        if self.parts > u64::from(MAX_MINUTES).saturating_mul(self.of) {
            return Err(LengthFault::OutOfRange);
        }
        if !self.parts.is_multiple_of(self.of) {
            return Err(LengthFault::NotWhole);
        }
        match u32::try_from(self.parts / self.of) {
            Ok(minutes @ 1..=MAX_MINUTES) => Ok(minutes),
            _ => Err(LengthFault::OutOfRange),
        }
    }
}

const HALF: Amount = Amount { parts: 1, of: 2 };

/// `45m`, `1h30`, `1,5 u`, `half uur`, `een uur en een kwartier`, `an hour and a half`.
fn phrase(cursor: &mut Cursor<'_>) -> Option<Amount> {
    let (mut total, mut unit) = part(cursor)?;
    // 1h30, 1 uur 30, 1 h 5
    if unit == 60
        && let Some(minutes) = cursor.figure().filter(|figure| figure.digits <= 2 && figure.value < 60)
    {
        let mut ahead = *cursor;
        ahead.step();
        if unit_of(&mut ahead).is_none_or(|unit| unit == 1) {
            *cursor = ahead;
            return Some(total.plus(Amount::whole_number(u64::from(minutes.value))));
        }
    }
    loop {
        let mut ahead = *cursor;
        let joined = ahead.eat(&["and", "en"]) || ahead.eat_mark(&[',', '+']);
        let next = if joined && a_half(&mut ahead) {
            Some((HALF.times(unit), 1))
        } else {
            part(&mut ahead).filter(|&(_, smaller)| smaller < unit)
        };
        let Some((more, smaller)) = next else { return Some(total) };
        total = total.plus(more);
        unit = smaller;
        *cursor = ahead;
    }
}

/// «a half», with nothing after it that it would be half of.
fn a_half(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.eat(&["a", "een"]);
    if !ahead.eat(&["half", "halve"]) || unit_of(&mut ahead.clone()).is_some() {
        return false;
    }
    *cursor = ahead;
    true
}

/// An amount and its unit, together in minutes; and the unit.
fn part(cursor: &mut Cursor<'_>) -> Option<(Amount, u64)> {
    let mut ahead = *cursor;
    let amount = amount(&mut ahead)?;
    // «half an hour», «three quarters of an hour»
    ahead.eat(&["of"]);
    ahead.eat(&["a", "an", "een"]);
    let unit = unit_of(&mut ahead)?;
    *cursor = ahead;
    Some((amount.times(unit), unit))
}

fn amount(cursor: &mut Cursor<'_>) -> Option<Amount> {
    let article = cursor.eat(&["a", "an", "een", "one"]);
    if let Some(found) = cursor.eat_known(|word| match word {
        "half" | "halve" => Some(HALF),
        "anderhalf" | "anderhalve" => Some(Amount { parts: 3, of: 2 }),
        "tweeenhalf" => Some(Amount { parts: 5, of: 2 }),
        _ => None,
    }) {
        return Some(found);
    }
    if article {
        let and_a_half = and_a_half(cursor);
        return Some(if and_a_half { Amount { parts: 3, of: 2 } } else { Amount::whole_number(1) });
    }
    let whole = match cursor.figure() {
        Some(_) => return decimal(cursor),
        // «kwartier», «halfuur»: the unit says how much.
        None if unit_of(&mut cursor.clone()).is_some_and(|unit| unit != 1 && unit != 60) => 1,
        None => cursor.eat_known(words::number)?.0,
    };
    let whole = Amount::whole_number(u64::from(whole));
    Some(if and_a_half(cursor) { whole.plus(HALF) } else { whole })
}

/// «and a half» before the unit: «two and a half hours».
fn and_a_half(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let found = ahead.eat(&["and", "en"]) && {
        ahead.eat(&["a", "een"]);
        ahead.eat(&["half", "halve"]) && unit_of(&mut ahead.clone()).is_some()
    };
    if found {
        *cursor = ahead;
    }
    found
}

/// `90`, `1,5`, `1.25`, `1½`.
fn decimal(cursor: &mut Cursor<'_>) -> Option<Amount> {
    let whole = Amount::whole_number(u64::from(cursor.eat_figure(1..=9)?.value));
    if cursor.eat_mark(&['\u{BD}']) {
        return Some(whole.plus(HALF));
    }
    let mut ahead = *cursor;
    if ahead.eat_mark(&['.', ','])
        && ahead.glued()
        && let Some(part) = ahead.eat_figure(1..=4)
    {
        *cursor = ahead;
        let of = 10_u64.pow(u32::try_from(part.digits).ok()?);
        return Some(whole.plus(Amount { parts: u64::from(part.value), of }));
    }
    Some(if and_a_half(cursor) { whole.plus(HALF) } else { whole })
}

/// Minutes of a unit.
fn unit_of(cursor: &mut Cursor<'_>) -> Option<u64> {
    cursor
        .eat_known(|word| match word {
            "m" | "min" | "mins" | "minute" | "minutes" | "minuut" | "minuten" => Some(1),
            "kwartier" | "quarter" | "quarters" => Some(15),
            "halfuur" => Some(30),
            "h" | "hr" | "hrs" | "hour" | "hours" | "u" | "uur" | "uren" => Some(60),
            "d" | "day" | "days" | "dag" | "dagen" => Some(1440),
            _ => None,
        })
        .inspect(|&unit| {
            // «a quarter of an hour»
            if unit == 15 {
                let mut ahead = *cursor;
                if ahead.eat(&["of"]) && ahead.eat(&["an", "a"]) && ahead.eat(&["hour"]) {
                    *cursor = ahead;
                }
            }
        })
}

/// `1:30`.
fn clock(cursor: &mut Cursor<'_>) -> Option<Amount> {
    let hours = cursor.eat_figure(1..=2)?;
    cursor.eat_mark(&[':']).then_some(())?;
    let minutes = cursor.eat_figure(2..=2).filter(|minutes| minutes.value < 60)?;
    Some(Amount::whole_number(u64::from(hours.value * 60 + minutes.value)))
}

/// `90`: minutes.
fn number_alone(cursor: &mut Cursor<'_>) -> Option<Amount> {
    match cursor.figure() {
        Some(_) => decimal(cursor),
        None => cursor.eat_known(words::number).map(|(value, _)| Amount::whole_number(u64::from(value))),
    }
}
