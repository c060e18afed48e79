//! A calendar entry on its way to Salesforce. Source: Object Reference, "Event".

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::afterwards::AfterwardsValue;
use super::event::ShowAs;
use super::rules::{check_length, check_relations, check_text, check_times};
use crate::error::InvalidRequest;
use crate::{ExternalKey, KEY_FIELD, Record, SalesforceId};

/// Salesforce's limits.
const SUBJECT_CHARACTERS: usize = 255;
const LOCATION_CHARACTERS: usize = 255;
const DESCRIPTION_CHARACTERS: usize = 32_000;

/// A calendar entry to make.
#[derive(Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Subject, up to 255 characters.
    pub subject: String,
    /// Start.
    pub start_utc: DateTime<Utc>,
    /// End, at most 14 days later.
    pub end_utc: DateTime<Utc>,
    /// The person: a Contact or a Lead.
    pub who: Option<SalesforceId>,
    /// What it is about: an Account, an Opportunity, and so on; not beside a Lead.
    pub what: Option<SalesforceId>,
    /// Owner; without one the signed-in user.
    pub owner: Option<SalesforceId>,
    /// Place, up to 255 characters.
    pub location: Option<String>,
    /// Description, up to 32,000 characters.
    pub description: Option<String>,
    /// How the calendar shows the time; without a choice as busy.
    pub show_as: Option<ShowAs>,
    /// What became of it, where the org has our fields.
    pub afterwards: Vec<AfterwardsValue>,
}

impl NewEvent {
    /// An entry with what every entry has.
    pub fn new(subject: impl Into<String>, start_utc: DateTime<Utc>, end_utc: DateTime<Utc>) -> Self {
        Self {
            subject: subject.into(),
            start_utc,
            end_utc,
            who: None,
            what: None,
            owner: None,
            location: None,
            description: None,
            show_as: None,
            afterwards: Vec::new(),
        }
    }

    /// Checks what Salesforce documents.
    ///
    /// # Errors
    /// Names the first field that breaks a rule.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        check_text("Subject", &self.subject, SUBJECT_CHARACTERS)?;
        check_length("Location", self.location.as_deref(), LOCATION_CHARACTERS)?;
        check_length("Description", self.description.as_deref(), DESCRIPTION_CHARACTERS)?;
        check_times(self.start_utc, self.end_utc)?;
        check_relations(self.who, self.what)
    }

    /// The fields of the record.
    ///
    /// # Errors
    /// See [`Self::check`].
    pub fn to_record(&self) -> Result<Record, InvalidRequest> {
        self.check()?;
        let mut record = Record::new()
            .with("Subject", self.subject.as_str())
            .with_moment("StartDateTime", self.start_utc)
            .with_moment("EndDateTime", self.end_utc);
        for (field, id) in [("WhoId", self.who), ("WhatId", self.what), ("OwnerId", self.owner)] {
            if let Some(id) = id {
                record = record.with(field, id);
            }
        }
        for (field, text) in [("Location", &self.location), ("Description", &self.description)] {
            if let Some(text) = text {
                record = record.with(field, text.as_str());
            }
        }
        if let Some(show_as) = &self.show_as {
            record = record.with("ShowAs", show_as.as_str());
        }
        let told = self.afterwards.iter().filter(|value| !value.is_empty());
        Ok(told.fold(record, |record, value| value.put(record)))
    }
}

/// Texts and people are the user's business: `Debug` shows times only.
impl std::fmt::Debug for NewEvent {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("NewEvent")
            .field("start_utc", &self.start_utc)
            .field("end_utc", &self.end_utc)
            .finish_non_exhaustive()
    }
}

/// What becomes of a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is emptied.
    Clear,
    /// It gets a value.
    Set(T),
}

/// A change of a calendar entry. Only what is not `Keep` is sent, so that the user's own edits in
/// Salesforce survive.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EventChange {
    /// Subject; cannot be emptied.
    pub subject: Option<String>,
    /// Start and end, which change together.
    pub times_utc: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// The person.
    pub who: Change<SalesforceId>,
    /// What it is about.
    pub what: Change<SalesforceId>,
    /// Place.
    pub location: Change<String>,
    /// Description.
    pub description: Change<String>,
    /// Fields of what became of it, where the org has them; an empty one is emptied.
    pub afterwards: Vec<AfterwardsValue>,
    /// Another key of ours, where the org has the field: the entry stands for another record from now on.
    pub key: Option<ExternalKey>,
}

