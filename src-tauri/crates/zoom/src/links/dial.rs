//! Click-to-dial: a number handed to the telephone on this computer.
//!
//! Zoom places no call by its REST interface, so a link is the only way, and nothing of it comes back: the
//! call is found afterwards in the history. Source: Zoom's page "Make outbound calls from your app", RFC 3966.

use std::fmt;

use url::Url;

/// The longest international number has 15 digits; internal codes are shorter.
const MOST_CHARACTERS: usize = 32;

/// Who dials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DialScheme {
    /// Zoom, at once.
    ZoomPhone,
    /// Whatever the computer has for `tel:`.
    Tel,
    /// Whatever the computer has for `callto:`.
    CallTo,
}

/// A number that may be handed over: digits, `*` and `#`, with a `+` in front or not. `Debug` shows its length
/// only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DialNumber(String);

/// The text is no number to dial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is no number that can be dialled")]
pub struct NotDialable;

impl DialNumber {
    /// Takes a number as people write it, with spaces, hyphens, dots, slashes and brackets.
    ///
    /// # Errors
    /// Anything else stands in it (letters, a second `+`, a semicolon with parameters), or no digit, or more than
    /// 32 characters.
    pub fn parse(text: &str) -> Result<Self, NotDialable> {
        let mut number = String::new();
        for character in text.trim().chars() {
            match character {
                '+' if number.is_empty() => number.push('+'),
                '0'..='9' | '*' | '#' => number.push(character),
                ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2011}' | '.' | '/' | '(' | ')' => {}
                _ => return Err(NotDialable),
            }
        }
        let dialable = number.bytes().any(|byte| byte.is_ascii_digit()) && number.len() <= MOST_CHARACTERS;
        if dialable { Ok(Self(number)) } else { Err(NotDialable) }
    }

    /// The number as it is dialled.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number inside a link. `#` would end it there; `+` and `*` stay, as Zoom wants them.
    fn in_link(&self) -> String {
        self.0.replace('#', "%23")
    }
}

impl fmt::Debug for DialNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DialNumber({} characters)", self.0.len())
    }
}

/// A link that dials when it is opened. `Debug` shows the scheme only.
#[derive(Clone, PartialEq, Eq)]
pub struct DialLink(Url);

impl DialLink {
    /// The link for a number. `caller_id` is the user's own number or extension to show; only Zoom takes it, the
    /// others leave it out.
    ///
    /// # Errors
    /// [`NotDialable`] if the parts make no link; checked numbers always do.
    pub fn new(scheme: DialScheme, number: &DialNumber, caller_id: Option<&DialNumber>) -> Result<Self, NotDialable> {
        let number = number.in_link();
        let text = match (scheme, caller_id) {
            (DialScheme::ZoomPhone, None) => format!("zoomphonecall://{number}"),
            (DialScheme::ZoomPhone, Some(own)) => format!("zoomphonecall://{number}?callerid={}", own.in_link()),
            (DialScheme::Tel, _) => format!("tel:{number}"),
            (DialScheme::CallTo, _) => format!("callto:{number}"),
        };
        Url::parse(&text).map(Self).map_err(|_| NotDialable)
    }

    /// The whole link: open it, nothing else.
    #[must_use]
    pub fn expose(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for DialLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DialLink({}:…)", self.0.scheme())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link(scheme: DialScheme, number: &str, caller_id: Option<&str>) -> String {
        let caller_id = caller_id.map(|own| DialNumber::parse(own).unwrap());
        let number = DialNumber::parse(number).unwrap();
        DialLink::new(scheme, &number, caller_id.as_ref()).unwrap().expose().to_string()
    }

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        let number = |text: &str| DialNumber::parse(text).map(|number| number.as_str().to_owned());
        assert_eq!(number(" +31 (0)20-555 01.47 ").as_deref(), Ok("+310205550147"));
        assert_eq!(number("*67#").as_deref(), Ok("*67#"));
        let too_long = "1".repeat(33);
        for text in ["", "+", "*#", "0800-FLOWERS", "+31+20", "20;ext=5", "20?callerid=1", "tel:20", "２０", &too_long]
        {
            assert_eq!(number(text), Err(NotDialable), "{text}");
        }
    }

    #[test]
    fn links_have_zooms_form() {
        use DialScheme::{CallTo, Tel, ZoomPhone};
        assert_eq!(link(ZoomPhone, "+31 20 555 0147", None), "zoomphonecall://+31205550147");
        assert_eq!(
            link(ZoomPhone, "+31205550147", Some("+31205550199")),
            "zoomphonecall://+31205550147?callerid=+31205550199"
        );
        assert_eq!(link(Tel, "+31205550147", Some("101")), "tel:+31205550147");
        assert_eq!(link(CallTo, "*31#", None), "callto:*31%23");
    }

    #[test]
    fn debug_shows_no_number() {
        let number = DialNumber::parse("+31205550147").unwrap();
        let link = DialLink::new(DialScheme::Tel, &number, None).unwrap();
        assert!(!format!("{number:?} {link:?}").contains("555"));
    }

    proptest! {
        /// Whatever the text, the link holds nothing that was not checked.
        #[test]
        fn nothing_but_a_number_gets_through(text in "[-+0-9*#;?&=%a-z ()./]{0,40}") {
            if let Ok(number) = DialNumber::parse(&text) {
                for scheme in [DialScheme::ZoomPhone, DialScheme::Tel, DialScheme::CallTo] {
                    let link = DialLink::new(scheme, &number, Some(&number)).unwrap();
                    let rest = link.expose().as_str().split_once(':').unwrap().1.replace("%23", "#");
                    let bare = rest.trim_start_matches("//").replace("?callerid=", "");
                    prop_assert!(bare.bytes().all(|byte| byte.is_ascii_digit() || b"+*#".contains(&byte)), "{}", rest);
                    prop_assert!(link.expose().fragment().is_none());
                }
            }
        }
    }
}
