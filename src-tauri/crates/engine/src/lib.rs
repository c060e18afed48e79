//! The use-cases of Liaison: accounts, pulling, meetings, scheduling, the outbox.
//!
//! Knows the store and the two services, but no window: what only a desktop has comes in through
//! [`Config`]. Everything it answers is a type of [`view`], free of secrets.

mod config;
mod context;
mod engine;
mod error;
mod failure;
mod meetings;
mod outbox;
mod people;
mod profile;
mod pull;
mod schedule;
mod session;
mod terms;
pub mod view;

pub use config::{Config, DemoError, DemoServices, Desktop, DesktopError, Endpoints, Events, RunningDemo};
pub use engine::Engine;
pub use liaison_transport::BoxFuture;
pub use session::appearance;

/// Zones offered while the user types a city.
const MOST_ZONES: usize = 12;

/// IANA zones by city.
pub fn search_zones(query: &str) -> Vec<String> {
    liaison_domain::zones::search(query, MOST_ZONES).into_iter().map(str::to_owned).collect()
}
