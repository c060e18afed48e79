//! Folding of texts for search: what a rep types on a plain keyboard finds the name as it is written.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, one space between words. Letters that Unicode does not take apart
/// (`ø`, `ł`, `ß`) become the ones that are typed for them.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    for letter in letters {
        // Lower-casing may bring new marks (the Turkish capital I with a dot).
        if is_combining_mark(letter) {
            continue;
        }
        if letter.is_whitespace() || letter.is_control() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        match plain(letter) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(letter),
        }
    }
    folded
}

/// The form in which e-mail addresses are compared. Accents stay: they make another address.
pub(crate) fn fold_email(address: &str) -> String {
    address.trim().to_lowercase()
}

fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        '\u{2019}' => "'",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_and_case_go() {
        assert_eq!(fold("Zoë  Müller-Ångström"), "zoe muller-angstrom");
        assert_eq!(fold("ŁUKASZ Søren STRAẞE"), "lukasz soren strasse");
        assert_eq!(fold(" İpek\tIşık "), "ipek isik");
        // The same name, typed with one character and with two.
        assert_eq!(fold("Jos\u{e9}"), fold("Jose\u{301}"));
        assert_eq!(fold("O\u{2019}Brien"), "o'brien");
        assert_eq!(fold("株式会社"), "株式会社");
    }

    #[test]
    fn addresses_keep_their_accents() {
        assert_eq!(fold_email(" Ada@Example.COM "), "ada@example.com");
        assert_ne!(fold_email("josé@example.com"), fold_email("jose@example.com"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
