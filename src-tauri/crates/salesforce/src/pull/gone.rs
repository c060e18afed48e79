//! What is no longer there: deleted, merged into another record, or out of this user's sight.
//!
//! The recycle bin tells deletions and merges for some days. What was erased from it, or hidden by
//! a change of sharing, leaves no trace: now and then the ids that are left have to be compared.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use futures::StreamExt;
use serde::Deserialize;

use super::{LARGEST_PAGE, PullCursor, beyond, touched_since};
use crate::error::SalesforceError;
use crate::{
    Condition, Direction, InvalidQuery, ObjectDescription, ObjectName, Query, QueryStep, Salesforce, SalesforceId,
    Soql, moment,
};

/// A record in the recycle bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct GoneRecord {
    /// The record.
    #[serde(rename = "Id")]
    pub id: SalesforceId,
    /// When it was deleted.
    #[serde(rename = "SystemModstamp", deserialize_with = "moment::deserialize")]
    pub system_modstamp: DateTime<Utc>,
    /// The record it was merged into, which takes its place.
    #[serde(rename = "MasterRecordId", default)]
    pub merged_into: Option<SalesforceId>,
}

/// Which object's deletions to pull.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneQuery {
    object: ObjectName,
    merges: bool,
}

impl GoneQuery {
    /// Asks for merges where the object has them.
    ///
    /// # Errors
    /// The description's name is none.
    pub fn new(description: &ObjectDescription) -> Result<Self, InvalidQuery> {
        let object = ObjectName::new(&description.name)?;
        Ok(Self { object, merges: description.field("MasterRecordId").is_some() })
    }

    fn page(&self, after: &PullCursor, page_size: u32) -> Result<Soql, InvalidQuery> {
        Query::from(self.object.as_str())
            .select(["Id", "SystemModstamp"])
            .select(self.merges.then_some("MasterRecordId"))
            .filter(Condition::equals("IsDeleted", true))
            .filter(beyond(after))
            .order_by("SystemModstamp", Direction::Ascending)
            .order_by("Id", Direction::Ascending)
            .limit(page_size)
            .build()
    }
}

/// One page of deletions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GonePage {
    /// What is gone.
    pub records: Vec<GoneRecord>,
    /// The place after this page; the place asked with, when there was none.
    pub cursor: PullCursor,
    /// Whether there is more to pull now.
    pub has_more: bool,
}

impl Salesforce {
    /// Pulls the page of deletions and merges after a place. At most `page_size` rows, 2,000 at the
    /// largest.
    ///
    /// # Errors
    /// Any error, and a row that cannot be read: its record would stay for ever.
    pub async fn pull_gone(
        &self,
        query: &GoneQuery,
        after: &PullCursor,
        page_size: u32,
    ) -> Result<GonePage, SalesforceError> {
        let size = page_size.clamp(1, LARGEST_PAGE);
        let page = self.query_all::<GoneRecord>(&query.page(after, size)?).await?;
        if !page.skipped.is_empty() {
            return Err(SalesforceError::Mismatch { operation: "GET /queryAll", reason: "a row cannot be read" });
        }
        let has_more = page.next.is_some() || page.records.len() >= size as usize;
        let cursor = page
            .records
            .last()
            .map_or(*after, |last| PullCursor { system_modstamp: last.system_modstamp, id: Some(last.id) });
        Ok(GonePage { records: page.records, cursor, has_more })
    }

    /// The ids of all live records of an object that this user may see. Local records that are not
    /// among them are gone, if they were known before this call began.
    ///
    /// One call for 2,000 records: once in a while.
    ///
    /// # Errors
    /// Any error, after which nothing may be taken for gone.
    pub async fn visible_ids(&self, object: &ObjectName) -> Result<HashSet<SalesforceId>, SalesforceError> {
        self.visible_ids_since(object, None).await
    }

    /// As [`Self::visible_ids`], of records that were touched at or after a moment.
    ///
    /// # Errors
    /// Any error, after which nothing may be taken for gone.
    pub async fn visible_ids_since(
        &self,
        object: &ObjectName,
        since: Option<DateTime<Utc>>,
    ) -> Result<HashSet<SalesforceId>, SalesforceError> {
        #[derive(Deserialize)]
        struct Row {
            #[serde(rename = "Id")]
            id: SalesforceId,
        }

        let query = Query::from(object.as_str()).select(["Id"]);
        let soql = match since {
            Some(since) => query.filter(touched_since(since)).build()?,
            None => query.build()?,
        };
        let mut steps = std::pin::pin!(self.walk_query::<Row>(soql));
        let mut ids = HashSet::new();
        while let Some(step) = steps.next().await {
            match step? {
                QueryStep::Page(page) => ids.extend(page.records.into_iter().map(|row| row.id)),
                QueryStep::Complete { skipped: 0 } => return Ok(ids),
                QueryStep::Complete { .. } => break,
            }
        }
        Err(SalesforceError::Mismatch { operation: "GET /query", reason: "not every id can be read" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_are_asked_for_where_there_are_any() {
        let query = |fields: &str| {
            let json = format!(r#"{{"name":"Contact","fields":[{fields}]}}"#);
            let query = GoneQuery::new(&serde_json::from_str(&json).unwrap()).unwrap();
            let moment = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
            query.page(&PullCursor { system_modstamp: moment, id: None }, 5).unwrap().as_str().to_owned()
        };
        assert_eq!(
            query(r#"{"name":"MasterRecordId","type":"reference"}"#),
            "SELECT Id, SystemModstamp, MasterRecordId FROM Contact WHERE IsDeleted = true \
             AND SystemModstamp >= 2027-01-15T08:00:00.000Z ORDER BY SystemModstamp ASC, Id ASC LIMIT 5"
        );
        assert!(query("").starts_with("SELECT Id, SystemModstamp FROM Contact"));
    }
}
