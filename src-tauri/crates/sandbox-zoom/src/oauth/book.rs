//! Codes, token sets and consent requests: who may do what until when.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::ClientKind;
use crate::secrets;

/// An authorization code lives five minutes.
const CODE_MINUTES: i64 = 5;
/// A consent page left open longer than this is dead.
const CONSENT_MINUTES: i64 = 30;
/// Zoom's sources disagree (90 days, or years); the shorter one is the harder on clients.
const REFRESH_DAYS: i64 = 90;

/// What an authorize request asked for, kept while the person reads the consent page.
#[derive(Debug, Clone)]
pub(crate) struct Consent {
    pub client: ClientKind,
    pub redirect_uri: String,
    pub state: Option<String>,
    pub challenge: Option<Challenge>,
    pub scopes: Vec<String>,
}

/// The PKCE challenge of an authorize request (RFC 7636).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    Plain(String),
    S256(String),
}

impl Challenge {
    /// Whether the verifier has the right form and belongs to this challenge.
    pub fn is_met_by(&self, verifier: &str) -> bool {
        let well_formed = (43..=128).contains(&verifier.len())
            && verifier.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        well_formed
            && match self {
                Self::Plain(challenge) => verifier == challenge,
                Self::S256(challenge) => URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == *challenge,
            }
    }
}

struct Timed<T> {
    value: T,
    expires_at: DateTime<Utc>,
}

/// Tokens that were issued together and by refreshing.
struct TokenSet {
    scopes: Vec<String>,
    alive: bool,
    /// The only refresh token that works.
    refresh_token: String,
    refresh_expires_at: DateTime<Utc>,
}

struct AccessToken {
    set: String,
    expires_at: DateTime<Utc>,
}

/// What a valid access token allows.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub scopes: std::collections::BTreeSet<String>,
}

/// Why an access token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenFault {
    Unknown,
    Expired,
    Revoked,
}

/// A new pair of tokens.
pub(crate) struct Issued {
    /// Names the token set in the journal.
    pub set: String,
    pub access_token: String,
    pub refresh_token: String,
    pub scopes: Vec<String>,
    /// The earlier set of the same user and app, which this one has killed.
    pub replaced: Option<String>,
}

/// All of it. There is one user and one app, so at most one set is alive.
pub(crate) struct TokenBook {
    app_scopes: Vec<String>,
    consents: HashMap<String, Timed<Consent>>,
    codes: HashMap<String, Timed<Consent>>,
    sets: HashMap<String, TokenSet>,
    access_tokens: HashMap<String, AccessToken>,
    /// Every refresh token ever issued, to the set it belongs to.
    refresh_tokens: HashMap<String, String>,
    /// Tokens of the app itself, which no user has granted, and when they end.
    app_tokens: HashMap<String, DateTime<Utc>>,
}

impl TokenBook {
    pub fn new(app_scopes: Vec<String>) -> Self {
        Self {
            app_scopes,
            consents: HashMap::new(),
            codes: HashMap::new(),
            sets: HashMap::new(),
            access_tokens: HashMap::new(),
            refresh_tokens: HashMap::new(),
            app_tokens: HashMap::new(),
        }
    }

    pub fn app_scopes(&self) -> &[String] {
        &self.app_scopes
    }

    pub fn set_app_scopes(&mut self, scopes: Vec<String>) {
        self.app_scopes = scopes;
    }

    /// Keeps a request until the person has decided; returns the name of it.
    pub fn await_consent(&mut self, consent: Consent, now: DateTime<Utc>) -> String {
        self.consents.retain(|_, kept| now < kept.expires_at);
        let name = secrets::opaque(24);
        let expires_at = now + TimeDelta::minutes(CONSENT_MINUTES);
        self.consents.insert(name.clone(), Timed { value: consent, expires_at });
        name
    }

    /// Takes the request that a decision is about; a second decision finds nothing.
    pub fn take_consent(&mut self, name: &str, now: DateTime<Utc>) -> Option<Consent> {
        let kept = self.consents.remove(name)?;
        (now < kept.expires_at).then_some(kept.value)
    }

    pub fn issue_code(&mut self, consent: Consent, now: DateTime<Utc>) -> String {
        let code = secrets::opaque(32);
        let expires_at = now + TimeDelta::minutes(CODE_MINUTES);
        self.codes.insert(code.clone(), Timed { value: consent, expires_at });
        code
    }

    /// Takes what a code stands for. Whoever shows it first uses it up.
    pub fn take_code(&mut self, code: &str, now: DateTime<Utc>) -> Option<Consent> {
        let kept = self.codes.remove(code)?;
        (now < kept.expires_at).then_some(kept.value)
    }

    /// A new token set. It kills the earlier one: Zoom keeps one per user and app.
    pub fn issue(&mut self, scopes: Vec<String>, now: DateTime<Utc>, lifetime: u64) -> Issued {
        let replaced = self.revoke_all().into_iter().next();
        let set = uuid::Uuid::new_v4().to_string();
        let refresh_token = self.new_refresh_token(&set);
        let kept = TokenSet {
            scopes: scopes.clone(),
            alive: true,
            refresh_token: refresh_token.clone(),
            refresh_expires_at: now + TimeDelta::days(REFRESH_DAYS),
        };
        self.sets.insert(set.clone(), kept);
        let access_token = self.new_access_token(&set, now, lifetime);
        Issued { set, access_token, refresh_token, scopes, replaced }
    }

