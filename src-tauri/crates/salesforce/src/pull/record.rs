//! Any object in the order its records were touched.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::bulk::CsvRows;
use super::row::{Row, typed};
use super::selection::Selection;
use super::{BulkPullPage, FieldHash, LARGEST_PAGE, PeopleCursor, PullCursor};
use crate::error::SalesforceError;
use crate::{
    BulkLocator, InvalidQuery, ObjectDescription, QueryPage, Record, Salesforce, SalesforceId, SkippedRow, Soql,
};

/// An object that can be pulled: Lead, Contact, Account, Opportunity, Case, User, Event,
/// EventRelation, Task, Campaign, CampaignMember, CampaignMemberStatus.
pub trait PulledRecord: DeserializeOwned + Send + 'static {
    /// API name.
    const OBJECT: &'static str;
    /// What a pull reads, as far as the user may see it.
    const FIELDS: &'static [&'static str];

    /// Id.
    fn id(&self) -> SalesforceId;

    /// When it was last touched, by whatever.
    fn system_modstamp(&self) -> Option<DateTime<Utc>>;
}

/// What to pull of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullQuery<T> {
    selection: Selection,
    record: PhantomData<fn() -> T>,
}

impl<T: PulledRecord> PullQuery<T> {
    /// Takes the fields that `description` shows; hidden ones would make the whole query fail.
    #[must_use]
    pub fn new(description: &ObjectDescription) -> Self {
        Self { selection: Selection::new(T::OBJECT, T::FIELDS, description), record: PhantomData }
    }

    /// The fields that are read. Those that are not are unknown, not empty.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.selection.names()
    }

    /// The query of one page.
    ///
    /// # Errors
    /// None in practice: all parts were checked before.
    pub fn page(&self, after: Option<&PullCursor>, page_size: u32) -> Result<Soql, InvalidQuery> {
        self.selection.page(after, page_size)
    }

    /// The query of all rows at once, for [`Salesforce::start_bulk_query`].
    ///
    /// # Errors
    /// None in practice: all parts were checked before.
    pub fn whole(&self) -> Result<Soql, InvalidQuery> {
        self.selection.whole()
    }
}

/// A record of a pull, and what its row said.
#[derive(Clone, PartialEq)]
pub struct Pulled<T> {
    /// The record.
    pub record: T,
    row: Row,
}

impl<T> Pulled<T> {
    /// Tells whether anything that was read has changed since the last time, whatever moved the
    /// stamp.
    #[must_use]
    pub fn field_hash(&self) -> FieldHash {
        FieldHash::of_row(&self.row)
    }

    /// Whether the row says what was pushed: then the change is our own coming back. Fields that
    /// were pushed and are not read say nothing.
    #[must_use]
    pub fn echoes(&self, pushed: &Record) -> bool {
        let read: Vec<&str> = pushed.fields().filter(|name| self.row.contains_key(*name)).collect();
        !read.is_empty() && FieldHash::of_fields(&self.row, &read) == pushed.hash_of(&read)
    }

    /// What a text field of the row holds.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.row.get(field).and_then(Value::as_str)
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Pulled<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.record.fmt(formatter)
    }
}

/// One page of a pull.
#[derive(Debug, Clone, PartialEq)]
pub struct PullPage<T> {
    /// The rows that could be read.
    pub rows: Vec<Pulled<T>>,
    /// The rows that could not be read.
    pub skipped: Vec<SkippedRow>,
    /// The place after this page: to be stored with the rows, in one transaction. The place asked
    /// with, when there was no row.
    pub cursor: Option<PullCursor>,
    /// Whether there is more to pull now.
    pub has_more: bool,
}

impl Salesforce {
    /// Pulls the page of records after a place; the first one for `None`. At most `page_size` rows,
    /// 2,000 at the largest.
    pub async fn pull<T: PulledRecord>(
        &self,
        query: &PullQuery<T>,
        after: Option<&PullCursor>,
        page_size: u32,
    ) -> Result<PullPage<T>, SalesforceError> {
        let soql = query.page(after, page_size)?;
        read_page(self.query_objects(&soql).await?, after, page_size)
    }

    /// Reads a page of the results of a Bulk query of [`PullQuery::whole`].
    pub async fn pull_in_bulk<T: PulledRecord>(
        &self,
        query: &PullQuery<T>,
        job: SalesforceId,
        from: Option<&BulkLocator>,
        rows: u32,
    ) -> Result<BulkPullPage<Pulled<T>>, SalesforceError> {
        let page = self.bulk_query_page(job, from, rows).await?;
        let (rows, skipped) = row_page(CsvRows::read(&page, &query.selection)?.rows);
        Ok(BulkPullPage { rows, skipped, next: page.next })
    }
}

