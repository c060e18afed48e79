//! People in the order they were touched, page by page.
//!
//! Each page is a query of its own that begins after the last row of the page before it, so a pull
//! can stop anywhere and go on days later. Two rules make that safe:
//!
//! * Many rows share a moment (bulk loads), so a place is (SystemModstamp, Id) and not a moment.
//! * A slow transaction commits rows with an older stamp than rows already seen, so a new run
//!   begins some minutes before the place where the last one ended:
//!   [`PeopleCursor::with_overlap`]. Rows come twice then; storing them is idempotent.

use chrono::{DateTime, TimeDelta, Utc};
use serde::de::DeserializeOwned;

use crate::error::SalesforceError;
use crate::{
    Condition, Contact, Direction, FieldName, InvalidQuery, Lead, ObjectDescription, Operator, Query, QueryPage,
    Salesforce, SalesforceId, SkippedRow, Soql,
};

/// Most rows of one page.
const LARGEST_PAGE: u32 = 2_000;

/// Which people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonKind {
    /// Leads.
    Lead,
    /// Contacts.
    Contact,
}

impl PersonKind {
    /// The object's API name.
    #[must_use]
    pub fn object(self) -> &'static str {
        match self {
            Self::Lead => "Lead",
            Self::Contact => "Contact",
        }
    }
}

/// A Lead or a Contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// A Lead.
    Lead(Lead),
    /// A Contact.
    Contact(Contact),
}

impl Person {
    /// Id.
    #[must_use]
    pub fn id(&self) -> SalesforceId {
        match self {
            Self::Lead(lead) => lead.id,
            Self::Contact(contact) => contact.id,
        }
    }

    /// When it was last touched, by whatever.
    #[must_use]
    pub fn system_modstamp(&self) -> DateTime<Utc> {
        match self {
            Self::Lead(lead) => lead.system_modstamp,
            Self::Contact(contact) => contact.system_modstamp,
        }
    }
}

/// A place in the order of a pull. Both parts come from the server: this computer's clock plays no
/// role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeopleCursor {
    /// Moment of the last row seen.
    pub system_modstamp: DateTime<Utc>,
    /// Its id; without one the place is before all rows of that moment.
    pub id: Option<SalesforceId>,
}

impl PeopleCursor {
    /// The place to begin a new run: `overlap` earlier.
    #[must_use]
    pub fn with_overlap(self, overlap: TimeDelta) -> Self {
        let earlier = self.system_modstamp.checked_sub_signed(overlap.abs());
        Self { system_modstamp: earlier.unwrap_or(self.system_modstamp), id: None }
    }
}

/// What to pull: a kind of people, and those of its fields that the user may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleQuery {
    kind: PersonKind,
    fields: Vec<FieldName>,
}

impl PeopleQuery {
    /// Takes the fields that `description` shows; hidden ones would make the whole query fail.
    #[must_use]
    pub fn new(kind: PersonKind, description: &ObjectDescription) -> Self {
        let wanted: &[&'static str] = match kind {
            PersonKind::Lead => &Lead::FIELDS,
            PersonKind::Contact => &Contact::FIELDS,
        };
        // The place in the order is needed whatever the description says.
        let vital = |name: &str| matches!(name, "Id" | "SystemModstamp");
        let fields = wanted
            .iter()
            .map(|name| FieldName::known(name))
            .filter(|name| vital(name.as_str()) || description.selects(name))
            .collect();
        Self { kind, fields }
    }

    /// Which people.
    #[must_use]
    pub fn kind(&self) -> PersonKind {
        self.kind
    }

    /// The fields that are read. Those that are not are unknown, not empty.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(FieldName::as_str)
    }

    /// The query of one page.
    ///
    /// # Errors
    /// None in practice: all parts were checked before.
    pub fn page(&self, after: Option<&PeopleCursor>, page_size: u32) -> Result<Soql, InvalidQuery> {
        let mut query = Query::from(self.kind.object())
            .select(self.fields())
            .order_by("SystemModstamp", Direction::Ascending)
            .order_by("Id", Direction::Ascending)
            .limit(page_size.clamp(1, LARGEST_PAGE));
        if let Some(after) = after {
            query = query.filter(beyond(after));
        }
        query.build()
    }
}

fn beyond(place: &PeopleCursor) -> Condition {
    let moment = place.system_modstamp;
    let Some(id) = place.id else {
        return Condition::compare("SystemModstamp", Operator::AtLeast, moment);
    };
    Condition::Any(vec![
        Condition::compare("SystemModstamp", Operator::Above, moment),
        Condition::All(vec![
            Condition::equals("SystemModstamp", moment),
            Condition::compare("Id", Operator::Above, id),
        ]),
    ])
}

