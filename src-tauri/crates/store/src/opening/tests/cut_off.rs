//! A first run that ends after any of its steps is finished by the next start, as often as it takes.

use super::fixture::{OPTIONS, Profile, has_work, leave_work};
use crate::error::OpenError;
use crate::opening::{Step, open_observed};

const STEPS: [Step; 7] = [
    Step::Probed,
    Step::KeyWritten,
    Step::KeyReadBack,
    Step::MarkerWritten,
    Step::DatabaseMade,
    Step::DatabaseInPlace,
    Step::MarkerReady,
];

/// Runs until `last` and fails there, as if killed. Says whether it got that far.
fn cut_off_after(profile: &Profile, last: Step) -> bool {
    let mut reached = false;
    let outcome = open_observed(&profile.paths, &profile.vault, &OPTIONS, &mut |step| {
        if step == last {
            reached = true;
            return Err(OpenError::Lost);
        }
        Ok(())
    });
    assert_eq!(outcome.is_err(), reached);
    reached
}

#[test]
fn each_step_is_passed_once_and_in_order() {
    let profile = Profile::empty();
    let mut passed = Vec::new();
    let outcome = open_observed(&profile.paths, &profile.vault, &OPTIONS, &mut |step| {
        passed.push(step);
        Ok(())
    });
    outcome.unwrap();
    assert_eq!(passed, STEPS);
}

#[test]
fn a_first_run_cut_off_anywhere_is_finished_by_the_next_start() {
    for step in STEPS {
        let profile = Profile::empty();
        assert!(cut_off_after(&profile, step));
        let key = profile.key();
        leave_work(&profile.open().unwrap());
        if step != Step::Probed {
            assert_eq!(profile.key(), key, "a key that was written is kept");
        }
        assert!(has_work(&profile.open().unwrap()));
    }
}

#[test]
fn a_first_run_cut_off_twice_is_finished_too() {
    for first in STEPS {
        for second in STEPS {
            let profile = Profile::empty();
            assert!(cut_off_after(&profile, first));
            cut_off_after(&profile, second);
            leave_work(&profile.open().unwrap());
            assert!(has_work(&profile.open().unwrap()));
            let files: Vec<String> = profile.snapshot().into_keys().collect();
            assert_eq!(files, ["keyinfo.json", "liaison.db"]);
        }
    }
}

/// The process may also die inside a step, leaving a half-made draft of the database.
#[test]
fn a_half_made_draft_does_no_harm() {
    let profile = Profile::empty();
    assert!(cut_off_after(&profile, Step::MarkerWritten));
    std::fs::write(profile.paths.new_database(), b"half a page").unwrap();
    leave_work(&profile.open().unwrap());
    assert!(has_work(&profile.open().unwrap()));
}
