//! From what people write to plain digits: invisible characters, several numbers in one field, labels, extensions.
//!
//! Nothing here knows a country; what the digits mean is the parent's.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::NoNumber;
use super::words::{BETWEEN, EXTENSION, LABELS, SPELLED, UNKNOWN, WITHHELD};

/// More digits than any number has, extension and prefixes included.
const MOST_DIGITS: usize = 24;
/// From so many digits on, what follows a separator can be a number of its own.
const WHOLE: usize = 7;
/// The longest extension that is told from a number.
const MOST_EXTENSION: usize = 7;

/// One number as written, without what is beside it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// Whether a `+` stood in front.
    pub plus: bool,
    /// All digits up to the extension.
    pub digits: String,
    /// Where a `(0)` after a country code stands in `digits`.
    pub zero: Option<usize>,
    /// Digits of the extension.
    pub extension: Option<String>,
    /// `digits` with the letters of a vanity number as the keypad has them.
    pub vanity: Option<String>,
}

/// Compatibility forms, separators and invisible characters made plain; most texts are already.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_control()) {
        return Cow::Borrowed(text);
    }
    let visible = text.nfkc().filter(|&character| !is_hidden(character));
    let plain: String = visible
        .map(|character| match character {
            '\n' | '\r' => ';',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' => '-',
            '⁄' | '∕' => '/',
            character if character.is_whitespace() || character.is_control() => ' ',
            character => ascii_digit(character).unwrap_or(character),
        })
        .collect();
    Cow::Owned(plain)
}

/// Bidirectional marks, zero-width characters, variation selectors, the keycap, the soft hyphen.
fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{20E3}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E01EF}')
}

/// A digit of another script; NFKC leaves those as they are. Source: `DerivedNumericType.txt`, type decimal.
fn ascii_digit(character: char) -> Option<char> {
    const ZEROS: &[u32] = &[
        0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
        0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
        0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    ];
    let code = u32::from(character);
    let zero = ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// The numbers of a field. `/` and ` - ` stay: they are also written inside of one, see [`parts`].
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut digits = 0;
    let mut rest = text.char_indices();
    while let Some((at, character)) = rest.next() {
        let (end, next) = match character {
            '0'..='9' => {
                digits += 1;
                continue;
            }
            ';' if is_parameter(&text[at + 1..]) => continue,
            ';' | '|' | '&' => (at, at + 1),
            ',' if digits >= WHOLE && leading_digits(&text[at + 1..]) >= WHOLE => (at, at + 1),
            '+' if digits >= WHOLE => (at, at),
            _ if character.is_alphabetic() => {
                let word = word(&text[at..]);
                for _ in word.chars().skip(1) {
                    rest.next();
                }
                if digits < WHOLE || !is_one_of(BETWEEN, word) {
                    continue;
                }
                (at, at + word.len())
            }
            _ => continue,
        };
        pieces.push(&text[start..end]);
        (start, digits) = (next, 0);
    }
    pieces.push(&text[start..]);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// A number that makes no sense as a whole, taken apart at `/` or ` - `; an end of up to three digits stands for the
/// last ones of the number before it (`555 0147/48`).
pub(super) fn parts(piece: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in piece.replace(" - ", "/").split('/') {
        let ending: String = part.chars().filter(char::is_ascii_digit).collect();
        let before = parts.last().filter(|before| (1..=3).contains(&ending.len()) && leading_digits(before) >= WHOLE);
        if let Some(before) = before {
            let kept: String = before.chars().filter(|character| matches!(character, '+' | '0'..='9')).collect();
            parts.push(format!("{}{ending}", &kept[..kept.len() - ending.len()]));
        } else if !part.trim().is_empty() {
            parts.push(part.to_owned());
        }
    }
    parts
}

/// Reads one piece.
pub(super) fn written(piece: &str) -> Result<Written, NoNumber> {
    let piece = piece.trim();
    if piece.is_empty() {
        return Err(NoNumber::Empty);
    }
    if piece.contains('@') || piece.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sip:")) {
        return Err(NoNumber::Address);
    }
    if !piece.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(without_digits(piece));
    }
    if let Some((_, reason)) = SPELLED.iter().find(|(digits, _)| piece.trim_start_matches('+') == *digits) {
        return Err(*reason);
    }
    scan(without_label(piece))
}

