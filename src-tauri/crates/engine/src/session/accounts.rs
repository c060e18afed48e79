//! Signing in, staying signed in, and signing out.

mod connect;
mod token_vault;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use liaison_salesforce::{LoginHost, Salesforce};
use liaison_store::tables::accounts::{self, AccountRecord, AccountState};
use liaison_transport::{ApiClient, ApiConfig, OAuthProvider, OAuthSession, Service};
use liaison_zoom::Zoom;
use tokio::sync::oneshot;
use url::Url;

use crate::context::{Context, ProfileKind, SalesforceAccount, ZoomAccount};
use crate::error::{SignInFailure, SignInReason};
use crate::failure::Error;
use crate::session::settings;
use crate::session::usage;
use crate::session::view::Connection;
use crate::terms::{Environment, Provider};
use token_vault::StoreTokenVault;

/// What Liaison calls itself towards the services.
const USER_AGENT: &str = concat!("Liaison/", env!("CARGO_PKG_VERSION"));

/// A sign-in that waits for the browser.
struct PendingSignIn {
    url: Url,
    cancel: Option<oneshot::Sender<()>>,
}

/// Sign-ins under way.
type SignIns = Mutex<HashMap<Provider, PendingSignIn>>;

impl Context {
    /// Builds the clients of accounts that were signed in when the program ended.
    pub(crate) async fn restore_accounts(self: &Arc<Self>) {
        let records = match self.store.read(accounts::all).await {
            Ok(records) => records,
            Err(error) => {
                tracing::error!(%error, "the accounts could not be read");
                return;
            }
        };
        for record in records {
            let provider = record.provider;
            self.status().update(provider, |health| {
                health.connected = record.state != AccountState::SignedOut;
                health.sign_in_needed = record.state == AccountState::SignInNeeded;
            });
            if record.state == AccountState::Connected
                && let Err(error) = self.install(provider, &record).await
            {
                tracing::error!(error = error.chain(), ?provider, "an account could not be used");
            }
        }
    }

    /// Makes the client of an account and puts it in place.
    pub(crate) async fn install(self: &Arc<Self>, provider: Provider, record: &AccountRecord) -> Result<(), Error> {
        // The client that is replaced takes its count with it.
        usage::keep(self, provider).await;
        let oauth = self.oauth_provider(provider).await?;
        let vault = Arc::new(StoreTokenVault::new(Arc::downgrade(self), provider, record));
        let refused = Error::transport(provider);
        let session = OAuthSession::new(oauth, vault, self.config().clock.clone()).map_err(&refused)?;
        match provider {
            Provider::Zoom => {
                let base =
                    liaison_zoom::validated_api_base(self.zoom_api_hint(record.api_url.as_deref()), self.on_loopback())
                        .map_err(Error::host(provider))?;
                let config = ApiConfig { refresh_on: liaison_zoom::refresh_on, ..self.api_config(Service::Zoom, base) };
                let client = ApiClient::new(config, Arc::new(session.clone())).map_err(&refused)?;
                let account = ZoomAccount {
                    api: Zoom::new(client),
                    session,
                    user_id: record.user_id.clone(),
                    account_id: record.org_id.clone().unwrap_or_default(),
                };
                usage::resume_edits(self, &account).await;
                self.set_zoom(Some(account));
            }
            Provider::Salesforce => {
                let url = record.instance_url.as_deref();
                let url = url.ok_or(Error::SignInFailed { provider, reason: SignInFailure::HostRefused })?;
                let instance =
                    liaison_transport::validate_instance_url(url, self.on_loopback()).map_err(Error::host(provider))?;
                let config = ApiConfig {
                    refresh_on: liaison_salesforce::refresh_on,
                    ..self.api_config(Service::Salesforce, instance.clone())
                };
                let client = ApiClient::new(config, Arc::new(session.clone())).map_err(&refused)?;
                let account = SalesforceAccount {
                    api: Salesforce::new(client),
                    session,
                    user_id: record.user_id.clone(),
                    org_id: record.org_id.clone().unwrap_or_default(),
                    instance,
                };
                usage::resume_calls(self, &account).await;
                self.set_salesforce(Some(account));
            }
        }
        Ok(())
    }

