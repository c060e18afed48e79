//! The open database: one writer, a few readers, closures in, results out.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::panic;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::task;

use crate::connection::{self, Access};
use crate::error::{OpenError, StoreError, StoreResult};
use crate::keyinfo::{self, KeyInfo, Stage};
use crate::keys::KeySet;
use crate::opening::first_run;
use crate::profile::{Lease, ProfilePaths};
use crate::sealed::Sealer;
use crate::vault::KeyVault;

/// Readers that may work at the same time; more would only fight for two cores.
const READERS: usize = 3;

/// An open profile. Clones share it; the last one to go closes the files and gives the profile back.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

/// What an opened profile is made of.
pub(crate) struct Parts {
    pub writer: Connection,
    pub keys: KeySet,
    pub info: KeyInfo,
    pub paths: ProfilePaths,
    pub lease: Lease,
}

/// Fields are dropped in this order: the writer after the readers, so that it is the last
/// connection and folds the log into the file; the lease when all files are closed.
struct Inner {
    readers: Mutex<Readers>,
    reader_returned: Condvar,
    writer: Mutex<Option<Connection>>,
    /// Tables with rows that the transaction under way has changed.
    touched: Arc<Mutex<BTreeSet<String>>>,
    on_commit: OnceLock<OnCommit>,
    sealer: Sealer,
    keys: KeySet,
    info: KeyInfo,
    paths: ProfilePaths,
    _lease: Lease,
}

#[derive(Default)]
struct Readers {
    idle: Vec<Connection>,
    lent: usize,
    closed: bool,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    pub(crate) fn new(parts: Parts) -> Self {
        let touched = note_touched(&parts.writer);
        Self {
            inner: Arc::new(Inner {
                touched,
                on_commit: OnceLock::new(),
                readers: Mutex::new(Readers::default()),
                reader_returned: Condvar::new(),
                writer: Mutex::new(Some(parts.writer)),
                sealer: Sealer::new(&parts.keys),
                keys: parts.keys,
                info: parts.info,
                paths: parts.paths,
                _lease: parts.lease,
            }),
        }
    }

    /// What seals and opens the columns named `*_sealed`; hand it to the table functions that ask
    /// for it.
    pub fn sealer(&self) -> Sealer {
        self.inner.sealer.clone()
    }

