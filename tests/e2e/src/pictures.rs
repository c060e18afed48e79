//! Pictures that a run leaves behind.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::failure::{Outcome, Tried};
use xtask::places;

/// Writes a PNG into a folder, which is made if it is not there.
pub fn keep(folder: &Path, name: &str, png: &[u8]) -> Outcome<PathBuf> {
    let file = folder.join(format!("{name}.png"));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&file, png))
        .tried(|| format!("could not write {}", file.display()))?;
    Ok(file)
}

/// Where pictures of failed journeys go.
pub fn of_failures() -> PathBuf {
    places::artifacts().join("journeys")
}

/// Where pictures of every view go, when they are asked for.
pub fn of_views() -> Option<PathBuf> {
    std::env::var_os("LIAISON_SCREENSHOTS").map(PathBuf::from)
}
