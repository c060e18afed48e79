//! Calls as a table for other programs: CSV that no spreadsheet takes for formulas, written whole or not at all.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::DateTime;
use liaison_domain::calls::{Because, Party, Step};
use liaison_domain::text;
use liaison_domain::zones::Zone;
use liaison_store::tables::call_notes::{self, CallNote};
use liaison_store::tables::calls::CallRow as Stored;

use super::list::Asked;
use super::stored::Details;
use super::view::CallFilter;
use crate::engine::Engine;
use crate::failure::Error;

/// Rows that are read at once.
const PAGE: u32 = 1_000;
/// Columns: everything that Zoom tells of a call, and what became of it. Names are for programs, so they are not
/// translated.
const COLUMNS: [&str; 33] = [
    "Ring start",
    "Answer start",
    "Call end",
    "Duration (s)",
    "Talk (s)",
    "Hold (s)",
    "Wait (s)",
    "Call ID",
    "Direction",
    "Connect type",
    "Outcome",
    "Reason",
    "Zoom result",
    "Caller name",
    "Caller number",
    "Caller extension",
    "Callee name",
    "Callee number",
    "Callee extension",
    "Through",
    "Path",
    "Recordings",
    "Voicemails",
    "AI summary",
    "Spam",
    "Hidden number",
    "Link",
    "Record",
    "Record ID",
    "Company",
    "Logged",
    "Disposition",
    "Note",
];
/// Columns of the ledger.
const LEDGER: [&str; 13] = [
    "Day",
    "Calls",
    "Linked",
    "Logged",
    "To link",
    "Ignored",
    "Internal",
    "No number",
    "Not mine",
    "Missing legs",
    "Unreadable rows",
    "Filled legs",
    "Compared",
];
const MAX_NAME: usize = 120;

impl Engine {
    /// Writes the calls that match, latest first, to a file that the user chooses in a dialog; answers how many, or
    /// nothing when the user would rather not.
    ///
    /// # Errors
    /// [`Error::Disk`] when the file can't be written.
    pub async fn export_calls(&self, filter: CallFilter, name: String) -> Result<Option<u32>, Error> {
        let Some(file) = self.config().desktop.save_file(&file_name(&name)).await else { return Ok(None) };
        self.export_calls_to(filter, file).await.map(Some)
    }

    /// The same for the ledger's last `days` days; answers how many days.
    ///
    /// # Errors
    /// [`Error::Disk`] when the file can't be written.
    pub async fn export_call_ledger(&self, days: u32, name: String) -> Result<Option<u32>, Error> {
        let zone = self.profile().await?.zone();
        let Some(file) = self.config().desktop.save_file(&file_name(&name)).await else { return Ok(None) };
        let days = self.call_ledger(days).await?;
        let mut table = csv::Writer::from_writer(Vec::new());
        let _ = table.write_record(LEDGER);
        for day in &days {
            let count = |part: u32| part.to_string();
            let _ = table.write_record(
                [
                    day.day.clone(),
                    count(day.calls),
                    count(day.linked),
                    count(day.logged),
                    count(day.waiting),
                    count(day.ignored),
                    count(day.internal),
                    count(day.no_number),
                    count(day.not_mine),
                    day.missing.map(count).unwrap_or_default(),
                    count(day.unreadable),
                    count(day.filled),
                    moment(day.compared.map(|at| at.0), zone),
                ]
                .map(|cell| harmless(&cell)),
            );
        }
        write(file, table.into_inner().unwrap_or_default()).await?;
        Ok(Some(u32::try_from(days.len()).unwrap_or(u32::MAX)))
    }

    /// Writes the calls that match to this file; what was there is replaced only when everything is written.
    ///
    /// # Errors
    /// [`Error::Disk`] when the file can't be written.
    pub async fn export_calls_to(&self, filter: CallFilter, file: PathBuf) -> Result<u32, Error> {
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
                        let note = call_notes::get(db, &row.call.key)?.unwrap_or_default();
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
        write(file, text).await?;
        Ok(count)
    }
}

