//! Leads and Contacts: everything once, then what was touched since, and what is no longer there. The accounts come
//! along, for their numbers.
//!
//! A first pull of many goes through a Bulk query, whose results wait at Salesforce, so it goes on
//! where it stopped after a restart. Rights and sharing change without touching a record, so once in a
//! while the ids that the rep may see are compared with those that are here.

mod bulk;
mod companies;
mod compare;
mod glance;
pub(super) mod limit;
mod place;
pub(super) mod record;
mod rights;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_domain::RecordKind;
use liaison_salesforce::{ObjectName, PeopleCursor, Person, SalesforceId, SkippedRow};
use liaison_store::tables::people::{self, GonePerson, PersonRecord};
use liaison_store::tables::{cursors, cursors::CursorRecord};
use liaison_store::{StoreResult, Transaction};

use crate::calls;
use crate::context::{Context, Owner, SalesforceAccount};
use crate::failure::Error;
use crate::people::{CONTACTS, LEADS};
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen, salesforce_failed};
use crate::terms::{Provider, Tag};
use glance::{Glance, Glimpsed};
use place::Place;
use rights::PeopleQueries;

pub(super) use rights::queries;

pub(super) const KINDS: [RecordKind; 2] = [RecordKind::Contact, RecordKind::Lead];
/// An organisation gives all its users and programs one number of calls a day.
const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::minutes(5), watched: TimeDelta::minutes(36), unwatched: TimeDelta::minutes(40) };
const PAGE: u32 = 2_000;
/// Slow transactions commit rows with an older stamp than rows already seen.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);
/// Which fields may be seen is asked again after this time.
const ASK_AGAIN: TimeDelta = TimeDelta::hours(24);
/// How often the ids are compared.
const CHECK_EVERY: TimeDelta = TimeDelta::days(7);

/// The rep's Leads and Contacts.
pub(crate) struct People;

impl Pull for People {
    fn name(&self) -> &'static str {
        "people"
    }

    fn service(&self) -> Provider {
        Provider::Salesforce
    }

    fn tag(&self) -> Tag {
        Tag::People
    }

    fn cursors(&self) -> &'static [&'static str] {
        &[LEADS, CONTACTS]
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        Some(seen.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(async move {
            let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
            if cx.is_event_capability_old() {
                cx.event_capability(&account).await.map_err(salesforce_failed(cx))?;
            }
            let calls = account.api.calls();
            let pulled = pull(cx, &account).await?;
            let calls = account.api.calls() - calls;
            cx.calls_used().pulled(calls);
            tracing::info!(calls, news = pulled.news, "people pulled");
            Ok(pulled)
        })
    }
}

async fn pull(cx: &Arc<Context>, account: &SalesforceAccount) -> Result<Pulled, Error> {
    let owner = cx.owner(Provider::Salesforce, &account.user_id, &account.org_id);
    calls::follow_rules(cx).await?;
    let glance = Glance { cx, account, owner: &owner }.take().await?;
    let mut pulled = Pulled { ending: Ending::Whole, news: glance.renamed, ..Pulled::default() };
    let mut done = 0;
    for kind in KINDS {
        if !glance.news.contains(&kind) {
            continue;
        }
        let Some(queries) = queries(cx, account, kind).await? else {
            pulled.news |= hide(cx, &owner, kind).await?;
            continue;
        };
        let mut pull = KindPull {
            cx,
            account,
            owner: &owner,
            kind,
            queries,
            done,
            news: false,
            skipped: 0,
            from_start: false,
            floor: None,
        };
        let ending = pull.run().await?;
        done = pull.done;
        pulled.news |= pull.news;
        cx.state::<Unread>().note(kind, pull.skipped, pull.from_start);
        if ending == Ending::Whole {
            cx.state::<Glimpsed>().dealt_with(kind, &glance);
        } else {
            pulled.ending = ending;
        }
    }
    pulled.news |= companies::pull(cx, account, &owner, glance.companies).await?;
    pulled.skipped = cx.state::<Unread>().count();
    Ok(pulled)
}

