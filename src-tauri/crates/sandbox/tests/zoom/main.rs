//! Zoom's side of the sandbox over real HTTP: sign-in, meetings, limits, faults, control.

#![expect(clippy::unwrap_used, reason = "what cannot go on in a test ends it")]

mod control;
mod faults;
mod limits;
mod lists;
mod meetings;
mod oauth;
mod program;
mod rep;
mod users;
