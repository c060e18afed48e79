//! Small files of the shell in the data folder: what it must know before there is a profile, or without one. Losing one
//! costs a choice and nothing else.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What was written last, if it can be read.
pub fn read<T: DeserializeOwned>(file: &Path) -> Option<T> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}

/// Kept for the next start; a failure is told in the log alone, as what could not be kept.
pub fn write<T: Serialize>(file: &Path, kept: &T, what: &str) {
    let written = serde_json::to_vec(kept).map_err(std::io::Error::from).and_then(|bytes| std::fs::write(file, bytes));
    if let Err(error) = written {
        tracing::warn!(%error, what, "could not be kept");
    }
}
