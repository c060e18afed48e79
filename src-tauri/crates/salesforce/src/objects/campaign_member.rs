//! Members of Campaigns, and the statuses a Campaign has for them. Source: Object Reference,
//! "CampaignMember" and "CampaignMemberStatus".
//!
//! Two traps: a person can be a member once only, which is a key without any field of ours; and an
//! unknown status is no error but silently becomes the default one, so a status is looked up first.

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
    }
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

    /// Everybody in it.
    pub async fn all(&self) -> Result<Vec<CampaignMember>, SalesforceError> {
        self.salesforce.query_rows(&self.query().build()?).await
    }

    /// The members that stand for these people, at most two hundred.
    pub async fn of_people(&self, people: &[SalesforceId]) -> Result<Vec<CampaignMember>, SalesforceError> {
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
        self.salesforce.query_rows(&self.query().filter(Condition::Any(any)).build()?).await
    }

    fn query(&self) -> Query {
        let fields = CampaignMember::FIELDS.iter().filter(|field| **field != KEY_FIELD);
        Query::from(CampaignMember::OBJECT).select(fields).filter(Condition::equals("CampaignId", self.campaign))
    }

    /// The member that stands for a person.
    pub async fn find(&self, person: SalesforceId) -> Result<Option<CampaignMember>, SalesforceError> {
        let field = if person.is_lead() { "LeadId" } else { "ContactId" };
        let fields = CampaignMember::FIELDS.iter().filter(|field| **field != KEY_FIELD);
        let soql = Query::from(CampaignMember::OBJECT)
            .select(fields)
            .filter(Condition::equals("CampaignId", self.campaign))
            .filter(Condition::equals(field, person))
            .limit(1)
            .build()?;
        Ok(self.salesforce.query_rows(&soql).await?.pop())
    }

    /// Adds a person. Refused with
    /// [`Resolution::DuplicateValue`](crate::Resolution::DuplicateValue) when the person is a member
    /// already; [`Self::find`] then finds it.
    pub async fn add(&self, person: SalesforceId, status: Option<&str>) -> Result<SalesforceId, SalesforceError> {
        let member = NewCampaignMember { campaign: self.campaign, person, status: status.map(str::to_owned) };
        self.salesforce.create(&ObjectName::known(CampaignMember::OBJECT), &member.to_record()?).await
    }

    /// Adds up to two hundred people, each with a status; one outcome each, in their order.
    pub async fn add_many(&self, people: &[(SalesforceId, &str)]) -> Result<Vec<RowOutcome>, SalesforceError> {
        let record = |(person, status): &(SalesforceId, &str)| {
            let status = Some((*status).to_owned());
            NewCampaignMember { campaign: self.campaign, person: *person, status }.to_record()
        };
        let records = people.iter().map(record).collect::<Result<_, _>>()?;
        self.salesforce.write_collection(&ObjectName::known(CampaignMember::OBJECT), &Collection::Create(records)).await
    }

    /// Changes the statuses of up to two hundred members; one outcome each, in their order.
    pub async fn set_many(&self, changes: &[(SalesforceId, &str)]) -> Result<Vec<RowOutcome>, SalesforceError> {
        let records = changes.iter().map(|(member, status)| (*member, Record::new().with("Status", *status))).collect();
        self.salesforce.write_collection(&ObjectName::known(CampaignMember::OBJECT), &Collection::Update(records)).await
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
