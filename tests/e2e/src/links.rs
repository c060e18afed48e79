//! The links that the app opens: a stand-in for `xdg-open` writes them down instead of showing them.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use xtask::failure::{Failure, Outcome, Tried};

use crate::patience::until;

/// Each link on a line of its own. It is written in one go, so a line that is there is whole.
const SCRIPT: &str = "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$LIAISON_E2E_LINKS\"\n";

#[derive(Debug)]
pub struct Links {
    folder: PathBuf,
    file: PathBuf,
}

impl Links {
    pub(crate) fn create(folder: &Path) -> Outcome<Self> {
        let links = Self { folder: folder.join("bin"), file: folder.join("links") };
        let program = links.folder.join("xdg-open");
        fs::create_dir(&links.folder)
            .and_then(|()| fs::write(&program, SCRIPT))
            .and_then(|()| fs::set_permissions(&program, fs::Permissions::from_mode(0o700)))
            .and_then(|()| fs::write(&links.file, ""))
            .tried(|| "no stand-in for xdg-open".to_owned())?;
        Ok(links)
    }

    pub(crate) fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut path = self.folder.clone().into_os_string();
        if let Some(rest) = std::env::var_os("PATH") {
            path.push(":");
            path.push(rest);
        }
        vec![("PATH", path), ("LIAISON_E2E_LINKS", self.file.clone().into())]
    }

    /// Every link opened so far, in order.
    pub fn opened(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.file).unwrap_or_default();
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(str::to_owned).collect()
    }

    /// The link that comes after the first `known` ones.
    ///
    /// # Errors
    /// When none comes.
    pub async fn after(&self, known: usize) -> Outcome<String> {
        until("a link to be opened", async || {
            self.opened().get(known).cloned().ok_or_else(|| Failure::new(format!("{known} were opened")))
        })
        .await
    }
}
