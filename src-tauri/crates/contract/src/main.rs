//! The command line of the contract checks: prints the tables, and fails when there is a violation.

use std::io::Write as _;
use std::process::ExitCode;

use liaison_contract::{Asked, Outcome, Places, USAGE, beside_the_checkout, check};

#[tokio::main]
async fn main() -> ExitCode {
    let places = match Places::parse(std::env::args().skip(1), &beside_the_checkout()) {
        Ok(Asked::Check(places)) => places,
        Ok(Asked::Help) => {
            say(USAGE);
            return ExitCode::SUCCESS;
        }
        Err(reason) => {
            eprintln!("{reason}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match check(&places).await {
        Ok(outcome) => told(&outcome),
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn told(outcome: &Outcome) -> ExitCode {
    for table in &outcome.tables {
        say(&table.text());
    }
    for note in &outcome.notes {
        say(note);
    }
    for exception in &outcome.idle {
        say(&format!("! not needed any more: {exception}"));
    }
    match outcome.violations() {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// A line on standard output. A closed pipe is no reason to fail.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
