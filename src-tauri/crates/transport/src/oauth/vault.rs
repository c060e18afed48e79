//! Where tokens are kept between runs: implemented by whoever owns the store.

use crate::oauth::TokenSet;

/// Keeps one account's tokens. Methods block; they are called on a thread that
/// may. Each returns only when its effect would survive a power cut.
pub trait TokenVault: Send + Sync {
    /// The tokens of the account, or `None` when nobody is signed in.
    fn load(&self) -> Result<Option<TokenSet>, VaultError>;

    /// Whether [`refresh_started`](Self::refresh_started) was the last change: a
    /// refresh left this computer, and what became of it was never recorded.
    fn refresh_unresolved(&self) -> Result<bool, VaultError>;

    /// A refresh is about to leave.
    fn refresh_started(&self) -> Result<(), VaultError>;

    /// Stores a token set in one transaction and marks the refresh as resolved.
    ///
    /// # Errors
    /// [`VaultError::Ended`] when the sign-in that the tokens belong to is no longer here; nothing is stored.
    fn save(&self, tokens: &TokenSet) -> Result<(), VaultError>;

    /// The sign-in is over: the tokens are worthless and may be removed.
    fn signed_out(&self, reason: SignedOut) -> Result<(), VaultError>;
}

/// Why a sign-in ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedOut {
    /// The service no longer accepts it.
    Expired,
    /// The service named another address for the data than at sign-in.
    ForeignInstance,
}

/// Tokens could not be read or stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The database or the key is locked.
    #[error("the place where sign-ins are kept is locked")]
    Locked,
    /// The disk is full.
    #[error("there is no room left on the disk to keep the sign-in")]
    Full,
    /// The user has signed out or signed in anew: these tokens are nobody's.
    #[error("the sign-in has ended here")]
    Ended,
    /// Anything else.
    #[error("the sign-in could not be read or stored")]
    Failed,
}
