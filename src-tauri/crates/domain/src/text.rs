//! Making remote text safe to keep and to show.

/// Removes control characters (C0, C1), bidi overrides and isolates, and other invisible
/// formatting that can make a name look like another; runs of white space become one space. Cuts to
/// `max_chars` characters.
///
/// Joiners (U+200C, U+200D) stay: several scripts and emoji need them.
pub fn single_line(text: &str, max_chars: usize) -> String {
    let visible: String =
        text.chars().filter(|&character| character.is_whitespace() || !is_hidden(character)).collect();
    let words: String = visible.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(max_chars).collect();
    words.trim_end().to_owned()
}

/// As [`single_line`], but keeps line breaks and tabs, for agendas and notes.
pub fn multi_line(text: &str, max_chars: usize) -> String {
    let cleaned: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|&character| matches!(character, '\n' | '\t') || !is_hidden(character))
        .take(max_chars)
        .collect();
    cleaned.trim_end().to_owned()
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// A text with `{words}` in it, filled in one pass: what is put in is no place for the next word. Where nothing is put
/// in, no empty line is left over.
pub fn filled<'a>(text: &str, word: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match word(name) {
            Some(value) => filled.push_str(value),
            None if filled.ends_with('\n') && after.starts_with('\n') => {
                filled.pop();
            }
            None => {}
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Bytes as pairs of small hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a text can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn overrides_and_controls_go_words_stay() {
        assert_eq!(single_line("Re\u{202E}view\u{0}\n with\tAnna ", 200), "Review with Anna");
        assert_eq!(single_line("👩\u{200D}💻 demo", 200), "👩\u{200D}💻 demo");
        assert_eq!(multi_line("a\r\nb\u{7}\n\n", 200), "a\nb");
    }

    #[test]
    fn what_is_put_in_is_not_filled_itself() {
        let say = |topic, when| {
            filled("{topic}\n{when}\n\n{link}{", |word| match word {
                "topic" => Some(topic),
                "when" => when,
                "link" => Some("https://x"),
                _ => None,
            })
        };
        assert_eq!(say("A {link}", Some("3 pm")), "A {link}\n3 pm\n\nhttps://x");
        assert_eq!(say("A", None), "A\n\nhttps://x");
    }

    #[test]
    fn markup_is_only_text() {
        assert_eq!(single_line("<img src=x onerror=alert(1)>", 200), "<img src=x onerror=alert(1)>");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_and_keeps_to_the_length(text in ".{0,300}", max in 0_usize..250) {
            let once = single_line(&text, max);
            prop_assert!(once.chars().count() <= max);
            prop_assert_eq!(single_line(&once, max), once.clone());
            prop_assert!(!once.chars().any(char::is_control));
        }
    }
}
