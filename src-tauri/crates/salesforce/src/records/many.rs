//! Reading and deleting many records of one object by their ids. Source: REST guide, "sObject
//! Collections".

use liaison_transport::ApiRequest;
use serde::de::DeserializeOwned;
use serde_json::json;
use serde_json::value::RawValue;

use super::{COLLECTION_TIMEOUT, MOST_COLLECTION_ROWS, RowAnswer};
use crate::error::{Addressed, Disposition, InvalidRequest, Resolution, SalesforceError};
use crate::{Deletion, FieldName, ObjectName, RowRefusal, Salesforce, SalesforceId};

/// The most records that are read in one call.
pub const MOST_READ_ROWS: usize = 2_000;

/// The outcome of one deletion.
pub type RowDeletion = Result<Deletion, RowRefusal>;

impl Salesforce {
    /// Reads fields of up to 2,000 records; `None` stands for one that does not exist or that this
    /// user may not see.
    ///
    /// # Errors
    /// Any error, and a record that cannot be read.
    pub async fn get_many<T: DeserializeOwned>(
        &self,
        object: &ObjectName,
        ids: &[SalesforceId],
        fields: &[FieldName],
    ) -> Result<Vec<Option<T>>, SalesforceError> {
        const OPERATION: &str = "POST /composite/sobjects/{object}";
        check(ids, MOST_READ_ROWS)?;
        let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
        let request = ApiRequest::post(OPERATION, self.data_path(&format!("/composite/sobjects/{object}")))
            .json(json!({ "ids": ids, "fields": names }))
            .idempotent(true);
        let rows: Vec<Option<Box<RawValue>>> = self.fetch(request, Addressed::Resource).await?;
        let unfit = |reason| SalesforceError::Mismatch { operation: OPERATION, reason };
        if rows.len() != ids.len() {
            return Err(unfit("it has another number of rows"));
        }
        let read = |row: Box<RawValue>| serde_json::from_str(row.get()).map_err(|_| unfit("a row cannot be read"));
        rows.into_iter().map(|row| row.map(read).transpose()).collect()
    }

    /// Deletes up to 200 records; the outcomes come in the order of `ids`.
    ///
    /// # Errors
    /// The call as a whole failed.
    pub async fn delete_many(&self, ids: &[SalesforceId]) -> Result<Vec<RowDeletion>, SalesforceError> {
        const OPERATION: &str = "DELETE /composite/sobjects";
        check(ids, MOST_COLLECTION_ROWS)?;
        let list: Vec<&str> = ids.iter().map(SalesforceId::as_str).collect();
        let request = ApiRequest::delete(OPERATION, self.data_path("/composite/sobjects"))
            .query("ids", list.join(","))
            .query("allOrNone", "false")
            .total_timeout(COLLECTION_TIMEOUT);
        let answers: Vec<RowAnswer> = self.fetch(request, Addressed::Resource).await?;
        if answers.len() != ids.len() {
            let reason = "it has another number of rows";
            return Err(SalesforceError::Mismatch { operation: OPERATION, reason });
        }
        answers.iter().map(|answer| deletion(OPERATION, answer)).collect()
    }
}

fn deletion(operation: &'static str, answer: &RowAnswer) -> Result<RowDeletion, SalesforceError> {
    Ok(match answer.outcome(operation, false, Addressed::Record)? {
        Ok(_) => Ok(Deletion::Deleted),
        Err(refusal) if refusal.disposition == Disposition::Resolve(Resolution::Deleted) => Ok(Deletion::AlreadyGone),
        Err(refusal) => Err(refusal),
    })
}

fn check(ids: &[SalesforceId], most: usize) -> Result<(), InvalidRequest> {
    if ids.is_empty() || ids.len() > most {
        return Err(InvalidRequest { field: "ids", reason: "are none or too many for one call" });
    }
    Ok(())
}
