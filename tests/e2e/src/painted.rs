//! When a window shows the first picture of its page, seen from outside: the app writes a file then.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Instant;

use xtask::failure::{Outcome, Tried};

use crate::ensure;
use crate::patience::closely_until;

/// The file that the next window will write.
#[derive(Debug)]
pub(crate) struct Painted(PathBuf);

impl Painted {
    /// What an earlier window wrote would pass for the next one's, so it is removed.
    pub fn expected_in(file: PathBuf) -> Outcome<Self> {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).tried(|| format!("could not remove {}", file.display()))
            }
            _ => Ok(Self(file)),
        }
    }

    /// Waits for the picture.
    pub async fn at(&self) -> Outcome<Instant> {
        closely_until("the window to be painted", async || {
            let there = fs::exists(&self.0).tried(|| self.0.display().to_string())?;
            ensure(there, || "it is not".to_owned())
        })
        .await?;
        Ok(Instant::now())
    }
}