    /// Runs `query` on a reader, on a blocking thread. All its statements see one state of the
    /// database, that of the last commit before it began.
    ///
    /// # Errors
    /// Those of `query`, [`StoreError::Closed`] after an erasing.
    pub async fn read<T, F>(&self, query: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    {
        let store = self.clone();
        finished(task::spawn_blocking(move || store.read_now(query)).await)
    }

    /// Runs `change` in one transaction on the writer, on a blocking thread, and commits it when it
    /// returns `Ok`. When this future is dropped, the change is still carried out to its end.
    ///
    /// # Errors
    /// Those of `change` and of the commit; then nothing was kept.
    pub async fn write<T, F>(&self, change: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> StoreResult<T> + Send + 'static,
    {
        let store = self.clone();
        finished(task::spawn_blocking(move || store.write_now(change)).await)
    }

    /// [`Self::read`] for code that is on a blocking thread already.
    pub fn read_now<T>(&self, query: impl FnOnce(&Connection) -> StoreResult<T>) -> StoreResult<T> {
        let reader = self.inner.lend()?;
        let snapshot = reader.unchecked_transaction()?;
        query(&snapshot)
    }

    /// [`Self::write`] for code that is on a blocking thread already.
    pub fn write_now<T>(&self, change: impl FnOnce(&Transaction<'_>) -> StoreResult<T>) -> StoreResult<T> {
        let mut writer = self.inner.writer();
        let connection = writer.as_mut().ok_or(StoreError::Closed)?;
        self.inner.take_touched();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = change(&transaction)?;
        transaction.commit()?;
        let touched = self.inner.take_touched();
        drop(writer);
        if let Some(told) = self.inner.on_commit.get().filter(|_| !touched.is_empty()) {
            told(&touched);
        }
        Ok(result)
    }

    /// Tells after each commit the names of the tables whose rows it changed. The first listener stays; it is called
    /// on the thread that wrote, and must not wait.
    ///
    /// Tables without a row number are not told of, nor those that
    /// [`tables::mirror::erase`](crate::tables::mirror::erase) empties.
    pub fn on_commit(&self, listener: impl Fn(&BTreeSet<String>) + Send + Sync + 'static) {
        let _ = self.inner.on_commit.set(Box::new(listener));
    }

    /// Folds the write-ahead log into the file and empties it, so that nothing deleted stays behind
    /// in it. For use after large removals; a busy reader only makes it do less.
    pub async fn fold_log(&self) -> StoreResult<()> {
        let store = self.clone();
        let folding = move || {
            let writer = store.inner.writer();
            let connection = writer.as_ref().ok_or(StoreError::Closed)?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        };
        finished(task::spawn_blocking(folding).await)
    }

    /// Looks at every page: SQLCipher's authentication, SQLite's structure, foreign keys and the
    /// search index. Takes seconds on a large database.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] at the first thing found wrong.
    pub fn check_integrity_now(&self) -> StoreResult<()> {
        let writer = self.inner.writer();
        let connection = writer.as_ref().ok_or(StoreError::Closed)?;
        crate::connection::check_integrity(connection)
    }

    /// Erases the whole profile: database, key and marker. Waits for running reads and writes; every
    /// later call on any clone answers [`StoreError::Closed`]. Cut off half-way, it is finished at
    /// the next start. Blocks on the disk and the keychain.
    ///
    /// # Errors
    /// Those of the disk and the keychain; the erasing is then finished at the next start.
    pub fn erase_everything(&self, vault: &dyn KeyVault) -> Result<(), OpenError> {
        let erasing = KeyInfo { stage: Stage::Erasing, ..self.inner.info.clone() };
        let mut writer = self.inner.writer();
        keyinfo::write(&self.inner.paths, &erasing)?;
        self.inner.close_readers();
        drop(writer.take());
        first_run::finish_erasing(&self.inner.paths, vault, &erasing)
    }
}

/// A panic in the closure goes on in the caller; a runtime that is going down is a closed store.
fn finished<T>(outcome: Result<StoreResult<T>, task::JoinError>) -> StoreResult<T> {
    match outcome {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(payload) => panic::resume_unwind(payload),
            Err(_) => Err(StoreError::Closed),
        },
    }
}

/// Hears the names of tables.
type OnCommit = Box<dyn Fn(&BTreeSet<String>) + Send + Sync>;

fn note_touched(writer: &Connection) -> Arc<Mutex<BTreeSet<String>>> {
    let touched: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let noted = Arc::clone(&touched);
    let hook = move |_, _: &str, table: &str, _| {
        let mut touched = noted.lock().unwrap_or_else(PoisonError::into_inner);
        if !touched.contains(table) {
            touched.insert(table.to_owned());
        }
    };
    if let Err(error) = writer.update_hook(Some(hook)) {
        tracing::error!(%error, "what is changed will not be told");
    }
    touched
}

impl Inner {
    fn take_touched(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A panic in a closure rolled its transaction back, so the connection is good for the next.
    fn writer(&self) -> MutexGuard<'_, Option<Connection>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn readers(&self) -> MutexGuard<'_, Readers> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lend(&self) -> StoreResult<LentReader<'_>> {
        let mut readers = self
            .reader_returned
            .wait_while(self.readers(), |readers| !readers.closed && readers.idle.is_empty() && readers.lent == READERS)
            .unwrap_or_else(PoisonError::into_inner);
        if readers.closed {
            return Err(StoreError::Closed);
        }
        let connection = match readers.idle.pop() {
            Some(connection) => connection,
            None => connection::open(&self.paths.database(), &self.keys, Access::Read)?,
        };
        readers.lent += 1;
        Ok(LentReader { connection: Some(connection), inner: self })
    }

    fn close_readers(&self) {
        let mut readers = self.readers();
        readers.closed = true;
        self.reader_returned.notify_all();
        let mut readers = self
            .reader_returned
            .wait_while(readers, |readers| readers.lent > 0)
            .unwrap_or_else(PoisonError::into_inner);
        readers.idle.clear();
    }
}

/// A reader on loan; it goes back when dropped, also when the query panics.
struct LentReader<'a> {
    connection: Option<Connection>,
    inner: &'a Inner,
}

impl Deref for LentReader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match &self.connection {
            Some(connection) => connection,
            None => unreachable!("a reader is taken out of its loan only when the loan ends"),
        }
    }
}

impl Drop for LentReader<'_> {
    fn drop(&mut self) {
        let mut readers = self.inner.readers();
        readers.lent -= 1;
        readers.idle.extend(self.connection.take());
        self.inner.reader_returned.notify_all();
    }
}
