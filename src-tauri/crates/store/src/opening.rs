//! Opening a profile: the decision table over marker, database file and keychain.
//!
//! | marker | database | keychain | outcome |
//! |---|---|---|---|
//! | no | no | no key, and it takes and gives back a test value | first run: key, read back, marker, database |
//! | no | no | a key | left over from an interrupted first run: kept, marker and database made |
//! | no | no | locked, none, refusing | told; nothing is written |
//! | no | yes | a key that opens it | the marker is rebuilt |
//! | no | yes | anything else | told; nothing is written |
//! | no | empty | | `Lost` |
//! | creating | no | the right key | the first run is finished |
//! | ready | yes | the right key | normal |
//! | any | any | another key | `KeyDiffers` |
//! | any | any | no key | `KeyMissing`, never a first run |
//! | ready | no or empty | the right key | `Lost` |
//! | ready | damaged | the right key | `Damaged` |
//! | any | newer schema | the right key | `NewerVersion` |
//! | erasing | any | any readable | the erasing is finished, then a first run |
//!
//! Nothing here deletes or overwrites a database, except to finish an erasing the user asked for.

pub(crate) mod first_run;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;

use crate::connection::{self, Access};
use crate::error::OpenError;
use crate::files;
use crate::keyinfo::{self, KeyInfo, Marker, Stage};
use crate::keys::KeySet;
use crate::profile::{DatabaseFile, Lease, ProfilePaths};
use crate::schema;
use crate::store::{Parts, Store};
use crate::vault::KeyVault;

/// What opening needs to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOptions {
    /// The time to write into a new key file, in milliseconds UTC.
    pub now_utc_ms: i64,
}

/// The points after which a first run may be cut off; tests stop there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Probed,
    KeyWritten,
    KeyReadBack,
    MarkerWritten,
    DatabaseMade,
    DatabaseInPlace,
    MarkerReady,
}

/// One attempt to open a profile, with everything it needs.
struct Opening<'a> {
    paths: &'a ProfilePaths,
    vault: &'a dyn KeyVault,
    options: &'a OpenOptions,
    after: &'a mut dyn FnMut(Step) -> Result<(), OpenError>,
}

/// Opens the profile, making it when this is its first run. Blocks on the disk and the keychain.
///
/// # Errors
/// See [`OpenError`]; after any of them the files are as they were, so that trying again (with the
/// keychain unlocked, the disk back, the right computer account) is always safe.
pub fn open(paths: &ProfilePaths, vault: &dyn KeyVault, options: &OpenOptions) -> Result<Store, OpenError> {
    open_observed(paths, vault, options, &mut |_| Ok(()))
}

pub(crate) fn open_observed(
    paths: &ProfilePaths,
    vault: &dyn KeyVault,
    options: &OpenOptions,
    after: &mut dyn FnMut(Step) -> Result<(), OpenError>,
) -> Result<Store, OpenError> {
    connection::assert_sqlite()?;
    let lease = paths.take()?;
    let mut opening = Opening { paths, vault, options, after };
    let opened = opening.decide()?;
    Ok(opened.into_store(paths, lease))
}

/// "Start over" for a profile that cannot be opened: moves all its files into a folder beside them
/// and returns that folder. Deletes nothing; the key stays in the keychain, so the old files can be
/// brought back. The caller asks the user first.
///
/// # Errors
/// [`OpenError::InUse`] and [`OpenError::Disk`].
pub fn set_aside(paths: &ProfilePaths, now_utc_ms: i64) -> Result<PathBuf, OpenError> {
    let _lease = paths.take()?;
    let aside = paths.dir.join(format!("aside-{now_utc_ms}"));
    fs::create_dir(&aside)?;
    let database = paths.database();
    let [log, index, journal] = ProfilePaths::journals(&database);
    // The marker goes last: cut off before it, the profile is "lost" and can be set aside again.
    for file in [log, index, journal, database, paths.key_info()] {
        let Some(name) = file.file_name() else {
            continue;
        };
        match files::rename(&file, &aside.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Err(_) | Ok(()) => {}
        }
    }
    paths.sync()?;
    tracing::warn!("the profile was set aside");
    Ok(aside)
}

/// Removes all files of a profile that is not open, for one whose key was kept nowhere.
///
/// # Errors
/// [`OpenError::Disk`].
pub fn remove(paths: &ProfilePaths) -> Result<(), OpenError> {
    Ok(files::remove_folder_if_there(&paths.dir)?)
}

/// Erases a profile that is not open: its database, its key and its marker, then its folder with whatever else is in
/// it. The caller has asked the user. Cut off half-way, calling it again goes on.
///
/// # Errors
/// [`OpenError::InUse`] while somebody has it open, [`OpenError::NewerVersion`] where a newer version wrote the marker,
/// and those of the disk and the keychain.
pub fn erase(paths: &ProfilePaths, vault: &dyn KeyVault) -> Result<(), OpenError> {
    if !paths.dir.exists() {
        return Ok(());
    }
    let lease = paths.take()?;
    match keyinfo::read(paths)? {
        Marker::Newer => return Err(OpenError::NewerVersion { found: 0, known: schema::KNOWN }),
        Marker::Known(info) => {
            let erasing = KeyInfo { stage: Stage::Erasing, ..info };
            keyinfo::write(paths, &erasing)?;
            first_run::finish_erasing(paths, vault, &erasing)?;
        }
        Marker::Absent | Marker::Unreadable => first_run::erase_unmarked(paths, vault)?,
    }
    // Windows removes no file that somebody holds open.
    drop(lease);
    Ok(files::remove_folder_if_there(&paths.dir)?)
}

