//! Salesforce's OAuth facts: addresses, redirect rule, scopes.
//!
//! The redirect is compared byte by byte, port included, so a short list of fixed ports is
//! registered with the app and the first free one is used. Source: Salesforce Help, "OAuth 2.0 web
//! server flow" and "External Client Apps".

use liaison_transport::{OAuthProvider, RedirectRule, Service};

use crate::LoginHost;

/// Ports to register, tried in this order.
pub const REDIRECT_PORTS: [u16; 3] = [17_171, 17_172, 17_173];

/// Path of the redirect.
pub const REDIRECT_PATH: &str = "/salesforce/callback";

/// Scopes to ask for: data (which covers who the user is) and staying signed in. No more, because
/// one scope that the app lacks makes Salesforce refuse the whole sign-in.
pub const SCOPES: [&str; 2] = ["api", "refresh_token"];

/// The redirect addresses to register with the External Client App, one a line.
#[must_use]
pub fn redirect_uris() -> Vec<String> {
    REDIRECT_PORTS.iter().map(|port| format!("http://localhost:{port}{REDIRECT_PATH}")).collect()
}

/// How to sign in to Salesforce at `login_host`.
pub fn provider(login_host: &LoginHost, client_id: impl Into<String>, loopback_allowed: bool) -> OAuthProvider {
    let endpoint = |path: &str| {
        let mut url = login_host.url().clone();
        url.set_path(path);
        url
    };
    OAuthProvider {
        service: Service::Salesforce,
        client_id: client_id.into(),
        authorize: endpoint("/services/oauth2/authorize"),
        token: endpoint("/services/oauth2/token"),
        revoke: endpoint("/services/oauth2/revoke"),
        redirect: RedirectRule::FixedPorts { ports: REDIRECT_PORTS.to_vec(), path: REDIRECT_PATH },
        scopes: SCOPES.map(str::to_owned).to_vec(),
        // A browser that is signed in to another org must not decide silently which org it is.
        extra: vec![("prompt".to_owned(), "login".to_owned())],
        loopback_allowed,
    }
}
