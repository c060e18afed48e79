//! Calls as a table for other programs: CSV that no spreadsheet takes for formulas, written whole or not at all.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::DateTime;
use liaison_domain::zones::Zone;
use liaison_store::tables::call_notes;
use liaison_store::tables::calls::CallRow as Stored;

use super::list::Asked;
use super::stored::Details;
use super::view::CallFilter;
use crate::engine::Engine;
use crate::failure::Error;

/// Rows that are read at once.
const PAGE: u32 = 1_000;
/// Columns: the seed's fields of a call, and what became of it. Names are for programs, so they are not translated.
const COLUMNS: [&str; 23] = [
    "Ring start",
    "Answer start",
    "Call end",
    "Duration (s)",
    "Talk (s)",
    "Hold (s)",
    "Wait (s)",
    "Call ID",
    "Direction",
    "Outcome",
    "Zoom result",
    "Caller name",
    "Caller number",
    "Caller extension",
    "Callee name",
    "Callee number",
    "Callee extension",
    "Through",
    "Link",
    "Record",
    "Record ID",
    "Company",
    "Note",
];

impl Engine {
    /// Writes the calls that match, latest first, to a file that the user chose; answers how many. What was there is
    /// replaced only when everything is written.
    ///
    /// # Errors
    /// [`Error::Disk`] when the file can't be written.
    pub async fn export_calls(&self, filter: CallFilter, file: PathBuf) -> Result<u32, Error> {
        let cx = self.profile().await?;
        let (asked, zone) = (Asked::from(filter), cx.zone());
        let (text, count) = cx
            .store
            .read(move |db| {
                let mut table = csv::Writer::from_writer(Vec::new());
                // Memory takes everything: neither writing nor flushing can fail.
                let _ = table.write_record(COLUMNS);
                let mut count = 0;
                loop {
                    let page = asked.page(db, count, PAGE)?;
                    for row in &page {
                        let note = call_notes::get(db, &row.call.key)?.unwrap_or_default().note;
                        let _ = table.write_record(cells(row, &note, zone).map(|cell| harmless(&cell)));
                    }
                    let got = u32::try_from(page.len()).unwrap_or(u32::MAX);
                    count = count.saturating_add(got);
                    if got < PAGE {
                        break;
                    }
                }
                Ok((table.into_inner().unwrap_or_default(), count))
            })
            .await?;
        let written = tokio::task::spawn_blocking(move || write_whole(&file, &text)).await;
        match written {
            Ok(Ok(())) => Ok(count),
            Ok(Err(error)) => Err(Error::Disk(Arc::new(error))),
            Err(_) => Err(Error::Internal { code: "E-EXPORT" }),
        }
    }
}

fn cells(row: &Stored, note: &str, zone: Zone) -> [String; 23] {
    let call = &row.call;
    let details = Details::read(&call.details_json);
    let moment = |ms: Option<i64>| {
        let at = ms.and_then(DateTime::from_timestamp_millis);
        at.map(|at| at.with_timezone(&zone).fixed_offset().format("%Y-%m-%dT%H:%M:%S%:z").to_string())
            .unwrap_or_default()
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (caller, callee) = (&details.caller, &details.callee);
    [
        moment(Some(call.start_utc_ms)),
        moment(call.answer_utc_ms),
        moment(call.end_utc_ms),
        call.talk_s.saturating_add(call.hold_s).to_string(),
        call.talk_s.to_string(),
        call.hold_s.to_string(),
        call.wait_s.to_string(),
        text(&details.call_id),
        if call.outbound { "outbound" } else { "inbound" }.to_owned(),
        call.outcome.clone(),
        text(&details.result),
        text(&caller.name),
        text(&caller.number),
        text(&caller.extension),
        text(&callee.name),
        text(&callee.number),
        text(&callee.extension),
        details.through.and_then(|line| line.name).unwrap_or_default(),
        row.standing.as_str().to_owned(),
        text(&row.record_name),
        text(&row.record_id),
        text(&row.company),
        note.to_owned(),
    ]
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

    proptest! {
        #[test]
        fn no_cell_begins_like_a_formula(cell in "\\PC{0,20}") {
            prop_assert!(!harmless(&cell).starts_with(['=', '+', '-', '@']));
        }
    }
}
