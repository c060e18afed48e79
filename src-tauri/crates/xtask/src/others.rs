//! `cargo xtask others`: drives the sandbox with clients that are not ours, and holds our SOQL against a parser that is
//! not ours.
//!
//! They are installed into a folder beside the compiled code, never into the checkout. Where Python or npm is absent,
//! what needs it is skipped, and it says so.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::build;
use crate::failure::{Failure, Outcome, Tried};
use crate::places;
use crate::process::{Process, run, tethered};
use crate::python;
use crate::report::{Steps, say};

const ZOOMUS: &str = "zoomus==1.2.1";
const ICALENDAR: &str = "icalendar==7.3.2";
const NODE_PACKAGES: [&str; 2] = ["jsforce@3.10.16", "@jetstreamapp/soql-parser-js@6.3.1"];
/// Queries of our builder that the parser has to accept.
const QUERIES: &str = "5000";

pub fn perform() -> Outcome {
    let mut steps = Steps::default();
    let folder = places::target()?.join("others");
    fs::create_dir_all(&folder).tried(|| format!("could not make {}", folder.display()))?;
    steps.step("build", "the sandbox, and the program that prints our builder's queries", || {
        let binaries = ["--bin", "liaison-sandbox", "--bin", "builder_queries"];
        run(build::cargo(&["build", "--package", "liaison-sandbox", "--package", "liaison-contract"])?.args(binaries))
    })?;
    let python =
        steps.step("zoomus", "a client of Zoom's API in Python", || python::with(&folder.join("python"), ZOOMUS))?;
    let calendars = steps.step("icalendar", "a reader of files for calendars in Python", || {
        python::with(&folder.join("calendars"), ICALENDAR)
    })?;
    let node = steps.step("jsforce and soql-parser-js", "a client of Salesforce's API, a parser of SOQL", || {
        node_packages(&folder)
    })?;
    // All of them are tried, so that one that fails does not hide what another one finds.
    let zoom = python.map(|python| steps.step("Zoom", "zoomus' calls", || zoom_calls(&python)));
    let salesforce = node
        .as_ref()
        .map(|node| steps.step("Salesforce", "jsforce's calls", || script(node, "jsforce_calls.mjs", None)));
    let files = calendars.map(|python| steps.step("calendars", "our files, read", || calendar_files(&python, &folder)));
    let soql =
        node.as_ref().map(|node| steps.step("SOQL", "our builder and the sandbox's parser", || soql(node, &folder)));
    for (outcome, what) in
        [(&zoom, "zoomus and icalendar: there is no Python"), (&soql, "jsforce and soql-parser-js: there is no npm")]
    {
        if outcome.is_none() {
            steps.note(format!("skipped: {what}"));
        }
    }
    steps.summary();
    [zoom, files, salesforce, soql].into_iter().flatten().collect()
}

/// The folder that holds `node_modules`; nothing where there is no npm.
fn node_packages(folder: &Path) -> Outcome<Option<PathBuf>> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let found = env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|place| place.join(npm).is_file()));
    if !found {
        say("    there is no npm on this machine: skipped");
        return Ok(None);
    }
    let folder = folder.join("node");
    fs::create_dir_all(&folder).tried(|| format!("could not make {}", folder.display()))?;
    fs::write(folder.join("package.json"), "{\"private\":true}\n")
        .tried(|| "could not write package.json".to_owned())?;
    let install = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"];
    run(Command::new(npm).current_dir(&folder).args(install).args(NODE_PACKAGES))?;
    Ok(Some(folder))
}

fn zoom_calls(python: &Path) -> Outcome {
    against_a_sandbox(Command::new(python).arg("-B").arg(scripts().join("zoomus_calls.py")))
}

/// Read as they are, and then with a minute more expected, which has to fail.
fn calendar_files(python: &Path, folder: &Path) -> Outcome {
    let files = folder.join("calendars.jsonl");
    let written = fs::File::create(&files).tried(|| format!("could not write {}", files.display()))?;
    let example = ["run", "--quiet", "--package", "liaison-domain", "--example", "calendar_files"];
    run(build::cargo(&example)?.stdout(written))?;
    let read = || {
        let mut command = Command::new(python);
        command.arg("-B").arg(scripts().join("calendar_agreement.py")).arg(&files);
        command
    };
    run(&mut read())?;
    match run(read().arg("--blind")) {
        Ok(()) => Err(Failure::new("the reader does not see a minute")),
        Err(_) => Ok(()),
    }
}

fn soql(node: &Path, folder: &Path) -> Outcome {
    let queries = folder.join("queries.jsonl");
    let file = fs::File::create(&queries).tried(|| format!("could not write {}", queries.display()))?;
    run(Command::new(places::built("debug", "builder_queries")?).arg(QUERIES).stdout(file))?;
    script(node, "soql_agreement.mjs", Some(&queries))
}

fn script(node: &Path, name: &str, queries: Option<&Path>) -> Outcome {
    let mut command = Command::new("node");
    command.arg(scripts().join(name)).env("LIAISON_OTHERS_NODE", node);
    if let Some(queries) = queries {
        command.env("LIAISON_OTHERS_QUERIES", queries);
    }
    against_a_sandbox(&mut command)
}

fn scripts() -> PathBuf {
    places::root().join("tests").join("others")
}

/// Runs a program that reads the line of a sandbox from its standard input; the sandbox is its own and ends with it.
fn against_a_sandbox(command: &mut Command) -> Outcome {
    let mut sandbox = tethered(places::built("debug", "liaison-sandbox")?);
    sandbox.args(["--issue-tokens", "--auto-consent"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut sandbox = Process::start("the sandbox", &mut sandbox)?;
    let output = sandbox.child().stdout.take().ok_or_else(|| Failure::new("the sandbox has no output"))?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).tried(|| "the sandbox says nothing".to_owned())?;

    let mut child = command.stdin(Stdio::piped()).spawn().tried(|| format!("could not start {command:?}"))?;
    let told = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(line.as_bytes()));
    let status = child.wait().tried(|| "the program cannot be waited for".to_owned())?;
    told.tried(|| "the program did not read the sandbox's line".to_owned())?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("the calls ended with {status}")))
}
