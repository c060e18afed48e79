//! Calendar entries: read, push, look up. Source: Object Reference, "Event".

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::afterwards::{AFTERWARDS, Afterwards};
use super::event_write::{EventChange, NewEvent};
use crate::error::SalesforceError;
use crate::open_enum::open_text_enum;
use crate::{
    Collection, Condition, ConditionalUpdate, Deletion, ExternalKey, FieldName, InvalidQuery, KEY_FIELD, ObjectName,
    PulledRecord, Query, Record, RowOutcome, Salesforce, SalesforceId, Soql, Upsertion, moment,
};

pub(super) const OBJECT: &str = "Event";

/// Enough to see that a key or a time is not unique; nobody has more entries at one moment.
const MOST_FOUND: u32 = 200;

open_text_enum! {
    /// How a calendar shows the time.
    ShowAs {
        /// Busy.
        Busy = "Busy",
        /// Out of the office.
        OutOfOffice = "OutOfOffice",
        /// Free.
        Free = "Free",
    }
}

/// A calendar entry as Salesforce has it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Event {
    /// Id.
    pub id: SalesforceId,
    /// When it was last touched, by whatever.
    #[serde(default, deserialize_with = "moment::optional")]
    pub system_modstamp: Option<DateTime<Utc>>,
    /// Subject.
    #[serde(default)]
    pub subject: Option<String>,
    /// Start.
    #[serde(default, deserialize_with = "moment::optional")]
    pub start_date_time: Option<DateTime<Utc>>,
    /// End.
    #[serde(default, deserialize_with = "moment::optional")]
    pub end_date_time: Option<DateTime<Utc>>,
    /// The person.
    #[serde(default)]
    pub who_id: Option<SalesforceId>,
    /// What it is about.
    #[serde(default)]
    pub what_id: Option<SalesforceId>,
    /// Owner.
    #[serde(default)]
    pub owner_id: Option<SalesforceId>,
    /// Place.
    #[serde(default)]
    pub location: Option<String>,
    /// Description; read by [`Events::get`] only.
    #[serde(default)]
    pub description: Option<String>,
    /// How the calendar shows the time.
    #[serde(default)]
    pub show_as: Option<ShowAs>,
    /// In the recycle bin.
    #[serde(default)]
    pub is_deleted: bool,
    /// Our key, where the org has the field.
    #[serde(default, rename = "Liaison_Key__c")]
    pub key: Option<String>,
    /// What became of it, where the org has our fields; read by [`Events::get_with_afterwards`] only.
    #[serde(flatten)]
    pub afterwards: Afterwards,
}

impl Event {
    const FIELDS: [&str; 10] = [
        "Id",
        "SystemModstamp",
        "Subject",
        "StartDateTime",
        "EndDateTime",
        "WhoId",
        "WhatId",
        "OwnerId",
        "Location",
        "IsDeleted",
    ];
}

impl PulledRecord for Event {
    const OBJECT: &'static str = OBJECT;
    const FIELDS: &'static [&'static str] = &[
        "Id",
        "SystemModstamp",
        "Subject",
        "StartDateTime",
        "EndDateTime",
        "WhoId",
        "WhatId",
        "OwnerId",
        "Location",
        "ShowAs",
        "IsDeleted",
        KEY_FIELD,
    ];

    fn id(&self) -> SalesforceId {
        self.id
    }

    fn system_modstamp(&self) -> Option<DateTime<Utc>> {
        self.system_modstamp
    }
}

/// Texts and people are the user's business: `Debug` shows id and times.
impl std::fmt::Debug for Event {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Event")
            .field("id", &self.id)
            .field("start_date_time", &self.start_date_time)
            .field("end_date_time", &self.end_date_time)
            .field("is_deleted", &self.is_deleted)
            .finish_non_exhaustive()
    }
}

/// Calendar entries of the org, as far as the user may see them.
#[derive(Clone)]
pub struct Events {
    pub(super) salesforce: Salesforce,
}

impl Events {
    pub(crate) fn new(salesforce: Salesforce) -> Self {
        Self { salesforce }
    }

    fn object() -> ObjectName {
        ObjectName::known(OBJECT)
    }

    /// Makes an entry without a key: for orgs without our field, after
    /// [`Self::find_at_start`] found none. Never repeated by itself.
    pub async fn create(&self, event: &NewEvent) -> Result<SalesforceId, SalesforceError> {
        self.salesforce.create(&Self::object(), &event.to_record()?).await
    }

    /// Makes the entry with this key, or overwrites it if it exists. For the first push only: see
    /// [`Salesforce::upsert`].
    pub async fn upsert(&self, key: &ExternalKey, event: &NewEvent) -> Result<Upsertion, SalesforceError> {
        let field = FieldName::known(KEY_FIELD);
        self.salesforce.upsert(&Self::object(), &field, key, &event.to_record()?).await
    }

    /// Makes up to 200 entries with their keys in one call; keys must differ. For the first push only, as
    /// [`Self::upsert`]. One outcome a row, in their order.
    pub async fn upsert_many(&self, rows: Vec<(ExternalKey, Record)>) -> Result<Vec<RowOutcome>, SalesforceError> {
        let collection = Collection::Upsert { key_field: FieldName::known(KEY_FIELD), rows };
        self.salesforce.write_collection(&Self::object(), &collection).await
    }

