//! Every file below `tests/scenarios` is a test of its own; `build.rs` makes the list.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use liaison_scenario::file;
use liaison_scenario::file::Scenario;
use liaison_scenario::play::{Played, Verdict, play};

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
