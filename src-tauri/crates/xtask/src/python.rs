//! A virtual environment of Python with one package of somebody else's in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Outcome;
use crate::places;
use crate::process::run;
use crate::report::say;

/// Its interpreter, made in `environment` where it isn't there yet; nothing where there is no Python.
pub fn with(environment: &Path, package: &str) -> Outcome<Option<PathBuf>> {
    let Some(python) = places::program("python3").or_else(|| places::program("python")) else {
        say("    there is no Python on this machine: skipped");
        return Ok(None);
    };
    let own = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !own.is_file() && run(Command::new(python).args(["-m", "venv"]).arg(environment)).is_err() {
        say("    this Python cannot make virtual environments (Debian: python3-venv): skipped");
        return Ok(None);
    }
    run(Command::new(&own).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]))?;
    Ok(Some(own))
}
