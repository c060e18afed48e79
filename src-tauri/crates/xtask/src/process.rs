//! Programs that a task starts: those it waits for, and those it keeps and must never leave behind.

use std::ffi::OsStr;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome, Tried};
use crate::places;

/// How long a program may take to end after it was asked to.
const PATIENCE: Duration = Duration::from_secs(3);

/// How much of what a failed program printed is shown.
const LINES: usize = 25;

/// Runs a program to its end with the terminal's input and output; anything but success is a failure in words.
pub fn run(command: &mut Command) -> Outcome {
    let words = spelled(command);
    crate::report::say(format_args!("    $ {words}"));
    let status = command.status().tried(|| format!("could not start {words}"))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("{words} ended with {status}")))
}

/// Runs a program to its end without showing what it prints; a failure carries the end of that.
pub fn quietly(command: &mut Command) -> Outcome {
    let words = spelled(command);
    crate::report::say(format_args!("    $ {words}"));
    let output = command.stdin(Stdio::inherit()).output().tried(|| format!("could not start {words}"))?;
    if output.status.success() {
        return Ok(());
    }
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    Err(Failure::new(format!("{words} ended with {}\n{}", output.status, end_of(&printed, LINES))))
}

fn end_of(printed: &str, lines: usize) -> String {
    let all: Vec<&str> = printed.lines().filter(|line| !line.trim().is_empty()).collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// Runs a program to its end and returns what it printed.
pub fn output(command: &mut Command) -> Outcome<String> {
    let words = spelled(command);
    let output =
        command.stdin(Stdio::null()).stderr(Stdio::null()).output().tried(|| format!("could not start {words}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(Failure::new(format!("{words} ended with {}", output.status)))
}

fn spelled(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A command whose process ends when ours ends, even by `kill -9`, and which leads a process group of its own, so that
/// what it starts can be ended with it.
pub fn tethered(program: impl AsRef<OsStr>) -> Command {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "there is no process group to set"))]
    let mut command = match places::program("setpriv").filter(|_| cfg!(target_os = "linux")) {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "KILL", "--"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// A running program; dropping it ends it and what it started.
#[derive(Debug)]
pub struct Process {
    name: &'static str,
    child: Child,
}

impl Process {
    /// Starts a command made by [`tethered`].
    pub fn start(name: &'static str, command: &mut Command) -> Outcome<Self> {
        let child = command.spawn().tried(|| format!("could not start {name}"))?;
        Ok(Self { name, child })
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// An error in words if the program has ended although it should be running.
    pub fn still_running(&mut self) -> Outcome {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(Failure::new(format!("{} ended early with {status}", self.name))),
            Err(error) => Err(Failure::new(format!("{} cannot be asked for its state: {error}", self.name))),
        }
    }

    /// Asks again and again until `ready` has an answer, and gives up when the program ends or the time is over.
    pub fn await_ready<T>(&mut self, limit: Duration, mut ready: impl FnMut() -> Option<T>) -> Outcome<T> {
        let begun = Instant::now();
        loop {
            if let Some(answer) = ready() {
                return Ok(answer);
            }
            self.still_running()?;
            if begun.elapsed() > limit {
                return Err(Failure::new(format!("{} was not ready after {limit:?}", self.name)));
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Sends a signal (`TERM`, `KILL`) to the program and all it started in its group.
    fn signal(&self, signal: &str) {
        // The standard library can only kill, and only one process; the shell's own `kill` knows groups.
        let _ = Command::new("sh")
            .args(["-c", "kill -s \"$0\" -- \"-$1\" 2>/dev/null", signal, &self.child.id().to_string()])
            .status();
    }

    fn ended_within(&mut self, limit: Duration) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < limit {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if cfg!(unix) {
            self.signal("TERM");
            self.ended_within(PATIENCE);
            self.signal("KILL");
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::{BufRead, BufReader};

    use super::*;

    #[test]
    fn a_failing_program_is_named_with_its_arguments() {
        let failed = run(Command::new("sh").args(["-c", "exit 3"]));
        let words = failed.expect_err("exit 3 is a failure").to_string();
        assert!(words.contains("sh -c exit 3") && words.contains('3'), "{words}");
    }

    #[test]
    fn a_missing_program_is_a_failure_in_words() {
        let failed = run(&mut Command::new("no-such-program-here"));
        assert!(failed.is_err_and(|failure| failure.to_string().contains("could not start")));
    }

    #[test]
    fn dropping_a_process_ends_what_it_started_too() {
        let mut command = tethered("sh");
        // The inner shell ignores the polite signal, so only the second one can end it.
        command.args(["-c", "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & wait"]);
        let mut process = Process::start("shell", command.stdout(Stdio::piped())).expect("starts");
        let mut line = String::new();
        let output = process.child().stdout.take().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("a line");
        let inner = line.trim().to_owned();
        // One that has ended but that nobody has waited for yet is not alive.
        let alive = |id: &str| {
            let state = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            state.rsplit(')').next().is_some_and(|rest| !rest.trim().is_empty() && !rest.trim().starts_with('Z'))
        };
        assert!(alive(&inner));
        drop(process);
        let begun = Instant::now();
        while alive(&inner) && begun.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(10));
        }
        assert!(!alive(&inner), "process {inner} was left behind");
    }

    #[test]
    fn what_a_program_printed_is_told_only_when_it_failed() {
        assert_eq!(quietly(Command::new("sh").args(["-c", "echo E: red; exit 0"])), Ok(()));
        let told = quietly(Command::new("sh").args(["-c", "seq 100; echo E: red >&2; exit 7"]));
        let told = told.expect_err("fails").to_string();
        assert!(told.contains("E: red") && told.contains("\n100\n") && !told.contains("\n50\n"), "{told}");
    }

    #[test]
    fn waiting_for_a_program_that_ended_says_so() {
        let mut process = Process::start("shell", tethered("sh").args(["-c", "exit 4"])).expect("starts");
        let failed = process.await_ready(Duration::from_secs(20), || None::<()>);
        assert!(failed.is_err_and(|failure| failure.to_string().contains("ended early")));
    }
}
