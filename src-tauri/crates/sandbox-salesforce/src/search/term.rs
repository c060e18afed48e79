//! What is searched for: words that must all be there, phrases, wildcards in the middle or at the
//! end. Letters are compared without case and accents, telephone numbers by their digits.

use super::super::records::Row;
use super::super::refusal::Refusal;
use super::super::schema::{FieldType, Object};
use super::malformed;

/// Letters that SOSL wants escaped in a term, apart from those with a meaning there.
const RESERVED: &str = "&|!{[]}^~:'+-";
const LONGEST: usize = 10_000;

/// Which fields are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    All,
    Name,
    Email,
    Phone,
    Sidebar,
}

impl Group {
    pub fn named(name: &str) -> Result<Self, Refusal> {
        [
            ("ALL", Self::All),
            ("NAME", Self::Name),
            ("EMAIL", Self::Email),
            ("PHONE", Self::Phone),
            ("SIDEBAR", Self::Sidebar),
        ]
        .into_iter()
        .find(|(own, _)| own.eq_ignore_ascii_case(name))
        .map(|(_, group)| group)
        .ok_or_else(|| malformed(format!("No such group of fields: {name}")))
    }

    fn holds(self, object: &Object, place: usize) -> bool {
        let field = &object.fields[place];
        let named = field.names_record || field.compound == Some("Name");
        match self {
            Self::Name => named,
            Self::Email => field.kind == FieldType::Email,
            Self::Phone => field.kind == FieldType::Phone,
            Self::Sidebar => named || matches!(field.kind, FieldType::Email | FieldType::Phone),
            Self::All => matches!(
                field.kind,
                FieldType::Text
                    | FieldType::TextArea
                    | FieldType::Combobox
                    | FieldType::Phone
                    | FieldType::Email
                    | FieldType::Url
            ),
        }
    }
}

/// Places of the fields of a group, and whether they hold telephone numbers.
pub fn columns(object: &Object, group: Group) -> Vec<(usize, bool)> {
    let places = (0..object.fields.len()).filter(|place| group.holds(object, *place));
    places.map(|place| (place, object.fields[place].kind == FieldType::Phone)).collect()
}

/// A term: every part must be in one of the fields.
#[derive(Debug)]
pub struct Term {
    parts: Vec<Vec<Piece>>,
    /// The digits of the whole term, where it can be one telephone number.
    number: Option<Vec<Piece>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Letter(char),
    One,
    Many,
}

impl Term {
    /// The `q` of a parameterized search: nothing in it is escaped, only `*` and `?` mean something.
    pub fn plain(text: &str) -> Result<Self, Refusal> {
        let parts = text.split_whitespace().map(|word| word.chars().flat_map(wildcard).collect()).collect();
        Self::checked(text, parts)
    }

    /// The term between the braces of SOSL.
    pub fn escaped(text: &str) -> Result<Self, Refusal> {
        let mut parts = Vec::new();
        let mut part = Vec::new();
        let mut quoted = false;
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => {
                    let next = letters.next().ok_or_else(|| malformed("A backslash at the end of the term"))?;
                    part.extend(folded(next).map(Piece::Letter));
                }
                '"' => quoted = !quoted,
                '(' | ')' => {}
                _ if RESERVED.contains(letter) => {
                    return Err(malformed(format!("The reserved character '{letter}' must be escaped")));
                }
                _ if letter.is_whitespace() && !quoted => parts.push(std::mem::take(&mut part)),
                _ => part.extend(wildcard(letter)),
            }
        }
        parts.push(part);
        if quoted {
            return Err(malformed("A quotation mark is not closed"));
        }
        Self::checked(text, parts)
    }

    fn checked(text: &str, parts: Vec<Vec<Piece>>) -> Result<Self, Refusal> {
        let parts: Vec<Vec<Piece>> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let letters = parts.iter().flatten().filter(|piece| matches!(piece, Piece::Letter(_))).count();
        if letters < 2 {
            return Err(malformed("search term must be longer than one character"));
        }
        if text.chars().count() > LONGEST {
            return Err(malformed("search term too long"));
        }
        if parts.iter().any(|part| !matches!(part[0], Piece::Letter(_))) {
            return Err(malformed("A wildcard cannot be the first character of a search term"));
        }
        let number = digits_of(&parts.concat());
        Ok(Self { parts, number })
    }

    /// Whether a row has all parts in the given columns.
    pub fn is_in(&self, row: &Row, columns: &[(usize, bool)]) -> bool {
        let values: Vec<(&str, bool)> =
            columns.iter().filter_map(|(place, phone)| Some((row.get(*place).as_str()?, *phone))).collect();
        let has = |digits: &[Piece]| values.iter().any(|(text, phone)| *phone && has_number(text, digits));
        // A number may be written with spaces in it.
        if self.number.as_deref().is_some_and(has) {
            return true;
        }
        self.parts.iter().all(|part| {
            values.iter().any(|(text, _)| has_word(text, part)) || digits_of(part).is_some_and(|digits| has(&digits))
        })
    }
}

