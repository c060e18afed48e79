//! Zoom and Salesforce on loopback, for the demo, the tests and the benchmarks.
//!
//! Not a mock: it keeps state, enforces what the real services enforce, and refuses what they
//! refuse, with their status, code and text. It has its own wire types and imports none of the
//! clients', so a wrong field name on one side fails a test instead of agreeing with itself.
//!
//! [`Sandbox::start`] listens with both services and a third one, the control service, through
//! which tests read the journal of effects, move the clock and script faults.

mod control;
mod sandbox;
pub mod script;

pub use liaison_sandbox_kernel::{
    AfterEffect, BeforeEffect, Clock, Effect, FaultRule, Faults, IssuedTokens, Journal, KnownAnswer, Profile,
    RequestCount, Requests, RowError, SandboxConfig, SandboxUrls, Service, Shared, SharedRef, WorldKind, clock, config,
    faults, journal, requests, world,
};
pub use liaison_sandbox_salesforce as salesforce;
pub use liaison_sandbox_zoom as zoom;
pub use salesforce::SalesforceRows;
pub use sandbox::{Sandbox, SandboxError};
pub use zoom::ZoomRows;
