//! The round of a quiet hour: one call that shows whether anybody was touched or is gone, and which accounts have
//! another name. Whoever has news is then pulled as usual.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use liaison_domain::RecordKind;
use liaison_salesforce::{Glimpse, Look, PeopleCursor, SalesforceId, Seen};
use liaison_store::StoreResult;
use liaison_store::tables::cursors::{self, CursorRecord};
use liaison_store::tables::{companies, people};

use super::compare::is_check_due;
use super::place::Place;
use super::rights::is_known_hidden;
use super::{KINDS, OVERLAP, checked_name, cursor_name, object, person_id};
use crate::context::{Context, Owner, SalesforceAccount};
use crate::failure::Error;
use crate::pull::salesforce_failed;

/// How far the names of accounts have been followed.
const ACCOUNTS: &str = "salesforce.accounts";

/// A record at a moment.
type Touch = (SalesforceId, i64);

/// What glances showed that has been pulled since: the overlap shows it again.
#[derive(Default)]
pub(super) struct Glimpsed(Mutex<HashMap<RecordKind, HashSet<Touch>>>);

impl Glimpsed {
    /// A pull of this kind has dealt with everything that a glance had shown.
    pub fn dealt_with(&self, kind: RecordKind, glance: &Taken) {
        let shown = glance.shown.get(&kind).cloned().unwrap_or_default();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(kind, shown);
    }

    fn knows(&self, kind: RecordKind, touch: &Touch) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&kind).is_some_and(|known| known.contains(touch))
    }
}

/// What a glance showed.
#[derive(Default)]
pub(super) struct Taken {
    /// Kinds that have to be pulled.
    pub news: HashSet<RecordKind>,
    /// Whether Contacts got another company.
    pub renamed: bool,
    /// Whether accounts have to be pulled, if there is a pull of them at all.
    pub companies: bool,
    shown: HashMap<RecordKind, HashSet<Touch>>,
}

/// Where a kind of people stands.
struct Standing {
    kind: RecordKind,
    place: PeopleCursor,
    gone: PeopleCursor,
    /// The cursor's text, to be kept as it is.
    value: String,
}

pub(super) struct Glance<'a> {
    pub cx: &'a Arc<Context>,
    pub account: &'a SalesforceAccount,
    pub owner: &'a Owner,
}

