//! How the tasks call cargo, so that all of them share what is compiled.
//!
//! Cargo compiles a dependency once for each set of features in use, and that set comes from the packages selected.
//! The demo, tests, journeys and screenshots therefore all select the whole workspace with the same features, and
//! differ only in which targets they want.

use std::process::Command;

use crate::failure::Outcome;
use crate::places;
use crate::process::run;
use crate::setup::npm;

/// The built UI inside the binary instead of the development server.
pub const EMBEDDED_UI: &str = "liaison/custom-protocol";
/// The journeys in the real window.
pub const JOURNEYS: &str = "liaison-e2e/window";

/// `cargo` in the project's folder, building into the shared target folder.
pub fn cargo(arguments: &[&str]) -> Outcome<Command> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(places::root()).env("CARGO_TARGET_DIR", places::target()?);
    Ok(command)
}

/// The UI as the app serves it, into `ui/dist`.
pub fn ui() -> Outcome {
    run(npm().args(["run", "build"]))
}

/// The page that measures the list, into `ui/dist-bench`.
pub fn bench_page() -> Outcome {
    run(npm().args(["run", "build", "--", "--mode", "bench"]))
}

/// A bare window of the same Tauri; its web view is the system's, so a debug build is as fast as any.
pub fn bare_window() -> Outcome {
    example("bare_window")
}

/// What measures in the window of the app; it waits for the page, so a debug build is as fast as any.
pub fn window_measurement() -> Outcome {
    example("window")
}

fn example(name: &str) -> Outcome {
    let features = format!("{EMBEDDED_UI},{JOURNEYS}");
    run(&mut cargo(&["build", "--workspace", "--features", &features, "--example", name])?)
}

/// What is measured, for release: these targets of the app's package, and the program that fills its data.
pub fn measured(targets: &[&str]) -> Outcome {
    run(cargo(&["build", "--release", "--package", "liaison", "--features", EMBEDDED_UI])?.args(targets))?;
    run(&mut cargo(&["build", "--release", "--package", "liaison-engine", "--example", "fill"])?)
}

/// The app with the UI inside.
pub fn app() -> Outcome {
    run(&mut cargo(&["build", "--workspace", "--features", EMBEDDED_UI, "--bin", "liaison"])?)
}

/// Every crate with all its tests, the app and the sandbox.
pub fn tests() -> Outcome {
    run(&mut cargo(&["test", "--workspace", "--features", &format!("{EMBEDDED_UI},{JOURNEYS}"), "--no-run"])?)
}

/// The window journeys whose names begin with `filter`, against the app that [`tests`] built.
pub fn journeys(filter: &str) -> Outcome<Command> {
    let features = format!("{EMBEDDED_UI},{JOURNEYS}");
    let mut command = cargo(&["test", "--workspace", "--features", &features, "--test", "journeys"])?;
    // One window at a time: two web views and a browser on two cores only make each other late.
    command.args(["--", "--test-threads=1", filter]);
    command.env("LIAISON_E2E_APP", places::built("debug", "liaison")?);
    command.env("LIAISON_E2E_SANDBOX", places::built("debug", "liaison-sandbox")?);
    Ok(command)
}
