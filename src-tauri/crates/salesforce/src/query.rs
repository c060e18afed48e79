//! Asking: one page, the pages after it, all rows.
//!
//! A page's size is Salesforce's business; the end is where `done` says so. The address of the next
//! page comes from the server and goes back with the access token, so it must be a plain path below
//! `/services/data/`. A query that is too long for an address travels in the body of a composite
//! request. Source: REST guide, "Query" and "Query more results".

use chrono::{DateTime, Utc};
use futures::Stream;
use liaison_transport::ApiRequest;
use reqwest::header::{HeaderName, HeaderValue};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::error::{Addressed, SalesforceError};
use crate::pull::touched_since;
use crate::records::address_part;
use crate::{ObjectName, Query, Salesforce, Soql};

/// Salesforce refuses request lines and headers above 16,384 bytes together, and an access token in
/// the form of a JWT takes some thousand of them.
const MOST_ADDRESS_BYTES: usize = 8_000;

/// How many pages one walk follows: 2,000 rows each, so 4,000,000 rows.
const MOST_PAGES: usize = 2_000;

const QUERY_OPTIONS_NAME: &str = "sforce-query-options";
const LARGEST_PAGE_TEXT: &str = "batchSize=2000";
const QUERY_OPTIONS: HeaderName = HeaderName::from_static(QUERY_OPTIONS_NAME);
const LARGEST_PAGE: HeaderValue = HeaderValue::from_static(LARGEST_PAGE_TEXT);

/// Where the next page is: a checked path, short-lived and bound to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryLocator(String);

impl QueryLocator {
    fn checked(path: String) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
        let segments_are_real =
            path.split('/').skip(1).all(|segment| !segment.is_empty() && segment != "." && segment != "..");
        let below = path.strip_prefix("/services/data/v").is_some_and(|rest| rest.contains("/query"));
        (below && path.len() <= 512 && path.bytes().all(plain) && segments_are_real).then_some(Self(path))
    }
}

impl<'de> Deserialize<'de> for QueryLocator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::checked(String::deserialize(deserializer)?)
            .ok_or_else(|| de::Error::custom("not a path of query results"))
    }
}

/// A row that could not be read. Holds no content of the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    /// Position in the page, from 0.
    pub index: usize,
    /// The field that could not be read.
    pub field: String,
}

/// One page of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryPage<T> {
    /// Rows of the whole answer, as Salesforce counts them.
    pub total_size: u64,
    /// The rows that could be read, in order.
    pub records: Vec<T>,
    /// The rows that could not be read.
    pub skipped: Vec<SkippedRow>,
    /// Where the next page is; `None` on the last.
    pub next: Option<QueryLocator>,
}

