//! The engine with a real store against the sandbox, and the commands through Tauri's mock
//! runtime. One binary, so that it is linked once.

mod bindings;
mod faults;
mod ipc;
mod killed;
mod schedule;
mod stage;
