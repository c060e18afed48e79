//! A glance at what was touched or deleted lately: up to five objects in one call, which counts once.
//!
//! It shows a few rows of each object and nothing of what is in them but a name: enough to tell that nothing
//! happened, which is what most rounds of a day find.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::PullCursor;
use super::beyond;
use crate::error::{InvalidRequest, Refusal, SalesforceError};
use crate::{
    Composite, Condition, Direction, InvalidQuery, ObjectName, Query, ReferenceName, Salesforce, SalesforceId, Soql,
    Step, moment,
};

/// Rows of an object that a glance shows; where there are more, something happened.
const MOST_ROWS: u32 = 200;

/// What to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    object: ObjectName,
    since: PullCursor,
    deleted: bool,
    named: bool,
}

impl Look {
    /// Records of an object that were touched at or after a place.
    #[must_use]
    pub fn touched(object: ObjectName, since: PullCursor) -> Self {
        Self { object, since, deleted: false, named: false }
    }

    /// Records of an object that were deleted or merged away at or after a place.
    #[must_use]
    pub fn deleted(object: ObjectName, since: PullCursor) -> Self {
        Self { object, since, deleted: true, named: false }
    }

    /// With the records' names.
    #[must_use]
    pub fn named(self) -> Self {
        Self { named: true, ..self }
    }

    fn soql(&self) -> Result<Soql, InvalidQuery> {
        let mut query = Query::from(self.object.as_str())
            .select(["Id", "SystemModstamp"])
            .select(self.named.then_some("Name"))
            .filter(beyond(&self.since));
        if self.deleted {
            query = query.filter(Condition::equals("IsDeleted", true));
        }
        query
            .order_by("SystemModstamp", Direction::Ascending)
            .order_by("Id", Direction::Ascending)
            .limit(MOST_ROWS)
            .build()
    }

    fn step(&self) -> Result<Step, InvalidQuery> {
        let soql = self.soql()?;
        Ok(if self.deleted { Step::QueryAll(soql) } else { Step::Query(soql) })
    }
}

/// A record in a glance. Its name is somebody's data: it is not in `Debug`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Glimpse {
    /// The record.
    #[serde(rename = "Id")]
    pub id: SalesforceId,
    /// When it was last touched, or deleted.
    #[serde(rename = "SystemModstamp", deserialize_with = "moment::deserialize")]
    pub system_modstamp: DateTime<Utc>,
    /// Its name, where it was asked for.
    #[serde(rename = "Name", default)]
    pub name: Option<String>,
}

impl std::fmt::Debug for Glimpse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Glimpse({})", self.id)
    }
}

/// What a look at one object showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// In the order in which they were touched.
    pub rows: Vec<Glimpse>,
    /// Whether there is more than was shown, or a row that can't be read.
    pub more: bool,
    /// The place after the last row; the place asked with, when there was none.
    pub cursor: PullCursor,
}

impl Salesforce {
    /// Looks at one to five objects in one call. The outcomes come in the order of the looks; an object that this
    /// user may not see is a refusal of its own and spoils none of the others.
    ///
    /// # Errors
    /// The call as a whole failed, or an answer cannot be read.
    pub async fn look(&self, looks: &[Look]) -> Result<Vec<Result<Seen, Refusal>>, SalesforceError> {
        let mut composite = Composite::new();
        for (index, look) in looks.iter().enumerate() {
            composite = composite.step(name(index)?, look.step()?);
        }
        let outcomes = self.composite(&composite).await?;
        let seen = looks.iter().zip(outcomes).map(|(look, outcome)| {
            let answer = match outcome {
                Ok(answer) => answer,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let page = answer.page::<Glimpse>()?;
            let full = page.records.len() + page.skipped.len() >= MOST_ROWS as usize;
            let more = page.next.is_some() || full || !page.skipped.is_empty();
            let cursor = page
                .records
                .last()
                .map_or(look.since, |last| PullCursor { system_modstamp: last.system_modstamp, id: Some(last.id) });
            Ok(Ok(Seen { rows: page.records, more, cursor }))
        });
        seen.collect()
    }
}

fn name(index: usize) -> Result<ReferenceName, InvalidRequest> {
    let invalid = |_| InvalidRequest { field: "looks", reason: "have a number that makes no name" };
    ReferenceName::new(format!("look{index}")).map_err(invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_one_narrow_query() {
        let since = PullCursor { system_modstamp: DateTime::from_timestamp(1_800_000_000, 0).unwrap(), id: None };
        let accounts = Look::touched(ObjectName::known("Account"), since).named();
        assert_eq!(
            accounts.soql().unwrap().as_str(),
            "SELECT Id, SystemModstamp, Name FROM Account WHERE SystemModstamp >= 2027-01-15T08:00:00.000Z \
             ORDER BY SystemModstamp ASC, Id ASC LIMIT 200"
        );
        let deleted = Look::deleted(ObjectName::known("Lead"), since);
        assert!(deleted.soql().unwrap().as_str().contains("IsDeleted = true"));
        assert!(matches!(deleted.step().unwrap(), Step::QueryAll(_)));
    }
}
