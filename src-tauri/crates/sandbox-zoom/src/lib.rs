//! Zoom: one account with one user, who signs in with OAuth and schedules meetings.
//!
//! How a request goes: the router of this file sends `/oauth/…` to [`oauth`] and everything below
//! `/v2` to the gateway, which finds the operation in the table of [`operations`], checks the
//! token, the scope and the limits, and calls the operation's handler. A further part of Zoom is a
//! further module with a table of its own operations. [`Zoom`] has what the account needs to run; what others do to it
//! during a run, and how a test asks for that, is behind the feature `control`.

#![cfg_attr(
    not(feature = "control"),
    expect(dead_code, reason = "what only controls turn stays where it is explained; the linker leaves it out")
)]

mod account;
#[cfg(feature = "control")]
mod administration;
mod answer;
mod call;
#[cfg(feature = "control")]
mod control;
mod events;
mod files;
mod gateway;
mod launch;
pub mod meetings;
pub mod oauth;
pub mod operations;
mod pages;
pub mod past;
pub mod phone;
mod plan;
mod portal;
mod rates;
pub mod registration;
mod rows;
mod scopes;
mod secrets;
mod settings;
mod stream;
mod switches;
mod told;
mod users;
pub mod webinars;

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderValue;
use axum::response::Response;
use axum::routing::{get, post};
use liaison_sandbox_kernel::world::zone::Zone;
use liaison_sandbox_kernel::{IssuedTokens, SandboxUrls, SharedRef, locked};

use account::Account;

pub use oauth::ConfidentialClient;
pub use phone::PlacedCall;
pub use plan::Plan;
#[cfg(feature = "control")]
pub use rows::ZoomRows;

/// Zoom's side of the sandbox.
#[derive(Clone)]
pub struct Zoom {
    account: Arc<Account>,
}

impl std::fmt::Debug for Zoom {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Zoom(…)")
    }
}

impl Zoom {
    /// Builds the account from the people of `shared`, relative to the clock's present.
    pub fn new(shared: SharedRef, urls: SandboxUrls, zone: Zone) -> Self {
        Self { account: Arc::new(Account::new(shared, urls, zone)) }
    }

    /// All routes of Zoom: OAuth, API, and the pages that join and start links lead to.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/oauth/authorize", get(oauth::authorize::show).post(oauth::authorize::decide))
            .route("/oauth/token", post(oauth::token::exchange))
            .route("/oauth/revoke", post(oauth::revoke::revoke))
            .route("/.well-known/oauth-authorization-server", get(oauth::metadata))
            .route("/j/{meeting}", get(launch::join))
            .route("/w/{meeting}", get(launch::join))
            .route("/s/{meeting}", get(launch::start))
            .route("/rec/download/{name}", get(files::of_recording))
            .route("/rec/meeting/transcript/download/{name}", get(files::of_transcript))
            .route("/phone/transcript/{recording}", get(files::of_call))
            .route("/ws", get(stream::open))
            .fallback(gateway::api)
            .layer(axum::middleware::map_response(track))
            .with_state(self.account.clone())
    }

    /// Signs the user in without a browser. As with any sign-in, an earlier token set dies.
    pub fn issue_tokens(&self) -> IssuedTokens {
        oauth::issue_without_browser(&self.account)
    }

    /// Id of the public client, which needs no secret.
    pub fn client_id(&self) -> &str {
        &self.account.clients.public_id
    }

    /// The registered redirect URI; any port may be added to its host.
    pub fn redirect_uri(&self) -> &str {
        oauth::REDIRECT_URI
    }

    /// The same app's ordinary client, which works with its secret only.
    pub fn confidential_client(&self) -> &ConfidentialClient {
        &self.account.clients.confidential
    }

    /// Makes every access token that was issued so far an expired one.
    pub fn expire_access_tokens(&self) {
        locked(&self.account.oauth).expire_access_tokens(self.account.now());
    }

    /// Revokes every token set, as when the user uninstalls the app.
    pub fn revoke_all(&self) {
        oauth::revoke_all(&self.account);
    }

    /// The subscription that the event stream is opened with.
    pub fn subscription(&self) -> &str {
        stream::SUBSCRIPTION
    }
}

/// Every answer of Zoom carries an id that its support asks for.
async fn track(mut response: Response) -> Response {
    let id = format!("v=2.0;clid=us02;rid=WEB_{}", uuid::Uuid::new_v4().simple());
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-zm-trackingid", id);
    }
    response
}
