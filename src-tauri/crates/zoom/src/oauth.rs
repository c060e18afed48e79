//! Zoom's OAuth facts: addresses, redirect rule, the scopes the app in Zoom's marketplace needs.
//!
//! Zoom knows public clients (PKCE, no secret) with a client id of their own, compares a loopback
//! redirect without its port, and takes the scopes from the marketplace app, so none is sent.
//! Source: Zoom's pages "OAuth" and "PKCE for public clients".

use liaison_transport::{OAuthProvider, RedirectRule, Service};
use url::Url;

/// The granular scopes the marketplace app needs for what Liaison does today.
pub const SCOPES: [&str; 12] = [
    "meeting:delete:meeting",
    "meeting:read:invitation",
    "meeting:read:list_meetings",
    "meeting:read:list_upcoming_meetings",
    "meeting:read:meeting",
    "meeting:update:meeting",
    "meeting:update:status",
    "meeting:write:meeting",
    "user:read:settings",
    "user:read:token",
    "user:read:user",
    "user:read:zak",
];

/// How to sign in to Zoom.
///
/// `base` is `https://zoom.us`, or the sandbox's address where `loopback_allowed`.
pub fn provider(base: &Url, client_id: impl Into<String>, loopback_allowed: bool) -> OAuthProvider {
    let endpoint = |path: &str| {
        let mut url = base.clone();
        url.set_path(path);
        url.set_query(None);
        url.set_fragment(None);
        url
    };
    OAuthProvider {
        service: Service::Zoom,
        client_id: client_id.into(),
        authorize: endpoint("/oauth/authorize"),
        token: endpoint("/oauth/token"),
        revoke: endpoint("/oauth/revoke"),
        redirect: RedirectRule::AnyPort { path: "/callback" },
        scopes: Vec::new(),
        extra: Vec::new(),
        loopback_allowed,
    }
}
