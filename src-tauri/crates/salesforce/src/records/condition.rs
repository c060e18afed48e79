//! Reading and changing a record only if it is (not) as it was seen before.
//!
//! HTTP dates have whole seconds, so two changes within one second look like one. Source: REST
//! guide, "Conditional Request Headers".

use chrono::{DateTime, Utc};
use liaison_transport::ApiRequest;
use reqwest::StatusCode;
use reqwest::header::{IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE};
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

impl Salesforce {
    /// Reads fields of one record, or nothing when it has not been changed since `since_utc`.
    pub async fn get_if_modified<T: DeserializeOwned>(
        &self,
        object: &ObjectName,
        id: SalesforceId,
        fields: &[FieldName],
        since_utc: DateTime<Utc>,
    ) -> Result<Option<T>, SalesforceError> {
        let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
        let path = self.data_path(&format!("/sobjects/{object}/{id}"));
        let mut request = ApiRequest::get("GET /sobjects/{object}/{id}", path).query("fields", names.join(","));
        if let Some(date) = moment::http_date(since_utc) {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        let response = self.send(request, Addressed::Record).await?;
        if response.status == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        Ok(Some(response.json()?))
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
        let path = self.data_path(&format!("/sobjects/{object}/{id}"));
        let request = ApiRequest::patch("PATCH /sobjects/{object}/{id}", path)
            .json(record.to_json())
            .header(IF_UNMODIFIED_SINCE, date);
        match self.send(request, Addressed::Record).await {
            Ok(_) => Ok(ConditionalUpdate::Done),
            Err(error) if error.refusal().is_some_and(|refusal| refusal.status == StatusCode::PRECONDITION_FAILED) => {
                Ok(ConditionalUpdate::ChangedThere)
            }
            Err(error) => Err(error),
        }
    }
}
