//! `cargo xtask package`: the Salesforce metadata package against its rules and, where npm is there, against
//! Salesforce's own types and converter.

use std::process::Command;

use crate::failure::Outcome;
use crate::places;
use crate::process::run;
use crate::report::Steps;

pub fn perform() -> Outcome {
    let mut steps = Steps::default();
    let node = |arguments: &[&str]| {
        let mut command = Command::new("node");
        command.args(arguments).current_dir(places::root().join("salesforce-package"));
        command
    };
    steps.step("package", "rules, types and conversion", || run(&mut node(&["validate.mjs"])))?;
    steps.step("validator", "tests of the validator itself, and of the admin guide", || {
        run(&mut node(&["--test", "validation/validation.test.mjs", "validation/guide.test.mjs"]))
    })?;
    steps.summary();
    Ok(())
}
