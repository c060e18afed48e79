//! The way through the browser, from the button to a working account.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use liaison_salesforce::{Query, Salesforce};
use liaison_store::tables::accounts::{self, AccountRecord, AccountState};
use liaison_store::tables::{mirror, tokens};
use liaison_store::{StoreResult, Transaction};
use liaison_transport::{
    AccessToken, ApiClient, AuthError, Service, SignIn, TokenSet, TokenSource, follow_authorize_url, revoke,
    validate_instance_url,
};
use liaison_zoom::Zoom;
use tokio::sync::oneshot;
use url::Url;

use super::token_vault::{self, StoreTokenVault};
use super::{PendingSignIn, SignIns};
use crate::context::{Context, ProfileKind};
use crate::engine::Engine;
use crate::error::SignInFailure;
use crate::failure::Error;
use crate::session::settings;
use crate::session::status::Health;
use crate::terms::{Environment, Provider, Tag};

/// How long a sign-out waits for a refresh under way.
const LAST_REFRESH: Duration = Duration::from_secs(1);
/// How long it waits for a token that can be revoked in place of one that has expired.
const LAST_RENEWAL: Duration = Duration::from_secs(5);

impl Engine {
    /// Signs in through the browser; answers when that has ended. What was connected before stays
    /// as it was unless it succeeds.
    ///
    /// # Errors
    /// [`Error::SignInFailed`] with the reason, or what the network or the disk said.
    pub async fn connect(&self, provider: Provider) -> Result<(), Error> {
        self.profile_for_accounts().await?.connect(provider).await
    }

    /// Opens the same sign-in page once more.
    ///
    /// # Errors
    /// [`Error::TooLate`] when no sign-in waits.
    pub async fn reopen_sign_in(&self, provider: Provider) -> Result<(), Error> {
        let url = self.profile().await?.pending_url(provider)?;
        self.config().desktop.open(&url).map_err(Error::Desktop)
    }

    /// Copies the address of the sign-in page, for another browser.
    ///
    /// # Errors
    /// [`Error::TooLate`] when no sign-in waits.
    pub async fn copy_sign_in_link(&self, provider: Provider) -> Result<(), Error> {
        let url = self.profile().await?.pending_url(provider)?;
        self.copy(url.as_str(), true)
    }

    /// Ends a sign-in that waits.
    ///
    /// # Errors
    /// No profile is open.
    pub async fn cancel_sign_in(&self, provider: Provider) -> Result<(), Error> {
        self.profile().await?.cancel_sign_in(provider);
        Ok(())
    }

    /// Signs out. `erase` removes the local copy of what this service holds. What only this computer knows stays, with
    /// the names that stand in it: links, notes, unsent rows, settings. Answers the service where it could not be told,
    /// so that the sign-in still stands there.
    ///
    /// # Errors
    /// The disk refuses.
    pub async fn disconnect(&self, provider: Provider, erase: bool) -> Result<Vec<Provider>, Error> {
        let cx = self.profile().await?;
        let told = cx.disconnect(provider, erase).await?;
        Ok(if told { Vec::new() } else { vec![provider] })
    }

    pub(crate) fn copy(&self, text: &str, secret: bool) -> Result<(), Error> {
        self.config().desktop.copy(text, secret).map_err(Error::Desktop)
    }
}

