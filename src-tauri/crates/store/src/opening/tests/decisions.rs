//! The rows of the table, one test each.

use std::fs;

use super::fixture::{OPTIONS, Profile, flip_byte, has_work, leave_work};
use crate::connection::{self, Access};
use crate::error::OpenError;
use crate::keyinfo::{self, KeyInfo, Marker, Stage};
use crate::keys::KeySet;
use crate::opening::set_aside;
use crate::schema;
use crate::vault::{KeyVault as _, VaultError};

fn marker(profile: &Profile) -> KeyInfo {
    match keyinfo::read(&profile.paths).unwrap() {
        Marker::Known(info) => info,
        _ => panic!("there is no marker"),
    }
}

/// Whether this is what the user is told.
type Told = fn(&OpenError) -> bool;

/// What a keychain that cannot be used may say, and what the user is told.
fn refusals() -> [(VaultError, Told); 5] {
    [
        (VaultError::Locked, |error| matches!(error, OpenError::KeychainLocked)),
        (VaultError::TimedOut, |error| matches!(error, OpenError::KeychainLocked)),
        (VaultError::Missing, |error| matches!(error, OpenError::KeychainMissing)),
        (
            VaultError::Refused("no".to_owned()),
            |error| matches!(error, OpenError::KeychainRefused(text) if text == "no"),
        ),
        (VaultError::Different, |error| matches!(error, OpenError::KeyDiffers)),
    ]
}

#[test]
fn a_first_run_makes_key_marker_and_database() {
    let profile = Profile::empty();
    leave_work(&profile.open().unwrap());
    let info = marker(&profile);
    assert_eq!(info.stage, Stage::Ready);
    assert_eq!(info.schema, schema::KNOWN);
    assert_eq!(info.account, profile.account());
    assert_eq!(info.created_utc_ms, OPTIONS.now_utc_ms);
    assert!(KeySet::derive(&profile.key().unwrap()).matches(&info.check));
    let probe = format!("{}.probe", profile.account());
    assert_eq!(profile.vault.keys.get(&probe).unwrap(), None);
    assert_eq!(profile.snapshot().into_keys().collect::<Vec<_>>(), ["keyinfo.json", "liaison.db"]);
    assert!(has_work(&profile.open().unwrap()));
}

#[test]
fn a_first_run_without_a_keychain_writes_nothing() {
    for (refusal, told) in refusals() {
        let profile = Profile::empty();
        *profile.vault.get_fails.lock().unwrap() = Some(refusal);
        assert!(told(&profile.error_without_a_trace()));
        // The keychain is unlocked, and it goes on.
        *profile.vault.get_fails.lock().unwrap() = None;
        profile.open().unwrap();
    }
}

/// A Secret Service without a usable collection says "no such entry" and refuses to store.
#[test]
fn a_keychain_that_only_seems_empty_is_no_first_run() {
    let profile = Profile::empty();
    *profile.vault.set_fails.lock().unwrap() = Some(VaultError::Locked);
    let error = profile.error_without_a_trace();
    assert!(matches!(error, OpenError::KeychainLocked));
}

#[test]
fn a_keychain_that_keeps_nothing_is_not_trusted() {
    let mut profile = Profile::empty();
    profile.vault.forgets = true;
    assert!(matches!(profile.error(), OpenError::KeychainRefused(_)));
    assert!(profile.snapshot().is_empty());
}

#[test]
fn a_left_over_key_is_kept() {
    let profile = Profile::empty();
    fs::create_dir(&profile.paths.dir).unwrap();
    profile.replace_key();
    let before = profile.key();
    leave_work(&profile.open().unwrap());
    assert_eq!(profile.key(), before);
    assert_eq!(profile.vault.changes(), 0);
    assert!(has_work(&profile.open().unwrap()));
}

#[test]
fn a_lost_marker_is_rebuilt_when_the_key_opens_the_database() {
    for profile in [Profile::used(), Profile::killed()] {
        let before = marker(&profile);
        fs::remove_file(profile.paths.key_info()).unwrap();
        assert!(has_work(&profile.open().unwrap()));
        assert_eq!(marker(&profile), before);
    }
}

