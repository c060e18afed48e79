//! The two error types of the crate: [`OpenError`] says why there is no database to work with,
//! [`StoreError`] why one statement or transaction did not happen. Neither carries a value from the
//! database, a key or a token; constraint texts name tables and columns only.

use std::io;

use rusqlite::ErrorCode;

use crate::tables::outbox::OutboxState;
use crate::vault::VaultError;

/// What every function that touches an open database returns.
pub type StoreResult<T> = Result<T, StoreError>;

/// Why a read or a write on an open database failed. After an error in `Store::write` nothing of
/// the closure was kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process holds the database for longer than the busy time-out (5 s). Worth a retry.
    #[error("the local database is busy")]
    Busy,
    /// The disk is full. Worth a retry after space was made.
    #[error("the disk is full")]
    Full,
    /// The file could not be read or written (removed disk, permissions, read-only volume).
    #[error("the local database could not be read or written")]
    Io(#[source] rusqlite::Error),
    /// The file is damaged; it is left as it is.
    #[error("the local database is damaged")]
    Corrupt(#[source] Option<rusqlite::Error>),
    /// A rule of the schema refused the row. The text names the table and column, never a value.
    #[error("the local database refused a row: {0}")]
    Constraint(String),
    /// Any other refusal of SQLite: a defect of this program.
    #[error("the local database refused a statement")]
    Sql(#[source] rusqlite::Error),
    /// A sealed column does not open: another key, another row, or a changed value.
    #[error("a sealed value of {table}.{column} does not open")]
    Seal {
        /// The table of the sealed column.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A column holds something this version does not know (a state's name, a broken JSON list).
    /// The source says which kind, never the value.
    #[error("the local database holds a value this version does not know")]
    Unreadable(#[source] rusqlite::Error),
    /// An outbox row is not in a state from which the wanted step is possible; nothing changed.
    #[error("the outbox row is {}, so this step is not possible", state_name(*.state))]
    WrongState {
        /// The state it is in now, `None` when there is no such row.
        state: Option<OutboxState>,
    },
    /// A row that had to be there is not.
    #[error("there is no such row in {table}")]
    NotFound {
        /// The table.
        table: &'static str,
    },
    /// The store was closed (everything erased, or the program is going down).
    #[error("the local database is closed")]
    Closed,
}

fn state_name(state: Option<OutboxState>) -> &'static str {
    state.map_or("gone", OutboxState::as_str)
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Io(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(Some(error)),
            Some(ErrorCode::ConstraintViolation) => Self::Constraint(constraint_text(&error)),
            None if matches!(error, rusqlite::Error::FromSqlConversionFailure(..)) => Self::Unreadable(error),
            _ => Self::Sql(error),
        }
    }
}

fn constraint_text(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        _ => "constraint failed".to_owned(),
    }
}

/// Why a profile could not be opened. In every case the files were left as they were found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The keychain is locked or did not answer in time: unlock it and try again.
    #[error("the system keychain is locked or does not answer")]
    KeychainLocked,
    /// There is no keychain on this computer (Linux: no Secret Service on the session bus).
    #[error("there is no system keychain")]
    KeychainMissing,
    /// The keychain answered, but refused. The text is the keychain's own and holds no secret.
    #[error("the system keychain refused: {0}")]
    KeychainRefused(String),
    /// The keychain has no key for a profile that had one. Never treated as a first run.
    #[error("the key of this profile is not in the system keychain")]
    KeyMissing {
        /// `false` when there is no database either, so starting over loses nothing.
        database_exists: bool,
    },
    /// The keychain holds a different key than the one this profile was made with.
    #[error("the system keychain holds a different key")]
    KeyDiffers,
    /// The key is right and the file does not open: damaged.
    #[error("the local database is damaged")]
    Damaged,
    /// The database or its key file was written by a newer version.
    #[error("the local database was written by a newer version (schema {found}, known {known})")]
    NewerVersion {
        /// The schema version found, 0 when only the key file is newer.
        found: u32,
        /// The newest one this program knows.
        known: u32,
    },
    /// A database existed and is gone or empty, the key is still there.
    #[error("the local database is gone")]
    Lost,
    /// Another process has this profile open.
    #[error("this profile is open in another process")]
    InUse,
    /// The profile's folder belongs to somebody else or may be written by everybody.
    #[error("the profile folder is not private: {0}")]
    NotPrivate(&'static str),
    /// The linked SQLite is older than the one with the write-ahead-log fix (3.51.3).
    #[error("the linked SQLite {0} is too old")]
    OldSqlite(&'static str),
    /// The folder or a file could not be read or written.
    #[error("the profile folder could not be read or written")]
    Disk(#[from] io::Error),
    /// SQLite refused for a reason that is neither damage nor the disk: a defect of this program.
    #[error("the local database could not be prepared")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<VaultError> for OpenError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Locked | VaultError::TimedOut => Self::KeychainLocked,
            VaultError::Missing => Self::KeychainMissing,
            VaultError::Different => Self::KeyDiffers,
            VaultError::Refused(text) => Self::KeychainRefused(text),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match StoreError::from(error) {
            StoreError::Corrupt(_) => Self::Damaged,
            StoreError::Busy => Self::InUse,
            StoreError::Full => Self::Disk(io::Error::from(io::ErrorKind::StorageFull)),
            StoreError::Io(source) => Self::Disk(io::Error::other(source)),
            other => Self::Database(Box::new(other)),
        }
    }
}

impl From<rusqlite_migration::Error> for OpenError {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => Self::from(err),
            other => Self::Database(Box::new(other)),
        }
    }
}