impl Context {
    /// Signs the demo's rep in to both services, without a browser.
    pub(crate) async fn connect_demo(self: &Arc<Self>) -> Result<(), Error> {
        for provider in [Provider::Zoom, Provider::Salesforce] {
            let connected = match provider {
                Provider::Zoom => self.zoom().is_some(),
                Provider::Salesforce => self.salesforce().is_some(),
            };
            if !connected {
                self.connect(provider).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn connect(self: &Arc<Self>, provider: Provider) -> Result<(), Error> {
        let oauth = self.oauth_provider(provider).await?;
        self.cancel_sign_in(provider);
        let sign_in = SignIn::begin(oauth.clone())
            .await
            .map_err(Error::sign_in(provider))?
            .with_page((self.config().done_page)(crate::session::settings::load(&self.store).await?.language))
            .with_clock(self.config().clock.clone());
        let url = sign_in.authorize_url().clone();
        let (cancel, cancelled) = oneshot::channel();
        self.state::<SignIns>()
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(provider, PendingSignIn { url: url.clone(), cancel: Some(cancel) });
        self.changed(&[Tag::Session]);
        self.show_sign_in_page(url.clone());
        let outcome = sign_in.finish(cancelled).await;
        self.forget_sign_in(provider, &url);
        let connected = match outcome {
            Ok(tokens) => self.adopt(provider, &oauth.client_id, tokens).await,
            Err(error) => Err(Error::sign_in(provider)(error)),
        };
        self.changed(&[Tag::Session, Tag::Outbox]);
        connected
    }

    /// In the demo the page approves by itself, so no browser is needed.
    fn show_sign_in_page(&self, url: Url) {
        if self.kind() == ProfileKind::Demo {
            tokio::spawn(async move {
                if let Err(error) = follow_authorize_url(&url).await {
                    tracing::error!(%error, "the demo's sign-in page could not be followed");
                }
            });
        } else if self.config().desktop.open(&url).is_err() {
            // The user can still copy the link; the wait goes on.
            tracing::warn!("no browser could be opened");
        }
    }

    /// Finds out whose tokens these are, then stores account and tokens in one transaction.
    async fn adopt(self: &Arc<Self>, provider: Provider, client_id: &str, tokens: TokenSet) -> Result<(), Error> {
        let mut account = match provider {
            Provider::Zoom => self.zoom_user(&tokens).await?,
            Provider::Salesforce => self.salesforce_user(&tokens).await?,
        };
        account.client_id = client_id.to_owned();
        account.connected_utc_ms = self.now_ms();
        account.scopes = tokens.scopes.join(" ");
        account.api_url.clone_from(&tokens.api_url);
        account.instance_url.clone_from(&tokens.instance_url);
        let sealer = self.store.sealer();
        let token_record = token_vault::record(provider, &tokens);
        let mut stored = account.clone();
        let clearings = Arc::clone(&self.clearings);
        let (connected_utc_ms, erased) = self
            .store
            .write(move |tx| {
                let before = accounts::get(tx, stored.provider)?;
                // A sign-in is known by its moment, and what the one before still has under way must not pass for it.
                let earliest = before.as_ref().map_or(i64::MIN, |before| before.connected_utc_ms + 1);
                stored.connected_utc_ms = stored.connected_utc_ms.max(earliest);
                let somebody_else = before.is_some_and(|before| {
                    (before.user_id, before.org_id) != (stored.user_id.clone(), stored.org_id.clone())
                });
                if somebody_else {
                    erase_copy(tx, stored.provider, &clearings)?;
                }
                accounts::put(tx, &stored)?;
                tokens::put(tx, &sealer, &token_record)?;
                Ok((stored.connected_utc_ms, somebody_else))
            })
            .await?;
        account.connected_utc_ms = connected_utc_ms;
        self.forget_capabilities();
        self.install(provider, &account).await?;
        if erased {
            // The age was that of the copy that is gone: whoever is not read yet would be taken for unknown.
            self.status().update(provider, |health| *health = Health::default());
        }
        self.status().signed_in(provider);
        self.pull_now();
        self.wake_outbox();
        self.changed(&[Tag::Session, Tag::Meetings, Tag::People, Tag::Calls, Tag::Webinars, Tag::Outbox]);
        Ok(())
    }

    async fn zoom_user(&self, tokens: &TokenSet) -> Result<AccountRecord, Error> {
        let provider = Provider::Zoom;
        let base = liaison_zoom::validated_api_base(self.zoom_api_hint(tokens.api_url.as_deref()), self.on_loopback())
            .map_err(Error::host(provider))?;
        let client =
            ApiClient::new(self.api_config(Service::Zoom, base), fixed(tokens)).map_err(Error::transport(provider))?;
        let user = Zoom::new(client).users().me().await.map_err(|error| Error::zoom(error, self.now()))?;
        Ok(AccountRecord {
            name: user.shown_name().or_else(|| user.email.clone()).unwrap_or_default(),
            user_id: user.id,
            org_id: user.account_id,
            email: user.email,
            organisation: user.company,
            ..blank(provider, self.environment_of(None))
        })
    }

    async fn salesforce_user(&self, tokens: &TokenSet) -> Result<AccountRecord, Error> {
        let provider = Provider::Salesforce;
        let refused = || Error::SignInFailed { provider, reason: SignInFailure::HostRefused };
        let instance = tokens.instance_url.as_deref().ok_or_else(refused)?;
        let instance = validate_instance_url(instance, self.on_loopback()).map_err(Error::host(provider))?;
        let environment = self.environment_of(Some(&instance));
        let client = ApiClient::new(self.api_config(Service::Salesforce, instance), fixed(tokens))
            .map_err(Error::transport(provider))?;
        let salesforce = Salesforce::new(client);
        let user = salesforce.user_info().await.map_err(|error| Error::salesforce(error, self.now()))?;
        Ok(AccountRecord {
            user_id: user.user_id.to_string(),
            org_id: Some(user.organization_id.to_string()),
            name: user.name.unwrap_or_default(),
            email: user.email,
            organisation: organisation_name(&salesforce).await,
            ..blank(provider, environment)
        })
    }

    /// Answers whether the service knows of it, or there was nothing for it to know.
    pub(crate) async fn disconnect(self: &Arc<Self>, provider: Provider, erase: bool) -> Result<bool, Error> {
        self.cancel_sign_in(provider);
        let session = match provider {
            Provider::Zoom => self.zoom().map(|account| account.session),
            Provider::Salesforce => self.salesforce().map(|account| account.session),
        };
        if let Some(session) = session {
            // Zoom revokes by the access token, and documents nothing for one that has expired: after a long rest there
            // is a new one first. Where none can be had, the old one is tried.
            if provider == Provider::Zoom {
                let _ = tokio::time::timeout(LAST_RENEWAL, session.access()).await;
            }
            // A refresh under way brings newer tokens, and those are to be revoked.
            let _ = tokio::time::timeout(LAST_REFRESH, session.settle()).await;
        }
        crate::session::usage::keep(self, provider).await;
        self.uninstall(provider);
        let told = self.revoke(provider).await;
        let clearings = Arc::clone(&self.clearings);
        self.store
            .write(move |tx| {
                tokens::remove(tx, provider)?;
                if accounts::get(tx, provider)?.is_some() {
                    accounts::set_state(tx, provider, AccountState::SignedOut, None)?;
                }
                if erase {
                    erase_copy(tx, provider, &clearings)?;
                }
                Ok(())
            })
            .await?;
        if erase {
            self.store.fold_log().await?;
        }
        self.status().update(provider, |health| *health = Health::default());
        // What the other service was telling meanwhile was not written, and is asked for again.
        self.pull_now();
        self.changed(&[Tag::Session, Tag::Meetings, Tag::People, Tag::Calls, Tag::Webinars, Tag::Outbox]);
        Ok(told)
    }

    /// Tells a service that the tokens will not be used any more; they are forgotten here in any case. Answers whether
    /// it heard of it, or there are none.
    async fn revoke(self: &Arc<Self>, provider: Provider) -> bool {
        let tokens = match self.store.read(move |db| accounts::get(db, provider)).await {
            Ok(Some(account)) => {
                let vault = StoreTokenVault::new(Arc::downgrade(self), provider, &account);
                tokio::task::spawn_blocking(move || liaison_transport::TokenVault::load(&vault)).await
            }
            Ok(None) => return true,
            Err(error) => {
                tracing::warn!(%error, ?provider, "the account could not be read");
                return false;
            }
        };
        let (tokens, oauth) = match (tokens, self.oauth_provider(provider).await) {
            (Ok(Ok(None)), _) => return true,
            (Ok(Ok(Some(tokens))), Ok(oauth)) => (tokens, oauth),
            _ => return false,
        };
        let told = revoke(&oauth, &tokens).await;
        if let Err(error) = &told {
            tracing::warn!(%error, ?provider, "the service was not told of the sign-out");
        }
        told.is_ok()
    }

    fn pending_url(&self, provider: Provider) -> Result<Url, Error> {
        let sign_ins = self.state::<SignIns>();
        let sign_ins = sign_ins.lock().unwrap_or_else(PoisonError::into_inner);
        sign_ins.get(&provider).map(|pending| pending.url.clone()).ok_or(Error::TooLate)
    }

    fn cancel_sign_in(&self, provider: Provider) {
        let sign_ins = self.state::<SignIns>();
        let mut sign_ins = sign_ins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cancel) = sign_ins.get_mut(&provider).and_then(|pending| pending.cancel.take()) {
            // Nobody listens any more when it has just ended.
            let _ = cancel.send(());
        }
    }

    pub(crate) fn cancel_all_sign_ins(&self) {
        for provider in [Provider::Zoom, Provider::Salesforce] {
            self.cancel_sign_in(provider);
        }
    }

    /// Unless another attempt has taken its place.
    fn forget_sign_in(&self, provider: Provider, url: &Url) {
        let sign_ins = self.state::<SignIns>();
        let mut sign_ins = sign_ins.lock().unwrap_or_else(PoisonError::into_inner);
        if sign_ins.get(&provider).is_some_and(|pending| pending.url == *url) {
            sign_ins.remove(&provider);
        }
    }
}

/// Removes the copy of a service, and what the window keeps that may name somebody or something of it. Whatever a pull
/// has under way is not written any more, of either service: it may be made of what was read of this one before.
fn erase_copy(tx: &Transaction<'_>, of: Provider, clearings: &AtomicU64) -> StoreResult<()> {
    mirror::erase(tx, of)?;
    settings::forget_drafts(tx, of)?;
    clearings.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

/// The org's own name; a rep who may not read it sees none.
async fn organisation_name(salesforce: &Salesforce) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Row {
        #[serde(rename = "Name")]
        name: Option<String>,
    }
    let soql = Query::from("Organization").select(["Name"]).limit(1).build().ok()?;
    let rows: Vec<Row> = salesforce.query_rows(&soql).await.ok()?;
    let name = rows.into_iter().next()?.name?;
    Some(liaison_domain::text::single_line(&name, 200)).filter(|name| !name.is_empty())
}

fn blank(provider: Provider, environment: Environment) -> AccountRecord {
    AccountRecord {
        provider,
        user_id: String::new(),
        org_id: None,
        name: String::new(),
        email: None,
        organisation: None,
        environment,
        instance_url: None,
        api_url: None,
        scopes: String::new(),
        client_id: String::new(),
        state: AccountState::Connected,
        signed_out_reason: None,
        connected_utc_ms: 0,
    }
}

fn fixed(tokens: &TokenSet) -> Arc<FixedToken> {
    Arc::new(FixedToken(tokens.access.clone()))
}

/// A token that was just given out: for asking whose it is, before it is stored.
struct FixedToken(AccessToken);

impl TokenSource for FixedToken {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }

    fn refreshed(&self, _rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        Box::pin(async { Err(AuthError::SignInExpired) })
    }
}