/// Reads the rows of a page and finds the place after it.
pub(super) fn read_page<T: PulledRecord>(
    page: QueryPage<Row>,
    after: Option<&PeopleCursor>,
    page_size: u32,
) -> Result<PullPage<T>, SalesforceError> {
    let unfit = |reason| SalesforceError::Mismatch { operation: "GET /query", reason };
    if !page.skipped.is_empty() {
        return Err(unfit("a row is no record"));
    }
    let size = page_size.clamp(1, LARGEST_PAGE) as usize;
    // Salesforce may send fewer rows than asked for and offer the rest by a locator. Locators
    // expire; the place does not.
    let has_more = page.next.is_some() || page.records.len() >= size;
    let (rows, skipped) = row_page::<T>(page.records);
    let place = |last: &Pulled<T>| {
        let system_modstamp = last.record.system_modstamp()?;
        Some(PullCursor { system_modstamp, id: Some(last.record.id()) })
    };
    let cursor = match rows.last() {
        Some(last) => Some(place(last).ok_or_else(|| unfit("a row has no place in the order"))?),
        None if has_more => {
            // Going on would ask the same question for ever.
            return Err(unfit("no row of a whole page can be read"));
        }
        None => after.copied(),
    };
    Ok(PullPage { rows, skipped, cursor, has_more })
}

/// Reads rows one by one, so that a bad row costs itself and not its page.
pub(super) fn row_page<T: DeserializeOwned>(rows: Vec<Row>) -> (Vec<Pulled<T>>, Vec<SkippedRow>) {
    let (mut read, mut skipped) = (Vec::with_capacity(rows.len()), Vec::new());
    for (index, row) in rows.into_iter().enumerate() {
        match typed(&row) {
            Ok(record) => read.push(Pulled { record, row }),
            Err(field) => skipped.push(SkippedRow { index, field }),
        }
    }
    (read, skipped)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Account, Opportunity, Task};

    fn row(value: &Value) -> Row {
        value.as_object().unwrap().clone()
    }

    fn account(name: &Value) -> Row {
        row(&json!({"attributes": {"type": "Account"}, "Id": "001000000000001",
            "SystemModstamp": "2027-03-09T14:30:05.000+0000", "Name": name}))
    }

    #[test]
    fn a_bad_row_costs_itself_and_names_its_field() {
        let rows = vec![account(&json!("Northwind")), account(&json!(7)), account(&Value::Null), Row::new()];
        let (read, skipped) = row_page::<Account>(rows);
        assert_eq!(read.iter().map(|row| row.record.name.as_deref()).collect::<Vec<_>>(), [Some("Northwind"), None]);
        let fields: Vec<_> = skipped.iter().map(|row| (row.index, row.field.as_str())).collect();
        assert_eq!(fields, [(1, "Name"), (3, "a field that is missing")]);
    }

    #[test]
    fn a_page_that_leads_nowhere_is_an_error() {
        let page = |records: Vec<Row>| QueryPage { total_size: 1, records, skipped: Vec::new(), next: None };
        assert!(read_page::<Account>(page(vec![Row::new()]), None, 1).is_err());
        let short = read_page::<Account>(page(vec![Row::new()]), None, 2).unwrap();
        assert_eq!((short.cursor, short.has_more, short.skipped.len()), (None, false, 1));
        let last = read_page::<Account>(page(vec![account(&Value::Null)]), None, 2).unwrap();
        assert_eq!(last.cursor.unwrap().id, "001000000000001".parse().ok());
    }

    #[test]
    fn our_own_push_is_recognised() {
        let pushed = crate::NewTask::new("Call with Robin").to_record().unwrap().with("Priority", "High");
        let with = |subject: &str| {
            let row = row(&json!({"Id": "00T000000000001", "SystemModstamp": "2027-03-09T14:30:05.000+0000",
                "Subject": subject, "Status": "Open"}));
            row_page::<Task>(vec![row]).0.remove(0)
        };
        assert!(with("Call with Robin").echoes(&pushed));
        assert!(!with("Call with Robin, edited").echoes(&pushed));
        assert!(!with("Call with Robin").echoes(&Record::new().with("Priority", "High")));
    }

    #[test]
    fn odd_values_of_an_opportunity_are_named() {
        for (field, value) in [("CloseDate", json!("soon")), ("Amount", json!("1")), ("OwnerId", json!("x"))] {
            let mut row = account(&Value::Null);
            row.insert(field.to_owned(), value);
            let (_, skipped) = row_page::<Opportunity>(vec![row]);
            assert_eq!(skipped[0].field, field);
        }
    }
}
