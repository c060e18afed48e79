//! A block of text of ours inside a text of somebody else's, which replaces itself and nothing else.
//!
//! It begins with a line of its own and ends with one that carries a sum of what lies between. Only a block whose sum is
//! right is ours: one into which somebody has written is theirs from then on, and stays as it is.

/// The first line.
const FIRST: &str = "── Zoom ──";
/// The last line, around the sum.
const LAST: (&str, &str) = ("── Liaison ", " ──");

/// What a text is with the block in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// With the block in the place of the old one, or behind everything else.
    Text(String),
    /// It has the block already.
    Same,
    /// Somebody has written into the old block: the whole text is theirs.
    Edited,
}

/// Puts a block with these lines into a text. Everything outside of the block stays, byte for byte.
pub fn place(text: &str, body: &str) -> Placed {
    let block = written(body);
    match find(text) {
        Found::Ours { from, to } if unified(&text[from..to]) == block => Placed::Same,
        Found::Ours { from, to } => Placed::Text(format!("{}{block}{}", &text[..from], &text[to..])),
        Found::Edited => Placed::Edited,
        Found::None if text.trim().is_empty() => Placed::Text(format!("{text}{block}")),
        Found::None => {
            let between = if text.ends_with("\n\n") {
                ""
            } else if text.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            Placed::Text(format!("{text}{between}{block}"))
        }
    }
}

/// What a text has beside the block: all of it where there is none, or where somebody has written into it.
pub fn without(text: &str) -> String {
    match find(text) {
        Found::Ours { from, to } => format!("{}{}", &text[..from], &text[to..]),
        Found::Edited | Found::None => text.to_owned(),
    }
}

/// Another text around the block that stands in the old one, if one does.
pub fn beside(old: &str, text: &str) -> String {
    match find(old) {
        Found::Ours { from, to } if text.trim().is_empty() => old[from..to].to_owned(),
        Found::Ours { from, to } => format!("{}\n\n{}", text.trim_end(), &old[from..to]),
        Found::Edited | Found::None => text.to_owned(),
    }
}

enum Found {
    Ours { from: usize, to: usize },
    Edited,
    None,
}

fn written(body: &str) -> String {
    let body = unified(body.trim_end());
    format!("{FIRST}\n{body}\n{}{}{}", LAST.0, sum(&body), LAST.1)
}

/// Lines of the text with where they begin and end, their line end left out.
fn lines(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    text.split('\n').map(move |line| {
        let (begin, end) = (from, from + line.len());
        from = end + 1;
        (begin, end)
    })
}

fn find(text: &str) -> Found {
    let mut begun: Option<(usize, usize)> = None;
    let mut edited = false;
    for (from, to) in lines(text) {
        let line = text[from..to].trim_end();
        if line == FIRST {
            // Of two first lines the later one is nearer to a last one; the other belongs to somebody else's words.
            edited |= begun.is_some();
            begun = Some((from, to + 1));
        } else if let Some(told) = line.strip_prefix(LAST.0).and_then(|rest| rest.strip_suffix(LAST.1)) {
            match begun.take() {
                Some((first, body)) if body < from => {
                    let between = unified(text[body..from].trim_end_matches(['\n', '\r']));
                    if sum(&between) == told {
                        return Found::Ours { from: first, to: from + line.len() };
                    }
                    edited = true;
                }
                _ => edited = true,
            }
        }
    }
    if edited || begun.is_some() { Found::Edited } else { Found::None }
}

/// As it is compared: editors write line ends their own way, and take blanks from the ends of lines.
fn unified(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// FNV-1a of 32 bits: it shall tell that somebody has written into it, and keeps no secret.
fn sum(text: &str) -> String {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn placed(text: &str, body: &str) -> String {
        match place(text, body) {
            Placed::Text(text) => text,
            Placed::Same => text.to_owned(),
            Placed::Edited => panic!("somebody has written into it"),
        }
    }

    #[test]
    fn it_stands_behind_what_is_there_and_replaces_itself() {
        let once = placed("Bring the offer.\r\n", "Held 14:03-14:41\nCame: 2");
        assert_eq!(
            once,
            format!(
                "Bring the offer.\r\n\n── Zoom ──\nHeld 14:03-14:41\nCame: 2\n── Liaison {} ──",
                sum("Held 14:03-14:41\nCame: 2")
            )
        );
        let written_below = format!("{once}\nThey want a pilot.");
        let twice = placed(&written_below, "Held 14:03-14:41\nCame: 3");
        assert!(twice.starts_with("Bring the offer.\r\n") && twice.ends_with("\nThey want a pilot."), "{twice}");
        assert!(twice.contains("Came: 3") && !twice.contains("Came: 2"));
        assert_eq!(place(&twice, "Held 14:03-14:41\nCame: 3"), Placed::Same);
        assert_eq!(without(&once), "Bring the offer.\r\n\n");
    }

    #[test]
    fn what_somebody_has_written_into_it_is_theirs() {
        let once = placed("", "Came: 2");
        assert_eq!(place(&once.replace("Came: 2", "Came: 2, and Bo by phone"), "Came: 3"), Placed::Edited);
        assert_eq!(place(&once.replace("── Zoom ──\n", ""), "Came: 3"), Placed::Edited);
        assert_eq!(place("── Zoom ──\nmy own heading", "Came: 3"), Placed::Edited);
        // An editor's line ends are nobody's words.
        assert!(matches!(place(&once.replace('\n', "\r\n"), "Came: 3"), Placed::Text(_)));
        assert_eq!(place(&once.replace('\n', "\r\n"), "Came: 2"), Placed::Same);
    }

    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-zéß ]{0,8}",
            Just("\n".to_owned()),
            Just("\r\n".to_owned()),
            Just("Zoom ─".to_owned()),
            Just("── Liaison".to_owned()),
            Just("\u{1f680}".to_owned()),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_others_wrote_stays_byte_for_byte(
            before in any_text(), after in any_text(), bodies in prop::collection::vec("[a-z:0-9]{1,9}(\n[a-z]{1,5}){0,3}", 1..5),
        ) {
            let mut text = placed(&before, &bodies[0]);
            prop_assert!(text.starts_with(&before));
            let head = text.find(FIRST).unwrap();
            let between = text[before.len()..head].to_owned();
            prop_assert!(between.chars().all(|sign| sign == '\n'));
            // Somebody writes below it.
            text.push('\n');
            text.push_str(&after);
            for body in &bodies {
                text = placed(&text, body);
                let rest = without(&text);
                prop_assert_eq!(&rest, &format!("{before}{between}\n{after}"));
                prop_assert_eq!(place(&text, body), Placed::Same);
                prop_assert_eq!(text.matches(FIRST).count(), 1);
            }
        }

        #[test]
        fn a_sign_written_into_it_makes_it_theirs(body in "[a-z]{1,9}\n[a-z]{1,9}", at in 0..8_usize, sign in "[A-Z]") {
            let text = placed("", &body);
            let start = FIRST.len() + 1;
            let place_of = start + at.min(body.len() - 1);
            let written = format!("{}{sign}{}", &text[..place_of], &text[place_of..]);
            prop_assert_eq!(place(&written, "other"), Placed::Edited);
        }
    }
}
