//! Accounts and their numbers: all of them once, then those that were touched since. The glance at the people tells
//! when that is, so a quiet round costs nothing more.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use liaison_domain::text;
use liaison_salesforce::{Company, CompanyQuery, FieldText, GoneQuery, ObjectName, PullCursor, SalesforceError};
use liaison_store::tables::companies::{self as table, CompanyRecord, GoneCompany};
use liaison_store::tables::cursors::{self, CursorRecord};
use liaison_store::tables::people::Phone;

use super::bulk::is_for_good;
use super::compare::is_check_due;
use super::place::Place;
use super::{ASK_AGAIN, OVERLAP, PAGE, checked_name};
use crate::context::{Context, Owner, SalesforceAccount};
use crate::failure::Error;
use crate::people::COMPANIES;
use crate::pull::salesforce_failed;
use crate::terms::Provider;

const GONE: &str = "salesforce.companies.gone";
const MAX_TEXT: usize = 255;
const MAX_NUMBER: usize = 255;

/// What may be read of accounts, once it was asked.
#[derive(Default)]
struct Known(Mutex<Option<Asked>>);

#[derive(Clone)]
struct Asked {
    at: DateTime<Utc>,
    /// The state of the rep's rights when it was asked.
    rights: u64,
    /// Nothing for a user who may see no accounts.
    queries: Option<(CompanyQuery, GoneQuery)>,
}

/// Takes what is new of the accounts, where a glance has shown that there is something, or where they are not whole;
/// answers whether anything came.
pub(super) async fn pull(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    owner: &Owner,
    news: bool,
) -> Result<bool, Error> {
    let stored = cursor(cx, COMPANIES).await?;
    let complete = stored.as_ref().and_then(|cursor| cursor.complete_utc_ms);
    if complete.is_some() && !news {
        return Ok(false);
    }
    CompanyPull { cx, account, owner, news: false }.run(stored).await
}

struct CompanyPull<'a> {
    cx: &'a Arc<Context>,
    account: &'a SalesforceAccount,
    owner: &'a Owner,
    news: bool,
}

