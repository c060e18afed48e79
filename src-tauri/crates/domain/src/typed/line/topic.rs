//! What is left of the line: the topic.

use super::{Meaning, Span};

/// Small words that mean nothing once what they led to has gone.
const JOINTS: [&str; 4] = ["with", "met", "and", "en"];

/// Marks the rest as topic, and counts every span in UTF-16 units.
pub(super) fn fill(text: &str, spans: &mut Vec<Span>) {
    spans.sort_by_key(|span| span.bytes.start);
    let mut rest = Vec::new();
    let mut from = 0;
    for span in &*spans {
        rest.push(from..span.whole.start.max(from));
        from = from.max(span.whole.end);
    }
    rest.push(from.min(text.len())..text.len());
    for piece in rest {
        let words = &text[piece.clone()];
        let kept = trimmed(words);
        if kept.is_empty() {
            continue;
        }
        let start = piece.start + words.find(kept).unwrap_or_default();
        let bytes = start..start + kept.len();
        spans.push(Span { whole: bytes.clone(), utf16: 0..0, bytes, meaning: Meaning::Topic, other: None });
    }
    spans.sort_by_key(|span| span.bytes.start);
    for span in spans {
        let units = |until: usize| text[..until].encode_utf16().count();
        span.utf16 = units(span.bytes.start)..units(span.bytes.end);
    }
}

pub(super) fn of(text: &str, spans: &[Span], understood: impl Fn(usize) -> bool) -> String {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, span) in spans.iter().enumerate() {
        if span.meaning == Meaning::Topic || !understood(at) {
            continue;
        }
        pieces.push(&text[from.min(span.whole.start)..span.whole.start]);
        from = span.whole.end;
    }
    pieces.push(&text[from..]);
    let joined: Vec<&str> = pieces.into_iter().map(trimmed).filter(|piece| !piece.is_empty()).collect();
    joined.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without the marks and joints at its ends.
fn trimmed(words: &str) -> &str {
    let mut rest = words;
    loop {
        let before = rest;
        rest = rest.trim_matches(|character: char| {
            character.is_whitespace() || matches!(character, ',' | ';' | '-' | '–' | '—' | '@' | '(' | ')')
        });
        rest = rest.trim_start_matches(['.', ':', '!']).trim_start();
        for joint in JOINTS {
            if let Some(shorter) = last_word(rest).filter(|word| word.eq_ignore_ascii_case(joint)) {
                rest = &rest[..rest.len() - shorter.len()];
            }
        }
        if rest == before {
            return rest;
        }
    }
}

fn last_word(text: &str) -> Option<&str> {
    text.rsplit(char::is_whitespace).next().filter(|word| !word.is_empty())
}
