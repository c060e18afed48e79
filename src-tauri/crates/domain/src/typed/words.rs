//! The vocabulary of both languages.

use chrono::Weekday;

use super::Language;

const MONTHS: [(&str, &str); 12] = [
    ("january", "januari"),
    ("february", "februari"),
    ("march", "maart"),
    ("april", "april"),
    ("may", "mei"),
    ("june", "juni"),
    ("july", "juli"),
    ("august", "augustus"),
    ("september", "september"),
    ("october", "oktober"),
    ("november", "november"),
    ("december", "december"),
];

const WEEKDAYS: [(&str, &str, &str, Weekday); 7] = [
    ("monday", "maandag", "ma", Weekday::Mon),
    ("tuesday", "dinsdag", "di", Weekday::Tue),
    ("wednesday", "woensdag", "wo", Weekday::Wed),
    ("thursday", "donderdag", "do", Weekday::Thu),
    ("friday", "vrijdag", "vr", Weekday::Fri),
    ("saturday", "zaterdag", "za", Weekday::Sat),
    ("sunday", "zondag", "zo", Weekday::Sun),
];

/// Shorter beginnings of a name fit too much.
const SHORTEST: usize = 3;

/// The month, 1 to 12, whose name begins like this. `maa` begins two names and so is none.
pub(super) fn month(word: &str) -> Option<u32> {
    if word == "mrt" {
        return Some(3);
    }
    if word.len() < SHORTEST || word == "maa" {
        return None;
    }
    let found = MONTHS.iter().position(|(english, dutch)| english.starts_with(word) || dutch.starts_with(word))?;
    u32::try_from(found + 1).ok()
}

/// The day of the week whose name begins like this.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let begins = |name: &str| word.len() >= SHORTEST && word != "maa" && name.starts_with(word);
    WEEKDAYS
        .iter()
        .find(|(english, dutch, short, _)| word == *short || begins(english) || begins(dutch))
        .map(|&(.., day)| day)
}

const NUMBERS: [(&str, &str, u32); 14] = [
    ("one", "een", 1),
    ("two", "twee", 2),
    ("three", "drie", 3),
    ("four", "vier", 4),
    ("five", "vijf", 5),
    ("six", "zes", 6),
    ("seven", "zeven", 7),
    ("eight", "acht", 8),
    ("nine", "negen", 9),
    ("ten", "tien", 10),
    ("eleven", "elf", 11),
    ("twelve", "twaalf", 12),
    ("fifteen", "vijftien", 15),
    ("twenty", "twintig", 20),
];

const TENS: [(&str, &str, u32); 3] = [("thirty", "dertig", 30), ("forty", "veertig", 40), ("fifty", "vijftig", 50)];

/// A number in words, and whose word it is.
pub(super) fn number(word: &str) -> Option<(u32, Language)> {
    NUMBERS.iter().chain(&TENS).find_map(|&(english, dutch, value)| {
        if word == english {
            Some((value, Language::English))
        } else if word == dutch {
            Some((value, Language::Dutch))
        } else {
            None
        }
    })
}
