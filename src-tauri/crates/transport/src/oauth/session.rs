//! Keeping an access token fresh without ever losing a rotated refresh token.
//!
//! Both services replace the refresh token at every use, and Salesforce ends the
//! whole sign-in when an old one comes back. Hence: one refresh at a time, in a
//! task of its own that no caller can cancel; "about to refresh" is stored
//! before the request leaves and its answer before anyone may use it; a request
//! whose fate is unknown is not repeated while the access token still works.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared};
use rand::Rng as _;
use tokio::sync::{Mutex, MutexGuard, oneshot};

use crate::Clock;
use crate::address::validate_instance_url;
use crate::error::{AuthError, TransportError};
use crate::http::TokenSource;
use crate::oauth::grant::Grant;
use crate::oauth::token_endpoint::{Bar, Refresher, TokenEndpoint, TokenFault};
use crate::oauth::{OAuthProvider, SignedOut, TokenSet, TokenVault, VaultError};
use crate::secret::AccessToken;

/// A signed-in account. Cheap to clone; clones are the same account, and there
/// must be no other session for it.
#[derive(Clone)]
pub struct OAuthSession(Arc<Inner>);

struct Inner {
    endpoint: Arc<dyn Refresher>,
    vault: Arc<dyn TokenVault>,
    clock: Clock,
    loopback_allowed: bool,
    state: Mutex<State>,
}

type Flight = Shared<BoxFuture<'static, Result<AccessToken, AuthError>>>;

#[derive(Default)]
struct State {
    loaded: bool,
    tokens: Option<TokenSet>,
    /// Granted but not stored yet: nobody may use it before it is.
    unsaved: Option<TokenSet>,
    /// The service turned the access token down.
    rejected: bool,
    /// A refresh left, and nobody knows whether it arrived.
    unresolved: bool,
    /// The sign-in is over; nothing is tried any more.
    ended: Option<AuthError>,
    flight: Option<Flight>,
    failures: u32,
    /// No refresh for a while; callers get the last failure meanwhile.
    rest: Option<Rest>,
}

struct Rest {
    /// A clock that was set back to before it has nothing to say about its end.
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    error: AuthError,
}

impl OAuthSession {
    /// A session that reads the vault when it is first asked.
    ///
    /// # Errors
    /// [`TransportError::Refused`] when an address of the provider is not
    /// acceptable.
    pub fn new(provider: OAuthProvider, vault: Arc<dyn TokenVault>, clock: Clock) -> Result<Self, TransportError> {
        let loopback_allowed = provider.loopback_allowed;
        let endpoint = Arc::new(TokenEndpoint::new(provider, clock.clone())?);
        Ok(Self::with_endpoint(endpoint, vault, clock, loopback_allowed))
    }

    fn with_endpoint(
        endpoint: Arc<dyn Refresher>,
        vault: Arc<dyn TokenVault>,
        clock: Clock,
        loopback_allowed: bool,
    ) -> Self {
        let state = Mutex::new(State::default());
        Self(Arc::new(Inner { endpoint, vault, clock, loopback_allowed, state }))
    }

    /// Forgets everything and reads the vault again: after a new sign-in has
    /// been stored there, and to try again after a sign-in has ended.
    pub async fn reload(&self) {
        self.settle().await;
        *self.0.state.lock().await = State::default();
    }

    /// Waits until no refresh is under way, so that the program can end without
    /// cutting one.
    pub async fn settle(&self) {
        let flight = self.0.state.lock().await.flight.clone();
        if let Some(flight) = flight {
            // Its outcome is stored; whoever needs it asks again.
            let _ = flight.await;
        }
    }
}

impl TokenSource for OAuthSession {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        Box::pin(async move {
            let flight = {
                let mut state = self.0.ready().await?;
                match state.usable(self.0.clock.now()) {
                    Some((access, due)) => {
                        // A token that is due still works: its successor is
                        // fetched while this one is used.
                        if due {
                            let _ = self.0.join(&mut state);
                        }
                        return Ok(access);
                    }
                    None => self.0.join(&mut state)?,
                }
            };
            flight.await
        })
    }

    fn refreshed(&self, rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        Box::pin(async move {
            let flight = {
                let mut state = self.0.ready().await?;
                let current = state.tokens.as_ref().map(|tokens| tokens.access.clone());
                if let Some(current) = current.filter(|current| !current.same_as(&rejected)) {
                    return Ok(current);
                }
                state.rejected = true;
                self.0.join(&mut state)?
            };
            flight.await
        })
    }
}