impl Glance<'_> {
    /// Looks at everything at once, when all people were pulled before and no comparison of ids is due; otherwise
    /// both kinds have to be pulled.
    pub async fn take(&self) -> Result<Taken, Error> {
        let mut taken = Taken::default();
        let Some(standings) = self.standings().await? else {
            taken.news.extend(KINDS);
            taken.companies = true;
            return Ok(taken);
        };
        let accounts = self.accounts_place(&standings).await?;
        let mut looks = Vec::new();
        for standing in &standings {
            let name = object(standing.kind)?;
            looks.push(Look::touched(name.clone(), standing.place.with_overlap(OVERLAP)));
            looks.push(Look::deleted(name, standing.gone.with_overlap(OVERLAP)));
        }
        looks.push(accounts_look(accounts.with_overlap(OVERLAP))?);
        let mut seen = self.account.api.look(&looks).await.map_err(salesforce_failed(self.cx))?.into_iter();
        for standing in &standings {
            let (touched, gone) = (seen.next(), seen.next());
            let (Some(Ok(touched)), Some(Ok(gone))) = (touched, gone) else {
                // A refusal: the pull itself finds out what it is about.
                taken.news.insert(standing.kind);
                continue;
            };
            let shown = taken.shown.entry(standing.kind).or_default();
            shown.extend(touched.rows.iter().chain(&gone.rows).map(touch));
            if touched.more || gone.more || self.is_news(standing, &touched.rows, &gone.rows).await? {
                taken.news.insert(standing.kind);
            } else {
                self.still_whole(standing).await?;
            }
        }
        match seen.next() {
            Some(Ok(seen)) => {
                taken.companies = seen.more || self.are_companies_news(&seen.rows).await?;
                taken.renamed = self.follow_names(accounts, seen).await?;
            }
            Some(Err(refusal)) => tracing::info!(?refusal, "accounts could not be looked at"),
            None => {}
        }
        Ok(taken)
    }

    async fn standings(&self) -> Result<Option<Vec<Standing>>, Error> {
        let now_ms = self.cx.now_ms();
        let mut kinds = KINDS.to_vec();
        // Of nobody there is nothing new. Where the accounts begin, only Contacts tell.
        kinds.retain(|kind| *kind == RecordKind::Contact || !is_known_hidden(self.cx, *kind));
        let read = self.cx.store.read(move |db| {
            kinds
                .into_iter()
                .map(|kind| {
                    let name = cursor_name(kind);
                    let cursor = cursors::get(db, name)?;
                    let checked = cursors::get(db, &checked_name(name))?.and_then(|cursor| cursor.complete_utc_ms);
                    let gone = cursors::get(db, &format!("{name}.gone"))?;
                    Ok(standing(kind, cursor, checked, gone, now_ms))
                })
                .collect::<StoreResult<Option<Vec<_>>>>()
        });
        Ok(read.await?)
    }

    /// Whether a glance shows somebody who is not known here as they are there.
    async fn is_news(&self, standing: &Standing, touched: &[Glimpse], gone: &[Glimpse]) -> Result<bool, Error> {
        let kind = standing.kind;
        let ids: Vec<String> = touched.iter().chain(gone).map(|row| person_id(kind, row.id)).collect();
        let here: HashMap<String, i64> =
            self.cx.store.read(move |db| people::stamps(db, &ids)).await?.into_iter().collect();
        let glimpsed = self.cx.state::<Glimpsed>();
        let new = |row: &Glimpse| !glimpsed.knows(kind, &touch(row));
        let is_touched = |row: &&Glimpse| {
            here.get(&person_id(kind, row.id)).is_none_or(|stamp| *stamp < row.system_modstamp.timestamp_millis())
        };
        let is_gone = |row: &&Glimpse| {
            here.contains_key(&person_id(kind, row.id)) || row.system_modstamp > standing.gone.system_modstamp
        };
        Ok(touched.iter().filter(is_touched).any(new) || gone.iter().filter(is_gone).any(new))
    }

    async fn are_companies_news(&self, touched: &[Glimpse]) -> Result<bool, Error> {
        let ids: Vec<String> = touched.iter().map(|row| row.id.to_string()).collect();
        let here: HashMap<String, i64> =
            self.cx.store.read(move |db| companies::stamps(db, &ids)).await?.into_iter().collect();
        let is_new = |row: &Glimpse| {
            here.get(row.id.as_str()).is_none_or(|stamp| *stamp < row.system_modstamp.timestamp_millis())
        };
        Ok(touched.iter().any(is_new))
    }

    async fn still_whole(&self, standing: &Standing) -> Result<(), Error> {
        let (name, value, now_ms) = (cursor_name(standing.kind), standing.value.clone(), self.cx.now_ms());
        self.cx.write_for(self.owner, move |tx| cursors::complete(tx, name, &value, now_ms)).await
    }

    /// Where to follow the names of accounts from; at first from where the Contacts were read.
    async fn accounts_place(&self, standings: &[Standing]) -> Result<PeopleCursor, Error> {
        let stored = self.cx.store.read(|db| cursors::get(db, ACCOUNTS)).await?;
        let contacts = standings.iter().find(|standing| standing.kind == RecordKind::Contact);
        let place = match stored.and_then(|cursor| cursor.value.parse().ok()) {
            Some(Place::Page(place)) => Some(place),
            _ => contacts.map(|standing| standing.place),
        };
        place.ok_or_else(|| Error::Internal { code: "E-PLACE" })
    }

    /// A Contact shows its account's name, and is not touched when that changes.
    async fn follow_names(&self, from: PeopleCursor, first: Seen) -> Result<bool, Error> {
        let (mut seen, mut renamed) = (first, 0);
        loop {
            let reached = if seen.rows.is_empty() { from } else { seen.cursor };
            let (more, next) = (seen.more && !seen.rows.is_empty(), seen.cursor);
            let value = Place::Page(reached).to_string();
            let now_ms = self.cx.now_ms();
            renamed += self
                .cx
                .write_for(self.owner, move |tx| {
                    let mut renamed = 0;
                    for account in &seen.rows {
                        let name = account.name.as_deref().map(super::record::company);
                        renamed += people::rename_account(tx, account.id.as_str(), name.as_deref())?;
                    }
                    cursors::set(tx, ACCOUNTS, &value, now_ms)?;
                    Ok(renamed)
                })
                .await?;
            if !more {
                break;
            }
            let mut outcomes =
                self.account.api.look(&[accounts_look(next)?]).await.map_err(salesforce_failed(self.cx))?;
            match outcomes.pop() {
                Some(Ok(page)) => seen = page,
                _ => break,
            }
        }
        Ok(renamed > 0)
    }
}

fn accounts_look(since: PeopleCursor) -> Result<Look, Error> {
    let object = liaison_salesforce::ObjectName::new("Account").map_err(|_| Error::Internal { code: "E-OBJECT" })?;
    Ok(Look::touched(object, since).named())
}

/// `None` when a whole pull of the kind, or a comparison of ids, is due.
fn standing(
    kind: RecordKind,
    cursor: Option<CursorRecord>,
    checked: Option<i64>,
    gone: Option<CursorRecord>,
    now_ms: i64,
) -> Option<Standing> {
    let cursor = cursor?;
    cursor.complete_utc_ms?;
    let Ok(Place::Page(place)) = cursor.value.parse() else { return None };
    // Before the first comparison the pull itself notes when it was.
    if is_check_due(now_ms, checked?) {
        return None;
    }
    let gone = match gone.and_then(|cursor| cursor.value.parse().ok()) {
        Some(Place::Page(gone)) => gone,
        _ => place,
    };
    Some(Standing { kind, place, gone, value: cursor.value })
}

fn touch(row: &Glimpse) -> Touch {
    (row.id, row.system_modstamp.timestamp_millis())
}
