//! What the window gets to see: read models and inputs of the commands, and nothing secret.
//!
//! Every type here crosses the IPC boundary, so none may hold a token, a passcode, a start URL or
//! a join URL with its password part. Texts are codes and parameters; the words are in the
//! Fluent files of the UI.

mod day;
mod error;
mod outbox;
mod schedule;
mod session;
mod zone;

pub use day::*;
pub use error::*;
pub use outbox::*;
pub use schedule::*;
pub use session::*;
pub use zone::*;

use serde::{Deserialize, Serialize};
use specta::Type;

/// Milliseconds since the Unix epoch, UTC. Fits a JavaScript number; `specta` is told of a smaller
/// type because it would make a float nullable and forbid 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct UtcMs(#[specta(type = i32)] pub i64);

/// One of the two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Provider {
    Zoom,
    Salesforce,
}

/// Names the data that a command reads or a change made stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Tag {
    Session,
    Meetings,
    People,
    Outbox,
    Settings,
}
