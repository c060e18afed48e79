//! `cargo xtask prove`: what takes too long for the tests, and needs somebody else's word.
//!
//! A proof prints the line that repeats it, and is also run blind: with its eyes shut it has to fail.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use crate::command_line::PhoneProof;
use crate::failure::{Failure, Outcome, Tried};
use crate::process::run;
use crate::report::{Steps, say};
use crate::{build, places, python};

/// The version is that of the data in our own port (`domain::phone::METADATA_VERSION`).
const PHONENUMBERS: &str = "phonenumbers==9.0.42";

/// `prove phone`: generated texts, read by `domain::phone` and by the other library.
pub fn phone(proof: &PhoneProof) -> Outcome {
    let mut steps = Steps::default();
    let folder = places::target()?.join("prove").join("phone");
    fs::create_dir_all(&folder).tried(|| format!("could not make {}", folder.display()))?;
    let python = steps.step("phonenumbers", "the library that is not ours", || {
        python::with(&folder.join("python"), PHONENUMBERS)?
            .ok_or_else(|| Failure::new("the proof needs Python with virtual environments"))
    })?;
    let script = places::root().join("tests").join("others").join("phonenumbers_agreement.py");
    let (texts, readings) = (folder.join("texts.tsv"), folder.join("readings.txt"));
    steps.step("texts", "numbers as people write them, and worse", || {
        let (count, seed) = (proof.count.to_string(), proof.seed.to_string());
        run(Command::new(&python).arg("-B").arg(&script).args(["make", &count, &seed]).stdout(created(&texts)?))
    })?;
    steps.step("ours", "what domain::phone reads, with the time each took", || {
        let example = ["run", "--release", "--quiet", "--package", "liaison-domain", "--example", "phone_readings"];
        let input = File::open(&texts).tried(|| format!("could not read {}", texts.display()))?;
        run(build::cargo(&example)?.stdin(input).stdout(created(&readings)?))
    })?;
    let check = || {
        let mut command = Command::new(&python);
        command.arg("-B").arg(&script).arg("check").args([&texts, &readings]);
        command
    };
    steps.step("comparison", "each difference has an explanation", || run(&mut check()))?;
    steps.step("blind", "the same with a wrong last digit, which has to fail", || {
        match run(check().arg("--blind")) {
            Ok(()) => Err(Failure::new("the comparison does not see a wrong digit")),
            Err(_) => Ok(()),
        }
    })?;
    steps.summary();
    say(format_args!("\nTo repeat it: cargo xtask prove phone --count {} --seed {}", proof.count, proof.seed));
    Ok(())
}

/// The mistakes that are planted, by number (`liaison_store::planted`).
const PLANTED: std::ops::RangeInclusive<u32> = 1..=29;

/// What runs are about in which a mistake can show, where that is not every one.
fn about(bug: u32) -> &'static [&'static str] {
    match bug {
        20..=22 | 26 => &["--temper", "calls"],
        23..=25 | 29 => &["--temper", "webinars"],
        27 => &["--temper", "series"],
        28 => &["--temper", "sides"],
        _ => &[],
    }
}

/// How the rigs are built: quick, and with the checks of a debug build.
const RIGS: &str = "rigs";

/// `prove simulate` and `prove kill`: the scenario crate's rigs.
pub fn rig(arguments: &[OsString]) -> Outcome {
    let rig = ["run", "--profile", RIGS, "--quiet", "--package", "liaison-scenario", "--bin", "liaison-scenario"];
    run(build::cargo(&rig)?.args(["--", "prove"]).args(arguments))
}

/// `prove bugs`: builds the rig with the mistakes in, and makes one after the other.
pub fn bugs(arguments: &[OsString]) -> Outcome {
    let package = ["build", "--profile", RIGS, "--package", "liaison-scenario", "--bin", "liaison-scenario"];
    // See the store's `build.rs`.
    run(build::cargo(&package)?.env("LIAISON_BUGS", "1"))?;
    let program = places::target()?.join(RIGS).join(format!("liaison-scenario{}", std::env::consts::EXE_SUFFIX));
    let mut missed = Vec::new();
    for bug in PLANTED {
        let mut rig = Command::new(&program);
        rig.args(["prove", "simulate", "--until-found"])
            .args(about(bug))
            .args(arguments)
            .env("LIAISON_BUG", bug.to_string());
        let found = run(&mut rig).is_err();
        say(format_args!("mistake {bug}: {}", if found { "found" } else { "NOT FOUND" }));
        if !found {
            missed.push(bug.to_string());
        }
    }
    if missed.is_empty() { Ok(()) } else { Err(Failure::new(format!("not found: {}", missed.join(", ")))) }
}

fn created(path: &Path) -> Outcome<File> {
    File::create(path).tried(|| format!("could not write {}", path.display()))
}
