//! Keys in this process's memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{KeyVault, RootKey, VaultError};

/// Keeps keys in memory and forgets them with the process.
///
/// It is for tests and benchmarks, which open the same profile several times within one process, and
/// for a demo profile that is made anew each time. A profile made with it cannot be opened by the next
/// process: it is no substitute for a keychain and not a "plain text" mode.
#[derive(Default)]
pub struct MemoryVault {
    keys: Mutex<HashMap<String, RootKey>>,
}

impl MemoryVault {
    /// An empty vault.
    pub fn new() -> Self {
        Self::default()
    }

    fn keys(&self) -> std::sync::MutexGuard<'_, HashMap<String, RootKey>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyVault for MemoryVault {
    fn get(&self, account: &str) -> Result<Option<RootKey>, VaultError> {
        Ok(self.keys().get(account).cloned())
    }

    fn set(&self, account: &str, key: &RootKey) -> Result<(), VaultError> {
        self.keys().insert(account.to_owned(), key.clone());
        Ok(())
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        self.keys().remove(account);
        Ok(())
    }
}