/// The digits of what could be a telephone number.
fn digits_of(pieces: &[Piece]) -> Option<Vec<Piece>> {
    let fits = |piece: &Piece| match piece {
        Piece::Letter(letter) => letter.is_ascii_digit() || "+()-./".contains(*letter),
        Piece::One | Piece::Many => true,
    };
    if !pieces.iter().all(fits) {
        return None;
    }
    let is_mark = |piece: &Piece| matches!(piece, Piece::Letter(letter) if !letter.is_ascii_digit());
    let digits: Vec<Piece> = pieces.iter().copied().filter(|piece| !is_mark(piece)).collect();
    digits.iter().any(|piece| matches!(piece, Piece::Letter(_))).then_some(digits)
}

/// Whether one of the text's words, or a run of them, is the part.
fn has_word(text: &str, part: &[Piece]) -> bool {
    let letters: Vec<char> = text.chars().flat_map(folded).collect();
    let is_part_of_word = |place: usize| letters.get(place).is_some_and(|letter| letter.is_alphanumeric());
    let mut starts = (0..letters.len()).filter(|start| *start == 0 || !is_part_of_word(start - 1));
    starts.any(|start| {
        begins(&letters[start..], part) && {
            let mut ends = Vec::new();
            reach(&letters, start, part, &mut ends);
            ends.iter().any(|end| !is_part_of_word(*end))
        }
    })
}

/// Whether the first letter fits at all; most do not, and the rest need not be tried.
fn begins(letters: &[char], part: &[Piece]) -> bool {
    !matches!(part.first(), Some(Piece::Letter(first)) if letters.first() != Some(first))
}

/// All places where the part may end that starts at `at`. Wildcards stay inside a word.
fn reach(letters: &[char], at: usize, part: &[Piece], ends: &mut Vec<usize>) {
    let mut places = vec![at];
    for piece in part {
        let mut next = Vec::new();
        for place in places {
            match piece {
                Piece::Letter(letter) if letters.get(place) == Some(letter) => next.push(place + 1),
                Piece::One if letters.get(place).is_some_and(|letter| !letter.is_whitespace()) => next.push(place + 1),
                Piece::Many => {
                    let word = letters[place..].iter().take_while(|letter| !letter.is_whitespace()).count();
                    next.extend(place..=place + word);
                }
                _ => {}
            }
        }
        next.dedup();
        places = next;
    }
    ends.extend(places);
}

/// A telephone number is found by all of its digits, or by those from one of its groups on.
fn has_number(text: &str, wanted: &[Piece]) -> bool {
    let mut digits = Vec::with_capacity(16);
    let mut groups = Vec::with_capacity(6);
    let mut inside = false;
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            if !inside {
                groups.push(digits.len());
            }
            digits.push(letter);
        }
        inside = letter.is_ascii_digit();
    }
    groups.into_iter().any(|start| {
        begins(&digits[start..], wanted) && {
            let mut ends = Vec::new();
            reach(&digits, start, wanted, &mut ends);
            ends.contains(&digits.len())
        }
    })
}

fn wildcard(letter: char) -> Vec<Piece> {
    match letter {
        '*' => vec![Piece::Many],
        '?' => vec![Piece::One],
        '"' => Vec::new(),
        letter => folded(letter).map(Piece::Letter).collect(),
    }
}

/// Lower case, without the accents of Latin letters.
fn folded(letter: char) -> impl Iterator<Item = char> {
    const PLAIN: [(&str, char); 8] = [
        ("àáâãäå", 'a'),
        ("èéêë", 'e'),
        ("ìíîïı", 'i'),
        ("òóôõöø", 'o'),
        ("ùúûü", 'u'),
        ("çć", 'c'),
        ("ñń", 'n'),
        ("ýÿ", 'y'),
    ];
    letter
        .to_lowercase()
        .map(|lower| PLAIN.iter().find(|(accented, _)| accented.contains(lower)).map_or(lower, |(_, plain)| *plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> Vec<Piece> {
        text.chars().flat_map(wildcard).collect()
    }

    #[test]
    fn words_are_found_whole_or_by_wildcard() {
        for (text, wanted, expected) in [
            ("jürgen müller-groß", "müller", true),
            ("jürgen müller", "müll", false),
            ("jürgen müller", "müll*", true),
            ("jürgen müller", "m?ller", true),
            ("anna@example.com", "anna@example.com", true),
            ("anna@example.com", "example", true),
            ("anna", "nna", false),
        ] {
            assert_eq!(has_word(text, &part(wanted)), expected, "{wanted} in {text}");
        }
    }

    #[test]
    fn numbers_are_found_by_their_digits() {
        for (text, wanted, expected) in [
            ("(415) 555-1212", "4155551212", true),
            ("(415) 555-1212", "5551212", true),
            ("(415) 555-1212", "415555*", true),
            ("(415) 555-1212", "551212", false),
            ("(415) 555-1212", "415555", false),
            ("+31 6 1234 5678", "31612345678", true),
            ("+31 6 1234 5678", "+31612345678", true),
            ("020-123 45 67", "0201234567", true),
        ] {
            let digits = digits_of(&part(wanted)).unwrap();
            assert_eq!(has_number(text, &digits), expected, "{wanted} in {text}");
        }
    }

    #[test]
    fn letters_make_no_number() {
        assert_eq!(digits_of(&part("suite 12")), None);
        assert_eq!(digits_of(&part("+()")), None);
    }

    #[test]
    fn short_terms_and_leading_wildcards_are_refused() {
        for text in ["", "a", "*", "*ab", "?ab", "\"\""] {
            assert!(Term::plain(text).is_err(), "{text}");
        }
    }
}
