//! What was used of the services' limits: kept over restarts, shown in Settings.
//!
//! Zoom allows a number of changes a UTC day and tells nobody how many are left. Salesforce tells what the
//! whole organisation used in the last 24 hours, with each answer, and not whose calls they were.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use liaison_salesforce::ApiUsage;
use liaison_store::tables::daily_counts;
use liaison_zoom::{EDITS_PER_DAY, EditsToday};

use crate::context::{Context, SalesforceAccount, ZoomAccount};
use crate::session::view::{Quota, Usage};
use crate::terms::Provider;

const EDITS: &str = "zoom.edits";
const CALLS: &str = "salesforce.calls";

/// From this share on, what is left of the calls belongs to those who wait for an answer.
const SCARCE: f64 = 0.85;

/// The calls of Salesforce's API, counted by day.
#[derive(Debug, Default)]
pub(crate) struct UsageBoard(Mutex<Calls>);

#[derive(Debug, Default)]
struct Calls {
    day: NaiveDate,
    today: u64,
    /// What the client had counted at the last look.
    seen: u64,
    last_pull: Option<u64>,
}

impl Context {
    /// The calls of Salesforce's API.
    pub(crate) fn calls_used(&self) -> Arc<UsageBoard> {
        self.state()
    }
}

impl UsageBoard {
    /// A pull of people took this number of calls.
    pub fn pulled(&self, calls: u64) {
        self.lock().last_pull = Some(calls);
    }

    /// A new client counts from zero; `earlier` is what was counted today before.
    fn begin(&self, now: DateTime<Utc>, earlier: u64) {
        *self.lock() = Calls { day: now.date_naive(), today: earlier, seen: 0, last_pull: None };
    }

    /// The calls of today, now that the client has counted `counted` since it was made.
    fn today(&self, now: DateTime<Utc>, counted: u64) -> u64 {
        let mut calls = self.lock();
        if calls.day != now.date_naive() {
            calls.day = now.date_naive();
            calls.today = 0;
        }
        calls.today += counted.saturating_sub(calls.seen);
        calls.seen = counted;
        calls.today
    }

    fn last_pull(&self) -> Option<u64> {
        self.lock().last_pull
    }

    fn lock(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the window shows for a service that is signed in.
pub(crate) fn of(cx: &Context, provider: Provider) -> Option<Usage> {
    match provider {
        Provider::Zoom => {
            let used = cx.zoom()?.api.edits_today().used;
            Some(Usage::Edits { used, limit: EDITS_PER_DAY })
        }
        Provider::Salesforce => {
            let account = cx.salesforce()?;
            Some(Usage::ApiCalls {
                own: count(cx.calls_used().today(cx.now(), account.api.calls())),
                last_pull: cx.calls_used().last_pull().map(count),
                org: account.api.usage().map(quota),
                app: account.api.app_usage().map(quota),
                sparing: is_scarce(&account),
            })
        }
    }
}

/// Whether most of the organisation's calls are used, or of those this app may make.
pub(crate) fn is_scarce(account: &SalesforceAccount) -> bool {
    let told = [account.api.usage(), account.api.app_usage()];
    told.into_iter().flatten().any(|usage| usage.share() >= SCARCE)
}

/// Keeps what was counted, for the next start.
pub(crate) async fn keep(cx: &Context, provider: Provider) {
    let now = cx.now();
    let (name, owner, used) = match provider {
        Provider::Zoom => {
            let Some(account) = cx.zoom() else { return };
            (EDITS, account.user_id.clone(), account.api.edits_today().used)
        }
        Provider::Salesforce => {
            let Some(account) = cx.salesforce() else { return };
            (CALLS, account.user_id.clone(), count(cx.calls_used().today(now, account.api.calls())))
        }
    };
    let day = now.date_naive().to_string();
    if let Err(error) = cx.store.write(move |tx| daily_counts::set(tx, name, &owner, &day, used)).await {
        tracing::warn!(%error, "a count could not be kept");
    }
}

pub(crate) async fn resume_edits(cx: &Context, account: &ZoomAccount) {
    let day = cx.now().date_naive();
    let used = kept(cx, EDITS, &account.user_id, day).await;
    account.api.resume_edits(EditsToday { day, used });
}

pub(crate) async fn resume_calls(cx: &Context, account: &SalesforceAccount) {
    let now = cx.now();
    let earlier = kept(cx, CALLS, &account.user_id, now.date_naive()).await;
    cx.calls_used().begin(now, earlier.into());
}

async fn kept(cx: &Context, name: &'static str, owner: &str, day: NaiveDate) -> u32 {
    let (owner, day) = (owner.to_owned(), day.to_string());
    let found = cx.store.read(move |db| daily_counts::get(db, name, &owner, &day)).await;
    found
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "a count could not be read");
            None
        })
        .unwrap_or_default()
}

fn quota(usage: ApiUsage) -> Quota {
    Quota { used: count(usage.used), limit: count(usage.limit) }
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn calls_are_counted_by_day_and_over_restarts() {
        let noon = DateTime::from_timestamp(1_804_680_000, 0).unwrap();
        let board = UsageBoard::default();
        board.begin(noon, 40);
        assert_eq!([board.today(noon, 3), board.today(noon, 3), board.today(noon, 10)], [43, 43, 50]);
        let tomorrow = noon + TimeDelta::days(1);
        assert_eq!(board.today(tomorrow, 12), 2);
        board.pulled(7);
        assert_eq!(board.last_pull(), Some(7));
        // Another account: its client counts from zero.
        board.begin(tomorrow, 0);
        assert_eq!((board.today(tomorrow, 1), board.last_pull()), (1, None));
    }
}
