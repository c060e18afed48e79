//! The stage for journeys in the real window: a private desktop, the app under WebDriver, a browser for the consent
//! pages, the sandbox with its controls, and the checks that go with every view.
//!
//! It knows the product only from outside: test ids in the page, the command line, links that are opened. The journeys
//! themselves are in `journeys/`. They run on Linux, through `cargo xtask test`, which builds the app and names it in
//! `LIAISON_E2E_APP` (and the stand-alone sandbox in `LIAISON_E2E_SANDBOX`); without these a journey fails in words.
//!
//! Each journey has a display, a session bus, an unlocked keychain, a home folder and a data folder of its own, so
//! journeys know nothing of each other and nothing of the user.

#![cfg(target_os = "linux")]

pub mod accessibility;
pub mod browser;
pub mod driver;
pub mod links;
mod painted;
pub mod patience;
pub mod pictures;
pub mod sandbox;
pub mod stage;
pub mod tray;
pub mod window;

pub use stage::{Stage, play, play_within};
pub use window::Window;
pub use xtask::failure::{Failure, Outcome, Tried};

/// A failure unless the condition holds.
///
/// # Errors
/// The given words.
pub fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(Failure::new(otherwise())) }
}
