//! What a request to the loopback listener means. Pure: bytes in, a reply and a
//! verdict out.
//!
//! Any program and any web page on this computer can reach the listener, so a
//! request counts only when method, path, host and `state` are all exactly
//! right (RFC 8252 §8.1, §8.9). Everything else is answered and forgotten; it
//! can neither end nor steer the sign-in.

use std::sync::atomic::{AtomicBool, Ordering};

use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq;

use crate::oauth::page::{Pages, Reply};
use crate::oauth::token_endpoint::code_text;

/// Longest request line accepted, in bytes.
pub(crate) const MAX_LINE: usize = 8 * 1024;
/// Longest head accepted, request line included, in bytes.
pub(crate) const MAX_HEAD: usize = MAX_LINE + 16 * 1024;

/// What the one right request looks like.
pub(crate) struct Expected {
    pub path: &'static str,
    /// The `Host` that a browser sends for the redirect address.
    pub authority: String,
    pub state: String,
    pub pages: Pages,
    answered: AtomicBool,
}

/// What the browser brought back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Code(String),
    /// The user pressed Deny.
    Declined,
    Refused {
        code: String,
    },
}

impl Expected {
    pub(crate) fn new(path: &'static str, authority: String, state: String, pages: Pages) -> Self {
        Self { path, authority, state, pages, answered: AtomicBool::new(false) }
    }

    /// The reply to a request head, which ends with an empty line. At most one
    /// head ever gets a verdict.
    pub(crate) fn judge(&self, head: &[u8]) -> (Reply, Option<Verdict>) {
        match self.route(head) {
            Some(Route::Callback(query)) => match self.verdict(query) {
                Some(verdict) if !self.answered.swap(true, Ordering::AcqRel) => (Pages::to_done(), Some(verdict)),
                _ => (Pages::bad_request(), None),
            },
            Some(Route::Done) => (self.pages.done(), None),
            Some(Route::Icon) => (Pages::not_found(), None),
            Some(Route::Preflight) => (self.pages.preflight(), None),
            None => (Pages::bad_request(), None),
        }
    }

    fn route<'a>(&self, head: &'a [u8]) -> Option<Route<'a>> {
        let head = Head::parse(head)?;
        if !head.single("host")?.eq_ignore_ascii_case(&self.authority) || head.has_body() {
            return None;
        }
        let (path, query) = head.target.split_once('?').unwrap_or((head.target, ""));
        match (head.method, path) {
            ("GET", path) if path == self.path => Some(Route::Callback(query)),
            ("GET", "/done") if query.is_empty() => Some(Route::Done),
            ("GET", "/favicon.ico") => Some(Route::Icon),
            ("GET", path) if path.starts_with("/apple-touch-icon") => Some(Route::Icon),
            // Chromium asks before a public page may navigate to loopback.
            ("OPTIONS", path) if path == self.path => {
                let asks = head.single("access-control-request-private-network")?;
                (asks == "true").then_some(Route::Preflight)
            }
            _ => None,
        }
    }

    fn verdict(&self, query: &str) -> Option<Verdict> {
        let pairs = pairs(query)?;
        let single = |name: &str| {
            let mut values = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
            match (values.next(), values.next()) {
                (value, None) => Ok(value),
                _ => Err(()),
            }
        };
        let (state, code, error) = (single("state").ok()??, single("code").ok()?, single("error").ok()?);
        if !bool::from(state.as_bytes().ct_eq(self.state.as_bytes())) {
            return None;
        }
        match (code, error) {
            (Some(code), None) if is_code(code) => Some(Verdict::Code(code.to_owned())),
            // The second spelling stands on Salesforce's own page of errors.
            (None, Some("access_denied" | "access-denied")) => Some(Verdict::Declined),
            (None, Some(error)) => Some(Verdict::Refused { code: code_text(error)? }),
            _ => None,
        }
    }
}

enum Route<'a> {
    Callback(&'a str),
    Done,
    Icon,
    Preflight,
}

/// A request head, split but not interpreted.
struct Head<'a> {
    method: &'a str,
    target: &'a str,
    fields: Vec<(&'a str, &'a str)>,
}

impl<'a> Head<'a> {
    /// `None` for whatever a browser would never send.
    fn parse(head: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(head).ok()?.strip_suffix("\r\n\r\n")?;
        let mut lines = text.split("\r\n");
        let line = lines.next().filter(|line| line.len() <= MAX_LINE)?;
        let mut parts = line.split(' ');
        let (method, target, version) = (parts.next()?, parts.next()?, parts.next()?);
        let plain =
            target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic()) && !target.contains('#');
        if parts.next().is_some() || !plain || !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
            return None;
        }
        let fields = lines.map(field).collect::<Option<Vec<_>>>()?;
        (fields.len() <= 100).then_some(Self { method, target, fields })
    }

    /// The value of a field that is there exactly once.
    fn single(&self, name: &str) -> Option<&'a str> {
        let mut values = self.fields.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        let value = values.next()?.1;
        values.next().is_none().then_some(value)
    }

    fn has_body(&self) -> bool {
        self.fields.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("transfer-encoding")
                || (name.eq_ignore_ascii_case("content-length") && *value != "0")
        })
    }
}

fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let value = value.trim_matches([' ', '\t']);
    let clean = !value.chars().any(|character| character.is_control() && character != '\t');
    (!name.is_empty() && name.bytes().all(token) && clean).then_some((name, value))
}

/// The pairs of a query, decoded once; `None` when an encoding is broken.
fn pairs(query: &str) -> Option<Vec<(String, String)>> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    let pairs = parts.map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Some((decoded(name)?, decoded(value)?))
    });
    let pairs = pairs.collect::<Option<Vec<_>>>()?;
    (pairs.len() <= 32).then_some(pairs)
}

fn decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let complete = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'%')
        .all(|(at, _)| bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)));
    let spaced = text.replace('+', " ");
    complete.then(|| percent_decode_str(&spaced).decode_utf8().ok().map(String::from))?
}

/// RFC 6749 appendix A.11 allows any visible ASCII.
fn is_code(code: &str) -> bool {
    (1..=4096).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::page::DonePage;
    use proptest::prelude::*;

    const STATE: &str = "Zm9vYmFyYmF6cXV4";

    fn expected() -> Expected {
        let pages = Pages::new(&DonePage::default(), "https://login.example");
        Expected::new("/callback", "127.0.0.1:4711".to_owned(), STATE.to_owned(), pages)
    }

    fn get(target: &str) -> Vec<u8> {
        format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:4711\r\nAccept: */*\r\n\r\n").into_bytes()
    }

    #[test]
    fn the_right_request_gives_the_code_decoded_once() {
        let head = get(&format!("/callback?code=aPrx%253D%3D%3D&state={STATE}"));
        let (reply, verdict) = expected().judge(&head);
        assert_eq!(verdict, Some(Verdict::Code("aPrx%3D==".to_owned())));
        assert_eq!(reply.status(), 303);
    }

    #[test]
    fn a_second_valid_code_is_turned_away() {
        let expected = expected();
        let head = get(&format!("/callback?code=one&state={STATE}"));
        assert!(expected.judge(&head).1.is_some());
        let (reply, verdict) = expected.judge(&get(&format!("/callback?code=two&state={STATE}")));
        assert_eq!((reply.status(), verdict), (400, None));
    }

    #[test]
    fn both_spellings_of_a_refusal_are_known() {
        for error in ["access_denied", "access-denied"] {
            let verdict = expected().judge(&get(&format!("/callback?error={error}&state={STATE}"))).1;
            assert_eq!(verdict, Some(Verdict::Declined));
        }
        let odd = get(&format!("/callback?error=server%0D%0A_error%3Cb%3E&state={STATE}"));
        let verdict = expected().judge(&odd).1;
        assert_eq!(verdict, Some(Verdict::Refused { code: "server_errorb".to_owned() }));
    }

    #[test]
    fn side_requests_get_their_answers_and_no_verdict() {
        let options =
            |extra: &str| format!("OPTIONS /callback HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n{extra}\r\n").into_bytes();
        let table = [
            (get("/done"), 200),
            (get("/favicon.ico"), 404),
            (get("/apple-touch-icon-precomposed.png"), 404),
            (options("Access-Control-Request-Private-Network: true\r\n"), 204),
            (options(""), 400),
        ];
        for (head, status) in table {
            let (reply, verdict) = expected().judge(&head);
            assert_eq!((reply.status(), verdict), (status, None), "{}", String::from_utf8_lossy(&head));
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_count(mut head in proptest::collection::vec(any::<u8>(), 0..300)) {
            head.extend_from_slice(b"\r\n\r\n");
            prop_assert_eq!(expected().judge(&head).1, None);
        }

        #[test]
        fn one_changed_byte_never_gives_another_code(at in 0usize..200, byte in any::<u8>()) {
            let right = get(&format!("/callback?code=secret&state={STATE}"));
            let mut head = right.clone();
            let at = at % head.len();
            head[at] = byte;
            let state_range = right.windows(STATE.len()).position(|window| window == STATE.as_bytes()).unwrap();
            let (_, verdict) = expected().judge(&head);
            if (state_range..state_range + STATE.len()).contains(&at) && head != right {
                prop_assert_eq!(verdict, None);
            }
        }

        #[test]
        fn a_wrong_state_never_counts(state in "[A-Za-z0-9_-]{0,40}") {
            prop_assume!(state != STATE);
            prop_assert_eq!(expected().judge(&get(&format!("/callback?code=c&state={state}"))).1, None);
        }
    }
}
