//! What a person types for a date, a time or a length, in English and in Dutch, brought into a value.
//!
//! Each kind has two ways in: `read` takes a whole field, `at` takes the phrase that a list of tokens begins with and
//! says how many it used, so that one line of text can be read phrase by phrase. Names of months and days, and words
//! such as «tomorrow» or «half drie», are understood in both languages whichever the window has; only what is
//! written in figures follows the reader's own habit. Nothing here writes a date, and nothing here knows a zone.
//!
//! Where a text could mean two things, one rule decides:
//!
//! - **Day and month in figures** stand in the reader's own [`Order`]; when that gives no date, in the other one.
//! - **A date without a year** is the next one that is not past. **A number alone** is the next day of that number.
//! - **A weekday alone** is the next one after today, never today. **«next»**, «volgende» and «next week» mean the
//!   calendar week after this one, which begins on a Monday; «volgende week» alone is its Monday.
//! - **A time from 1 to 12** that says no part of the day lies between 07:00 and 18:59: `3`, `half drie` and `2:30` are
//!   in the afternoon, `9` is in the morning. A leading zero (`03:00`) means the clock of 24 hours.
//! - **«half» before an hour** is half an hour less in Dutch (`half drie`, 2:30) and half an hour more in English
//!   (`half three`, 3:30); before a figure the language of the window decides.
//! - **A length without a unit** is in minutes.

mod cursor;
pub mod date;
pub mod length;
pub mod line;
pub mod time;
mod token;
mod words;

#[cfg(test)]
mod golden;

use chrono::NaiveDate;

pub use token::{Kind, Token, tokens};

/// Longer texts are none of the three; what they hold is not looked at.
const LONGEST: usize = 120;

/// A language that is spoken here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Dutch,
}

/// Which comes first where a date is written in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

/// Who types, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// The day that it is for the reader.
    pub today: NaiveDate,
    pub language: Language,
    pub order: Order,
}

/// Countries where English writes the month before the day (CLDR 46, pattern of `Md`).
const MONTH_FIRST: [&str; 10] = ["AS", "CA", "GU", "MH", "MP", "PH", "PR", "UM", "US", "VI"];

impl Reader {
    /// The habits of a BCP 47 tag: `nl-NL`, `en-US`, `en`. An unknown language reads as English does in Europe.
    pub fn of_region(tag: &str, today: NaiveDate) -> Self {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let country = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
        let month_first = language == "en" && country.is_none_or(|country| MONTH_FIRST.contains(&country.as_str()));
        Self {
            today,
            language: if language == "nl" { Language::Dutch } else { Language::English },
            order: if month_first { Order::MonthFirst } else { Order::DayFirst },
        }
    }
}

/// The tokens of a field, or `None` when there is nothing in it that could be read.
fn field(text: &str) -> Option<Vec<Token>> {
    (text.chars().count() <= LONGEST).then(|| tokens(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_language_and_order() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        let of = |tag| {
            let reader = Reader::of_region(tag, today);
            (reader.language, reader.order)
        };
        assert_eq!(of("nl-NL"), (Language::Dutch, Order::DayFirst));
        assert_eq!(of("nl"), (Language::Dutch, Order::DayFirst));
        assert_eq!(of("en-GB"), (Language::English, Order::DayFirst));
        assert_eq!(of("en-US"), (Language::English, Order::MonthFirst));
        assert_eq!(of("en_us"), (Language::English, Order::MonthFirst));
        assert_eq!(of("en"), (Language::English, Order::MonthFirst));
        assert_eq!(of("en-Latn-AU"), (Language::English, Order::DayFirst));
        assert_eq!(of(""), (Language::English, Order::DayFirst));
    }
}