    pub(crate) fn uninstall(&self, provider: Provider) {
        match provider {
            Provider::Zoom => self.set_zoom(None),
            Provider::Salesforce => self.set_salesforce(None),
        }
    }

    pub(crate) fn zoom_api_hint<'a>(&'a self, api_url: Option<&'a str>) -> Option<&'a str> {
        self.endpoints().map_or(api_url, |endpoints| Some(endpoints.zoom_api.as_str()))
    }

    pub(crate) fn api_config(&self, service: Service, base: Url) -> ApiConfig {
        let mut config = ApiConfig::new(service, base, USER_AGENT);
        config.loopback_allowed = self.on_loopback();
        config.clock = self.config().clock.clone();
        config
    }

    /// The OAuth client of a service: the sandbox's, or the organisation's own from Settings.
    pub(crate) async fn oauth_provider(&self, provider: Provider) -> Result<OAuthProvider, Error> {
        let failed = |reason| Error::SignInFailed { provider, reason };
        if let Some(endpoints) = self.endpoints() {
            return match provider {
                Provider::Zoom => {
                    Ok(liaison_zoom::provider(&endpoints.zoom_oauth, endpoints.zoom_client_id.clone(), true))
                }
                Provider::Salesforce => {
                    let host =
                        LoginHost::parse(endpoints.salesforce_login.as_str(), true).map_err(Error::host(provider))?;
                    Ok(liaison_salesforce::provider(&host, endpoints.salesforce_client_id.clone(), true))
                }
            };
        }
        let settings = settings::load(&self.store).await?;
        match provider {
            Provider::Zoom if settings.zoom_client_id.is_empty() => Err(failed(SignInFailure::ClientIdMissing)),
            Provider::Salesforce if settings.salesforce_client_id.is_empty() => {
                Err(failed(SignInFailure::ClientIdMissing))
            }
            Provider::Zoom => {
                let base = Url::parse("https://zoom.us").map_err(Error::host(provider))?;
                Ok(liaison_zoom::provider(&base, settings.zoom_client_id, false))
            }
            Provider::Salesforce => {
                let host = LoginHost::parse(&settings.salesforce_login_host, false).map_err(Error::host(provider))?;
                Ok(liaison_salesforce::provider(&host, settings.salesforce_client_id, false))
            }
        }
    }

    /// What the window shows about a service's account.
    pub(crate) fn connection(&self, provider: Provider, record: Option<&AccountRecord>) -> Connection {
        let connecting = self.state::<SignIns>().lock().unwrap_or_else(PoisonError::into_inner).contains_key(&provider);
        match record {
            _ if connecting => Connection::Connecting,
            None => Connection::NotConnected,
            Some(record) => match record.state {
                AccountState::SignedOut => Connection::NotConnected,
                AccountState::Connected => Connection::Connected,
                AccountState::SignInNeeded => {
                    Connection::SignInNeeded { reason: reason_from(record.signed_out_reason.as_deref()) }
                }
            },
        }
    }

    pub(crate) fn environment_of(&self, host: Option<&Url>) -> Environment {
        match self.kind() {
            ProfileKind::Demo => Environment::Demo,
            ProfileKind::Sandbox => Environment::Sandbox,
            ProfileKind::Real => {
                let host = host.and_then(Url::host_str).unwrap_or_default();
                if host == "test.salesforce.com" || host.contains(".sandbox.") || host.contains(".scratch.") {
                    Environment::Sandbox
                } else {
                    Environment::Production
                }
            }
        }
    }
}

fn reason_name(reason: SignInReason) -> &'static str {
    match reason {
        SignInReason::Expired => "expired",
        SignInReason::Revoked => "revoked",
        SignInReason::UserInactive => "user_inactive",
        SignInReason::AppBlocked => "app_blocked",
    }
}

fn reason_from(name: Option<&str>) -> SignInReason {
    match name {
        Some("revoked") => SignInReason::Revoked,
        Some("user_inactive") => SignInReason::UserInactive,
        Some("app_blocked") => SignInReason::AppBlocked,
        _ => SignInReason::Expired,
    }
}
