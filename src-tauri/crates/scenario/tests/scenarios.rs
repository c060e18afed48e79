//! Every file below `tests/scenarios` is a test of its own; `build.rs` makes the list.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

use std::io::Write as _;
use std::path::Path;

use liaison_scenario::play::{Verdict, play};
use liaison_scenario::{commands, file};

include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

fn holds(path: &str) {
    let scenario = file::read(Path::new(path)).unwrap_or_else(|error| panic!("{error}"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_liaison-scenario"));
    let played = runtime.block_on(play(&scenario, program, None)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let verdict = played.verdict(&scenario);
    let told = format!("{}\n  again: cargo xtask scenario {path}", verdict.sentence(&scenario, &played.failures));
    if verdict == Verdict::Pending {
        // Not through the test's own output, which nobody sees of a test that passes.
        writeln!(std::io::stderr(), "{told}").unwrap();
    }
    assert!(verdict.is_well(), "{told}");
}

#[test]
fn every_command_of_the_window_can_be_in_a_scenario() {
    let bindings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bindings/index.ts");
    let text = std::fs::read_to_string(bindings).unwrap();
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
