//! The Task of a call as it is now: what will be written, or why nothing can be.

use std::sync::Arc;

use chrono::DateTime;
use liaison_domain::calls::{Outcome, Step};
use liaison_domain::phone::Regions;
use liaison_domain::zones::Zone;
use liaison_domain::{PersonRef, text, wall_time};
use liaison_store::tables::calls::{CallRow, Standing};
use liaison_store::tables::{call_notes, people};
use liaison_store::{Connection, StoreResult};

use super::fields::{CallPart, MAX_SHORT, TaskFields, Way};
use crate::calls::stored::Details;
use crate::calls::view::NotLogged;
use crate::calls::{lead, rows, whose};
use crate::config::CopyLabels;
use crate::context::Context;
use crate::outbox::event;
use crate::session::settings;
use crate::terms::Language;

/// What a Task is made with.
#[derive(Clone)]
pub(in crate::calls) struct Composer {
    pub zone: Zone,
    pub now_ms: i64,
    labels: Arc<dyn Fn(Language) -> CopyLabels + Send + Sync>,
}

impl Composer {
    pub fn of(cx: &Context) -> Self {
        Self { zone: cx.zone(), now_ms: cx.now_ms(), labels: Arc::clone(&cx.config().copy_labels) }
    }

    /// The Task of a call, or why it has none.
    pub(super) fn task(&self, db: &Connection, row: &CallRow) -> StoreResult<Result<TaskFields, NotLogged>> {
        let call = &row.call;
        if row.standing == Standing::Internal {
            return Ok(Err(NotLogged::Internal));
        }
        let (Standing::Linked, Some(record)) = (row.standing, row.record_id.as_deref()) else {
            return Ok(Err(NotLogged::NotLinked));
        };
        if lead::link::maker(record).is_some() {
            return Ok(Err(NotLogged::LeadWaits));
        }
        if !Outcome::named(&call.outcome).is_mine() {
            return Ok(Err(NotLogged::NotMine));
        }
        // What Zoom may still change would be written twice.
        if !call.complete || Outcome::named(&call.outcome) == Outcome::Unknown {
            return Ok(Err(NotLogged::NotFinal));
        }
        let start = DateTime::from_timestamp_millis(call.start_utc_ms).unwrap_or_default();
        let regions = whose::regions(db)?;
        let details = Details::read(&call.details_json);
        let note = call_notes::get(db, &call.key)?.unwrap_or_default();
        let mark = format!("Zoom {}", details.call_id.as_deref().unwrap_or(&call.key));
        let number = rows::shown_number(call.number.as_deref(), regions);
        let settings = settings::read(db)?;
        let usual = (self.labels)(settings.language).call_subject;
        let words = Words {
            name: row.record_name.as_deref().unwrap_or_default(),
            company: row.company.as_deref().unwrap_or_default(),
            number: number.as_deref().unwrap_or_default(),
            result: note.disposition.as_deref().unwrap_or_default(),
        };
        Ok(Ok(TaskFields {
            subject: words.subject(&settings.call_subject, &usual),
            day: wall_time::local_date(start, self.zone),
            who: who(db, record)?,
            what: note.about.map(|about| (about.id, about.name)).or_else(|| {
                // An account is what a call is about: nobody who could have been talked to.
                is_account(record).then(|| (record.to_owned(), row.record_name.clone().unwrap_or_default()))
            }),
            edited: false,
            facts: facts(number.as_deref(), &details, regions, &mark),
            mark,
            note: note.note,
            call: Some(CallPart {
                way: match (call.internal, call.outbound) {
                    (true, _) => Way::Internal,
                    (false, true) => Way::Outbound,
                    (false, false) => Way::Inbound,
                },
                seconds: rows::seconds(call.talk_s.saturating_add(call.hold_s)),
                disposition: note.disposition,
                call_id: details.call_id,
                start_utc_ms: call.start_utc_ms,
                line: call.line,
            }),
            remind_utc_ms: None,
        }))
    }
}