impl EventChange {
    /// The fields of the record.
    ///
    /// # Errors
    /// Names the first field that breaks a rule of Salesforce; an empty change is one.
    pub fn to_record(&self) -> Result<Record, InvalidRequest> {
        let mut record = Record::new();
        if let Some(subject) = &self.subject {
            check_text("Subject", subject, SUBJECT_CHARACTERS)?;
            record = record.with("Subject", subject.as_str());
        }
        if let Some((start, end)) = self.times_utc {
            check_times(start, end)?;
            record = record.with_moment("StartDateTime", start).with_moment("EndDateTime", end);
        }
        let set = |change: &Change<SalesforceId>| match change {
            Change::Set(id) => Some(*id),
            _ => None,
        };
        check_relations(set(&self.who), set(&self.what))?;
        for (field, change) in [("WhoId", &self.who), ("WhatId", &self.what)] {
            record = match change {
                Change::Keep => record,
                Change::Clear => record.with(field, Value::Null),
                Change::Set(id) => record.with(field, *id),
            };
        }
        for (field, change, most) in [
            ("Location", &self.location, LOCATION_CHARACTERS),
            ("Description", &self.description, DESCRIPTION_CHARACTERS),
        ] {
            record = match change {
                Change::Keep => record,
                Change::Clear => record.with(field, Value::Null),
                Change::Set(text) => {
                    check_length(field, Some(text), most)?;
                    record.with(field, text.as_str())
                }
            };
        }
        let mut record = self.afterwards.iter().fold(record, |record, value| value.put(record));
        if let Some(key) = &self.key {
            record = record.with(KEY_FIELD, key.as_str());
        }
        if record.is_empty() {
            return Err(InvalidRequest { field: "record", reason: "has no change" });
        }
        Ok(record)
    }
}

impl std::fmt::Debug for EventChange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("EventChange").field("times_utc", &self.times_utc).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
    }

    fn id(text: &str) -> SalesforceId {
        text.parse().unwrap()
    }

    fn event() -> NewEvent {
        NewEvent::new("Offer", at(0), at(45))
    }

    #[test]
    fn a_new_event_sends_what_it_has() {
        let mut event = event();
        event.who = Some(id("00Q000000000001"));
        event.location = Some("https://zoom.us/j/12345678901".to_owned());
        event.show_as = Some(ShowAs::Busy);
        assert_eq!(
            event.to_record().unwrap().to_json(),
            json!({
                "Subject": "Offer", "StartDateTime": "2027-01-15T08:00:00.000Z",
                "EndDateTime": "2027-01-15T08:45:00.000Z", "WhoId": "00Q000000000001EAA",
                "Location": "https://zoom.us/j/12345678901", "ShowAs": "Busy",
            })
        );
    }

    #[test]
    fn rules_of_salesforce() {
        let field = |change: fn(&mut NewEvent)| {
            let mut event = event();
            change(&mut event);
            event.to_record().unwrap_err().field
        };
        assert_eq!(field(|event| event.subject = "\t".to_owned()), "Subject");
        assert_eq!(field(|event| event.subject = "é".repeat(256)), "Subject");
        assert_eq!(field(|event| event.location = Some("x".repeat(256))), "Location");
        assert_eq!(field(|event| event.description = Some("x".repeat(32_001))), "Description");
        assert_eq!(field(|event| event.end_utc = at(-1)), "EndDateTime");
        assert_eq!(field(|event| event.end_utc = at(14 * 24 * 60 + 1)), "EndDateTime");
        assert_eq!(field(|event| event.who = Some(id("001000000000001"))), "WhoId");
        assert_eq!(
            field(|event| {
                event.who = Some(id("00Q000000000001"));
                event.what = Some(id("006000000000001"));
            }),
            "WhatId"
        );
        let mut with_contact = event();
        with_contact.who = Some(id("003000000000001"));
        with_contact.what = Some(id("006000000000001"));
        assert!(with_contact.to_record().is_ok());
    }

    #[test]
    fn a_change_sends_only_what_changes() {
        let change =
            EventChange { times_utc: Some((at(0), at(30))), location: Change::Clear, ..EventChange::default() };
        assert_eq!(
            change.to_record().unwrap().to_json(),
            json!({
                "StartDateTime": "2027-01-15T08:00:00.000Z",
                "EndDateTime": "2027-01-15T08:30:00.000Z", "Location": null,
            })
        );
        assert_eq!(EventChange::default().to_record().unwrap_err().field, "record");
    }
}
