//! What is stored of a new Lead in the outbox, in its own versioned form.

use liaison_domain::text;
use liaison_salesforce::Record;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::outbox::view::{FieldContent, FieldValue};

/// Longest text that is edited in the outbox.
const MAX_TEXT: usize = 32_000;

/// What the row holds. A later version must still read an earlier one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "version")]
enum Stored {
    #[serde(rename = "1")]
    V1(NewLeadRow),
}

/// A Lead on its way.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct NewLeadRow {
    /// Fields by Salesforce's names, as they are sent.
    pub values: Vec<(String, Value)>,
    #[serde(default)]
    pub record_type: Option<String>,
    /// It is made beside those whom a duplicate rule finds, where the rule allows it.
    #[serde(default)]
    pub beside: bool,
}

impl NewLeadRow {
    pub fn json(&self) -> String {
        serde_json::to_string(&Stored::V1(self.clone())).unwrap_or_default()
    }

    /// `None` when a newer version wrote it, or it is damaged.
    pub fn read(json: &str) -> Option<Self> {
        match serde_json::from_str(json) {
            Ok(Stored::V1(row)) => Some(row),
            Err(error) => {
                tracing::error!(line = error.line(), column = error.column(), "an outbox row can't be read");
                None
            }
        }
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(own, _)| own == name).and_then(|(_, value)| value.as_str())
    }

    /// As people call them.
    pub fn name(&self) -> String {
        let parts: Vec<&str> = ["FirstName", "LastName"].into_iter().filter_map(|name| self.text(name)).collect();
        parts.join(" ")
    }

    /// What is sent. A name that is none of a field's is left out.
    pub fn record(&self) -> Record {
        let kind = self.record_type.iter().map(|id| ("RecordTypeId".to_owned(), Value::from(id.as_str())));
        self.values.iter().cloned().chain(kind).fold(Record::new(), |record, (name, value)| {
            let before = record.clone();
            record.set(&name, value).unwrap_or(before)
        })
    }

    pub fn shown(&self) -> Vec<FieldValue> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        self.values
            .iter()
            .map(|(name, value)| FieldValue { name: name.clone(), value: FieldContent::Text { text: text(value) } })
            .collect()
    }

    /// Takes over a text that the user has edited.
    pub fn set_text(&mut self, name: &str, new: &str) {
        let new = text::multi_line(new, MAX_TEXT);
        match self.values.iter().position(|(own, _)| own == name) {
            Some(place) if self.values[place].1.is_string() => self.values[place].1 = Value::from(new),
            Some(_) => {}
            None => self.values.push((name.to_owned(), new.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by released versions; every later one must read them.
    #[test]
    fn rows_of_earlier_versions_are_read() {
        let json = r#"{"version":"1","values":[["LastName","Visser"],["NumberOfEmployees",12]]}"#;
        let row = NewLeadRow::read(json).unwrap();
        assert_eq!((row.name(), row.beside, row.record_type.as_deref()), ("Visser".to_owned(), false, None));
        assert_eq!(row.record().value("NumberOfEmployees"), Some(&12.into()));
        assert_eq!(NewLeadRow::read(&row.json()), Some(row));
        assert_eq!(NewLeadRow::read(r#"{"version":"2"}"#), None);
    }

    #[test]
    fn only_texts_are_edited() {
        let mut row = NewLeadRow {
            values: vec![("Company".to_owned(), "A".into()), ("NumberOfEmployees".to_owned(), 12.into())],
            ..NewLeadRow::default()
        };
        row.set_text("Company", "Acme");
        row.set_text("NumberOfEmployees", "13");
        row.set_text("Region__c", "West");
        let values = [("Company", Value::from("Acme")), ("NumberOfEmployees", 12.into()), ("Region__c", "West".into())];
        assert_eq!(row.values, values.map(|(name, value)| (name.to_owned(), value)));
    }
}
