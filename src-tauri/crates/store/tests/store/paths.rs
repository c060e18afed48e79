//! A profile works wherever its folder is, whatever the user is called: SQLite and the standard library have rules of
//! their own about paths.

use std::fs;
use std::path::Path;

use liaison_store::tables::settings;
use liaison_store::{MemoryVault, OpenOptions, ProfilePaths, open};

/// Makes a profile and opens it twice more. An opening without a pending log looks at the file by its address first.
fn lives_in(dir: &Path) {
    let (paths, vault) = (ProfilePaths::new(dir), MemoryVault::new());
    for round in 0..3 {
        let store = open(&paths, &vault, &OpenOptions { now_utc_ms: 1 })
            .unwrap_or_else(|error| panic!("{}: {error:?}", dir.display()));
        store.write_now(|tx| settings::set(tx, "round", &round.to_string())).unwrap();
        drop(store);
        assert!(dir.join("liaison.db").is_file(), "{}", dir.display());
    }
    let aside = liaison_store::set_aside(&paths, 7).unwrap();
    assert!(aside.join("liaison.db").is_file());
    liaison_store::remove(&paths).unwrap();
    assert!(!dir.exists());
}

#[test]
fn names_of_every_kind_are_names() {
    let parent = tempfile::tempdir().unwrap();
    for name in ["Zoë de Groot", "100% #1 & more; a=b", "北京 🙂", "%41", "~1"] {
        lives_in(&parent.path().join(name));
    }
    // Not names on Windows: devices, and what has a colon or a question mark in it.
    for name in ["con", "file:memory", "what?"] {
        if cfg!(not(windows)) {
            lives_in(&parent.path().join(name));
        }
    }
}

/// 260 characters are too many for most of Windows, unless the path is given as [`Path::canonicalize`] gives it.
#[test]
fn a_path_may_be_long() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().canonicalize().unwrap().join("a".repeat(120)).join("b".repeat(120));
    fs::create_dir_all(&dir).unwrap();
    lives_in(&dir.join("profile"));
}

/// Both are the same folder, so they have the same key.
#[cfg(windows)]
#[test]
fn a_folder_has_one_key_by_either_of_its_names() {
    let parent = tempfile::tempdir().unwrap();
    let vault = MemoryVault::new();
    let plain = ProfilePaths::new(parent.path().join("Profile"));
    drop(open(&plain, &vault, &OpenOptions { now_utc_ms: 1 }).unwrap());
    // Without its marker the profile is known by its folder alone.
    fs::remove_file(plain.key_info()).unwrap();
    let full = ProfilePaths::new(parent.path().join("PROFILE").canonicalize().unwrap());
    assert!(full.dir.to_string_lossy().starts_with(r"\\?\"));
    open(&full, &vault, &OpenOptions { now_utc_ms: 1 }).unwrap();
}
