//! Zoom and Salesforce on loopback, for the demo, the tests and the benchmarks.
//!
//! Not a mock: it keeps state, enforces what the real services enforce, and refuses what they
//! refuse, with their status, code and text. It has its own wire types and imports none of the
//! clients', so a wrong field name on one side fails a test instead of agreeing with itself.
//!
//! [`Sandbox::start`] listens with both services and a third one, the control service, through
//! which tests read the journal of effects, move the clock and script faults.

mod canned;
mod casing;
pub mod clock;
pub mod config;
pub mod control;
pub mod faults;
pub mod journal;
mod paths;
pub mod requests;
pub mod salesforce;
mod sandbox;
pub mod script;
mod server;
mod takeover;
pub mod world;
pub mod zoom;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use clock::Clock;
pub use config::{Profile, SandboxConfig, WorldKind};
pub use faults::{AfterEffect, BeforeEffect, FaultRule, Faults, Service};
pub use journal::{Effect, Journal};
pub use requests::{RequestCount, Requests};
pub use salesforce::SalesforceRows;
pub use sandbox::{Sandbox, SandboxError};
pub use script::{KnownAnswer, RowError};
pub use zoom::ZoomRows;

/// What both services share: the clock, the journal of effects and the settings of this run.
#[derive(Debug)]
pub struct Shared {
    pub config: SandboxConfig,
    pub clock: Clock,
    pub journal: Journal,
    pub people: world::people::People,
}

/// A shared handle; both services hold one.
pub type SharedRef = Arc<Shared>;

/// A token pair made without a browser, for scripts that start after the sign-in.
#[derive(Clone)]
pub struct IssuedTokens {
    pub access_token: String,
    pub refresh_token: String,
}

impl std::fmt::Debug for IssuedTokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("IssuedTokens(…)")
    }
}

/// Where the three services of one run listen, as `http://127.0.0.1:PORT` without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxUrls {
    pub zoom: String,
    pub salesforce: String,
    pub control: String,
}

/// Takes a lock; a panic of another request must not take the whole sandbox down.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
