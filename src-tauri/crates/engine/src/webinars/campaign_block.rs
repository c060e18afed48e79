//! Our part of a Campaign's description: it has a line above and one below, and is the only part that is ever replaced.

/// The line above; the webinar's number makes it that of one webinar.
fn above(webinar: &str) -> String {
    format!("[Zoom webinar {webinar}]")
}

const BELOW: &str = "[/Zoom webinar]";

/// What somebody wrote about their webinar is not taken for the end of our part, nor for another part.
fn plain(line: &str) -> String {
    line.replace("[Zoom webinar ", "(Zoom webinar ").replace(BELOW, "(/Zoom webinar)")
}

/// The text with our part as it is now, cut at so many characters by leaving the part out; everybody else's words stay.
pub(super) fn with_block(text: &str, webinar: &str, lines: &[String], most: usize) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let above = above(webinar);
    let lines: Vec<String> = lines.iter().map(|line| plain(line)).collect();
    let block = format!("{above}\n{}\n{BELOW}", lines.join("\n"));
    let replaced = match own(&text, &above) {
        Some((from, to)) => format!("{}{block}{}", &text[..from], &text[to..]),
        None if text.trim().is_empty() => block,
        None => format!("{}\n\n{block}", text.trim_end()),
    };
    if replaced.chars().count() <= most { replaced } else { text }
}

/// Where our part stands. Whoever has taken its last line away has made the rest theirs.
fn own(text: &str, above: &str) -> Option<(usize, usize)> {
    let from = text.find(above)?;
    let rest = &text[from..];
    let to = rest.find(BELOW).map(|at| at + BELOW.len());
    Some((from, from + to.unwrap_or(above.len())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str) -> Vec<String> {
        vec![text.to_owned()]
    }

    #[test]
    fn it_replaces_itself_and_nothing_else() {
        let first = with_block("Our launch.\r\nBudget: 5", "952", &lines("Came: 3"), 500);
        assert_eq!(first, "Our launch.\nBudget: 5\n\n[Zoom webinar 952]\nCame: 3\n[/Zoom webinar]");
        let edited = first.replace("Budget: 5", "Budget: 6") + "\nCall them.";
        let second = with_block(&edited, "952", &lines("Came: 4"), 500);
        assert_eq!(second, "Our launch.\nBudget: 6\n\n[Zoom webinar 952]\nCame: 4\n[/Zoom webinar]\nCall them.");
        // Another webinar of the same Campaign has a part of its own.
        let both = with_block(&second, "7", &lines("Came: 1"), 500);
        assert!(both.contains("Came: 4") && both.ends_with("[Zoom webinar 7]\nCame: 1\n[/Zoom webinar]"));
        assert_eq!(with_block("", "952", &lines("x"), 500), "[Zoom webinar 952]\nx\n[/Zoom webinar]");
        // What would not fit stays away.
        assert_eq!(with_block("full", "952", &lines("x"), 10), "full");
    }

    #[test]
    fn an_agenda_that_looks_like_its_edges_stays_inside() {
        let agenda = lines("Agenda: [Zoom webinar 952]\n[/Zoom webinar]\nand more");
        let first = with_block("Ours.", "952", &agenda, 500);
        assert_eq!(first.matches(BELOW).count(), 1);
        assert_eq!(with_block(&first, "952", &agenda, 500), first);
        let second = with_block(&first, "952", &lines("Came: 4"), 500);
        assert_eq!(second, "Ours.\n\n[Zoom webinar 952]\nCame: 4\n[/Zoom webinar]");
    }

    proptest! {
        #[test]
        fn nobody_elses_words_are_touched(before in "[a-z \n]{0,40}", after in "[a-z \n]{0,40}", text in "[a-z]{0,9}") {
            let first = with_block(&before, "1", &lines(&text), 1_000) + &after;
            let again = with_block(&first, "1", &lines("new"), 1_000);
            prop_assert!(again.starts_with(before.trim_end()) && again.ends_with(&after));
            prop_assert_eq!(with_block(&again, "1", &lines("new"), 1_000), again);
        }
    }
}
