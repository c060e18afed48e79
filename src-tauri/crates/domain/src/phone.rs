//! Telephone numbers: from what people write to the line that rings, and back to what people read.
//!
//! One module for dialling, showing and matching. The plans of the countries are libphonenumber's, by a port that only
//! the module `library` knows; the rules around it are ours (`docs/adr/0010-telephone-numbers.md`). Nothing here reads
//! or stores: keys are kept by others, together with [`RULES_VERSION`], and made anew when that changes.

mod clean;
mod library;
mod same;
mod spellings;

use std::fmt;
use std::str::FromStr;

pub use same::{Hint, Likeness};
pub use spellings::{Fate, SPELLINGS, Spelling};

use library::Fit;

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

/// What one written number turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// One number.
    Number(PhoneNumber),
    /// Two or more, all valid; a person chooses.
    Candidates(Vec<PhoneNumber>),
    /// None, and why.
    None(NoNumber),
}

impl Reading {
    fn is_settled(&self) -> bool {
        match self {
            Self::Number(number) => number.certainty == Certainty::Sure,
            Self::Candidates(_) => true,
            Self::None(_) => false,
        }
    }

    /// The number, or all candidates, or nothing.
    pub fn into_numbers(self) -> Vec<PhoneNumber> {
        match self {
            Self::Number(number) => vec![number],
            Self::Candidates(numbers) => numbers,
            Self::None(_) => Vec::new(),
        }
    }
}

/// Reads a field, which may hold several numbers. At least one reading; words beside a number are none.
pub fn read(field: &str, regions: Regions) -> Vec<Reading> {
    let plain = clean::plain(field);
    let pieces = clean::pieces(&plain);
    let mut readings: Vec<Reading> = pieces.into_iter().flat_map(|piece| read_piece(piece, regions)).collect();
    if readings.iter().any(|reading| !matches!(reading, Reading::None(_))) {
        readings.retain(|reading| !matches!(reading, Reading::None(NoNumber::Empty | NoNumber::Name)));
    }
    readings.truncate(MOST_NUMBERS);
    if readings.is_empty() { vec![Reading::None(NoNumber::Empty)] } else { readings }
}

/// A field of 255 characters holds fewer; a note may hold anything.
const MOST_NUMBERS: usize = 64;

/// All numbers of a field, each line once, for a person to choose from.
pub fn numbers(field: &str, regions: Regions) -> Vec<PhoneNumber> {
    let mut numbers: Vec<PhoneNumber> = Vec::new();
    for number in read(field, regions).into_iter().flat_map(Reading::into_numbers) {
        if !numbers.iter().any(|known| known.key == number.key && known.extension == number.extension) {
            numbers.push(number);
        }
    }
    numbers
}

fn read_piece(piece: &str, regions: Regions) -> Vec<Reading> {
    let whole = resolve(clean::written(piece), regions);
    if whole.is_settled() || !(piece.contains('/') || piece.contains(" - ")) {
        return vec![whole];
    }
    let parts: Vec<Reading> = clean::parts(piece).iter().map(|part| resolve(clean::written(part), regions)).collect();
    if parts.iter().any(Reading::is_settled) { parts } else { vec![whole] }
}

fn resolve(written: Result<clean::Written, NoNumber>, regions: Regions) -> Reading {
    let written = match written {
        Ok(written) => written,
        Err(reason) => return Reading::None(reason),
    };
    let mut found = Found::default();
    if written.plus || written.digits.len() > 4 {
        found.add_all(&written, &written.digits, regions);
    } else {
        found.refused = Some(NoNumber::ShortCode);
    }
    if found.valid.is_empty() {
        if let Some(vanity) = &written.vanity {
            let mut spelled = Found::default();
            spelled.add_all(&written, vanity, regions);
            found.valid = spelled.valid;
        }
    }
    found.reading(&written)
}

/// What the countries in question make of the digits.
#[derive(Default)]
struct Found {
    valid: Vec<PhoneNumber>,
    possible: Option<PhoneNumber>,
    refused: Option<NoNumber>,
}

