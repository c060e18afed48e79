//! Text to tokens, each with its place for the error texts.

use super::super::dates;
use super::super::refusal::Refusal;
use super::syntax::{Text, Wildcard};

/// Longest statement.
const LONGEST: usize = 100_000;
/// Longest string inside a statement.
const LONGEST_STRING: usize = 4_000;

/// Longer ones first.
const SYMBOLS: [&str; 14] = ["!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", ":", "[", "]"];

#[derive(Debug, Clone, PartialEq)]
pub enum TokenKind {
    Word(String),
    Text(Text),
    Number(f64),
    Day(chrono::NaiveDate),
    Moment(chrono::DateTime<chrono::Utc>),
    Symbol(&'static str),
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub kind: TokenKind,
    /// Byte offset.
    pub at: usize,
    pub end: usize,
}

/// The refusal of something at a place, with the lines that Salesforce puts before it.
pub fn refuse_at(source: &str, at: usize, code: &'static str, text: &str) -> Refusal {
    const REACH: usize = 40;
    let at = (0..=at.min(source.len())).rev().find(|place| source.is_char_boundary(*place)).unwrap_or(0);
    let line_start = source[..at].rfind('\n').map_or(0, |place| place + 1);
    let row = source[..at].matches('\n').count() + 1;
    let before: Vec<char> = source[line_start..at].chars().collect();
    let after: String = source[at..].chars().take_while(|letter| *letter != '\n').take(REACH).collect();
    let shown: String = before[before.len().saturating_sub(REACH)..].iter().collect();
    let indent = " ".repeat(shown.chars().count());
    let column = before.len() + 1;
    Refusal::new(code, format!("\n{shown}{after}\n{indent}^\nERROR at Row:{row}:Column:{column}\n{text}"))
}

pub fn malformed(source: &str, at: usize, text: &str) -> Refusal {
    refuse_at(source, at, "MALFORMED_QUERY", text)
}

/// All tokens, the end as the last.
pub fn tokens(source: &str) -> Result<Vec<Token>, Refusal> {
    if source.chars().count() > LONGEST {
        return Err(Refusal::new("QUERY_TOO_COMPLICATED", "SOQL statement too long"));
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = source[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let token = next(source, at, first)?;
        at = token.end;
        found.push(token);
    }
    found.push(Token { kind: TokenKind::End, at: source.len(), end: source.len() });
    Ok(found)
}

fn next(source: &str, at: usize, first: char) -> Result<Token, Refusal> {
    if first == '\'' {
        return string(source, at);
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let end = run(source, at, |letter| letter.is_ascii_alphanumeric() || letter == '_');
        return Ok(Token { kind: TokenKind::Word(source[at..end].to_owned()), at, end });
    }
    let second = source[at + first.len_utf8()..].chars().next();
    let signed = matches!(first, '-' | '+') && second.is_some_and(|letter| letter.is_ascii_digit() || letter == '.');
    if first.is_ascii_digit() || signed || (first == '.' && second.is_some_and(|letter| letter.is_ascii_digit())) {
        return number_or_date(source, at);
    }
    match SYMBOLS.iter().find(|symbol| source[at..].starts_with(**symbol)) {
        Some(symbol) => Ok(Token { kind: TokenKind::Symbol(symbol), at, end: at + symbol.len() }),
        None => Err(malformed(source, at, &format!("unexpected token: '{first}'"))),
    }
}

fn run(source: &str, at: usize, belongs: impl Fn(char) -> bool) -> usize {
    source[at..].find(|letter| !belongs(letter)).map_or(source.len(), |length| at + length)
}

fn number_or_date(source: &str, at: usize) -> Result<Token, Refusal> {
    let end = run(source, at, |letter| letter.is_ascii_alphanumeric() || "+-.:".contains(letter));
    let text = &source[at..end];
    let kind = if let Ok(number) = text.parse::<f64>()
        && !text.contains(['e', 'E', 'i', 'n'])
    {
        TokenKind::Number(number)
    } else if let Some(day) = dates::parse_date(text) {
        TokenKind::Day(day)
    } else if let Some(moment) = dates::parse_date_time(text) {
        TokenKind::Moment(moment)
    } else {
        return Err(malformed(source, at, &format!("unexpected token: '{text}'")));
    };
    Ok(Token { kind, at, end })
}

fn string(source: &str, at: usize) -> Result<Token, Refusal> {
    let mut text = Text::default();
    let mut letters = source[at + 1..].char_indices();
    while let Some((offset, letter)) = letters.next() {
        match letter {
            '\'' => {
                if text.value.chars().count() > LONGEST_STRING {
                    return Err(malformed(source, at, "string literal too long"));
                }
                return Ok(Token { kind: TokenKind::Text(text), at, end: at + 1 + offset + 1 });
            }
            '\n' | '\r' => return Err(malformed(source, at, "Line breaks not allowed in string literals")),
            '\\' => {
                let escaped = letters.next().map(|(_, letter)| letter);
                let literal = escape(escaped, &mut letters).ok_or_else(|| {
                    malformed(source, at + 1 + offset, "Invalid string literal: illegal character sequence")
                })?;
                text.value.push(literal);
                text.pattern.push(Wildcard::Letter(literal));
            }
            '%' => {
                text.value.push('%');
                text.pattern.push(Wildcard::Many);
            }
            '_' => {
                text.value.push('_');
                text.pattern.push(Wildcard::One);
            }
            _ => {
                text.value.push(letter);
                text.pattern.push(Wildcard::Letter(letter));
            }
        }
    }
    Err(malformed(source, at, "unexpected token: '<EOF>'"))
}

fn escape(letter: Option<char>, rest: &mut std::str::CharIndices<'_>) -> Option<char> {
    Some(match letter? {
        'n' | 'N' => '\n',
        'r' | 'R' => '\r',
        't' | 'T' => '\t',
        'b' | 'B' => '\u{8}',
        'f' | 'F' => '\u{c}',
        same @ ('"' | '\'' | '\\' | '_' | '%') => same,
        'u' => {
            let digits: String = rest.by_ref().take(4).map(|(_, letter)| letter).collect();
            if digits.len() != 4 {
                return None;
            }
            char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(source: &str) -> Vec<TokenKind> {
        tokens(source).unwrap().into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn escapes_mean_their_letter_and_no_wildcard() {
        let TokenKind::Text(text) = kinds(r"'a\'b\\c\_%\u00e9'")[0].clone() else { panic!("no text") };
        assert_eq!(text.value, "a'b\\c_%é");
        assert_eq!(text.pattern.iter().filter(|part| **part == Wildcard::Many).count(), 1);
        assert!(!text.pattern.contains(&Wildcard::One));
    }

    #[test]
    fn dates_and_numbers_are_told_apart() {
        assert!(matches!(kinds("2026-01-31")[0], TokenKind::Day(_)));
        assert!(matches!(kinds("2026-01-31T10:00:00Z")[0], TokenKind::Moment(_)));
        assert!(matches!(kinds("2026-01-31T10:00:00.000+0100")[0], TokenKind::Moment(_)));
        assert_eq!(kinds("-12.5")[0], TokenKind::Number(-12.5));
    }

    #[test]
    fn the_place_of_an_error_is_shown() {
        let refusal = tokens("SELECT Id\nFROM Lead WHERE Name = 'x").unwrap_err();
        assert_eq!(refusal.code, "MALFORMED_QUERY");
        assert!(refusal.message.contains("ERROR at Row:2:Column:24"), "{}", refusal.message);
    }

    /// What a careful client does with a text before it puts it between quotes.
    fn escaped(text: &str) -> String {
        text.chars()
            .map(|letter| match letter {
                '\\' => "\\\\".to_owned(),
                '\'' => "\\'".to_owned(),
                '\n' => "\\n".to_owned(),
                '\r' => "\\r".to_owned(),
                other => other.to_string(),
            })
            .collect()
    }

    proptest! {
        #[test]
        fn an_escaped_text_comes_back_whole(text in "[\\PC\n\r'\\\\]{0,60}") {
            let source = format!("'{}'", escaped(&text));
            let found = kinds(&source);
            prop_assert_eq!(found.len(), 2);
            let TokenKind::Text(own) = &found[0] else { panic!("no text") };
            prop_assert_eq!(&own.value, &text);
        }

        #[test]
        fn no_text_makes_it_panic(source in "\\PC{0,80}") {
            let _ = tokens(&source);
        }
    }
}
