//! Writing and reading single records, and collections of them.

mod collection;
mod condition;
mod duplicates;
mod many;
mod record;

use liaison_transport::ApiRequest;
use reqwest::StatusCode;
use reqwest::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub(crate) use collection::{AttributedRow, COLLECTION_TIMEOUT, RowAnswer};
pub use collection::{Collection, MOST_COLLECTION_ROWS, MOST_COLLECTIONS, RowOutcome, RowRefusal, Saved};
pub use condition::{ConditionalUpdate, VersionTag, Versioned};
pub use duplicates::Beside;
pub use many::{MOST_READ_ROWS, RowDeletion};
pub use record::Record;

use crate::error::{Addressed, SalesforceError};
use crate::{ExternalKey, FieldName, ObjectName, Salesforce, SalesforceId};

/// Assignment rules would give a Lead or a Case to somebody else than the request says.
pub(crate) const AUTO_ASSIGN_NAME: &str = "sforce-auto-assign";
pub(crate) const OFF_TEXT: &str = "FALSE";
pub(crate) const AUTO_ASSIGN: HeaderName = HeaderName::from_static(AUTO_ASSIGN_NAME);
pub(crate) const OFF: HeaderValue = HeaderValue::from_static(OFF_TEXT);

/// What an upsert did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upsertion {
    /// The record.
    pub id: SalesforceId,
    /// It was made; otherwise it existed and was changed.
    pub created: bool,
}

/// What a deletion found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// The record was there and is deleted now.
    Deleted,
    /// The record was deleted before.
    AlreadyGone,
}

/// The answer of create and upsert. All parts are needed: half an answer is no success.
#[derive(Deserialize)]
pub(crate) struct SaveAnswer {
    pub id: SalesforceId,
    pub success: bool,
    #[serde(default)]
    pub created: Option<bool>,
}

/// A value as part of an address: nothing in it has a meaning there.
pub(crate) fn address_part(text: &str) -> String {
    // A plus sign means a space only in some readers.
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

impl Salesforce {
    /// Makes a record.
    ///
    /// There is no key against doing this twice: when [`SalesforceError::outcome_unknown`] says so,
    /// look for the record before trying again. Assignment rules are not run, so that the owner is
    /// who the request says.
    pub async fn create(&self, object: &ObjectName, record: &Record) -> Result<SalesforceId, SalesforceError> {
        self.save_new(self.creation(object, record)).await
    }

    fn creation(&self, object: &ObjectName, record: &Record) -> ApiRequest {
        let path = self.data_path(&format!("/sobjects/{object}"));
        ApiRequest::post("POST /sobjects/{object}", path).json(record.to_json()).header(AUTO_ASSIGN, OFF)
    }

    async fn save_new(&self, request: ApiRequest) -> Result<SalesforceId, SalesforceError> {
        let operation = request.operation;
        let answer: SaveAnswer = self.fetch(request, Addressed::Resource).await?;
        saved(operation, &answer)?;
        Ok(answer.id)
    }

    /// Reads fields of one record.
    pub async fn get<T: DeserializeOwned>(
        &self,
        object: &ObjectName,
        id: SalesforceId,
        fields: &[FieldName],
    ) -> Result<T, SalesforceError> {
        let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
        let path = self.data_path(&format!("/sobjects/{object}/{id}"));
        let request = ApiRequest::get("GET /sobjects/{object}/{id}", path).query("fields", names.join(","));
        self.fetch(request, Addressed::Record).await
    }

    /// Changes fields of one record; what `record` leaves out stays as it is. Not repeated on its own: the first of two
    /// could arrive after a later change.
    pub async fn update(&self, object: &ObjectName, id: SalesforceId, record: &Record) -> Result<(), SalesforceError> {
        let path = self.data_path(&format!("/sobjects/{object}/{id}"));
        let request = ApiRequest::patch("PATCH /sobjects/{object}/{id}", path).json(record.to_json());
        self.settle(request, Addressed::Record, StatusCode::NO_CONTENT).await
    }

    /// Deletes a record.
    pub async fn delete(&self, object: &ObjectName, id: SalesforceId) -> Result<Deletion, SalesforceError> {
        let path = self.data_path(&format!("/sobjects/{object}/{id}"));
        let request = ApiRequest::delete("DELETE /sobjects/{object}/{id}", path);
        match self.settle(request, Addressed::Record, StatusCode::NO_CONTENT).await {
            Ok(()) => Ok(Deletion::Deleted),
            Err(error) if error.refusal().is_some_and(|refusal| refusal.has_code("ENTITY_IS_DELETED")) => {
                Ok(Deletion::AlreadyGone)
            }
            Err(error) => Err(error),
        }
    }

    /// Makes the record with this key, or changes it if it exists.
    ///
    /// For a record's first push only: after the user deleted the record this would make a new one.
    /// Later changes go to the id by [`Self::update`]. A field that can be set only when a record is
    /// made (`TaskSubtype`, `CampaignId` of a member) makes Salesforce refuse the second time
    /// (`INVALID_FIELD_FOR_INSERT_UPDATE`).
    pub async fn upsert(
        &self,
        object: &ObjectName,
        key_field: &FieldName,
        key: &ExternalKey,
        record: &Record,
    ) -> Result<Upsertion, SalesforceError> {
        self.save_by_key(self.by_key(object, key_field, key, record)).await
    }

    fn by_key(&self, object: &ObjectName, key_field: &FieldName, key: &ExternalKey, record: &Record) -> ApiRequest {
        let path = self.data_path(&format!("/sobjects/{object}/{key_field}/{key}"));
        // The key stands in the address; Salesforce refuses it in the body as well.
        ApiRequest::patch("PATCH /sobjects/{object}/{field}/{value}", path)
            .json(record.without(key_field).to_json())
            .header(AUTO_ASSIGN, OFF)
            .idempotent(true)
    }

    async fn save_by_key(&self, request: ApiRequest) -> Result<Upsertion, SalesforceError> {
        let operation = request.operation;
        let response = self.send(request, Addressed::Resource).await?;
        let answer: SaveAnswer = response.json()?;
        saved(operation, &answer)?;
        let created = answer.created.unwrap_or(response.status == StatusCode::CREATED);
        Ok(Upsertion { id: answer.id, created })
    }
}

fn saved(operation: &'static str, answer: &SaveAnswer) -> Result<(), SalesforceError> {
    if answer.success {
        Ok(())
    } else {
        Err(SalesforceError::Mismatch { operation, reason: "a success that says it is none" })
    }
}
