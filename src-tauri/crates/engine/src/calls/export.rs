//! Calls as a table for other programs.

use std::path::PathBuf;

use liaison_domain::calls::{Because, Party, Step};
use liaison_domain::zones::Zone;
use liaison_store::tables::call_notes::{self, CallNote};
use liaison_store::tables::calls::CallRow as Stored;

use super::list::Asked;
use super::stored::Details;
use super::view::CallFilter;
use crate::engine::Engine;
use crate::failure::Error;
use crate::tables::{Table, ask_file, moment, write};

/// Rows that are read at once.
const PAGE: u32 = 1_000;
/// Columns: everything that Zoom tells of a call, and what became of it. Names are for programs, so they are not
/// translated.
const COLUMNS: [&str; 36] = [
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
    "Zoom result reason",
    "Caller name",
    "Caller number",
    "Caller extension",
    "Callee name",
    "Callee number",
    "Callee extension",
    "Others",
    "Through",
    "Path",
    "Recordings",
    "Voicemails",
    "AI summary",
    "Spam",
    "Hidden number",
    "Emergency",
    "Link",
    "Record",
    "Record ID",
    "Company",
    "Logged",
    "Disposition",
    "Note",
];
/// Columns of the ledger.
const LEDGER: [&str; 14] = [
    "Day",
    "Calls",
    "Linked",
    "Logged",
    "To link",
    "Ignored",
    "Internal",
    "No number",
    "Not mine",
    "Spam",
    "Missing legs",
    "Unreadable rows",
    "Filled legs",
    "Compared",
];

impl Engine {
    /// Writes the calls that match, latest first, to a file that the user chooses in a dialog; answers how many, or
    /// nothing when the user would rather not.
    ///
    /// # Errors
    /// [`Error::Disk`] when the file can't be written.
    pub async fn export_calls(&self, filter: CallFilter, name: String) -> Result<Option<u32>, Error> {
        let Some(file) = ask_file(self.config(), &name).await else { return Ok(None) };
        self.export_calls_to(filter, file).await.map(Some)
    }

    /// The same for the ledger's last `days` days; answers how many days.
    ///
    /// # Errors
    /// [`Error::Disk`] when the file can't be written.
    pub async fn export_call_ledger(&self, days: u32, name: String) -> Result<Option<u32>, Error> {
        let zone = self.profile().await?.zone();
        let Some(file) = ask_file(self.config(), &name).await else { return Ok(None) };
        let days = self.call_ledger(days).await?;
        let mut table = Table::new(&LEDGER);
        for day in &days {
            let count = |part: u32| part.to_string();
            table.add([
                day.day.clone(),
                count(day.calls),
                count(day.linked),
                count(day.logged),
                count(day.waiting),
                count(day.ignored),
                count(day.internal),
                count(day.no_number),
                count(day.not_mine),
                count(day.spam),
                day.missing.map(count).unwrap_or_default(),
                count(day.unreadable),
                count(day.filled),
                moment(day.compared.map(|at| at.0), zone),
            ]);
        }
        write(file, table).await.map(Some)
    }

    /// Writes the calls that match to this file; what was there is replaced only when everything is written.
    ///
    /// # Errors
    /// [`Error::Disk`] when the file can't be written.
    pub async fn export_calls_to(&self, filter: CallFilter, file: PathBuf) -> Result<u32, Error> {
        let cx = self.profile().await?;
        let (asked, zone) = (Asked::from(filter), cx.zone());
        let table = cx
            .store
            .read(move |db| {
                let mut table = Table::new(&COLUMNS);
                loop {
                    let page = asked.page(db, table.rows(), PAGE)?;
                    for row in &page {
                        let note = call_notes::get(db, &row.call.key)?.unwrap_or_default();
                        table.add(cells(row, &note, zone));
                    }
                    if page.len() < PAGE as usize {
                        return Ok(table);
                    }
                }
            })
            .await?;
        write(file, table).await
    }
}

fn cells(row: &Stored, note: &CallNote, zone: Zone) -> [String; 36] {
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
        details.reason().cloned().unwrap_or_default(),
        text(&caller.name),
        text(&caller.number),
        text(&caller.extension),
        text(&callee.name),
        text(&callee.number),
        text(&callee.extension),
        details.others.iter().map(other).collect::<Vec<_>>().join("; "),
        details.through.as_ref().and_then(|line| line.name.clone()).unwrap_or_default(),
        details.path.iter().map(step).collect::<Vec<_>>().join("; "),
        details.recordings.len().to_string(),
        details.voicemails.len().to_string(),
        flag(details.summary.is_some()),
        flag(details.spam),
        flag(details.hidden),
        flag(details.emergency),
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

/// Somebody else who took part, with everything that tells who.
fn other(party: &Party) -> String {
    let parts = [&party.name, &party.number, &party.extension].into_iter().flatten();
    parts.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// `event: from > to (result: reason)`, in Zoom's own words.
fn step(step: &Step) -> String {
    let end = |party: &Party| {
        [&party.name, &party.number, &party.extension].into_iter().flatten().next().cloned().unwrap_or_default()
    };
    let ended: Vec<&str> = [&step.result, &step.reason].into_iter().flatten().map(String::as_str).collect();
    let result = if ended.is_empty() { String::new() } else { format!(" ({})", ended.join(": ")) };
    let event = step.event.as_ref().map(|event| format!("{event}: ")).unwrap_or_default();
    format!("{event}{} > {}{result}", end(&step.from), end(&step.to))
}
