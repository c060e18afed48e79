//! Zoom: one account with one user, who signs in with OAuth and schedules meetings.
//!
//! How a request goes: the router of this file sends `/oauth/…` to [`oauth`] and everything below
//! `/v2` to the gateway, which finds the operation in the table of [`operations`], checks the
//! token, the scope and the limits, and calls the operation's handler. A further part of Zoom is a
//! further module with a table of its own operations.

mod account;
mod answer;
mod call;
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
use serde_json::{Value, json};

use account::Account;
use operations::RateLabel;

pub use oauth::ConfidentialClient;
pub use phone::PlacedCall;
pub use plan::Plan;
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

    /// Sets the scopes of the app (separated by spaces). Token sets issued before keep theirs.
    pub fn set_app_scopes(&self, scopes: &str) {
        let scopes = scopes.split_whitespace().map(str::to_owned).collect();
        locked(&self.account.oauth).set_app_scopes(scopes);
    }

    /// Switches the limits per second (or minute) on or off; they are off at first.
    pub fn enforce_rate_limits(&self, enforce: bool) {
        self.account.switches.period_limits.turn(enforce);
    }

    /// Switches the limits per day on or off; they are on at first.
    pub fn enforce_daily_limit(&self, enforce: bool) {
        self.account.switches.daily_limit.turn(enforce);
    }

    /// The plan of the account, which its rate limits follow; at first it is Pro.
    pub fn set_plan(&self, plan: Plan) {
        locked(&self.account.rates).plan = plan;
    }

    /// Colleagues of the rep make requests of one label, which the account's day has to bear; false, and none are
    /// counted, where it does not have as many left.
    pub fn spend_quota(&self, label: RateLabel, requests: u64) -> bool {
        locked(&self.account.rates).spend(label, requests, self.account.now()).is_ok()
    }

    /// Gives the user the webinar add-on or takes it away.
    pub fn license_webinars(&self, licensed: bool) {
        self.account.switches.webinar_licence.turn(licensed);
    }

    /// Gives the user a Zoom Phone licence or takes it away.
    pub fn license_phone(&self, licensed: bool) {
        self.account.switches.phone_licence.turn(licensed);
    }

    /// Shows the call arrays that Zoom has announced to remove, or drops them.
    pub fn show_deprecated_calls(&self, shown: bool) {
        self.account.switches.old_call_arrays.turn(shown);
    }

    /// Lets a call happen that ends now; it is in the history after the usual lag. Returns the id of
    /// its leg.
    pub fn place_call(&self, call: &PlacedCall) -> String {
        phone::place(&self.account, call)
    }

    /// Tells the event stream about anything, also of other users of the account.
    pub fn publish(&self, event: &str, payload: &Value) {
        self.account.events.publish_payload(event, payload, self.account.now());
    }

    /// The subscription that the event stream is opened with.
    pub fn subscription(&self) -> &str {
        stream::SUBSCRIPTION
    }

    /// The user removes the app: every token dies, and the event stream says so.
    pub fn deauthorize(&self) {
        oauth::revoke_all(&self.account);
        let now = self.account.now();
        let payload = json!({
            "account_id": self.account.user.account_id, "user_id": self.account.user.id, "signature": "",
            "deauthorization_time": meetings::instant(now), "client_id": self.account.clients.public_id,
        });
        self.account.record("app.deauthorized", self.account.user.id.clone(), json!({}));
        self.account.events.publish_payload("app_deauthorized", &payload, now);
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
