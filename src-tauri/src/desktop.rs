//! What only a desktop has: a browser, a clipboard, a folder for files, events for the window.

mod clipboard;
mod save;

use std::io;
use std::path::{Path, PathBuf};

use liaison_engine::view::Tag;
use liaison_engine::{BoxFuture, Desktop, DesktopError, Events, Notice, Place};
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_specta::Event;
use url::Url;

use crate::commands::DataChanged;
use crate::{launcher, notices, tray, window};

/// The browser, the clipboard and the dialog for files of this computer.
pub struct TauriDesktop {
    app: AppHandle<Wry>,
}

impl TauriDesktop {
    pub fn new(app: AppHandle<Wry>) -> Self {
        Self { app }
    }
}

impl Desktop for TauriDesktop {
    fn open(&self, url: &Url) -> Result<(), DesktopError> {
        launcher::open(url).map_err(|_| DesktopError::NoBrowser)
    }

    fn copy(&self, text: &str, secret: bool) -> Result<(), DesktopError> {
        let clipboard = self.app.clipboard();
        let outcome = if secret { clipboard.write_secret(text) } else { clipboard.write_text(text) };
        outcome.map_err(|_| DesktopError::NoClipboard)
    }

    fn copy_both(&self, text: &str, html: &str, secret: bool) -> Result<(), DesktopError> {
        clipboard::write_both(text, html, secret).or_else(|_| self.copy(text, secret))
    }

    fn save_file(&self, suggested_name: &str) -> BoxFuture<'_, Option<PathBuf>> {
        let name = suggested_name.to_owned();
        // What drives the window in tests drives no dialog of the system.
        match std::env::var_os("LIAISON_SAVE_FOLDER") {
            Some(folder) => Box::pin(std::future::ready(Some(PathBuf::from(folder).join(name)))),
            None => Box::pin(save::ask(self.app.clone(), name)),
        }
    }

    fn notify(&self, notice: Notice) {
        notices::show(&self.app, notice);
    }

    fn show(&self, place: Place) {
        window::lead(&self.app, place);
    }
}

/// Tells the window that data changed.
pub struct TauriEvents {
    app: AppHandle<Wry>,
}

impl TauriEvents {
    pub fn new(app: AppHandle<Wry>) -> Self {
        Self { app }
    }
}

impl Events for TauriEvents {
    fn changed(&self, tags: &[Tag]) {
        if let Err(error) = (DataChanged { tags: tags.to_vec() }).emit(&self.app) {
            tracing::debug!(%error, "no window to tell");
        }
        if let Some(news) = self.app.try_state::<tray::News>() {
            news.tell();
        }
    }
}

/// The folder that holds profiles, logs and the look of the first picture.
pub fn data_dir(chosen: Option<PathBuf>, identifier: &str) -> io::Result<PathBuf> {
    let dir = match chosen {
        Some(dir) => dir,
        None => system_data_dir().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?.join(identifier),
    };
    make_private(&dir)?;
    // Some file systems of Windows can't tell the true path of a file: RAM disks, old servers.
    dir.canonicalize().or_else(|_| std::path::absolute(&dir))
}

/// Whether this is the folder that is used when none is chosen.
pub fn is_usual(data_dir: &Path, identifier: &str) -> bool {
    let usual = system_data_dir().and_then(|dir| dir.join(identifier).canonicalize().ok());
    usual.is_some_and(|usual| usual == data_dir)
}

/// Logs and profiles are nobody else's business on a computer with several users.
#[cfg(unix)]
fn make_private(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

#[cfg(not(unix))]
fn make_private(dir: &Path) -> io::Result<()> {
    std::fs::create_dir_all(dir)
}

fn system_data_dir() -> Option<PathBuf> {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    if cfg!(windows) {
        std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        std::env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .or_else(|| home().map(|home| home.join(".local/share")))
    }
}

/// One running program per data folder.
pub fn instance_id(identifier: &str, data_dir: &Path) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    data_dir.hash(&mut hasher);
    format!("{identifier}.d{:016x}", hasher.finish())
}
