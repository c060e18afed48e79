//! Everything this user may do in this org that Liaison makes use of.

use serde::Deserialize;

use super::ObjectCapability;
use crate::error::SalesforceError;
use crate::{Condition, Described, ObjectName, Query, Salesforce, SalesforceId};

/// What a Task says about a call.
pub(super) const CALL_FIELDS: [&str; 4] = ["CallType", "CallDurationInSeconds", "CallDisposition", "CallObject"];

/// What this user may do in this org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgCapabilities {
    /// People who are no customers yet.
    pub lead: ObjectCapability,
    /// People at customers.
    pub contact: ObjectCapability,
    /// Customers.
    pub account: ObjectCapability,
    /// Business that may come.
    pub opportunity: ObjectCapability,
    /// Questions of customers.
    pub case: ObjectCapability,
    /// Calendar entries.
    pub event: ObjectCapability,
    /// Further people at calendar entries.
    pub event_relation: ObjectCapability,
    /// Tasks.
    pub task: ObjectCapability,
    /// Campaigns.
    pub campaign: ObjectCapability,
    /// Members of Campaigns.
    pub campaign_member: ObjectCapability,
    /// Statuses of members.
    pub campaign_member_status: ObjectCapability,
    /// The user has the marketing right; `None` when the org does not tell.
    pub marketing_user: Option<bool>,
    /// The status of a Task that is done; `None` when the org does not tell.
    pub closed_task_status: Option<String>,
}

impl OrgCapabilities {
    /// Whether a Task can say what a call was like. Some editions have no such fields.
    #[must_use]
    pub fn call_fields(&self) -> bool {
        CALL_FIELDS.iter().all(|name| self.task.field(name).is_some_and(|field| field.createable))
    }

    /// Whether the user may make Campaigns. Without it members are added to those there are.
    #[must_use]
    pub fn can_make_campaigns(&self) -> bool {
        self.campaign.createable && self.marketing_user != Some(false)
    }
}

impl Salesforce {
    /// Asks what `user`, the one who is signed in, may do: thirteen calls, so once a day or on
    /// doubt. With `known`, the answer of the last time, descriptions that did not change are not
    /// sent again; after a refusal that contradicts it, ask without: rights can change where the
    /// description's date does not.
    pub async fn org_capabilities(
        &self,
        user: SalesforceId,
        known: Option<&OrgCapabilities>,
    ) -> Result<OrgCapabilities, SalesforceError> {
        type Part = fn(&OrgCapabilities) -> &ObjectCapability;
        let of = async |name: &'static str, part: Part| self.object_capability(name, known.map(part)).await;
        Ok(OrgCapabilities {
            lead: of("Lead", |known| &known.lead).await?,
            contact: of("Contact", |known| &known.contact).await?,
            account: of("Account", |known| &known.account).await?,
            opportunity: of("Opportunity", |known| &known.opportunity).await?,
            case: of("Case", |known| &known.case).await?,
            event: of("Event", |known| &known.event).await?,
            event_relation: of("EventRelation", |known| &known.event_relation).await?,
            task: of("Task", |known| &known.task).await?,
            campaign: of("Campaign", |known| &known.campaign).await?,
            campaign_member: of("CampaignMember", |known| &known.campaign_member).await?,
            campaign_member_status: of("CampaignMemberStatus", |known| &known.campaign_member_status).await?,
            marketing_user: told(self.marketing_user(user).await)?,
            closed_task_status: told(self.closed_task_status().await)?,
        })
    }

    /// What the user may do with one object; nothing at all where it does not exist for them.
    pub async fn object_capability(
        &self,
        name: &'static str,
        known: Option<&ObjectCapability>,
    ) -> Result<ObjectCapability, SalesforceError> {
        let since = known.and_then(|known| known.last_modified_utc);
        match self.describe(&ObjectName::known(name), since).await {
            Ok(Described::Changed { description, last_modified_utc }) => {
                Ok(ObjectCapability::of(Some(&description), last_modified_utc))
            }
            Ok(Described::NotModified) => known.cloned().ok_or(SalesforceError::Mismatch {
                operation: "GET /sobjects/{object}/describe",
                reason: "it is unchanged since a moment nobody asked for",
            }),
            // To a user without rights the object does not exist.
            Err(error) if error.refusal().is_some_and(|refusal| refusal.has_code("NOT_FOUND")) => {
                Ok(ObjectCapability::of(None, None))
            }
            Err(error) => Err(error),
        }
    }

    async fn marketing_user(&self, user: SalesforceId) -> Result<Option<bool>, SalesforceError> {
        #[derive(Deserialize)]
        struct Row {
            #[serde(rename = "UserPermissionsMarketingUser")]
            marketing: Option<bool>,
        }

        let query = Query::from("User").select(["UserPermissionsMarketingUser"]).filter(Condition::equals("Id", user));
        let rows: Vec<Row> = self.query_rows(&query.build()?).await?;
        Ok(rows.first().and_then(|row| row.marketing))
    }
}

/// What the org hides from this user is not known, which is no error.
pub(super) fn told<T>(answer: Result<Option<T>, SalesforceError>) -> Result<Option<T>, SalesforceError> {
    let hidden = |error: &SalesforceError| {
        error.refusal().is_some_and(|refusal| refusal.has_code("INVALID_FIELD") || refusal.has_code("INVALID_TYPE"))
    };
    match answer {
        Err(error) if hidden(&error) => Ok(None),
        answered => answered,
    }
}
