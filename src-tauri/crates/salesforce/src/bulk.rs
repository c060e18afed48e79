//! Bulk API 2.0: jobs over CSV, for thousands of records at a time.
//!
//! A job is made, gets its data, is closed, and works while it is looked at now and then; its
//! results are rows of CSV in no particular order. A job that completed can still hold rows that
//! failed. Source: Bulk API 2.0 and Bulk API Developer Guide.

mod ingest;
mod query;
mod result;
mod sheet;

use std::time::Duration;

use chrono::{DateTime, Utc};
use liaison_transport::ApiRequest;
use reqwest::header::{ACCEPT, HeaderValue};
use serde::Deserialize;

pub use ingest::BulkOperation;
pub use query::{BulkLocator, BulkPage};
pub use result::BulkRow;
pub use sheet::{MOST_SHEET_BYTES, Sheet};

use crate::error::{Addressed, SalesforceError, ServerText};
use crate::open_enum::open_text_enum;
use crate::{Salesforce, SalesforceId, moment};

const CSV: HeaderValue = HeaderValue::from_static("text/csv");

open_text_enum! {
    /// Where a job stands.
    BulkState {
        /// It waits for its data.
        Open = "Open",
        /// It has its data and waits for its turn.
        UploadComplete = "UploadComplete",
        /// It works.
        InProgress = "InProgress",
        /// It is done; rows may have failed.
        JobComplete = "JobComplete",
        /// It failed as a whole; some rows may have been done.
        Failed = "Failed",
        /// Somebody ended it; some rows may have been done.
        Aborted = "Aborted",
    }
}

impl BulkState {
    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::JobComplete | Self::Failed | Self::Aborted)
    }
}

/// A job as Salesforce tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkJob {
    /// Id.
    pub id: SalesforceId,
    /// Where it stands.
    pub state: BulkState,
    /// The object it works on.
    #[serde(default)]
    pub object: Option<String>,
    /// When it was made, by Salesforce's clock.
    #[serde(default, rename = "createdDate", deserialize_with = "moment::optional")]
    pub created_utc: Option<DateTime<Utc>>,
    /// Rows it has been through, failed ones included.
    #[serde(default)]
    pub number_records_processed: u64,
    /// Rows that failed.
    #[serde(default)]
    pub number_records_failed: u64,
    /// Why it failed as a whole.
    #[serde(default, deserialize_with = "text_of_server")]
    pub error_message: ServerText,
}

fn text_of_server<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<ServerText, D::Error> {
    Ok(ServerText::new(Option::<String>::deserialize(deserializer)?.unwrap_or_default()))
}

/// How patiently a job is looked at: each look is a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Polling {
    /// The first pause; each further one is twice as long.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
    /// When to stop looking: the job goes on, and can be looked at again.
    pub total: Duration,
}

impl Default for Polling {
    fn default() -> Self {
        Self { first: Duration::from_secs(2), longest: Duration::from_secs(30), total: Duration::from_mins(30) }
    }
}

/// The two kinds of jobs, which differ in their address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum JobKind {
    Ingest,
    Query,
}

impl JobKind {
    fn look(self, salesforce: &Salesforce, id: SalesforceId) -> ApiRequest {
        match self {
            Self::Ingest => {
                ApiRequest::get("GET /jobs/ingest/{id}", salesforce.data_path(&format!("/jobs/ingest/{id}")))
            }
            Self::Query => ApiRequest::get("GET /jobs/query/{id}", salesforce.data_path(&format!("/jobs/query/{id}"))),
        }
    }
}

impl Salesforce {
    /// Looks at a job until it is done or `polling` has no more patience: [`BulkState::is_final`]
    /// tells which.
    async fn await_job(&self, kind: JobKind, id: SalesforceId, polling: &Polling) -> Result<BulkJob, SalesforceError> {
        let mut pause = polling.first;
        let mut waited = Duration::ZERO;
        loop {
            let job: BulkJob = self.fetch(kind.look(self, id), Addressed::Resource).await?;
            if job.state.is_final() || waited >= polling.total {
                return Ok(job);
            }
            tokio::time::sleep(pause).await;
            waited += pause;
            pause = (pause * 2).min(polling.longest).max(Duration::from_millis(1));
        }
    }

    /// Fetches CSV.
    async fn fetch_csv(&self, request: ApiRequest) -> Result<liaison_transport::ApiResponse, SalesforceError> {
        let request = request.header(ACCEPT, CSV).total_timeout(Duration::from_mins(2));
        let operation = request.operation;
        let response = self.send(request, Addressed::Resource).await?;
        if response.media_type() != "text/csv" {
            return Err(SalesforceError::Mismatch { operation, reason: "it is no CSV" });
        }
        if !is_closed(&response.body) {
            return Err(SalesforceError::Mismatch { operation, reason: "it ends inside a cell" });
        }
        Ok(response)
    }
}

/// Whether every quote that opens a cell has one that closes it: a reader of CSV takes the end of
/// the text for the end of the cell, so a cut would shorten the last value without a word.
fn is_closed(csv: &[u8]) -> bool {
    csv.iter().fold(true, |closed, byte| closed != (*byte == b'"'))
}

/// Whether no cell is missing behind the last byte of what Salesforce wrote. It quotes every cell, so
/// after the last one comes its quote or a line end; after a comma a reader sees an empty cell.
fn ends_with_a_row(csv: &[u8]) -> bool {
    csv.first() != Some(&b'"') || matches!(csv.last(), Some(b'"' | b'\n' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_is_no_end() {
        for (csv, whole) in [("", true), ("\"Id\"\n\"1\"\n", true), ("\"Id\"\n\"1\"", true), ("\"Id\",", false)] {
            assert_eq!(ends_with_a_row(csv.as_bytes()), whole, "{csv:?}");
        }
    }

    #[test]
    fn a_job_is_read_with_what_it_tells() {
        let job: BulkJob = serde_json::from_str(
            r#"{"id":"750000000000001","operation":"query","object":"Lead","createdDate":"2027-03-09T14:30:05.000+0000",
                "state":"Resting","apiVersion":68.0,"errorMessage":null,"numberRecordsProcessed":7}"#,
        )
        .unwrap();
        assert_eq!(job.state, BulkState::Other("Resting".to_owned()));
        assert!(!job.state.is_final());
        assert_eq!((job.number_records_processed, job.number_records_failed), (7, 0));
        assert!(serde_json::from_str::<BulkJob>(r#"{"id":"750000000000001"}"#).is_err());
    }
}
