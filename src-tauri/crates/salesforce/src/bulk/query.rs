//! Jobs that read. The results come in pages of the caller's size, one in memory at a time.

use liaison_transport::{ApiRequest, Bytes};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::json;

use super::{BulkJob, JobKind, Polling, ends_with_a_row};
use crate::error::{Addressed, SalesforceError};
use crate::{Salesforce, SalesforceId, Soql};

/// Longest locator that is kept.
const LOCATOR_BYTES: usize = 512;

/// Where a page of results begins. To be stored with the rows of the page before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkLocator(String);

impl BulkLocator {
    /// Takes up a locator that was stored.
    #[must_use]
    pub fn stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The locator, to be stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A page of results.
#[derive(Clone)]
pub struct BulkPage {
    csv: Bytes,
    /// How many rows Salesforce says there are.
    announced: Option<usize>,
    /// Where the next page is; `None` on the last.
    pub next: Option<BulkLocator>,
}

impl BulkPage {
    /// Reads row after row; a row with another number of cells than the header is an error.
    pub(crate) fn reader(&self) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new().has_headers(true).flexible(false).from_reader(&self.csv)
    }

    /// Whether `rows` is the number of rows that Salesforce told, if it told one.
    pub(crate) fn holds(&self, rows: usize) -> bool {
        self.announced.is_none_or(|announced| announced == rows)
    }

    #[cfg(test)]
    pub(crate) fn for_test(csv: &str) -> Self {
        Self { csv: Bytes::copy_from_slice(csv.as_bytes()), announced: None, next: None }
    }
}

/// Rows are other people's data: `Debug` shows the size.
impl std::fmt::Debug for BulkPage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("BulkPage")
            .field("bytes", &self.csv.len())
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

impl Salesforce {
    /// Makes a job that reads live rows, or deleted and archived ones as well.
    ///
    /// Sub-queries, aggregates and offsets are refused there. Never repeated by itself; a job that
    /// nobody looks at costs nothing but its place in the org's daily number of jobs.
    pub async fn start_bulk_query(&self, soql: &Soql, with_deleted: bool) -> Result<BulkJob, SalesforceError> {
        let operation = if with_deleted { "queryAll" } else { "query" };
        let request = ApiRequest::post("POST /jobs/query", self.data_path("/jobs/query")).json(json!({
            "operation": operation, "query": soql.as_str(), "contentType": "CSV",
            "columnDelimiter": "COMMA", "lineEnding": "LF",
        }));
        self.fetch(request, Addressed::Resource).await
    }

    /// Looks at a query job until it is done or `polling` has no more patience:
    /// [`BulkState::is_final`](crate::BulkState::is_final) tells which.
    pub async fn await_bulk_query(&self, job: SalesforceId, polling: &Polling) -> Result<BulkJob, SalesforceError> {
        self.await_job(JobKind::Query, job, polling).await
    }

    /// Reads up to `rows` rows of the results of a job that is complete.
    ///
    /// # Errors
    /// Among others, `TransportError::TooLarge`: ask for fewer rows.
    pub async fn bulk_query_page(
        &self,
        job: SalesforceId,
        from: Option<&BulkLocator>,
        rows: u32,
    ) -> Result<BulkPage, SalesforceError> {
        let path = self.data_path(&format!("/jobs/query/{job}/results"));
        let request = ApiRequest::get("GET /jobs/query/{id}/results", path)
            .query("maxRecords", rows.max(1).to_string())
            .query_opt("locator", from.map(BulkLocator::as_str));
        let response = self.fetch_csv(request).await?;
        if !ends_with_a_row(&response.body) {
            return Err(unfit("it ends inside a row"));
        }
        let next = next(&response.headers, from)?;
        Ok(BulkPage { announced: announced(&response.headers), csv: response.body, next })
    }

    /// Removes a query job that is done, with its results. One that still works is refused.
    pub async fn delete_bulk_query(&self, job: SalesforceId) -> Result<(), SalesforceError> {
        let path = self.data_path(&format!("/jobs/query/{job}"));
        let request = ApiRequest::delete("DELETE /jobs/query/{id}", path);
        self.settle(request, Addressed::Record, StatusCode::NO_CONTENT).await
    }
}

fn unfit(reason: &'static str) -> SalesforceError {
    SalesforceError::Mismatch { operation: "GET /jobs/query/{id}/results", reason }
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get("Sforce-NumberOfRecords")?.to_str().ok()?.trim().parse().ok()
}

/// The locator of the next page. On the last page the header says `null`, as a word.
fn next(headers: &HeaderMap, from: Option<&BulkLocator>) -> Result<Option<BulkLocator>, SalesforceError> {
    let header = headers.get("Sforce-Locator").ok_or_else(|| unfit("it does not tell where the next page is"))?;
    let text = header.to_str().map_err(|_| unfit("its locator is no text"))?.trim();
    if text == "null" {
        return Ok(None);
    }
    if text.is_empty() || text.len() > LOCATOR_BYTES || from.is_some_and(|from| from.as_str() == text) {
        return Err(unfit("its locator leads nowhere"));
    }
    Ok(Some(BulkLocator(text.to_owned())))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn the_end_is_where_salesforce_says_so() {
        let read = |value: Option<&'static str>, from: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(value) = value {
                headers.insert("sforce-locator", HeaderValue::from_static(value));
            }
            next(&headers, from.map(BulkLocator::stored).as_ref())
        };
        assert_eq!(read(Some("null"), None).unwrap(), None);
        assert_eq!(read(Some("a&b=="), None).unwrap().unwrap().as_str(), "a&b==");
        for (value, from) in [(None, None), (Some(""), None), (Some("abc"), Some("abc"))] {
            assert!(read(value, from).is_err(), "{value:?}");
        }
    }
}
