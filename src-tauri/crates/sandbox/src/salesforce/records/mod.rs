//! The rows of the org and everything that changes them.
//!
//! [`Database`] keeps rows and indexes and can take a change back; [`write`] is the one way in and
//! validates; [`rest`], [`collections`] and [`changes`] are the resources on top.

pub mod changes;
pub mod collections;
mod database;
mod derive;
mod input;
mod relations;
pub mod rest;
mod row;
pub mod upsert;
pub mod write;

pub use database::Database;
pub use derive::person as derive_person;
pub use row::Row;
