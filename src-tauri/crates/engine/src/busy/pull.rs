//! Reads the user's calendar in Salesforce, and that sparingly: a few times a day, and when somebody begins to plan.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_domain::busy;
use liaison_domain::text;
use liaison_salesforce::{CalendarEntry, SalesforceId, ShowAs};
use liaison_store::tables::busy_events::{self, BusyRecord};

use crate::context::Context;
use crate::failure::Error;
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen, salesforce_failed};
use crate::terms::{Provider, Tag};

const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::hours(1), watched: TimeDelta::hours(6), unwatched: TimeDelta::hours(8) };
/// How much of the calendar is known: conflicts of a series are looked for so far ahead.
const BEHIND: TimeDelta = TimeDelta::days(8);
const AHEAD: TimeDelta = TimeDelta::days(100);
/// Whoever begins to plan sees a calendar that is no older.
const FRESH: TimeDelta = TimeDelta::minutes(10);
const MAX_SUBJECT: usize = 300;

/// What else stands in the user's calendar.
pub(crate) struct Busy;

impl Pull for Busy {
    fn name(&self) -> &'static str {
        "busy"
    }

    fn service(&self) -> Provider {
        Provider::Salesforce
    }

    fn tag(&self) -> Tag {
        Tag::Meetings
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        Some(seen.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(run(cx))
    }
}

/// When the calendar was last asked for.
#[derive(Default)]
struct Asked(Mutex<Option<DateTime<Utc>>>);

impl Asked {
    fn at(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// Notes that it is asked for now, unless that was just done. A clock that was set back asks again.
    fn again(&self, now: DateTime<Utc>) -> bool {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let old = asked.is_none_or(|asked| asked > now || now - asked >= FRESH);
        if old {
            *asked = Some(now);
        }
        old
    }
}

/// Somebody begins to plan: the calendar is read behind their back, if it was not just read. What is new is told as a
/// change of the meetings.
pub(crate) fn freshen(cx: &Arc<Context>) {
    if cx.salesforce().is_none() || !cx.state::<Asked>().again(cx.now()) {
        return;
    }
    cx.spawn(|cx| async move {
        let mut stopping = cx.stopping();
        let read = tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            read = run(&cx) => read,
        };
        if let Err(error) = read {
            tracing::info!(%error, "the calendar could not be read before planning");
        }
    });
}

async fn run(cx: &Arc<Context>) -> Result<Pulled, Error> {
    let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
    let owner = cx.owner(Provider::Salesforce, &account.user_id, &account.org_id);
    let me: SalesforceId = account.user_id.parse().map_err(|_| Error::Internal { code: "E-BUSY-USER" })?;
    let now = cx.now();
    cx.state::<Asked>().at(now);
    let told = account.api.events().busy(me, now - BEHIND, now + AHEAD).await.map_err(salesforce_failed(cx));
    let (entries, unreadable) = match told {
        Ok(told) => told,
        // Whoever may not see Events has a calendar elsewhere; everything else works all the same.
        Err(error) if error.is_about_rights() => {
            tracing::info!(%error, "the calendar may not be read");
            return Ok(Pulled { unseen: true, ..Pulled::default() });
        }
        Err(error) => return Err(error),
    };
    let records: Vec<BusyRecord> = entries.iter().filter_map(record).collect();
    let skipped = entries.len() - records.len() + unreadable;
    let news = cx.write_for(&owner, move |tx| busy_events::replace(tx, &records)).await?;
    let skipped = u32::try_from(skipped).unwrap_or(u32::MAX);
    Ok(Pulled { ending: Ending::Whole, skipped, news, ..Pulled::default() })
}

fn record(entry: &CalendarEntry) -> Option<BusyRecord> {
    let (start, told) = entry.start_date_time.zip(entry.end_date_time)?;
    let end = if entry.is_all_day_event { told + TimeDelta::days(1) } else { told };
    if end < start {
        return None;
    }
    let number = entry.location.as_deref().and_then(busy::meeting_number);
    Some(BusyRecord {
        id: entry.id.to_string(),
        subject: text::single_line(entry.subject.as_deref().unwrap_or_default(), MAX_SUBJECT),
        start_utc_ms: start.timestamp_millis(),
        end_utc_ms: end.timestamp_millis(),
        all_day: entry.is_all_day_event,
        away: entry.show_as == Some(ShowAs::OutOfOffice),
        meeting_number: number.and_then(|number| i64::try_from(number).ok()),
    })
}
