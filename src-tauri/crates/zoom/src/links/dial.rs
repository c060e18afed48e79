//! Click-to-dial: a number handed to the telephone on this computer.
//!
//! Zoom places no call by its REST interface, so a link is the only way, and nothing of it comes back: the
//! call is found afterwards in the history. Source: Zoom's page "Make outbound calls from your app", RFC 3966.

use std::fmt;

use liaison_domain::phone::{self, NoNumber, PhoneNumber, Reading, Regions};
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

/// A number that may be handed over: digits, `*` and `#`, with a `+` in front or not, and an extension beside it.
/// `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DialNumber {
    number: String,
    extension: Option<String>,
}

/// The text is no number to dial, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is no number that can be dialled: {0}")]
pub struct NotDialable(pub NoNumber);

impl From<&PhoneNumber> for DialNumber {
    fn from(number: &PhoneNumber) -> Self {
        Self { number: number.e164(), extension: number.extension().map(ToOwned::to_owned) }
    }
}

impl DialNumber {
    /// What may be dialled for a field as people write it, each number once; with more than one, the user chooses.
    /// Service codes, short codes and internal extensions are dialled as they stand, and so are national numbers where
    /// no country is known.
    ///
    /// # Errors
    /// Nothing in the text can be dialled: the first reason.
    pub fn choices(text: &str, regions: Regions) -> Result<Vec<Self>, NotDialable> {
        let numbers: Vec<Self> = phone::numbers(text, regions).iter().map(Self::from).collect();
        if !numbers.is_empty() {
            return Ok(numbers);
        }
        let reason = phone::read(text, regions).into_iter().find_map(|reading| match reading {
            Reading::None(reason) => Some(reason),
            Reading::Number(_) | Reading::Candidates(_) => None,
        });
        match reason {
            Some(NoNumber::ServiceCode | NoNumber::ShortCode | NoNumber::CountryUnknown) => {
                Self::verbatim(text).map(|code| vec![code])
            }
            reason => Err(NotDialable(reason.unwrap_or(NoNumber::Empty))),
        }
    }

    /// Takes a code, an extension or a number of the user's own as it stands, without spaces, hyphens, dots, slashes
    /// and brackets.
    ///
    /// # Errors
    /// Anything else stands in it (letters, a second `+`, a semicolon with parameters), or no digit, or more than
    /// 32 characters.
    pub fn verbatim(text: &str) -> Result<Self, NotDialable> {
        let mut number = String::new();
        for character in text.trim().chars() {
            match character {
                '+' if number.is_empty() => number.push('+'),
                '0'..='9' | '*' | '#' => number.push(character),
                ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2011}' | '.' | '/' | '(' | ')' => {}
                _ => return Err(NotDialable(NoNumber::Garbled)),
            }
        }
        let dialable = number.bytes().any(|byte| byte.is_ascii_digit()) && number.len() <= MOST_CHARACTERS;
        if dialable { Ok(Self { number, extension: None }) } else { Err(NotDialable(NoNumber::NotPossible)) }
    }

    /// The number as it is dialled.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// What the user dials after somebody answered, where the link can't carry it.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The number inside a link. `#` would end it there; `+` and `*` stay, as Zoom wants them.
    fn in_link(&self) -> String {
        self.number.replace('#', "%23")
    }
}

impl fmt::Debug for DialNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DialNumber({} characters)", self.number.len())
    }
}

/// A link that dials when it is opened. `Debug` shows the scheme only.
#[derive(Clone, PartialEq, Eq)]
pub struct DialLink(Url);

