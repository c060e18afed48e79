//! What is stored of a Task in the outbox, in its own versioned form, and what the user reads of it.

use chrono::{DateTime, NaiveDate};
use liaison_domain::{PersonRef, text};
use liaison_salesforce::{CallFields, CallType, NewTask, SalesforceId};
use serde::{Deserialize, Serialize};

use crate::outbox::event::fields::{short_id, unified};
use crate::outbox::reason::{Contents, StoredContent};
use crate::outbox::view::{FieldContent, FieldValue};
use crate::terms::UtcMs;

/// Salesforce's limit for `Task.Subject` and `Task.CallDisposition` (Object Reference, Task).
pub(super) const MAX_SHORT: usize = 255;
/// Salesforce's limit for `Task.Description`.
pub(super) const MAX_DESCRIPTION: usize = 32_000;

/// What the row holds. A later version must still read an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "version")]
enum Stored {
    #[serde(rename = "1")]
    V1(Payload),
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payload {
    /// What the Task is to be; for a deletion, what it was.
    pub fields: TaskFields,
    /// What it was when it was decided, as far as is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<TaskFields>,
    /// A Task of this key was deleted before, and the user wants one again.
    #[serde(default)]
    pub again: bool,
    /// Nobody decided it: what somebody else has changed since stays without a question.
    #[serde(default)]
    pub quiet: bool,
}

/// The fields of the Task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TaskFields {
    pub subject: String,
    /// The user's day on which the call began, or on which something is to be done.
    pub day: NaiveDate,
    pub who: Option<PersonRef>,
    /// The Salesforce id of what it is about, and its name; never beside a Lead.
    #[serde(default)]
    pub what: Option<(String, String)>,
    /// The user's own words.
    #[serde(default)]
    pub note: String,
    /// What Zoom tells, below the note.
    #[serde(default)]
    pub facts: String,
    /// The user has edited away what Zoom tells: what comes late is not put back.
    #[serde(default)]
    pub edited: bool,
    /// The line of the facts by which the Task is known where the org has no field for a key.
    #[serde(default)]
    pub mark: String,
    /// The call; without one the Task is still to be done.
    #[serde(default)]
    pub call: Option<CallPart>,
    /// When the user is reminded of what is to be done.
    #[serde(default)]
    pub remind_utc_ms: Option<i64>,
}

/// What the Task says of its call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CallPart {
    pub way: Way,
    pub seconds: u32,
    #[serde(default)]
    pub disposition: Option<String>,
    /// Zoom's id of the call.
    #[serde(default)]
    pub call_id: Option<String>,
    pub start_utc_ms: i64,
    /// The digits of the other end's line.
    #[serde(default)]
    pub line: Option<i64>,
}

/// Which way a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Way {
    Inbound,
    Outbound,
    Internal,
}

impl Way {
    /// As Salesforce writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inbound => "Inbound",
            Self::Outbound => "Outbound",
            Self::Internal => "Internal",
        }
    }

    fn call_type(self) -> CallType {
        match self {
            Self::Inbound => CallType::Inbound,
            Self::Outbound => CallType::Outbound,
            Self::Internal => CallType::Internal,
        }
    }
}

impl Payload {
    pub fn of(fields: TaskFields) -> Self {
        Self { fields, base: None, again: false, quiet: false }
    }

    pub fn json(&self) -> String {
        serde_json::to_string(&Stored::V1(self.clone())).unwrap_or_default()
    }

    /// `None` when a newer version wrote it, or it is damaged.
    pub fn read(json: &str) -> Option<Self> {
        match serde_json::from_str(json) {
            Ok(Stored::V1(payload)) => Some(payload),
            Err(error) => {
                tracing::error!(line = error.line(), column = error.column(), "an outbox row can't be read");
                None
            }
        }
    }
}

impl TaskFields {
    /// What it is about, as it is written: Salesforce refuses anything beside a Lead.
    pub fn what_id(&self) -> Option<SalesforceId> {
        let lead = self.who_id().is_some_and(|who| who.is_lead());
        self.what.as_ref().filter(|_| !lead).and_then(|(id, _)| id.parse().ok())
    }

