//! A new mail in the user's mail program, as an address (RFC 6068).

use liaison_domain::email;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// What may stand in a `mailto:` address as it is (RFC 6068, RFC 3986).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');
/// Windows opens no longer addresses (`INTERNET_MAX_URL_LENGTH`, 2,083); elsewhere the mail programs set the limit.
const MOST: usize = if cfg!(windows) { 2_000 } else { 8_000 };

/// A mail to be opened.
pub(super) struct Draft {
    pub address: Url,
    /// Addresses that it has no room for.
    pub left: Vec<String>,
}

/// A mail to all of `to` with the long text, with the short one where that is too long, or to as many as there is room
/// for.
pub(super) fn draft(to: &[String], subject: &str, long: Option<&str>, short: &str) -> Option<Draft> {
    let encoded = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    let body = |text: &str| encoded(&text.trim_end().replace("\r\n", "\n").replace('\n', "\r\n"));
    let all: Vec<String> = to.iter().filter_map(|address| email::parse(address)).map(encoded).collect();
    let rest = |body: &str| format!("?subject={}&body={body}", encoded(subject));
    let whole = long.map(|text| rest(&body(text)));
    let addresses = all.iter().map(|address| address.len() + 1).sum::<usize>();
    let whole = whole.filter(|rest| "mailto:".len() + addresses + rest.len() <= MOST);
    let rest = whole.unwrap_or_else(|| rest(&body(short)));
    let mut room = MOST.saturating_sub("mailto:".len() + rest.len());
    let fit = all.iter().take_while(|address| {
        let needed = address.len() + 1;
        let fits = needed <= room;
        room = room.saturating_sub(needed);
        fits
    });
    let fit = fit.count();
    let address = Url::parse(&format!("mailto:{}{rest}", all[..fit].join(","))).ok()?;
    Some(Draft { address, left: to.iter().skip(fit).cloned().collect() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As a mail program reads it: addressees, and the fields by their names.
    fn parts(mail: &Url) -> (Vec<String>, Vec<(String, String)>) {
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
        let to = mail.path().split(',').filter(|one| !one.is_empty()).map(decoded).collect();
        let pairs = mail.query().unwrap().split('&').map(|pair| pair.split_once('=').unwrap());
        (to, pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect())
    }

    fn people(count: usize) -> Vec<String> {
        (0..count).map(|one| format!("guest+{one}@customer.example")).collect()
    }

    #[test]
    fn a_mail_has_addressees_subject_and_text() {
        let draft = draft(&people(2), "Q&A: 50 %?", Some("Join:\nhttps://zoom.us/j/9?pwd=a&b=c\n"), "short").unwrap();
        let (to, parts) = parts(&draft.address);
        assert_eq!(to, ["guest+0@customer.example", "guest+1@customer.example"]);
        let body = "Join:\r\nhttps://zoom.us/j/9?pwd=a&b=c".to_owned();
        assert_eq!(parts, [("subject".to_owned(), "Q&A: 50 %?".to_owned()), ("body".to_owned(), body)]);
        assert!(draft.left.is_empty());
    }

    #[test]
    fn what_is_too_long_becomes_short_and_then_fewer() {
        let long = "é".repeat(MOST / 4);
        let few = draft(&people(3), "S", Some(&long), "short").unwrap();
        assert_eq!(parts(&few.address).1[1].1, "short");
        assert!(few.left.is_empty());
        let many = people(1_000);
        let some = draft(&many, "S", Some("long"), "short").unwrap();
        let (to, parts) = parts(&some.address);
        assert!(some.address.as_str().len() <= MOST && to.len() > 40, "{}", to.len());
        assert_eq!(parts[1].1, "short");
        let all: Vec<String> = to.into_iter().chain(some.left).collect();
        assert_eq!(all, many, "nobody is lost");
    }

    #[test]
    fn without_guests_it_is_a_mail_to_nobody_yet() {
        let draft = draft(&[], "S", None, "short").unwrap();
        assert_eq!(draft.address.as_str(), "mailto:?subject=S&body=short");
    }

    proptest! {
        /// Topics and texts come from outside: they add no addressee and no field.
        #[test]
        fn words_stay_in_their_place(subject in "\\PC{0,40}", text in "(?s).{0,60}") {
            let draft = draft(&people(1), &subject, Some(&text), "short").unwrap();
            let (to, parts) = parts(&draft.address);
            prop_assert_eq!(to, people(1));
            prop_assert_eq!(parts.len(), 2);
            prop_assert_eq!(&parts[0].1, &subject);
        }
    }
}