/// An open writer and what is needed to open readers beside it.
struct Opened {
    writer: Connection,
    keys: KeySet,
    info: KeyInfo,
}

impl Opened {
    fn into_store(self, paths: &ProfilePaths, lease: Lease) -> Store {
        Store::new(Parts { writer: self.writer, keys: self.keys, info: self.info, paths: paths.clone(), lease })
    }
}

impl Opening<'_> {
    fn decide(&mut self) -> Result<Opened, OpenError> {
        let database = self.paths.database_file()?;
        match keyinfo::read(self.paths)? {
            Marker::Newer => Err(OpenError::NewerVersion { found: 0, known: schema::KNOWN }),
            Marker::Known(info) if info.schema > schema::KNOWN => {
                Err(OpenError::NewerVersion { found: info.schema, known: schema::KNOWN })
            }
            Marker::Known(info) if info.stage == Stage::Erasing => {
                first_run::finish_erasing(self.paths, self.vault, &info)?;
                self.without_marker(DatabaseFile::Absent, false)
            }
            Marker::Known(info) => self.with_marker(info, database),
            Marker::Absent => self.without_marker(database, false),
            Marker::Unreadable => self.without_marker(database, true),
        }
    }

    fn with_marker(&mut self, info: KeyInfo, database: DatabaseFile) -> Result<Opened, OpenError> {
        let Some(root) = self.vault.get(&info.account)? else {
            return Err(OpenError::KeyMissing { database_exists: database == DatabaseFile::Present });
        };
        let keys = KeySet::derive(&root);
        if !keys.matches(&info.check) {
            return Err(OpenError::KeyDiffers);
        }
        match (info.stage, database) {
            (_, DatabaseFile::Present) => self.open_existing(keys, info),
            (Stage::Creating, DatabaseFile::Absent) => self.make_database(keys, info),
            (_, DatabaseFile::Hollow | DatabaseFile::Absent) => Err(OpenError::Lost),
        }
    }

    fn without_marker(&mut self, database: DatabaseFile, unreadable_marker: bool) -> Result<Opened, OpenError> {
        let account = self.paths.account()?;
        match database {
            DatabaseFile::Hollow => Err(OpenError::Lost),
            DatabaseFile::Absent if unreadable_marker => Err(OpenError::Lost),
            DatabaseFile::Absent => self.first_run(account),
            DatabaseFile::Present => self.rebuild_marker(account, unreadable_marker),
        }
    }

    /// The key is known to be right, so what does not open now is damaged.
    fn open_existing(&mut self, keys: KeySet, mut info: KeyInfo) -> Result<Opened, OpenError> {
        let path = self.paths.database();
        // With a pending log the file alone may be half-way through a copy and say nothing.
        if !self.paths.has_pending_log()? {
            self.glance(&keys)?;
        }
        let mut writer = connection::open(&path, &keys, Access::Write)?;
        schema::refuse_newer(&writer)?;
        connection::settle(&writer)?;
        schema::migrate(&mut writer)?;
        if info.stage != Stage::Ready || info.schema != schema::KNOWN {
            tracing::info!(from = info.schema, to = schema::KNOWN, "the schema of the profile is current");
            info.stage = Stage::Ready;
            info.schema = schema::KNOWN;
            keyinfo::write(self.paths, &info)?;
            (self.after)(Step::MarkerReady)?;
        }
        Ok(Opened { writer, keys, info })
    }

    /// Looks at the file without touching it: does the key open it, is its schema known? Returns the
    /// cipher's description.
    fn glance(&self, keys: &KeySet) -> Result<String, OpenError> {
        let glance = connection::open(&self.paths.database(), keys, Access::Glance)?;
        schema::refuse_newer(&glance)?;
        Ok(connection::cipher_description(&glance)?)
    }

    /// A database without a key file: the file is made again if, and only if, the key opens it.
    fn rebuild_marker(&mut self, account: String, unreadable_marker: bool) -> Result<Opened, OpenError> {
        let Some(root) = self.vault.get(&account)? else {
            return Err(OpenError::KeyMissing { database_exists: true });
        };
        let keys = KeySet::derive(&root);
        let cipher = match self.glance(&keys) {
            // Wrong key and damaged first page look the same to SQLCipher; without a check value
            // the key is the likelier one, and nothing is lost by saying so.
            Err(OpenError::Damaged) => return Err(OpenError::KeyDiffers),
            other => other?,
        };
        if unreadable_marker {
            keyinfo::keep_unreadable(self.paths, self.options.now_utc_ms)?;
        }
        let info = KeyInfo::new(account, &keys, cipher, self.options.now_utc_ms);
        tracing::warn!(key_id = info.key_id, "the key file was lost and is rebuilt");
        self.open_existing(keys, info)
    }
}