    pub fn who_id(&self) -> Option<SalesforceId> {
        self.who.as_ref().and_then(|who| who.id.parse().ok())
    }

    /// The note and what Zoom tells, both whole: a long note gives way.
    pub fn description(&self) -> String {
        let room = MAX_DESCRIPTION.saturating_sub(self.facts.chars().count() + 2);
        let note: String = self.note.trim_end().chars().take(room).collect();
        let parts: Vec<&str> = [note.trim_end(), &self.facts].into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\n\n")
    }

    /// What is sent. `object` goes into `CallObject`.
    pub fn task(&self, status: Option<String>, object: Option<&str>) -> NewTask {
        let mut task = NewTask::new(self.subject.clone());
        task.status = status;
        task.day = Some(self.day);
        task.who = self.who_id();
        task.what = self.what_id();
        task.description = Some(self.description()).filter(|text| !text.is_empty());
        task.remind_utc = self.remind_utc_ms.and_then(DateTime::from_timestamp_millis);
        task.call = self.call.as_ref().map(|call| CallFields {
            call_type: Some(call.way.call_type()),
            duration_s: Some(call.seconds),
            disposition: call.disposition.clone(),
            object: object.map(ToOwned::to_owned),
        });
        task
    }

    /// What the user sees before and after it is sent.
    pub fn shown(&self, who: Option<&str>) -> Vec<FieldValue> {
        let field = |name: &str, value| FieldValue { name: name.to_owned(), value };
        let text = |name: &str, text: &str| field(name, FieldContent::Text { text: text.to_owned() });
        let mut fields =
            vec![text("Subject", &self.subject), text("ActivityDate", &self.day.format("%Y-%m-%d").to_string())];
        fields.extend(who.map(|name| text("WhoId", &text::single_line(name, MAX_SHORT))));
        if self.what_id().is_some() {
            fields.extend(self.what.as_ref().map(|(_, name)| text("WhatId", &text::single_line(name, MAX_SHORT))));
        }
        if let Some(call) = &self.call {
            fields.push(text("CallType", call.way.as_str()));
            fields.push(text("CallDurationInSeconds", &call.seconds.to_string()));
            fields.extend(call.disposition.as_deref().map(|word| text("CallDisposition", word)));
        }
        fields.extend(self.remind_utc_ms.map(|at| field("ReminderDateTime", FieldContent::Time { at: UtcMs(at) })));
        let description = self.description();
        if !description.is_empty() {
            fields.push(text("Description", &description));
        }
        fields
    }

    /// Takes over a text that the user has edited, cut to what Salesforce takes. What the Task is known by stays.
    pub fn set_text(&mut self, name: &str, value: &str) {
        match name {
            "Subject" => self.subject = text::single_line(value, MAX_SHORT),
            "Description" => {
                let text = text::multi_line(value, MAX_DESCRIPTION);
                if let Some(note) = text.strip_suffix(self.facts.as_str()) {
                    self.note = note.trim_end().to_owned();
                } else {
                    self.edited = true;
                    self.facts = if text.contains(&self.mark) { String::new() } else { self.mark.clone() };
                    self.note = text;
                }
            }
            "CallDisposition" => {
                if let Some(call) = &mut self.call {
                    call.disposition = Some(text::single_line(value, MAX_SHORT)).filter(|word| !word.is_empty());
                }
            }
            _ => {}
        }
    }

    /// The fields by name; those that are compared and written one by one.
    pub fn contents(&self) -> Contents<6> {
        let text = |text: &str| StoredContent::Text { text: unified(text) };
        let call = self.call.as_ref();
        [
            ("Subject", text(&self.subject)),
            ("WhoId", text(self.who.as_ref().map_or("", |who| short_id(&who.id)))),
            ("WhatId", text(self.what_id().as_ref().map_or("", |id| short_id(id.as_str())))),
            ("CallDurationInSeconds", text(&call.map(|call| call.seconds.to_string()).unwrap_or_default())),
            ("CallDisposition", text(call.and_then(|call| call.disposition.as_deref()).unwrap_or_default())),
            ("Description", text(&self.description())),
        ]
    }

