//! Tokens as types that cannot be printed or serialised by accident.
//!
//! The text is wiped from memory when the last owner is dropped. `expose` is the
//! only way to read it, so every place that does can be found by searching.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

macro_rules! secret {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone)]
        pub struct $name(SecretString);

        impl $name {
            /// Takes over the text of the token.
            pub fn new(text: String) -> Self {
                Self(SecretString::from(text))
            }

            /// The text itself: for a header, a form field or a sealed column,
            /// never for a log, a message or the window.
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }

            /// Whether both are the same token, in constant time.
            pub fn same_as(&self, other: &Self) -> bool {
                self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

secret! {
    /// A bearer token for API calls; short-lived.
    AccessToken
}
secret! {
    /// The token that buys the next access token; both services replace it at
    /// every use, so a lost one means signing in again.
    RefreshToken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_content() {
        let access = AccessToken::new("canary-7431".to_owned());
        let refresh = RefreshToken::new("canary-7431".to_owned());
        assert_eq!(format!("{access:?} {refresh:?}"), "AccessToken(…) RefreshToken(…)");
    }

    #[test]
    fn tokens_compare_by_content() {
        let one = AccessToken::new("a".to_owned());
        assert!(one.same_as(&AccessToken::new("a".to_owned())));
        assert!(!one.same_as(&AccessToken::new("b".to_owned())));
        assert!(!one.same_as(&AccessToken::new("ab".to_owned())));
    }
}
