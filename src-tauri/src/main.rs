#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
//! The desktop program. Everything is in the library, where tests can reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    let options = match liaison::Options::from_arguments(std::env::args_os().skip(1)) {
        Ok(options) => options,
        Err(answer) => return ExitCode::from(answer.print()),
    };
    match liaison::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            if problem.is_of_one_that_ends() {
                liaison::begin_anew();
            }
            liaison::explain(&problem)
        }
    }
}