fn is_account(record: &str) -> bool {
    record.starts_with("001")
}

/// A person by the id of their record: as the copy has it, or, for somebody who is no longer here, by what the id's
/// prefix tells. An account is nobody.
pub(super) fn who(db: &Connection, record: &str) -> StoreResult<Option<PersonRef>> {
    if is_account(record) {
        return Ok(None);
    }
    let known = people::people_by_salesforce_id(db, &[record])?.first().and_then(event::record_of_person);
    let object = if record.starts_with("00Q") { "Lead" } else { "Contact" };
    Ok(known.or_else(|| format!("{object}:{record}").parse().ok()))
}

/// What stands for the placeholders of a subject.
struct Words<'a> {
    name: &'a str,
    company: &'a str,
    number: &'a str,
    result: &'a str,
}

impl Words<'_> {
    fn subject(&self, template: &str, usual: &str) -> String {
        let filled = |template: &str| text::single_line(&self.fill(template), MAX_SHORT);
        // A subject is never empty: Salesforce refuses it.
        [filled(template), filled(usual), self.name.to_owned(), self.number.to_owned()]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_else(|| "Zoom".to_owned())
    }

    /// In one go, so that a name with braces in it is only a name.
    fn fill(&self, template: &str) -> String {
        let mut filled = String::new();
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            filled.push_str(&rest[..open]);
            rest = &rest[open..];
            let known = [
                ("{name}", self.name),
                ("{company}", self.company),
                ("{number}", self.number),
                ("{result}", self.result),
            ];
            let (length, word) = known
                .into_iter()
                .find(|(placeholder, _)| rest.starts_with(placeholder))
                .map_or((1, "{"), |(placeholder, word)| (placeholder.len(), word));
            filled.push_str(word);
            rest = &rest[length..];
        }
        filled.push_str(rest);
        filled
    }
}

/// Number, path, recordings and Zoom's id, a line each. Without words of a language: whoever reads it may have another.
fn facts(number: Option<&str>, details: &Details, regions: Regions, mark: &str) -> String {
    let mut lines: Vec<String> = number.map(ToOwned::to_owned).into_iter().collect();
    lines.extend(path(&details.path, regions));
    lines.extend(details.recordings.iter().map(|id| format!("Zoom recording {}", text::single_line(id, MAX_SHORT))));
    lines.push(mark.to_owned());
    lines.join("\n")
}

/// Through whose hands it went, where it was more than one.
fn path(steps: &[Step], regions: Regions) -> Option<String> {
    let mut hands: Vec<String> = steps
        .iter()
        .filter_map(|Step { to, .. }| {
            let name = to.name.clone().or_else(|| to.extension.clone());
            name.or_else(|| rows::shown_number(to.number.as_deref(), regions))
        })
        .map(|name| text::single_line(&name, MAX_SHORT))
        .filter(|name| !name.is_empty())
        .collect();
    hands.dedup();
    (hands.len() > 1).then(|| hands.join(" > "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_once() {
        let words = Words { name: "{number} Anna", company: "Acme", number: "06 1", result: "" };
        assert_eq!(words.subject("{name}, {company} {who} {", "x"), "{number} Anna, Acme {who} {");
        assert_eq!(words.subject("{result}", "Call with {name}"), "Call with {number} Anna");
        let nothing = Words { name: "", company: "", number: "", result: "" };
        assert_eq!(nothing.subject("", "{name}"), "Zoom");
    }

    #[test]
    fn the_last_line_is_what_the_task_is_known_by() {
        let details = Details { recordings: vec!["r1".to_owned()], ..Details::default() };
        assert_eq!(facts(Some("06 1"), &details, Regions::default(), "Zoom 7"), "06 1\nZoom recording r1\nZoom 7");
        assert_eq!(facts(None, &Details::default(), Regions::default(), "Zoom 7"), "Zoom 7");
    }
}
