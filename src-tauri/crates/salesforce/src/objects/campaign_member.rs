//! Members of Campaigns, and the statuses a Campaign has for them. Source: Object Reference,
//! "CampaignMember" and "CampaignMemberStatus".
//!
//! Two traps: a person can be a member once only, which is a key without any field of ours; and an
//! unknown status is no error but silently becomes the default one, so a status is looked up first.

use chrono::{DateTime, Utc};

use crate::error::{InvalidRequest, SalesforceError};
use crate::objects::record_macro::pulled_record;
use crate::objects::rules::{invalid, with_texts};
use crate::{
    Collection, Condition, Direction, KEY_FIELD, ObjectName, PulledRecord, Query, Record, RowOutcome, Salesforce,
    SalesforceId,
};

/// Salesforce's limit.
const STATUS_CHARACTERS: usize = 40;

pulled_record! {
    /// A member of a Campaign.
    CampaignMember = "CampaignMember" {
        /// The Campaign.
        campaign_id: Option<SalesforceId> = "CampaignId";
        /// The Lead, if it is one.
        lead_id: Option<SalesforceId> = "LeadId";
        /// The Contact, if it is one.
        contact_id: Option<SalesforceId> = "ContactId";
        /// Status: the label of one of the Campaign's.
        status: Option<String> = "Status";
        /// The status counts as a response.
        has_responded: Option<bool> = "HasResponded";
        /// Name of the person.
        name: Option<String> = "Name";
        /// E-mail address of the person.
        email: Option<String> = "Email";
        /// Our key, where the org has the field.
        key: Option<String> = "Liaison_Key__c";
        /// Of our package, as what follows: Zoom's id of the registrant.
        registrant_id: Option<String> = "Liaison_Registrant_Id__c";
        /// How the registration stands.
        registration_status: Option<String> = "Liaison_Registration_Status__c";
        /// The person's own link is there; it is not read.
        #[serde(deserialize_with = "is_there")]
        has_join_link: bool = "Liaison_Join_Link__c";
        /// Whether they came.
        attendance: Option<String> = "Liaison_Attendance__c";
        /// When they first came.
        #[serde(deserialize_with = "crate::moment::optional")]
        joined_utc: Option<DateTime<Utc>> = "Liaison_Joined__c";
        /// When they last left.
        #[serde(deserialize_with = "crate::moment::optional")]
        left_utc: Option<DateTime<Utc>> = "Liaison_Left__c";
        /// For how long they were there.
        minutes: Option<f64> = "Liaison_Minutes_Attended__c";
    }
}

/// What our package has for a member, each where it is deployed and this user may write it.
pub const MEMBER_DETAILS: [&str; 7] = [
    "Liaison_Registrant_Id__c",
    "Liaison_Registration_Status__c",
    "Liaison_Join_Link__c",
    "Liaison_Attendance__c",
    "Liaison_Joined__c",
    "Liaison_Left__c",
    "Liaison_Minutes_Attended__c",
];

fn is_there<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    use serde::Deserialize as _;

    Ok(Option::<serde::de::IgnoredAny>::deserialize(deserializer)?.is_some())
}

pulled_record! {
    /// A status that a Campaign has for its members.
    CampaignMemberStatus = "CampaignMemberStatus" {
        /// The Campaign.
        campaign_id: Option<SalesforceId> = "CampaignId";
        /// What a member's `Status` holds.
        label: Option<String> = "Label";
        /// It counts as a response.
        has_responded: Option<bool> = "HasResponded";
        /// New members get it.
        is_default: Option<bool> = "IsDefault";
        /// Place in the list.
        sort_order: Option<i64> = "SortOrder";
    }
}

impl CampaignMember {
    /// The person.
    #[must_use]
    pub fn person(&self) -> Option<SalesforceId> {
        self.contact_id.or(self.lead_id)
    }
}

/// A member to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCampaignMember {
    /// The Campaign.
    pub campaign: SalesforceId,
    /// A Lead or a Contact.
    pub person: SalesforceId,
    /// The label of one of the Campaign's statuses; without one its default.
    pub status: Option<String>,
}

impl NewCampaignMember {
    /// The fields of the record.
    ///
    /// # Errors
    /// Names the first field that breaks a rule of Salesforce.
    pub fn to_record(&self) -> Result<Record, InvalidRequest> {
        if self.campaign.key_prefix() != "701" {
            invalid("CampaignId", "is no Campaign")?;
        }
        let field = match self.person {
            person if person.is_lead() => "LeadId",
            person if person.is_contact() => "ContactId",
            _ => return Err(InvalidRequest { field: "person", reason: "is neither a Contact nor a Lead" }),
        };
        let record = Record::new().with("CampaignId", self.campaign).with(field, self.person);
        with_texts(record, &[("Status", self.status.as_deref(), STATUS_CHARACTERS)])
    }
}

/// Members of one Campaign.
#[derive(Clone)]
pub struct CampaignMembers {
    salesforce: Salesforce,
    campaign: SalesforceId,
}

