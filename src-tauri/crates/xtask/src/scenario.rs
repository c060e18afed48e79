//! `cargo xtask scenario`: problems as files, played by the real engine, a real store and the sandbox.

use std::env;
use std::ffi::OsString;

use crate::build;
use crate::failure::{Failure, Outcome, Tried};

/// Says nothing itself: what is found is the runner's to tell. Files are meant from where the user is.
pub fn perform(arguments: &[OsString]) -> Outcome {
    let package = ["run", "--quiet", "--package", "liaison-scenario", "--bin", "liaison-scenario", "--"];
    let mut command = build::cargo(&package)?;
    command.current_dir(env::current_dir().tried(|| "the current folder is gone".to_owned())?);
    let status = command.args(arguments).status().tried(|| "could not start cargo".to_owned())?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("the scenarios ended with {status}")))
}
