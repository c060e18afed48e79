//! `liaison-scenario FILE… [--json] [--seed N]`: plays scenario files. `cargo xtask scenario` starts it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use liaison_scenario::play::{self, Played, Verdict};
use liaison_scenario::{app, file, prove};
use serde_json::Value;

const USAGE: &str = "\
liaison-scenario FILE… [--json] [--seed N]

  FILE     scenarios as JSON or TOML; docs/scenarios.md describes the format
  --json   one JSON document on standard output and nothing else
  --seed   what the sandbox makes up by itself comes from this number, instead of the one in the file";

struct Asked {
    files: Vec<PathBuf>,
    json: bool,
    seed: Option<u64>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == "app") {
        return as_app(words.get(1).is_some_and(|word| word == "--hurried"));
    }
    if words.first().is_some_and(|word| word == "prove") {
        return as_rig(&words[1..]);
    }
    let asked = match parse(words.into_iter()) {
        Ok(Some(asked)) => asked,
        Ok(None) => return say(USAGE, ExitCode::SUCCESS),
        Err(reason) => {
            complain(&format!("{reason}\n\n{USAGE}"));
            return ExitCode::FAILURE;
        }
    };
    match run(&asked) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// The rigs of `cargo xtask prove`.
fn as_rig(words: &[String]) -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "off".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let told = std::env::current_exe().map_err(|error| error.to_string()).and_then(|program| {
        prove::command::perform(words, program, |line| {
            say(line, ExitCode::SUCCESS);
        })
    });
    match told {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            complain(&format!("{reason}\n\n{}", prove::command::USAGE));
            ExitCode::FAILURE
        }
    }
}

/// The app's side of a run. Its timers can be moved in a runtime of one thread only.
fn as_app(hurried: bool) -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::from_default_env();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.and_then(|runtime| runtime.block_on(app::serve(hurried))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("the app's side of the scenario ends: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Asked>, String> {
    let mut asked = Asked { files: Vec::new(), json: false, seed: None };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--help" | "-h" => return Ok(None),
            "--json" => asked.json = true,
            "--seed" => {
                let number = words.next().and_then(|number| number.parse().ok());
                asked.seed = Some(number.ok_or("--seed needs a whole number after it")?);
            }
            option if option.starts_with('-') => return Err(format!("there is no option `{option}`")),
            file => asked.files.push(PathBuf::from(file)),
        }
    }
    if asked.files.is_empty() { Err("which file is to be played?".to_owned()) } else { Ok(Some(asked)) }
}

/// Plays all files and answers whether everything was as expected.
fn run(asked: &Asked) -> Result<bool, Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let program = std::env::current_exe()?;
    let mut documents = Vec::new();
    let mut well = true;
    for path in &asked.files {
        let scenario = match file::read(path) {
            Ok(scenario) => scenario,
            Err(error) => {
                complain(&error.to_string());
                well = false;
                continue;
            }
        };
        let played = match runtime.block_on(play::play(&scenario, &program, asked.seed)) {
            Ok(played) => played,
            Err(error) => {
                complain(&format!("{}: {error}", path.display()));
                well = false;
                continue;
            }
        };
        let verdict = played.verdict(&scenario);
        well &= verdict.is_well();
        let told = format!("{}\n{}", verdict.sentence(&scenario, &played.failures), repeat(path, &played));
        if asked.json {
            complain(&told);
            documents.push(document(path, &played, verdict));
        } else {
            let mut output = std::io::stdout().lock();
            writeln!(output, "{}\n{told}", serde_json::to_string_pretty(&played.snapshot)?)?;
        }
    }
    if asked.json {
        let mut output = std::io::stdout().lock();
        writeln!(output, "{}", serde_json::to_string_pretty(&Value::Array(documents))?)?;
    }
    Ok(well)
}

fn document(path: &Path, played: &Played, verdict: Verdict) -> Value {
    serde_json::json!({
        "file": path.display().to_string(), "seed": played.seed, "well": verdict.is_well(),
        "failures": played.failures.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "found": played.snapshot,
    })
}

/// The line that repeats a run.
fn repeat(path: &Path, played: &Played) -> String {
    format!("again: cargo xtask scenario {} --seed {}", path.display(), played.seed)
}

fn say(text: &str, code: ExitCode) -> ExitCode {
    // A closed output is nobody's trouble.
    let _ = writeln!(std::io::stdout(), "{text}");
    code
}

fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
