//! The lines of an iCalendar file (RFC 5545, 3.1 and 3.3): escaped, folded, each ended by CR LF.

use chrono::{DateTime, NaiveDateTime, Utc};

/// Octets of a line, its end not counted.
const MOST: usize = 75;

/// A file as it grows.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line as it is: its value is no text.
    pub fn plain(&mut self, line: &str) {
        let mut room = MOST;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                // The blank counts.
                room = MOST - 1;
            }
            room -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.plain(&format!("{name}:{}", escaped(text)));
    }

    pub fn into_text(self) -> String {
        self.0
    }
}

/// Of the control characters only a tab may stand in a text.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").replace('\r', "\n").chars() {
        match letter {
            '\n' => written.push_str("\\n"),
            '\\' | ';' | ',' => written.extend(['\\', letter]),
            '\t' => written.push(letter),
            other if other.is_control() => {}
            other => written.push(other),
        }
    }
    written
}

pub(super) fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

pub(super) fn wall(at: NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", text);
        lines.into_text()
    }

    #[test]
    fn texts_are_escaped_and_hold_no_line_of_their_own() {
        assert_eq!(written("a; b, c\\d: \"e\""), "SUMMARY:a\\; b\\, c\\\\d: \"e\"\r\n");
        assert_eq!(written("a\r\nATTENDEE:x\rb\u{7}"), "SUMMARY:a\\nATTENDEE:x\\nb\r\n");
    }

    fn read_back(file: &str) -> String {
        let line = file.strip_suffix("\r\n").unwrap().replace("\r\n ", "");
        let mut text = String::new();
        let mut letters = line.strip_prefix("SUMMARY:").unwrap().chars();
        while let Some(letter) = letters.next() {
            match (letter, letter == '\\') {
                (_, true) => match letters.next().unwrap() {
                    'n' => text.push('\n'),
                    other => text.push(other),
                },
                (other, _) => text.push(other),
            }
        }
        text
    }

    proptest! {
        #[test]
        fn lines_are_short_and_whole(text in "[a-zé世👩\\\\;,\n ]{0,300}") {
            let file = written(&text);
            for line in file.strip_suffix("\r\n").unwrap().split("\r\n") {
                prop_assert!(line.len() <= MOST, "{}", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            prop_assert_eq!(read_back(&file), text);
        }
    }
}
