//! Runs one test program under Wine. Cargo calls it with the program's path, from the folder of the program's package.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{env, thread};

use super::skipped::{Entry, List};
use super::tally::{self, Count, Row};
use crate::failure::{Failure, Outcome, Tried};
use crate::process::{Process, output, tethered};
use crate::report::say;

/// How cargo is told who runs the programs of this target.
pub const VARIABLE: &str = "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER";
/// The task's name on our own command line.
pub const TASK: &str = "under-wine";

/// Longer than any test program takes on a slow machine: one that hangs is ended, and the others still run.
const LIMIT: Duration = Duration::from_mins(8);
/// Wine's exit code for a library that it does not find.
const MISSING_LIBRARY: i32 = 53;
/// How long a test on the list may take to show that it fails.
const TRIAL: Duration = Duration::from_mins(1);

/// What cargo has to call.
pub fn command() -> Outcome<OsString> {
    let own = env::current_exe().tried(|| "this program's own path is not known".to_owned())?;
    let mut command = own.into_os_string();
    command.push(" ");
    command.push(TASK);
    Ok(command)
}

/// Runs all tests of `program` but those on the list, notes what it counted, and then checks that what is on the list
/// still fails.
pub fn perform(program: &Path, arguments: &[OsString]) -> Outcome {
    let package = env::var("CARGO_PKG_NAME").tried(|| "cargo did not say whose tests these are".to_owned())?;
    let target = target_of(program);
    let list = List::read()?;
    let entries = list.of(&package, &target);
    if !entries.is_empty() {
        expect_known(&entries, &listed(program)?)?;
    }
    say(format_args!("\n    {package}: {target}"));
    let mut command = under_wine(program);
    command.args(arguments);
    if !entries.is_empty() {
        command.arg("--exact");
    }
    for entry in &entries {
        say(format_args!("    skipped: {} ({})", entry.test, entry.reason));
        command.args(["--skip", &entry.test]);
    }
    let begun = Instant::now();
    let run = run(&mut command, LIMIT)?;
    let row = Row {
        package,
        target,
        count: run.count,
        skipped: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        took: begun.elapsed(),
    };
    if let Some(file) = env::var_os(tally::FILE) {
        row.append(Path::new(&file))?;
    }
    run.outcome?;
    entries.iter().try_for_each(|entry| expect_to_fail(program, entry))
}

/// `it-0123456789abcdef.exe` is `it`.
fn target_of(program: &Path) -> String {
    let stem = program.file_stem().unwrap_or_default().to_string_lossy();
    stem.rsplit_once('-').map_or_else(|| stem.to_string(), |(name, _)| name.to_owned())
}

fn under_wine(program: &Path) -> Command {
    let mut command = tethered("wine");
    command.arg(program);
    command
}

fn listed(program: &Path) -> Outcome<Vec<String>> {
    let text = output(under_wine(program).args(["--list", "--format", "terse"]))?;
    Ok(text.lines().filter_map(|line| line.trim().strip_suffix(": test")).map(str::to_owned).collect())
}

fn expect_known(entries: &[&Entry], tests: &[String]) -> Outcome {
    let gone: Vec<&str> =
        entries.iter().map(|entry| entry.test.as_str()).filter(|name| !tests.iter().any(|test| test == name)).collect();
    if gone.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{}: there is no such test any more: {}", super::skipped::FILE, gone.join(", "))))
}

fn expect_to_fail(program: &Path, entry: &Entry) -> Outcome {
    let alone = run(under_wine(program).args(["--exact", &entry.test]).stderr(Stdio::null()), TRIAL)?;
    if alone.outcome.is_ok() {
        return Err(Failure::new(format!("{} passes: take it off {}", entry.test, super::skipped::FILE)));
    }
    Ok(())
}

struct Run {
    count: Count,
    outcome: Outcome,
}

/// Shows what a program prints but for tests that passed.
fn run(command: &mut Command, limit: Duration) -> Outcome<Run> {
    let mut process = Process::start("the test program", command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let printed = process.child().stdout.take();
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in printed.into_iter().flat_map(|output| BufReader::new(output).split(b'\n')).map_while(Result::ok) {
            if sender.send(String::from_utf8_lossy(&line).trim_end().to_owned()).is_err() {
                break;
            }
        }
    });
    let begun = Instant::now();
    let mut count = Count::default();
    loop {
        match lines.recv_timeout(limit.saturating_sub(begun.elapsed())) {
            Ok(line) => {
                count = Count::from_line(&line).unwrap_or(count);
                if !line.ends_with("... ok") && !line.is_empty() {
                    say(&line);
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                return Ok(Run { count, outcome: Err(Failure::new(format!("it was not done after {limit:?}"))) });
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = process.child().wait().tried(|| "the test program cannot be waited for".to_owned())?;
    let outcome = match status.code() {
        Some(0) => Ok(()),
        Some(MISSING_LIBRARY) => Err(Failure::new("Wine lacks a library that the test program needs")),
        _ => Err(Failure::new(format!("the test program ended with {status}"))),
    };
    Ok(Run { count, outcome })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_program_is_named_without_its_hash() {
        assert_eq!(target_of(Path::new("/t/deps/it-0123456789abcdef.exe")), "it");
        assert_eq!(target_of(Path::new("/t/deps/liaison_store-0123456789abcdef.exe")), "liaison_store");
        assert_eq!(target_of(Path::new("liaison.exe")), "liaison");
    }

    #[test]
    fn an_entry_for_a_test_that_is_gone_is_told() {
        let entry = Entry {
            package: "liaison-store".to_owned(),
            target: "it".to_owned(),
            test: "locks::one".to_owned(),
            reason: "no lock".to_owned(),
        };
        assert_eq!(expect_known(&[&entry], &["locks::one".to_owned()]), Ok(()));
        let told = expect_known(&[&entry], &["locks::one_more".to_owned()]).expect_err("told").to_string();
        assert!(told.contains("locks::one") && told.contains(super::super::skipped::FILE), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_ended_and_its_counts_are_kept() {
        let line = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured";
        let script = format!("echo 'test a ... ok'; echo '{line}'; exec sleep 600");
        let run = run(tethered("sh").args(["-c", &script]), Duration::from_secs(2)).expect("runs");
        assert_eq!(run.count, Count { passed: 3, failed: 0, ignored: 1 });
        assert!(run.outcome.is_err());
    }
}
