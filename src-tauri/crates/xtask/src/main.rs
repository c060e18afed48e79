//! The command line of [`xtask`].

use std::process::ExitCode;

use xtask::{command_line::Task, perform, report};

fn main() -> ExitCode {
    let outcome = Task::parse(std::env::args_os().skip(1)).and_then(perform);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::complain(&failure);
            ExitCode::FAILURE
        }
    }
}
