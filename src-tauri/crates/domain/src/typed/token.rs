//! A text as numbers, words and marks, each with its place.

use std::ops::Range;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// ASCII digits: the value (at most [`u32::MAX`]), how many there are, and whether the first of several is 0.
    Number { value: u32, digits: usize, padded: bool },
    /// Letters, in lower case and without accents; apostrophes are left out.
    Word(String),
    /// Anything else but white space.
    Mark(char),
}

/// Splits a text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut joined = false;
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        if is_silent(character) {
            if joined && let Some(last) = found.last_mut() {
                last.span.end = end;
            }
            continue;
        }
        if character.is_whitespace() {
            joined = false;
            continue;
        }
        if joined
            && let Some(last) = found.last_mut()
            && extend(&mut last.kind, character)
        {
            last.span.end = end;
            continue;
        }
        joined = true;
        found.push(Token { kind: begin(character), span: start..end });
    }
    found
}

/// Apostrophes and accents that follow their letter.
fn is_silent(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2018}' | '\u{0300}'..='\u{036F}')
}

fn begin(character: char) -> Kind {
    if let Some(value) = character.to_digit(10) {
        Kind::Number { value, digits: 1, padded: false }
    } else if character.is_alphabetic() {
        Kind::Word(plain(character).collect())
    } else {
        Kind::Mark(character)
    }
}

fn extend(kind: &mut Kind, character: char) -> bool {
    match kind {
        Kind::Number { value, digits, padded } => {
            let Some(digit) = character.to_digit(10) else { return false };
            *padded = *padded || (*digits == 1 && *value == 0);
            *value = value.saturating_mul(10).saturating_add(digit);
            *digits += 1;
            true
        }
        Kind::Word(word) if character.is_alphabetic() => {
            word.extend(plain(character));
            true
        }
        _ => false,
    }
}

fn plain(character: char) -> impl Iterator<Item = char> {
    character.to_lowercase().map(|letter| match letter {
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        tokens(text).into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn letters_and_figures_part_by_themselves() {
        let number = |value, digits, padded| Kind::Number { value, digits, padded };
        let word = |text: &str| Kind::Word(text.to_owned());
        assert_eq!(kinds("9u30"), [number(9, 1, false), word("u"), number(30, 2, false)]);
        assert_eq!(kinds("’s Morgens Één"), [word("s"), word("morgens"), word("een")]);
        assert_eq!(kinds("3 o'clock"), [number(3, 1, false), word("oclock")]);
        assert_eq!(kinds("08:00"), [number(8, 2, true), Kind::Mark(':'), number(0, 2, true)]);
        assert_eq!(kinds("99999999999999"), [number(u32::MAX, 14, false)]);
    }

    proptest! {
        #[test]
        fn each_token_stands_where_it_says(text in ".{0,80}") {
            let mut before = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start >= before && token.span.start < token.span.end);
                prop_assert!(text.get(token.span.clone()).is_some());
                before = token.span.end;
            }
        }
    }
}
