//! HTTP and OAuth for Liaison.
//!
//! This crate is how bytes leave and reach the computer: one [`ApiClient`] per
//! service with time-outs, retries under one budget, rate limits and size caps,
//! and the OAuth side with PKCE, a loopback listener and a refresh that never
//! loses a rotated token.
//!
//! It is not a client of Zoom or of Salesforce: it knows no endpoint and no
//! field of either. It knows neither the store (tokens are kept through
//! [`TokenVault`]) nor the window, and it never reads the environment itself.
//!
//! Secrets are types here ([`AccessToken`], [`RefreshToken`]); they have no text
//! form. Logs carry an operation name, a status, a duration, an attempt and the
//! service's tracking id, never a path, a query, a body or a token.

mod address;
mod clock;
mod error;
mod http;
mod oauth;
mod open_enum;
mod secret;
mod server_text;
mod service;

pub use address::{AddressError, is_loopback, validate_base, validate_instance_url};
pub use bytes::Bytes;
pub use clock::Clock;
pub use error::{AuthError, DecodeProblem, TransportError};
pub use futures::future::BoxFuture;
pub use http::{
    ApiClient, ApiConfig, ApiRequest, ApiResponse, Exchange, LONGEST_WAIT, Observer, RateClass, RequestBody,
    RetryPolicy, Timeouts, TokenSource, next_utc_midnight, retry_after,
};
pub use oauth::{
    DonePage, OAuthProvider, OAuthSession, RedirectRule, SignIn, SignInError, SignedOut, TokenSet, TokenVault,
    VaultError, follow_authorize_url, revoke,
};
pub use reqwest::{Method, StatusCode, header};
pub use secret::{AccessToken, RefreshToken};
pub use server_text::ServerText;
pub use service::Service;
pub use url::Url;
