//! Campaigns: a webinar becomes one. Source: Object Reference, "Campaign". Making one needs the
//! marketing right: see [`OrgCapabilities`](crate::OrgCapabilities).

use chrono::{DateTime, NaiveDate, Utc};

use crate::error::{InvalidRequest, SalesforceError};
use crate::objects::person::Parent;
use crate::objects::record_macro::pulled_record;
use crate::objects::rules::{check_text, invalid, with_some, with_texts};
use crate::{
    Condition, Direction, ExternalKey, FieldName, KEY_FIELD, KeyField, ObjectName, PulledRecord, Query, Record,
    Salesforce, SalesforceId, Upsertion,
};

/// Salesforce's limits.
const NAME_CHARACTERS: usize = 80;
const LIST_CHARACTERS: usize = 255;
const DESCRIPTION_CHARACTERS: usize = 32_000;
const MOST_FOUND: u32 = 200;

pulled_record! {
    /// A Campaign as Salesforce has it. Names are not unique.
    Campaign = "Campaign" {
        /// Name.
        name: Option<String> = "Name";
        /// Type, as the org names it.
        campaign_type: Option<String> = "Type";
        /// Status, as the org names it.
        status: Option<String> = "Status";
        /// It is under way.
        is_active: Option<bool> = "IsActive";
        /// First day.
        #[serde(deserialize_with = "crate::moment::optional_day")]
        start_date: Option<NaiveDate> = "StartDate";
        /// Last day.
        #[serde(deserialize_with = "crate::moment::optional_day")]
        end_date: Option<NaiveDate> = "EndDate";
        /// The Campaign above it.
        parent_id: Option<SalesforceId> = "ParentId";
        /// Owner.
        owner_id: Option<SalesforceId> = "OwnerId";
        /// Owner's name.
        owner: Option<Parent> = "Owner", "Owner.Name";
        /// In the recycle bin.
        is_deleted: Option<bool> = "IsDeleted";
        /// Our key, where the org has the field.
        key: Option<String> = "Liaison_Key__c";
    }
}

/// What our package has for a Campaign, each where it is deployed and this user may write it.
pub const CAMPAIGN_DETAILS: [&str; 4] =
    ["Liaison_Actual_Start__c", "Liaison_Actual_End__c", "Liaison_Participants__c", "Liaison_Recording_Link__c"];

/// What a Campaign says of its webinar.
#[derive(Clone, PartialEq, Default, serde::Deserialize)]
#[serde(default)]
pub struct CampaignThere {
    /// Name.
    #[serde(rename = "Name")]
    pub name: Option<String>,
    /// Description, with whatever others have written.
    #[serde(rename = "Description")]
    pub description: Option<String>,
    /// Of our package, as what follows: when it began.
    #[serde(rename = "Liaison_Actual_Start__c", deserialize_with = "crate::moment::optional")]
    pub actual_start_utc: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(rename = "Liaison_Actual_End__c", deserialize_with = "crate::moment::optional")]
    pub actual_end_utc: Option<DateTime<Utc>>,
    /// How many came.
    #[serde(rename = "Liaison_Participants__c")]
    pub participants: Option<f64>,
    /// Where its recording is.
    #[serde(rename = "Liaison_Recording_Link__c")]
    pub recording_link: Option<String>,
}

/// A Campaign to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCampaign {
    /// Name, up to 80 characters.
    pub name: String,
    /// Type, one of the org's.
    pub campaign_type: Option<String>,
    /// Status, one of the org's.
    pub status: Option<String>,
    /// It is under way; members are added to such ones.
    pub is_active: bool,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day, not before the first.
    pub end: Option<NaiveDate>,
    /// Description, up to 32,000 characters.
    pub description: Option<String>,
}

impl NewCampaign {
    /// A Campaign with what every Campaign has.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            campaign_type: None,
            status: None,
            is_active: true,
            start: None,
            end: None,
            description: None,
        }
    }

    /// The fields of the record.
    ///
    /// # Errors
    /// Names the first field that breaks a rule of Salesforce.
    pub fn to_record(&self) -> Result<Record, InvalidRequest> {
        check_text("Name", &self.name, NAME_CHARACTERS)?;
        if self.start.zip(self.end).is_some_and(|(start, end)| end < start) {
            invalid("EndDate", "is before the start")?;
        }
        let mut record = Record::new().with("Name", self.name.as_str()).with("IsActive", self.is_active);
        for (field, day) in [("StartDate", self.start), ("EndDate", self.end)] {
            record = with_some(record, field, day.map(|day| day.format("%Y-%m-%d").to_string()));
        }
        with_texts(
            record,
            &[
                ("Type", self.campaign_type.as_deref(), LIST_CHARACTERS),
                ("Status", self.status.as_deref(), LIST_CHARACTERS),
                ("Description", self.description.as_deref(), DESCRIPTION_CHARACTERS),
            ],
        )
    }
}

