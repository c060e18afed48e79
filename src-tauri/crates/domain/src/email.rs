//! Whether a text can be an e-mail address that Zoom and Salesforce both take.

use crate::free_mail;

/// Longest address Salesforce stores.
const MAX_LENGTH: usize = 80;

/// Trimmed and checked, or `None`.
///
/// Deliberately narrower than RFC 5322: no comments, no quoted local parts, no address literals,
/// at least one dot in the domain. Both services refuse the rest.
pub fn parse(text: &str) -> Option<&str> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte));
    let labels: Vec<&str> = domain.split('.').collect();
    let domain_ok = labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        && labels.last().is_some_and(|top| top.len() >= 2 && !top.bytes().all(|byte| byte.is_ascii_digit()));
    (text.len() <= MAX_LENGTH && local_ok && domain_ok).then_some(text)
}

/// Form in which two addresses are compared.
pub fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether the second address is the first one's own or that of somebody in the same house. Where anybody can have a
/// mailbox a shared domain says nothing.
pub fn are_colleagues(own: &str, other: &str) -> bool {
    let (own, other) = (folded(own), folded(other));
    let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| domain.to_owned());
    let same_house = || domain(&own).filter(|house| domain(&other).as_ref() == Some(house));
    own == other || same_house().is_some_and(|house| !free_mail::is_provider(&house))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_at_a_free_provider_is_a_guest() {
        assert!(are_colleagues("robin@northwind.example", "Jo@Northwind.example "));
        assert!(!are_colleagues("robin@northwind.example", "jo@sales.northwind.example"));
        assert!(!are_colleagues("robin@gmail.com", "jo@gmail.com"));
        assert!(are_colleagues("robin@gmail.com", "Robin@GMAIL.com"));
        assert!(!are_colleagues("robin", "jo"));
    }

    #[test]
    fn ordinary_addresses_pass() {
        for text in
            ["anna@example.com", " anna.de.vries+zoom@sub.example.co.uk ", "o'brien@example.org", "a@b-c.example.net"]
        {
            assert_eq!(parse(text), Some(text.trim()), "{text}");
        }
    }

    #[test]
    fn the_rest_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        for text in [
            "",
            "@",
            "anna",
            "anna@",
            "@example.com",
            "anna@example",
            "anna@@example.com",
            "an na@example.com",
            ".anna@example.com",
            "anna.@example.com",
            "an..na@example.com",
            "anna@-example.com",
            "anna@example-.com",
            "anna@example..com",
            "anna@127.0.0.1",
            "anna@[::1]",
            "Anna <anna@example.com>",
            "anna@exämple.com",
            "anna@example.com\r\nBcc: x@example.com",
            &long,
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