/// The user may see nobody of a kind, or no longer: who was here goes, and the other kind and the accounts are whole
/// without. Answers whether somebody was here.
async fn hide(cx: &Context, owner: &Owner, kind: RecordKind) -> Result<bool, Error> {
    let now_ms = cx.now_ms();
    cx.write_for(owner, move |tx| {
        let here = people::live_ids_since(tx, kind, i64::MIN)?;
        let gone: Vec<_> = here.into_iter().map(|id| GonePerson { id, merged_into: None }).collect();
        cursors::complete(tx, cursor_name(kind), "", now_ms)?;
        Ok(people::remove_people(tx, &gone)? > 0)
    })
    .await
}

/// How many people could not be read; kept over rounds that read only what is new.
#[derive(Default)]
struct Unread(Mutex<HashMap<RecordKind, u32>>);

impl Unread {
    fn note(&self, kind: RecordKind, skipped: u32, all: bool) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(kind).or_default();
        *count = if all { skipped } else { skipped.max(*count) };
    }

    fn count(&self) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }
}

fn cursor_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Lead => LEADS,
        RecordKind::Contact => CONTACTS,
    }
}

/// The cursor that tells when the ids were last compared.
fn checked_name(cursor: &str) -> String {
    format!("{cursor}.checked")
}

pub(super) fn object(kind: RecordKind) -> Result<ObjectName, Error> {
    ObjectName::new(kind.object()).map_err(|_| Error::Internal { code: "E-OBJECT" })
}

struct KindPull<'a> {
    cx: &'a Arc<Context>,
    account: &'a SalesforceAccount,
    owner: &'a Owner,
    kind: RecordKind,
    queries: PeopleQueries,
    /// People seen in this round, for the line that shows progress.
    done: u32,
    /// Whether anything was new.
    news: bool,
    /// People who could not be read.
    skipped: u32,
    /// Whether everybody was read, and not only who was touched.
    from_start: bool,
    /// Of more than are kept here, those who were touched since are.
    floor: Option<DateTime<Utc>>,
}

