//! A profile in a temporary folder and a vault that answers as it is told.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::error::OpenError;
use crate::opening::{OpenOptions, open};
use crate::profile::ProfilePaths;
use crate::store::Store;
use crate::tables::tokens::{self, RefreshState, TokenRecord};
use crate::tables::ui_state;
use crate::vault::{KeyVault, MemoryVault, RootKey, VaultError};

pub(super) const OPTIONS: OpenOptions = OpenOptions { now_utc_ms: 1_000 };

/// A vault whose answers can be replaced by errors, and that counts what would change it.
#[derive(Default)]
pub(super) struct ScriptedVault {
    pub keys: MemoryVault,
    pub get_fails: Mutex<Option<VaultError>>,
    pub set_fails: Mutex<Option<VaultError>>,
    /// Says "stored" and stores nothing.
    pub forgets: bool,
    changes: AtomicUsize,
}

impl ScriptedVault {
    pub(super) fn changes(&self) -> usize {
        self.changes.load(Ordering::SeqCst)
    }
}

impl KeyVault for ScriptedVault {
    fn get(&self, account: &str) -> Result<Option<RootKey>, VaultError> {
        match self.get_fails.lock().unwrap().clone() {
            Some(error) => Err(error),
            None => self.keys.get(account),
        }
    }

    fn set(&self, account: &str, key: &RootKey) -> Result<(), VaultError> {
        if let Some(error) = self.set_fails.lock().unwrap().clone() {
            return Err(error);
        }
        self.changes.fetch_add(1, Ordering::SeqCst);
        if self.forgets {
            return Ok(());
        }
        self.keys.set(account, key)
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.keys.delete(account)
    }
}

pub(super) struct Profile {
    pub paths: ProfilePaths,
    pub vault: ScriptedVault,
    _dir: TempDir,
}

impl Profile {
    /// A folder in which nothing was made yet.
    pub(super) fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { paths: ProfilePaths::new(dir.path().join("profile")), vault: ScriptedVault::default(), _dir: dir }
    }

    /// A profile that was used and closed.
    pub(super) fn used() -> Self {
        let profile = Self::empty();
        leave_work(&profile.open().unwrap());
        profile
    }

    /// A profile whose process was killed: the last commits are in the log only.
    pub(super) fn killed() -> Self {
        let profile = Self::empty();
        let store = profile.open().unwrap();
        leave_work(&store);
        let copies: Vec<_> =
            ["liaison.db", "liaison.db-wal"].map(|name| (name, fs::read(profile.paths.dir.join(name)).unwrap())).into();
        drop(store);
        for (name, content) in copies {
            fs::write(profile.paths.dir.join(name), content).unwrap();
        }
        assert!(profile.paths.has_pending_log().unwrap());
        profile
    }

    pub(super) fn open(&self) -> Result<Store, OpenError> {
        open(&self.paths, &self.vault, &OPTIONS)
    }

    pub(super) fn error(&self) -> OpenError {
        match self.open() {
            Err(error) => error,
            Ok(_) => panic!("the profile opened"),
        }
    }

    /// Opening fails, and neither a file nor the vault is changed by the attempt.
    pub(super) fn error_without_a_trace(&self) -> OpenError {
        let before = (self.snapshot(), self.vault.changes());
        let error = self.error();
        assert_eq!(before, (self.snapshot(), self.vault.changes()));
        error
    }

    /// Name and hash of every file that means something: the lease is empty and the index of the
    /// log is scratch memory.
    pub(super) fn snapshot(&self) -> BTreeMap<String, String> {
        let Ok(entries) = fs::read_dir(&self.paths.dir) else {
            return BTreeMap::new();
        };
        entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .filter(|path| path.file_name().unwrap() != "profile.lock")
            .filter(|path| !path.to_string_lossy().ends_with("-shm"))
            .map(|path| {
                let digest = Sha256::digest(fs::read(&path).unwrap());
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, liaison_domain::text::hex(&digest))
            })
            .collect()
    }

    pub(super) fn account(&self) -> String {
        self.paths.account().unwrap()
    }

    pub(super) fn key(&self) -> Option<RootKey> {
        self.vault.keys.get(&self.account()).unwrap()
    }

    pub(super) fn replace_key(&self) {
        let other = crate::keys::generate().unwrap();
        self.vault.keys.set(&self.account(), &other).unwrap();
    }

    pub(super) fn remove_key(&self) {
        self.vault.keys.delete(&self.account()).unwrap();
    }
}

/// One plain and one sealed value.
pub(super) fn leave_work(store: &Store) {
    let sealer = store.sealer();
    store
        .write_now(|tx| {
            ui_state::set(tx, "view", "today")?;
            let record = TokenRecord {
                provider: liaison_domain::Provider::Zoom,
                access: SecretString::from("access"),
                refresh: None,
                expires_utc_ms: None,
                refresh_state: RefreshState::Settled,
                refresh_started_utc_ms: None,
                updated_utc_ms: 1,
            };
            tokens::put(tx, &sealer, &record)
        })
        .unwrap();
}

/// Whether both values of [`leave_work`] are there and open.
pub(super) fn has_work(store: &Store) -> bool {
    let sealer = store.sealer();
    store
        .read_now(|db| {
            let view = ui_state::get(db, "view")?;
            let token = tokens::get(db, &sealer, liaison_domain::Provider::Zoom)?;
            Ok(view.as_deref() == Some("today") && token.is_some())
        })
        .unwrap()
}

pub(super) fn flip_byte(path: &Path, position: u64) {
    let mut file = File::options().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.seek(SeekFrom::Start(position)).unwrap();
    file.read_exact(&mut byte).unwrap();
    file.seek(SeekFrom::Start(position)).unwrap();
    file.write_all(&[!byte[0]]).unwrap();
}
