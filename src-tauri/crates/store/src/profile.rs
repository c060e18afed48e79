//! The folder of one profile: where its files are, that nobody else can read them, and that only one
//! process uses them.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use liaison_domain::text::hex;
use sha2::{Digest as _, Sha256};

use crate::error::OpenError;

/// How long a second process waits for the first to go: long enough for a restart, during which the
/// old process finishes its last transaction.
const LEASE_WAIT: Duration = Duration::from_secs(5);

/// The files of one profile, all in one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfilePaths {
    /// The folder; made (mode 0700) when it is not there.
    pub dir: PathBuf,
}

/// What is found where the database should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DatabaseFile {
    /// Nothing, not even a left-over journal.
    Absent,
    /// An empty file, or a journal without its database: something was here.
    Hollow,
    /// A file with content.
    Present,
}

impl ProfilePaths {
    /// The profile in `dir`.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The encrypted database.
    pub fn database(&self) -> PathBuf {
        self.dir.join("liaison.db")
    }

    /// The marker: that a key and a database were made, and how to tell the right key.
    pub fn key_info(&self) -> PathBuf {
        self.dir.join("keyinfo.json")
    }

    /// A database being made; renamed to [`Self::database`] when it is complete.
    pub(crate) fn new_database(&self) -> PathBuf {
        self.dir.join("liaison.db.new")
    }

    /// SQLite's journals beside `database`.
    pub(crate) fn journals(database: &Path) -> [PathBuf; 3] {
        ["-wal", "-shm", "-journal"].map(|suffix| {
            let mut name = OsString::from(database.as_os_str());
            name.push(suffix);
            PathBuf::from(name)
        })
    }

    /// Whether committed work may be in the write-ahead log and not yet in the file.
    pub(crate) fn has_pending_log(&self) -> io::Result<bool> {
        let [log, ..] = Self::journals(&self.database());
        Ok(length(&log)?.is_some_and(|bytes| bytes > 0))
    }

    pub(crate) fn database_file(&self) -> io::Result<DatabaseFile> {
        match length(&self.database())? {
            Some(0) => Ok(DatabaseFile::Hollow),
            Some(_) => Ok(DatabaseFile::Present),
            None if self.has_pending_log()? => Ok(DatabaseFile::Hollow),
            None => Ok(DatabaseFile::Absent),
        }
    }

    /// The keychain account of a profile that has no marker yet. It comes from the folder, so two
    /// profiles of one user never share a key; later the marker remembers it.
    pub(crate) fn account(&self) -> io::Result<String> {
        // Some file systems of Windows can't tell the true path of a folder.
        let path = self.dir.canonicalize().or_else(|_| std::path::absolute(&self.dir))?;
        let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
        Ok(format!("profile-{}", hex(&digest[..8])))
    }

    /// Makes the folder, checks that it is ours alone and takes the lease on it.
    pub(crate) fn take(&self) -> Result<Lease, OpenError> {
        make_private(&self.dir)?;
        let lease = Lease::take(&self.dir)?;
        check_private(&self.dir, &lease.file)?;
        Ok(lease)
    }

    /// Makes renames and removals in the folder durable.
    pub(crate) fn sync(&self) -> io::Result<()> {
        sync_dir(&self.dir)
    }
}

/// The right to be the only process with this profile open; given back when dropped or killed.
pub(crate) struct Lease {
    file: File,
}

impl Lease {
    fn take(dir: &Path) -> Result<Self, OpenError> {
        let file = private_file().create(true).open(dir.join("profile.lock"))?;
        let patience = Instant::now() + LEASE_WAIT;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { file }),
                Err(TryLockError::WouldBlock) if Instant::now() < patience => {
                    thread::sleep(Duration::from_millis(25));
                }
                Err(TryLockError::WouldBlock) => return Err(OpenError::InUse),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
    }
}

/// Options for a file that only its owner may read.
pub(crate) fn private_file() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

fn length(path: &Path) -> io::Result<Option<u64>> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn make_private(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

#[cfg(not(unix))]
fn make_private(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)
}

/// The owner is compared with that of a file we hold open: the lock file is made by the first run,
/// so a folder handed over by somebody else shows in one of the two.
#[cfg(unix)]
fn check_private(dir: &Path, ours: &File) -> Result<(), OpenError> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let folder = fs::metadata(dir)?;
    let mode = folder.permissions().mode();
    if mode & 0o002 != 0 {
        return Err(OpenError::NotPrivate("everybody may write to it"));
    }
    let probe = OwnershipProbe::make(dir)?;
    if folder.uid() != probe.uid || ours.metadata()?.uid() != probe.uid {
        return Err(OpenError::NotPrivate("it belongs to somebody else"));
    }
    if mode & 0o077 != 0 {
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn check_private(_dir: &Path, _ours: &File) -> Result<(), OpenError> {
    // The folder is below the user's own application data, which Windows keeps from other users.
    Ok(())
}

/// Who we are, learned without a system call that Rust's library lacks: a new file is owned by the
/// user that makes it.
#[cfg(unix)]
struct OwnershipProbe {
    uid: u32,
}

#[cfg(unix)]
impl OwnershipProbe {
    fn make(dir: &Path) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let path = dir.join("owner.probe");
        let file = private_file().create(true).truncate(true).open(&path);
        let uid = file.and_then(|file| file.metadata()).map(|file| file.uid());
        fs::remove_file(&path)?;
        Ok(Self { uid: uid? })
    }
}

#[cfg(unix)]
fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn sync_dir(_dir: &Path) -> io::Result<()> {
    // Windows has no folder handle to flush; NTFS journals the rename itself.
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_new_folder_is_private() {
        let parent = tempfile::tempdir().unwrap();
        let paths = ProfilePaths::new(parent.path().join("a/b"));
        let _lease = paths.take().unwrap();
        assert_eq!(mode(&paths.dir), 0o700);
        assert_eq!(mode(&paths.dir.join("profile.lock")), 0o600);
        assert_eq!(fs::read_dir(&paths.dir).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_open_to_readers_is_closed_and_one_open_to_writers_is_refused() {
        let parent = tempfile::tempdir().unwrap();
        let paths = ProfilePaths::new(parent.path().join("profile"));
        fs::create_dir(&paths.dir).unwrap();
        fs::set_permissions(&paths.dir, fs::Permissions::from_mode(0o755)).unwrap();
        drop(paths.take().unwrap());
        assert_eq!(mode(&paths.dir), 0o700);

        fs::set_permissions(&paths.dir, fs::Permissions::from_mode(0o777)).unwrap();
        assert!(matches!(paths.take(), Err(OpenError::NotPrivate(_))));
    }

    #[test]
    fn a_journal_without_its_database_is_not_nothing() {
        let parent = tempfile::tempdir().unwrap();
        let paths = ProfilePaths::new(parent.path());
        assert_eq!(paths.database_file().unwrap(), DatabaseFile::Absent);
        fs::write(parent.path().join("liaison.db-wal"), b"frames").unwrap();
        assert_eq!(paths.database_file().unwrap(), DatabaseFile::Hollow);
        fs::write(paths.database(), b"").unwrap();
        assert_eq!(paths.database_file().unwrap(), DatabaseFile::Hollow);
        fs::write(paths.database(), b"pages").unwrap();
        assert_eq!(paths.database_file().unwrap(), DatabaseFile::Present);
    }

    #[test]
    fn two_folders_have_two_accounts() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let account = |dir: &Path| ProfilePaths::new(dir).account().unwrap();
        assert_ne!(account(one.path()), account(two.path()));
        assert_eq!(account(one.path()), account(&one.path().join(".")));
    }
}
