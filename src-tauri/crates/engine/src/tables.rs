//! Tables for other programs: CSV that no spreadsheet takes for formulas, written to a file whole or not at all, or put
//! on the clipboard. Which rows and columns there are is the rooms'.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::DateTime;
use liaison_domain::text;
use liaison_domain::zones::Zone;

use crate::config::Config;
use crate::engine::Engine;
use crate::failure::Error;

const MAX_NAME: usize = 120;
/// Spreadsheets take a file without this mark for one in the encoding of the computer, and show accents wrongly.
const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// A table as it grows.
pub(crate) struct Table {
    writer: csv::Writer<Vec<u8>>,
    rows: u32,
}

impl Table {
    pub fn new(columns: &[&str]) -> Self {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Memory takes everything: neither writing nor flushing can fail.
        let _ = writer.write_record(columns);
        Self { writer, rows: 0 }
    }

    pub fn add<const CELLS: usize>(&mut self, cells: [String; CELLS]) {
        let _ = self.writer.write_record(cells.map(|cell| harmless(&cell)));
        self.rows = self.rows.saturating_add(1);
    }

    /// How many, without the heads of the columns.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    fn into_text(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

/// Asks the user for the file of a table; nothing when they would rather not.
pub(crate) async fn ask_file(config: &Config, suggested: &str) -> Option<PathBuf> {
    config.desktop.save_file(&file_name(suggested, "csv")).await
}

/// The same for a file of another kind.
pub(crate) async fn ask_file_of(config: &Config, suggested: &str, ending: &str) -> Option<PathBuf> {
    config.desktop.save_file(&file_name(suggested, ending)).await
}

/// Writes a table to a file; what was there is replaced only when everything is written. Answers how many rows.
///
/// # Errors
/// [`Error::Disk`] when the file can't be written.
pub(crate) async fn write(file: PathBuf, table: Table) -> Result<u32, Error> {
    let rows = table.rows;
    let bytes = [MARK, table.into_text().as_slice()].concat();
    write_bytes(file, bytes).await.map(|()| rows)
}

/// The same for a file that is no table.
pub(crate) async fn write_bytes(file: PathBuf, bytes: Vec<u8>) -> Result<(), Error> {
    match tokio::task::spawn_blocking(move || write_whole(&file, &bytes)).await {
        Ok(written) => written.map_err(|error| Error::Disk(Arc::new(error))),
        Err(_) => Err(Error::Internal { code: "E-EXPORT" }),
    }
}

/// Puts a table on the clipboard; answers how many rows it has.
///
/// # Errors
/// The clipboard refuses.
pub(crate) fn copy(engine: &Engine, table: Table) -> Result<u32, Error> {
    let rows = table.rows;
    engine.copy(&String::from_utf8_lossy(&table.into_text()), false)?;
    Ok(rows)
}

/// A moment in the user's zone, with its offset.
pub(crate) fn moment(ms: Option<i64>, zone: Zone) -> String {
    let at = ms.and_then(DateTime::from_timestamp_millis);
    at.map(|at| at.with_timezone(&zone).fixed_offset().format("%Y-%m-%dT%H:%M:%S%:z").to_string()).unwrap_or_default()
}

/// A name that every file system takes, with this ending.
fn file_name(suggested: &str, ending: &str) -> String {
    let name = text::single_line(suggested, MAX_NAME);
    let name: String = name.chars().map(|letter| if r#"<>:"/\|?*"#.contains(letter) { '-' } else { letter }).collect();
    let name = name.trim_matches([' ', '.']);
    let stem = name.strip_suffix(ending).and_then(|stem| stem.strip_suffix('.')).unwrap_or(name);
    if stem.is_empty() { format!("liaison.{ending}") } else { format!("{stem}.{ending}") }
}

/// Spreadsheets run what begins like a formula; an apostrophe in front makes it a text. Source: OWASP, "CSV Injection".
fn harmless(cell: &str) -> String {
    let risky = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    if risky { format!("'{cell}") } else { cell.to_owned() }
}

/// Beside the file first, then in its place.
fn write_whole(file: &Path, text: &[u8]) -> io::Result<()> {
    let name = file.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.{}.part", uuid::Uuid::new_v4().simple()));
    let write = || {
        let mut new = std::fs::File::create_new(&beside)?;
        new.write_all(text)?;
        new.sync_all()?;
        std::fs::rename(&beside, file)
    };
    let written = write();
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_become_texts() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+31 6 1234", "'+31 6 1234"),
            (" @SUM(A1)", "' @SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("Anna", "Anna"),
            ("12", "12"),
        ] {
            assert_eq!(harmless(cell), written);
        }
    }

    #[test]
    fn a_name_is_one_that_every_file_system_takes() {
        for (suggested, name) in [
            ("Calls 2026-11-27.csv", "Calls 2026-11-27.csv"),
            ("../../etc/passwd", "-..-etc-passwd.csv"),
            ("a:b\\c\n.csv", "a-b-c .csv"),
            (" . ", "liaison.csv"),
            (".csv", "csv.csv"),
        ] {
            assert_eq!(file_name(suggested, "csv"), name, "{suggested}");
        }
    }

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("calls.csv");
        std::fs::write(&file, "before").unwrap();
        write_whole(&file, b"after").unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"after");
        assert!(write_whole(&folder.path().join("missing").join("calls.csv"), b"x").is_err());
        // A folder stands in its place: nothing is left beside it.
        let taken = folder.path().join("taken.csv");
        std::fs::create_dir(&taken).unwrap();
        std::fs::write(taken.join("x"), "x").unwrap();
        assert!(write_whole(&taken, b"x").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[tokio::test]
    async fn a_file_says_in_which_encoding_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("people.csv");
        let mut table = Table::new(&["Name"]);
        table.add(["Zoë".to_owned()]);
        assert_eq!(write(file.clone(), table).await.unwrap(), 1);
        assert_eq!(std::fs::read_to_string(file).unwrap(), "\u{FEFF}Name\nZoë\n");
    }

    proptest! {
        #[test]
        fn no_cell_begins_like_a_formula(cell in "\\PC{0,20}") {
            prop_assert!(!harmless(&cell).starts_with(['=', '+', '-', '@']));
        }
    }
}
