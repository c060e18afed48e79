//! One person's own link in a new mail of the user's mail program: made here, opened by the shell. Neither the window
//! nor a log ever has it, and nothing is sent before the user presses send there.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_domain::email;
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::tables::{webinar_people, webinar_registrants};
use liaison_store::{Connection, StoreResult};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::gather::{self, name_of};
use crate::config::MailWords;
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::session::settings;

/// What may stand in a `mailto:` address as it is (RFC 6068, RFC 3986).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// Who gets which link for what.
struct Letter {
    name: String,
    email: Option<String>,
    link: Option<SecretString>,
    topic: String,
    start_utc_ms: Option<i64>,
}

impl Engine {
    /// Opens a new mail to a registrant with their own link.
    ///
    /// # Errors
    /// [`Error::Gone`] without a link or an address; no mail program.
    pub async fn mail_registrant_link(&self, webinar: String, registrant: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (sealer, now_ms) = (cx.store.sealer(), cx.now_ms());
        let read = move |db: &Connection| {
            let Some(record) = webinars::get(db, &webinar)? else { return Ok(None) };
            let found = webinar_registrants::get(db, &registrant)?.filter(|one| one.webinar_key == webinar);
            let Some(one) = found else { return Ok(None) };
            let link = webinar_registrants::join_url(db, &sealer, &one.key)?;
            let name = one.first_name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| name_of(&one));
            letter(db, &record, name, one.email, link, now_ms).map(Some)
        };
        let letter = cx.store.read(read).await?.ok_or(Error::Gone)?;
        self.open_mail(&cx, &letter, |words| &words.registrant).await
    }

    /// The same for a panelist.
    ///
    /// # Errors
    /// As for [`Self::mail_registrant_link`].
    pub async fn mail_panelist_link(&self, webinar: String, panelist: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let (sealer, now_ms) = (cx.store.sealer(), cx.now_ms());
        let read = move |db: &Connection| {
            let Some(record) = webinars::get(db, &webinar)? else { return Ok(None) };
            let found = webinar_people::panel(db, &webinar)?.into_iter().find(|one| one.key == panelist);
            let Some(one) = found else { return Ok(None) };
            let link = webinar_people::join_url(db, &sealer, &one.key)?;
            letter(db, &record, one.name.unwrap_or_default(), one.email, link, now_ms).map(Some)
        };
        let letter = cx.store.read(read).await?.ok_or(Error::Gone)?;
        self.open_mail(&cx, &letter, |words| &words.panelist).await
    }

    async fn open_mail(
        &self,
        cx: &Arc<Context>,
        letter: &Letter,
        text: impl Fn(&MailWords) -> &String,
    ) -> Result<(), Error> {
        let language = settings::load(&cx.store).await?.language;
        let labels = (self.config().copy_labels)(language);
        let when = |at| labels.writing.moment(at, cx.zone());
        let mail = compose(letter, &labels.mail.subject, text(&labels.mail), when).ok_or(Error::Gone)?;
        self.config().desktop.open(&mail).map_err(Error::Desktop)
    }
}

fn letter(
    db: &Connection,
    record: &WebinarRecord,
    name: String,
    email: Option<String>,
    link: Option<SecretString>,
    now_ms: i64,
) -> StoreResult<Letter> {
    let span = gather::span(record, &webinars::dates(db, &record.key)?, now_ms);
    Ok(Letter { name, email, link, topic: record.topic.clone(), start_utc_ms: span.map(|(start, _)| start) })
}