impl CompanyPull<'_> {
    async fn run(mut self, stored: Option<CursorRecord>) -> Result<bool, Error> {
        let complete = stored.as_ref().and_then(|cursor| cursor.complete_utc_ms);
        let Some((query, gone)) = self.queries().await? else {
            let now_ms = self.cx.now_ms();
            self.cx.write_for(self.owner, move |tx| cursors::complete(tx, COMPANIES, "", now_ms)).await?;
            return Ok(false);
        };
        let from = match stored.and_then(|cursor| cursor.value.parse().ok()) {
            Some(Place::Page(place)) if complete.is_some() => Some(place.with_overlap(OVERLAP)),
            Some(Place::Page(place)) => Some(place),
            _ => None,
        };
        let last = self.pages(&query, from).await?;
        if let Some(last) = last {
            self.remove_gone(&gone, from.unwrap_or(last)).await?;
        }
        if let Some(complete) = complete {
            self.remove_hidden_once_in_a_while(complete).await?;
        }
        let value = last.map(|last| Place::Page(last).to_string()).unwrap_or_default();
        let now_ms = self.cx.now_ms();
        self.cx.write_for(self.owner, move |tx| cursors::complete(tx, COMPANIES, &value, now_ms)).await?;
        Ok(self.news)
    }

    async fn queries(&self) -> Result<Option<(CompanyQuery, GoneQuery)>, Error> {
        let (known, rights, now) = (self.cx.state::<Known>(), self.cx.rights_asked_since(), self.cx.now());
        let kept = known.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(asked) = kept.filter(|asked| asked.rights == rights && now - asked.at < ASK_AGAIN) {
            return Ok(asked.queries);
        }
        let failed = salesforce_failed(self.cx);
        let queries = match self.account.api.describe(&object()?, None).await {
            Ok(described) => {
                let description = described
                    .changed()
                    .ok_or_else(|| Error::Answer { provider: Provider::Salesforce, code: "E-SALESFORCE-DESCRIBE" })?;
                let gone = GoneQuery::new(&description).map_err(|error| failed(error.into()))?;
                Some((CompanyQuery::new(&description), gone))
            }
            Err(error) if is_refused(&error) => {
                tracing::info!(%error, "this user sees no accounts");
                None
            }
            Err(error) => return Err(failed(error)),
        };
        let asked = Asked { at: now, rights, queries: queries.clone() };
        *known.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(asked);
        Ok(queries)
    }

    /// Page after page, each stored with the place after it.
    async fn pages(&mut self, query: &CompanyQuery, from: Option<PullCursor>) -> Result<Option<PullCursor>, Error> {
        let mut place = from;
        loop {
            let page = match self.account.api.pull_companies(query, place.as_ref(), PAGE).await {
                Ok(page) => page,
                // A field may have been hidden since: ask again next time what there is. People go on without accounts.
                Err(error) if is_refused(&error) => {
                    tracing::warn!(%error, "accounts can't be read");
                    *self.cx.state::<Known>().0.lock().unwrap_or_else(PoisonError::into_inner) = None;
                    return Ok(place);
                }
                Err(error) => return Err(salesforce_failed(self.cx)(error)),
            };
            if let Some(first) = page.skipped.first() {
                tracing::warn!(rows = page.skipped.len(), field = %first.field, "accounts could not be read");
            }
            place = page.cursor.or(place);
            let rows: Vec<CompanyRecord> =
                page.companies.iter().map(|(company, numbers)| record(company, numbers)).collect();
            self.news |= !rows.is_empty();
            let value = place.map(|place| Place::Page(place).to_string()).unwrap_or_default();
            let now_ms = self.cx.now_ms();
            self.cx
                .write_for(self.owner, move |tx| {
                    table::upsert_page(tx, &rows)?;
                    cursors::set(tx, COMPANIES, &value, now_ms)
                })
                .await?;
            if !page.has_more {
                return Ok(place);
            }
        }
    }

    async fn remove_gone(&self, query: &GoneQuery, first: PullCursor) -> Result<(), Error> {
        let stored = match cursor(self.cx, GONE).await?.and_then(|cursor| cursor.value.parse().ok()) {
            Some(Place::Page(place)) => place,
            _ => first,
        };
        let (mut place, mut reached) = (stored.with_overlap(OVERLAP), stored);
        loop {
            let page = self.account.api.pull_gone(query, &place, PAGE).await.map_err(salesforce_failed(self.cx))?;
            if !page.records.is_empty() {
                reached = page.cursor;
            }
            place = page.cursor;
            let gone: Vec<GoneCompany> = page
                .records
                .iter()
                .map(|record| GoneCompany {
                    id: record.id.to_string(),
                    merged_into: record.merged_into.map(|master| master.to_string()),
                })
                .collect();
            let (value, now_ms) = (Place::Page(reached).to_string(), self.cx.now_ms());
            self.cx
                .write_for(self.owner, move |tx| {
                    table::remove(tx, &gone)?;
                    cursors::set(tx, GONE, &value, now_ms)
                })
                .await?;
            if !page.has_more {
                return Ok(());
            }
        }
    }

    /// Sharing changes without touching a record. A complete pull is a check too, so the first one counts from then on.
    async fn remove_hidden_once_in_a_while(&self, complete: i64) -> Result<(), Error> {
        let name = checked_name(COMPANIES);
        let checked = cursor(self.cx, &name).await?.and_then(|cursor| cursor.complete_utc_ms);
        let now_ms = self.cx.now_ms();
        let due = is_check_due(now_ms, checked.unwrap_or(complete));
        if checked.is_some() && !due {
            return Ok(());
        }
        let mut hidden = Vec::new();
        if due {
            let visible = self.account.api.visible_ids(&object()?).await.map_err(salesforce_failed(self.cx))?;
            let seen: HashSet<String> = visible.iter().map(ToString::to_string).collect();
            let known = self.cx.store.read(table::ids).await?;
            let unseen = known.into_iter().filter(|id| !seen.contains(id));
            hidden.extend(unseen.map(|id| GoneCompany { id, merged_into: None }));
        }
        let at = if due { now_ms } else { complete };
        self.cx
            .write_for(self.owner, move |tx| {
                table::remove(tx, &hidden)?;
                cursors::complete(tx, &name, "", at)
            })
            .await
    }
}

/// Whether it is about accounts alone, and asking again brings the same.
fn is_refused(error: &SalesforceError) -> bool {
    is_for_good(error) || error.is_gone()
}

async fn cursor(cx: &Context, name: &str) -> Result<Option<CursorRecord>, Error> {
    let name = name.to_owned();
    Ok(cx.store.read(move |db| cursors::get(db, &name)).await?)
}

fn object() -> Result<ObjectName, Error> {
    ObjectName::new("Account").map_err(|_| Error::Internal { code: "E-OBJECT" })
}

fn record(company: &Company, numbers: &[FieldText]) -> CompanyRecord {
    let clean = |text: &String| Some(text::single_line(text, MAX_TEXT)).filter(|text| !text.is_empty());
    let phone =
        |number: &FieldText| Phone { field: number.field.clone(), number: text::single_line(&number.text, MAX_NUMBER) };
    let is_person = company.is_person_account == Some(true);
    CompanyRecord {
        id: company.id.to_string(),
        name: company.name.as_ref().and_then(clean).unwrap_or_default(),
        owner_name: company.owner.as_ref().and_then(|owner| owner.name.as_ref()).and_then(clean),
        phones: if is_person { Vec::new() } else { numbers.iter().map(phone).collect() },
        stamp_utc_ms: company.system_modstamp.timestamp_millis(),
    }
}