impl CampaignMembers {
    pub(crate) fn new(salesforce: Salesforce, campaign: SalesforceId) -> Self {
        Self { salesforce, campaign }
    }

    /// The statuses the Campaign has, in its order.
    pub async fn statuses(&self) -> Result<Vec<CampaignMemberStatus>, SalesforceError> {
        let soql = Query::from(CampaignMemberStatus::OBJECT)
            .select(CampaignMemberStatus::FIELDS)
            .filter(Condition::equals("CampaignId", self.campaign))
            .order_by("SortOrder", Direction::Ascending)
            .build()?;
        self.salesforce.query_rows(&soql).await
    }

    /// Adds a status; not every org and user may: see
    /// [`OrgCapabilities::campaign_member_status`](crate::OrgCapabilities).
    pub async fn add_status(
        &self,
        label: &str,
        has_responded: bool,
        sort_order: u32,
    ) -> Result<SalesforceId, SalesforceError> {
        let record = Record::new()
            .with("CampaignId", self.campaign)
            .with("Label", label)
            .with("HasResponded", has_responded)
            .with("SortOrder", sort_order);
        self.salesforce.create(&ObjectName::known(CampaignMemberStatus::OBJECT), &record).await
    }

    /// Everybody in it, with those of [`MEMBER_DETAILS`] that the org has.
    pub async fn all(&self, details: &[&str]) -> Result<Vec<CampaignMember>, SalesforceError> {
        self.salesforce.query_rows(&self.query(details).build()?).await
    }

    /// The members that stand for these people, at most a thousand: one question for all of them.
    pub async fn of_people(
        &self,
        people: &[SalesforceId],
        details: &[&str],
    ) -> Result<Vec<CampaignMember>, SalesforceError> {
        let (leads, contacts): (Vec<SalesforceId>, Vec<SalesforceId>) = people.iter().partition(|one| one.is_lead());
        let sides = [("LeadId", leads), ("ContactId", contacts)];
        let any: Vec<Condition> = sides
            .into_iter()
            .filter(|(_, ids)| !ids.is_empty())
            .map(|(field, ids)| Condition::is_in(field, ids))
            .collect();
        if any.is_empty() {
            return Ok(Vec::new());
        }
        self.salesforce.query_rows(&self.query(details).filter(Condition::Any(any)).build()?).await
    }

    fn query(&self, details: &[&str]) -> Query {
        let is_own = |field: &&&str| **field == KEY_FIELD || MEMBER_DETAILS.contains(*field);
        let fields = CampaignMember::FIELDS.iter().filter(|field| !is_own(field)).chain(details);
        Query::from(CampaignMember::OBJECT).select(fields).filter(Condition::equals("CampaignId", self.campaign))
    }

    /// The member that stands for a person.
    pub async fn find(&self, person: SalesforceId) -> Result<Option<CampaignMember>, SalesforceError> {
        let field = if person.is_lead() { "LeadId" } else { "ContactId" };
        let soql = self.query(&[]).filter(Condition::equals(field, person)).limit(1).build()?;
        Ok(self.salesforce.query_rows(&soql).await?.pop())
    }

    /// Adds a person. Refused with
    /// [`Resolution::DuplicateValue`](crate::Resolution::DuplicateValue) when the person is a member
    /// already; [`Self::find`] then finds it.
    pub async fn add(&self, person: SalesforceId, status: Option<&str>) -> Result<SalesforceId, SalesforceError> {
        let member = NewCampaignMember { campaign: self.campaign, person, status: status.map(str::to_owned) };
        self.salesforce.create(&ObjectName::known(CampaignMember::OBJECT), &member.to_record()?).await
    }

    /// Writes up to a thousand members in one call, two hundred in each collection; an outcome for each collection.
    pub async fn write(
        &self,
        collections: Vec<Collection>,
    ) -> Result<Vec<Result<Vec<RowOutcome>, SalesforceError>>, SalesforceError> {
        self.salesforce.write_collections(&ObjectName::known(CampaignMember::OBJECT), collections).await
    }

    /// Changes the status of a member.
    pub async fn set_status(&self, member: SalesforceId, status: &str) -> Result<(), SalesforceError> {
        let record = Record::new().with("Status", status);
        self.salesforce.update(&ObjectName::known(CampaignMember::OBJECT), member, &record).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_is_a_lead_or_a_contact() {
        let member = |campaign: &str, person: &str| NewCampaignMember {
            campaign: campaign.parse().unwrap(),
            person: person.parse().unwrap(),
            status: Some("Attended".to_owned()),
        };
        assert_eq!(
            member("701000000000001", "003000000000001").to_record().unwrap().to_json(),
            json!({"CampaignId": "701000000000001AAA", "ContactId": "003000000000001AAA", "Status": "Attended"})
        );
        let lead = member("701000000000001", "00Q000000000001").to_record().unwrap();
        assert!(lead.value("LeadId").is_some() && lead.value("ContactId").is_none());
        assert_eq!(member("701000000000001", "001000000000001").to_record().unwrap_err().field, "person");
        assert_eq!(member("006000000000001", "003000000000001").to_record().unwrap_err().field, "CampaignId");
    }
}
