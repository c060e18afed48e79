//! What others have logged: Zoom's and RingCentral's packages, Einstein, the organisation's own automation.
//!
//! A Task is a call's when it carries Zoom's id of the call; else when line (or person), day, start and length fit, and
//! only if it fits no other call better. Such a call is shown as logged by them, and never logged twice.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Days, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_domain::wall_time;
use liaison_salesforce::{Condition, Operator, Query, SalesforceId, TaskCapability};
use liaison_store::tables::call_tasks::{self, CallTask, Maker};
use liaison_store::tables::calls as table;
use liaison_store::tables::{cursors, outbox, records_pushed};
use liaison_store::{Connection, StoreResult, Transaction};

use super::alike::{likeness, maker, names};
use super::call_logs;
use super::compose::Composer;
use super::fields::CallPart;
use super::find::{Known, Seen, selected};
use super::{Place, TASK};
use crate::context::{Context, SalesforceAccount};
use crate::failure::Error;
use crate::outbox::target::Target;
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen as PullSeen, salesforce_failed};
use crate::terms::{Provider, Tag};

/// Seldom while nothing is new: before a call is logged it is asked for anyway.
const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::minutes(5), watched: TimeDelta::hours(4), unwatched: TimeDelta::hours(4) };
/// The cursor: when a Task that was read was last touched. It says something of the calls that were here then, so it
/// goes with either copy.
const READ_UP_TO: &str = "calls.tasks";
/// How far back it is looked.
const DAYS: u64 = 14;
/// Calls that are looked at in one round.
const MOST: u32 = 1_000;
/// Notes that others have logged a call, and answers who; `None` when their Task is another call's.
pub(super) async fn note(cx: &Context, target: &str, call_key: &str, seen: &Seen, call: &CallPart) -> Option<String> {
    let task = found(target, call_key, seen, cx.now_ms());
    let by = task.maker_name.clone().unwrap_or_default();
    let named = names(seen, call);
    let noted = cx
        .store
        .write(move |tx| {
            let other = call_tasks::of_record(tx, &task.record_id)?.filter(|other| other.call_key != task.call_key);
            if other.is_some() && !named {
                return Ok(false);
            }
            call_tasks::put(tx, &task).map(|()| true)
        })
        .await;
    match noted {
        Ok(noted) => noted.then_some(by),
        Err(error) => {
            tracing::error!(%error, "who logged a call could not be noted");
            Some(by)
        }
    }
}

fn found(target: &str, call_key: &str, seen: &Seen, now_ms: i64) -> CallTask {
    CallTask {
        call_key: call_key.to_owned(),
        target: target.to_owned(),
        record_id: seen.id.to_string(),
        maker: maker(seen),
        maker_name: seen
            .by
            .as_ref()
            .and_then(|by| by.name.as_deref())
            .map(|name| liaison_domain::text::single_line(name, 200)),
        noted_utc_ms: now_ms,
    }
}

/// The user's Tasks of the last days, as far as calls wait that nobody has logged: one question a round.
pub(crate) struct OthersTasks;

impl Pull for OthersTasks {
    fn name(&self) -> &'static str {
        "call tasks"
    }

    fn service(&self) -> Provider {
        Provider::Salesforce
    }

    fn tag(&self) -> Tag {
        Tag::Calls
    }

    fn due(&self, seen: &PullSeen) -> Option<DateTime<Utc>> {
        Some(seen.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(run(cx))
    }
}

async fn run(cx: &Arc<Context>) -> Result<Pulled, Error> {
    let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
    let owner = cx.owner(Provider::Salesforce, &account.user_id, &account.org_id);
    let first = wall_time::local_date(cx.now(), cx.zone()) - Days::new(DAYS);
    let since_ms = wall_time::start_of_day(first, cx.zone()).timestamp_millis();
    let asked_ms = cx.now_ms();
    let (waiting, read) = cx
        .store
        .read(move |db| {
            let waiting = !table::unlogged_since(db, since_ms, 1)?.is_empty();
            Ok((waiting, Read::of(db, since_ms)?))
        })
        .await?;
    if !waiting {
        return Ok(Pulled::default());
    }
    let rights = cx.task_capability(&account).await.map_err(salesforce_failed(cx))?;
    if !rights.object.queryable || !rights.sees("ActivityDate") {
        return Ok(Pulled::default());
    }
    let tasks = asked(cx, &account, &rights, first, read.and_then(Read::since)).await?;
    let latest = tasks.iter().filter_map(|seen| seen.touched).map(|touched| touched.0.timestamp_millis()).max();
    let latest = latest.max(read.map(|read| read.up_to_ms));
    let (composer, known) = (Composer::of(cx), Known::of(&rights));
    let news = cx
        .write_for(&owner, move |tx| {
            let news = take_in(tx, &composer, known, since_ms, &tasks)?;
            if let Some(latest) = latest {
                cursors::set(tx, READ_UP_TO, &latest.to_string(), asked_ms)?;
            }
            Ok(news)
        })
        .await?;
    Ok(Pulled { ending: Ending::Whole, news, ..Pulled::default() })
}