impl Found {
    fn add_all(&mut self, written: &clean::Written, digits: &str, regions: Regions) {
        if written.plus {
            return self.add_abroad(written, digits);
        }
        if let Some(abroad) = digits.strip_prefix("00").filter(|after| !after.starts_with('0')) {
            self.add_abroad(written, abroad);
        }
        // Some countries have longer prefixes (0011, 0014) that the library knows.
        if self.valid.is_empty() {
            for region in regions.each() {
                self.add(digits, Some(region), written);
            }
        }
        // In North America the library knows this prefix; elsewhere 011 may also be Turin's or Johannesburg's.
        if let Some(abroad) = digits.strip_prefix("011").filter(|_| self.valid.is_empty()) {
            if !regions.each().any(library::is_north_american) {
                self.add_abroad(written, abroad);
            }
        }
        if regions.each().next().is_none() {
            self.refused.get_or_insert(NoNumber::CountryUnknown);
        }
    }

    /// `digits` begin with a country code. Both with and without the zero of `+39 (0)6`: the plan tells where it
    /// belongs to the number.
    fn add_abroad(&mut self, written: &clean::Written, digits: &str) {
        self.add(&format!("+{digits}"), None, written);
        let skipped = written.digits.len() - digits.len().min(written.digits.len());
        let zero = written
            .zero
            .and_then(|zero| zero.checked_sub(skipped))
            .filter(|&zero| digits.as_bytes().get(zero) == Some(&b'0'));
        if let Some(zero) = zero {
            self.add(&format!("+{}{}", &digits[..zero], &digits[zero + 1..]), None, written);
        }
    }

    fn add(&mut self, text: &str, region: Option<Region>, written: &clean::Written) {
        match number(text, region) {
            Ok(mut number) => {
                number.extension = written.extension.as_deref().map(Into::into);
                if number.certainty != Certainty::Sure {
                    self.possible.get_or_insert(number);
                } else if !self.valid.iter().any(|known| known.key == number.key) {
                    self.valid.push(number);
                }
            }
            Err(reason) => {
                self.refused.get_or_insert(reason);
            }
        }
    }

    fn reading(mut self, written: &clean::Written) -> Reading {
        if self.valid.len() > 1 {
            for number in &mut self.valid {
                number.certainty = Certainty::Ambiguous;
            }
            return Reading::Candidates(self.valid);
        }
        match self.valid.pop().or(self.possible.filter(|_| written.plus || written.digits.len() > 5)) {
            Some(number) => Reading::Number(number),
            None if !written.plus && written.digits.len() <= 6 => Reading::None(NoNumber::ShortCode),
            None => Reading::None(self.refused.unwrap_or(NoNumber::NotPossible)),
        }
    }
}

/// One reading of digits, in today's spelling.
fn number(text: &str, region: Option<Region>) -> Result<PhoneNumber, NoNumber> {
    let parsed = library::parse(text, region)?;
    let (key, national_length) = library::line(&parsed).ok_or(NoNumber::NotPossible)?;
    let fit = library::fit(&parsed);
    if let Some(renewed) = respelled(key, fit) {
        return Ok(renewed);
    }
    let certainty = match fit {
        Fit::Valid => Certainty::Sure,
        Fit::Possible => Certainty::Possible,
        Fit::Local => Certainty::Local,
        Fit::None => return Err(NoNumber::NotPossible),
    };
    Ok(PhoneNumber { key, national_length, certainty, extension: None, respelled: None })
}

fn respelled(key: LineKey, fit: Fit) -> Option<PhoneNumber> {
    let outdated = |fate| match fate {
        Fate::Replaced => fit != Fit::Valid,
        Fate::Withdrawn => true,
        Fate::Both => false,
    };
    let digits = key.0.to_string();
    SPELLINGS.iter().filter(|spelling| outdated(spelling.fate)).find_map(|spelling| {
        let parsed = library::parse(&format!("+{}", spelling.renewed(&digits)?), None).ok()?;
        let (key, national_length) = library::line(&parsed)?;
        (library::fit(&parsed) == Fit::Valid).then_some(PhoneNumber {
            key,
            national_length,
            certainty: Certainty::Sure,
            extension: None,
            respelled: Some(spelling),
        })
    })
}

#[cfg(test)]
mod tests;
