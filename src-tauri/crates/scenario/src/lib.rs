//! Scenarios: a problem as one file, played by the real engine, a real store and the sandbox without a window.
//!
//! The format is described in `docs/scenarios.md`. The engine runs in a process of its own ([`app`]), so that it can
//! be killed in the middle of something; sandbox, script and expectations are on this side ([`stage`], [`play`]).
//! Not here: anything that draws, and the window's toolkit.

pub mod app;
mod commands;
pub mod compare;
mod duration;
pub mod file;
mod hurry;
mod instance;
mod kept;
pub mod play;
pub mod prove;
mod script;
pub mod snapshot;
pub mod stage;
pub mod zone;