impl KindPull<'_> {
    async fn run(&mut self) -> Result<Ending, Error> {
        let stored = self.cursor(cursor_name(self.kind)).await?;
        let completed = stored.as_ref().and_then(|cursor| cursor.complete_utc_ms);
        self.floor = limit::stored_floor(self.cursor(&limit::cursor(self.kind)).await?);
        let complete_before = completed.is_some();
        let place: Option<Place> = stored.and_then(|cursor| cursor.value.parse().ok());
        let visible = match completed {
            Some(completed) if self.check_is_due(completed).await? => Some(self.remove_hidden().await?),
            _ => None,
        };

        self.from_start = place.is_none();
        let began = Instant::now();
        let resumed = place.is_some() && !complete_before;
        let place = match place {
            None => {
                self.settle_limit().await?;
                self.begin_bulk().await?
            }
            Some(Place::Page(cursor)) if complete_before => Some(Place::Page(cursor.with_overlap(OVERLAP))),
            other => other,
        };
        let first = self.floor.map(|floor| PeopleCursor { system_modstamp: floor, id: None });
        let from = match place {
            None => first,
            Some(Place::Page(cursor)) => Some(cursor),
            Some(Place::Bulk { job, created_utc, next }) => match self.bulk(job, created_utc, next).await? {
                bulk::Outcome::Stored(cursor) => Some(cursor),
                bulk::Outcome::Working => return Ok(Ending::Waiting),
                bulk::Outcome::Lost => first,
            },
        };
        let last = self.pages(from).await?;
        if let Some(last) = last {
            self.remove_gone(from.unwrap_or(last).with_overlap(OVERLAP)).await?;
        }
        if !complete_before && (resumed || began.elapsed() >= OVERLAP.to_std().unwrap_or(Duration::ZERO)) {
            // Somebody may have been deleted after they were pulled and long before the last page.
            self.remove_hidden().await?;
        }
        if self.from_start {
            self.remove_older().await?;
        }
        let (compared, unknown) = match visible {
            // Who was missing has just been read.
            Some(_) if self.from_start => (true, false),
            Some(visible) => (true, self.is_any_missing(visible).await?),
            None => (false, false),
        };
        // Somebody has come into the rep's sight without having been touched: all are pulled again.
        let value = last.filter(|_| !unknown).map(|last| Place::Page(last).to_string()).unwrap_or_default();
        let (name, now_ms) = (cursor_name(self.kind), self.cx.now_ms());
        self.write(move |tx| {
            if compared {
                cursors::complete(tx, &checked_name(name), "", now_ms)?;
            }
            cursors::complete(tx, name, &value, now_ms)
        })
        .await?;
        Ok(if unknown { Ending::InPart } else { Ending::Whole })
    }

    /// Page after page, each stored with the place after it.
    async fn pages(&mut self, from: Option<PeopleCursor>) -> Result<Option<PeopleCursor>, Error> {
        let mut place = from;
        loop {
            let page =
                self.account.api.pull_people(&self.queries.people, place.as_ref(), PAGE).await.map_err(|error| {
                    // A field may have been hidden since: ask again what there is.
                    self.cx.forget_capabilities();
                    salesforce_failed(self.cx)(error)
                })?;
            place = page.cursor.or(place);
            self.keep(&page.people, &page.skipped, place.map(Place::Page)).await?;
            if !page.has_more {
                return Ok(place);
            }
        }
    }

    /// Stores people and the place after them in one transaction.
    async fn keep(&mut self, people: &[Person], skipped: &[SkippedRow], place: Option<Place>) -> Result<(), Error> {
        self.skipped += u32::try_from(skipped.len()).unwrap_or(u32::MAX);
        if let Some(first) = skipped.first() {
            tracing::warn!(rows = skipped.len(), field = %first.field, "people could not be read and were left out");
        }
        self.done += u32::try_from(people.len()).unwrap_or(0);
        let rows: Vec<PersonRecord> = people.iter().map(record::record).collect();
        let (name, value) = (cursor_name(self.kind), place.map(|place| place.to_string()).unwrap_or_default());
        let now_ms = self.cx.now_ms();
        let changed = self
            .write(move |tx| {
                let changed = people::upsert_page(tx, &rows)?;
                cursors::set(tx, name, &value, now_ms)?;
                Ok(changed)
            })
            .await?;
        self.news |= changed > 0;
        self.cx.status().progress(Provider::Salesforce, self.done);
        self.cx.changed(&[Tag::Progress]);
        Ok(())
    }

    /// What was deleted or merged away since the last round; `first` is where the first look begins.
    async fn remove_gone(&mut self, first: PeopleCursor) -> Result<(), Error> {
        let name = format!("{}.gone", cursor_name(self.kind));
        let stored = match self.cursor(&name).await?.and_then(|cursor| cursor.value.parse().ok()) {
            Some(Place::Page(cursor)) => Some(cursor),
            _ => None,
        };
        let mut place = stored.map_or(first, |stored| stored.with_overlap(OVERLAP));
        loop {
            let page = self
                .account
                .api
                .pull_gone(&self.queries.gone, &place, PAGE)
                .await
                .map_err(salesforce_failed(self.cx))?;
            // After an empty page the place stays where it was, and not earlier by the overlap.
            let reached = if page.records.is_empty() { stored.unwrap_or(first) } else { page.cursor };
            place = page.cursor;
            let gone: Vec<GonePerson> = page
                .records
                .iter()
                .map(|record| GonePerson {
                    id: self.person_id(record.id),
                    merged_into: record.merged_into.map(|master| self.person_id(master)),
                })
                .collect();
            let (name, value, now_ms) = (name.clone(), Place::Page(reached).to_string(), self.cx.now_ms());
            self.remove(gone, Some((name, value, now_ms))).await?;
            if !page.has_more {
                return Ok(());
            }
        }
    }

    /// Removes people, and notes how far the look for them has come.
    async fn remove(&mut self, gone: Vec<GonePerson>, place: Option<(String, String, i64)>) -> Result<(), Error> {
        let removed = self
            .write(move |tx| {
                let removed = people::remove_people(tx, &gone)?;
                if let Some((name, value, now_ms)) = place {
                    cursors::set(tx, &name, &value, now_ms)?;
                }
                Ok(removed)
            })
            .await?;
        self.news |= removed > 0;
        Ok(())
    }

    async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> StoreResult<T> + Send + 'static,
    ) -> Result<T, Error> {
        self.cx.write_for(self.owner, change).await
    }

    async fn cursor(&self, name: &str) -> Result<Option<CursorRecord>, Error> {
        let name = name.to_owned();
        Ok(self.cx.store.read(move |db| cursors::get(db, &name)).await?)
    }

    fn person_id(&self, id: SalesforceId) -> String {
        format!("{}:{id}", self.kind.object())
    }
}

pub(super) fn person_id(kind: RecordKind, id: SalesforceId) -> String {
    format!("{}:{id}", kind.object())
}
