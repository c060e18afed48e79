//! Up to 200 records of one object in one call.
//!
//! The answer's status is 200 even when every row failed: each row has an outcome of its own, in
//! the order of the request. Source: REST guide, "sObject Collections".

use std::collections::HashSet;
use std::time::Duration;

use liaison_transport::ApiRequest;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{AUTO_ASSIGN, OFF, Record};
use crate::composite::{Composite, LinkedRecord, Step, StepOutcome};
use crate::error::{Addressed, Disposition, ErrorItem, InvalidRequest, SalesforceError};
use crate::error::{error_items, of_items};
use crate::{ExternalKey, FieldName, ObjectName, ReferenceName, Salesforce, SalesforceId};

/// The most records in one call.
pub const MOST_COLLECTION_ROWS: usize = 200;

/// The most collections in one call.
pub const MOST_COLLECTIONS: usize = 5;

/// Triggers run on all rows before the answer comes.
pub(crate) const COLLECTION_TIMEOUT: Duration = Duration::from_mins(2);

/// What to write.
#[derive(Debug, Clone, PartialEq)]
pub enum Collection {
    /// Make records.
    Create(Vec<Record>),
    /// Change records.
    Update(Vec<(SalesforceId, Record)>),
    /// Make records or change those that exist; keys must differ.
    Upsert {
        /// The external-id field.
        key_field: FieldName,
        /// Keys and records.
        rows: Vec<(ExternalKey, Record)>,
    },
}

/// A row that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The record.
    pub id: SalesforceId,
    /// It was made; otherwise it existed and was changed.
    pub created: bool,
}

/// A row that was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowRefusal {
    /// Salesforce's errors.
    pub items: Vec<ErrorItem>,
    /// What to do next about this row.
    pub disposition: Disposition,
}

impl RowRefusal {
    /// A row that was written and taken back because something else in its transaction failed.
    pub(crate) fn undone() -> Self {
        let items = vec![ErrorItem::bare("ALL_OR_NONE_OPERATION_ROLLED_BACK")];
        let disposition = of_items(&items, Addressed::Resource);
        Self { items, disposition }
    }
}

/// The outcome of one row.
pub type RowOutcome = Result<Saved, RowRefusal>;

#[derive(Deserialize)]
pub(crate) struct RowAnswer {
    success: bool,
    #[serde(default)]
    id: Option<SalesforceId>,
    #[serde(default)]
    created: Option<bool>,
    #[serde(default)]
    errors: Value,
}

impl RowAnswer {
    pub(crate) fn is_failure(&self) -> bool {
        !self.success
    }

    /// The outcome; `created` is what a success means that does not say.
    pub(crate) fn outcome(
        &self,
        operation: &'static str,
        created: bool,
        addressed: Addressed,
    ) -> Result<RowOutcome, SalesforceError> {
        if !self.success {
            let items = error_items(&self.errors);
            let disposition = of_items(&items, addressed);
            return Ok(Err(RowRefusal { items, disposition }));
        }
        let created = self.created.unwrap_or(created);
        self.id
            .map(|id| Ok(Saved { id, created }))
            .ok_or(SalesforceError::Mismatch { operation, reason: "a saved row has no id" })
    }
}

/// A record as it stands among others: with its type, and with what tells it apart.
pub(crate) struct AttributedRow(Map<String, Value>);

impl AttributedRow {
    pub(crate) fn new(object: &ObjectName, record: Record) -> Self {
        let mut fields = record.into_fields();
        fields.insert("attributes".to_owned(), json!({ "type": object.as_str() }));
        Self(fields)
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), Value::from(value));
        self
    }

    pub(crate) fn into_json(self) -> Value {
        Value::Object(self.0)
    }
}

impl Collection {
    fn len(&self) -> usize {
        match self {
            Self::Create(rows) => rows.len(),
            Self::Update(rows) => rows.len(),
            Self::Upsert { rows, .. } => rows.len(),
        }
    }

