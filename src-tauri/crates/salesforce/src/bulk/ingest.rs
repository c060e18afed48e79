//! Jobs that write. Data counts only once the job is closed, so a job whose upload was cut off does
//! nothing: it is given up and another is made.

use liaison_transport::ApiRequest;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::result::List;
use super::{BulkJob, BulkRow, BulkState, JobKind, Polling, Sheet, ends_with_a_row};
use crate::error::{Addressed, InvalidRequest, SalesforceError};
use crate::{FieldName, ObjectName, Salesforce, SalesforceId};

/// What a job does with its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkOperation {
    /// Makes records. There is no key against doing this twice.
    Insert,
    /// Changes records by `Id`.
    Update,
    /// Makes records or changes those that exist; keys must differ.
    Upsert {
        /// The external-id field.
        key_field: FieldName,
    },
    /// Deletes records by `Id`.
    Delete,
}

impl BulkOperation {
    fn body(&self, object: &ObjectName) -> Value {
        let name = match self {
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Upsert { .. } => "upsert",
            Self::Delete => "delete",
        };
        let mut body = json!({
            "object": object.as_str(), "operation": name, "contentType": "CSV", "lineEnding": "LF",
            "columnDelimiter": "COMMA",
        });
        if let Self::Upsert { key_field } = self {
            body["externalIdFieldName"] = Value::from(key_field.as_str());
        }
        body
    }
}

impl Salesforce {
    /// Makes a job. It waits for its data and does nothing by itself.
    pub async fn create_ingest_job(
        &self,
        object: &ObjectName,
        operation: &BulkOperation,
    ) -> Result<BulkJob, SalesforceError> {
        let request =
            ApiRequest::post("POST /jobs/ingest", self.data_path("/jobs/ingest")).json(operation.body(object));
        self.fetch(request, Addressed::Resource).await
    }

    /// Gives a job its data: once. After an error [`Self::abort_ingest_job`] and begin again.
    pub async fn upload_ingest_data(&self, job: SalesforceId, sheet: Sheet) -> Result<(), SalesforceError> {
        if sheet.is_empty() {
            return Err(InvalidRequest { field: "records", reason: "are none" }.into());
        }
        let path = self.data_path(&format!("/jobs/ingest/{job}/batches"));
        let request = ApiRequest::put("PUT /jobs/ingest/{id}/batches", path)
            .text("text/csv", sheet.into_csv()?)
            .idempotent(false)
            .total_timeout(std::time::Duration::from_mins(5));
        self.settle(request, Addressed::Resource, StatusCode::CREATED).await
    }

    /// Closes a job: from here on its rows take effect. The job's id has to be stored before, so
    /// that a lost answer is followed by a look and not by a second job.
    pub async fn close_ingest_job(&self, job: SalesforceId) -> Result<BulkJob, SalesforceError> {
        match self.set_ingest_state(job, &BulkState::UploadComplete).await {
            Err(error) if error.outcome_unknown() => {
                let found: BulkJob = self.fetch(JobKind::Ingest.look(self, job), Addressed::Resource).await?;
                // It never heard of it.
                if found.state == BulkState::Open {
                    return self.set_ingest_state(job, &BulkState::UploadComplete).await;
                }
                Ok(found)
            }
            answered => answered,
        }
    }

    /// Gives a job up. Rows that were done stay done.
    pub async fn abort_ingest_job(&self, job: SalesforceId) -> Result<BulkJob, SalesforceError> {
        self.set_ingest_state(job, &BulkState::Aborted).await
    }

    async fn set_ingest_state(&self, job: SalesforceId, state: &BulkState) -> Result<BulkJob, SalesforceError> {
        let path = self.data_path(&format!("/jobs/ingest/{job}"));
        let request = ApiRequest::patch("PATCH /jobs/ingest/{id}", path).json(json!({ "state": state.as_str() }));
        self.fetch(request, Addressed::Resource).await
    }

    /// Looks at a writing job until it is done or `polling` has no more patience:
    /// [`BulkState::is_final`] tells which.
    pub async fn await_ingest_job(&self, job: SalesforceId, polling: &Polling) -> Result<BulkJob, SalesforceError> {
        self.await_job(JobKind::Ingest, job, polling).await
    }

    /// What became of the rows of a job that is done, in Salesforce's order. `sent` is the number of
    /// rows it was given: lists that must be empty are not asked for.
    ///
    /// # Errors
    /// Any error; and rows that are in no list, whose fate is unknown.
    pub async fn ingest_results(&self, job: &BulkJob, sent: usize) -> Result<Vec<BulkRow>, SalesforceError> {
        let mut rows = Vec::new();
        if job.number_records_failed < job.number_records_processed || !job.state.is_final() {
            rows.extend(self.ingest_list(job.id, List::Successful).await?);
        }
        if job.number_records_failed > 0 {
            rows.extend(self.ingest_list(job.id, List::Failed).await?);
        }
        if rows.len() < sent {
            rows.extend(self.ingest_list(job.id, List::Unprocessed).await?);
        }
        if rows.len() == sent {
            return Ok(rows);
        }
        let operation = List::Successful.operation();
        Err(SalesforceError::Mismatch { operation, reason: "its lists hold another number of rows" })
    }

    async fn ingest_list(&self, job: SalesforceId, list: List) -> Result<Vec<BulkRow>, SalesforceError> {
        let path = self.data_path(&format!("/jobs/ingest/{job}/{}", list.path()));
        let response = self.fetch_csv(ApiRequest::get(list.operation(), path)).await?;
        // Rows that were not processed come as they were sent.
        if list != List::Unprocessed && !ends_with_a_row(&response.body) {
            let reason = "it ends inside a row";
            return Err(SalesforceError::Mismatch { operation: list.operation(), reason });
        }
        list.rows(&response.body, Addressed::Record)
    }

    /// Makes a job, gives it its data and closes it.
    ///
    /// For upserts and what else does no harm twice; an insert takes the steps one by one, with the
    /// job's id stored before [`Self::close_ingest_job`].
    pub async fn start_ingest(
        &self,
        object: &ObjectName,
        operation: &BulkOperation,
        sheet: Sheet,
    ) -> Result<BulkJob, SalesforceError> {
        let job = self.create_ingest_job(object, operation).await?;
        self.upload_ingest_data(job.id, sheet).await?;
        self.close_ingest_job(job.id).await
    }
}
