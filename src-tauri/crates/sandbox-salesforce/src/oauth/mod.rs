//! OAuth 2.0 as a desktop app meets it: web-server flow with PKCE, a public client, rotating
//! refresh tokens whose reuse ends the whole approval (public help: "OAuth 2.0 Web Server Flow",
//! "Refresh Token Rotation").
//!
//! Not here: username-password, device and JWT bearer flows.

mod authorize;
mod grants;
mod identity;
mod page;
mod policy;
mod session;
mod signing;
mod token;

use axum::Router;
use axum::routing::{get, post};

use super::Salesforce;

pub use grants::Grants;
pub use policy::AppPolicy;
pub use session::check_session;
pub use signing::SigningKey;
pub use token::grant;

pub(super) const APPROVAL_PATH: &str = "/setup/secur/RemoteAccessAuthorizationPage.apexp";
const ERROR_PATH: &str = "/setup/secur/RemoteAccessErrorPage.apexp";

/// All OAuth resources.
pub fn routes() -> Router<Salesforce> {
    Router::new()
        .route("/services/oauth2/authorize", get(authorize::begin))
        .route(APPROVAL_PATH, post(authorize::decide))
        .route(ERROR_PATH, get(authorize::show_error))
        .route("/services/oauth2/token", post(token::token))
        .route("/services/oauth2/introspect", post(token::introspect))
        .route("/services/oauth2/revoke", get(token::revoke).post(token::revoke))
        .route("/services/oauth2/userinfo", get(identity::userinfo).post(identity::userinfo))
        .route("/id/keys", get(identity::keys))
        .route("/id/{org}/{user}", get(identity::identity))
        .route("/.well-known/openid-configuration", get(identity::discovery))
}
