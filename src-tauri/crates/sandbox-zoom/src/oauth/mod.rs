//! Zoom's OAuth: consent page, token endpoint, rotation, revocation, one token set per user and app.
//!
//! The sandbox has one Marketplace app with two client ids: a *public* one (PKCE, no secret) and an
//! ordinary one that works with its secret in a Basic header only. Sources: Zoom's pages on OAuth
//! and on PKCE for public clients.

pub(crate) mod authorize;
pub(crate) mod book;
mod page;
pub(crate) mod revoke;
pub(crate) mod token;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_sandbox_kernel::{IssuedTokens, locked};
use rand::RngCore;
use serde_json::{Value, json};
use url::{Host, Url};

use super::account::Account;
use super::secrets;
pub(crate) use book::{Grant, Issued, TokenBook, TokenFault};
pub(crate) use page::page_of;

/// The registered redirect URI. Zoom ignores the port of a loopback address and nothing else.
pub const REDIRECT_URI: &str = "http://127.0.0.1/callback";

/// The ordinary client of the app; its secret is made anew in every run.
#[derive(Clone)]
pub struct ConfidentialClient {
    pub id: String,
    pub secret: String,
}

impl std::fmt::Debug for ConfidentialClient {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ConfidentialClient({})", self.id)
    }
}

/// The two client ids of the one app.
#[derive(Debug, Clone)]
pub(crate) struct Clients {
    pub public_id: String,
    pub confidential: ConfidentialClient,
}

/// How a client proves who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClientKind {
    Public,
    Confidential,
}

impl Clients {
    /// Ids come from the seed, so that a client's settings stay right from run to run.
    pub fn new(rng: &mut impl RngCore) -> Self {
        let confidential = ConfidentialClient { id: secrets::short_id(rng), secret: secrets::opaque(24) };
        Self { public_id: secrets::short_id(rng), confidential }
    }

    pub fn kind_of(&self, id: &str) -> Option<ClientKind> {
        if id == self.public_id {
            Some(ClientKind::Public)
        } else if id == self.confidential.id {
            Some(ClientKind::Confidential)
        } else {
            None
        }
    }
}

/// Whether a redirect URI is the registered one, whatever its port.
pub(crate) fn is_registered(redirect_uri: &str) -> bool {
    let Ok(url) = Url::parse(redirect_uri) else {
        return false;
    };
    // The parser turns 127.1 and its like into 127.0.0.1, so the text itself is looked at as well.
    url.scheme() == "http"
        && url.host() == Some(Host::Ipv4(std::net::Ipv4Addr::LOCALHOST))
        && redirect_uri.starts_with("http://127.0.0.1")
        && url.path() == "/callback"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

/// A form body as pairs. A parameter given twice is refused (RFC 6749 §3.2).
pub(crate) fn form_of(body: &Bytes) -> Option<Vec<(String, String)>> {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(body).into_owned().collect();
    let twice =
        pairs.iter().enumerate().any(|(index, pair)| pairs.iter().take(index).any(|earlier| earlier.0 == pair.0));
    (!twice).then_some(pairs)
}

/// The value of one parameter, if it is there and not empty.
pub(crate) fn value_of<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let pair = pairs.iter().find(|(key, value)| key == name && !value.is_empty());
    pair.map(|(_, value)| value.as_str())
}

/// An OAuth answer in JSON.
pub(crate) fn json_answer(status: StatusCode, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json;charset=UTF-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

/// An error of the token endpoint: Zoom puts its text into `reason`.
pub(crate) fn oauth_error(reason: &str, error: &str) -> Response {
    json_answer(StatusCode::BAD_REQUEST, &json!({ "reason": reason, "error": error }))
}

/// The metadata of RFC 8414. Like Zoom's it does not list `none`, although public clients exist.
pub(crate) async fn metadata(State(account): State<Arc<Account>>) -> Response {
    let base = &account.urls.zoom;
    let body = json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/oauth/authorize"),
        "token_endpoint": format!("{base}/oauth/token"),
        "revocation_endpoint": format!("{base}/oauth/revoke"),
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256", "plain"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    });
    json_answer(StatusCode::OK, &body)
}

/// Makes a token set and writes what happened into the journal.
pub(crate) fn issue(account: &Account, scopes: Vec<String>) -> Issued {
    let lifetime = account.shared.config.zoom_token_seconds;
    let issued = locked(&account.oauth).issue(scopes, account.now(), lifetime);
    if let Some(earlier) = &issued.replaced {
        let detail = json!({ "reason": "signed_in_again" });
        account.record("token.set_revoked", earlier.clone(), detail);
    }
    account.record("token.issued", issued.set.clone(), json!({ "scopes": issued.scopes.len() }));
    issued
}

pub(crate) fn issue_without_browser(account: &Account) -> IssuedTokens {
    let scopes = locked(&account.oauth).app_scopes().to_vec();
    let issued = issue(account, scopes);
    IssuedTokens { access_token: issued.access_token, refresh_token: issued.refresh_token }
}

pub(crate) fn revoke_all(account: &Account) {
    let revoked = locked(&account.oauth).revoke_all();
    for set in revoked {
        account.record("token.set_revoked", set, json!({ "reason": "revoked" }));
    }
}

/// The body of a successful token answer.
pub(crate) fn token_answer(account: &Account, issued: &Issued) -> Response {
    let body = json!({
        "access_token": issued.access_token,
        "token_type": "bearer",
        "refresh_token": issued.refresh_token,
        "expires_in": account.shared.config.zoom_token_seconds,
        "scope": issued.scopes.join(" "),
        "api_url": account.urls.zoom,
    });
    json_answer(StatusCode::OK, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_port_of_the_redirect_uri_is_free() {
        for good in ["http://127.0.0.1/callback", "http://127.0.0.1:49152/callback"] {
            assert!(is_registered(good), "{good}");
        }
        for bad in [
            "http://localhost:49152/callback",
            "http://[::1]:49152/callback",
            "https://127.0.0.1:49152/callback",
            "http://127.1:49152/callback",
            "http://127.0.0.1:49152/callback/",
            "http://127.0.0.1:49152/Callback",
            "http://127.0.0.1:49152/callback?x=1",
            "http://127.0.0.1:49152/callback#x",
            "http://127.0.0.1:80@evil.example/callback",
            "http://user@127.0.0.1/callback",
            "http://127.0.0.1.evil.example/callback",
            "callback",
        ] {
            assert!(!is_registered(bad), "{bad}");
        }
    }

    #[test]
    fn a_form_with_a_parameter_twice_is_refused() {
        assert!(form_of(&Bytes::from_static(b"a=1&b=2")).is_some());
        assert!(form_of(&Bytes::from_static(b"a=1&a=1")).is_none());
    }
}
