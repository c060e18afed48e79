//! One step of a composite request, a batch or a graph.

use serde_json::{Value, json};

use crate::error::{Addressed, InvalidRequest};
use crate::records::{AttributedRow, MOST_COLLECTION_ROWS, address_part};
use crate::{ExternalKey, FieldName, ObjectName, Record, ReferenceName, SalesforceId, Soql};

/// A record some of whose fields hold the id that an earlier step made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LinkedRecord {
    record: Record,
    links: Vec<(FieldName, ReferenceName)>,
}

impl LinkedRecord {
    /// A record and its links.
    #[must_use]
    pub fn new(record: Record) -> Self {
        Self { record, links: Vec::new() }
    }

    /// Sets a field to the id that the step `name` makes.
    #[must_use]
    pub fn link(mut self, field: FieldName, name: ReferenceName) -> Self {
        self.links.push((field, name));
        self
    }

    /// Salesforce has no way to spell `@{` as text in a composite request: it would look for a
    /// step, so such a record goes out in a call of its own.
    fn check(&self) -> Result<(), InvalidRequest> {
        if self.record.values().any(holds_reference) {
            let reason = "holds text that a composite request takes for a reference";
            return Err(InvalidRequest { field: "record", reason });
        }
        Ok(())
    }

    fn filled(&self) -> Record {
        let fill = |record: Record, (field, name): &(FieldName, ReferenceName)| {
            record.with(field.as_str(), format!("@{{{name}.id}}"))
        };
        self.links.iter().fold(self.record.clone(), fill)
    }

    fn references(&self) -> impl Iterator<Item = &ReferenceName> {
        self.links.iter().map(|(_, name)| name)
    }
}

/// Whether a text in `value` looks like a reference, however deep it lies.
fn holds_reference(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains("@{"),
        Value::Array(values) => values.iter().any(holds_reference),
        Value::Object(fields) => fields.values().any(holds_reference),
        _ => false,
    }
}

impl From<Record> for LinkedRecord {
    fn from(record: Record) -> Self {
        Self::new(record)
    }
}

/// The record a step works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A record that exists.
    Id(SalesforceId),
    /// The record that an earlier step made.
    Made(ReferenceName),
}

impl Target {
    fn text(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Made(name) => format!("@{{{name}.id}}"),
        }
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Make a record.
    Create {
        /// Its object.
        object: ObjectName,
        /// Its fields.
        record: LinkedRecord,
    },
    /// Change a record.
    Update {
        /// Its object.
        object: ObjectName,
        /// Which one.
        target: Target,
        /// The fields that change.
        record: LinkedRecord,
    },
    /// Make the record with a key, or change it if it exists.
    Upsert {
        /// Its object.
        object: ObjectName,
        /// The external-id field.
        key_field: FieldName,
        /// The key.
        key: ExternalKey,
        /// Its fields.
        record: LinkedRecord,
    },
    /// Delete a record.
    Delete {
        /// Its object.
        object: ObjectName,
        /// Which one.
        target: Target,
    },
    /// Read fields of a record.
    Read {
        /// Its object.
        object: ObjectName,
        /// Which one.
        target: Target,
        /// The fields.
        fields: Vec<FieldName>,
    },
    /// Ask for the first page of a query.
    Query(Soql),
    /// Ask for the first page of a query over deleted and archived rows as well.
    QueryAll(Soql),
    /// Make up to 200 records; each has an outcome of its own.
    CreateAll {
        /// Their object.
        object: ObjectName,
        /// Their fields.
        records: Vec<LinkedRecord>,
    },
    /// Change up to 200 records by id; each has an outcome of its own.
    UpdateAll {
        /// Their object.
        object: ObjectName,
        /// Ids and the fields that change.
        rows: Vec<(SalesforceId, LinkedRecord)>,
    },
    /// Make or change up to 200 records by key; each has an outcome of its own.
    UpsertAll {
        /// Their object.
        object: ObjectName,
        /// The external-id field.
        key_field: FieldName,
        /// Keys and fields.
        rows: Vec<(ExternalKey, LinkedRecord)>,
    },
}

impl Step {
    fn records(&self) -> Vec<&LinkedRecord> {
        match self {
            Self::Create { record, .. } | Self::Update { record, .. } | Self::Upsert { record, .. } => vec![record],
            Self::CreateAll { records, .. } => records.iter().collect(),
            Self::UpdateAll { rows, .. } => rows.iter().map(|(_, record)| record).collect(),
            Self::UpsertAll { rows, .. } => rows.iter().map(|(_, record)| record).collect(),
            Self::Delete { .. } | Self::Read { .. } | Self::Query(_) | Self::QueryAll(_) => Vec::new(),
        }
    }

