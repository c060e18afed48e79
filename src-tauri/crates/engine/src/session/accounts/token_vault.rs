//! Tokens in the database: sealed, and stored in one transaction before anything uses them.

use std::sync::Weak;

use chrono::DateTime;
use liaison_store::tables::accounts::{self, AccountRecord, AccountState};
use liaison_store::tables::tokens::{self, RefreshState, TokenRecord};
use liaison_store::{Connection, Store, StoreError, StoreResult, Transaction};
use liaison_transport::{AccessToken, RefreshToken, SignedOut, TokenSet, TokenVault, VaultError};
use secrecy::{ExposeSecret, SecretString};

use super::reason_name;
use crate::context::Context;
use crate::error::SignInReason;
use crate::failure::Error;
use crate::terms::{Provider, Tag};

/// One account's tokens in a profile's database.
pub(super) struct StoreTokenVault {
    /// Weak: the profile owns the client that owns this.
    cx: Weak<Context>,
    provider: Provider,
    /// When the user signed in: after a sign-out and after the next sign-in these tokens are nobody's.
    connected_utc_ms: i64,
}

impl StoreTokenVault {
    pub fn new(cx: Weak<Context>, provider: Provider, account: &AccountRecord) -> Self {
        Self { cx, provider, connected_utc_ms: account.connected_utc_ms }
    }

    /// The account, while it is the one that signed in then.
    fn account(&self, db: &Connection) -> StoreResult<Option<AccountRecord>> {
        let account = accounts::get(db, self.provider)?;
        Ok(account.filter(|account| {
            account.state != AccountState::SignedOut && account.connected_utc_ms == self.connected_utc_ms
        }))
    }

    /// Changes the tokens in one transaction with the look whose they are.
    fn change(&self, change: impl FnOnce(&Transaction<'_>) -> StoreResult<()>) -> Result<(), VaultError> {
        let written = self.store()?.write_now(|tx| match self.account(tx)? {
            Some(_) => change(tx).map(Some),
            None => Ok(None),
        });
        written.map_err(|error| failed(&error))?.ok_or(VaultError::Ended)
    }

    fn store(&self) -> Result<Store, VaultError> {
        self.cx.upgrade().map(|cx| cx.store.clone()).ok_or(VaultError::Failed)
    }

    fn now_ms(&self) -> i64 {
        self.cx.upgrade().map_or(0, |cx| cx.now_ms())
    }
}

impl TokenVault for StoreTokenVault {
    fn load(&self) -> Result<Option<TokenSet>, VaultError> {
        let store = self.store()?;
        let sealer = store.sealer();
        let found = store
            .read_now(|db| Ok(tokens::get(db, &sealer, self.provider)?.zip(self.account(db)?)))
            .map_err(|error| failed(&error))?;
        Ok(found.map(|(tokens, account)| TokenSet {
            access: AccessToken::new(tokens.access.expose_secret().to_owned()),
            refresh: tokens.refresh.map(|token| RefreshToken::new(token.expose_secret().to_owned())),
            obtained_at: DateTime::from_timestamp_millis(tokens.updated_utc_ms).unwrap_or_default(),
            expires_at: tokens.expires_utc_ms.and_then(DateTime::from_timestamp_millis),
            scopes: account.scopes.split(' ').map(str::to_owned).collect(),
            instance_url: account.instance_url,
            api_url: account.api_url,
            identity_url: None,
        }))
    }

    fn refresh_unresolved(&self) -> Result<bool, VaultError> {
        let store = self.store()?;
        let sealer = store.sealer();
        let record = store.read_now(|db| tokens::get(db, &sealer, self.provider)).map_err(|error| failed(&error))?;
        Ok(record.is_some_and(|record| record.refresh_state != RefreshState::Settled))
    }

    fn refresh_started(&self) -> Result<(), VaultError> {
        let now_ms = self.now_ms();
        self.change(|tx| tokens::begin_refresh(tx, self.provider, now_ms).map(drop))
    }

    fn save(&self, tokens: &TokenSet) -> Result<(), VaultError> {
        let (sealer, record) = (self.store()?.sealer(), record(self.provider, tokens));
        self.change(|tx| tokens::put(tx, &sealer, &record))
    }

    fn signed_out(&self, reason: SignedOut) -> Result<(), VaultError> {
        let reason = match reason {
            // Zoom keeps one set of tokens a user and app, so this is what a second computer looks like.
            SignedOut::Expired if self.provider == Provider::Zoom => SignInReason::Revoked,
            SignedOut::Expired => SignInReason::Expired,
            SignedOut::ForeignInstance => SignInReason::Revoked,
        };
        self.change(|tx| {
            tokens::remove(tx, self.provider)?;
            accounts::set_state(tx, self.provider, AccountState::SignInNeeded, Some(reason_name(reason)))
        })?;
        if let Some(cx) = self.cx.upgrade() {
            tracing::warn!(provider = ?self.provider, ?reason, "signed out by the service");
            cx.uninstall(self.provider);
            cx.status().failed(self.provider, Error::SignInNeeded { provider: self.provider, reason });
            cx.changed(&[Tag::Session, Tag::Outbox]);
        }
        Ok(())
    }
}

/// How a token set is stored.
pub(super) fn record(provider: Provider, tokens: &TokenSet) -> TokenRecord {
    TokenRecord {
        provider,
        access: SecretString::from(tokens.access.expose()),
        refresh: tokens.refresh.as_ref().map(|token| SecretString::from(token.expose())),
        expires_utc_ms: tokens.expires_at.map(|at| at.timestamp_millis()),
        refresh_state: RefreshState::Settled,
        refresh_started_utc_ms: None,
        updated_utc_ms: tokens.obtained_at.timestamp_millis(),
    }
}

fn failed(error: &StoreError) -> VaultError {
    tracing::error!(%error, "the sign-in could not be kept");
    match error {
        StoreError::Full => VaultError::Full,
        StoreError::Closed => VaultError::Locked,
        _ => VaultError::Failed,
    }
}
