//! Zoom and Salesforce on loopback, for the demo, the tests and the benchmarks.
//!
//! Not a mock: it keeps state, enforces what the real services enforce, and refuses what they
//! refuse, with their status, code and text. It has its own wire types and imports none of the
//! clients', so a wrong field name on one side fails a test instead of agreeing with itself.
//!
//! Four crates: `liaison-sandbox-kernel` with the world, the clock, the journal, the faults and the server;
//! `liaison-sandbox-zoom` and `liaison-sandbox-salesforce`, which don't know each other; and this one, which runs them
//! together and is the only one that others name.
//!
//! [`Sandbox::start`] listens with both services. With the feature `control` there is a third one, the control service,
//! through which tests in another process read the journal of effects, move the clock and script faults. The released
//! program is built without it: its demo can make a network slow, lost or refusing through [`Faults`],
//! [`Sandbox::set_reachable`], the clock and the tokens, and nothing can do so from outside.

#[cfg(feature = "control")]
mod control;
mod sandbox;
#[cfg(feature = "control")]
pub mod script;
mod trouble;

pub use liaison_sandbox_kernel::faults::FaultRuleError;
pub use liaison_sandbox_kernel::{
    AfterEffect, BeforeEffect, Clock, Effect, FaultRule, Faults, IssuedTokens, Journal, KnownAnswer, Profile,
    RequestCount, Requests, RowError, SandboxConfig, SandboxUrls, Service, Shared, SharedRef, WorldKind, clock, config,
    faults, journal, requests, world,
};
pub use liaison_sandbox_salesforce as salesforce;
pub use liaison_sandbox_zoom as zoom;
#[cfg(feature = "control")]
pub use salesforce::SalesforceRows;
pub use sandbox::{Sandbox, SandboxError};
pub use trouble::Trouble;
#[cfg(feature = "control")]
pub use zoom::ZoomRows;
