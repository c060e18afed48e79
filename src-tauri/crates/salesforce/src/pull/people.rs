//! Leads and Contacts, with every telephone number and e-mail address the org keeps of them.

use chrono::{DateTime, Utc};
use liaison_domain::RecordKind;

use super::bulk::CsvRows;
use super::record::{read_page, row_page};
use super::selection::Selection;
use super::{FieldHash, LARGEST_PAGE, PeopleCursor};
use crate::error::SalesforceError;
use crate::{
    BulkLocator, BulkPullPage, Contact, FieldName, FieldType, InvalidQuery, Lead, ObjectDescription, Pulled,
    PulledRecord, Salesforce, SalesforceId, SkippedRow, Soql,
};

/// More ids make an address that is too long.
pub const MOST_BY_ID: usize = 200;

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

    /// What a pull knows beyond the fields every org has.
    #[must_use]
    pub fn extras(&self) -> &PersonExtras {
        match self {
            Self::Lead(lead) => &lead.extras,
            Self::Contact(contact) => &contact.extras,
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

/// A field and what it holds.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldText {
    /// API name.
    pub field: String,
    /// Text, as typed.
    pub text: String,
}

/// Content is other people's data: `Debug` shows the field's name.
impl std::fmt::Debug for FieldText {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "FieldText({})", self.field)
    }
}

/// What a pull knows of a person beyond the fields every org has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonExtras {
    /// Further phone fields that hold something, an administrator's own among them.
    pub phones: Vec<FieldText>,
    /// Further e-mail fields that hold something.
    pub emails: Vec<FieldText>,
    /// Tells whether anything that was read has changed since the last time.
    pub field_hash: FieldHash,
}

/// What to pull: a kind of people, and those of its fields that the user may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleQuery {
    kind: RecordKind,
    selection: Selection,
    more_phones: Vec<FieldName>,
    more_emails: Vec<FieldName>,
}

impl PeopleQuery {
    /// Takes the fields that `description` shows; hidden ones would make the whole query fail.
    /// Further fields of the types Phone and Email are taken as well.
    #[must_use]
    pub fn new(kind: RecordKind, description: &ObjectDescription) -> Self {
        let wanted = match kind {
            RecordKind::Lead => Lead::FIELDS,
            RecordKind::Contact => Contact::FIELDS,
        };
        let more = |field_type: &FieldType| -> Vec<FieldName> {
            let fields = description.fields.iter().filter(|field| field.field_type == *field_type);
            let known = |name: &str| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
            fields.filter(|field| !known(&field.name)).filter_map(|field| FieldName::new(&field.name).ok()).collect()
        };
        let (more_phones, more_emails) = (more(&FieldType::Phone), more(&FieldType::Email));
        let selection = Selection::new(kind.object(), wanted, description).and(&more_phones).and(&more_emails);
        Self { kind, selection, more_phones, more_emails }
    }

