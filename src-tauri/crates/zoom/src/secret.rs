//! Values that let somebody into a meeting: host links, passcodes, host tokens, join links.
//!
//! None of them implements `Serialize` or `Display`, and `Debug` shows no content. Reading one is
//! spelt `expose()`, so that a search finds every place that does.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de};
use url::Url;

macro_rules! secret_text {
    ($(#[$outer:meta])* $name:ident) => {
        $(#[$outer])*
        #[derive(Clone)]
        pub struct $name(SecretString);

        impl $name {
            /// Takes the text into custody.
            pub fn new(text: impl Into<String>) -> Self {
                Self(SecretString::from(text.into()))
            }

            /// The text itself. Never log, show or store it unsealed.
            #[must_use]
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.expose() == other.expose()
            }
        }

        impl Eq for $name {}

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // A passcode of digits only arrives as a number now and then.
                crate::lenient::text_or_number(deserializer)
                    .map(Self::new)
                    .map_err(|_| de::Error::custom("expected text"))
            }
        }
    };
}

secret_text! {
    /// The link that makes its bearer the host. Dies about two hours after it was read; fetched at
    /// the click and opened, never kept.
    StartUrl
}

secret_text! {
    /// A meeting's passcode, up to ten characters.
    Passcode
}

secret_text! {
    /// A host's access key ("ZAK"), which turns a join into a start.
    Zak
}

secret_text! {
    /// The address of a recording's or voicemail's file or player. Opens for its bearer, or together with the
    /// user's access token.
    FileUrl
}

secret_text! {
    /// A token that downloads the recordings of one meeting.
    DownloadToken
}

/// A link to join a meeting. Stable, and usually carries the encrypted passcode in its query, so
/// `Debug` leaves the query out.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct JoinUrl(String);

impl JoinUrl {
    /// Takes the link as Zoom wrote it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The whole link. It is not yet known to lead to Zoom: see [`crate::ZoomLinks::join`].
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The encrypted passcode in the link, if there is one. Not the passcode people type.
    #[must_use]
    pub fn embedded_passcode(&self) -> Option<Passcode> {
        let url = Url::parse(&self.0).ok()?;
        url.query_pairs().find(|(name, _)| name == "pwd").map(|(_, value)| Passcode::new(value.into_owned()))
    }
}

impl fmt::Debug for JoinUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.split(['?', '#']).next().unwrap_or_default();
        write!(formatter, "JoinUrl({shown}…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let canary = "c4n4ry";
        let shown = format!(
            "{:?} {:?} {:?} {:?}",
            StartUrl::new(format!("https://zoom.us/s/1?zak={canary}")),
            Passcode::new(canary),
            Zak::new(canary),
            JoinUrl::new(format!("https://zoom.us/j/1?pwd={canary}#{canary}")),
        );
        assert!(!shown.contains(canary), "{shown}");
        assert!(shown.contains("https://zoom.us/j/1"), "{shown}");
    }

    #[test]
    fn error_for_a_secret_of_the_wrong_type_does_not_quote_it() {
        let error = serde_json::from_str::<Passcode>("[\"c4n4ry\"]").unwrap_err();
        assert!(!error.to_string().contains("c4n4ry"));
        let number: Passcode = serde_json::from_str("123456").unwrap();
        assert_eq!(number.expose(), "123456");
    }

    #[test]
    fn embedded_passcode_is_decoded() {
        let link = JoinUrl::new("https://zoom.us/j/1?pwd=a%2Bb.1");
        assert_eq!(link.embedded_passcode(), Some(Passcode::new("a+b.1")));
        assert_eq!(JoinUrl::new("https://zoom.us/j/1").embedded_passcode(), None);
        assert_eq!(JoinUrl::new("no link").embedded_passcode(), None);
    }
}
