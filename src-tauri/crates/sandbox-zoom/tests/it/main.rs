//! Zoom over real HTTP, without the other service: sign-in, meetings, webinars, calls, limits, rows, control.

#![expect(clippy::unwrap_used, reason = "what cannot go on in a test ends it")]

mod api;
mod events;
mod files;
mod happenings;
mod limits;
mod lists;
mod meetings;
mod oauth;
mod past;
mod phone;
mod registrants;
mod rep;
mod rows;
mod scopes;
mod stage;
mod users;
mod webinars;
mod worlds;
