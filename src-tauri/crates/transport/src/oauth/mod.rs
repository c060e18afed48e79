//! Signing in and staying signed in: OAuth 2.0 for a public native client
//! (RFC 6749, RFC 7636, RFC 8252).

mod callback;
mod follow;
mod grant;
mod listener;
mod page;
mod provider;
mod session;
mod sign_in;
mod token_endpoint;
mod token_set;
mod vault;

pub use follow::follow_authorize_url;
pub use page::DonePage;
pub use provider::{OAuthProvider, RedirectRule};
pub use session::OAuthSession;
pub use sign_in::{SignIn, SignInError, revoke};
pub use token_set::TokenSet;
pub use vault::{SignedOut, TokenVault, VaultError};
