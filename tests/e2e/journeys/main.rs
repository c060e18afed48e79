//! What a person does with Liaison, in its real window.
//!
//! One file for each part of the product; the stage is in the library of this crate. `cargo xtask test` runs them all,
//! `cargo xtask screenshots` those of [`views`].

#![cfg(target_os = "linux")]

mod accounts;
mod after;
mod bulk;
mod calls;
mod changes;
mod desk;
mod ending;
mod frame;
mod keychain;
mod logging;
mod network;
mod outbox;
mod people;
mod recovered;
mod registration;
mod safety;
mod schedule;
mod series;
mod steps;
mod today;
mod views;
mod webinars;
mod welcome;
