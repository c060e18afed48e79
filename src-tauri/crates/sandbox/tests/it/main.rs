//! The sandbox as a whole over real HTTP: the wire, faults, the control service, the program.

#![expect(clippy::unwrap_used, reason = "what cannot go on in a test ends it")]

#[expect(dead_code, reason = "Zoom's own tests use more of it")]
#[path = "../../../sandbox-zoom/tests/it/api.rs"]
mod api;
mod casing;
mod control;
mod faults;
mod program;
mod rep;
mod scripted;
