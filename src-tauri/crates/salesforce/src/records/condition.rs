//! Reading and changing a record only if it is (not) as it was seen before.
//!
//! HTTP dates have whole seconds, so two changes within one second look like one. Accounts have a
//! tag for each version as well, which tells any two versions apart; other objects have none.
//! Source: REST guide, "Conditional Request Headers".

use chrono::{DateTime, Utc};
use liaison_transport::{ApiRequest, ApiResponse};
use reqwest::StatusCode;
use reqwest::header::{ETAG, HeaderName, HeaderValue, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};
use serde::de::DeserializeOwned;

use crate::error::{Addressed, InvalidRequest, SalesforceError};
use crate::{FieldName, ObjectName, Record, Salesforce, SalesforceId, moment};

/// What became of a change that was bound to a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConditionalUpdate {
    /// The record was changed.
    Done,
    /// Somebody changed the record in the meantime; it stayed as it is.
    ChangedThere,
}

/// The name of one version of an Account, as the server gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionTag(HeaderValue);

/// A record and the name of the version that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The record.
    pub record: T,
    /// Its version; `None` for objects that have no such names.
    pub tag: Option<VersionTag>,
}

impl Salesforce {
    /// Reads fields of one record, or nothing when it still is the version `known`.
    pub async fn get_versioned<T: DeserializeOwned>(
        &self,
        object: &ObjectName,
        id: SalesforceId,
        fields: &[FieldName],
        known: Option<&VersionTag>,
    ) -> Result<Option<Versioned<T>>, SalesforceError> {
        let condition = known.map(|tag| (IF_NONE_MATCH, tag.0.clone()));
        let Some(response) = self.get_under(object, id, fields, condition).await? else { return Ok(None) };
        let tag = response.headers.get(ETAG).cloned().map(VersionTag);
        Ok(Some(Versioned { record: response.json()?, tag }))
    }

    /// Changes fields of one record if it still is the version `seen`.
    ///
    /// Not repeated by itself: the second time the change would find itself.
    pub async fn update_if_version(
        &self,
        object: &ObjectName,
        id: SalesforceId,
        record: &Record,
        seen: &VersionTag,
    ) -> Result<ConditionalUpdate, SalesforceError> {
        self.update_under(object, id, record, (IF_MATCH, seen.0.clone())).await
    }

    /// Reads fields of one record, or nothing when it has not been changed since `since_utc`.
    pub async fn get_if_modified<T: DeserializeOwned>(
        &self,
        object: &ObjectName,
        id: SalesforceId,
        fields: &[FieldName],
        since_utc: DateTime<Utc>,
    ) -> Result<Option<T>, SalesforceError> {
        let condition = moment::http_date(since_utc).map(|date| (IF_MODIFIED_SINCE, date));
        let response = self.get_under(object, id, fields, condition).await?;
        Ok(response.map(|response| response.json()).transpose()?)
    }

    /// Changes fields of one record unless somebody changed it after `seen_utc`.
    ///
    /// Not repeated by itself: the second time the change would find itself.
    ///
    /// # Errors
    /// Among others, `seen_utc` is no moment that HTTP can say.
    pub async fn update_if_unmodified(
        &self,
        object: &ObjectName,
        id: SalesforceId,
        record: &Record,
        seen_utc: DateTime<Utc>,
    ) -> Result<ConditionalUpdate, SalesforceError> {
        let date = moment::http_date(seen_utc)
            .ok_or(InvalidRequest { field: "If-Unmodified-Since", reason: "is no moment of this age" })?;
        self.update_under(object, id, record, (IF_UNMODIFIED_SINCE, date)).await
    }

    /// The answer, or nothing when the condition does not hold.
    async fn get_under(
        &self,
        object: &ObjectName,
        id: SalesforceId,
        fields: &[FieldName],
        condition: Option<(HeaderName, HeaderValue)>,
    ) -> Result<Option<ApiResponse>, SalesforceError> {
        let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
        let path = self.data_path(&format!("/sobjects/{object}/{id}"));
        let mut request = ApiRequest::get("GET /sobjects/{object}/{id}", path).query("fields", names.join(","));
        if let Some((name, value)) = condition {
            request = request.header(name, value);
        }
        let response = self.send(request, Addressed::Record).await?;
        Ok((response.status != StatusCode::NOT_MODIFIED).then_some(response))
    }

    async fn update_under(
        &self,
        object: &ObjectName,
        id: SalesforceId,
        record: &Record,
        (name, value): (HeaderName, HeaderValue),
    ) -> Result<ConditionalUpdate, SalesforceError> {
        let path = self.data_path(&format!("/sobjects/{object}/{id}"));
        let request =
            ApiRequest::patch("PATCH /sobjects/{object}/{id}", path).json(record.to_json()).header(name, value);
        match self.settle(request, Addressed::Record, StatusCode::NO_CONTENT).await {
            Ok(()) => Ok(ConditionalUpdate::Done),
            Err(error) if error.refusal().is_some_and(|refusal| refusal.status == StatusCode::PRECONDITION_FAILED) => {
                Ok(ConditionalUpdate::ChangedThere)
            }
            Err(error) => Err(error),
        }
    }
}
