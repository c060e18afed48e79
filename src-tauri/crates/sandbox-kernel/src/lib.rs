//! What both services of the sandbox stand on: the world of people and plans, the clock, the journal of effects, the
//! fault scripts, and the server that speaks HTTP for a service and spoils its answers.
//!
//! Knows neither service: what Zoom or Salesforce says about anything is theirs.

mod canned;
pub mod casing;
pub mod clock;
pub mod config;
#[cfg(feature = "control")]
pub mod control;
pub mod faults;
pub mod journal;
pub mod paths;
mod profile;
pub mod requests;
pub mod script;
pub mod server;
pub mod takeover;
pub mod world;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use clock::Clock;
pub use config::{Profile, SandboxConfig, WorldKind};
pub use faults::{AfterEffect, BeforeEffect, FaultRule, Faults, Service};
pub use journal::{Effect, Journal};
pub use requests::{RequestCount, Requests};
pub use script::{KnownAnswer, RowError};

/// What both services share: the clock, the journal of effects and the settings of this run.
#[derive(Debug)]
pub struct Shared {
    pub config: SandboxConfig,
    pub clock: Clock,
    pub journal: Journal,
    pub people: world::people::People,
}

impl Shared {
    /// The world of `config` and a clock that runs from now on, or stands where `config` says.
    pub fn new(config: SandboxConfig) -> SharedRef {
        let people = world::people::People::generate(&config);
        let clock = config.now.map_or_else(Clock::default, Clock::standing_at);
        Arc::new(Self { config, clock, journal: Journal::default(), people })
    }
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

/// Where the services of one run listen, as `http://127.0.0.1:PORT` without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxUrls {
    pub zoom: String,
    pub salesforce: String,
    #[cfg(feature = "control")]
    pub control: String,
}

/// Takes a lock; a panic of another request must not take the whole sandbox down.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
