//! Lists of Salesforce that people can be narrowed to and registered from: campaigns, list views, reports. Who is in one
//! is asked for when the user chooses it, and kept with the moment at which it was so. Members who are not on this
//! computer are brought here.

mod campaign;
mod report;
mod saved;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use futures::StreamExt as _;
use liaison_domain::{RecordKind, email, text};
use liaison_salesforce::{Condition, Disposition, Query, QueryStep, SalesforceError, SalesforceId, Soql};
use liaison_store::tables::people;
use liaison_store::tables::people_lists::{self, PeopleListRecord};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::pull::KINDS;
use super::{find, list, pull};
use crate::context::{Context, SalesforceAccount};
use crate::engine::Engine;
use crate::failure::Error;
use crate::people::MAX_NAME;
use crate::people::view::{FetchedPeopleList, PeopleListChoice, PeopleListKind};
use crate::pull::salesforce_failed;
use crate::terms::Provider;

/// More of them nobody looks through.
const MOST_LISTS: u32 = 200;
/// A list beyond this is a part of the org, and is narrowed to by other filters.
const MOST_MEMBERS: usize = 50_000;
/// So many members who are not here are brought here; of more the window says that they are not.
const MOST_BROUGHT: usize = 5_000;
/// Addresses in one question.
const ADDRESSES: usize = 200;

/// Who is in a list.
struct Members {
    ids: Vec<SalesforceId>,
    /// Where the list knows people by their addresses.
    addresses: Vec<String>,
    /// There are more.
    cut: bool,
}

impl Engine {
    /// The lists that this user may see: the active campaigns, the latest first, list views of Leads and Contacts, and
    /// the reports that were looked at last.
    ///
    /// # Errors
    /// Nobody is signed in, or Salesforce can't be asked.
    pub async fn people_lists(&self) -> Result<Vec<PeopleListChoice>, Error> {
        let cx = self.profile().await?;
        let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
        let failed = salesforce_failed(&cx);
        let mut all = some(campaign::choices(&account).await).map_err(&failed)?;
        for kind in KINDS {
            all.extend(some(saved::choices(&account, kind).await).map_err(&failed)?);
        }
        all.extend(some(report::choices(&account).await).map_err(&failed)?);
        Ok(all)
    }

    /// Asks who is in a list of [`Engine::people_lists`], so that the people can be narrowed to them.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such list any more.
    pub async fn fetch_people_list(&self, id: String) -> Result<FetchedPeopleList, Error> {
        let cx = self.profile().await?;
        let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
        let failed = salesforce_failed(&cx);
        let (kind, own) = id.split_once(':').ok_or(Error::Gone)?;
        let own: SalesforceId = own.parse().map_err(|_| Error::Gone)?;
        let choices = match kind {
            campaign::CAMPAIGN => campaign::choices(&account).await,
            saved::LEADS => saved::choices(&account, RecordKind::Lead).await,
            saved::CONTACTS => saved::choices(&account, RecordKind::Contact).await,
            report::REPORT => report::choices(&account).await,
            _ => Ok(Vec::new()),
        };
        let choice = choices.map_err(&failed)?.into_iter().find(|choice| choice.id == id).ok_or(Error::Gone)?;
        if let Some(problem) = choice.problem {
            return Ok(FetchedPeopleList::Unusable { problem });
        }
        let members = match choice.kind {
            PeopleListKind::Campaign => campaign::members(&account, own).await.map_err(&failed)?,
            PeopleListKind::Leads => saved::members(&cx, &account, RecordKind::Lead, own).await?,
            PeopleListKind::Contacts => saved::members(&cx, &account, RecordKind::Contact, own).await?,
            PeopleListKind::Report => {
                let told = account.api.run_report(own).await.map_err(&failed)?;
                match report::members(&told) {
                    Ok(members) => members,
                    Err(problem) => return Ok(FetchedPeopleList::Unusable { problem }),
                }
            }
        };
        let (cut, mut ids) = (members.cut, members.ids);
        let (of_addresses, strangers) = by_address(&cx, &account, members.addresses).await?;
        ids.extend(of_addresses);
        let here = brought(&cx, &account, ids).await?;
        tracing::info!(members = here.len(), strangers = strangers.len(), cut, "a list of people was asked for");
        let record = PeopleListRecord { id: id.clone(), name: choice.name, fetched_utc_ms: cx.now_ms(), cut };
        let owner = cx.owner(Provider::Salesforce, &account.user_id, &account.org_id);
        cx.write_for(&owner, move |tx| people_lists::put(tx, &record, &here)).await?;
        let info = cx.store.read(move |db| list::list_info(db, &id)).await?;
        Ok(FetchedPeopleList::Fetched { list: info.ok_or(Error::Gone)?, strangers })
    }
}

