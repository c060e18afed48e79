//! With whom the user has an open opportunity: it orders those whose call it may be, and decides nothing.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_salesforce::{Condition, Direction, Query, QueryPage, SalesforceError, SalesforceId};
use liaison_store::tables::open_opportunities::{self, OpportunityPart};
use serde::Deserialize;

use crate::context::{Context, SalesforceAccount};
use crate::failure::Error;
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen, salesforce_failed};
use crate::terms::{Provider, Tag};

/// Seldom: the calls are the organisation's, and nothing but an order depends on it.
const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::hours(6), watched: TimeDelta::hours(24), unwatched: TimeDelta::hours(24) };
/// Of more those that were touched last.
const MOST: u32 = 2_000;

/// The user's open opportunities: their Accounts, and the Contacts with a role in them.
pub(crate) struct Opportunities;

impl Pull for Opportunities {
    fn name(&self) -> &'static str {
        "opportunities"
    }

    fn service(&self) -> Provider {
        Provider::Salesforce
    }

    fn tag(&self) -> Tag {
        Tag::Calls
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        Some(seen.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(run(cx))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Opportunity {
    id: SalesforceId,
    #[serde(default)]
    account_id: Option<SalesforceId>,
    #[serde(rename = "OpportunityContactRoles", default)]
    roles: Option<Roles>,
}

#[derive(Deserialize)]
struct Roles {
    records: Vec<Role>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Role {
    #[serde(default)]
    contact_id: Option<SalesforceId>,
}

async fn run(cx: &Arc<Context>) -> Result<Pulled, Error> {
    let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
    let owner = cx.owner(Provider::Salesforce, &account.user_id, &account.org_id);
    let (open, skipped) = asked(cx, &account).await?;
    let parts: Vec<OpportunityPart> = open.iter().flat_map(parts_of).collect();
    let news = cx.write_for(&owner, move |tx| open_opportunities::replace(tx, &parts)).await?;
    let skipped = u32::try_from(skipped).unwrap_or(u32::MAX);
    Ok(Pulled { ending: Ending::Whole, skipped, news, ..Pulled::default() })
}

/// Those that are open, and how many more can't be read; two calls at most. Whoever may not see roles still sees the
/// Accounts, and whoever may not see Opportunities has none.
async fn asked(cx: &Context, account: &SalesforceAccount) -> Result<(Vec<Opportunity>, usize), Error> {
    let failed = salesforce_failed(cx);
    let QueryPage { mut records, skipped, next, .. } = match first_page(account, true).await.map_err(&failed) {
        Ok(page) => page,
        Err(error) if error.is_about_rights() => match first_page(account, false).await.map_err(&failed) {
            Ok(page) => return Ok((page.records, page.skipped.len())),
            Err(error) if error.is_about_rights() => {
                tracing::info!(%error, "this user sees no opportunities");
                return Ok((Vec::new(), 0));
            }
            Err(error) => return Err(error),
        },
        Err(error) => return Err(error),
    };
    let mut skipped = skipped.len();
    // With roles in them fewer rows may fit into a page.
    if let Some(next) = next {
        let page = account.api.query_more::<Opportunity>(&next).await.map_err(&failed)?;
        records.extend(page.records);
        skipped += page.skipped.len();
    }
    Ok((records, skipped))
}

async fn first_page(account: &SalesforceAccount, roles: bool) -> Result<QueryPage<Opportunity>, SalesforceError> {
    let query = Query::from("Opportunity")
        .select(["Id", "AccountId"])
        .filter(Condition::equals("OwnerId", account.user_id.as_str()))
        .filter(Condition::equals("IsClosed", false))
        .order_by("LastModifiedDate", Direction::Descending)
        .limit(MOST);
    let query = if roles { query.select_below("OpportunityContactRoles", ["ContactId"]) } else { query };
    account.api.query(&query.build()?).await
}

fn parts_of(opportunity: &Opportunity) -> impl Iterator<Item = OpportunityPart> {
    let contacts = opportunity.roles.iter().flat_map(|roles| &roles.records).filter_map(|role| role.contact_id);
    opportunity.account_id.into_iter().chain(contacts).map(move |record| OpportunityPart {
        opportunity_id: opportunity.id.to_string(),
        record_id: record.to_string(),
    })
}
