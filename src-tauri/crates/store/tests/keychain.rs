//! The operating system's keychain itself.
//!
//! Runs only where `LIAISON_TEST_KEYCHAIN=1` says that an unlocked keychain may be written to; the
//! project's test command starts a private session bus and keyring for it. Elsewhere it says that it
//! was left out, so that nobody's own keychain is touched.

use liaison_store::tables::settings;
use liaison_store::{KeyVault as _, OpenOptions, ProfilePaths, SystemVault, open};
use zeroize::Zeroizing;

fn may_use_the_keychain() -> bool {
    let allowed = std::env::var("LIAISON_TEST_KEYCHAIN").is_ok_and(|value| value == "1");
    if !allowed {
        eprintln!("left out: LIAISON_TEST_KEYCHAIN is not 1");
    }
    allowed
}

#[test]
fn a_key_is_kept_replaced_and_removed() {
    if !may_use_the_keychain() {
        return;
    }
    let vault = SystemVault::new();
    let account = format!("test-{}", std::process::id());
    assert_eq!(vault.get(&account).unwrap(), None);
    for byte in [1, 2] {
        let key = Zeroizing::new([byte; 32]);
        vault.set(&account, &key).unwrap();
        // A new connection, as after a restart.
        assert_eq!(SystemVault::new().get(&account).unwrap(), Some(key));
    }
    vault.delete(&account).unwrap();
    assert_eq!(vault.get(&account).unwrap(), None);
    vault.delete(&account).unwrap();
}

#[test]
fn a_profile_lives_from_first_run_to_erasing() {
    if !may_use_the_keychain() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let paths = ProfilePaths::new(dir.path().join("profile"));
    let options = OpenOptions { now_utc_ms: 1 };
    let store = open(&paths, &SystemVault::new(), &options).unwrap();
    store.write_now(|tx| settings::set(tx, "hold", "20")).unwrap();
    drop(store);

    let vault = SystemVault::new();
    let store = open(&paths, &vault, &options).unwrap();
    let hold = store.read_now(|db| settings::get(db, "hold")).unwrap();
    assert_eq!(hold.as_deref(), Some("20"));
    store.erase_everything(&vault).unwrap();
    drop(store);

    let store = open(&paths, &vault, &options).unwrap();
    assert_eq!(store.read_now(|db| settings::get(db, "hold")).unwrap(), None);
    store.erase_everything(&vault).unwrap();
}

/// The unusable keychains of Linux. Each is met by a second process of this same test program, since
/// the address of the session bus belongs to a process.
#[cfg(target_os = "linux")]
mod unusable {
    #![expect(clippy::unwrap_used, reason = "a test ends where something fails")]

    use std::env;
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    use liaison_store::{OpenError, OpenOptions, ProfilePaths, SystemVault, open};

    /// Says to the second process which answer it has to get.
    const EXPECTED: &str = "LIAISON_TEST_KEYCHAIN_ANSWER";

    fn run_in(mut process: Command, expected: &str, home: &Path) {
        let program = env::current_exe().unwrap();
        let status = process
            .arg(program)
            .args(["--exact", "unusable::the_second_process", "--nocapture"])
            .env(EXPECTED, expected)
            .env("XDG_DATA_HOME", home)
            .env("XDG_RUNTIME_DIR", home)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .status()
            .unwrap();
        assert!(status.success(), "{status}");
    }

    #[test]
    fn without_a_session_bus_there_is_no_keychain() {
        let home = tempfile::tempdir().unwrap();
        let mut process = Command::new("env");
        process.arg("DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus");
        run_in(process, "missing", home.path());
    }

    /// A keyring that was never set up says "no such entry" when it is asked, and refuses only to
    /// store: it must not pass for a first run that goes well.
    #[test]
    fn a_keyring_without_a_collection_counts_as_locked() {
        if !super::may_use_the_keychain() {
            return;
        }
        let home = tempfile::tempdir().unwrap();
        let mut process = Command::new("dbus-run-session");
        process.arg("--");
        run_in(process, "locked", home.path());
    }

    #[test]
    fn the_second_process() {
        let Ok(expected) = env::var(EXPECTED) else {
            return;
        };
        let dir = tempfile::tempdir().unwrap();
        let paths = ProfilePaths::new(dir.path().join("profile"));
        let outcome = open(&paths, &SystemVault::new(), &OpenOptions { now_utc_ms: 1 });
        let answer = match outcome {
            Err(OpenError::KeychainMissing) => "missing",
            Err(OpenError::KeychainLocked) => "locked",
            other => panic!("{other:?}"),
        };
        assert_eq!(answer, expected);
        let files: Vec<_> = fs::read_dir(&paths.dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files, ["profile.lock"]);
    }
}
