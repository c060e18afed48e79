//! The one place that knows the port of libphonenumber.

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber as Parsed, PhoneNumberFormat, Region as Code,
};

use super::{LineKey, NoNumber, Region};

/// How far a number fits its country's plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Valid,
    /// The length fits, the digits don't.
    Possible,
    /// Its area code is missing.
    Local,
    None,
}

pub(super) fn region(iso: &str) -> Option<Code> {
    let code = iso.trim().to_ascii_uppercase().parse().ok()?;
    PHONE_NUMBER_UTIL.get_country_code_for_region(code).map(|_| code)
}

/// `text` has digits only, with a `+` in front or not.
pub(super) fn parse(text: &str, region: Option<Region>) -> Result<Parsed, NoNumber> {
    PHONE_NUMBER_UTIL.parse(text, region.map(|region| region.0)).map_err(|error| match error {
        ParseError::InvalidCountryCode if region.is_none() && !text.starts_with('+') => NoNumber::CountryUnknown,
        ParseError::InvalidCountryCode => NoNumber::NoSuchCountry,
        _ => NoNumber::NotPossible,
    })
}

pub(super) fn fit(parsed: &Parsed) -> Fit {
    if PHONE_NUMBER_UTIL.is_valid_number(parsed) {
        return Fit::Valid;
    }
    match PHONE_NUMBER_UTIL.is_possible_number_with_reason(parsed) {
        Ok(NumberLengthType::IsPossible) => Fit::Possible,
        Ok(NumberLengthType::IsPossibleLocalOnly) => Fit::Local,
        Err(_) => Fit::None,
    }
}

/// Key and length of the national number; nothing for more digits than a key holds.
pub(super) fn line(parsed: &Parsed) -> Option<(LineKey, u8)> {
    let zeros = if parsed.italian_leading_zero() { parsed.number_of_leading_zeros() } else { 0 };
    let national = parsed.national_number.checked_ilog10().map_or(1, |length| length + 1);
    let length = u32::try_from(zeros).ok()?.checked_add(national)?;
    let country = u64::try_from(parsed.country_code).ok()?;
    let digits = country.checked_mul(10_u64.checked_pow(length)?)?.checked_add(parsed.national_number)?;
    // Every key of this size also fits a signed column.
    (digits < 10_u64.pow(18)).then_some((LineKey(digits), u8::try_from(length).ok()?))
}

/// As people in `region` write the number: nationally where it is of their own country, else internationally.
pub(super) fn formatted(key: LineKey, region: Option<Region>) -> String {
    let e164 = key.to_string();
    let Ok(parsed) = parse(&e164, None) else {
        return e164;
    };
    let own = region.and_then(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region.0));
    let format = if own == Some(parsed.country_code) && fit(&parsed) == Fit::Valid {
        PhoneNumberFormat::National
    } else {
        PhoneNumberFormat::International
    };
    PHONE_NUMBER_UTIL.format(&parsed, format).into_owned()
}

pub(super) fn country(key: LineKey) -> Option<String> {
    parse(&key.to_string(), None).ok()?.get_region_code().map(|region| region.to_string())
}

pub(super) fn is_north_american(region: Region) -> bool {
    PHONE_NUMBER_UTIL.is_nanpa_country(region.0)
}
