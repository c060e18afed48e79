//! `cargo xtask bench pull-zoom | pull-salesforce | push | outbox | calls | webinars | meetings |
//! palette`: the benchmarks of the clients, of the outbox, of the rooms and of the palette, built for release, next to the
//! sandbox they work with.

use std::ffi::OsString;

use crate::build;
use crate::command_line::Benchmark;
use crate::failure::Outcome;
use crate::process::run;

pub fn perform(benchmark: Benchmark, arguments: &[OsString]) -> Outcome {
    let (package, example) = match benchmark {
        Benchmark::PullZoom => ("liaison-zoom", "pull_zoom"),
        Benchmark::PullSalesforce => ("liaison-salesforce", "pull_salesforce"),
        Benchmark::Push => ("liaison-salesforce", "push"),
        Benchmark::Outbox => ("liaison-engine", "outbox"),
        Benchmark::Calls => ("liaison-engine", "calls"),
        Benchmark::Webinars => ("liaison-engine", "webinars"),
        Benchmark::Meetings => ("liaison-engine", "meetings"),
        Benchmark::Palette => ("liaison-engine", "palette"),
    };
    let sandbox = ["build", "--release", "--package", "liaison-sandbox", "--bin", "liaison-sandbox"];
    run(&mut build::cargo(&sandbox)?)?;
    let example = ["run", "--release", "--package", package, "--example", example, "--"];
    run(build::cargo(&example)?.args(arguments))
}