    /// Takes one field over from another.
    pub fn take(&mut self, name: &str, from: &Self) {
        match (name, &mut self.call, &from.call) {
            ("Subject", ..) => self.subject.clone_from(&from.subject),
            ("WhoId", ..) => self.who.clone_from(&from.who),
            ("WhatId", ..) => self.what.clone_from(&from.what),
            ("CallDurationInSeconds", Some(call), Some(from)) => call.seconds = from.seconds,
            ("CallDisposition", Some(call), Some(from)) => call.disposition.clone_from(&from.disposition),
            ("Description", ..) => {
                self.note.clone_from(&from.note);
                self.facts.clone_from(&from.facts);
                self.edited = from.edited;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn fields() -> TaskFields {
        TaskFields {
            subject: "Call with Lena".to_owned(),
            day: NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(),
            who: "Lead:00Q5500001QdQWfEAN".parse().ok(),
            what: Some(("0065500001QdQWfAAN".to_owned(), "Big deal".to_owned())),
            note: "Wants prices".to_owned(),
            facts: "06 12345678\nZoom 7018".to_owned(),
            edited: false,
            mark: "Zoom 7018".to_owned(),
            call: Some(CallPart {
                way: Way::Outbound,
                seconds: 95,
                disposition: Some("Interested".to_owned()),
                call_id: Some("7018".to_owned()),
                start_utc_ms: 1_796_115_600_000,
                line: Some(31_612_345_678),
            }),
            remind_utc_ms: None,
        }
    }

    /// As released versions wrote them.
    #[test]
    fn payloads_of_earlier_versions_are_read() {
        let one = r#"{"version":"1","fields":{"subject":"Call with Lena","day":"2026-12-01","who":"Lead:00Q5500001QdQWfEAN",
            "what":["0065500001QdQWfAAN","Big deal"],"note":"Wants prices","facts":"06 12345678\nZoom 7018",
            "mark":"Zoom 7018","call":{"way":"outbound","seconds":95,"disposition":"Interested","call_id":"7018",
            "start_utc_ms":1796115600000,"line":31612345678}}}"#;
        let payload = Payload::of(fields());
        assert_eq!(Payload::read(one).as_ref(), Some(&payload));
        let change = Payload { base: Some(fields()), again: true, quiet: true, ..payload };
        assert_eq!(Payload::read(&change.json()), Some(change));
        assert_eq!(Payload::read(r#"{"version":"9"}"#), None);
    }

    #[test]
    fn nothing_stands_beside_a_lead() {
        assert_eq!(fields().task(None, None).what, None);
        assert!(fields().shown(None).iter().all(|field| field.name != "WhatId"));
        let contact = TaskFields { who: "Contact:0035500001QdQWfAAN".parse().ok(), ..fields() };
        let task = contact.task(Some("Done".to_owned()), Some("c_1"));
        assert!(task.what.is_some());
        assert_eq!(task.call.unwrap().object.as_deref(), Some("c_1"));
    }

    #[test]
    fn a_long_note_leaves_room_for_what_the_task_is_known_by() {
        let long = TaskFields { note: "x".repeat(MAX_DESCRIPTION), ..fields() };
        assert_eq!(long.description().chars().count(), MAX_DESCRIPTION);
        assert!(long.description().ends_with("\n\n06 12345678\nZoom 7018"));
        assert_eq!(TaskFields { note: String::new(), ..fields() }.description(), "06 12345678\nZoom 7018");
    }

    #[test]
    fn whatever_is_typed_the_task_is_still_known() {
        let mut edited = fields();
        edited.set_text("Description", "Wants the new prices\r\n\r\n06 12345678\nZoom 7018");
        assert_eq!((edited.note.as_str(), edited.facts.as_str()), ("Wants the new prices", "06 12345678\nZoom 7018"));
        assert!(!edited.edited);
        edited.set_text("Description", "All gone");
        assert!(edited.edited);
        assert_eq!(edited.description(), "All gone\n\nZoom 7018");
        edited.set_text("Description", "Zoom 7018, prices");
        assert_eq!(edited.description(), "Zoom 7018, prices");
    }
}