/// What a walk along an answer reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryStep<T> {
    /// The next page.
    Page(QueryPage<T>),
    /// The last page was seen.
    Complete {
        /// Rows that could not be read.
        skipped: usize,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer<R = Box<RawValue>> {
    total_size: u64,
    done: bool,
    // Named, because a derived bound would ask the rows for a default.
    #[serde(default = "nowhere")]
    next_records_url: Option<QueryLocator>,
    records: Vec<R>,
}

fn nowhere() -> Option<QueryLocator> {
    None
}

impl<R> Answer<R> {
    fn check(&self, operation: &'static str) -> Result<(), SalesforceError> {
        if self.done == self.next_records_url.is_some() {
            let reason = "it is neither the last page nor names the next";
            return Err(SalesforceError::Mismatch { operation, reason });
        }
        Ok(())
    }
}

impl Salesforce {
    /// The first page of live rows: without deleted and archived ones.
    pub async fn query<T: DeserializeOwned>(&self, soql: &Soql) -> Result<QueryPage<T>, SalesforceError> {
        self.first_page("GET /query", "/query", soql).await
    }

    /// The first page of all rows: with deleted (`IsDeleted`) and archived ones.
    pub async fn query_all<T: DeserializeOwned>(&self, soql: &Soql) -> Result<QueryPage<T>, SalesforceError> {
        self.first_page("GET /queryAll", "/queryAll", soql).await
    }

    /// A further page. [`SalesforceError::is_locator_expired`] asks for the query to start over.
    pub async fn query_more<T: DeserializeOwned>(
        &self,
        locator: &QueryLocator,
    ) -> Result<QueryPage<T>, SalesforceError> {
        let request = ApiRequest::get("GET /query/{locator}", &locator.0).header(QUERY_OPTIONS, LARGEST_PAGE);
        let answer = self.fetch(request, Addressed::Resource).await?;
        page("GET /query/{locator}", answer)
    }

    /// Walks all pages of live rows. After an error the walk has ended, incomplete.
    pub fn walk_query<T: DeserializeOwned + Send + 'static>(
        &self,
        soql: Soql,
    ) -> impl Stream<Item = Result<QueryStep<T>, SalesforceError>> + Send + 'static {
        enum Position {
            First(Soql),
            At(QueryLocator),
            Ended,
        }

        let start = Some((Position::First(soql), 0_usize, 0_usize));
        let salesforce = self.clone();
        futures::stream::unfold(start, move |state| {
            let salesforce = salesforce.clone();
            async move {
                let (position, pages, skipped) = state?;
                let page: Result<QueryPage<T>, _> = match &position {
                    Position::Ended => {
                        return Some((Ok(QueryStep::Complete { skipped }), None));
                    }
                    Position::First(soql) => salesforce.query(soql).await,
                    Position::At(locator) if pages < MOST_PAGES => salesforce.query_more(locator).await,
                    Position::At(_) => Err(SalesforceError::Mismatch {
                        operation: "GET /query/{locator}",
                        reason: "the pages do not end",
                    }),
                };
                let page = match page {
                    Ok(page) => page,
                    Err(error) => return Some((Err(error), None)),
                };
                let skipped = skipped + page.skipped.len();
                let position = page.next.clone().map_or(Position::Ended, Position::At);
                Some((Ok(QueryStep::Page(page)), Some((position, pages + 1, skipped))))
            }
        })
    }

    /// All live rows of a small answer. For large ones use [`Self::walk_query`].
    ///
    /// # Errors
    /// Any error on the way, and a row that cannot be read: it would be missing without a word.
    pub async fn query_rows<T: DeserializeOwned>(&self, soql: &Soql) -> Result<Vec<T>, SalesforceError> {
        let page = self.query(soql).await?;
        self.rows(page).await
    }

    /// As [`Self::query_rows`], with deleted and archived rows.
    pub async fn query_all_rows<T: DeserializeOwned>(&self, soql: &Soql) -> Result<Vec<T>, SalesforceError> {
        let page = self.query_all(soql).await?;
        self.rows(page).await
    }

    /// How many live rows of an object this user may see; one call, whatever the number.
    pub async fn count(&self, object: &ObjectName) -> Result<u64, SalesforceError> {
        let soql = Query::from(object.as_str()).build_count()?;
        Ok(self.query::<serde::de::IgnoredAny>(&soql).await?.total_size)
    }

    /// How many of them were touched at or after a moment; one call, whatever the number.
    pub async fn count_since(&self, object: &ObjectName, since: DateTime<Utc>) -> Result<u64, SalesforceError> {
        let soql = Query::from(object.as_str()).filter(touched_since(since)).build_count()?;
        Ok(self.query::<serde::de::IgnoredAny>(&soql).await?.total_size)
    }

    async fn rows<T: DeserializeOwned>(&self, first: QueryPage<T>) -> Result<Vec<T>, SalesforceError> {
        let mut rows = Vec::new();
        let mut page = first;
        for _ in 0..MOST_PAGES {
            if !page.skipped.is_empty() {
                return Err(unfit("a row cannot be read"));
            }
            rows.append(&mut page.records);
            match page.next.take() {
                None => return Ok(rows),
                Some(locator) => page = self.query_more(&locator).await?,
            }
        }
        Err(unfit("the pages do not end"))
    }

    async fn first_page<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        path: &str,
        soql: &Soql,
    ) -> Result<QueryPage<T>, SalesforceError> {
        if let Some(request) = self.short_query(operation, path, soql) {
            return page(operation, self.fetch(request, Addressed::Resource).await?);
        }
        let address = format!("{}?q={}", self.data_path(path), address_part(soql.as_str()));
        let headers = json!({ QUERY_OPTIONS_NAME: LARGEST_PAGE_TEXT });
        self.fetch_in_body(operation, &address, headers).await?.page()
    }

    /// The request of a query that fits into an address.
    fn short_query(&self, operation: &'static str, path: &str, soql: &Soql) -> Option<ApiRequest> {
        let encoded: usize = url::form_urlencoded::byte_serialize(soql.as_str().as_bytes()).map(str::len).sum();
        (encoded <= MOST_ADDRESS_BYTES).then(|| {
            ApiRequest::get(operation, self.data_path(path))
                .query("q", soql.as_str())
                .header(QUERY_OPTIONS, LARGEST_PAGE)
        })
    }

    /// The first page of live rows as they are. Reading them at once is what makes a large pull
    /// quick; any object is such a row, so none can spoil the page.
    pub(crate) async fn query_objects(&self, soql: &Soql) -> Result<QueryPage<Map<String, Value>>, SalesforceError> {
        const OPERATION: &str = "GET /query";
        let Some(request) = self.short_query(OPERATION, "/query", soql) else { return self.query(soql).await };
        let response = self.send(request, Addressed::Resource).await?;
        let answer: Answer<Map<String, Value>> = match serde_json::from_slice(&response.body) {
            Ok(answer) => answer,
            // Says what is wrong, and where.
            Err(_) => response.json()?,
        };
        answer.check(OPERATION)?;
        let Answer { total_size, next_records_url: next, records, .. } = answer;
        Ok(QueryPage { total_size, records, skipped: Vec::new(), next })
    }
}

