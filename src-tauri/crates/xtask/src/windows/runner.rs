//! Runs the test programs under Wine, as many side by side as there are cores: most of them wait more than they work.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::programs::Program;
use super::skipped::{self, Entry, List};
use super::tally::{Count, Row, Tally};
use super::wine::Wine;
use crate::failure::{Failure, Outcome, Tried};
use crate::process::{Process, output, tethered};
use crate::report::{say, spoken};

/// Longer than any test program takes on a slow machine: one that hangs is ended, and the others still run.
const LIMIT: Duration = Duration::from_mins(20);
/// Wine's exit code for a library that it does not find.
const MISSING_LIBRARY: i32 = 53;
/// How long a test on the list may take to show that it fails.
const TRIAL: Duration = Duration::from_mins(1);
/// How long a program that says nothing is left before it is seen whether it has ended: the desktop that Wine starts
/// with the first window outlives it and keeps its pipes.
const LOOK: Duration = Duration::from_millis(300);

/// What the programs of one run have in common.
#[derive(Debug)]
pub struct Runner<'a> {
    pub wine: &'a Wine,
    /// Set for every test program.
    pub variables: BTreeMap<&'static str, String>,
    /// What Wine can't show.
    pub list: List,
    /// What is left to a full run.
    pub heavy: List,
}

impl Runner<'_> {
    /// Runs all tests but those on the list, and checks that what is on the list still fails. A program that fails
    /// keeps none of the others from being run; the failure names all of them.
    pub fn perform(&self, mut programs: Vec<Program>, last: &Tally) -> (Tally, Outcome) {
        // Taken from the end: what took longest last time is begun first, what nobody has timed before that.
        programs.sort_by_key(|program| last.took(&program.package, &program.target()).unwrap_or(LIMIT));
        let left = Mutex::new(programs);
        let rows = Mutex::new(Vec::new());
        let failed = Mutex::new(Vec::new());
        let side_by_side = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for _ in 0..side_by_side {
                scope.spawn(|| {
                    while let Some(program) = next(&left) {
                        let mut said = String::new();
                        let outcome = self.one(&program, &mut said, &rows);
                        if let Err(failure) = outcome {
                            let _ = writeln!(said, "    FAILED: {failure}");
                            locked(&failed).push(format!("{} {}", program.package, program.target()));
                        }
                        say(said.trim_end());
                    }
                });
            }
        });
        let mut failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        failed.sort();
        let tally = Tally::from(rows.into_inner().unwrap_or_else(PoisonError::into_inner));
        let outcome = match failed.as_slice() {
            [] => unused(&self.list, skipped::FILE, &tally).and_then(|()| unused(&self.heavy, skipped::HEAVY, &tally)),
            failed => Err(Failure::new(format!("tests failed in: {}", failed.join(", ")))),
        };
        (tally, outcome)
    }

    /// One program; what there is to say about it is said together, for others run at the same time.
    fn one(&self, program: &Program, said: &mut String, rows: &Mutex<Vec<Row>>) -> Outcome {
        let target = program.target();
        let _ = writeln!(said, "\n    {}: {target}", program.package);
        let entries = self.list.of(&program.package, &target);
        let heavy = self.heavy.of(&program.package, &target);
        let mut command = self.command(program);
        if !entries.is_empty() || !heavy.is_empty() {
            let known = self.listed(program)?;
            expect_known(&entries, skipped::FILE, &known)?;
            expect_known(&heavy, skipped::HEAVY, &known)?;
            command.arg("--exact");
        }
        for (why, entry) in
            entries.iter().map(|entry| ("skipped", entry)).chain(heavy.iter().map(|entry| ("left to --full", entry)))
        {
            let _ = writeln!(said, "    {why}: {} ({})", entry.test, entry.reason);
            command.args(["--skip", &entry.test]);
        }
        let begun = Instant::now();
        let run = run(&mut command, LIMIT)?;
        let took = begun.elapsed();
        said.extend(run.printed.iter().map(|line| format!("{line}\n")));
        let _ = writeln!(said, "    {}", spoken(took));
        let skipped = u32::try_from(entries.len() + heavy.len()).unwrap_or(u32::MAX);
        locked(rows).push(Row { package: program.package.clone(), target, count: run.count, skipped, took });
        run.outcome?;
        entries.iter().try_for_each(|entry| self.expect_to_fail(program, entry))
    }

    fn command(&self, program: &Program) -> Command {
        let mut command = tethered("wine");
        command.arg(&program.file).current_dir(&program.folder).envs(&self.variables);
        command.env("CARGO_MANIFEST_DIR", &program.folder).env("CARGO_PKG_NAME", &program.package);
        self.wine.lend(&mut command);
        command
    }

    fn listed(&self, program: &Program) -> Outcome<Vec<String>> {
        let text = output(self.command(program).args(["--list", "--format", "terse"]))?;
        Ok(text.lines().filter_map(|line| line.trim().strip_suffix(": test")).map(str::to_owned).collect())
    }

    fn expect_to_fail(&self, program: &Program, entry: &Entry) -> Outcome {
        let alone = run(self.command(program).args(["--exact", &entry.test]), TRIAL)?;
        if alone.outcome.is_ok() {
            return Err(Failure::new(format!("{} passes: take it off {}", entry.test, skipped::FILE)));
        }
        Ok(())
    }
}

