//! Who the rep is, and what the org is like.

use chrono::{TimeDelta, Utc};
use liaison_salesforce::Salesforce;

use super::object;
use crate::failure::Failure;
use crate::journey::Journey;

pub async fn travel(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    if let Some(user) = journey.step("GET /services/oauth2/userinfo", salesforce.user_info()).await {
        let identity = salesforce.identity(user.organization_id, user.user_id);
        journey.step("GET /id/{organization}/{user}", identity).await;
    }
    journey.step("GET /services/data", salesforce.versions()).await;
    journey.step("GET /sobjects", salesforce.describe_global(None)).await;
    for name in ["Lead", "Contact", "Account", "Opportunity", "Case", "Event", "Task", "Campaign", "CampaignMember"] {
        journey.step("GET /sobjects/{object}/describe", salesforce.describe(&object(name)?, None)).await;
    }
    let tomorrow = Utc::now() + TimeDelta::days(1);
    let lead = object("Lead")?;
    journey.step("GET /sobjects/{object}/describe", salesforce.describe(&lead, Some(tomorrow))).await;
    journey.step("GET /limits", salesforce.limits()).await;
    let counted = [object("Lead")?, object("Contact")?];
    journey.step("GET /limits/recordCount", salesforce.record_counts(&counted)).await;
    Ok(())
}
