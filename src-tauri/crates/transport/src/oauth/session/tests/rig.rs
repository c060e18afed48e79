//! The endpoint, the vault and the clock of the tests.

use std::collections::VecDeque;
use std::sync::Mutex as StdMutex;

use chrono::TimeDelta;
use serde_json::json;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::*;
use crate::secret::RefreshToken;

pub(super) const HOUR: i64 = 3600;

#[derive(Default)]
pub(super) struct Endpoint {
    script: StdMutex<VecDeque<Result<Grant, TokenFault>>>,
    seen: StdMutex<Vec<String>>,
    /// When set, a refresh waits for a permit before it answers.
    pub(super) gate: Option<Notify>,
}

impl Endpoint {
    pub(super) fn scripted(script: impl IntoIterator<Item = Result<Grant, TokenFault>>) -> Self {
        Self { script: StdMutex::new(script.into_iter().collect()), ..Self::default() }
    }

    /// Holds every refresh back until the gate is opened.
    pub(super) fn gated(self) -> Self {
        Self { gate: Some(Notify::new()), ..self }
    }

    pub(super) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

impl Refresher for Endpoint {
    fn refresh(&self, token: RefreshToken) -> BoxFuture<'_, Result<Grant, TokenFault>> {
        self.seen.lock().unwrap().push(token.expose().to_owned());
        let next = self.script.lock().unwrap().pop_front();
        Box::pin(async move {
            if let Some(gate) = &self.gate {
                gate.notified().await;
            }
            next.unwrap_or_else(refused_grant)
        })
    }
}

pub(super) fn refused_grant() -> Result<Grant, TokenFault> {
    Err(TokenFault::Refused { code: "invalid_grant".to_owned() })
}

pub(super) fn lost() -> Result<Grant, TokenFault> {
    Err(TokenFault::Unknown(TransportError::Interrupted))
}

pub(super) fn unsent() -> Result<Grant, TokenFault> {
    Err(TokenFault::NotDone { error: TransportError::Offline, until: None })
}

/// The grant number `n`; Salesforce's shape has no lifetime.
pub(super) fn granted(n: u32, lifetime: Option<i64>) -> Grant {
    let answer = json!({"access_token": format!("access-{n}"), "refresh_token": format!("refresh-{n}"),
        "expires_in": lifetime, "instance_url": "https://n.my.salesforce.com"});
    Grant::from_json(&answer).unwrap()
}

#[derive(Default)]
pub(super) struct Vault {
    pub(super) content: StdMutex<Content>,
}

#[derive(Default, Clone)]
pub(super) struct Content {
    pub(super) tokens: Option<TokenSet>,
    pub(super) unresolved: bool,
    pub(super) ended: Vec<SignedOut>,
    pub(super) full: bool,
    /// The user has signed out.
    pub(super) gone: bool,
    /// What was called, in order.
    pub(super) history: Vec<&'static str>,
}

impl Vault {
    pub(super) fn with(tokens: TokenSet) -> Arc<Self> {
        let content = Content { tokens: Some(tokens), ..Content::default() };
        Arc::new(Self { content: StdMutex::new(content) })
    }

    pub(super) fn now(&self) -> Content {
        self.content.lock().unwrap().clone()
    }

    pub(super) fn refresh_token(&self) -> String {
        self.now().tokens.unwrap().refresh.unwrap().expose().to_owned()
    }
}

impl TokenVault for Vault {
    fn load(&self) -> Result<Option<TokenSet>, VaultError> {
        Ok(self.now().tokens)
    }

    fn refresh_unresolved(&self) -> Result<bool, VaultError> {
        Ok(self.now().unresolved)
    }

    fn refresh_started(&self) -> Result<(), VaultError> {
        let mut content = self.content.lock().unwrap();
        if content.gone {
            content.history.push("gone");
            return Err(VaultError::Ended);
        }
        content.history.push("started");
        content.unresolved = true;
        Ok(())
    }

    fn save(&self, tokens: &TokenSet) -> Result<(), VaultError> {
        let mut content = self.content.lock().unwrap();
        if content.gone {
            content.history.push("gone");
            return Err(VaultError::Ended);
        }
        if content.full {
            content.history.push("full");
            return Err(VaultError::Full);
        }
        content.history.push("saved");
        content.unresolved = false;
        content.tokens = Some(tokens.clone());
        Ok(())
    }

    fn signed_out(&self, reason: SignedOut) -> Result<(), VaultError> {
        let mut content = self.content.lock().unwrap();
        content.unresolved = false;
        content.ended.push(reason);
        Ok(())
    }
}

/// A clock that moves with the timer of the test.
pub(super) fn clock() -> Clock {
    let (zero, start) = (Instant::now(), DateTime::from_timestamp(1_795_000_000, 0).unwrap());
    Clock::from_fn(move || start + TimeDelta::from_std(zero.elapsed()).unwrap())
}

pub(super) fn signed_in(clock: &Clock, lifetime: Option<i64>) -> Arc<Vault> {
    Vault::with(granted(0, lifetime).into_tokens(clock.now()))
}

pub(super) fn session(endpoint: &Arc<Endpoint>, vault: &Arc<Vault>, clock: &Clock) -> OAuthSession {
    let endpoint: Arc<dyn Refresher> = endpoint.clone();
    OAuthSession::with_endpoint(endpoint, vault.clone(), clock.clone(), false)
}

pub(super) fn token(n: u32) -> AccessToken {
    AccessToken::new(format!("access-{n}"))
}

pub(super) async fn access(session: &OAuthSession) -> Result<String, AuthError> {
    session.access().await.map(|token| token.expose().to_owned())
}

pub(super) async fn refreshed(session: &OAuthSession, rejected: u32) -> Result<String, AuthError> {
    session.refreshed(token(rejected)).await.map(|token| token.expose().to_owned())
}

pub(super) async fn pass(seconds: u64) {
    tokio::time::advance(Duration::from_secs(seconds)).await;
}
