//! Registrants and attendance as tables for other programs.

use std::collections::HashSet;
use std::sync::Arc;

use liaison_domain::{email, text};
use liaison_store::tables::webinar_registrants as registrants;
use liaison_store::{Connection, StoreResult};

use super::gather::{self, name_of};
use super::registrants::asked;
use super::stored;
use super::view::{Presence, RegistrantFilter};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::people::MAX_NAME;
use crate::people::view::CopiedAddresses;
use crate::tables::{Table, ask_file, copy, moment, write};
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
        copy(self, registrants_table(&self.profile().await?, webinar, filter).await?)
    }

    /// Writes the registrants that match to a file that the user chooses; answers how many, or nothing when the user
    /// would rather not.
    ///
    /// # Errors
    /// [`Error::Disk`] when the file can't be written.
    pub async fn export_registrants(
        &self,
        webinar: String,
        filter: RegistrantFilter,
        name: String,
    ) -> Result<Option<u32>, Error> {
        let cx = self.profile().await?;
        let Some(file) = ask_file(self.config(), &name).await else { return Ok(None) };
        write(file, registrants_table(&cx, webinar, filter).await?).await.map(Some)
    }

    /// Puts the e-mail addresses of registrants on the clipboard, to be pasted into a mail: each once, without those of
    /// people who want no mail.
    ///
    /// # Errors
    /// [`Error::Desktop`] when there is no clipboard.
    pub async fn copy_registrant_addresses(
        &self,
        webinar: String,
        registrants: Vec<String>,
    ) -> Result<CopiedAddresses, Error> {
        let cx = self.profile().await?;
        let (addresses, told) = cx.store.read(move |db| addresses_of(db, &webinar, &registrants)).await?;
        if !addresses.is_empty() {
            self.config().desktop.copy(&addresses.join("; "), false).map_err(Error::Desktop)?;
        }
        Ok(told)
    }

    /// Puts who came and who did not on the clipboard, as a table; answers how many.
    ///
    /// # Errors
    /// [`Error::Gone`] without the webinar; the clipboard refuses.
    pub async fn copy_attendance(&self, webinar: String) -> Result<u32, Error> {
        copy(self, attendance_table(&self.profile().await?, webinar).await?)
    }

    /// The same to a file that the user chooses; nothing when they would rather not.
    ///
    /// # Errors
    /// [`Error::Gone`] without the webinar; [`Error::Disk`] when the file can't be written.
    pub async fn export_attendance(&self, webinar: String, name: String) -> Result<Option<u32>, Error> {
        let table = attendance_table(&self.profile().await?, webinar).await?;
        let Some(file) = ask_file(self.config(), &name).await else { return Ok(None) };
        write(file, table).await.map(Some)
    }
}

async fn registrants_table(cx: &Arc<Context>, webinar: String, filter: RegistrantFilter) -> Result<Table, Error> {
    let zone = cx.zone();
    let table = cx.store.read(move |db| {
        let query = filter.query.clone();
        let asked = asked(&webinar, &filter, &query);
        let all = registrants::count(db, &asked)?;
        let mut table = Table::new(&REGISTRANTS);
        for one in registrants::page(db, &asked, 0, all)? {
            let answers = stored::answers(&one.answers_json).into_iter();
            let answers: Vec<String> = answers.map(|answer| format!("{}: {}", answer.field, answer.text)).collect();
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
    });
    Ok(table.await?)
}

/// What there is to copy of these registrants, and who is left out.
fn addresses_of(db: &Connection, webinar: &str, keys: &[String]) -> StoreResult<(Vec<String>, CopiedAddresses)> {
    let mut told = CopiedAddresses { copied: 0, without: 0, opted_out: 0 };
    let mut found = Vec::new();
    for key in keys {
        let Some(one) = registrants::get(db, key)?.filter(|one| one.webinar_key == webinar) else { continue };
        let address = text::single_line(one.email.as_deref().unwrap_or_default(), MAX_NAME);
        if address.is_empty() {
            told.without += 1;
        } else {
            found.push(address);
        }
    }
    let known: Vec<&str> = found.iter().map(String::as_str).collect();
    let owners = gather::owners(db, &known)?;
    let (mut addresses, mut seen) = (Vec::new(), HashSet::new());
    for address in found {
        let folded = email::folded(&address);
        if owners.get(&folded).is_some_and(|people| people.iter().any(|person| person.email_opt_out)) {
            told.opted_out += 1;
        } else if seen.insert(folded) {
            addresses.push(address);
            told.copied += 1;
        }
    }
    Ok((addresses, told))
}

async fn attendance_table(cx: &Arc<Context>, webinar: String) -> Result<Table, Error> {
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
                    match came.presence(one) {
                        Presence::Attended => "attended",
                        Presence::OnDemand => "on demand",
                        Presence::Absent => "absent",
                        Presence::Unknown => "unknown",
                        Presence::Staff => "staff",
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
    table.ok_or(Error::Gone)
}
