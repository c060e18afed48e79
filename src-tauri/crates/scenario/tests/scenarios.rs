//! Every file below `tests/scenarios` is a test of its own; `build.rs` makes the list.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use liaison_scenario::file::Scenario;
use liaison_scenario::play::{Played, Verdict, play};
use liaison_scenario::{commands, file};

include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// `path` is one from the project's folder.
fn holds(path: &str) {
    let (scenario, played) = played(&root().join(path));
    let verdict = played.verdict(&scenario);
    let told = format!("{}\n  again: cargo xtask scenario {path}", verdict.sentence(&scenario, &played.failures));
    if verdict == Verdict::Pending {
        // Past the test's own output, which nobody sees of a test that passes.
        let mut output = std::io::stderr().lock();
        writeln!(output, "{told}").unwrap();
    }
    assert!(verdict.is_well(), "{told}");
}

fn played(path: &Path) -> (Scenario, Played) {
    let scenario = file::read(path).unwrap_or_else(|error| panic!("{error}"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_liaison-scenario"));
    let played = runtime.block_on(play(&scenario, program, None)).unwrap_or_else(|error| panic!("{error}"));
    (scenario, played)
}

/// Plays a scenario with one lead in the org of which `expected` is expected.
fn with_one_lead(head: &str, expected: &str) -> (Verdict, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lead.toml");
    let text = format!(
        "title = 'T'\nsource = 'S'\nnow = '2026-12-01T07:00:00Z'\n{head}\n\
         [[salesforce.records.Lead]]\nLastName = 'Ackerman'\nCompany = 'Fabrikam'\n\
         [expect]\nsalesforce.Lead = {expected}\n"
    );
    std::fs::write(&path, text).unwrap();
    let (scenario, played) = played(&path);
    (played.verdict(&scenario), played.failures.iter().map(ToString::to_string).collect())
}

#[test]
fn a_failure_says_where_and_what_was_found_and_a_reason_that_is_over_fails() {
    let (right, wrong) = ("[{ LastName = 'Ackerman' }]", "[{ LastName = 'Ackermann' }]");
    assert_eq!(with_one_lead("", right), (Verdict::AsExpected, Vec::new()));
    let told = "expect: salesforce.Lead[0].LastName: expected \"Ackermann\", found \"Ackerman\"".to_owned();
    assert_eq!(with_one_lead("", wrong), (Verdict::Failed, vec![told.clone()]));
    assert_eq!(with_one_lead("pending = 'spelt with one n'", wrong), (Verdict::Pending, vec![told]));
    assert_eq!(with_one_lead("pending = 'spelt with one n'", right), (Verdict::NoLongerPending, Vec::new()));
}

#[test]
fn every_command_of_the_window_can_be_in_a_scenario() {
    let text = std::fs::read_to_string(root().join("ui/src/bindings/index.ts")).unwrap();
    let mut window: Vec<(String, Vec<String>)> = text
        .split("__TAURI_INVOKE(\"")
        .skip(1)
        .chain(text.split("__TAURI_INVOKE<").skip(1).filter_map(|call| call.split_once(">(\"").map(|(_, rest)| rest)))
        .map(|call| {
            let (name, rest) = call.split_once('"').unwrap();
            let arguments = rest.split_once(')').unwrap().0;
            let names = arguments.trim_matches(|letter: char| !letter.is_alphanumeric());
            let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
            (name.to_owned(), names.map(str::to_owned).collect())
        })
        .collect();
    window.sort();
    let mut here: Vec<(String, Vec<String>)> = commands::ALL
        .iter()
        .map(|(name, arguments)| ((*name).to_owned(), arguments.iter().map(|name| camel(name)).collect()))
        .collect();
    here.sort();
    assert_eq!(window, here);
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| text + &word[..1].to_uppercase() + &word[1..])
}
