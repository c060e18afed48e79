//! Looking for people in Salesforce itself: somebody who is not on this computer is brought here, and is then found like
//! everybody else. Salesforce's own search finds whole words, and runs behind by seconds to minutes.

use std::collections::BTreeMap;
use std::sync::Arc;

use liaison_domain::phone::{self, Regions};
use liaison_domain::{RecordKind, text};
use liaison_salesforce::{MOST_BY_ID, SalesforceId, Search, SearchHit, SearchScope, SearchedObject};
use liaison_store::tables::people;

use super::pull::record;
use super::pull::{self, KINDS};
use crate::calls;
use crate::context::{Context, SalesforceAccount};
use crate::engine::Engine;
use crate::failure::Error;
use crate::people::MAX_QUERY;
use crate::people::view::FoundPeople;
use crate::pull::salesforce_failed;
use crate::terms::Provider;

/// Of each kind; who has more to choose from types more.
const MOST_HITS: u32 = 100;
/// Fewer digits are a part of a number, which Salesforce does not search for.
const FEWEST_DIGITS: usize = 7;

impl Engine {
    /// Searches Salesforce for people by words or a telephone number, and brings those here who are not.
    ///
    /// # Errors
    /// Nobody is signed in, or Salesforce can't be asked.
    pub async fn find_people(&self, query: String) -> Result<FoundPeople, Error> {
        let cx = self.profile().await?;
        let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
        let query = text::single_line(&query, MAX_QUERY);
        let hits = hits(&cx, &account, &query).await?;
        let mut by_kind: BTreeMap<&'static str, Vec<SalesforceId>> = BTreeMap::new();
        let mut found = 0;
        for kind in KINDS {
            let ids: Vec<SalesforceId> =
                hits.iter().filter(|hit| hit.object == kind.object()).map(|hit| hit.id).collect();
            found += u32::try_from(ids.len()).unwrap_or(u32::MAX);
            by_kind.insert(kind.object(), ids);
        }
        let mut added = 0;
        for kind in KINDS {
            let ids = by_kind.remove(kind.object()).unwrap_or_default();
            added += bring(&cx, &account, kind, ids, usize::MAX).await?;
        }
        tracing::info!(found, added, "people looked for in Salesforce");
        Ok(FoundPeople { found, added })
    }
}

async fn hits(cx: &Arc<Context>, account: &SalesforceAccount, query: &str) -> Result<Vec<SearchHit>, Error> {
    let mut objects = Vec::new();
    for kind in KINDS {
        // One that the user may not see would have the whole search refused.
        if pull::queries(cx, account, kind).await?.is_some() {
            objects.push(SearchedObject { object: pull::object(kind)?, fields: Vec::new(), limit: MOST_HITS });
        }
    }
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let failed = salesforce_failed(cx);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_number = !query.chars().any(char::is_alphabetic) && digits(query).len() >= FEWEST_DIGITS;
    if is_number {
        let regions = cx.store.read(calls::regions).await?;
        let spellings = spellings(query, regions);
        let spellings: Vec<&str> = spellings.iter().map(String::as_str).collect();
        return account.api.search_phone(&spellings, &objects).await.map_err(failed);
    }
    // Too few letters find nobody there.
    let Ok(search) = Search::words(query, SearchScope::All, objects) else { return Ok(Vec::new()) };
    account.api.search(&search).await.map_err(failed)
}

/// Salesforce finds a number by the digits it was typed with: as it is dialled at home and from abroad.
fn spellings(query: &str, regions: Regions) -> Vec<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut all = vec![digits(query)];
    for number in phone::numbers(query, regions) {
        all.push(number.key().digits().to_string());
        all.push(digits(&number.format(regions.user)));
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|spelling| (FEWEST_DIGITS..=15).contains(&spelling.len()) && seen.insert(spelling.clone()));
    all
}

/// Stores people who are not here, so many of them at most; answers how many.
pub(super) async fn bring(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    kind: RecordKind,
    mut ids: Vec<SalesforceId>,
    most: usize,
) -> Result<u32, Error> {
    let asked: Vec<String> = ids.iter().map(|id| pull::person_id(kind, *id)).collect();
    let here: std::collections::HashSet<String> =
        cx.store.read(move |db| people::stamps(db, &asked)).await?.into_iter().map(|(id, _)| id).collect();
    ids.retain(|id| !here.contains(&pull::person_id(kind, *id)));
    ids.truncate(most);
    if ids.is_empty() {
        return Ok(0);
    }
    let owner = cx.owner(Provider::Salesforce, &account.user_id, &account.org_id);
    let Some(queries) = pull::queries(cx, account, kind).await? else { return Ok(0) };
    let mut added = 0;
    for some in ids.chunks(MOST_BY_ID) {
        let (people, skipped) = account.api.people_by_id(&queries.people, some).await.map_err(salesforce_failed(cx))?;
        if !skipped.is_empty() {
            tracing::warn!(rows = skipped.len(), "people who were looked for could not be read and were left out");
        }
        let rows: Vec<_> = people.iter().map(record::record).collect();
        added += u32::try_from(rows.len()).unwrap_or(u32::MAX);
        cx.write_for(&owner, move |tx| people::upsert_page(tx, &rows)).await?;
    }
    Ok(added)
}

#[cfg(test)]
mod tests {
    use liaison_domain::phone::Region;

    use super::*;

    #[test]
    fn a_number_is_looked_for_as_it_is_dialled_everywhere() {
        let dutch = Regions::of_user(Region::from_iso("NL"));
        assert_eq!(spellings("06 1234 5678", dutch), ["0612345678", "31612345678"]);
        assert_eq!(spellings("+31 6 12345678", dutch), ["31612345678", "0612345678"]);
    }
}
