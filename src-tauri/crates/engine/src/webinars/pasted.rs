//! Addresses in a text that was pasted, with the names that stand beside them: lines, lists from a mail program, columns.
//! What is no address stays, so that the user sees it.

use liaison_domain::{names, text};

/// Letters of a name or an address; more are cut.
pub(super) const MAX_TEXT: usize = 255;

/// Somebody as pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pasted {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
}

pub(super) fn read(pasted: &str) -> Vec<Pasted> {
    let mut all = Vec::new();
    for line in pasted.split(['\n', '\r']) {
        for piece in pieces(line, &[';', '\t']) {
            piece_of(&piece, &mut all);
        }
    }
    all
}

/// Splits a line at separators that do not stand in quotes; a quote that is never closed is a letter.
fn pieces(line: &str, separators: &[char]) -> Vec<String> {
    let (mut all, mut quoted) = (vec![String::new()], false);
    for (at, letter) in line.char_indices() {
        if letter == '"' && (quoted || line[at + 1..].contains('"')) {
            quoted = !quoted;
        }
        if !quoted && separators.contains(&letter) {
            all.push(String::new());
        } else if let Some(piece) = all.last_mut() {
            piece.push(letter);
        }
    }
    all
}

/// `Name <address> Name <address>`, or addresses alone.
fn piece_of(piece: &str, all: &mut Vec<Pasted>) {
    let mut rest = piece;
    while let Some((before, after)) = rest.split_once('<') {
        let (address, next) = after.split_once('>').unwrap_or((after, ""));
        let name = name_before(before, all);
        add(name, address, all);
        rest = next;
    }
    alone(rest, all);
}

/// The words before an address that are its name; addresses among them are somebody's own.
fn name_before(before: &str, all: &mut Vec<Pasted>) -> (String, String) {
    let begins = before.rfind('@').map_or(0, |at| {
        before[at..].find(|letter: char| letter.is_whitespace() || letter == ',').map_or(before.len(), |end| at + end)
    });
    let (others, name) = before.split_at(begins);
    alone(others, all);
    let name = name.trim_matches(|letter: char| letter.is_whitespace() || letter == ',');
    first_and_last(name.trim_matches('"'))
}

/// First and last name of somebody whose name is in one piece; one who has a single name is called by it.
pub(super) fn first_and_last(name: &str) -> (String, String) {
    let (first, last) = names::first_and_last(name);
    if first.is_empty() { (last, first) } else { (first, last) }
}

/// Addresses without names. Words that are none stay together.
fn alone(text: &str, all: &mut Vec<Pasted>) {
    for part in pieces(text, &[',']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        if words.iter().all(|word| word.contains('@')) {
            for word in words {
                add(Default::default(), word, all);
            }
        } else {
            add(Default::default(), &part, all);
        }
    }
}

fn add((first, last): (String, String), address: &str, all: &mut Vec<Pasted>) {
    let address = text::single_line(address.trim().trim_start_matches("mailto:"), MAX_TEXT);
    if !address.is_empty() {
        let line = |name: &str| text::single_line(name, MAX_TEXT);
        all.push(Pasted { first_name: line(&first), last_name: line(&last), email: address });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> Vec<(String, String, String)> {
        read(text).into_iter().map(|one| (one.email, one.first_name, one.last_name)).collect()
    }

    fn is_told(text: &str, expected: &[(&str, &str, &str)]) {
        let expected: Vec<_> = expected
            .iter()
            .map(|(email, first, last)| (email.to_string(), first.to_string(), last.to_string()))
            .collect();
        assert_eq!(told(text), expected, "{text:?}");
    }

    #[test]
    fn addresses_are_read_however_they_are_separated() {
        is_told(
            "anna@example.org; \"Bo van Dam\" <Bo@Example.org>,\n\tmailto:cy@example.org\r\nnobody at home",
            &[
                ("anna@example.org", "", ""),
                ("Bo@Example.org", "Bo", "van Dam"),
                ("cy@example.org", "", ""),
                ("nobody at home", "", ""),
            ],
        );
        is_told("a@x.org b@x.org,c@x.org", &[("a@x.org", "", ""), ("b@x.org", "", ""), ("c@x.org", "", "")]);
        is_told("Eva One <eva@x.org> Bob <bob@x.org>", &[("eva@x.org", "Eva", "One"), ("bob@x.org", "Bob", "")]);
        is_told("eva@x.org, Bob Two <bob@x.org>", &[("eva@x.org", "", ""), ("bob@x.org", "Bob", "Two")]);
        is_told(
            "eva@x.org Bob Two <bob@x.org> cy@x.org",
            &[("eva@x.org", "", ""), ("bob@x.org", "Bob", "Two"), ("cy@x.org", "", "")],
        );
    }

    #[test]
    fn names_as_outlook_writes_them_have_the_last_name_first() {
        is_told(
            "Dam, Bo van <bo@x.org>; \"Vries; de, Eva\" <eva@x.org>",
            &[("bo@x.org", "Bo van", "Dam"), ("eva@x.org", "Eva", "Vries; de")],
        );
        is_told("Anna Visser, Ph.D. <anna@x.org>", &[("anna@x.org", "Anna", "Visser, Ph.D.")]);
        is_told(
            "Rahman, Md <md@x.org>; Visser, PhD <anna@x.org>",
            &[("md@x.org", "Md", "Rahman"), ("anna@x.org", "Visser, PhD", "")],
        );
        is_told("She said \"hi <a@x.org>", &[("a@x.org", "She", "said \"hi")]);
    }

    proptest! {
        #[test]
        fn no_address_is_lost(
            people in proptest::collection::vec(("[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8})?", "[a-z]{1,8}@[a-z]{1,8}\\.org", any::<bool>()), 1..20),
            separators in proptest::collection::vec(prop::sample::select(vec!["\n", "\r\n", "; ", ", ", "\t", ";\n", " "]), 20),
        ) {
            let mut text = String::new();
            for ((name, address, named), separator) in people.iter().zip(&separators) {
                let one = if *named { format!("{name} <{address}>") } else { address.clone() };
                text.push_str(&one);
                text.push_str(separator);
            }
            let found: Vec<_> = read(&text).into_iter().map(|one| one.email).collect();
            let expected: Vec<_> = people.into_iter().map(|(_, address, _)| address).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
