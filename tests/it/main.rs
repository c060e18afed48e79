//! What needs the shell: the commands through Tauri's mock runtime, and the bindings. What the engine does is
//! tested in its own crate.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

mod bindings;
mod ipc;
#[path = "../../src-tauri/crates/engine/tests/it/stage.rs"]
#[expect(dead_code, reason = "the engine's own tests use the rest of it")]
mod stage;
