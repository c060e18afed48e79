//! A profile that is not open is erased with its key and its folder, also when that is cut off.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use liaison_store::tables::settings;
use liaison_store::{KeyVault, OpenError, OpenOptions, ProfilePaths, VaultError, erase, open};
use zeroize::Zeroizing;

/// A keychain that may refuse to delete.
#[derive(Default)]
struct Keychain {
    keys: Mutex<HashMap<String, [u8; 32]>>,
    refuses: AtomicBool,
}

impl Keychain {
    fn accounts(&self) -> usize {
        self.keys.lock().unwrap().len()
    }
}

impl KeyVault for Keychain {
    fn get(&self, account: &str) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        Ok(self.keys.lock().unwrap().get(account).copied().map(Zeroizing::new))
    }

    fn set(&self, account: &str, key: &Zeroizing<[u8; 32]>) -> Result<(), VaultError> {
        self.keys.lock().unwrap().insert(account.to_owned(), **key);
        Ok(())
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(VaultError::Refused("not now".to_owned()));
        }
        self.keys.lock().unwrap().remove(account);
        Ok(())
    }
}

fn made(paths: &ProfilePaths, keychain: &Keychain, word: &'static str) {
    let store = open(paths, keychain, &OpenOptions { now_utc_ms: 0 }).unwrap();
    store.write_now(|tx| settings::set(tx, "word", word)).unwrap();
}

fn word(paths: &ProfilePaths, keychain: &Keychain) -> Option<String> {
    let store = open(paths, keychain, &OpenOptions { now_utc_ms: 0 }).unwrap();
    store.read_now(|db| settings::get(db, "word")).unwrap()
}

#[test]
fn one_of_two_profiles_goes_with_its_key_and_the_other_stays() {
    let data = tempfile::tempdir().unwrap();
    let keychain = Keychain::default();
    let [first, second] = ["first", "second"].map(|name| ProfilePaths::new(data.path().join(name)));
    made(&first, &keychain, "one");
    made(&second, &keychain, "two");
    assert_eq!(keychain.accounts(), 2, "each has a key of its own");
    erase(&second, &keychain).unwrap();
    assert!(!second.dir.exists());
    assert_eq!(keychain.accounts(), 1);
    assert_eq!(word(&first, &keychain).as_deref(), Some("one"));
    // What is not there is as good as erased.
    erase(&second, &keychain).unwrap();
}

#[test]
fn an_erasing_that_was_cut_off_is_finished_by_the_next_one() {
    let data = tempfile::tempdir().unwrap();
    let keychain = Keychain::default();
    let paths = ProfilePaths::new(data.path().join("one"));
    made(&paths, &keychain, "one");
    keychain.refuses.store(true, Ordering::SeqCst);
    erase(&paths, &keychain).unwrap_err();
    assert!(!paths.database().exists(), "the data goes first");
    assert!(paths.key_info().exists(), "the marker goes last");
    keychain.refuses.store(false, Ordering::SeqCst);
    erase(&paths, &keychain).unwrap();
    assert!(!paths.dir.exists());
    assert_eq!(keychain.accounts(), 0);
}

#[test]
fn a_profile_without_its_marker_is_erased_with_the_key_of_its_folder() {
    let data = tempfile::tempdir().unwrap();
    let keychain = Keychain::default();
    let paths = ProfilePaths::new(data.path().join("one"));
    made(&paths, &keychain, "one");
    std::fs::remove_file(paths.key_info()).unwrap();
    erase(&paths, &keychain).unwrap();
    assert!(!paths.dir.exists());
    assert_eq!(keychain.accounts(), 0);
}

#[test]
fn what_is_open_or_newer_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let keychain = Keychain::default();
    let paths = ProfilePaths::new(data.path().join("one"));
    let store = open(&paths, &keychain, &OpenOptions { now_utc_ms: 0 }).unwrap();
    assert!(matches!(erase(&paths, &keychain), Err(OpenError::InUse)));
    store.write_now(|tx| settings::set(tx, "word", "still here")).unwrap();
    drop(store);
    let newer = data.path().join("newer");
    std::fs::create_dir_all(&newer).unwrap();
    std::fs::write(newer.join("keyinfo.json"), br#"{"format":99}"#).unwrap();
    assert!(matches!(erase(&ProfilePaths::new(&newer), &keychain), Err(OpenError::NewerVersion { .. })));
    assert!(newer.join("keyinfo.json").exists());
}