#[test]
fn an_unreadable_marker_is_rebuilt_and_kept_aside() {
    let profile = Profile::used();
    fs::write(profile.paths.key_info(), "{ not json").unwrap();
    assert!(has_work(&profile.open().unwrap()));
    assert_eq!(marker(&profile).stage, Stage::Ready);
    let kept = profile.paths.dir.join("keyinfo.json.unreadable-1000");
    assert_eq!(fs::read(kept).unwrap(), b"{ not json");
}

#[test]
fn a_database_without_marker_is_left_alone_when_the_key_does_not_open_it() {
    let profile = Profile::used();
    fs::remove_file(profile.paths.key_info()).unwrap();
    profile.replace_key();
    let error = profile.error_without_a_trace();
    assert!(matches!(error, OpenError::KeyDiffers));
    profile.remove_key();
    let error = profile.error_without_a_trace();
    assert!(matches!(error, OpenError::KeyMissing { database_exists: true }));
    for (refusal, told) in refusals() {
        *profile.vault.get_fails.lock().unwrap() = Some(refusal);
        assert!(told(&profile.error_without_a_trace()));
    }
}

#[test]
fn an_empty_database_without_marker_is_lost_and_not_new() {
    let profile = Profile::used();
    fs::remove_file(profile.paths.key_info()).unwrap();
    fs::write(profile.paths.database(), b"").unwrap();
    assert!(matches!(profile.error_without_a_trace(), OpenError::Lost));
}

#[test]
fn an_unreadable_marker_without_database_is_lost_and_not_new() {
    let profile = Profile::used();
    fs::write(profile.paths.key_info(), b"").unwrap();
    fs::remove_file(profile.paths.database()).unwrap();
    assert!(matches!(profile.error_without_a_trace(), OpenError::Lost));
}

#[test]
fn a_profile_opens_again_after_a_close_and_after_a_kill() {
    for profile in [Profile::used(), Profile::killed()] {
        let changes = profile.vault.changes();
        assert!(has_work(&profile.open().unwrap()));
        assert_eq!(profile.vault.changes(), changes);
    }
}

#[test]
fn another_key_changes_nothing() {
    for profile in [Profile::used(), Profile::killed()] {
        profile.replace_key();
        let error = profile.error_without_a_trace();
        assert!(matches!(error, OpenError::KeyDiffers));
    }
}

#[test]
fn no_key_for_a_known_profile_is_not_a_first_run() {
    for profile in [Profile::used(), Profile::killed()] {
        let key = profile.key().unwrap();
        profile.remove_key();
        let error = profile.error_without_a_trace();
        assert!(matches!(error, OpenError::KeyMissing { database_exists: true }));
        assert_eq!(profile.key(), None);
        // The old wallet is back, and so is everything.
        profile.vault.keys.set(&profile.account(), &key).unwrap();
        assert!(has_work(&profile.open().unwrap()));
    }
}

#[test]
fn an_unusable_keychain_changes_nothing() {
    let profile = Profile::used();
    for (refusal, told) in refusals() {
        *profile.vault.get_fails.lock().unwrap() = Some(refusal);
        assert!(told(&profile.error_without_a_trace()));
    }
    *profile.vault.get_fails.lock().unwrap() = None;
    assert!(has_work(&profile.open().unwrap()));
}

/// The salt, the middle of the first page, and its authentication code.
#[test]
fn a_damaged_first_page_with_the_right_key_is_damage() {
    for position in [3, 2_000, 4_090] {
        let profile = Profile::used();
        flip_byte(&profile.paths.database(), position);
        assert!(matches!(profile.error_without_a_trace(), OpenError::Damaged));
    }
}

#[test]
fn a_cut_database_is_damage() {
    for remaining in [100, 4_096, 3 * 4_096, 3 * 4_096 + 17] {
        let profile = Profile::used();
        let file = fs::File::options().write(true).open(profile.paths.database()).unwrap();
        assert!(file.metadata().unwrap().len() > remaining);
        file.set_len(remaining).unwrap();
        drop(file);
        assert!(matches!(profile.error_without_a_trace(), OpenError::Damaged));
    }
}

