//! `cargo xtask windows`: the same program, linted, linked and tested for Windows on a Linux machine.
//!
//! The compiler is the project's own with the standard library of `x86_64-pc-windows-gnu`, the linker is MinGW's, and
//! the tests are `.exe` files that run under Wine. What Wine can't show is in `tests/windows/skipped.txt`, by name and
//! with its reason. The window is compiled and linked but not opened: that needs Edge's web view.

pub mod programs;
pub mod runner;
pub mod skipped;
pub mod tally;
pub mod toolchain;
pub mod wine;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::build;
use crate::failure::{Failure, Outcome};
use crate::packages::Need;
use crate::places;
use crate::process::{output, run};
use crate::report::{Steps, say};
use crate::setup;
use crate::test::{SEED, THREADS, threads};

use runner::Runner;
use tally::Tally;
use toolchain::{TARGET, Toolchain};
use wine::Wine;

/// Crates of the workspace whose tests are not run as `.exe`, and why.
const NOT_TESTED: &[(&str, &str)] = &[
    ("xtask", "the tasks start Linux programs: a display, a session bus, Wine itself"),
    ("liaison-e2e", "the journeys drive the window of Linux"),
    ("liaison-scenario", "a whole app with its services for each file: two minutes on Linux, more than ten under Wine"),
];

/// The same for building and testing, so that nothing is compiled twice.
const TESTED: [&str; 5] = ["--bins", "--lib", "--tests", "--features", build::EMBEDDED_UI];

/// How much is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// The lints alone.
    Quick,
    /// Links and runs what takes a few minutes.
    #[default]
    Usual,
    /// Runs what takes long as well.
    Full,
}

/// Lints and compiles; unless it is to be quick, links the program and runs the tests as well.
pub fn perform(extent: Extent) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new("this compiles for Windows on Linux; on Windows itself use `cargo xtask test`"));
    }
    let mut steps = Steps::default();
    steps.step("setup", "what building for Windows and Wine need", || {
        setup::for_needs(&[Need::Build, Need::Windows])?;
        setup::lint_tools()
    })?;
    let toolchain = steps.step("toolchain", "a standard library for Windows", Toolchain::find)?;
    steps.step("web view: build", "the UI that is linked in", build::ui)?;
    steps.step("lints", "clippy over every crate and test as Windows compiles them, warnings are errors", || {
        let features = format!("{},{}", build::EMBEDDED_UI, build::JOURNEYS);
        let arguments = ["--workspace", "--all-targets", "--features", &features, "--", "-D", "warnings"];
        run(toolchain.cargo("clippy")?.args(arguments))
    })?;
    if extent == Extent::Quick {
        steps.note("nothing was linked or run (--quick)");
        steps.summary();
        return Ok(());
    }
    steps.step("build", "liaison.exe, liaison-sandbox.exe and the tests", || {
        run(toolchain.cargo("build")?.args(TESTED).args(selection()?))
    })?;
    let wine = steps.step("Wine", "a Windows of the run's own", || Wine::prepare(&toolchain.target()?.join("wine")))?;
    steps.step("liaison.exe", "answers on its command line", || answers(&wine, toolchain))?;
    let programs = steps.step("test programs", "as cargo names them", || {
        let mut tests = toolchain.cargo("test")?;
        tests.args(TESTED).args(selection()?);
        programs::named_by(tests, &toolchain.target()?.join("programs.tsv"))
    })?;
    let heavy = match extent {
        Extent::Full => skipped::List::default(),
        Extent::Quick | Extent::Usual => skipped::List::read(skipped::HEAVY)?,
    };
    if heavy.count() > 0 {
        steps.note(format!("left to `cargo xtask windows --full`: {} tests ({})", heavy.count(), skipped::HEAVY));
    }
    steps.step("tests", "as .exe files under Wine", || {
        let list = skipped::List::read(skipped::FILE)?;
        let runner = Runner { wine: &wine, variables: variables(toolchain)?, list, heavy };
        let file = toolchain.target()?.join("tally.tsv");
        let (tally, outcome) = runner.perform(programs, &Tally::read(&file));
        say(format_args!("\n{}", tally.table()));
        tally.write(&file)?;
        outcome
    })?;
    for (package, why) in NOT_TESTED {
        steps.note(format!("only compiled: {package} ({why})"));
    }
    steps.note("only linked: the window (it needs Edge's web view)");
    steps.summary();
    Ok(())
}

/// Every crate of the workspace but those that are not tested: a crate that is new takes part by itself.
fn selection() -> Outcome<Vec<&'static str>> {
    let members = members()?;
    for (name, _) in NOT_TESTED {
        if !members.iter().any(|member| member == name) {
            return Err(Failure::new(format!("{name} is left out of the tests, but there is no such crate")));
        }
    }
    let excluded = NOT_TESTED.iter().flat_map(|(name, _)| ["--exclude", name]);
    Ok(["--workspace"].into_iter().chain(excluded).collect())
}

/// The names of the workspace's crates, as cargo knows them.
fn members() -> Outcome<Vec<String>> {
    let arguments = ["tree", "--workspace", "--depth", "0", "--prefix", "none", "--format", "{p}"];
    let listed = output(&mut build::cargo(&arguments)?)?;
    Ok(listed.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

fn answers(wine: &Wine, toolchain: Toolchain) -> Outcome {
    let program = toolchain.target()?.join(TARGET).join("debug").join("liaison.exe");
    let version = output(wine.command(&program).arg("--version"))?;
    if !version.trim_end().starts_with("liaison ") {
        return Err(Failure::new(format!("liaison.exe --version says `{}`", version.trim())));
    }
    say(format_args!("    it says `{}`", version.trim()));
    Ok(())
}

/// What every test program is started with.
fn variables(toolchain: Toolchain) -> Outcome<BTreeMap<&'static str, String>> {
    // The loader of Edge's web view lies beside liaison.exe; its tests are linked to it too.
    let beside = toolchain.target()?.join(TARGET).join("debug");
    Ok(BTreeMap::from([
        ("WINEPATH", format!("Z:{}", beside.display().to_string().replace('/', r"\"))),
        (SEED, std::env::var(SEED).unwrap_or_else(|_| "1".to_owned())),
        (THREADS, std::env::var(THREADS).unwrap_or_else(|_| threads())),
        // Wine's Credential Manager is in the prefix, which is the run's own.
        ("LIAISON_TEST_KEYCHAIN", "1".to_owned()),
    ]))
}

/// `cargo` of a toolchain in the project's folder. Under Wine the tests take much longer than on Linux, and most of it is
/// code as it is compiled for debugging.
fn in_project(mut command: Command, target: &Path) -> Command {
    command.current_dir(places::root()).env("CARGO_TARGET_DIR", target).env("CARGO_PROFILE_DEV_OPT_LEVEL", "1");
    command
}