    /// Which people.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    /// The fields that are read. Those that are not are unknown, not empty.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.selection.names()
    }

    /// The query of one page.
    ///
    /// # Errors
    /// None in practice: all parts were checked before.
    pub fn page(&self, after: Option<&PeopleCursor>, page_size: u32) -> Result<Soql, InvalidQuery> {
        self.selection.page(after, page_size)
    }

    /// The query of all people at once, for [`Salesforce::start_bulk_query`].
    ///
    /// # Errors
    /// None in practice: all parts were checked before.
    pub fn whole(&self) -> Result<Soql, InvalidQuery> {
        self.selection.whole()
    }

    /// As [`Self::whole`], of those who were touched at or after a moment.
    ///
    /// # Errors
    /// None in practice: all parts were checked before.
    pub fn since(&self, moment: DateTime<Utc>) -> Result<Soql, InvalidQuery> {
        self.selection.since(moment)
    }

    fn lead(&self, pulled: Pulled<Lead>) -> Person {
        let extras = self.extras(&pulled);
        Person::Lead(Lead { extras, ..pulled.record })
    }

    fn contact(&self, pulled: Pulled<Contact>) -> Person {
        let extras = self.extras(&pulled);
        Person::Contact(Contact { extras, ..pulled.record })
    }

    fn extras<T>(&self, pulled: &Pulled<T>) -> PersonExtras {
        let texts = |fields: &[FieldName]| -> Vec<FieldText> {
            let text = |field: &FieldName| {
                let text = pulled.text(field.as_str()).filter(|text| !text.trim().is_empty())?;
                Some(FieldText { field: field.as_str().to_owned(), text: text.to_owned() })
            };
            fields.iter().filter_map(text).collect()
        };
        PersonExtras {
            phones: texts(&self.more_phones),
            emails: texts(&self.more_emails),
            field_hash: pulled.field_hash(),
        }
    }
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
        match query.kind {
            RecordKind::Lead => self.people(&soql, after, page_size, |row| query.lead(row)).await,
            RecordKind::Contact => self.people(&soql, after, page_size, |row| query.contact(row)).await,
        }
    }

    async fn people<T: PulledRecord>(
        &self,
        soql: &Soql,
        after: Option<&PeopleCursor>,
        page_size: u32,
        person: impl Fn(Pulled<T>) -> Person,
    ) -> Result<PeoplePage, SalesforceError> {
        let page = read_page::<T>(self.query_objects(soql).await?, after, page_size)?;
        let people = page.rows.into_iter().map(person).collect();
        Ok(PeoplePage { people, skipped: page.skipped, cursor: page.cursor, has_more: page.has_more })
    }

    /// Reads people by their ids, in no order; those that this user may not see are missing. At most
    /// [`MOST_BY_ID`] at once.
    pub async fn people_by_id(
        &self,
        query: &PeopleQuery,
        ids: &[SalesforceId],
    ) -> Result<(Vec<Person>, Vec<SkippedRow>), SalesforceError> {
        let soql = query.selection.of(ids)?;
        let page = match query.kind {
            RecordKind::Lead => self.people(&soql, None, LARGEST_PAGE, |row| query.lead(row)).await?,
            RecordKind::Contact => self.people(&soql, None, LARGEST_PAGE, |row| query.contact(row)).await?,
        };
        Ok((page.people, page.skipped))
    }

    /// Reads a page of the results of a Bulk query of [`PeopleQuery::whole`].
    pub async fn pull_people_in_bulk(
        &self,
        query: &PeopleQuery,
        job: SalesforceId,
        from: Option<&BulkLocator>,
        rows: u32,
    ) -> Result<BulkPullPage<Person>, SalesforceError> {
        let page = self.bulk_query_page(job, from, rows).await?;
        let rows = CsvRows::read(&page, &query.selection)?;
        let (people, skipped) = match query.kind {
            RecordKind::Lead => {
                let (rows, skipped) = row_page::<Lead>(rows.rows);
                (rows.into_iter().map(|row| query.lead(row)).collect(), skipped)
            }
            RecordKind::Contact => {
                let (rows, skipped) = row_page::<Contact>(rows.rows);
                (rows.into_iter().map(|row| query.contact(row)).collect(), skipped)
            }
        };
        Ok(BulkPullPage { rows: people, skipped, next: page.next })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use chrono::TimeDelta;

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
            RecordKind::Lead,
            &description(&["Id", "LastName", "OwnerId", "Secret__c", "SystemModstamp"]),
        );
        assert_eq!(query.fields().collect::<Vec<_>>(), ["Id", "SystemModstamp", "LastName", "OwnerId", "Owner.Name"]);
        let query = PeopleQuery::new(RecordKind::Contact, &description(&[]));
        assert_eq!(query.fields().collect::<Vec<_>>(), ["Id", "SystemModstamp"]);
    }

    #[test]
    fn further_numbers_and_addresses_are_read() {
        let object = json!({"name": "Lead", "fields": [
            {"name": "Phone", "type": "phone"}, {"name": "Fax", "type": "phone"},
            {"name": "Direct__c", "type": "phone"}, {"name": "Private__c", "type": "email"},
            {"name": "Notes__c", "type": "string"},
        ]});
        let query = PeopleQuery::new(RecordKind::Lead, &serde_json::from_value(object).unwrap());
        let fields: Vec<_> = query.fields().collect();
        assert_eq!(fields, ["Id", "SystemModstamp", "Phone", "Fax", "Direct__c", "Private__c"]);
        let row = json!({"Id": "00Q000000000001", "SystemModstamp": "2027-03-09T14:30:05.000+0000", "Phone": "1",
            "Fax": null, "Direct__c": "020 555 0123", "Private__c": " "});
        let (mut rows, skipped) = row_page::<Lead>(vec![row.as_object().unwrap().clone()]);
        assert_eq!(skipped, []);
        let Person::Lead(lead) = query.lead(rows.remove(0)) else { panic!("a lead") };
        let direct = FieldText { field: "Direct__c".to_owned(), text: "020 555 0123".to_owned() };
        assert_eq!((lead.extras.phones, lead.extras.emails), (vec![direct], Vec::new()));
        assert_eq!(lead.phone.as_deref(), Some("1"));
    }

    #[test]
    fn a_page_begins_after_its_place() {
        let query = PeopleQuery::new(RecordKind::Lead, &description(&[]));
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