    /// Changes an entry.
    pub async fn update(&self, id: SalesforceId, change: &EventChange) -> Result<(), SalesforceError> {
        self.salesforce.update(&Self::object(), id, &change.to_record()?).await
    }

    /// Changes an entry unless it was touched after `seen_utc`. Salesforce compares whole seconds. Never repeated by
    /// itself.
    pub async fn update_if_unmodified(
        &self,
        id: SalesforceId,
        change: &EventChange,
        seen_utc: DateTime<Utc>,
    ) -> Result<ConditionalUpdate, SalesforceError> {
        self.salesforce.update_if_unmodified(&Self::object(), id, &change.to_record()?, seen_utc).await
    }

    /// Deletes an entry.
    pub async fn delete(&self, id: SalesforceId) -> Result<Deletion, SalesforceError> {
        self.salesforce.delete(&Self::object(), id).await
    }

    /// Reads an entry with its description; `with_key` where the org has our field.
    pub async fn get(&self, id: SalesforceId, with_key: bool) -> Result<Event, SalesforceError> {
        let more = ["Description", "ShowAs"].into_iter().chain(with_key.then_some(KEY_FIELD));
        let fields: Vec<FieldName> = Event::FIELDS.into_iter().chain(more).map(FieldName::known).collect();
        self.salesforce.get(&Self::object(), id, &fields).await
    }

    /// Reads an entry with its description and with what became of it, where the org has our fields; `with_key` as
    /// above.
    pub async fn get_with_afterwards(&self, id: SalesforceId, with_key: bool) -> Result<Event, SalesforceError> {
        let more = ["Description"].into_iter().chain(AFTERWARDS).chain(with_key.then_some(KEY_FIELD));
        let fields: Vec<FieldName> = Event::FIELDS.into_iter().chain(more).map(FieldName::known).collect();
        self.salesforce.get(&Self::object(), id, &fields).await
    }

    /// Entries with this key, deleted and archived ones included: what the user deleted is found
    /// and need not be made again.
    pub async fn find_by_key(&self, key: &ExternalKey) -> Result<Vec<Event>, SalesforceError> {
        let query = Query::from(OBJECT)
            .select(Event::FIELDS)
            .select([KEY_FIELD])
            .filter(Condition::equals(KEY_FIELD, key.as_str()))
            .limit(MOST_FOUND);
        let soql = sound(&query)?;
        self.salesforce.query_all_rows(&soql).await
    }

    /// Entries of `owner` that start exactly at `start_utc`, deleted and archived ones included.
    ///
    /// For orgs without our field: the caller compares [`Event::location`] with the join link it
    /// pushed. A description cannot be searched.
    pub async fn find_at_start(
        &self,
        start_utc: DateTime<Utc>,
        owner: SalesforceId,
    ) -> Result<Vec<Event>, SalesforceError> {
        self.find_of_owner(Condition::equals("StartDateTime", start_utc), owner).await
    }

    /// Entries of `owner` with exactly this place, deleted and archived ones included.
    pub async fn find_at_place(&self, place: &str, owner: SalesforceId) -> Result<Vec<Event>, SalesforceError> {
        self.find_of_owner(Condition::equals("Location", place), owner).await
    }

    async fn find_of_owner(&self, condition: Condition, owner: SalesforceId) -> Result<Vec<Event>, SalesforceError> {
        let query = Query::from(OBJECT)
            .select(Event::FIELDS)
            .filter(condition)
            .filter(Condition::equals("OwnerId", owner))
            .limit(MOST_FOUND);
        let soql = sound(&query)?;
        self.salesforce.query_all_rows(&soql).await
    }
}

fn sound(query: &Query) -> Result<Soql, SalesforceError> {
    Ok(query.build()?)
}

impl From<InvalidQuery> for SalesforceError {
    fn from(error: InvalidQuery) -> Self {
        let reason = match error {
            InvalidQuery::Name(_) => "holds a name that is none",
            InvalidQuery::NothingSelected => "selects nothing",
            InvalidQuery::EmptyCondition => "compares with nothing",
            InvalidQuery::ValueTooLong => "holds a value that is too long",
            InvalidQuery::TooLong => "is too long",
            InvalidQuery::OffsetTooLarge => "begins too far into the answer",
        };
        Self::Invalid(crate::InvalidRequest { field: "query", reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_with_what_it_has() {
        let event: Event = serde_json::from_str(
            r#"{"attributes":{"type":"Event"},"Id":"00U000000000001","Subject":"c4n4ry",
                "StartDateTime":"2027-03-09T14:30:00.000+0000","WhoId":null,"ShowAs":"Tentative",
                "IsDeleted":true,"Liaison_Key__c":"lk1"}"#,
        )
        .unwrap();
        assert_eq!(event.show_as, Some(ShowAs::Other("Tentative".to_owned())));
        assert_eq!(event.key.as_deref(), Some("lk1"));
        assert!(event.is_deleted);
        assert!(!format!("{event:?}").contains("c4n4ry"));
        assert!(serde_json::from_str::<Event>(r#"{"Id":"00U"}"#).is_err());
    }
}
