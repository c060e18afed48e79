//! Looks at the Events of meetings that are to come, and at meetings that Zoom's lists do not have any more, and has
//! both compared. A quiet round is one question for two hundred Events, and none without any.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_salesforce::SalesforceId;
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction};
use liaison_store::tables::records_pushed::{self, PushedRecord};
use liaison_store::tables::{event_differences, links};
use liaison_store::{Connection, StoreResult, Transaction};

use super::look::second_look;
use super::settle::{Came, Seen, settle};
use crate::context::{Context, SalesforceAccount};
use crate::failure::Error;
use crate::outbox::event::fields::{EventFields, Payload};
use crate::outbox::event::rows::accounts;
use crate::outbox::event::{EVENT, Place, there};
use crate::outbox::target::Target;
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen as PullSeen, salesforce_failed};
use crate::terms::{Provider, Tag};

const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::minutes(4), watched: TimeDelta::minutes(4), unwatched: TimeDelta::minutes(20) };
/// Meetings that began before are left alone: what becomes of them is another matter.
const BEFORE: TimeDelta = TimeDelta::days(1);
/// The second look at a meeting that is gone comes no sooner.
const APART: TimeDelta = TimeDelta::minutes(4);

/// What Zoom and Salesforce say of the same meetings.
pub(crate) struct Differences;

impl Pull for Differences {
    fn name(&self) -> &'static str {
        "differences"
    }

    fn service(&self) -> Provider {
        Provider::Salesforce
    }

    fn tag(&self) -> Tag {
        Tag::Outbox
    }

    fn compares(&self) -> bool {
        true
    }

    fn due(&self, seen: &PullSeen) -> Option<DateTime<Utc>> {
        Some(seen.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(run(cx))
    }
}

/// The keys that were asked for already, and how often somebody had wanted to see what is new by then.
#[derive(Default)]
struct Asked {
    keys: Mutex<HashSet<String>>,
    wishes: AtomicU64,
}

/// What is compared in a round.
#[derive(Default)]
struct Tracked {
    /// Meetings with an Event, or with one on its way.
    meetings: Vec<String>,
    /// Their Events.
    events: Vec<SalesforceId>,
    /// Meetings that are gone from Zoom's lists since long enough for a second look.
    gone: Vec<MeetingRecord>,
    /// Our keys of Events of meetings that are linked, and of whose Event nothing is known here.
    unknown: BTreeSet<String>,
}

async fn run(cx: &Arc<Context>) -> Result<Pulled, Error> {
    let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
    let owner = cx.owner(Provider::Salesforce, &account.user_id, &account.org_id);
    let now = cx.now();
    let tracked = cx.store.read(move |db| tracked(db, now)).await?;
    let adopted = adopt(cx, &account, &tracked.unknown).await?;
    if tracked.meetings.is_empty() && adopted.is_empty() {
        return Ok(Pulled::default());
    }
    let began_ms = cx.now_ms();
    let there = there::by_ids(&account, &tracked.events).await.map_err(salesforce_failed(cx))?;
    let looks = second_look(cx, &tracked.gone).await;
    let seen = Seen { began_ms, now_ms: cx.now_ms(), there, looks };
    let (sealer, meetings) = (cx.store.sealer(), tracked.meetings);
    let queued = cx
        .write_for(&owner, move |tx| {
            event_differences::forget_before(tx, (now - BEFORE).timestamp_millis())?;
            for pushed in &adopted {
                take_over(tx, pushed)?;
            }
            let mut queued = false;
            for key in &meetings {
                queued |= settle(tx, &sealer, &seen, key)? == Came::Queued;
            }
            Ok(queued)
        })
        .await?;
    if queued {
        cx.outbox_changed();
    }
    Ok(Pulled { ending: Ending::Whole, news: queued, ..Pulled::default() })
}