/// How far the Tasks were read.
#[derive(Clone, Copy)]
struct Read {
    /// When the last of them was touched.
    up_to_ms: i64,
    /// When the first call began that was linked only since they were read: nobody has looked for its Task in them.
    linked_ms: Option<i64>,
}

impl Read {
    fn of(db: &Connection, since_ms: i64) -> StoreResult<Option<Self>> {
        let Some(cursor) = cursors::get(db, READ_UP_TO)? else { return Ok(None) };
        let Ok(up_to_ms) = cursor.value.parse::<i64>() else { return Ok(None) };
        let linked_ms = table::first_linked_since(db, since_ms, cursor.updated_utc_ms)?;
        Ok(Some(Self { up_to_ms, linked_ms }))
    }

    /// From where on they are read now. A day is read twice: Zoom lists a call later than others log it.
    fn since(self) -> Option<DateTime<Utc>> {
        let twice_ms = self.up_to_ms.saturating_sub(TimeDelta::days(1).num_milliseconds());
        DateTime::from_timestamp_millis(self.linked_ms.map_or(twice_ms, |linked| linked.min(twice_ms)))
    }
}

async fn asked(
    cx: &Context,
    account: &SalesforceAccount,
    rights: &TaskCapability,
    first: chrono::NaiveDate,
    since: Option<DateTime<Utc>>,
) -> Result<Vec<Seen>, Error> {
    let Ok(me) = account.user_id.parse::<SalesforceId>() else { return Ok(Vec::new()) };
    let mut conditions =
        vec![Condition::equals("OwnerId", me), Condition::compare("ActivityDate", Operator::AtLeast, first)];
    conditions.extend(since.map(|since| Condition::compare("SystemModstamp", Operator::AtLeast, since)));
    let query = Query::from("Task").select(selected(rights)).filter(Condition::All(conditions));
    let soql = query.build().map_err(|_| Error::Internal { code: "E-TASK-QUERY" })?;
    let tasks = account.api.query_all_rows(&soql).await.map_err(salesforce_failed(cx))?;
    call_logs::read_along(account, tasks).await.map_err(salesforce_failed(cx))
}

/// Notes what the Tasks say; answers whether any call is logged, or no longer.
fn take_in(
    tx: &Transaction<'_>,
    composer: &Composer,
    known: Known,
    since_ms: i64,
    tasks: &[Seen],
) -> StoreResult<bool> {
    let mut news = false;
    let Some(target) = Target::known(tx, Provider::Salesforce)? else { return Ok(false) };
    for seen in tasks.iter().filter(|seen| seen.is_deleted) {
        if let Some(task) = call_tasks::of_record(tx, seen.id.as_str())? {
            call_tasks::remove(tx, &task.call_key)?;
            if task.maker == Maker::Own
                && let Ok(place) = Place::of_call(tx, &task.call_key)?
                && records_pushed::get(tx, &target.key, &place.identity)?.is_some()
            {
                outbox::retire(tx, &target.key, TASK, &place.identity)?;
                records_pushed::mark_deleted_there(tx, &target.key, &place.identity, composer.now_ms)?;
            }
            news = true;
        }
    }
    let mut fitting = Vec::new();
    for row in table::unlogged_since(tx, since_ms, MOST)? {
        let Ok(fields) = composer.task(tx, &row)? else { continue };
        let Some(call) = fields.call.clone() else { continue };
        // One of ours, from another computer of the user.
        if let Ok(place) = Place::of_call(tx, &row.call.key)?
            && let Some(own) = tasks.iter().find(|seen| !seen.is_deleted && known.is(seen, &place.identity, &fields))
        {
            let task = CallTask {
                maker: Maker::Own,
                maker_name: None,
                ..found(&target.key, &row.call.key, own, composer.now_ms)
            };
            call_tasks::put(tx, &task)?;
            news = true;
            continue;
        }
        let alike = tasks.iter().filter_map(|seen| Some((likeness(&call, &fields, seen)?, seen)));
        fitting.extend(alike.map(|(likeness, seen)| (likeness, row.call.key.clone(), seen)));
    }
    // The surest first; each Task is one call's, and each call has one.
    fitting.sort_by_key(|(likeness, ..)| std::cmp::Reverse(*likeness));
    let (mut taken, mut done) = (BTreeSet::new(), BTreeSet::new());
    for (_, call_key, seen) in fitting {
        if done.contains(&call_key)
            || taken.contains(seen.id.as_str())
            || call_tasks::of_record(tx, seen.id.as_str())?.is_some()
        {
            continue;
        }
        call_tasks::put(tx, &found(&target.key, &call_key, seen, composer.now_ms))?;
        taken.insert(seen.id.as_str());
        done.insert(call_key);
        news = true;
    }
    Ok(news)
}
