//! The answer of a token endpoint, read leniently.
//!
//! Real answers differ from RFC 6749 §5.1: numbers arrive as text, lifetimes are
//! missing or absurd, empty strings stand for nothing. Only the access token is
//! vital.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::oauth::TokenSet;
use crate::secret::{AccessToken, RefreshToken};

/// Lifetimes above this are taken for a mistake.
const LONGEST_LIFETIME: i64 = 366 * 24 * 60 * 60;

/// What the service granted; fields it did not mention are `None`.
#[derive(Clone)]
pub(crate) struct Grant {
    pub access: AccessToken,
    pub refresh: Option<RefreshToken>,
    pub lifetime: Option<TimeDelta>,
    pub scopes: Option<Vec<String>>,
    pub instance_url: Option<String>,
    pub api_url: Option<String>,
    pub identity_url: Option<String>,
}

impl Grant {
    /// `None` when there is no access token in it.
    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let text = |name: &str| {
            let text = value.get(name)?.as_str()?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let access = text("access_token")?;
        Some(Self {
            access: AccessToken::new(access),
            refresh: text("refresh_token").map(RefreshToken::new),
            lifetime: value.get("expires_in").and_then(lifetime),
            scopes: value.get("scope").and_then(scopes),
            instance_url: text("instance_url"),
            api_url: text("api_url"),
            identity_url: text("id"),
        })
    }

    /// The first token set of a sign-in.
    pub(crate) fn into_tokens(self, now: DateTime<Utc>) -> TokenSet {
        TokenSet {
            access: self.access,
            refresh: self.refresh,
            obtained_at: now,
            expires_at: self.lifetime.map(|lifetime| now + lifetime),
            scopes: self.scopes.unwrap_or_default(),
            instance_url: self.instance_url,
            api_url: self.api_url,
            identity_url: self.identity_url,
        }
    }

    /// The successor of `old`: what the answer leaves out stays as it was. The
    /// instance stays pinned to the one of the sign-in.
    pub(crate) fn renew(self, old: &TokenSet, now: DateTime<Utc>) -> TokenSet {
        TokenSet {
            access: self.access,
            refresh: self.refresh.or_else(|| old.refresh.clone()),
            obtained_at: now,
            expires_at: self.lifetime.map(|lifetime| now + lifetime),
            scopes: self.scopes.unwrap_or_else(|| old.scopes.clone()),
            instance_url: old.instance_url.clone().or(self.instance_url),
            api_url: self.api_url.or_else(|| old.api_url.clone()),
            identity_url: self.identity_url.or_else(|| old.identity_url.clone()),
        }
    }
}

fn lifetime(value: &Value) -> Option<TimeDelta> {
    let seconds = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let sensible = seconds.filter(|seconds| (1..=LONGEST_LIFETIME).contains(seconds));
    sensible.map(TimeDelta::seconds)
}

fn scopes(value: &Value) -> Option<Vec<String>> {
    let words = |text: &str| text.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    match value {
        Value::String(text) => Some(words(text)),
        Value::Array(items) => Some(items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()),
        _ => None,
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Grant").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }

    #[test]
    fn odd_lifetimes_are_no_lifetimes() {
        let lifetime =
            |value: Value| Grant::from_json(&json!({"access_token": "a", "expires_in": value})).unwrap().lifetime;
        assert_eq!(lifetime(json!(3599)), Some(TimeDelta::seconds(3599)));
        assert_eq!(lifetime(json!("3599")), Some(TimeDelta::seconds(3599)));
        for odd in [json!(0), json!(-5), json!("soon"), json!(null), json!(1e300), json!([]), json!(i64::MAX)] {
            assert_eq!(lifetime(odd.clone()), None, "{odd}");
        }
    }

    #[test]
    fn without_an_access_token_there_is_no_grant() {
        for value in
            [json!({}), json!({"access_token": ""}), json!({"access_token": 5}), json!([]), json!("x"), json!(null)]
        {
            assert!(Grant::from_json(&value).is_none(), "{value}");
        }
    }

    #[test]
    fn what_an_answer_leaves_out_stays() {
        let first = json!({"access_token": "a1", "refresh_token": "r1", "expires_in": 100, "scope": "x  y",
            "instance_url": "https://n.my.salesforce.com", "api_url": "https://api-us.zoom.us", "id": "https://login/id"});
        let old = Grant::from_json(&first).unwrap().into_tokens(now());
        for answer in [json!({"access_token": "a2"}), json!({"access_token": "a2", "refresh_token": "", "scope": null})]
        {
            let new = Grant::from_json(&answer).unwrap().renew(&old, now());
            assert_eq!(new.access.expose(), "a2");
            assert_eq!(new.refresh.unwrap().expose(), "r1");
            assert_eq!(new.scopes, ["x", "y"]);
            assert_eq!(new.expires_at, None);
            assert_eq!(new.instance_url.as_deref(), Some("https://n.my.salesforce.com"));
        }
        let rotated = json!({"access_token": "a2", "refresh_token": "r2"});
        assert_eq!(Grant::from_json(&rotated).unwrap().renew(&old, now()).refresh.unwrap().expose(), "r2");
    }

    #[test]
    fn a_successor_is_due_after_four_fifths() {
        let tokens = Grant::from_json(&json!({"access_token": "a", "expires_in": 3600})).unwrap().into_tokens(now());
        assert_eq!(tokens.refresh_due_at(), Some(now() + TimeDelta::seconds(2880)));
    }

    proptest! {
        #[test]
        fn any_json_is_borne(text in "[\\[\\]{}\",:a-z_0-9 .-]{0,80}") {
            if let Ok(value) = serde_json::from_str::<Value>(&text) {
                let _ = Grant::from_json(&value);
            }
            let value = json!({"access_token": text, "expires_in": text, "scope": [text, 1, null]});
            let grant = Grant::from_json(&value);
            prop_assert_eq!(grant.is_some(), !text.trim().is_empty());
        }
    }
}