impl DialLink {
    /// The link for a number. `caller_id` is the user's own number or extension to show; only Zoom takes it, the
    /// others leave it out. The extension goes along with `tel:` alone (RFC 3966); Zoom's page knows none.
    ///
    /// # Errors
    /// [`NotDialable`] if the parts make no link; checked numbers always do.
    pub fn new(scheme: DialScheme, number: &DialNumber, caller_id: Option<&DialNumber>) -> Result<Self, NotDialable> {
        let (digits, extension) = (number.in_link(), number.extension());
        let text = match (scheme, caller_id, extension) {
            (DialScheme::ZoomPhone, None, _) => format!("zoomphonecall://{digits}"),
            (DialScheme::ZoomPhone, Some(own), _) => format!("zoomphonecall://{digits}?callerid={}", own.in_link()),
            (DialScheme::Tel, _, None) => format!("tel:{digits}"),
            (DialScheme::Tel, _, Some(extension)) => format!("tel:{digits};ext={extension}"),
            (DialScheme::CallTo, _, _) => format!("callto:{digits}"),
        };
        Url::parse(&text).map(Self).map_err(|_| NotDialable(NoNumber::Garbled))
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
    use liaison_domain::phone::Region;
    use proptest::prelude::*;

    use super::*;

    fn user_in(region: &str) -> Regions {
        Regions::of_user(Region::from_iso(region))
    }

    fn choices(text: &str, region: &str) -> Vec<String> {
        let choices = DialNumber::choices(text, user_in(region)).unwrap();
        choices.iter().map(|number| number.as_str().to_owned()).collect()
    }

    fn only(text: &str) -> DialNumber {
        let mut choices = DialNumber::choices(text, user_in("NL")).unwrap();
        assert_eq!(choices.len(), 1, "{text}");
        choices.remove(0)
    }

    fn link(scheme: DialScheme, number: &str, caller_id: Option<&str>) -> String {
        let caller_id = caller_id.map(|own| DialNumber::verbatim(own).unwrap());
        DialLink::new(scheme, &only(number), caller_id.as_ref()).unwrap().expose().to_string()
    }

    #[test]
    fn numbers_are_dialled_as_they_ring() {
        for (text, region, dialled) in [
            (" +31 (0)20-555 01.47 ", "US", "+31205550147"),
            ("+44 (0)20 7946 0018", "NL", "+442079460018"),
            ("+39 (0)6 5555 0100", "NL", "+390655550100"),
            ("+1 202 555 0147 x123", "NL", "+12025550147"),
            ("020 555 0147", "NL", "+31205550147"),
            ("0044 20 7946 0018", "NL", "+442079460018"),
            ("\u{200e}+31 20 555 0147", "US", "+31205550147"),
            ("+31 20\u{fe0d} 555\u{a0}0147", "US", "+31205550147"),
            ("＋３１ ２０ ５５５ ０１４７", "US", "+31205550147"),
            ("1-800-FLOWERS", "US", "+18003569377"),
            ("+52 1 55 1234 5678", "NL", "+525512345678"),
        ] {
            assert_eq!(choices(text, region), [dialled], "{text}");
        }
    }

    #[test]
    fn of_two_numbers_the_user_chooses() {
        assert_eq!(choices("(020) 7946 0018 / 07700 900123", "GB"), ["+442079460018", "+447700900123"]);
        let both = Regions { record: Region::from_iso("DE"), user: Region::from_iso("NL") };
        assert_eq!(DialNumber::choices("030 1234567", both).unwrap().len(), 2);
    }

    #[test]
    fn codes_and_extensions_are_dialled_as_they_stand() {
        for (text, dialled) in [("*67#", "*67#"), ("*21#", "*21#"), ("112", "112"), (" 1-01 ", "101")] {
            assert_eq!(choices(text, "NL"), [dialled], "{text}");
        }
        assert_eq!(choices("(202) 555-0147", ""), ["2025550147"]);
    }

    #[test]
    fn what_is_no_number_says_why() {
        let long = "1".repeat(33);
        for (text, reason) in [
            ("", NoNumber::Empty),
            ("+", NoNumber::Empty),
            ("*#", NoNumber::NotPossible),
            ("Anonymous", NoNumber::Withheld),
            ("20?callerid=1", NoNumber::Garbled),
            ("+999 20 555 0147", NoNumber::NoSuchCountry),
            ("sip:anna@example.com", NoNumber::Address),
            (&long, NoNumber::NotPossible),
        ] {
            let refused = DialNumber::choices(text, user_in("NL")).unwrap_err();
            assert_eq!(refused, NotDialable(reason), "{text}");
        }
        for text in ["", "+", "*#", "0800-FLOWERS", "+31+20", "20;ext=5", "20?callerid=1", "tel:20", "２０", &long] {
            assert!(DialNumber::verbatim(text).is_err(), "{text}");
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
    fn an_extension_goes_where_the_link_can_carry_it() {
        use DialScheme::{CallTo, Tel, ZoomPhone};
        assert_eq!(link(Tel, "+1 202 555 0147 x123", None), "tel:+12025550147;ext=123");
        assert_eq!(link(ZoomPhone, "+1 202 555 0147 x123", None), "zoomphonecall://+12025550147");
        assert_eq!(link(CallTo, "+1 202 555 0147 x123", None), "callto:+12025550147");
        assert_eq!(only("+1 202 555 0147 x123").extension(), Some("123"));
    }

    #[test]
    fn debug_shows_no_number() {
        let number = only("+31205550147");
        let link = DialLink::new(DialScheme::Tel, &number, None).unwrap();
        assert!(!format!("{number:?} {link:?}").contains("555"));
    }

    proptest! {
        /// Whatever the text, the link holds nothing that was not checked.
        #[test]
        fn nothing_but_a_number_gets_through(
            text in "[-+0-9*#;?&=%a-z ()./]{0,40}", region in prop::sample::select(vec!["NL", "US", ""]),
        ) {
            for number in DialNumber::choices(&text, user_in(region)).unwrap_or_default() {
                for scheme in [DialScheme::ZoomPhone, DialScheme::Tel, DialScheme::CallTo] {
                    let link = DialLink::new(scheme, &number, Some(&number)).unwrap();
                    let rest = link.expose().as_str().split_once(':').unwrap().1.replace("%23", "#");
                    let bare = rest.trim_start_matches("//").replace("?callerid=", "").replace(";ext=", "");
                    prop_assert!(bare.bytes().all(|byte| byte.is_ascii_digit() || b"+*#".contains(&byte)), "{}", rest);
                    prop_assert!(link.expose().fragment().is_none());
                }
            }
        }
    }
}