async fn write(file: PathBuf, text: Vec<u8>) -> Result<(), Error> {
    match tokio::task::spawn_blocking(move || write_whole(&file, &text)).await {
        Ok(written) => written.map_err(|error| Error::Disk(Arc::new(error))),
        Err(_) => Err(Error::Internal { code: "E-EXPORT" }),
    }
}

/// A name that every file system takes, with the ending of a table.
fn file_name(suggested: &str) -> String {
    let name = text::single_line(suggested, MAX_NAME);
    let name: String = name.chars().map(|letter| if r#"<>:"/\|?*"#.contains(letter) { '-' } else { letter }).collect();
    let name = name.trim_matches([' ', '.']);
    let stem = name.strip_suffix(".csv").unwrap_or(name);
    if stem.is_empty() { "liaison.csv".to_owned() } else { format!("{stem}.csv") }
}

fn moment(ms: Option<i64>, zone: Zone) -> String {
    let at = ms.and_then(DateTime::from_timestamp_millis);
    at.map(|at| at.with_timezone(&zone).fixed_offset().format("%Y-%m-%dT%H:%M:%S%:z").to_string()).unwrap_or_default()
}

fn cells(row: &Stored, note: &CallNote, zone: Zone) -> [String; 33] {
    let call = &row.call;
    let details = Details::read(&call.details_json);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let flag = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let (caller, callee) = (&details.caller, &details.callee);
    [
        moment(Some(call.start_utc_ms), zone),
        moment(call.answer_utc_ms, zone),
        moment(call.end_utc_ms, zone),
        call.talk_s.saturating_add(call.hold_s).to_string(),
        call.talk_s.to_string(),
        call.hold_s.to_string(),
        call.wait_s.to_string(),
        text(&details.call_id),
        if call.outbound { "outbound" } else { "inbound" }.to_owned(),
        if call.internal { "internal" } else { "external" }.to_owned(),
        call.outcome.clone(),
        details.because.map(because).unwrap_or_default().to_owned(),
        text(&details.result),
        text(&caller.name),
        text(&caller.number),
        text(&caller.extension),
        text(&callee.name),
        text(&callee.number),
        text(&callee.extension),
        details.through.as_ref().and_then(|line| line.name.clone()).unwrap_or_default(),
        details.path.iter().map(step).collect::<Vec<_>>().join("; "),
        details.recordings.len().to_string(),
        details.voicemails.len().to_string(),
        flag(details.summary.is_some()),
        flag(details.spam),
        flag(details.hidden),
        row.standing.as_str().to_owned(),
        text(&row.record_name),
        text(&row.record_id),
        text(&row.company),
        flag(row.logged),
        text(&note.disposition),
        note.note.clone(),
    ]
}

fn because(because: Because) -> &'static str {
    match because {
        Because::RangOut => "rang out",
        Because::CallerGaveUp => "caller gave up",
        Because::AnsweredByOther => "answered by other",
        Because::PickedUpByOther => "picked up by other",
    }
}

/// `event: from > to (result)`, in Zoom's own words.
fn step(step: &Step) -> String {
    let end = |party: &Party| {
        [&party.name, &party.number, &party.extension].into_iter().flatten().next().cloned().unwrap_or_default()
    };
    let result = step.result.as_ref().map(|result| format!(" ({result})")).unwrap_or_default();
    let event = step.event.as_ref().map(|event| format!("{event}: ")).unwrap_or_default();
    format!("{event}{} > {}{result}", end(&step.from), end(&step.to))
}

/// Spreadsheets run what begins like a formula; an apostrophe in front makes it a text. Source: OWASP, "CSV Injection".
pub(crate) fn harmless(cell: &str) -> String {
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
            assert_eq!(file_name(suggested), name, "{suggested}");
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
