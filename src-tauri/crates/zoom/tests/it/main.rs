//! The client against answers no service should give, and against the sandbox.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod malformed;
mod meetings;
mod paging;
mod sign_in;
mod support;
