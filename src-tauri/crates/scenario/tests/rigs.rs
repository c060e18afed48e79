//! A small share of the rigs runs with the tests, and each of them blind. Ports for signing in are shared, so one
//! after the other.

#![expect(clippy::unwrap_used, reason = "a test that can't go on is a test that fails")]

use std::path::PathBuf;

use liaison_scenario::prove::{Blind, Proof, Rig, Verdict};

fn played(rig: Rig, count: u64, blind: Option<Blind>) -> (Proof, Verdict) {
    let proof = Proof { rig, count, seed: 1, blind, workers: 1, until_found: false, temper: None };
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
    let (_, shut) = played(Rig::Simulate, 2, Some(Blind::Eyes));
    assert!(!shut.failures.is_empty(), "effects that nobody saw were not missed");
    let (_, quiet) = played(Rig::Simulate, 2, Some(Blind::Faults));
    assert!(quiet.failures.is_empty() && !quiet.holds(), "a run in which nothing went wrong counts as a proof");
}