impl State {
    /// The access token while it is believed to work, and whether a successor
    /// should be fetched.
    fn usable(&self, now: DateTime<Utc>) -> Option<(AccessToken, bool)> {
        let tokens = self.tokens.as_ref().filter(|_| !self.rejected && self.unsaved.is_none())?;
        if tokens.expires_at.is_some_and(|time| time <= now) {
            return None;
        }
        let due = tokens.refresh_due_at().is_some_and(|time| time <= now);
        // After a lost refresh the old token is left alone as long as possible.
        Some((tokens.access.clone(), due && !self.unresolved && tokens.refresh.is_some()))
    }

    /// No further refresh for a while: until the time that the service named, or
    /// jitter under 30 s that double up to 15 min.
    fn rest_after(&mut self, error: &AuthError, now: DateTime<Utc>, until: Option<DateTime<Utc>>) {
        self.failures = self.failures.saturating_add(1);
        let longest = (30_000 * 2_i64.pow((self.failures - 1).min(5))).min(900_000);
        let pause = TimeDelta::milliseconds(rand::rng().random_range(longest / 2..=longest));
        self.rest = Some(Rest { since: now, until: until.unwrap_or(now + pause), error: error.clone() });
    }
}

impl Inner {
    /// The state, read from the vault if it was not yet.
    async fn ready(&self) -> Result<MutexGuard<'_, State>, AuthError> {
        let mut state = self.state.lock().await;
        if !state.loaded {
            let (tokens, unresolved) =
                self.vault_does(|vault| Ok((vault.load()?, vault.refresh_unresolved()?))).await?;
            state.tokens = tokens;
            state.unresolved = unresolved;
            state.loaded = true;
        }
        match &state.ended {
            Some(error) => Err(error.clone()),
            None if state.tokens.is_none() => {
                state.loaded = false;
                Err(AuthError::NotSignedIn)
            }
            None => Ok(state),
        }
    }

    /// The refresh under way, or a new one.
    fn join(self: &Arc<Self>, state: &mut State) -> Result<Flight, AuthError> {
        // A flight that has landed without being cleared belongs to a task that
        // panicked.
        if let Some(flight) = state.flight.as_ref().filter(|flight| flight.peek().is_none()) {
            return Ok(flight.clone());
        }
        let now = self.clock.now();
        if let Some(rest) = state.rest.as_ref().filter(|rest| rest.since <= now && now < rest.until) {
            tracing::debug!(until = %rest.until, "refresh is resting");
            return Err(rest.error.clone());
        }
        let (sender, receiver) = oneshot::channel();
        let flight =
            receiver.map(|landed| landed.unwrap_or(Err(AuthError::Vault(VaultError::Failed)))).boxed().shared();
        state.flight = Some(flight.clone());
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            let outcome = inner.fly().await;
            // Nobody may be waiting any more; the state has the outcome.
            let _ = sender.send(outcome);
        });
        Ok(flight)
    }

    /// One refresh from beginning to end.
    async fn fly(&self) -> Result<AccessToken, AuthError> {
        let (tokens, unsaved, unresolved) = {
            let state = self.state.lock().await;
            (state.tokens.clone(), state.unsaved.clone(), state.unresolved)
        };
        let outcome = match (unsaved, tokens) {
            (Some(unsaved), _) => self.keep(unsaved).await,
            (None, Some(tokens)) => self.renew(tokens, unresolved).await,
            (None, None) => Err(AuthError::NotSignedIn),
        };
        self.state.lock().await.flight = None;
        outcome
    }

    async fn renew(&self, tokens: TokenSet, unresolved: bool) -> Result<AccessToken, AuthError> {
        let Some(refresh) = tokens.refresh.clone() else {
            return self.end(SignedOut::Expired, AuthError::SignInExpired).await;
        };
        if let Err(error) = self.vault_does(TokenVault::refresh_started).await {
            return Err(self.unless_ended(error).await);
        }
        match self.endpoint.refresh(refresh).await {
            Ok(grant) if self.is_foreign(&tokens, &grant) => {
                self.end(SignedOut::ForeignInstance, AuthError::ForeignInstance).await
            }
            Ok(grant) => self.keep(grant.renew(&tokens, self.clock.now())).await,
            Err(TokenFault::NotDone { error, until }) => self.not_done(tokens, unresolved, error, until).await,
            Err(TokenFault::Unknown(error)) => {
                let error = AuthError::Unreachable(Box::new(error));
                let mut state = self.state.lock().await;
                state.unresolved = true;
                state.rest_after(&error, self.clock.now(), None);
                Err(error)
            }
            Err(TokenFault::Refused { code }) => self.refused(&tokens, &code).await,
            Err(TokenFault::Barred { by, code }) => self.barred(tokens, unresolved, by, code).await,
        }
    }

    /// Stores a new token set, and only then lets it be used.
    async fn keep(&self, tokens: TokenSet) -> Result<AccessToken, AuthError> {
        let stored = tokens.clone();
        if let Err(error) = self.vault_does(move |vault| vault.save(&stored)).await {
            let error = self.unless_ended(error).await;
            if !matches!(error, AuthError::NotSignedIn) {
                tracing::warn!(%error, "a renewed sign-in could not be stored yet");
                self.state.lock().await.unsaved = Some(tokens);
            }
            return Err(error);
        }
        let mut state = self.state.lock().await;
        let access = tokens.access.clone();
        *state = State { loaded: true, tokens: Some(tokens), flight: state.flight.take(), ..State::default() };
        Ok(access)
    }

    /// The user has signed out, or in anew, while this was under way: that is no trouble with the disk, and nothing of it
    /// is kept.
    async fn unless_ended(&self, error: AuthError) -> AuthError {
        if !matches!(error, AuthError::Vault(VaultError::Ended)) {
            return error;
        }
        tracing::info!("a sign-in had ended here before it was renewed; nothing is kept");
        self.state.lock().await.ended = Some(AuthError::NotSignedIn);
        AuthError::NotSignedIn
    }

    /// The request had no effect: the tokens are as good as before.
    async fn not_done(
        &self,
        tokens: TokenSet,
        unresolved: bool,
        error: TransportError,
        until: Option<DateTime<Utc>>,
    ) -> Result<AccessToken, AuthError> {
        self.take_back(tokens, unresolved).await;
        let unreachable = matches!(error, TransportError::Offline | TransportError::ProxyRefused);
        let error = AuthError::Unreachable(Box::new(error));
        if !unreachable {
            self.state.lock().await.rest_after(&error, self.clock.now(), until);
        }
        Err(error)
    }

    /// A refresh that changed nothing is no refresh: storing the same tokens again says so. An earlier one whose
    /// fate is unknown stays unknown.
    async fn take_back(&self, tokens: TokenSet, unresolved: bool) {
        if !unresolved && let Err(error) = self.vault_does(move |vault| vault.save(&tokens)).await {
            tracing::warn!(%error, "a refresh without effect could not be taken back");
        }
    }

    /// The token is good and gets no successor: somebody has to act, and it is tried again seldom.
    async fn barred(
        &self,
        tokens: TokenSet,
        unresolved: bool,
        by: Bar,
        code: String,
    ) -> Result<AccessToken, AuthError> {
        self.take_back(tokens, unresolved).await;
        tracing::warn!(?by, code, "a sign-in can't be renewed");
        let error = match by {
            Bar::Network => AuthError::NetworkRefused { code },
            Bar::Account => AuthError::AccountDisabled { code },
            Bar::App => AuthError::AppRefused { code },
        };
        self.state.lock().await.rest_after(&error, self.clock.now(), None);
        Err(error)
    }

    /// The token is worthless. That is final, unless someone has signed in anew in
    /// the meantime.
    async fn refused(&self, tokens: &TokenSet, code: &str) -> Result<AccessToken, AuthError> {
        tracing::warn!(code, "a sign-in has ended");
        if let Ok(Some(stored)) = self.vault_does(TokenVault::load).await
            && !same_refresh(&stored, tokens)
        {
            return self.keep(stored).await;
        }
        self.end(SignedOut::Expired, AuthError::SignInExpired).await
    }

    async fn end(&self, reason: SignedOut, error: AuthError) -> Result<AccessToken, AuthError> {
        if let Err(error) = self.vault_does(move |vault| vault.signed_out(reason)).await {
            tracing::warn!(%error, "the end of a sign-in could not be stored");
        }
        self.state.lock().await.ended = Some(error.clone());
        Err(error)
    }

    /// Whether the answer names another address for the data than the sign-in.
    fn is_foreign(&self, tokens: &TokenSet, grant: &Grant) -> bool {
        let Some(named) = &grant.instance_url else { return false };
        let Ok(named) = validate_instance_url(named, self.loopback_allowed) else { return true };
        let pinned = tokens.instance_url.as_ref().and_then(|pinned| url::Url::parse(pinned).ok());
        pinned.is_some_and(|pinned| pinned.origin() != named.origin())
    }

    async fn vault_does<T: Send + 'static>(
        &self,
        work: impl FnOnce(&(dyn TokenVault + 'static)) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, AuthError> {
        let vault = Arc::clone(&self.vault);
        let done = tokio::task::spawn_blocking(move || work(&*vault)).await;
        done.unwrap_or(Err(VaultError::Failed)).map_err(AuthError::Vault)
    }
}

fn same_refresh(one: &TokenSet, other: &TokenSet) -> bool {
    match (&one.refresh, &other.refresh) {
        (Some(one), Some(other)) => one.same_as(other),
        (None, None) => true,
        _ => false,
    }
}

impl fmt::Debug for OAuthSession {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OAuthSession")
    }
}

#[cfg(test)]
mod tests;
