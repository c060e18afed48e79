//! Who takes part in an Event beside the person in its `WhoId`. Source: Object Reference,
//! "EventRelation". Making one sends no mail.

use crate::error::{InvalidRequest, SalesforceError};
use crate::objects::record_macro::pulled_record;
use crate::objects::rules::with_texts;
use crate::open_enum::open_text_enum;
use crate::{
    Collection, Condition, ObjectName, PulledRecord, Query, Record, RowDeletion, RowOutcome, Salesforce, SalesforceId,
};

/// Salesforce's limit.
const RESPONSE_CHARACTERS: usize = 255;

open_text_enum! {
    /// What an invitee answered.
    Invitation {
        /// Nothing yet.
        New = "New",
        /// Yes.
        Accepted = "Accepted",
        /// No.
        Declined = "Declined",
    }
}

pulled_record! {
    /// A participant of an Event.
    EventRelation = "EventRelation" {
        /// The Event.
        event_id: Option<SalesforceId> = "EventId";
        /// The participant: a User, a Contact, a Lead or a calendar.
        relation_id: Option<SalesforceId> = "RelationId";
        /// What was answered.
        status: Option<Invitation> = "Status";
    }
}

/// A participant to add. Neither part can be changed later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEventRelation {
    /// The Event; not one of a user's own copies of it.
    pub event: SalesforceId,
    /// A User, a Contact or a Lead.
    pub relation: SalesforceId,
    /// What was answered.
    pub status: Invitation,
    /// The words of the answer, up to 255 characters.
    pub response: Option<String>,
}

impl NewEventRelation {
    /// The fields of the record.
    ///
    /// # Errors
    /// Names the first field that breaks a rule of Salesforce.
    pub fn to_record(&self) -> Result<Record, InvalidRequest> {
        if self.event.key_prefix() != "00U" {
            return Err(InvalidRequest { field: "EventId", reason: "is no Event" });
        }
        if !matches!(self.relation.key_prefix(), "003" | "00Q" | "005") {
            return Err(InvalidRequest { field: "RelationId", reason: "is no User, Contact or Lead" });
        }
        let record = Record::new()
            .with("EventId", self.event)
            .with("RelationId", self.relation)
            .with("Status", self.status.as_str());
        with_texts(record, &[("Response", self.response.as_deref(), RESPONSE_CHARACTERS)])
    }
}

/// How somebody or something belongs to an Event, in an org with Shared Activities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SharedRelation {
    /// The relation itself.
    pub id: SalesforceId,
    /// A person, an Account, a User, and so on.
    pub relation_id: SalesforceId,
    /// The Event is about it: it is one of `WhoId`s or the `WhatId`.
    #[serde(default)]
    pub is_parent: bool,
    /// It is invited.
    #[serde(default)]
    pub is_invitee: bool,
}

impl Salesforce {
    /// Who and what belongs to an Event. For orgs with Shared Activities; the others have no such columns.
    pub async fn shared_relations(&self, event: SalesforceId) -> Result<Vec<SharedRelation>, SalesforceError> {
        let soql = Query::from(EventRelation::OBJECT)
            .select(["Id", "RelationId", "IsParent", "IsInvitee"])
            .filter(Condition::equals("EventId", event))
            .build()?;
        self.query_rows(&soql).await
    }

    /// Makes an Event be about further people, without inviting them; up to 200. One outcome a person, in their
    /// order. For orgs with Shared Activities.
    pub async fn share_event(
        &self,
        event: SalesforceId,
        people: &[SalesforceId],
    ) -> Result<Vec<RowOutcome>, SalesforceError> {
        let relation = |person: &SalesforceId| {
            Record::new()
                .with("EventId", event)
                .with("RelationId", *person)
                .with("IsParent", true)
                .with("IsInvitee", false)
        };
        let collection = Collection::Create(people.iter().map(relation).collect());
        self.write_collection(&ObjectName::known(EventRelation::OBJECT), &collection).await
    }

    /// Removes relations, up to 200; one outcome a relation, in their order.
    pub async fn unshare_event(&self, relations: &[SalesforceId]) -> Result<Vec<RowDeletion>, SalesforceError> {
        self.delete_many(relations).await
    }

    /// Adds a participant to an Event.
    pub async fn add_event_relation(&self, relation: &NewEventRelation) -> Result<SalesforceId, SalesforceError> {
        self.create(&ObjectName::known(EventRelation::OBJECT), &relation.to_record()?).await
    }

    /// The participants of an Event.
    pub async fn event_relations(&self, event: SalesforceId) -> Result<Vec<EventRelation>, SalesforceError> {
        let soql = Query::from(EventRelation::OBJECT)
            .select(EventRelation::FIELDS)
            .filter(Condition::equals("EventId", event))
            .build()?;
        self.query_rows(&soql).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_people_take_part_in_events() {
        let relation = |event: &str, person: &str| NewEventRelation {
            event: event.parse().unwrap(),
            relation: person.parse().unwrap(),
            status: Invitation::Accepted,
            response: None,
        };
        let field = |relation: NewEventRelation| relation.to_record().unwrap_err().field;
        assert!(relation("00U000000000001", "00Q000000000001").to_record().is_ok());
        assert_eq!(field(relation("00T000000000001", "00Q000000000001")), "EventId");
        assert_eq!(field(relation("00U000000000001", "001000000000001")), "RelationId");
    }
}
