//! Whether two numbers ring the same line.

use super::spellings::{Fate, SPELLINGS, Spelling};
use super::{Certainty, LineKey, PhoneNumber};

/// Shorter national numbers are never linked without a person's word: too many plans share their endings.
const LEAST_AUTOMATIC: u8 = 8;
/// A shorter ending says nothing.
const LEAST_ENDING: u8 = 6;

/// What two numbers have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// They ring the same line, and a link may be made without asking.
    Same {
        /// The row that says so, where the two are spelled differently.
        by: Option<&'static Spelling>,
    },
    /// They may be the same line; a person decides.
    Suggested(Hint),
    /// The same line with two different extensions: two people.
    OtherExtension,
    /// Two lines.
    Different,
}

/// Why a likeness is not enough for a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// One of them has two readings.
    Ambiguous,
    /// One of them is not a valid number of its country.
    NotValid,
    /// Equal, but shorter than eight digits.
    Short,
    /// One is the ending of the other.
    Ending,
}

impl PhoneNumber {
    /// Compares with another number. Symmetric.
    pub fn compare(&self, other: &Self) -> Likeness {
        let by = if self.key == other.key {
            None
        } else if let Some(spelling) = both_spelled(self.key, other.key) {
            Some(spelling)
        } else if self.ends_like(other) {
            return Likeness::Suggested(Hint::Ending);
        } else {
            return Likeness::Different;
        };
        if self.extension.is_some() && other.extension.is_some() && self.extension != other.extension {
            return Likeness::OtherExtension;
        }
        let certainty = [self.certainty, other.certainty];
        if certainty.contains(&Certainty::Ambiguous) {
            Likeness::Suggested(Hint::Ambiguous)
        } else if certainty != [Certainty::Sure; 2] {
            Likeness::Suggested(Hint::NotValid)
        } else if self.national_length.min(other.national_length) < LEAST_AUTOMATIC {
            Likeness::Suggested(Hint::Short)
        } else {
            Likeness::Same { by }
        }
    }

    /// Keys under which the same line may also be stored, each with the row that says so.
    pub fn alias_keys(&self) -> impl Iterator<Item = (LineKey, &'static Spelling)> {
        let digits = self.key.0.to_string();
        SPELLINGS
            .iter()
            .filter(|spelling| spelling.fate == Fate::Both)
            .flat_map(move |spelling| {
                [spelling.renewed(&digits), spelling.aged(&digits)]
                    .into_iter()
                    .flatten()
                    .map(move |key| (key, spelling))
            })
            .filter_map(|(digits, spelling)| Some((LineKey(digits.parse().ok()?), spelling)))
    }

    /// The national number of one is the end of the other's, and nothing says that they are of two countries.
    fn ends_like(&self, other: &Self) -> bool {
        let (short, long) = if self.national_length < other.national_length { (self, other) } else { (other, self) };
        short.national_length >= LEAST_ENDING
            && short.national_length < long.national_length
            && short.country_code() == long.country_code()
            && short.national() == long.key.0 % 10_u64.pow(u32::from(short.national_length))
    }
}

fn both_spelled(one: LineKey, other: LineKey) -> Option<&'static Spelling> {
    let (one, other) = (one.0.to_string(), other.0.to_string());
    SPELLINGS.iter().find(|spelling| {
        spelling.fate == Fate::Both
            && [spelling.renewed(&one), spelling.aged(&one)].into_iter().flatten().any(|key| key == other)
    })
}
