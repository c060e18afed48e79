//! How a client behaves.

use std::time::Duration;

use url::Url;

use crate::http::ApiResponse;
use crate::{Clock, Service};

/// The settings of an [`ApiClient`](crate::ApiClient).
#[derive(Clone, Debug)]
pub struct ApiConfig {
    pub service: Service,
    /// Where calls go; a path in it is kept in front of each call's own path.
    pub base: Url,
    pub user_agent: String,
    /// Only for a profile that works with the sandbox. Such a client talks to
    /// loopback addresses and to nothing else; any other client needs HTTPS.
    pub loopback_allowed: bool,
    pub timeouts: Timeouts,
    pub retry: RetryPolicy,
    /// Largest answer, counted after decompression.
    pub max_body_bytes: usize,
    /// Which answers mean that the token was turned down, nothing was done and a
    /// fresh token would help. Services use 401 for other things too.
    pub refresh_on: fn(&ApiResponse) -> bool,
    pub clock: Clock,
    /// Whether calls keep a polite pace of our own. Off only where the other side has no limits:
    /// a benchmark against the sandbox.
    pub paced: bool,
}

impl ApiConfig {
    /// The usual settings: 16 MiB at most, every 401 asks for a fresh token.
    pub fn new(service: Service, base: Url, user_agent: impl Into<String>) -> Self {
        Self {
            service,
            base,
            user_agent: user_agent.into(),
            loopback_allowed: false,
            timeouts: Timeouts::default(),
            retry: RetryPolicy::default(),
            max_body_bytes: 16 * 1024 * 1024,
            refresh_on: |response| response.status == reqwest::StatusCode::UNAUTHORIZED,
            clock: Clock::system(),
            paced: true,
        }
    }
}

/// How long the parts of a call may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Name resolution, TCP and TLS together.
    pub connect: Duration,
    /// Until the head of the answer is there.
    pub first_byte: Duration,
    /// Until the answer is complete.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), first_byte: Duration::from_secs(30), total: Duration::from_mins(1) }
    }
}

/// How a call that is idempotent is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Including the first.
    pub attempts: u32,
    /// The first pause is a random time up to this; it doubles each time.
    pub base: Duration,
    /// A server that asks for a longer wait than this is not waited for: the
    /// caller gets the time and decides.
    pub longest_sleep: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: 3, base: Duration::from_secs(1), longest_sleep: Duration::from_secs(4) }
    }
}
