//! Providers at which anybody can have a mailbox: there a shared domain does not make two people colleagues.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Where the list is from: `data/free_mail/README.md`.
static LISTED: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../data/free_mail/domains.txt").lines().chain(MISSED).collect());

/// Large providers that the list does not have.
const MISSED: [&str; 3] = ["hey.com", "proximus.be", "tutanota.com"];

/// Whether anybody can have an address at this domain. Capitals don't matter.
pub fn is_provider(domain: &str) -> bool {
    LISTED.contains(domain.trim().to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_are_told_from_companies() {
        for provider in ["gmail.com", "GMAIL.com", "outlook.com", "ziggo.nl", "yahoo.co.uk", "hotmail.fr", "hey.com"] {
            assert!(is_provider(provider), "{provider}");
        }
        for company in ["northwind.example", "salesforce.com", "zoom.us", "google.com", "microsoft.com", "", "com"] {
            assert!(!is_provider(company), "{company}");
        }
    }

    #[test]
    fn the_list_holds_nothing_but_domains() {
        let odd = |domain: &&&str| !domain.contains('.') || **domain != domain.trim().to_ascii_lowercase();
        assert_eq!(LISTED.iter().find(odd), None);
        assert!(LISTED.len() > 5_000);
    }
}
