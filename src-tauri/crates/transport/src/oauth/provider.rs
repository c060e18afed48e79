//! What there is to know about a service's OAuth endpoints.

use url::Url;

use crate::Service;
use crate::address::{AddressError, validate_base};

/// An OAuth client of one service: a public client, so there is no secret.
#[derive(Debug, Clone)]
pub struct OAuthProvider {
    pub service: Service,
    pub client_id: String,
    /// The page that the user's browser opens.
    pub authorize: Url,
    pub token: Url,
    pub revoke: Url,
    pub redirect: RedirectRule,
    /// Asked for when not empty; otherwise the service grants what the app has.
    pub scopes: Vec<String>,
    /// Further parameters of the authorize page, such as `prompt`.
    pub extra: Vec<(String, String)>,
    /// Only for a profile that works with the sandbox: then all three addresses
    /// must be on this computer.
    pub loopback_allowed: bool,
}

/// Which redirect addresses the service accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectRule {
    /// `http://127.0.0.1:{any port}{path}`: the service ignores the port
    /// (RFC 8252 §7.3).
    AnyPort { path: &'static str },
    /// `http://localhost:{port}{path}` with one of these ports, the first that
    /// is free: the service compares the whole address.
    FixedPorts { ports: Vec<u16>, path: &'static str },
}

impl RedirectRule {
    /// The path of the redirect, different for each provider, so that an answer
    /// of one can never be taken for the other's.
    pub fn path(&self) -> &'static str {
        match self {
            Self::AnyPort { path } | Self::FixedPorts { path, .. } => path,
        }
    }
}

impl OAuthProvider {
    /// Checks that every address is one a token or a code may be sent to.
    ///
    /// # Errors
    /// The first address that is not acceptable.
    pub fn validate(&self) -> Result<(), AddressError> {
        [&self.authorize, &self.token, &self.revoke]
            .into_iter()
            .try_for_each(|url| validate_base(url, self.loopback_allowed))
    }
}
