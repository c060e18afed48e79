//! Telephone numbers as the network writes them (E.164), from the spellings of a CRM.

/// Calling code and ISO code of the countries of the world.
pub(crate) fn codes_of(country: &str) -> (&'static str, &'static str) {
    match country {
        "Germany" => ("49", "DE"),
        "United Kingdom" => ("44", "GB"),
        "United States" => ("1", "US"),
        "France" => ("33", "FR"),
        "Sweden" => ("46", "SE"),
        "India" => ("91", "IN"),
        _ => ("31", "NL"),
    }
}

/// The number that the network shows for one that somebody typed in `country`; an extension behind
/// an `x` is dropped, because the network never sees it.
pub(crate) fn e164(country: &str, typed: &str) -> String {
    let (code, _) = codes_of(country);
    let typed = typed.split('x').next().unwrap_or_default().replace("(0)", "");
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if typed.trim_start().starts_with('+') {
        return format!("+{digits}");
    }
    if let Some(international) = digits.strip_prefix("00") {
        return format!("+{international}");
    }
    let trunk = if code == "1" { '1' } else { '0' };
    format!("+{code}{}", digits.strip_prefix(trunk).unwrap_or(&digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_number_is_one_number() {
        for typed in ["020-123 45 67", "+31 20 123 4567", "+31 (0)20 123 45 67", "0031201234567"] {
            assert_eq!(e164("Netherlands", typed), "+31201234567", "{typed}");
        }
        for typed in ["(212) 555-0142", "212.555.0142", "+1 212 555 0142", "1-212-555-0142 x907"] {
            assert_eq!(e164("United States", typed), "+12125550142", "{typed}");
        }
        assert_eq!(e164("France", "+33(0)353019427"), "+33353019427");
        assert_eq!(e164("India", "022-5550 1042"), "+912255501042");
    }
}
