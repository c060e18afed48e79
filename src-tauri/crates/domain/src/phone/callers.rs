//! What a network shows in the place of a caller's name, where it has none.

use super::clean::plain;
use super::words::{EXTENSION, LABELS, NOBODY, NOBODY_BESIDE, NOBODY_WHOLE, UNKNOWN, WITHHELD};

/// From so many digits on, a word is a number, whatever letter stands beside them: `V30612345678` is what American
/// networks show for a number that they don't believe.
const NUMBER: usize = 6;

/// Whether a display name stands for nobody: «Unknown», «Anonymous», «Wireless Caller», a number. Such a name is shown
/// where it was told, and is never taken for anybody's.
///
/// A place («AMSTERDAM NL») may also be a name, and is not judged.
pub fn names_nobody(name: &str) -> bool {
    let name = plain(name).to_lowercase();
    let words: Vec<&str> =
        name.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &&str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        digits == word.len() || digits >= NUMBER
    };
    let (numbers, words): (Vec<&str>, Vec<&str>) = words.into_iter().partition(is_number);
    let stands_alone = |word: &&str| WITHHELD.contains(word) || UNKNOWN.contains(word) || NOBODY.contains(word);
    let stands_beside = |word: &&str| NOBODY_BESIDE.contains(word) || LABELS.contains(word) || EXTENSION.contains(word);
    let says_nothing = words.iter().all(|word| stands_alone(word) || stands_beside(word));
    let stands_for_it = words.is_empty() || !numbers.is_empty() || words.iter().any(stands_alone);
    (says_nothing && stands_for_it) || NOBODY_WHOLE.contains(&words.join(" ").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_missing_name_is_nobodys() {
        for name in [
            "",
            " ",
            "Unknown",
            "UNKNOWN CALLER",
            "Unknown Number",
            "Anonymous",
            "Anonymous Caller",
            "Restricted",
            "Private",
            "Private Number",
            "PRIVATE CALLER",
            "Wireless Caller",
            "WIRELESS  CALLER",
            "Cellular Caller",
            "Toll Free Caller",
            "TOLL FREE CALL",
            "Unavailable",
            "Name Unavailable",
            "Not Available",
            "Out of Area",
            "No Caller ID",
            "No Name",
            "Blocked",
            "Spam Risk",
            "Scam Likely",
            "Potential Spam",
            "Onbekende beller",
            "Anonieme beller",
            "Onbekend",
            "Afgeschermd nummer",
            "Privénummer",
            "Unbekannter Anrufer",
            "Rufnummer unterdrückt",
            "Numéro inconnu",
            "Appelant inconnu",
            "Número desconocido",
            "+31 6 12345678",
            "0612345678",
            "(020) 555-0100",
            "1001",
            "Ext. 2204",
            "Mobile 06 12345678",
            "V30612345678",
            "+31 20 555 0100 (Unknown)",
            "\u{200e}Anonymous\u{200e}",
            "—",
            "???",
        ] {
            assert!(names_nobody(name), "{name:?}");
        }
    }

    #[test]
    fn a_name_is_somebodys_whatever_words_it_is_made_of() {
        for name in [
            "Anna Visser",
            "Max Caller",
            "Will Call",
            "Free Willy",
            "Mark Number",
            "AMSTERDAM NL",
            "WIRELESS SOLUTIONS BV",
            "Private Equity Partners",
            "Ext. 2204 Kim",
            "No",
            "Mobile",
            "Jan 0612345678",
            "3M",
            "Studio 100",
            "Wang Line",
            "Unknown Worlds",
            "李雷",
            "Restricted Area Films",
            "Call",
            "Free",
        ] {
            assert!(!names_nobody(name), "{name:?}");
        }
    }
}
