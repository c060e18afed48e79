//! The client against answers no service should give, and against the sandbox.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod collections;
mod events;
mod identity;
mod malformed;
mod people;
mod support;
