//! Campaigns, that people can be narrowed to their members. Who is in one is asked for when the user chooses it, and kept with
//! the moment at which it was so.

use futures::StreamExt as _;
use liaison_domain::text;
use liaison_salesforce::{Condition, Direction, Query, QueryStep, SalesforceError, SalesforceId};
use liaison_store::tables::people_lists::{self, PeopleListRecord};
use serde::Deserialize;

use super::list;
use crate::context::SalesforceAccount;
use crate::engine::Engine;
use crate::failure::Error;
use crate::people::MAX_NAME;
use crate::people::view::{PeopleListChoice, PeopleListInfo};
use crate::pull::salesforce_failed;
use crate::terms::Provider;

/// More of them nobody looks through; the latest come first.
const MOST_LISTS: u32 = 200;
/// A list beyond this is a part of the org, and is narrowed to by other filters.
const MOST_MEMBERS: usize = 50_000;
const CAMPAIGN: &str = "Campaign";

/// Members of a list, and whether there are more.
type Members = (Vec<String>, bool);

impl Engine {
    /// The active campaigns, the latest first.
    ///
    /// # Errors
    /// Nobody is signed in, or Salesforce can't be asked.
    pub async fn people_lists(&self) -> Result<Vec<PeopleListChoice>, Error> {
        let cx = self.profile().await?;
        let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
        campaigns(&account).await.map_err(salesforce_failed(&cx))
    }

    /// Asks who is in a list of [`Engine::people_lists`], so that the people can be narrowed to them.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such list any more.
    pub async fn fetch_people_list(&self, id: String) -> Result<PeopleListInfo, Error> {
        let cx = self.profile().await?;
        let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
        let failed = salesforce_failed(&cx);
        let known = campaigns(&account).await.map_err(&failed)?;
        let choice = known.into_iter().find(|choice| choice.id == id).ok_or(Error::Gone)?;
        let list_id: SalesforceId = id.split_once(':').and_then(|(_, id)| id.parse().ok()).ok_or(Error::Gone)?;
        let (members, cut) = campaign_members(&account, list_id).await.map_err(&failed)?;
        tracing::info!(members = members.len(), cut, "a list of people was asked for");
        let record = PeopleListRecord { id: id.clone(), name: choice.name, fetched_utc_ms: cx.now_ms(), cut };
        let owner = cx.owner(Provider::Salesforce, &account.user_id, &account.org_id);
        cx.write_for(&owner, move |tx| people_lists::put(tx, &record, &members)).await?;
        let info = cx.store.read(move |db| list::list_info(db, &id)).await?;
        info.ok_or(Error::Gone)
    }
}

async fn campaigns(account: &SalesforceAccount) -> Result<Vec<PeopleListChoice>, SalesforceError> {
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
    let rows: Vec<Row> = match account.api.query_rows(&soql).await {
        Ok(rows) => rows,
        // An org without campaigns, or a rep who may not see them, has none.
        Err(SalesforceError::Refused(refusal)) if refusal.has_code("INVALID_TYPE") => Vec::new(),
        Err(error) => return Err(error),
    };
    let choice = |row: Row| PeopleListChoice {
        id: format!("{CAMPAIGN}:{}", row.id),
        name: text::single_line(row.name.as_deref().unwrap_or_default(), MAX_NAME),
    };
    Ok(rows.into_iter().map(choice).collect())
}

async fn campaign_members(account: &SalesforceAccount, campaign: SalesforceId) -> Result<Members, SalesforceError> {
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
    let mut steps = std::pin::pin!(account.api.walk_query::<Row>(soql));
    let mut members = Vec::new();
    while let Some(step) = steps.next().await {
        match step? {
            QueryStep::Page(page) => {
                // A converted Lead's member has both.
                members.extend(page.records.into_iter().filter_map(|row| row.contact_id.or(row.lead_id)));
            }
            QueryStep::Complete { .. } => break,
        }
        if members.len() > MOST_MEMBERS {
            break;
        }
    }
    let cut = members.len() > MOST_MEMBERS;
    members.truncate(MOST_MEMBERS);
    Ok((members.into_iter().map(|id: SalesforceId| id.to_string()).collect(), cut))
}
