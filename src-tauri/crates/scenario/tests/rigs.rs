//! A small share of the rigs runs with the tests, and each of them blind. Ports for signing in are shared, so one
//! after the other.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

use std::path::PathBuf;

use liaison_scenario::prove::{Blind, Proof, Rig, Verdict};

/// What once found a fault, where no scenario tells it shorter: the Events of a series that was cancelled before they had
/// gone over to the dates of another rule (111448).
const FOUND: [u64; 1] = [111_448];

fn played(rig: Rig, count: u64, blind: Option<Blind>) -> (Proof, Verdict) {
    played_from(1, rig, count, blind)
}

fn played_from(seed: u64, rig: Rig, count: u64, blind: Option<Blind>) -> (Proof, Verdict) {
    let proof = Proof { rig, count, seed, blind, workers: 1, until_found: false, temper: None };
    let verdict = proof.play(|_| {}).unwrap();
    (proof, verdict)
}

#[test]
fn nothing_is_lost_doubled_or_stalled_and_a_blind_rig_fails() {
    for (rig, count) in [(Rig::Simulate, 25), (Rig::Kill(PathBuf::from(env!("CARGO_BIN_EXE_liaison-scenario"))), 6)] {
        let (proof, verdict) = played(rig, count, None);
        let told: Vec<String> =
            verdict.failures.iter().map(|(seed, found)| format!("{found}\n  again: {}", proof.again(*seed))).collect();
        assert!(verdict.holds(), "{}", told.join("\n"));
    }
    for seed in FOUND {
        let (_, verdict) = played_from(seed, Rig::Simulate, 1, None);
        assert!(verdict.holds(), "seed {seed}: {:?}", verdict.failures);
    }
    let (_, shut) = played(Rig::Simulate, 2, Some(Blind::Eyes));
    assert!(!shut.failures.is_empty(), "effects that nobody saw were not missed");
    let (_, quiet) = played(Rig::Simulate, 2, Some(Blind::Faults));
    assert!(quiet.failures.is_empty() && !quiet.holds(), "a run in which nothing went wrong counts as a proof");
}
