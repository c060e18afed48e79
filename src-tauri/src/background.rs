//! What goes on while there is no window: whether anything does, and whether the user was told.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use liaison_engine::view;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_autostart::ManagerExt;

use crate::kept;

const FILE: &str = "background.json";
const VERSION: u32 = 1;

/// What was chosen, from one run to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Stored {
    version: u32,
    /// Closing the window leaves the program running.
    keep_running: bool,
    /// The user knows what closing does.
    explained: bool,
}

impl Default for Stored {
    fn default() -> Self {
        Self { version: VERSION, keep_running: true, explained: false }
    }
}

/// The choice, and what the system can do.
pub struct Background {
    file: PathBuf,
    stored: Mutex<Stored>,
    tray: AtomicBool,
    asked: AtomicBool,
}

/// What closing the window means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The window goes, the program stays.
    Stay,
    /// The user does not know yet, and is asked.
    Explain,
    Quit,
}

impl Background {
    pub fn new(data_dir: &Path) -> Self {
        let file = data_dir.join(FILE);
        let stored: Option<Stored> = kept::read(&file);
        Self {
            file,
            stored: Mutex::new(stored.unwrap_or_default()),
            tray: AtomicBool::new(false),
            asked: AtomicBool::new(false),
        }
    }

    /// Whether the system shows our icon.
    pub fn has_tray(&self) -> bool {
        self.tray.load(Ordering::SeqCst)
    }

    /// Notes whether the system shows our icon; answers whether that is new.
    pub fn set_tray(&self, shown: bool) -> bool {
        self.tray.swap(shown, Ordering::SeqCst) != shown
    }

    pub fn keeps_running(&self) -> bool {
        self.has_tray() && self.stored().keep_running
    }

    /// What closing the window means now. Whoever closes it again in place of an answer has answered.
    pub fn closing(&self) -> Closing {
        let stored = self.stored();
        if !self.has_tray() || (stored.explained && !stored.keep_running) {
            Closing::Quit
        } else if stored.explained || self.asked.swap(true, Ordering::SeqCst) {
            Closing::Stay
        } else {
            Closing::Explain
        }
    }

    pub fn keep_running(&self, keep: bool) {
        let stored = Stored { version: VERSION, keep_running: keep, explained: true };
        *self.stored.lock().unwrap_or_else(PoisonError::into_inner) = stored;
        kept::write(&self.file, &stored, "what closing the window means");
    }

    fn stored(&self) -> Stored {
        *self.stored.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// For Settings.
pub fn view(app: &AppHandle<Wry>) -> view::Background {
    let background = app.state::<Background>();
    view::Background {
        tray: background.has_tray(),
        keep_running: background.stored().keep_running,
        start_at_login: app.autolaunch().is_enabled().unwrap_or_else(|error| {
            tracing::warn!(%error, "whether the program starts at login is not known");
            false
        }),
    }
}

/// Starts the program at login, hidden, or no longer.
///
/// # Errors
/// [`liaison_engine::Error::Disk`] when the system refuses.
pub fn start_at_login(app: &AppHandle<Wry>, on: bool) -> Result<(), liaison_engine::Error> {
    let launch = app.autolaunch();
    let outcome = if on { launch.enable() } else { launch.disable() };
    outcome.map_err(|error| liaison_engine::Error::Disk(std::sync::Arc::new(std::io::Error::other(error))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_tray_closing_quits_and_with_one_it_is_explained_once() {
        let dir = tempfile::tempdir().unwrap();
        let background = Background::new(dir.path());
        assert_eq!(background.closing(), Closing::Quit);
        assert!(background.set_tray(true) && !background.set_tray(true));
        assert_eq!(background.closing(), Closing::Explain);
        assert_eq!(background.closing(), Closing::Stay, "closed again in place of an answer");
        background.keep_running(false);
        assert_eq!((background.closing(), background.keeps_running()), (Closing::Quit, false));

        let again = Background::new(dir.path());
        again.set_tray(true);
        assert_eq!(again.closing(), Closing::Quit);
        again.keep_running(true);
        assert_eq!((again.closing(), again.keeps_running()), (Closing::Stay, true));
        again.set_tray(false);
        assert_eq!((again.closing(), again.keeps_running()), (Closing::Quit, false));
        std::fs::write(dir.path().join(FILE), "{").unwrap();
        assert_eq!(Background::new(dir.path()).stored(), Stored::default());
    }
}
