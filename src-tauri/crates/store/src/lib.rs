//! The encrypted database of one profile: keychain key, key rules, opening, migrations, one writer
//! and several readers, sealed columns, and one file a table.
//!
//! It is *not* a place for decisions: which meeting belongs to whom, when something is sent and
//! what a time-out means live in the engine. It reads no clock (every time is handed in), knows
//! neither Zoom nor Salesforce, and never deletes or overwrites a database on its own.
//!
//! How it fits: the engine opens a [`Store`] once, then runs closures on it. A closure gets a
//! [`Connection`] (reading) or a [`Transaction`] (writing) and calls the functions of
//! [`tables`]; what is done in one closure is committed together or not at all, which is how a
//! page and its cursor, or a decision and its outbox row, stay in step.
//!
//! ```no_run
//! # use liaison_store::{ProfilePaths, MemoryVault, OpenOptions, open, tables::cursors};
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let paths = ProfilePaths::new("/home/ada/.local/share/liaison/default");
//! let store = open(&paths, &MemoryVault::new(), &OpenOptions { now_utc_ms: 0 })?;
//! store.write(|tx| cursors::set(tx, "zoom.meetings", "page-2", 1_000)).await?;
//! let cursor = store.read(|db| cursors::get(db, "zoom.meetings")).await?;
//! # Ok(()) }
//! ```

mod connection;
mod error;
mod files;
mod keyinfo;
mod keys;
mod opening;
mod planted;
mod profile;
mod schema;
mod sealed;
mod store;
pub mod tables;
mod vault;

pub use error::{OpenError, StoreError, StoreResult};
pub use opening::{OpenOptions, erase, open, remove, set_aside};
#[doc(hidden)]
pub use planted::planted;
pub use profile::ProfilePaths;
pub use sealed::{SealedCell, Sealer};
pub use store::Store;
pub use vault::{KeyVault, MemoryVault, SystemVault, VaultError};

/// What a reading closure gets; re-exported so that callers need no dependency on rusqlite.
pub use rusqlite::Connection;
/// What a writing closure gets; re-exported so that callers need no dependency on rusqlite.
pub use rusqlite::Transaction;
