//! What a task says while it works: short lines, each step with its reason and how long it took.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::failure::Outcome;

/// A line on standard output. A closed pipe is no reason to stop working.
pub fn say(line: impl Display) {
    let mut output = std::io::stdout().lock();
    let _ = writeln!(output, "{line}");
    let _ = output.flush();
}

/// The last line of a task that failed.
pub fn complain(failure: impl Display) {
    eprintln!("\nerror: {failure}");
}

/// Whether somebody sits at the terminal.
pub fn interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// The steps of one task, in order, with the time each took.
#[derive(Debug)]
pub struct Steps {
    started: Instant,
    done: Vec<(String, Duration)>,
    notes: Vec<String>,
}

impl Default for Steps {
    fn default() -> Self {
        Self { started: Instant::now(), done: Vec::new(), notes: Vec::new() }
    }
}

impl Steps {
    /// Says the step and its reason, does it, and says how long it took. The first failure ends the task.
    pub fn step<T>(&mut self, name: &str, why: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        say(format_args!("\n==> {name} ({why})"));
        let begun = Instant::now();
        let outcome = work();
        let took = begun.elapsed();
        if outcome.is_ok() {
            say(format_args!("<== {name}: ok, {}", spoken(took)));
            self.done.push((name.to_owned(), took));
        } else {
            say(format_args!("<== {name}: FAILED after {}", spoken(took)));
            self.summary();
        }
        outcome
    }

    /// A line for the summary about something that was left out.
    pub fn note(&mut self, words: impl Into<String>) {
        self.notes.push(words.into());
    }

    /// Every finished step with its time, then the whole.
    pub fn summary(&self) {
        say("\nSteps");
        for (name, took) in &self.done {
            say(format_args!("  ok  {:>9}  {name}", spoken(*took)));
        }
        for note in &self.notes {
            say(format_args!("  --             {note}"));
        }
        say(format_args!("  in  {:>9}", spoken(self.started.elapsed())));
    }
}

/// A duration as a person says it: `0.4 s`, `12 s`, `3 m 07 s`.
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 10 {
        format!("{:.1} s", duration.as_secs_f64())
    } else if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} m {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;

    #[test]
    fn durations_are_spoken_in_the_unit_that_fits() {
        assert_eq!(spoken(Duration::from_millis(432)), "0.4 s");
        assert_eq!(spoken(Duration::from_secs(59)), "59 s");
        assert_eq!(spoken(Duration::from_secs(187)), "3 m 07 s");
    }

    #[test]
    fn a_failed_step_is_handed_on_and_not_counted_as_done() {
        let mut steps = Steps::default();
        let failed: Outcome = steps.step("one", "to see", || Err(Failure::new("no")));
        assert_eq!(failed, Err(Failure::new("no")));
        assert!(steps.done.is_empty());
        assert!(steps.step("two", "to see", || Ok(7)).is_ok());
        assert_eq!(steps.done.len(), 1);
    }
}
