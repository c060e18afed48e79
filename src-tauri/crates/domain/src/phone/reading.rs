//! From plain digits to numbers: which country's plan they fit, and how sure that is.

use super::clean::{self, Written};
use super::library::{self, Fit};
use super::spellings::{Fate, SPELLINGS};
use super::{Certainty, LineKey, NoNumber, PhoneNumber, Region, Regions};

/// A field of 255 characters holds fewer; a note may hold anything.
const MOST_NUMBERS: usize = 64;
/// Up to so many digits, a code is nobody's number in any country.
const LONGEST_CODE: usize = 4;

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

fn resolve(written: Result<Written, NoNumber>, regions: Regions) -> Reading {
    let written = match written {
        Ok(written) => written,
        Err(reason) => return Reading::None(reason),
    };
    let mut found = Found::default();
    if written.plus || written.digits.len() > LONGEST_CODE {
        found.add_all(&written, &written.digits, regions);
    } else {
        found.refused = Some(NoNumber::ShortCode);
    }
    if found.valid.is_empty()
        && let Some(vanity) = &written.vanity
    {
        let mut spelled = Found::default();
        spelled.add_all(&written, vanity, regions);
        found.valid = spelled.valid;
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
    fn add_all(&mut self, written: &Written, digits: &str, regions: Regions) {
        if written.plus {
            self.add_abroad(written, digits);
            return;
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
        if self.valid.is_empty()
            && let Some(abroad) = digits.strip_prefix("011")
            && !regions.each().any(library::is_north_american)
        {
            self.add_abroad(written, abroad);
        }
        if regions.each().next().is_none() {
            self.refused.get_or_insert(NoNumber::CountryUnknown);
        }
    }

    /// `digits` begin with a country code. Both with and without the zero of `+39 (0)6`: the plan tells where it
    /// belongs to the number.
    fn add_abroad(&mut self, written: &Written, digits: &str) {
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

    fn add(&mut self, text: &str, region: Option<Region>, written: &Written) {
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

    fn reading(mut self, written: &Written) -> Reading {
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
