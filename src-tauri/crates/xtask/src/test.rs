//! `cargo xtask test`: every check and test, the cheap ones first.

use std::env;

use crate::desktop::Session;
use crate::failure::Outcome;
use crate::packages::Need;
use crate::process::run;
use crate::report::{Steps, say};
use crate::setup::npm;
use crate::{build, deny, setup};

/// Where proptest reads which cases to make.
pub(crate) const SEED: &str = "PROPTEST_RNG_SEED";
/// How many tests of a program run side by side.
pub(crate) const THREADS: &str = "RUST_TEST_THREADS";

pub fn perform(quick: bool) -> Outcome {
    let on_linux = cfg!(target_os = "linux");
    let journeys = on_linux && !quick;
    let mut needs = vec![Need::Build, Need::Headless];
    if journeys {
        needs.push(Need::Journeys);
    }
    let mut steps = Steps::default();
    steps.step("setup", "what building and testing need", || {
        setup::for_needs(&needs)?;
        setup::lint_tools()
    })?;
    steps.step("form", "rustfmt", || run(&mut build::cargo(&["fmt", "--all", "--check"])?))?;
    let graph = "licences, sources and bans of everything that comes in, by cargo-deny";
    if !steps.step("dependencies", graph, deny::check)? {
        steps.note("what comes in was not checked: there is no cargo-deny");
    }
    web_view(&mut steps)?;
    steps.step("lints", "clippy over every crate and test, warnings are errors", || {
        let features = build::JOURNEYS;
        let arguments = ["clippy", "--workspace", "--all-targets", "--features", features, "--", "-D", "warnings"];
        run(&mut build::cargo(&arguments)?)
    })?;
    steps.step("build", "every crate, test and the app with the UI inside", build::tests)?;
    steps.step("tests", "of every crate, with a keychain of their own", || tests(on_linux))?;
    if journeys {
        steps.step("journeys", "in the real window, on a virtual display", || run(&mut build::journeys("")?))?;
    } else if quick {
        steps.note("the journeys in the real window were left out (--quick)");
    } else {
        steps.note("the journeys in the real window run on Linux only");
    }
    steps.summary();
    say("\nAll checks and tests passed.");
    Ok(())
}

fn web_view(steps: &mut Steps) -> Outcome {
    let script = |name: &'static str| move || run(npm().args(["run", name]));
    steps.step("web view: types", "tsc and svelte-check", script("check"))?;
    steps.step("web view: lints", "eslint", script("lint"))?;
    steps.step("web view: tests", "vitest", script("test"))?;
    steps.step("web view: build", "the UI that the app serves", build::ui)
}

/// Tests of whole apps wait for services more than they work: three for a core.
pub(crate) fn threads() -> String {
    (3 * std::thread::available_parallelism().map_or(1, usize::from)).to_string()
}

fn tests(private_keychain: bool) -> Outcome {
    let mut command = build::cargo(&["test", "--workspace", "--features", build::EMBEDDED_UI])?;
    // The same cases each time, so that a failure is the change's; another number explores others.
    if env::var_os(SEED).is_none() {
        command.env(SEED, "1");
    }
    if env::var_os(THREADS).is_none() {
        command.env(THREADS, threads());
    }
    if !private_keychain {
        return run(&mut command);
    }
    let session = Session::start()?;
    session.lend(&mut command);
    run(command.env("LIAISON_TEST_KEYCHAIN", "1"))
}