#[test]
fn a_database_that_is_gone_or_empty_is_lost() {
    let profile = Profile::used();
    fs::remove_file(profile.paths.database()).unwrap();
    assert!(matches!(profile.error_without_a_trace(), OpenError::Lost));
    fs::write(profile.paths.database(), b"").unwrap();
    assert!(matches!(profile.error_without_a_trace(), OpenError::Lost));

    profile.remove_key();
    let error = profile.error_without_a_trace();
    assert!(matches!(error, OpenError::KeyMissing { database_exists: false }));
    profile.replace_key();
    let error = profile.error_without_a_trace();
    assert!(matches!(error, OpenError::KeyDiffers));
}

fn raise_schema(profile: &Profile) {
    let keys = KeySet::derive(&profile.key().unwrap());
    let writer = connection::open(&profile.paths.database(), &keys, Access::Write).unwrap();
    writer.pragma_update(None, "user_version", schema::KNOWN + 1).unwrap();
}

#[test]
fn a_database_from_the_future_is_neither_read_nor_changed() {
    // Still in the log, and copied into the file.
    for fold in [false, true] {
        let profile = Profile::used();
        raise_schema(&profile);
        if fold {
            let keys = KeySet::derive(&profile.key().unwrap());
            let path = profile.paths.database();
            let writer = connection::open(&path, &keys, Access::Write).unwrap();
            connection::settle(&writer).unwrap();
        }
        assert_eq!(profile.paths.has_pending_log().unwrap(), !fold);
        let error = profile.error_without_a_trace();
        assert!(matches!(
            error,
            OpenError::NewerVersion { found, known } if found == known + 1
        ));
        fs::remove_file(profile.paths.key_info()).unwrap();
        if fold {
            let error = profile.error_without_a_trace();
            assert!(matches!(error, OpenError::NewerVersion { .. }));
        }
    }
}

#[test]
fn a_marker_from_the_future_is_enough_to_stop() {
    let profile = Profile::used();
    let info = KeyInfo { schema: schema::KNOWN + 7, ..marker(&profile) };
    keyinfo::write(&profile.paths, &info).unwrap();
    let error = profile.error_without_a_trace();
    assert!(matches!(error, OpenError::NewerVersion { found, .. } if found == info.schema));

    fs::write(profile.paths.key_info(), br#"{"format": 9}"#).unwrap();
    let error = profile.error_without_a_trace();
    assert!(matches!(error, OpenError::NewerVersion { found: 0, .. }));
}

#[test]
fn an_erasing_that_was_cut_off_is_finished() {
    let profile = Profile::used();
    let old_key = profile.key();
    let info = KeyInfo { stage: Stage::Erasing, ..marker(&profile) };
    keyinfo::write(&profile.paths, &info).unwrap();
    let store = profile.open().unwrap();
    assert!(!has_work(&store));
    assert_ne!(profile.key(), old_key);
    assert_eq!(marker(&profile).stage, Stage::Ready);
}

#[test]
fn erasing_everything_removes_files_and_key_and_closes_all_clones() {
    let profile = Profile::used();
    let store = profile.open().unwrap();
    let clone = store.clone();
    assert!(has_work(&clone));
    store.erase_everything(&profile.vault).unwrap();
    assert!(profile.snapshot().is_empty());
    assert_eq!(profile.key(), None);
    assert!(matches!(clone.read_now(|_| Ok(())), Err(crate::StoreError::Closed)));
    assert!(matches!(clone.write_now(|_| Ok(())), Err(crate::StoreError::Closed)));
    drop((store, clone));
    assert!(!has_work(&profile.open().unwrap()));
}

#[test]
fn starting_over_deletes_nothing() {
    let profile = Profile::killed();
    let before = profile.snapshot();
    let aside = set_aside(&profile.paths, 42).unwrap();
    assert!(profile.snapshot().is_empty());
    assert!(!has_work(&profile.open().unwrap()));

    // The old files are the same, and still open.
    drop(set_aside(&profile.paths, 43).unwrap());
    for name in before.keys() {
        fs::rename(aside.join(name), profile.paths.dir.join(name)).unwrap();
    }
    assert_eq!(profile.snapshot(), before);
    assert!(has_work(&profile.open().unwrap()));
}

#[test]
fn a_profile_is_open_once() {
    let profile = Profile::used();
    let store = profile.open().unwrap();
    assert!(matches!(profile.error(), OpenError::InUse));
    drop(store);
    profile.open().unwrap();
}