/// «mobile 2: 0612345678» has a label with a digit of its own.
fn without_label(piece: &str) -> &str {
    match piece.split_once(':') {
        Some((label, number))
            if label.chars().any(char::is_alphabetic)
                && leading_digits(label) <= 2
                && !label.contains('+')
                && leading_digits(number) >= WHOLE =>
        {
            number
        }
        _ => piece,
    }
}

fn scan(piece: &str) -> Result<Written, NoNumber> {
    let mut written = Written::default();
    let mut vanity = String::new();
    let mut longest = 0;
    let mut rest = piece;
    while let Some(character) = rest.chars().next() {
        let length = match character {
            '0'..='9' => {
                written.digits.push(character);
                vanity.push(character);
                1
            }
            '+' if written.digits.is_empty() => {
                written.plus = true;
                1
            }
            '+' => return Err(NoNumber::Garbled),
            '(' if (1..=5).contains(&written.digits.len()) && written.zero.is_none() => match bracketed_zero(rest) {
                Some(length) => {
                    written.zero = Some(written.digits.len());
                    written.digits.push('0');
                    vanity.push('0');
                    length
                }
                None => 1,
            },
            '*' | '#' if written.digits.len() < WHOLE => return Err(NoNumber::ServiceCode),
            '#' | ',' => {
                if let Some(extension) = extension(&rest[1..]) {
                    written.extension = Some(extension);
                    break;
                }
                1
            }
            ';' => {
                let value = rest.get(..5).filter(|start| start.eq_ignore_ascii_case(";ext=")).map(|_| &rest[5..]);
                written.extension = value.and_then(extension);
                break;
            }
            _ if character.is_alphabetic() || character == '×' => {
                let word = word(rest);
                if written.digits.len() >= 3
                    && is_one_of(EXTENSION, word)
                    && let Some(extension) = extension(&rest[word.len()..])
                {
                    written.extension = Some(extension);
                    break;
                }
                if written.digits.len() >= 3 && word.is_ascii() && !is_one_of(LABELS, word) {
                    vanity.extend(word.chars().filter_map(on_keypad));
                    longest = longest.max(word.len());
                }
                word.len()
            }
            _ => character.len_utf8(),
        };
        if written.digits.len() > MOST_DIGITS {
            return Err(NoNumber::NotPossible);
        }
        rest = &rest[length..];
    }
    written.vanity = (longest >= 3 && vanity.len() <= MOST_DIGITS).then_some(vanity);
    Ok(written)
}

/// The length of `(0)` at the start, spaces included.
fn bracketed_zero(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('(')?.split_once(')')?.0;
    (inside.trim() == "0").then_some(inside.len() + 2)
}

/// The digits of an extension after its announcement.
fn extension(text: &str) -> Option<String> {
    let text = text.trim_start_matches([' ', '.', ':', '=', '#', '-', ',', '(', 'º']);
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    (1..=MOST_EXTENSION).contains(&digits.len()).then_some(digits)
}

fn without_digits(piece: &str) -> NoNumber {
    let folded = piece.to_lowercase();
    let says = |words: &[&str]| {
        words.iter().any(|word| {
            if word.contains(' ') {
                folded.contains(word)
            } else {
                folded.split(|c: char| !c.is_alphabetic()).any(|w| w == *word)
            }
        })
    };
    if says(WITHHELD) {
        NoNumber::Withheld
    } else if says(UNKNOWN) {
        NoNumber::Unknown
    } else if piece.contains(['*', '#']) {
        NoNumber::ServiceCode
    } else if folded.chars().any(char::is_alphanumeric) {
        NoNumber::Name
    } else {
        NoNumber::Empty
    }
}

/// Whether a `;` begins a parameter of RFC 3966 and not another number.
fn is_parameter(after: &str) -> bool {
    ["ext=", "isub=", "phone-context="]
        .iter()
        .any(|name| after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
}

/// Digits up to the next separator of numbers.
fn leading_digits(text: &str) -> usize {
    text.chars().take_while(|character| !matches!(character, ',' | ';' | '|')).filter(char::is_ascii_digit).count()
}

fn word(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_alphabetic() && character != '×').unwrap_or(text.len());
    &text[..end]
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| {
        known.eq_ignore_ascii_case(word) || (!word.is_ascii() && known.to_lowercase() == word.to_lowercase())
    })
}

/// ITU-T E.161.
fn on_keypad(letter: char) -> Option<char> {
    let digit = match letter.to_ascii_uppercase() {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        _ => return None,
    };
    Some(digit)
}
