//! `cargo xtask contract`: the clients and the sandbox against documents, examples and records that are not ours.

use std::ffi::OsString;

use crate::build;
use crate::failure::{Failure, Outcome, Tried};

/// Says nothing itself: the tables are the check's own.
pub fn perform(arguments: &[OsString]) -> Outcome {
    let package = ["run", "--quiet", "--package", "liaison-contract", "--bin", "contract", "--"];
    let mut command = build::cargo(&package)?;
    let status = command.args(arguments).status().tried(|| "could not start cargo".to_owned())?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("the contract check ended with {status}")))
}
