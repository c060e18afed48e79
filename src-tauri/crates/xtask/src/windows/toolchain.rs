//! A compiler with a standard library for Windows.
//!
//! With rustup it is one more target of the compiler that everything else is built with. Where rustup or its server is
//! not to be had, Debian's own compiler builds that library from its source package.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::in_project;
use crate::failure::{Failure, Outcome, Tried};
use crate::packages::Need;
use crate::process::{output, run};
use crate::report::say;
use crate::{places, setup};

/// Windows by MinGW: the only one that links on Linux without Microsoft's libraries.
pub const TARGET: &str = "x86_64-pc-windows-gnu";

/// Where Debian's packages put programs.
const DEBIAN: &str = "/usr/bin";
/// What `rust-web-src` installs.
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toolchain {
    /// The compiler in use has the target.
    Rustup,
    /// Debian's compiler, with the standard library from source.
    Debian,
}

impl Toolchain {
    /// The compiler's own target if it is there or can be added, else Debian's packages.
    pub fn find() -> Outcome<Self> {
        if has_target() {
            say(format_args!("    the compiler in use knows {TARGET}"));
            return Ok(Self::Rustup);
        }
        let added = run(Command::new("rustup").args(["target", "add", TARGET]));
        if added.is_ok() && has_target() {
            return Ok(Self::Rustup);
        }
        say("    rustup can't add it: Debian's compiler builds the standard library from source");
        setup::for_needs(&[Need::WindowsFromSource])?;
        if Path::new(DEBIAN_SOURCE).is_dir() {
            return Ok(Self::Debian);
        }
        Err(Failure::new(format!("there is no standard library for {TARGET}, and no source of one to build")))
    }

    /// A folder of its own: the other builds must not wait for this one's lock, nor lose what they have compiled.
    pub fn target(self) -> Outcome<PathBuf> {
        let folder = places::target()?.join(match self {
            Self::Rustup => "win",
            Self::Debian => "win-debian",
        });
        fs::create_dir_all(&folder).tried(|| format!("could not make {}", folder.display()))?;
        Ok(folder)
    }

    /// `cargo <task>` for Windows, in the project's folder.
    pub fn cargo(self, task: &str) -> Outcome<Command> {
        let own = || env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = match self {
            Self::Rustup => Command::new(own()),
            Self::Debian => Command::new(Path::new(DEBIAN).join("cargo")),
        };
        command.args([task, "--target", TARGET]);
        // MinGW's linker is slow, and half of what it reads would be line numbers.
        command.env("CARGO_PROFILE_DEV_DEBUG", "0");
        if self == Self::Debian {
            // Its own programs first, also for what cargo looks for itself: rustc, and clippy's.
            command.args(["-Z", "build-std"]).env("RUSTC_BOOTSTRAP", "1").env("PATH", search(env::var_os("PATH"))?);
            command.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
        }
        Ok(in_project(command, &self.target()?))
    }
}

fn search(path: Option<OsString>) -> Outcome<OsString> {
    let path = path.unwrap_or_default();
    let folders = std::iter::once(PathBuf::from(DEBIAN)).chain(env::split_paths(&path));
    env::join_paths(folders).tried(|| "PATH can't be read".to_owned())
}

/// The folder is named whether it is there or not.
fn has_target() -> bool {
    output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debians_programs_come_first_and_the_rest_stays() {
        let found = search(Some("/home/r/.cargo/bin:/usr/local/bin".into()));
        assert_eq!(found, Ok("/usr/bin:/home/r/.cargo/bin:/usr/local/bin".into()));
    }
}