fn next(left: &Mutex<Vec<Program>>) -> Option<Program> {
    locked(left).pop()
}

fn locked<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An exception for a test program that was not run would stay in the list forever.
fn unused(list: &List, file: &str, ran: &Tally) -> Outcome {
    let stray: Vec<String> = list
        .programs()
        .filter(|(package, target)| ran.took(package, target).is_none())
        .map(|program| format!("{program:?}"))
        .collect();
    if stray.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{file} names test programs that there are not: {}", stray.join(", "))))
}

fn expect_known(entries: &[&Entry], file: &str, tests: &[String]) -> Outcome {
    let gone: Vec<&str> =
        entries.iter().map(|entry| entry.test.as_str()).filter(|name| !tests.iter().any(|test| test == name)).collect();
    if gone.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{file}: there is no such test any more: {}", gone.join(", "))))
}

struct Run {
    count: Count,
    /// Without the tests that passed.
    printed: Vec<String>,
    outcome: Outcome,
}

/// A line of a program's output, or of its complaints.
enum Line {
    Output(String),
    Complaint(String),
}

fn run(command: &mut Command, limit: Duration) -> Outcome<Run> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = Process::start("the test program", command)?;
    let (sender, lines) = mpsc::channel();
    let child = process.child();
    send_lines(child.stdout.take(), Line::Output, sender.clone());
    send_lines(child.stderr.take(), Line::Complaint, sender);
    let begun = Instant::now();
    let mut run = Run { count: Count::default(), printed: Vec::new(), outcome: Ok(()) };
    let mut complaints = Vec::new();
    run.outcome = loop {
        match lines.recv_timeout(LOOK.min(limit.saturating_sub(begun.elapsed()))) {
            Ok(Line::Output(line)) => {
                run.count = Count::from_line(&line).unwrap_or(run.count);
                if !line.ends_with("... ok") && !line.is_empty() {
                    run.printed.push(line);
                }
            }
            Ok(Line::Complaint(line)) => complaints.push(line),
            Err(mpsc::RecvTimeoutError::Timeout) if process.still_running().is_err() => break ended(&mut process),
            Err(mpsc::RecvTimeoutError::Timeout) if begun.elapsed() < limit => {}
            Err(mpsc::RecvTimeoutError::Timeout) => {
                break Err(Failure::new(format!("it was not done after {}", spoken(limit))));
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break ended(&mut process),
        }
    };
    if run.outcome.is_err() {
        run.printed.append(&mut complaints);
    }
    Ok(run)
}

fn ended(process: &mut Process) -> Outcome {
    let status = process.child().wait().tried(|| "the test program cannot be waited for".to_owned())?;
    match status.code() {
        Some(0) => Ok(()),
        Some(MISSING_LIBRARY) => Err(Failure::new("Wine lacks a library that the test program needs")),
        _ => Err(Failure::new(format!("the test program ended with {status}"))),
    }
}

fn send_lines(from: Option<impl Read + Send + 'static>, of: fn(String) -> Line, to: mpsc::Sender<Line>) {
    thread::spawn(move || {
        for line in from.into_iter().flat_map(|output| BufReader::new(output).split(b'\n')).map_while(Result::ok) {
            if to.send(of(String::from_utf8_lossy(&line).trim_end().to_owned())).is_err() {
                break;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_for_a_test_that_is_gone_is_told() {
        let entry = Entry {
            package: "liaison-store".to_owned(),
            target: "it".to_owned(),
            test: "locks::one".to_owned(),
            reason: "no lock".to_owned(),
        };
        assert_eq!(expect_known(&[&entry], skipped::FILE, &["locks::one".to_owned()]), Ok(()));
        let told =
            expect_known(&[&entry], skipped::FILE, &["locks::one_more".to_owned()]).expect_err("told").to_string();
        assert!(told.contains("locks::one") && told.contains(skipped::FILE), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_ended_and_its_counts_and_complaints_are_kept() {
        let line = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured";
        let script = format!("echo 'test a ... ok'; echo '{line}'; echo why >&2; exec sleep 600");
        let run = run(tethered("sh").args(["-c", &script]), Duration::from_secs(2)).expect("runs");
        assert_eq!(run.count, Count { passed: 3, failed: 0, ignored: 1 });
        assert!(run.outcome.is_err());
        assert_eq!(run.printed, [line, "why"]);
    }
}