    /// The same as a step of a composite request.
    fn step(self, object: &ObjectName) -> Step {
        let object = object.clone();
        let linked = |record: Record| LinkedRecord::new(record);
        match self {
            Self::Create(records) => Step::CreateAll { object, records: records.into_iter().map(linked).collect() },
            Self::Update(rows) => {
                Step::UpdateAll { object, rows: rows.into_iter().map(|(id, record)| (id, linked(record))).collect() }
            }
            Self::Upsert { key_field, rows } => Step::UpsertAll {
                object,
                key_field,
                rows: rows.into_iter().map(|(key, record)| (key, linked(record))).collect(),
            },
        }
    }

    fn check(&self) -> Result<(), InvalidRequest> {
        let invalid = |reason| Err(InvalidRequest { field: "records", reason });
        if self.len() == 0 {
            return invalid("are none");
        }
        if self.len() > MOST_COLLECTION_ROWS {
            return invalid("are more than 200");
        }
        if let Self::Upsert { rows, .. } = self {
            // Salesforce may ignore case in keys, so two that differ in case only are one.
            let keys: HashSet<String> = rows.iter().map(|(key, _)| key.as_str().to_ascii_lowercase()).collect();
            if keys.len() < rows.len() {
                return invalid("have the same key twice");
            }
        }
        Ok(())
    }

    fn request(&self, salesforce: &Salesforce, object: &ObjectName) -> ApiRequest {
        let (method, operation, path, idempotent) = match self {
            Self::Create(_) => (Method::POST, "POST /composite/sobjects", "/composite/sobjects".to_owned(), false),
            // As with one record: the first of two could arrive after a later change.
            Self::Update(_) => (Method::PATCH, "PATCH /composite/sobjects", "/composite/sobjects".to_owned(), false),
            Self::Upsert { key_field, .. } => (
                Method::PATCH,
                "PATCH /composite/sobjects/{object}/{field}",
                format!("/composite/sobjects/{object}/{key_field}"),
                true,
            ),
        };
        ApiRequest::new(method, operation, salesforce.data_path(&path))
            .json(json!({ "allOrNone": false, "records": self.rows(object) }))
            .header(AUTO_ASSIGN, OFF)
            .idempotent(idempotent)
            .total_timeout(COLLECTION_TIMEOUT)
    }

    fn rows(&self, object: &ObjectName) -> Vec<Value> {
        let row = |record: &Record, key: Option<(&str, &str)>| {
            let row = AttributedRow::new(object, record.clone());
            match key {
                Some((name, value)) => row.with(name, value),
                None => row,
            }
            .into_json()
        };
        match self {
            Self::Create(rows) => rows.iter().map(|record| row(record, None)).collect(),
            Self::Update(rows) => rows.iter().map(|(id, record)| row(record, Some(("id", id.as_str())))).collect(),
            Self::Upsert { key_field, rows } => rows
                .iter()
                .map(|(key, record)| row(&record.without(key_field), Some((key_field.as_str(), key.as_str()))))
                .collect(),
        }
    }

    /// The outcomes in the order of the rows.
    fn outcomes(&self, operation: &'static str, answers: &[RowAnswer]) -> Result<Vec<RowOutcome>, SalesforceError> {
        if answers.len() != self.len() {
            return Err(SalesforceError::Mismatch { operation, reason: "it has another number of rows" });
        }
        answers.iter().map(|answer| self.outcome(operation, answer)).collect()
    }

    fn outcome(&self, operation: &'static str, answer: &RowAnswer) -> Result<RowOutcome, SalesforceError> {
        let addressed = match self {
            Self::Update(_) => Addressed::Record,
            _ => Addressed::Resource,
        };
        answer.outcome(operation, matches!(self, Self::Create(_)), addressed)
    }
}

impl Salesforce {
    /// Writes up to 200 records of one object; one bad row does not hold up the others.
    ///
    /// # Errors
    /// The call as a whole failed. [`SalesforceError::outcome_unknown`] then speaks for all rows.
    pub async fn write_collection(
        &self,
        object: &ObjectName,
        collection: &Collection,
    ) -> Result<Vec<RowOutcome>, SalesforceError> {
        collection.check()?;
        let request = collection.request(self, object);
        let operation = request.operation;
        let answers: Vec<RowAnswer> = self.fetch(request, Addressed::Resource).await?;
        collection.outcomes(operation, &answers)
    }

