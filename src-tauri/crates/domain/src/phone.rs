//! Telephone numbers: from what people write to the line that rings, and back to what people read.
//!
//! One module for dialling, showing and matching. The plans of the countries are libphonenumber's, by a port that only
//! the module `library` knows; the rules around it are ours (`docs/adr/0010-telephone-numbers.md`). Nothing here reads
//! or stores: keys are kept by others, together with [`RULES_VERSION`], and made anew when that changes.

mod callers;
mod clean;
mod library;
mod places;
mod reading;
mod same;
mod spellings;
mod words;

use std::fmt;
use std::str::FromStr;

use crate::zones::Zone;

pub use callers::names_nobody;
pub use reading::{Reading, numbers, read};
pub use same::{Hint, Likeness};
pub use spellings::{Fate, SPELLINGS, Spelling};

/// The version of libphonenumber's data inside the pinned port.
pub const METADATA_VERSION: &str = "9.0.42";
/// Data and rules by which keys are made: the first part is [`METADATA_VERSION`], the second counts changes of the
/// rules here. Stored keys of another version are to be made anew.
pub const RULES_VERSION: &str = "9.0.42/1";

/// A country or territory whose plan is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Region(rlibphonenumber::Region);

impl Region {
    /// From an ISO 3166-1 code of two letters, in any case.
    pub fn from_iso(code: &str) -> Option<Self> {
        library::region(code).map(Self)
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// Where a number without a country code may be from, the likelier first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Regions {
    /// The country of the record that has the number.
    pub record: Option<Region>,
    /// The user's own country.
    pub user: Option<Region>,
}

impl Regions {
    /// Only the user's country is known.
    pub fn of_user(user: Option<Region>) -> Self {
        Self { record: None, user }
    }

    fn each(self) -> impl Iterator<Item = Region> {
        self.record.into_iter().chain(self.user.filter(|user| self.record != Some(*user)))
    }
}

/// What identifies a line: E.164 without the extension, at most 18 digits. Shown as `+…`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineKey(u64);

impl LineKey {
    /// The digits after the `+` as a number; no country code begins with a zero, so none is lost.
    pub fn digits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for LineKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "+{}", self.0)
    }
}

impl fmt::Debug for LineKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "LineKey({} digits)", self.0.checked_ilog10().map_or(1, |length| length + 1))
    }
}

impl FromStr for LineKey {
    type Err = NoNumber;

    /// Takes what `Display` writes, and nothing else.
    fn from_str(text: &str) -> Result<Self, NoNumber> {
        let digits = text.strip_prefix('+').filter(|digits| !digits.starts_with('0') && digits.len() <= 18);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        digits.and_then(|digits| digits.parse().ok()).map(Self).ok_or(NoNumber::Garbled)
    }
}

/// How sure it is that the digits are this line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Valid, and the only reading.
    Sure,
    /// Valid, but what was written has another valid reading.
    Ambiguous,
    /// Its length is right and its digits are not known in that country; suggested only.
    Possible,
    /// Its area code is missing; suggested only.
    Local,
}

/// One number. `Debug` shows its length and its extension's presence only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber {
    key: LineKey,
    national_length: u8,
    certainty: Certainty,
    extension: Option<Box<str>>,
    respelled: Option<&'static Spelling>,
}

impl PhoneNumber {
    /// The line, for an index and for dialling.
    pub fn key(&self) -> LineKey {
        self.key
    }

    /// `+` and digits, as it is dialled.
    pub fn e164(&self) -> String {
        self.key.to_string()
    }

    /// What is dialled after somebody answered; digits.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// How sure the reading is.
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// The row by which an outdated spelling was read as today's.
    pub fn respelled(&self) -> Option<&'static Spelling> {
        self.respelled
    }

    /// The country code.
    pub fn country_code(&self) -> u64 {
        self.key.0 / 10_u64.pow(u32::from(self.national_length))
    }

    /// The country's ISO code, where the digits tell one.
    pub fn country(&self) -> Option<String> {
        library::country(self.key)
    }

    /// The zone that the area code tells, in a country whose clocks differ and where the code is in one zone. To be
    /// proposed only: somebody who moved may have taken a mobile number along.
    pub fn zone(&self) -> Option<Zone> {
        places::zone(self.key)
    }

    /// The last seven digits: where to look for numbers of which this one may be the end, or that may be its end.
    pub fn ending(&self) -> u64 {
        self.key.0 % 10_u64.pow(7)
    }

    /// As people in `region` write it, without the extension: nationally in its own country, else with `+`.
    pub fn format(&self, region: Option<Region>) -> String {
        library::formatted(self.key, region)
    }

    fn national(&self) -> u64 {
        self.key.0 % 10_u64.pow(u32::from(self.national_length))
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PhoneNumber")
            .field("key", &self.key)
            .field("certainty", &self.certainty)
            .field("extension", &self.extension.is_some())
            .finish_non_exhaustive()
    }
}

/// Why a text is no number that could be anybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoNumber {
    /// Nothing stands there.
    #[error("there is no number")]
    Empty,
    /// The caller hid it.
    #[error("the caller hid the number")]
    Withheld,
    /// The network had none.
    #[error("the network did not tell the number")]
    Unknown,
    /// Words without a digit: a name, or the name of a user.
    #[error("the text is a name, not a number")]
    Name,
    /// An address of SIP or e-mail.
    #[error("the text is an address, not a number")]
    Address,
    /// A code that the network acts on, such as `*21#`.
    #[error("the text is a service code")]
    ServiceCode,
    /// An emergency number, a short code or an internal extension.
    #[error("the number is a short code or an internal extension")]
    ShortCode,
    /// It has no country code, and neither the record's nor the user's country is known.
    #[error("the number has no country code and no country is known")]
    CountryUnknown,
    /// Its country code is nobody's.
    #[error("no country has this code")]
    NoSuchCountry,
    /// Too long or too short for its country.
    #[error("the number is too long or too short")]
    NotPossible,
    /// A `+` in the middle, or the like.
    #[error("the number is garbled")]
    Garbled,
}

#[cfg(test)]
mod tests;
