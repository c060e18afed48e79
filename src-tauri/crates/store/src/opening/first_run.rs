//! Making a profile, in steps each of which may be the last one before the power fails, and
//! finishing an erasing that was cut off.
//!
//! The order is what makes it safe: a key is trusted only after it was read back, the marker is
//! written before the database, and the database appears under its name only when it is complete.

use std::io;
use std::path::Path;

use super::{Opened, Opening, Step};
use crate::connection::{self, Access};
use crate::error::OpenError;
use crate::files;
use crate::keyinfo::{self, KeyInfo};
use crate::keys::{self, KeySet};
use crate::profile::{ProfilePaths, private_file};
use crate::schema;
use crate::vault::{KeyVault, RootKey, VaultError};

impl Opening<'_> {
    pub(super) fn first_run(&mut self, account: String) -> Result<Opened, OpenError> {
        let root = match self.vault.get(&account)? {
            // Left over from a first run that was cut off before its marker.
            Some(root) => {
                tracing::info!("a first run that was cut off goes on with its key");
                root
            }
            None => self.store_new_key(&account)?,
        };
        let keys = KeySet::derive(&root);
        let info = KeyInfo::new(account, &keys, String::new(), self.options.now_utc_ms);
        keyinfo::write(self.paths, &info)?;
        (self.after)(Step::MarkerWritten)?;
        self.make_database(keys, info)
    }

    fn store_new_key(&mut self, account: &str) -> Result<RootKey, OpenError> {
        probe(self.vault, account)?;
        (self.after)(Step::Probed)?;
        let root = keys::generate()?;
        self.vault.set(account, &root)?;
        (self.after)(Step::KeyWritten)?;
        expect_back(self.vault, account, &root)?;
        (self.after)(Step::KeyReadBack)?;
        Ok(root)
    }

    /// Makes the database under another name and puts it in place when it is complete.
    pub(super) fn make_database(&mut self, keys: KeySet, mut info: KeyInfo) -> Result<Opened, OpenError> {
        let draft = self.paths.new_database();
        remove_database(&draft)?;
        private_file().create_new(true).open(&draft)?.sync_all()?;
        let mut creation = connection::open(&draft, &keys, Access::Create)?;
        schema::migrate(&mut creation)?;
        info.cipher = connection::cipher_description(&creation)?;
        creation.close().map_err(|(_, error)| error)?;
        (self.after)(Step::DatabaseMade)?;
        files::rename(&draft, &self.paths.database())?;
        self.paths.sync()?;
        (self.after)(Step::DatabaseInPlace)?;
        self.open_existing(keys, info)
    }
}

/// A keychain without a usable collection says "no such entry" when asked and refuses only to
/// store, so it is asked to take and give back a value before it is trusted with the key.
fn probe(vault: &dyn KeyVault, account: &str) -> Result<(), OpenError> {
    let probe = format!("{account}.probe");
    let value = keys::generate()?;
    vault.set(&probe, &value)?;
    expect_back(vault, &probe, &value)?;
    vault.delete(&probe)?;
    Ok(())
}

fn expect_back(vault: &dyn KeyVault, account: &str, value: &RootKey) -> Result<(), OpenError> {
    match vault.get(account)? {
        Some(found) if found == *value => Ok(()),
        Some(_) => Err(VaultError::Different.into()),
        None => Err(VaultError::Refused("it does not keep what it is given".to_owned()).into()),
    }
}

/// Removes everything of a profile whose user asked for it: files first, the key next, and the
/// marker last, so that a cut-off erasing is found and finished.
pub(crate) fn finish_erasing(paths: &ProfilePaths, vault: &dyn KeyVault, info: &KeyInfo) -> Result<(), OpenError> {
    erase_under(paths, vault, &info.account)
}

/// The same where the marker is gone or can't be read: the key is the one that the folder names.
pub(crate) fn erase_unmarked(paths: &ProfilePaths, vault: &dyn KeyVault) -> Result<(), OpenError> {
    erase_under(paths, vault, &paths.account()?)
}

fn erase_under(paths: &ProfilePaths, vault: &dyn KeyVault, account: &str) -> Result<(), OpenError> {
    remove_database(&paths.database())?;
    remove_database(&paths.new_database())?;
    paths.sync()?;
    vault.delete(account)?;
    files::remove_if_there(&paths.key_info())?;
    paths.sync()?;
    tracing::info!("the profile was erased");
    Ok(())
}

fn remove_database(database: &Path) -> io::Result<()> {
    for journal in ProfilePaths::journals(database) {
        files::remove_if_there(&journal)?;
    }
    files::remove_if_there(database)
}