    pub(super) fn check(&self) -> Result<(), InvalidRequest> {
        let records = self.records();
        if matches!(self, Self::CreateAll { .. } | Self::UpdateAll { .. } | Self::UpsertAll { .. })
            && !(1..=MOST_COLLECTION_ROWS).contains(&records.len())
        {
            return Err(InvalidRequest { field: "records", reason: "are none or more than 200" });
        }
        records.into_iter().try_for_each(LinkedRecord::check)
    }

    pub(super) fn references(&self) -> impl Iterator<Item = &ReferenceName> {
        let target = match self {
            Self::Update { target: Target::Made(name), .. }
            | Self::Delete { target: Target::Made(name), .. }
            | Self::Read { target: Target::Made(name), .. } => Some(name),
            _ => None,
        };
        self.records().into_iter().flat_map(LinkedRecord::references).chain(target)
    }

    /// Whether it counts among the few queries and collections of a request.
    pub(super) fn is_wide(&self) -> bool {
        matches!(
            self,
            Self::Query(_)
                | Self::QueryAll(_)
                | Self::CreateAll { .. }
                | Self::UpdateAll { .. }
                | Self::UpsertAll { .. }
        )
    }

    /// Whether it is about one record, as everything in a graph is.
    pub(super) fn is_single(&self) -> bool {
        matches!(
            self,
            Self::Create { .. } | Self::Update { .. } | Self::Upsert { .. } | Self::Delete { .. } | Self::Read { .. }
        )
    }

    pub(super) fn is_idempotent(&self) -> bool {
        !matches!(self, Self::Create { .. } | Self::CreateAll { .. })
    }

    pub(super) fn writes(&self) -> bool {
        !matches!(self, Self::Read { .. } | Self::Query(_) | Self::QueryAll(_))
    }

    pub(super) fn makes_records(&self) -> bool {
        matches!(self, Self::Create { .. } | Self::Upsert { .. } | Self::CreateAll { .. } | Self::UpsertAll { .. })
    }

    pub(super) fn addressed(&self) -> Addressed {
        match self {
            Self::Update { .. } | Self::UpdateAll { .. } | Self::Delete { .. } | Self::Read { .. } => Addressed::Record,
            _ => Addressed::Resource,
        }
    }

    pub(super) fn method(&self) -> &'static str {
        match self {
            Self::Create { .. } | Self::CreateAll { .. } => "POST",
            Self::Update { .. } | Self::UpdateAll { .. } | Self::Upsert { .. } | Self::UpsertAll { .. } => "PATCH",
            Self::Delete { .. } => "DELETE",
            Self::Read { .. } | Self::Query(_) | Self::QueryAll(_) => "GET",
        }
    }

    /// The address below the version.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Create { object, .. } => format!("/sobjects/{object}"),
            Self::Update { object, target, .. } | Self::Delete { object, target } => {
                format!("/sobjects/{object}/{}", target.text())
            }
            Self::Upsert { object, key_field, key, .. } => format!("/sobjects/{object}/{key_field}/{key}"),
            Self::Read { object, target, fields } => {
                let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
                format!("/sobjects/{object}/{}?fields={}", target.text(), names.join(","))
            }
            Self::Query(soql) => format!("/query?q={}", address_part(soql.as_str())),
            Self::QueryAll(soql) => format!("/queryAll?q={}", address_part(soql.as_str())),
            Self::CreateAll { .. } | Self::UpdateAll { .. } => "/composite/sobjects".to_owned(),
            Self::UpsertAll { object, key_field, .. } => format!("/composite/sobjects/{object}/{key_field}"),
        }
    }

    pub(super) fn body(&self) -> Option<Value> {
        let rows = |rows: Vec<Value>| Some(json!({ "allOrNone": false, "records": rows }));
        match self {
            Self::Create { record, .. } | Self::Update { record, .. } => Some(record.filled().to_json()),
            Self::Upsert { key_field, record, .. } => Some(record.filled().without(key_field).to_json()),
            Self::Delete { .. } | Self::Read { .. } | Self::Query(_) | Self::QueryAll(_) => None,
            Self::CreateAll { object, records } => {
                rows(records.iter().map(|record| AttributedRow::new(object, record.filled()).into_json()).collect())
            }
            Self::UpdateAll { object, rows: changed } => rows(
                changed
                    .iter()
                    .map(|(id, record)| AttributedRow::new(object, record.filled()).with("id", id.as_str()).into_json())
                    .collect(),
            ),
            Self::UpsertAll { object, key_field, rows: keyed } => rows(
                keyed
                    .iter()
                    .map(|(key, record)| {
                        let row = AttributedRow::new(object, record.filled().without(key_field));
                        row.with(key_field.as_str(), key.as_str()).into_json()
                    })
                    .collect(),
            ),
        }
    }
}
