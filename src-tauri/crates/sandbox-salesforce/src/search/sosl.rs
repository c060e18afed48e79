//! `FIND {…} IN … FIELDS RETURNING …, … LIMIT n`.

use super::super::refusal::Refusal;
use super::term::{Group, Term};
use super::{Returning, Search, malformed};

/// Longest statement.
const LONGEST: usize = 100_000;

/// Reads a whole statement.
pub fn parse(source: &str) -> Result<Search, Refusal> {
    if source.chars().count() > LONGEST {
        return Err(malformed("SOSL statement too long"));
    }
    let rest = after_word(source.trim_start(), "FIND").ok_or_else(|| malformed("A search starts with FIND"))?;
    let rest = rest.trim_start();
    let open = rest.strip_prefix('{').ok_or_else(|| malformed("The term of a search stands in braces: FIND {term}"))?;
    let end = closing(open).ok_or_else(|| malformed("The brace around the term is not closed"))?;
    let mut search =
        Search { term: Term::escaped(&open[..end])?, group: Group::All, returning: Vec::new(), limit: None };
    let mut rest = open[end + 1..].trim();
    if let Some(after) = after_word(rest, "IN") {
        let (group, after) = word(after.trim_start());
        search.group = Group::named(group)?;
        rest = after_word(after.trim_start(), "FIELDS").ok_or_else(|| malformed("FIELDS is missing after IN"))?.trim();
    }
    if let Some(after) = after_word(rest, "RETURNING") {
        rest = after.trim_start();
        loop {
            let (returning, after) = object(rest)?;
            search.returning.push(returning);
            rest = after.trim_start();
            match rest.strip_prefix(',') {
                Some(after) => rest = after.trim_start(),
                None => break,
            }
        }
    }
    if let Some(after) = after_word(rest, "LIMIT") {
        let (number, after) = word(after.trim_start());
        let limit = number.parse().ok().filter(|limit| (1..=super::MOST_OF_ALL).contains(limit));
        search.limit = Some(limit.ok_or_else(|| malformed("LIMIT must be between 1 and 2000"))?);
        rest = after.trim_start();
    }
    if rest.is_empty() { Ok(search) } else { Err(malformed(format!("unexpected token: '{}'", word(rest).0))) }
}

/// Place of the first brace that is not escaped.
fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(place, letter)| {
        let found = letter == '}' && !escaped;
        escaped = letter == '\\' && !escaped;
        found.then_some(place)
    })
}

/// The rest behind a keyword.
fn after_word<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    let head = text.get(..wanted.len()).filter(|head| head.eq_ignore_ascii_case(wanted))?;
    let rest = &text[head.len()..];
    let ends = rest.chars().next().is_none_or(|letter| !(letter.is_ascii_alphanumeric() || letter == '_'));
    ends.then_some(rest)
}

/// A name or number, and the rest.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(text.len());
    text.split_at(end)
}

/// `Contact(Id, Name WHERE … LIMIT n)`.
fn object(text: &str) -> Result<(Returning, &str), Refusal> {
    let (name, rest) = word(text);
    if name.is_empty() {
        return Err(malformed("The name of an object is missing after RETURNING"));
    }
    let mut returning = Returning::of(name);
    let Some(inside) = rest.trim_start().strip_prefix('(') else { return Ok((returning, rest)) };
    let (end, clauses) = parts(inside).ok_or_else(|| malformed(format!("The list of {name} is not closed")))?;
    inside[..clauses.unwrap_or(end)].clone_into(&mut returning.fields);
    returning.clauses = clauses.map_or(String::new(), |start| inside[start..end].to_owned());
    Ok((returning, &inside[end + 1..]))
}

/// Where the list ends, and where its clauses start.
fn parts(inside: &str) -> Option<(usize, Option<usize>)> {
    let (mut depth, mut quoted, mut escaped, mut clauses) = (0_usize, false, false, None);
    let mut before = ' ';
    for (place, letter) in inside.char_indices() {
        if quoted {
            quoted = letter != '\'' || escaped;
            escaped = letter == '\\' && !escaped;
        } else {
            match letter {
                '\'' => quoted = true,
                '(' => depth += 1,
                ')' if depth == 0 => return Some((place, clauses)),
                ')' => depth -= 1,
                _ => {}
            }
            let starts = before.is_whitespace() && depth == 0 && clauses.is_none();
            let keyword = ["USING", "WHERE", "ORDER", "LIMIT", "OFFSET"];
            if starts && keyword.iter().any(|keyword| after_word(&inside[place..], keyword).is_some()) {
                clauses = Some(place);
            }
        }
        before = letter;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn all_parts_are_read() {
        let search = parse(
            "FIND {555\\-0100} IN PHONE FIELDS RETURNING Contact(Id, Name WHERE Name != 'a) LIMIT' ORDER BY Name LIMIT 5), Lead LIMIT 20",
        )
        .unwrap();
        assert_eq!(search.group, Group::Phone);
        assert_eq!(search.limit, Some(20));
        assert_eq!(search.returning[0].fields.trim(), "Id, Name");
        assert_eq!(search.returning[0].clauses, "WHERE Name != 'a) LIMIT' ORDER BY Name LIMIT 5");
        assert_eq!(search.returning[1].object, "Lead");
    }

    #[test]
    fn what_is_no_search_is_refused() {
        for source in [
            "",
            "FIND",
            "FIND Smith",
            "FIND {Smith",
            "FIND {Smith\\}",
            "FIND {Smith} IN PHONES FIELDS",
            "FIND {Smith} IN NAME",
            "FIND {Smith} RETURNING",
            "FIND {Smith} RETURNING Contact(Id",
            "FIND {Smith} LIMIT 0",
            "FIND {Smith} LIMIT x",
            "FIND {Smith} ORDER BY Name",
            "FIND {a}",
            "FIND {*mith}",
            "FIND {+31612345678}",
        ] {
            assert!(parse(source).is_err(), "{source}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(source in "FIND \\{(\\PC){0,10}\\}( IN | FIELDS| RETURNING | Lead|\\(|\\)|,|'| LIMIT |[0-9]|\\PC){0,12}") {
            let _ = parse(&source);
        }
    }
}