fn choice(id: String, name: &str, kind: PeopleListKind) -> PeopleListChoice {
    PeopleListChoice { id, name: text::single_line(name, MAX_NAME), kind, problem: None }
}

/// What the org has not got, or this user may not see, is no reason to show none of the others.
fn some(choices: Result<Vec<PeopleListChoice>, SalesforceError>) -> Result<Vec<PeopleListChoice>, SalesforceError> {
    match choices {
        Err(error)
            if matches!(&error, SalesforceError::Refused(refusal)
                if matches!(refusal.disposition(), Disposition::Park { .. })) =>
        {
            tracing::info!(%error, "lists of one kind can't be seen");
            Ok(Vec::new())
        }
        choices => choices,
    }
}

/// All rows of a question, as far as a list goes.
async fn walk<T: DeserializeOwned + Send + 'static>(
    account: &SalesforceAccount,
    soql: Soql,
    person: impl Fn(T) -> Option<SalesforceId>,
) -> Result<Members, SalesforceError> {
    let mut steps = std::pin::pin!(account.api.walk_query::<T>(soql));
    let (mut ids, mut seen) = (Vec::new(), HashSet::new());
    while let Some(step) = steps.next().await {
        match step? {
            QueryStep::Page(page) => {
                let people = page.records.into_iter().filter_map(&person);
                ids.extend(people.filter(|id| seen.insert(*id)));
            }
            QueryStep::Complete { .. } => break,
        }
        if ids.len() > MOST_MEMBERS {
            break;
        }
    }
    let cut = ids.len() > MOST_MEMBERS;
    ids.truncate(MOST_MEMBERS);
    Ok(Members { ids, addresses: Vec::new(), cut })
}

/// Whose addresses these are, here and in Salesforce; and those that are nobody's.
async fn by_address(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    addresses: Vec<String>,
) -> Result<(Vec<SalesforceId>, Vec<String>), Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Row {
        id: SalesforceId,
        #[serde(default)]
        email: Option<String>,
    }

    let asked = addresses.clone();
    let here = cx.store.read(move |db| {
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        people::people_by_email(db, &asked)
    });
    let (mut ids, mut known) = (Vec::new(), HashSet::new());
    for person in here.await? {
        known.extend(person.email.iter().chain(&person.more_emails).map(|address| email::folded(address)));
        ids.extend(person.salesforce_id.parse::<SalesforceId>().ok());
    }
    let unknown = |known: &HashSet<String>| -> Vec<String> {
        addresses.iter().filter(|address| !known.contains(&email::folded(address))).cloned().collect()
    };
    let asked = unknown(&known);
    for some in asked.chunks(ADDRESSES) {
        for kind in KINDS {
            // One kind that the user may not see would cost them the whole list.
            if pull::queries(cx, account, kind).await?.is_none() {
                continue;
            }
            let soql = Query::from(kind.object()).select(["Id", "Email"]).filter(Condition::is_in("Email", some));
            let soql = soql.build().map_err(|error| salesforce_failed(cx)(error.into()))?;
            let rows: Vec<Row> = account.api.query_rows(&soql).await.map_err(salesforce_failed(cx))?;
            for row in rows {
                known.extend(row.email.as_deref().map(email::folded));
                ids.push(row.id);
            }
        }
    }
    Ok((ids, unknown(&known)))
}

/// The Salesforce ids of members as whom they are now, once those who were not here are.
async fn brought(cx: &Arc<Context>, account: &SalesforceAccount, ids: Vec<SalesforceId>) -> Result<Vec<String>, Error> {
    let mut current = BTreeSet::new();
    bring(cx, account, &ids).await?;
    let asked: Vec<String> = ids
        .iter()
        .map(|id| pull::person_id(if id.is_lead() { RecordKind::Lead } else { RecordKind::Contact }, *id))
        .collect();
    let became = cx.store.read(move |db| {
        asked.iter().map(|id| people::successor(db, id)).collect::<liaison_store::StoreResult<Vec<_>>>()
    });
    for id in became.await? {
        current.extend(id.split_once(':').and_then(|(_, id)| id.parse::<SalesforceId>().ok()));
    }
    let current: Vec<SalesforceId> = current.into_iter().collect();
    // Whoever a Lead became may be somebody who is not here either.
    bring(cx, account, &current).await?;
    Ok(current.iter().map(ToString::to_string).collect())
}

async fn bring(cx: &Arc<Context>, account: &SalesforceAccount, ids: &[SalesforceId]) -> Result<(), Error> {
    for kind in KINDS {
        let own = ids.iter().filter(|id| if kind == RecordKind::Lead { id.is_lead() } else { id.is_contact() });
        find::bring(cx, account, kind, own.copied().collect(), MOST_BROUGHT).await?;
    }
    Ok(())
}
