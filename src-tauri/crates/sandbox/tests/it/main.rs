//! Zoom's side of the sandbox over real HTTP: sign-in, meetings, webinars, calls, limits, faults, control.

#![expect(clippy::unwrap_used, reason = "what cannot go on in a test ends it")]

mod casing;
mod control;
mod events;
mod faults;
mod files;
mod happenings;
mod limits;
mod lists;
mod meetings;
mod oauth;
mod past;
mod phone;
mod program;
mod registrants;
mod rep;
mod rows;
mod scopes;
mod scripted;
mod users;
mod webinars;
mod worlds;