fn tracked(db: &Connection, now: DateTime<Utc>) -> StoreResult<Tracked> {
    let mut tracked = Tracked::default();
    let Some((target, zoom)) = accounts(db)? else { return Ok(tracked) };
    let keys = meetings::keys_since(db, (now - BEFORE).timestamp_millis())?;
    let mut by_identity = BTreeMap::new();
    for key in &keys {
        let place = Place::new(target.clone(), Target::organisation(&zoom.key), key, "");
        by_identity.insert(place.identity, key.as_str());
    }
    let identities: Vec<&str> = by_identity.keys().map(String::as_str).collect();
    let pushed: BTreeMap<String, PushedRecord> = records_pushed::get_many(db, &target.key, &identities)?
        .into_iter()
        .filter(|pushed| pushed.kind == EVENT)
        .map(|pushed| (pushed.ext_key.clone(), pushed))
        .collect();
    let all: Vec<&str> = keys.iter().map(String::as_str).collect();
    let rows = outbox::last_by_subject(db, EVENT, &all)?;
    let making: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row.state.is_open() && row.action == OutboxAction::Create)
        .map(|row| row.subject_key.as_str())
        .collect();
    let handled: BTreeSet<&str> = rows.iter().map(|row| row.subject_key.as_str()).collect();
    let linked: BTreeSet<String> =
        links::links_for_many(db, "meeting", &all)?.into_iter().map(|link| link.zoom_key).collect();
    let looked = (now - APART).timestamp_millis();
    for (identity, key) in by_identity {
        match pushed.get(&identity) {
            Some(pushed) => tracked.events.extend(pushed.record_id.parse::<SalesforceId>().ok()),
            None if making.contains(key) => {}
            None => {
                if linked.contains(key) && !handled.contains(key) {
                    tracked.unknown.insert(identity);
                }
                continue;
            }
        }
        tracked.meetings.push(key.to_owned());
        let record = meetings::meeting(db, key)?;
        tracked.gone.extend(record.filter(|record| record.gone_utc_ms.is_some_and(|gone| gone <= looked)));
    }
    Ok(tracked)
}

/// Events of linked meetings that were made elsewhere, or before this computer began anew.
async fn adopt(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    unknown: &BTreeSet<String>,
) -> Result<Vec<PushedRecord>, Error> {
    let asked = cx.state::<Asked>();
    let wishes = cx.wishes().borrow().asked;
    let fresh: Vec<String> = {
        let mut keys = asked.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.wishes.swap(wishes, Ordering::Relaxed) != wishes {
            keys.clear();
        }
        unknown.iter().filter(|key| !keys.contains(*key)).cloned().collect()
    };
    if fresh.is_empty() {
        return Ok(Vec::new());
    }
    let capability = cx.event_capability(account).await.map_err(salesforce_failed(cx))?;
    if !capability.key.is_usable() {
        return Ok(Vec::new());
    }
    let found = there::by_keys(account, &fresh).await.map_err(salesforce_failed(cx))?;
    asked.keys.lock().unwrap_or_else(PoisonError::into_inner).extend(fresh);
    let Some(target) = cx.store.read(|db| Target::known(db, Provider::Salesforce)).await? else {
        return Ok(Vec::new());
    };
    let now_ms = cx.now_ms();
    let of = |(key, (id, fields)): (String, (SalesforceId, EventFields))| {
        let ext_key = unknown.iter().find(|identity| identity.eq_ignore_ascii_case(&key))?.clone();
        Some(PushedRecord {
            target: target.key.clone(),
            ext_key,
            kind: EVENT.to_owned(),
            record_id: id.to_string(),
            pushed_utc_ms: now_ms,
            fields_json: Payload::of(fields).json(),
            deleted_there_utc_ms: None,
        })
    };
    Ok(found.into_iter().filter_map(of).collect())
}

fn take_over(tx: &Transaction<'_>, pushed: &PushedRecord) -> StoreResult<()> {
    if records_pushed::get(tx, &pushed.target, &pushed.ext_key)?.is_some() {
        return Ok(());
    }
    records_pushed::put(tx, pushed)
}
