//! Which ids changed or were deleted in a span of time: no fields, no rows, no right but to read.
//!
//! Salesforce reads the span in whole minutes and tells how far its answer reaches; that moment, by
//! the server's clock, is where the next span begins. Long transactions let it lag, by hours at
//! times. Source: REST guide, "sObject Get Updated" and "sObject Get Deleted".

use chrono::{DateTime, TimeDelta, Utc};
use liaison_transport::ApiRequest;
use serde::Deserialize;

use crate::error::{Addressed, InvalidRequest, SalesforceError};
use crate::moment::{self, format_moment};
use crate::{ObjectName, Salesforce, SalesforceId};

/// How far back [`Salesforce::updated_ids`] can ask.
pub const UPDATED_REACH: TimeDelta = TimeDelta::days(30);
/// How far back [`Salesforce::deleted_ids`] can ask.
pub const DELETED_REACH: TimeDelta = TimeDelta::days(15);

/// A shorter span may lie within one minute, which is none.
const SHORTEST_SPAN: TimeDelta = TimeDelta::minutes(2);

/// Ids that were made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdatedIds {
    /// The ids.
    pub ids: Vec<SalesforceId>,
    /// How far the answer reaches: the start of the next span.
    #[serde(rename = "latestDateCovered", deserialize_with = "moment::deserialize")]
    pub covered_utc: DateTime<Utc>,
}

/// Ids that were deleted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedIds {
    /// The deletions.
    #[serde(rename = "deletedRecords")]
    pub records: Vec<DeletedId>,
    /// The oldest deletion Salesforce remembers. When it is later than the start of the span,
    /// deletions may be missing and ids have to be compared: see [`Salesforce::visible_ids`].
    #[serde(rename = "earliestDateAvailable", deserialize_with = "moment::deserialize")]
    pub earliest_utc: DateTime<Utc>,
    /// How far the answer reaches: the start of the next span.
    #[serde(rename = "latestDateCovered", deserialize_with = "moment::deserialize")]
    pub covered_utc: DateTime<Utc>,
}

/// One deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct DeletedId {
    /// The record.
    pub id: SalesforceId,
    /// When.
    #[serde(rename = "deletedDate", deserialize_with = "moment::deserialize")]
    pub deleted_utc: DateTime<Utc>,
}

impl Salesforce {
    /// Ids that were made or changed in a span, at most 30 days back.
    pub async fn updated_ids(
        &self,
        object: &ObjectName,
        start_utc: DateTime<Utc>,
        end_utc: DateTime<Utc>,
    ) -> Result<UpdatedIds, SalesforceError> {
        let path = self.data_path(&format!("/sobjects/{object}/updated"));
        let request = ApiRequest::get("GET /sobjects/{object}/updated", path);
        self.fetch(in_span(request, start_utc, end_utc)?, Addressed::Resource).await
    }

    /// Ids that were deleted in a span, at most 15 days back.
    pub async fn deleted_ids(
        &self,
        object: &ObjectName,
        start_utc: DateTime<Utc>,
        end_utc: DateTime<Utc>,
    ) -> Result<DeletedIds, SalesforceError> {
        let path = self.data_path(&format!("/sobjects/{object}/deleted"));
        let request = ApiRequest::get("GET /sobjects/{object}/deleted", path);
        self.fetch(in_span(request, start_utc, end_utc)?, Addressed::Resource).await
    }
}

fn in_span(request: ApiRequest, start: DateTime<Utc>, end: DateTime<Utc>) -> Result<ApiRequest, InvalidRequest> {
    if end - start < SHORTEST_SPAN {
        return Err(InvalidRequest { field: "end", reason: "is less than two minutes after the start" });
    }
    Ok(request.query("start", format_moment(start)).query("end", format_moment(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_two_minutes_at_least() {
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let spanned = |seconds| in_span(ApiRequest::get("x", "/x"), start, start + TimeDelta::seconds(seconds));
        assert!(spanned(119).is_err());
        assert!(spanned(-600).is_err());
        let request = spanned(120).unwrap();
        assert_eq!(request.query[0], ("start".to_owned(), "2027-01-15T08:00:00.000Z".to_owned()));
    }

    #[test]
    fn an_answer_needs_its_reach() {
        let read = |json: &str| serde_json::from_str::<DeletedIds>(json);
        let whole = r#"{"deletedRecords":[{"id":"00Q000000000001","deletedDate":"2027-03-09T14:30:00.000+0000"}],
            "earliestDateAvailable":"2027-02-01T00:00:00.000+0000","latestDateCovered":"2027-03-09T14:31:00.000+0000"}"#;
        assert_eq!(read(whole).unwrap().records.len(), 1);
        assert!(read(&whole.replace("latestDateCovered", "x")).is_err());
        assert!(read(&whole.replace("earliestDateAvailable", "x")).is_err());
    }
}