/// Reads rows one by one, so that a bad row costs itself and not its page.
pub(crate) fn page<T: DeserializeOwned>(
    operation: &'static str,
    answer: Answer,
) -> Result<QueryPage<T>, SalesforceError> {
    answer.check(operation)?;
    let mut records = Vec::with_capacity(answer.records.len());
    let mut skipped = Vec::new();
    for (index, row) in answer.records.iter().enumerate() {
        match read_row(row) {
            Ok(record) => records.push(record),
            Err(field) => skipped.push(SkippedRow { index, field }),
        }
    }
    Ok(QueryPage { total_size: answer.total_size, records, skipped, next: answer.next_records_url })
}

/// Following the path of each field costs as much as reading it, so that is done for bad rows only.
fn read_row<T: DeserializeOwned>(row: &RawValue) -> Result<T, String> {
    if let Ok(record) = serde_json::from_str(row.get()) {
        return Ok(record);
    }
    let mut deserializer = serde_json::Deserializer::from_str(row.get());
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| error.path().to_string())
}

fn unfit(reason: &'static str) -> SalesforceError {
    SalesforceError::Mismatch { operation: "GET /query", reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SalesforceId;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        #[serde(rename = "Id")]
        id: SalesforceId,
    }

    fn read(json: &str) -> Result<QueryPage<Row>, SalesforceError> {
        page("GET /query", crate::test_support::response(200, json).json()?)
    }

    #[test]
    fn a_bad_row_costs_itself_only() {
        let page = read(
            r#"{"totalSize":3,"done":true,"records":[
                {"attributes":{"type":"Lead"},"Id":"00Q000000000001"},
                {"Id":"nonsense"},{"Id":"00Q000000000002"}]}"#,
        )
        .unwrap();
        assert_eq!(page.records.len(), 2);
        assert_eq!(page.skipped, [SkippedRow { index: 1, field: "Id".to_owned() }]);
        assert_eq!(page.next, None);
    }

    #[test]
    fn an_answer_that_contradicts_itself_is_no_end() {
        for json in [
            r#"{"totalSize":1,"done":false,"records":[]}"#,
            r#"{"totalSize":1,"done":true,"nextRecordsUrl":"/services/data/v62.0/query/01g-2000","records":[]}"#,
        ] {
            assert!(matches!(read(json), Err(SalesforceError::Mismatch { .. })), "{json}");
        }
        for json in ["{}", r#"{"done":true}"#, r#"{"records":[]}"#, "[]"] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn every_cut_of_an_answer_is_an_error() {
        let json = r#"{"totalSize":1,"done":true,"records":[{"Id":"00Q000000000001"}]}"#;
        assert!(read(json).is_ok());
        for length in 0..json.len() {
            assert!(read(&json[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn the_next_page_is_below_the_data_path() {
        let accepted = |path: &str| QueryLocator::checked(path.to_owned()).is_some();
        assert!(accepted("/services/data/v62.0/query/01gxx0000000001AAA-2000"));
        assert!(accepted("/services/data/v62.0/queryAll/01gxx0000000001AAA-2000"));
        for path in [
            "",
            "https://example.org/services/data/v62.0/query/x",
            "//example.org/services/data/v62.0/query/x",
            "/services/oauth2/revoke",
            "/services/data/v62.0/../../oauth2/query/x",
            "/services/data/v62.0/query//x",
            "/services/data/v62.0/query/x?y=z",
            "/services/data/v62.0/query/x%2f..",
            "/services/data/v62.0/query/x#y",
            "/services/data/v62.0/sobjects/Lead",
            "/services/data/v62.0/query/x\\y",
        ] {
            assert!(!accepted(path), "{path}");
        }
    }
}