    /// Writes up to five collections of one object in one call, which counts once: a thousand records. What one of
    /// them meets as a whole does not hold up the others.
    ///
    /// # Errors
    /// The call as a whole failed. [`SalesforceError::outcome_unknown`] then speaks for all rows.
    pub async fn write_collections(
        &self,
        object: &ObjectName,
        collections: Vec<Collection>,
    ) -> Result<Vec<Result<Vec<RowOutcome>, SalesforceError>>, SalesforceError> {
        let sizes: Vec<usize> = collections.iter().map(Collection::len).collect();
        let mut composite = Composite::new();
        for (index, collection) in collections.into_iter().enumerate() {
            collection.check()?;
            let name = ReferenceName::new(format!("part{index}"))
                .map_err(|_| InvalidRequest { field: "steps", reason: "have no name" })?;
            composite = composite.step(name, collection.step(object));
        }
        let outcomes = self.composite(&composite).await?;
        let read = |(outcome, size): (StepOutcome, usize)| match outcome {
            Ok(answer) => answer.rows(size),
            Err(refusal) => Err(refusal.into()),
        };
        Ok(outcomes.into_iter().zip(sizes).map(read).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Resolution;

    fn two_upserts() -> Collection {
        let row = |key: &str| (ExternalKey::new(key).unwrap(), Record::new().set("Subject", "Offer").unwrap());
        Collection::Upsert { key_field: FieldName::new("Liaison_Key__c").unwrap(), rows: vec![row("k1"), row("k2")] }
    }

    fn outcomes(collection: &Collection, json: &str) -> Result<Vec<RowOutcome>, SalesforceError> {
        collection.outcomes("PATCH /test", &crate::test_support::response(200, json).json::<Vec<RowAnswer>>()?)
    }

    #[test]
    fn every_row_has_its_own_outcome() {
        let outcomes = outcomes(
            &two_upserts(),
            r#"[{"id":"00U000000000001","success":true,"errors":[],"created":true},
                {"success":false,"errors":[{"statusCode":"UNABLE_TO_LOCK_ROW","message":"busy","fields":[]}]}]"#,
        )
        .unwrap();
        assert!(matches!(outcomes[0], Ok(Saved { created: true, .. })));
        assert_eq!(outcomes[1].as_ref().unwrap_err().disposition, Disposition::BackOff);
    }

    #[test]
    fn a_row_can_be_gone() {
        let id = "00U000000000001".parse().unwrap();
        let update = Collection::Update(vec![(id, Record::new())]);
        let outcomes =
            outcomes(&update, r#"[{"success":false,"errors":[{"statusCode":"ENTITY_IS_DELETED","message":"x"}]}]"#)
                .unwrap();
        assert_eq!(outcomes[0].as_ref().unwrap_err().disposition, Disposition::Resolve(Resolution::Deleted));
    }

    #[test]
    fn an_answer_that_does_not_fit_is_unknown() {
        for json in ["[]", r#"[{"id":"00U000000000001","success":true}]"#, r#"[{"success":true},{"success":true}]"#] {
            let error = outcomes(&two_upserts(), json).unwrap_err();
            assert!(error.outcome_unknown(), "{json}");
        }
    }

    #[test]
    fn rows_carry_type_and_key() {
        let object = ObjectName::new("Event").unwrap();
        assert_eq!(
            two_upserts().rows(&object)[0],
            json!({"Subject": "Offer", "attributes": {"type": "Event"}, "Liaison_Key__c": "k1"})
        );
    }

    #[test]
    fn what_salesforce_would_refuse_is_not_sent() {
        assert!(Collection::Create(Vec::new()).check().is_err());
        assert!(Collection::Create(vec![Record::new(); 201]).check().is_err());
        assert!(Collection::Create(vec![Record::new(); 200]).check().is_ok());
        let row = |key: &str| (ExternalKey::new(key).unwrap(), Record::new());
        let twice = Collection::Upsert {
            key_field: FieldName::new("Liaison_Key__c").unwrap(),
            rows: vec![row("k1"), row("K1")],
        };
        assert!(twice.check().is_err());
    }
}
