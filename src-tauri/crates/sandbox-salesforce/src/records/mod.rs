//! The rows of the org and everything that changes them.
//!
//! [`Database`] keeps rows and indexes and can take a change back; [`write`] is the one way in and
//! validates; [`rest`], [`collections`] and [`changes`] are the resources on top.

pub mod archive;
pub mod changes;
pub mod collections;
mod database;
mod derive;
mod input;
pub mod lifecycle;
pub mod loaded;
mod person_account;
mod relations;
mod relationship;
pub mod rest;
mod row;
mod sharing;
pub mod upsert;
pub mod write;

pub use database::Database;
pub use derive::person as derive_person;
pub use row::Row;
