//! The fields of a record on their way to Salesforce.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use crate::moment::format_moment;
use crate::{ExternalKey, FieldHash, FieldName, InvalidName, SalesforceId};

/// Fields and values of one record. What is not set stays as it is; `null` empties a field.
#[derive(Clone, Default, PartialEq)]
pub struct Record(Map<String, Value>);

impl Record {
    /// No fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a field.
    ///
    /// # Errors
    /// The name is none.
    pub fn set(self, field: &str, value: impl Into<Value>) -> Result<Self, InvalidName> {
        Ok(self.with(FieldName::new(field)?.as_str(), value))
    }

    /// Sets a field whose name is known to be one.
    pub(crate) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.0.insert(field.to_owned(), value.into());
        self
    }

    /// Sets a field to a moment.
    pub(crate) fn with_moment(self, field: &str, moment: DateTime<Utc>) -> Self {
        self.with(field, format_moment(moment))
    }

    /// The record without one field; names have no case in Salesforce.
    pub(crate) fn without(&self, field: &FieldName) -> Self {
        let kept = self.0.iter().filter(|(name, _)| !name.eq_ignore_ascii_case(field.as_str()));
        Self(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    /// The value of a field, as it will be sent.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    /// The value of a field, whatever the case of its name: names have none in Salesforce.
    pub(crate) fn named(&self, field: &str) -> Option<&Value> {
        self.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(field)).map(|(_, value)| value)
    }

    /// A hash over some of the fields, to be compared with that of a row.
    pub(crate) fn hash_of(&self, names: &[&str]) -> FieldHash {
        FieldHash::of_fields(&self.0, names)
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.values()
    }

    /// Whether no field is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of the fields that are set.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(crate) fn to_json(&self) -> Value {
        Value::Object(self.0.clone())
    }

    pub(crate) fn into_fields(self) -> Map<String, Value> {
        self.0
    }
}

/// Values are other people's data: `Debug` shows names only.
impl std::fmt::Debug for Record {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl From<SalesforceId> for Value {
    fn from(id: SalesforceId) -> Self {
        Self::String(id.to_string())
    }
}

impl From<&ExternalKey> for Value {
    fn from(key: &ExternalKey) -> Self {
        Self::String(key.as_str().to_owned())
    }
}

impl Record {
    /// Sets a field to a moment.
    ///
    /// # Errors
    /// The name is none.
    pub fn set_moment(self, field: &str, moment: DateTime<Utc>) -> Result<Self, InvalidName> {
        self.set(field, format_moment(moment))
    }

    /// Sets a field to a day.
    ///
    /// # Errors
    /// The name is none.
    pub fn set_day(self, field: &str, day: NaiveDate) -> Result<Self, InvalidName> {
        self.set(field, day.format("%Y-%m-%d").to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_fields_and_hides_values() {
        let moment = DateTime::from_timestamp_millis(1_800_000_000_000).unwrap();
        let record = Record::new()
            .set("Subject", "c4n4ry")
            .and_then(|record| record.set_moment("StartDateTime", moment))
            .and_then(|record| record.set("WhatId", Value::Null))
            .unwrap();
        assert_eq!(
            record.to_json(),
            serde_json::json!({
                "Subject": "c4n4ry", "StartDateTime": "2027-01-15T08:00:00.000Z", "WhatId": null,
            })
        );
        assert!(!format!("{record:?}").contains("c4n4ry"));
        assert!(Record::new().set("Subject'; --", 1).is_err());
        let subject = FieldName::new("subject").unwrap();
        assert_eq!(record.without(&subject).value("Subject"), None);
    }
}
