//! The engine with a real store against the sandbox. One binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

mod arrows;
mod bulk;
mod busy;
mod calls;
mod campaigns;
mod ending;
mod erasing;
mod faults;
mod groups;
mod killed;
mod many_rows;
mod palette;
mod people;
mod privacy;
mod profiles;
mod pulls;
mod reminders;
mod schedule;
mod scopes;
mod settings;
mod stage;
mod today;
mod transfer;
