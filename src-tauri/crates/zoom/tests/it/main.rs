//! The client against answers no service should give, and against the sandbox.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod events;
mod malformed;
mod meetings;
mod paging;
mod past;
mod phone;
mod registration;
mod requests;
mod sign_in;
mod subscription;
mod support;
mod webinars;