/// One page of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeoplePage {
    /// The people that could be read.
    pub people: Vec<Person>,
    /// The rows that could not be read.
    pub skipped: Vec<SkippedRow>,
    /// The place after this page: to be stored with the rows, in one transaction. The place asked
    /// with, when there was no row.
    pub cursor: Option<PeopleCursor>,
    /// Whether there is more to pull now.
    pub has_more: bool,
}

impl Salesforce {
    /// Pulls the page of people after a place; the first one for `None`. At most `page_size` rows,
    /// 2,000 at the largest.
    pub async fn pull_people(
        &self,
        query: &PeopleQuery,
        after: Option<&PeopleCursor>,
        page_size: u32,
    ) -> Result<PeoplePage, SalesforceError> {
        let soql = query.page(after, page_size)?;
        let size = page_size.clamp(1, LARGEST_PAGE) as usize;
        match query.kind {
            PersonKind::Lead => self.people(&soql, after, size, Person::Lead).await,
            PersonKind::Contact => self.people(&soql, after, size, Person::Contact).await,
        }
    }

    async fn people<T: DeserializeOwned>(
        &self,
        soql: &Soql,
        after: Option<&PeopleCursor>,
        size: usize,
        person: fn(T) -> Person,
    ) -> Result<PeoplePage, SalesforceError> {
        let page: QueryPage<T> = self.query(soql).await?;
        let people: Vec<Person> = page.records.into_iter().map(person).collect();
        let rows = people.len() + page.skipped.len();
        // Salesforce may send fewer rows than asked for and offer the rest by a locator. Locators
        // expire; the place does not.
        let has_more = page.next.is_some() || rows >= size;
        let cursor = people
            .last()
            .map(|last| PeopleCursor { system_modstamp: last.system_modstamp(), id: Some(last.id()) })
            .or_else(|| after.copied());
        if has_more && people.is_empty() {
            // Going on would ask the same question for ever.
            return Err(SalesforceError::Mismatch {
                operation: "GET /query",
                reason: "no row of a whole page can be read",
            });
        }
        Ok(PeoplePage { people, skipped: page.skipped, cursor, has_more })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn description(names: &[&str]) -> ObjectDescription {
        let fields: Vec<_> = names
            .iter()
            .map(|name| {
                let relationship = name.strip_suffix("Id").filter(|rest| !rest.is_empty());
                json!({"name": name, "type": "string", "relationshipName": relationship})
            })
            .collect();
        serde_json::from_value(json!({"name": "Lead", "fields": fields})).unwrap()
    }

    fn moment() -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000).unwrap()
    }

    #[test]
    fn hidden_fields_are_left_out() {
        let query = PeopleQuery::new(
            PersonKind::Lead,
            &description(&["Id", "LastName", "OwnerId", "Secret__c", "SystemModstamp"]),
        );
        assert_eq!(query.fields().collect::<Vec<_>>(), ["Id", "SystemModstamp", "LastName", "OwnerId", "Owner.Name"]);
        let query = PeopleQuery::new(PersonKind::Contact, &description(&[]));
        assert_eq!(query.fields().collect::<Vec<_>>(), ["Id", "SystemModstamp"]);
    }

    #[test]
    fn a_page_begins_after_its_place() {
        let query = PeopleQuery::new(PersonKind::Lead, &description(&[]));
        let where_ = |cursor: Option<PeopleCursor>| {
            let soql = query.page(cursor.as_ref(), 9_999).unwrap();
            let text = soql.as_str().strip_prefix("SELECT Id, SystemModstamp FROM Lead").unwrap();
            text.strip_suffix(" ORDER BY SystemModstamp ASC, Id ASC LIMIT 2000").unwrap().to_owned()
        };
        assert_eq!(where_(None), "");
        let place = PeopleCursor { system_modstamp: moment(), id: "00Q000000000001".parse().ok() };
        assert_eq!(
            where_(Some(place)),
            " WHERE SystemModstamp > 2027-01-15T08:00:00.000Z OR \
             (SystemModstamp = 2027-01-15T08:00:00.000Z AND Id > '00Q000000000001EAA')"
        );
        assert_eq!(
            where_(Some(place.with_overlap(TimeDelta::minutes(10)))),
            " WHERE SystemModstamp >= 2027-01-15T07:50:00.000Z"
        );
    }
}