    /// A token of the app itself; it opens the event stream and nothing else.
    pub fn issue_app_token(&mut self, now: DateTime<Utc>, lifetime: u64) -> String {
        let token = secrets::token_like();
        let lifetime = TimeDelta::seconds(i64::try_from(lifetime).unwrap_or(i64::from(u32::MAX)));
        self.app_tokens.insert(token.clone(), now + lifetime);
        token
    }

    pub fn is_app_token(&self, token: &str, now: DateTime<Utc>) -> bool {
        self.app_tokens.get(token).is_some_and(|expires_at| now < *expires_at)
    }

    /// Rotates: the old refresh token is dead when this returns. Earlier access tokens live on.
    pub fn refresh(&mut self, token: &str, now: DateTime<Utc>, lifetime: u64) -> Option<Issued> {
        let set = self.refresh_tokens.get(token)?.clone();
        let kept = self.sets.get(&set)?;
        let current = kept.alive && kept.refresh_token == token && now < kept.refresh_expires_at;
        if !current {
            return None;
        }
        let scopes = kept.scopes.clone();
        let refresh_token = self.new_refresh_token(&set);
        let kept = self.sets.get_mut(&set)?;
        kept.refresh_token.clone_from(&refresh_token);
        kept.refresh_expires_at = now + TimeDelta::days(REFRESH_DAYS);
        let access_token = self.new_access_token(&set, now, lifetime);
        Some(Issued { set, access_token, refresh_token, scopes, replaced: None })
    }

    pub fn authenticate(&self, token: &str, now: DateTime<Utc>) -> Result<Grant, TokenFault> {
        let access = self.access_tokens.get(token).ok_or(TokenFault::Unknown)?;
        let set = self.sets.get(&access.set).ok_or(TokenFault::Unknown)?;
        if !set.alive {
            return Err(TokenFault::Revoked);
        }
        if now >= access.expires_at {
            return Err(TokenFault::Expired);
        }
        Ok(Grant { scopes: set.scopes.iter().cloned().collect() })
    }

    /// Kills the set of an access or refresh token; returns its name if it was alive.
    pub fn revoke(&mut self, token: &str) -> Option<String> {
        let of_access = self.access_tokens.get(token).map(|access| access.set.clone());
        let set = of_access.or_else(|| self.refresh_tokens.get(token).cloned())?;
        let kept = self.sets.get_mut(&set)?;
        std::mem::replace(&mut kept.alive, false).then_some(set)
    }

    /// Kills every set; returns the names of those that were alive.
    pub fn revoke_all(&mut self) -> Vec<String> {
        let alive = self.sets.iter_mut().filter(|(_, set)| set.alive);
        alive
            .map(|(name, set)| {
                set.alive = false;
                name.clone()
            })
            .collect()
    }

    pub fn expire_access_tokens(&mut self, now: DateTime<Utc>) {
        for access in self.access_tokens.values_mut() {
            access.expires_at = access.expires_at.min(now);
        }
    }

    fn new_refresh_token(&mut self, set: &str) -> String {
        let token = secrets::token_like();
        self.refresh_tokens.insert(token.clone(), set.to_owned());
        token
    }

    fn new_access_token(&mut self, set: &str, now: DateTime<Utc>, lifetime: u64) -> String {
        let token = secrets::token_like();
        let lifetime = TimeDelta::seconds(i64::try_from(lifetime).unwrap_or(i64::from(u32::MAX)));
        let access = AccessToken { set: set.to_owned(), expires_at: now + lifetime };
        self.access_tokens.insert(token.clone(), access);
        token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    #[test]
    fn the_challenge_of_the_standard_is_met_by_its_verifier_only() {
        // The example of RFC 7636, Appendix B.
        let challenge = Challenge::S256("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned());
        assert!(challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"));
        assert!(!Challenge::Plain("short".to_owned()).is_met_by("short"));
    }

    #[test]
    fn rotation_kills_the_old_refresh_token_but_not_the_access_token() {
        let mut book = TokenBook::new(Vec::new());
        let first = book.issue(Vec::new(), now(), 3_599);
        let second = book.refresh(&first.refresh_token, now(), 3_599).unwrap();
        assert!(book.refresh(&first.refresh_token, now(), 3_599).is_none());
        assert!(book.authenticate(&first.access_token, now()).is_ok());
        assert!(book.refresh(&second.refresh_token, now(), 3_599).is_some());
    }

    #[test]
    fn tokens_end_by_time_and_a_second_sign_in_ends_the_first() {
        let mut book = TokenBook::new(Vec::new());
        let first = book.issue(Vec::new(), now(), 60);
        let later = now() + TimeDelta::seconds(60);
        let fault = book.authenticate(&first.access_token, later).map(|_| ());
        assert_eq!(fault, Err(TokenFault::Expired));
        let second = book.issue(Vec::new(), now(), 60);
        assert_eq!(second.replaced, Some(first.set));
        let fault = book.authenticate(&first.access_token, now()).map(|_| ());
        assert_eq!(fault, Err(TokenFault::Revoked));
        assert!(book.refresh(&first.refresh_token, now(), 60).is_none());
        let long_after = now() + TimeDelta::days(REFRESH_DAYS);
        assert!(book.refresh(&second.refresh_token, long_after, 60).is_none());
    }
}