/// Campaigns of the org, as far as the user may see them.
#[derive(Clone)]
pub struct Campaigns {
    salesforce: Salesforce,
}

impl Campaigns {
    pub(crate) fn new(salesforce: Salesforce) -> Self {
        Self { salesforce }
    }

    fn object() -> ObjectName {
        ObjectName::known(Campaign::OBJECT)
    }

    /// Whether this user may make Campaigns, and whether our key can be stored with them.
    pub async fn capability(&self) -> Result<(bool, KeyField), SalesforceError> {
        match self.salesforce.describe(&Self::object(), None).await {
            Ok(described) => {
                let described = described.changed();
                let told = described.as_ref().map(|object| (object.createable, KeyField::of(object)));
                Ok(told.unwrap_or((false, KeyField::Absent)))
            }
            // To a user without rights the object does not exist.
            Err(error) if error.refusal().is_some_and(|refusal| refusal.has_code("NOT_FOUND")) => {
                Ok((false, KeyField::Absent))
            }
            Err(error) => Err(error),
        }
    }

    /// Makes a Campaign without a key: for orgs without our field, after
    /// [`Self::find_by_name`] found none. Never repeated by itself.
    pub async fn create(&self, campaign: &NewCampaign) -> Result<SalesforceId, SalesforceError> {
        self.salesforce.create(&Self::object(), &campaign.to_record()?).await
    }

    /// Makes the Campaign with this key, or overwrites it if it exists. For the first push only:
    /// see [`Salesforce::upsert`].
    pub async fn upsert(&self, key: &ExternalKey, campaign: &NewCampaign) -> Result<Upsertion, SalesforceError> {
        let field = FieldName::known(KEY_FIELD);
        self.salesforce.upsert(&Self::object(), &field, key, &campaign.to_record()?).await
    }

    /// Campaigns with this key, deleted ones included.
    pub async fn find_by_key(&self, key: &ExternalKey) -> Result<Vec<Campaign>, SalesforceError> {
        let query = Query::from(Campaign::OBJECT)
            .select(Campaign::FIELDS)
            .filter(Condition::equals(KEY_FIELD, key.as_str()))
            .limit(MOST_FOUND);
        self.salesforce.query_all_rows(&query.build()?).await
    }

    /// What a Campaign says of its webinar, with those of [`CAMPAIGN_DETAILS`] that the org has; `None` when it is gone.
    pub async fn there(
        &self,
        campaign: SalesforceId,
        details: &[&str],
    ) -> Result<Option<CampaignThere>, SalesforceError> {
        let query = Query::from(Campaign::OBJECT)
            .select(["Name", "Description"])
            .select(details)
            .filter(Condition::equals("Id", campaign))
            .limit(1);
        Ok(self.salesforce.query_rows(&query.build()?).await?.pop())
    }

    /// Live Campaigns with this text in their name, those that begin last first.
    pub async fn search(&self, text: &str, limit: u32) -> Result<Vec<Campaign>, SalesforceError> {
        let fields = Campaign::FIELDS.iter().filter(|field| **field != KEY_FIELD);
        let mut query = Query::from(Campaign::OBJECT).select(fields).order_by("StartDate", Direction::Descending);
        if !text.is_empty() {
            query = query.filter(Condition::contains("Name", text));
        }
        self.salesforce.query_rows(&query.limit(limit.clamp(1, MOST_FOUND)).build()?).await
    }

    /// Live Campaigns of this name, and of this first day if one is given. Several are the user's
    /// to choose from.
    pub async fn find_by_name(&self, name: &str, start: Option<NaiveDate>) -> Result<Vec<Campaign>, SalesforceError> {
        let fields = Campaign::FIELDS.iter().filter(|field| **field != KEY_FIELD);
        let mut query = Query::from(Campaign::OBJECT).select(fields).filter(Condition::equals("Name", name));
        if let Some(start) = start {
            query = query.filter(Condition::equals("StartDate", start));
        }
        self.salesforce.query_rows(&query.limit(MOST_FOUND).build()?).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_campaign_is_sent_with_what_it_has() {
        let mut campaign = NewCampaign::new("Launch");
        campaign.campaign_type = Some("Webinar".to_owned());
        campaign.start = NaiveDate::from_ymd_opt(2027, 3, 9);
        assert_eq!(
            campaign.to_record().unwrap().to_json(),
            json!({"Name": "Launch", "IsActive": true, "StartDate": "2027-03-09", "Type": "Webinar"})
        );
        campaign.end = NaiveDate::from_ymd_opt(2027, 3, 8);
        assert_eq!(campaign.to_record().unwrap_err().field, "EndDate");
        assert_eq!(NewCampaign::new("x".repeat(81)).to_record().unwrap_err().field, "Name");
    }
}
