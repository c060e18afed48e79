//! `cargo xtask screenshots`: every view of the real window in every theme, language and size, as PNG files.

use std::fs;

use crate::failure::{Outcome, Tried};
use crate::packages::Need;
use crate::process::run;
use crate::report::{Steps, say};
use crate::{build, places, setup};

pub fn perform() -> Outcome {
    let folder = places::artifacts().join("screenshots");
    let mut steps = Steps::default();
    steps.step("setup", "what building and the real window need", || {
        setup::for_needs(&[Need::Build, Need::Headless, Need::Journeys])
    })?;
    steps.step("web view", "the UI goes into the binary", build::ui)?;
    steps.step("build", "the app and the journeys", build::tests)?;
    steps.step("screenshots", "every view, theme, language and size", || {
        // Pictures of an earlier run would pass for pictures of this one.
        if folder.exists() {
            fs::remove_dir_all(&folder).tried(|| format!("could not empty {}", folder.display()))?;
        }
        run(build::journeys("views::")?.env("LIAISON_SCREENSHOTS", &folder))
    })?;
    steps.step("cut texts", "every state in a language that is 40 % longer than English", || {
        run(setup::npm().args(["run", "cut"]))
    })?;
    steps.summary();
    say(format_args!("\nThe pictures are in {}", folder.display()));
    Ok(())
}
