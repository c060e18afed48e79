//! The test programs of a build, as cargo names them: it starts each with this program in front, which only notes it.
//! So nothing has to be guessed about which file of the target folder is new, and all of them can run side by side.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::failure::{Failure, Outcome, Tried};

/// How cargo is told who starts the programs of this target.
const VARIABLE: &str = "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER";
/// Names the file that the programs are noted in.
const FILE: &str = "LIAISON_WINDOWS_PROGRAMS";
/// The task's name on our own command line.
pub const TASK: &str = "note-test";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    pub package: String,
    /// Of the package: tests find their files from there.
    pub folder: PathBuf,
    pub file: PathBuf,
}

impl Program {
    /// `it-0123456789abcdef.exe` is `it`.
    pub fn target(&self) -> String {
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy();
        stem.rsplit_once('-').map_or_else(|| stem.to_string(), |(name, _)| name.to_owned())
    }

    fn line(&self) -> String {
        format!("{}\t{}\t{}\n", self.package, self.folder.display(), self.file.display())
    }

    fn from_line(line: &str) -> Option<Self> {
        let mut words = line.split('\t');
        let (package, folder, file) = (words.next()?.to_owned(), words.next()?.into(), words.next()?.into());
        Some(Self { package, folder, file })
    }
}

/// What cargo calls for each program, from the folder of its package.
pub fn note(file: &Path) -> Outcome {
    let package = env::var("CARGO_PKG_NAME").tried(|| "cargo did not say whose tests these are".to_owned())?;
    let folder = env::current_dir().tried(|| "the package's folder is not known".to_owned())?;
    let list = env::var_os(FILE).ok_or_else(|| Failure::new(format!("{FILE} is not set")))?;
    let program = Program { package, folder, file: file.to_owned() };
    let opened = fs::OpenOptions::new().append(true).create(true).open(&list);
    opened
        .and_then(|mut opened| opened.write_all(program.line().as_bytes()))
        .tried(|| format!("could not write {}", list.display()))
}

/// The programs that `tests` (a `cargo test`) would start.
pub fn named_by(mut tests: Command, list: &Path) -> Outcome<Vec<Program>> {
    fs::write(list, "").tried(|| format!("could not write {}", list.display()))?;
    let own = env::current_exe().tried(|| "this program's own path is not known".to_owned())?;
    let mut runner: OsString = own.into_os_string();
    runner.push(" ");
    runner.push(TASK);
    crate::process::quietly(tests.env(VARIABLE, runner).env(FILE, list))?;
    let text = fs::read_to_string(list).tried(|| format!("could not read {}", list.display()))?;
    let program = |line| Program::from_line(line).ok_or_else(|| Failure::new(format!("`{line}` is no test program")));
    text.lines().map(program).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(file: &str) -> Program {
        Program { package: "liaison-store".to_owned(), folder: "/p/store".into(), file: file.into() }
    }

    #[test]
    fn a_test_program_is_named_without_its_hash() {
        assert_eq!(program("/t/deps/it-0123456789abcdef.exe").target(), "it");
        assert_eq!(program("/t/deps/liaison_store-0123456789abcdef.exe").target(), "liaison_store");
        assert_eq!(program("liaison.exe").target(), "liaison");
    }

    #[test]
    fn what_is_noted_is_read_again() {
        let noted = program("/a folder/it-1.exe");
        assert_eq!(Program::from_line(noted.line().trim_end()), Some(noted));
        assert_eq!(Program::from_line("liaison-store\t/p/store"), None);
    }
}
