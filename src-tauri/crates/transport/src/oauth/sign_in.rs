//! A sign-in from the first click to the tokens.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::address::{AddressError, validate_instance_url};
use crate::error::TransportError;
use crate::oauth::callback::{Expected, Verdict};
use crate::oauth::listener::Listener;
use crate::oauth::page::{DonePage, Pages};
use crate::oauth::token_endpoint::{TokenEndpoint, TokenFault};
use crate::oauth::{OAuthProvider, TokenSet};
use crate::{Clock, Service};

/// How long the browser may take.
const LIMIT: Duration = Duration::from_mins(5);

/// Why signing in failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SignInError {
    /// The user pressed Deny on the service's page.
    #[error("access was declined")]
    Declined,
    /// The user gave up in Liaison.
    #[error("signing in was cancelled")]
    Cancelled,
    /// The browser brought no answer within five minutes. A wrong client id or
    /// redirect address ends here too: the service then shows a page of its own.
    #[error("signing in took too long")]
    TimedOut,
    /// Every port that the service accepts is taken by another program.
    #[error("the ports {0:?} are in use by another program")]
    PortsBusy(Vec<u16>),
    /// This computer does not let the program listen on loopback.
    #[error("no local address could be opened")]
    CannotListen,
    /// An address of the provider is not acceptable.
    #[error("an address of the service was refused: {0}")]
    Address(#[from] AddressError),
    /// The service refused, with its own code.
    #[error("the service refused the sign-in ({code})")]
    Refused { code: String },
    /// The service named an address for the data that is not its own. No token
    /// was sent there.
    #[error("the service named an address that is not its own")]
    ForeignInstance,
    /// The authorize page wants a person and cannot be followed.
    #[error("the sign-in page needs a person")]
    ConsentNeeded,
    #[error(transparent)]
    Transport(#[from] TransportError),
}

/// A sign-in that waits for the browser. Dropping it closes the local address.
pub struct SignIn {
    provider: OAuthProvider,
    listener: Listener,
    authorize_url: Url,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
    end: Instant,
    page: DonePage,
    clock: Clock,
}

impl SignIn {
    /// Opens the local address and makes the URL for the browser: PKCE S256 and
    /// a `state` of 256 bits, both good for this sign-in only.
    ///
    /// # Errors
    /// [`SignInError::Address`], [`SignInError::PortsBusy`] or
    /// [`SignInError::CannotListen`].
    pub async fn begin(provider: OAuthProvider) -> Result<Self, SignInError> {
        provider.validate()?;
        let listener = Listener::bind(&provider.redirect).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256_len(32);
        let redirect = RedirectUrl::new(listener.redirect_uri.clone()).map_err(|_| AddressError::Malformed)?;
        let client = BasicClient::new(ClientId::new(provider.client_id.clone()))
            .set_auth_uri(AuthUrl::from_url(provider.authorize.clone()))
            .set_redirect_uri(redirect);
        let mut request = client
            .authorize_url(|| CsrfToken::new_random_len(32))
            .set_pkce_challenge(challenge)
            .add_scopes(provider.scopes.iter().cloned().map(Scope::new));
        for (name, value) in &provider.extra {
            request = request.add_extra_param(name, value);
        }
        let (authorize_url, state) = request.url();
        Ok(Self {
            provider,
            listener,
            authorize_url,
            state,
            verifier,
            end: Instant::now() + LIMIT,
            page: DonePage::default(),
            clock: Clock::system(),
        })
    }

    /// Replaces the page that the browser shows at the end.
    #[must_use]
    pub fn with_page(mut self, page: DonePage) -> Self {
        self.page = page;
        self
    }

    /// Replaces the clock that expiry times are counted from.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// What the browser has to open. It may be opened more than once.
    pub fn authorize_url(&self) -> &Url {
        &self.authorize_url
    }

    /// Waits for the browser and trades the code for tokens, which are not
    /// stored anywhere yet. Ends early when `cancel` completes.
    ///
    /// # Errors
    /// See [`SignInError`]; after any of them a new sign-in can begin.
    pub async fn finish(self, cancel: impl Future) -> Result<TokenSet, SignInError> {
        tokio::select! {
            biased;
            _ = cancel => Err(SignInError::Cancelled),
            outcome = self.proceed() => outcome,
        }
    }

    async fn proceed(self) -> Result<TokenSet, SignInError> {
        let Self { provider, mut listener, state, verifier, end, page, clock, .. } = self;
        let endpoint = TokenEndpoint::new(provider.clone(), clock.clone())?;
        let pages = Pages::new(&page, &provider.authorize.origin().ascii_serialization());
        let expected = Expected::new(provider.redirect.path(), listener.authority.clone(), state.into_secret(), pages);
        let expected = Arc::new(expected);
        let verdict = timeout_at(end, listener.verdict(&expected)).await;
        let redirect = listener.redirect_uri.clone();
        if verdict.is_ok() {
            // The browser still has to be shown its page; that must not hold up
            // the code, which lives for a minute.
            tokio::spawn(async move { listener.linger(&expected).await });
        }
        let code = match verdict {
            Ok(Verdict::Code(code)) => code,
            Ok(Verdict::Declined) => return Err(SignInError::Declined),
            Ok(Verdict::Refused { code }) => return Err(SignInError::Refused { code }),
            Err(_) => return Err(SignInError::TimedOut),
        };
        let grant = endpoint.redeem(&code, &redirect, verifier.secret()).await?;
        accepted(&provider, grant.into_tokens(clock.now()))
    }
}

/// Pins the address of the data, after checking that it is the service's own.
fn accepted(provider: &OAuthProvider, mut tokens: TokenSet) -> Result<TokenSet, SignInError> {
    if provider.service == Service::Salesforce || tokens.instance_url.is_some() {
        let named = tokens.instance_url.as_deref().unwrap_or_default();
        let origin =
            validate_instance_url(named, provider.loopback_allowed).map_err(|_| SignInError::ForeignInstance)?.origin();
        tokens.instance_url = Some(origin.ascii_serialization());
    }
    Ok(tokens)
}

impl From<TokenFault> for SignInError {
    fn from(fault: TokenFault) -> Self {
        match fault {
            TokenFault::Refused { code } | TokenFault::Barred { code, .. } => Self::Refused { code },
            TokenFault::NotDone { error, .. } | TokenFault::Unknown(error) => Self::Transport(error),
        }
    }
}

/// Tells the service that these tokens will not be used any more. The tokens are
/// worthless afterwards; failing to do so must not keep a user signed in.
///
/// # Errors
/// [`TransportError`] when the service could not be told.
pub async fn revoke(provider: &OAuthProvider, tokens: &TokenSet) -> Result<(), TransportError> {
    let endpoint = TokenEndpoint::new(provider.clone(), Clock::system())?;
    // Salesforce ends the whole sign-in with the refresh token; Zoom documents
    // the access token only.
    let refresh = tokens.refresh.as_ref().filter(|_| provider.service == Service::Salesforce);
    let token = refresh.map_or(tokens.access.expose(), |refresh| refresh.expose());
    endpoint.revoke(token).await
}

/// The URL holds `state`, so it is not shown.
impl fmt::Debug for SignIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SignIn").field("service", &self.provider.service).finish_non_exhaustive()
    }
}