/// `None` without an address that mail can go to, or a link that people can follow.
fn compose(letter: &Letter, subject: &str, text: &str, written: impl Fn(DateTime<Utc>) -> String) -> Option<Url> {
    let to = email::parse(letter.email.as_deref()?)?;
    let link = Url::parse(letter.link.as_ref()?.expose_secret()).ok();
    let link = link.filter(|link| matches!(link.scheme(), "https" | "http"))?;
    let when = letter.start_utc_ms.and_then(DateTime::from_timestamp_millis).map(written);
    let subject = subject.replace("{topic}", &letter.topic);
    // One after the other in one pass: what people are called is no place for the next word.
    let mut body = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        body.push_str(before);
        let (word, after) = after.split_once('}').unwrap_or((after, ""));
        match word {
            "name" => body.push_str(&letter.name),
            "topic" => body.push_str(&letter.topic),
            "when" => body.push_str(when.as_deref().unwrap_or_default()),
            "link" => body.push_str(link.as_str()),
            _ => {}
        }
        rest = after;
    }
    body.push_str(rest);
    // Without a name, a comma would follow a blank.
    let body = body.replace(" ,", ",").replace("\n\n\n", "\n\n").replace('\n', "\r\n");
    let encoded = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    Url::parse(&format!("mailto:{}?subject={}&body={}", encoded(to), encoded(&subject), encoded(&body))).ok()
}

#[cfg(test)]
mod tests {
    use liaison_domain::written::Writing;
    use liaison_domain::zones;
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "Hello {name},\n\n{topic}\n{when}\n\n{link}";

    fn anna() -> Letter {
        Letter {
            name: "Anna".to_owned(),
            email: Some("anna+x@example.org".to_owned()),
            link: Some("https://zoom.us/w/9?tk=a&b=c".into()),
            topic: "Q&A: what's new?".to_owned(),
            start_utc_ms: Some(1_796_911_200_000),
        }
    }

    fn composed(letter: &Letter, subject: &str) -> Option<Url> {
        let zone = zones::parse("Europe/Amsterdam").unwrap();
        compose(letter, subject, TEXT, |at| Writing::default().moment(at, zone))
    }

    fn parts(mail: &Url) -> (String, Vec<(String, String)>) {
        // `query_pairs` reads a plus as a blank, as forms do; mail programs don't.
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
        let pairs = mail.query().unwrap().split('&').map(|pair| pair.split_once('=').unwrap());
        (decoded(mail.path()), pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect())
    }

    #[test]
    fn a_mail_has_address_subject_and_text() {
        let (to, parts) = parts(&composed(&anna(), "Your link: {topic}").unwrap());
        assert_eq!(to, "anna+x@example.org");
        assert_eq!(parts[0], ("subject".to_owned(), "Your link: Q&A: what's new?".to_owned()));
        let text = "Hello Anna,\r\n\r\nQ&A: what's new?\r\nThursday, 10 December 2026, 15:00 (Europe/Amsterdam)\r\n\r\n\
                    https://zoom.us/w/9?tk=a&b=c";
        assert_eq!(parts[1], ("body".to_owned(), text.to_owned()));
        assert_eq!(parts.len(), 2);
    }

    #[test]
    fn what_is_missing_leaves_no_hole() {
        let nameless = Letter { name: String::new(), start_utc_ms: None, ..anna() };
        let (_, parts) = parts(&composed(&nameless, "S").unwrap());
        assert_eq!(parts[1].1, "Hello,\r\n\r\nQ&A: what's new?\r\n\r\nhttps://zoom.us/w/9?tk=a&b=c");
    }

    #[test]
    fn no_mail_goes_to_nobody_or_with_what_is_no_link() {
        let composed = |letter: Letter| super::tests::composed(&letter, "S");
        assert!(composed(Letter { email: None, ..anna() }).is_none());
        assert!(composed(Letter { email: Some("a@b?bcc=c@d.nl".to_owned()), ..anna() }).is_none());
        assert!(composed(Letter { link: None, ..anna() }).is_none());
        assert!(composed(Letter { link: Some("javascript:alert(1)".into()), ..anna() }).is_none());
    }

    proptest! {
        /// Names and topics come from outside: they add no further recipient, field or placeholder.
        #[test]
        fn names_and_topics_stay_in_their_place(name in "\\PC{0,30}", topic in "\\PC{0,30}") {
            let letter = Letter { name: name.clone(), topic, ..anna() };
            let (to, parts) = parts(&composed(&letter, "{topic}").unwrap());
            prop_assert_eq!(to, "anna+x@example.org");
            prop_assert_eq!(parts.len(), 2);
            prop_assert_eq!(parts[1].1.matches("tk=a").count(), 1);
        }
    }
}
