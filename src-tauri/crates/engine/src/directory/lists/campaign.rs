//! The members of a campaign.

use liaison_salesforce::{Condition, Direction, Query, SalesforceError, SalesforceId};
use serde::Deserialize;

use super::{MOST_LISTS, Members, choice, walk};
use crate::context::SalesforceAccount;
use crate::people::view::{PeopleListChoice, PeopleListKind};

pub(super) const CAMPAIGN: &str = "Campaign";

/// The active ones, the latest first.
pub(super) async fn choices(account: &SalesforceAccount) -> Result<Vec<PeopleListChoice>, SalesforceError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Row {
        id: SalesforceId,
        #[serde(default)]
        name: Option<String>,
    }

    let soql = Query::from(CAMPAIGN)
        .select(["Id", "Name"])
        .filter(Condition::equals("IsActive", true))
        .order_by("LastModifiedDate", Direction::Descending)
        .limit(MOST_LISTS)
        .build()?;
    let rows: Vec<Row> = account.api.query_rows(&soql).await?;
    let campaign = |row: Row| {
        let name = row.name.as_deref().unwrap_or_default();
        choice(format!("{CAMPAIGN}:{}", row.id), name, PeopleListKind::Campaign)
    };
    Ok(rows.into_iter().map(campaign).collect())
}

pub(super) async fn members(account: &SalesforceAccount, campaign: SalesforceId) -> Result<Members, SalesforceError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Row {
        #[serde(default)]
        lead_id: Option<SalesforceId>,
        #[serde(default)]
        contact_id: Option<SalesforceId>,
    }

    let soql = Query::from("CampaignMember")
        .select(["LeadId", "ContactId"])
        .filter(Condition::equals("CampaignId", campaign))
        .build()?;
    // A converted Lead's member has both.
    walk(account, soql, |row: Row| row.contact_id.or(row.lead_id)).await
}
