//! Where the one key of a profile is kept: a trait, the real keychain and one in memory.
//!
//! The keychain holds exactly one 32-byte value a profile and nothing else. Tokens do not go there:
//! a keychain has no transactions, and Windows limits the size of an entry.

mod memory;
mod system;

use zeroize::Zeroizing;

pub use memory::MemoryVault;
pub use system::SystemVault;

/// The key of a profile as it leaves a vault; wiped when dropped.
pub type RootKey = Zeroizing<[u8; 32]>;

/// A place for 32-byte keys by account name. Calls may block (a keychain may ask its user), so
/// call them from a blocking thread.
pub trait KeyVault: Send + Sync {
    /// The key of `account`, `None` when the vault is readable and has none. Beware: some keychains
    /// say "none" when they have no usable collection at all, so `None` alone never means that
    /// this is a first run.
    fn get(&self, account: &str) -> Result<Option<RootKey>, VaultError>;
    /// Stores the key, replacing one that is there.
    fn set(&self, account: &str, key: &RootKey) -> Result<(), VaultError>;
    /// Removes the key; removing one that is not there is no error.
    fn delete(&self, account: &str) -> Result<(), VaultError>;
}

/// Why a vault gave no answer. No variant carries what is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The keychain is there and locked, or the user dismissed its prompt.
    #[error("the keychain is locked")]
    Locked,
    /// There is no keychain to talk to.
    #[error("there is no keychain")]
    Missing,
    /// An entry is there, but it is not one of ours (not 32 bytes in base64).
    #[error("the keychain's entry is not a key of this program")]
    Different,
    /// The keychain refused for another reason, in its own words.
    #[error("the keychain refused: {0}")]
    Refused(String),
    /// No answer within ten seconds. The request may still be carried out later.
    #[error("the keychain did not answer in time")]
    TimedOut,
}
