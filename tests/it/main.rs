//! The engine with a real store against the sandbox, and the commands through Tauri's mock
//! runtime. One binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

mod bindings;
mod faults;
mod ipc;
mod killed;
mod people;
mod schedule;
mod stage;
mod today;
