//! Tables for other programs: CSV that no spreadsheet takes for formulas.

use chrono::DateTime;
use liaison_domain::zones::Zone;
use liaison_store::tables::webinar_registrants as registrants;

use super::gather::{self, name_of};
use super::registrants::asked;
use super::stored;
use super::view::RegistrantFilter;
use crate::engine::Engine;
use crate::failure::Error;
use liaison_domain::attendance::Role;
use liaison_store::tables::webinars;

/// Names are for programs, so they are not translated. Personal links are not in tables.
const REGISTRANTS: [&str; 7] = ["First name", "Last name", "Email", "Status", "Registered", "Registrant ID", "Answers"];
const ATTENDANCE: [&str; 8] =
    ["Name", "Email", "Presence", "Minutes", "First join", "Last leave", "Sessions", "Registrant ID"];

impl Engine {
    /// Puts the registrants that match on the clipboard, as a table; answers how many.
    ///
    /// # Errors
    /// The clipboard refuses.
    pub async fn copy_registrants(&self, webinar: String, filter: RegistrantFilter) -> Result<u32, Error> {
        let cx = self.profile().await?;
        let zone = cx.zone();
        let table = cx
            .store
            .read(move |db| {
                let query = filter.query.clone();
                let asked = asked(&webinar, &filter, &query);
                let all = registrants::count(db, &asked)?;
                let mut table = Table::new(&REGISTRANTS);
                for one in registrants::page(db, &asked, 0, all)? {
                    let answers = stored::answers(&one.answers_json).into_iter();
                    let answers: Vec<String> =
                        answers.map(|answer| format!("{}: {}", answer.field, answer.text)).collect();
                    table.add([
                        one.first_name.unwrap_or_default(),
                        one.last_name.unwrap_or_default(),
                        one.email.unwrap_or_default(),
                        one.status.as_str().to_owned(),
                        moment(one.registered_utc_ms, zone),
                        one.registrant_id,
                        answers.join("; "),
                    ]);
                }
                Ok(table)
            })
            .await?;
        copy(self, table)
    }

    /// Puts who came and who did not on the clipboard, as a table; answers how many.
    ///
    /// # Errors
    /// [`Error::Gone`] without the webinar; the clipboard refuses.
    pub async fn copy_attendance(&self, webinar: String) -> Result<u32, Error> {
        let cx = self.profile().await?;
        let zone = cx.zone();
        let table = cx
            .store
            .read(move |db| {
                let Some(record) = webinars::get(db, &webinar)? else { return Ok(None) };
                let came = gather::came(db, &record)?;
                let mut table = Table::new(&ATTENDANCE);
                for one in &came.people {
                    let registrant = one.registrant.map(|place| &came.registrants[place]);
                    let sessions: Vec<_> = one.sessions.iter().map(|place| &came.sessions[*place]).collect();
                    let name = registrant.map(name_of).filter(|name| !name.is_empty());
                    let email = registrant.and_then(|one| one.email.clone());
                    table.add([
                        name.or_else(|| sessions.iter().find_map(|one| one.name.clone())).unwrap_or_default(),
                        email.or_else(|| sessions.iter().find_map(|one| one.email.clone())).unwrap_or_default(),
                        match one.role {
                            Role::Attended => "attended",
                            Role::Absent => "absent",
                            Role::Unknown => "unknown",
                            Role::Staff => "staff",
                        }
                        .to_owned(),
                        (one.inside_ms / 60_000).to_string(),
                        moment(sessions.iter().filter_map(|one| one.join_utc_ms).min(), zone),
                        moment(sessions.iter().filter_map(|one| one.leave_utc_ms).max(), zone),
                        sessions.len().to_string(),
                        registrant.map(|one| one.registrant_id.clone()).unwrap_or_default(),
                    ]);
                }
                Ok(Some(table))
            })
            .await?;
        copy(self, table.ok_or(Error::Gone)?)
    }
}

/// A table as it grows.
pub(super) struct Table {
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
        let _ = self.writer.write_record(cells.map(|cell| crate::calls::harmless(&cell)));
        self.rows += 1;
    }
}

/// Puts a table on the clipboard; answers how many rows it has.
pub(super) fn copy(engine: &Engine, table: Table) -> Result<u32, Error> {
    let text = table.writer.into_inner().unwrap_or_default();
    engine.copy(&String::from_utf8_lossy(&text), false)?;
    Ok(table.rows)
}

fn moment(ms: Option<i64>, zone: Zone) -> String {
    let at = ms.and_then(DateTime::from_timestamp_millis);
    at.map(|at| at.with_timezone(&zone).fixed_offset().format("%Y-%m-%dT%H:%M:%S%:z").to_string()).unwrap_or_default()
}
