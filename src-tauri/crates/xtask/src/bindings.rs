//! `cargo xtask bindings`: writes `ui/src/bindings` anew from the Rust commands.

use crate::build;
use crate::failure::Outcome;
use crate::process::run;

/// The same test that finds outdated bindings writes them when it is told to.
pub fn perform() -> Outcome {
    let features = format!("{},{}", build::EMBEDDED_UI, build::JOURNEYS);
    let mut command = build::cargo(&["test", "--workspace", "--features", &features, "--test", "it", "bindings"])?;
    run(command.env("LIAISON_WRITE_BINDINGS", "1"))
}
