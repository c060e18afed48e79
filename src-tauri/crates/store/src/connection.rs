//! The only place that opens a database connection, so that no connection is ever without its key,
//! its pragmas and its defences. `clippy.toml` forbids rusqlite's own constructors elsewhere.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::error::{OpenError, StoreError, StoreResult};
use crate::keys::KeySet;

/// SQLite up to 3.51.2 can lose committed work in write-ahead mode with several connections
/// (<https://sqlite.org/wal.html>, "WAL-reset bug").
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long a statement waits for another process's lock.
const BUSY_LIMIT: Duration = Duration::from_secs(5);

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Makes the file. Used on a file that is renamed into place when it is complete.
    Create,
    /// Writes to an existing file; never makes one.
    Write,
    /// Reads an existing file beside a writer.
    Read,
    /// Looks at the file alone, without its journals, and leaves no trace.
    Glance,
}

/// Refuses to run on a SQLite with the write-ahead-log defect.
pub(crate) fn assert_sqlite() -> Result<(), OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(OpenError::OldSqlite(rusqlite::version()));
    }
    Ok(())
}

/// Opens and keys a connection. A wrong key shows here or at the first statement that reads.
///
/// A writer does not copy its log into the file when it closes until [`settle`] was called, so a
/// look at a file that turns out to be newer or damaged leaves it as it was.
pub(crate) fn open(path: &Path, keys: &KeySet, access: Access) -> rusqlite::Result<Connection> {
    let connection = connect(path, access)?;
    // Before the key: SQLCipher reports a wrong key on the standard error output otherwise.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let statement = Zeroizing::new(format!("PRAGMA key = \"{}\";", *keys.pragma_key()));
    connection.execute_batch(&statement)?;
    prepare(&connection)?;
    if access == Access::Write {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    }
    if access == Access::Read {
        connection.execute_batch("PRAGMA query_only = ON;")?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_prepared_statement_cache_capacity(96);
    Ok(connection)
}

/// What every keyed connection gets. `secure_delete` overwrites what is deleted, `trusted_schema`
/// keeps a tampered schema from calling functions, and temporary tables stay out of the disk.
pub(crate) fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_LIMIT)?;
    connection.execute_batch(
        "PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -8192;",
    )
}

/// Puts a writer on a file that was found to be in order to work: write-ahead log, every commit
/// flushed to the disk itself (`fullfsync` matters on macOS, where a plain flush stops at the
/// drive's cache), and a log that does not stay large.
pub(crate) fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA journal_size_limit = 8388608;",
    )?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

/// The cipher's release and page layout, as it goes into the key file.
pub(crate) fn cipher_description(connection: &Connection) -> rusqlite::Result<String> {
    let version: String = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0))?;
    let page_size: String = connection.query_row("PRAGMA cipher_page_size", [], |row| row.get(0))?;
    let hmac: String = connection.query_row("PRAGMA cipher_hmac_algorithm", [], |row| row.get(0))?;
    Ok(format!("SQLCipher {version}; page {page_size}; {hmac}"))
}

/// SQLCipher's check finds pages that do not authenticate, SQLite's finds pages that authenticate and
/// do not fit together (a file cut on a page's border); only both together find everything.
pub(crate) fn check_integrity(connection: &Connection) -> StoreResult<()> {
    for check in ["PRAGMA cipher_integrity_check", "PRAGMA foreign_key_check"] {
        if connection.prepare(check)?.exists([])? {
            return Err(StoreError::Corrupt(None));
        }
    }
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Corrupt(None));
    }
    connection.execute_batch("INSERT INTO people_search (people_search, rank) VALUES ('integrity-check', 1)")?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that may open a connection")]
fn connect(path: &Path, access: Access) -> rusqlite::Result<Connection> {
    static STARTED: Once = Once::new();
    // SQLite calls itself started before SQLCipher is (`SQLITE_EXTRA_INIT` runs outside its mutex), so of two first
    // connections at once the second finds no cipher and is refused its key. The first one is therefore alone.
    STARTED.call_once(|| drop(Connection::open_in_memory()));
    let no_mutex = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    match access {
        Access::Create => Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | no_mutex,
        ),
        Access::Write => Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | no_mutex),
        Access::Read => Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | no_mutex),
        Access::Glance => Connection::open_with_flags(
            frozen_uri(path),
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | no_mutex,
        ),
    }
}

/// `immutable=1` keeps SQLite from locking, from reading the log and from making files beside it
/// (<https://sqlite.org/uri.html>).
///
/// Backslashes are written as bytes too, so that SQLite gets a path of Windows as it is, with its drive, its server or
/// its `\\?\`, and doesn't take the beginning for a host.
fn frozen_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'%' | b'?' | b'#' | b'\\' | 0x80.. => {
                let _ = write!(uri, "%{byte:02X}");
            }
            plain => uri.push(char::from(*plain)),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::sync::Barrier;
    use std::thread;

    use super::*;

    #[test]
    fn the_linked_sqlite_is_new_enough() {
        assert_sqlite().unwrap();
    }

    #[test]
    fn odd_paths_stay_paths() {
        let uri = frozen_uri(Path::new("/a/100% #1?/ë.db"));
        assert_eq!(uri, "file:/a/100%25 %231%3F/%C3%AB.db?immutable=1");
        for (path, expected) in [
            (r"C:\Users\Zoë\l.db", "file:C:%5CUsers%5CZo%C3%AB%5Cl.db?immutable=1"),
            (r"\\?\C:\l.db", "file:%5C%5C%3F%5CC:%5Cl.db?immutable=1"),
            (r"\\server\share\l.db", "file:%5C%5Cserver%5Cshare%5Cl.db?immutable=1"),
        ] {
            assert_eq!(frozen_uri(Path::new(path)), expected);
        }
    }

    /// SQLCipher starts once in a process, so each try is a process of its own. When nobody waits, one of some 150
    /// processes is refused.
    #[test]
    fn of_several_first_connections_none_is_refused_its_key() {
        const INNER: &str = "LIAISON_TEST_FIRST_CONNECTIONS";
        // A process takes Wine some hundred times as long to start.
        const PROCESSES: u32 = if cfg!(windows) { 10 } else { 400 };
        if std::env::var_os(INNER).is_some() {
            return open_at_once();
        }
        for _ in 0..PROCESSES {
            let output = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "connection::tests::of_several_first_connections_none_is_refused_its_key"])
                .env(INNER, "1")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            // A name that is none any more would run nothing, and that is no failure.
            assert!(output.status.success() && said.contains("1 passed"), "{said}");
        }
    }

    fn open_at_once() {
        let keys = KeySet::derive(&crate::keys::generate().unwrap());
        let barrier = Barrier::new(16);
        thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    barrier.wait();
                    open(Path::new(":memory:"), &keys, Access::Create).unwrap();
                });
            }
        });
    }
}
