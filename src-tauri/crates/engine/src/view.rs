//! What the window gets to see: read models and inputs of the commands, and nothing secret.
//!
//! Every type here crosses the IPC boundary, so none may hold a token, a passcode, a start URL or
//! a join URL with its password part. Texts are codes and parameters; the words are in the
//! Fluent files of the UI. Each area has its own types; this is only the one place to find them.

pub use crate::busy::view::*;
pub use crate::calls::view::*;
pub use crate::config::{Place, Trouble};
pub use crate::differences::view::*;
pub use crate::error::*;
pub use crate::first_steps::view::*;
pub use crate::meetings::view::*;
pub use crate::outbox::view::*;
pub use crate::palette::view::*;
pub use crate::people::view::*;
pub use crate::person::view::*;
pub use crate::privacy::view::*;
pub use crate::pull::access::RoomAccess;
pub use crate::reminders::view::*;
pub use crate::schedule::clocks_view::*;
pub use crate::schedule::line_view::*;
pub use crate::schedule::options_view::*;
pub use crate::schedule::rule_view::*;
pub use crate::schedule::view::*;
pub use crate::session::view::*;
pub use crate::terms::*;
pub use crate::topics::view::*;
pub use crate::transfer::view::*;
pub use crate::webinars::view::*;
pub use crate::zones::view::*;
pub use crate::zoom_user::view::*;
