//! «with anna and bob», «met acme», or an address anywhere.

use std::ops::Range;

use super::super::token::{Kind, Token};

/// After these the line is about something else again.
const ENDS: [&str; 30] = [
    "about",
    "over",
    "re",
    "regarding",
    "inzake",
    "betreffende",
    "for",
    "voor",
    "at",
    "om",
    "on",
    "op",
    "in",
    "every",
    "each",
    "elke",
    "iedere",
    "to",
    "tot",
    "around",
    "rond",
    "tegen",
    "from",
    "vanaf",
    "until",
    "daily",
    "weekly",
    "dagelijks",
    "wekelijks",
    "via",
];
const MOST_WORDS: usize = 5;

/// Somebody's words, as places of tokens.
pub(super) struct Named {
    /// With the word before: «with», «and».
    pub whole: Range<usize>,
    pub core: Range<usize>,
}

/// The people after the «with» that stands at `at`. `begins` says where another phrase begins, which ends a name unless
/// it is its first word: «met Jan 5 dec» is Jan on the fifth.
pub(super) fn after_with(tokens: &[Token], at: usize, begins: impl Fn(usize) -> bool) -> Vec<Named> {
    let Some(mut from) = marker(tokens, at) else { return Vec::new() };
    let mut found = Vec::new();
    let mut whole = at;
    loop {
        let core = name(tokens, from, &begins);
        if core.is_empty() {
            return found;
        }
        from = core.end;
        found.push(Named { whole: whole..core.end, core });
        whole = from;
        match joined(tokens, from) {
            Some(next) => from = next,
            None => return found,
        }
    }
}

fn marker(tokens: &[Token], at: usize) -> Option<usize> {
    match word(tokens, at)? {
        "with" | "met" => Some(at + 1),
        "w" if mark(tokens, at + 1) == Some('/') => Some(at + 2),
        _ => None,
    }
}

fn joined(tokens: &[Token], at: usize) -> Option<usize> {
    let next = match (word(tokens, at), mark(tokens, at)) {
        (Some("and" | "en"), _) | (_, Some('&' | ',' | '+')) => at + 1,
        _ => return None,
    };
    // «met anna en 15:00», «with anna, tomorrow»: what follows has to be a word.
    word(tokens, next).filter(|word| !ENDS.contains(word)).map(|_| next)
}

fn name(tokens: &[Token], from: usize, begins: &impl Fn(usize) -> bool) -> Range<usize> {
    let mut end = from;
    let mut words = 0;
    while words < MOST_WORDS {
        let Some(Kind::Word(word)) = tokens.get(end).map(|token| &token.kind) else { break };
        let first = end == from;
        if matches!(word.as_str(), "and" | "en" | "with" | "met")
            || ENDS.contains(&word.as_str())
            || (!first && begins(end))
        {
            break;
        }
        if first && begins(end) && !is_name_too(word) {
            break;
        }
        end = chunk(tokens, end);
        words += 1;
    }
    from..end
}

/// Words that begin a date and are also what people are called.
fn is_name_too(word: &str) -> bool {
    matches!(word, "jan" | "april" | "may" | "june" | "august" | "augustus" | "mei" | "sun" | "mar")
}

/// The end of what is written without a space: `o'brien-smith`, `anna@acme.example`.
fn chunk(tokens: &[Token], from: usize) -> usize {
    let mut end = from + 1;
    while let (Some(before), Some(next)) = (tokens.get(end - 1), tokens.get(end)) {
        if before.span.end != next.span.start {
            break;
        }
        end += 1;
    }
    // Not the comma or the full stop behind it.
    while end > from + 1 && matches!(tokens[end - 1].kind, Kind::Mark(',' | '.' | ';' | ':' | '!' | '?' | ')')) {
        end -= 1;
    }
    end
}

/// The address that begins at `at`.
pub(super) fn address(tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let end = chunk(tokens, at);
    let marks: Vec<char> = (at..end).filter_map(|token| mark(tokens, token)).collect();
    let is_address = marks.iter().filter(|mark| **mark == '@').count() == 1
        && marks.iter().rposition(|mark| *mark == '@') < marks.iter().rposition(|mark| *mark == '.')
        && mark(tokens, at).is_none()
        && mark(tokens, end - 1).is_none();
    is_address.then_some(at..end)
}

fn word(tokens: &[Token], at: usize) -> Option<&str> {
    match &tokens.get(at)?.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    }
}

fn mark(tokens: &[Token], at: usize) -> Option<char> {
    match tokens.get(at)?.kind {
        Kind::Mark(mark) => Some(mark),
        _ => None,
    }
}
