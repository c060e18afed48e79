//! The client against answers no service should give, and against the sandbox.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod answers;
mod bulk;
mod collections;
mod composite;
mod events;
mod identity;
mod loads;
mod malformed;
mod org;
mod people;
mod pull;
mod search;
mod support;
