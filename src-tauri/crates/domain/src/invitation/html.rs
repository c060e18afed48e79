//! A text with its links to follow, as HTML for the clipboard.

use std::fmt::Write as _;

/// What no link of Zoom's ends with, but a sentence or a bracket around it does.
const AFTER_LINKS: &[char] = &['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '"', '>'];

/// The text as HTML: the same lines, and nothing in it but the links of the web is anything else than text.
pub fn html(text: &str) -> String {
    let mut written = String::with_capacity(text.len() * 2);
    for (place, line) in text.replace("\r\n", "\n").trim_end().split('\n').enumerate() {
        if place > 0 {
            written.push_str("<br>\n");
        }
        let words = line.trim_start_matches(' ');
        written.extend(std::iter::repeat_n("&nbsp;", line.len() - words.len()));
        let mut rest = words;
        while let Some(begin) = first_link(rest) {
            let (before, from) = rest.split_at(begin);
            let end = from.find(|letter: char| letter.is_whitespace() || "<>\"".contains(letter)).unwrap_or(from.len());
            let link = from[..end].trim_end_matches(AFTER_LINKS);
            written.push_str(&escaped(before));
            let shown = escaped(link);
            if link.ends_with("://") {
                written.push_str(&shown);
            } else {
                // Writing to a text can't fail.
                let _ = write!(written, "<a href=\"{shown}\">{shown}</a>");
            }
            rest = &from[link.len()..];
        }
        written.push_str(&escaped(rest));
    }
    written
}

fn first_link(text: &str) -> Option<usize> {
    let begins = |scheme: &str| text.find(scheme).filter(|at| text.len() > at + scheme.len());
    [begins("https://"), begins("http://")].into_iter().flatten().min()
}

fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            other => written.push(other),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn links_can_be_followed_and_lines_stay() {
        let text = "Topic: Q&A <now>\r\n\r\n  Join (https://zoom.us/j/9?pwd=a&b=\"c).\r\nEnd\r\n";
        assert_eq!(
            html(text),
            "Topic: Q&amp;A &lt;now&gt;<br>\n<br>\n&nbsp;&nbsp;Join (<a href=\"https://zoom.us/j/9?pwd=a&amp;b=\">\
             https://zoom.us/j/9?pwd=a&amp;b=</a>&quot;c).<br>\nEnd"
        );
        assert_eq!(html("see https:// or https://)"), "see https:// or https://)");
        assert_eq!(html("javascript:alert(1)"), "javascript:alert(1)");
    }

    /// Without the marks that `html` makes, and what it escapes made whole.
    fn read_back(html: &str) -> String {
        let mut text = html.replace("<br>\n", "\n").replace("</a>", "");
        while let Some(begin) = text.find("<a href=\"") {
            let end = text[begin..].find("\">").unwrap() + begin + 2;
            text.replace_range(begin..end, "");
        }
        assert!(!text.contains(['<', '>', '"', '\'']), "{text}");
        let text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">");
        text.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
    }

    proptest! {
        /// Topics come from outside: none of them becomes a mark, and none of the text is lost.
        #[test]
        fn nothing_but_links_is_markup(words in proptest::collection::vec("( {0,2}https?://)?[ -~é\n]{0,12}", 0..8)) {
            let text = words.concat();
            prop_assert_eq!(read_back(&html(&text)), text.trim_end());
        }
    }
}
