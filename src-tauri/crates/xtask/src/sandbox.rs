//! `cargo xtask sandbox`: the stand-alone sandbox, with this terminal's input and output as its own.

use std::ffi::OsString;

use crate::build;
use crate::failure::{Failure, Outcome, Tried};

/// Says nothing itself: the one line on standard output is the sandbox's.
pub fn perform(arguments: &[OsString]) -> Outcome {
    let package = ["run", "--quiet", "--package", "liaison-sandbox", "--bin", "liaison-sandbox", "--"];
    let mut command = build::cargo(&package)?;
    let status = command.args(arguments).status().tried(|| "could not start cargo".to_owned())?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("the sandbox ended with {status}")))
}
