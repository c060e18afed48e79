//! The outbox worker: one row at a time, claimed before a byte leaves, settled once.
//!
//! See docs/adr/0002. The rows themselves and the order in which they may go are the store's.

pub(crate) mod event;
pub(crate) mod listing;
mod send;
pub(crate) mod view;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_store::StoreResult;
use liaison_store::tables::outbox::{self, OutboxRecord, OutboxState};
use liaison_store::tables::records_pushed::{self, PushedRecord};
use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::context::{Context, SalesforceAccount};
use crate::outbox::view::{NeedsYou, WaitReason};
use crate::session::settings;
use crate::terms::Tag;

/// With nothing to wait for, the worker looks again after this time all the same.
const IDLE: Duration = Duration::from_mins(10);
/// A finished row whose end could not be written is written again after this time.
const WRITE_AGAIN: Duration = Duration::from_secs(5);
/// First pause after a failure; it doubles with each attempt.
const FIRST_PAUSE_MS: i64 = 2_000;
/// Longest pause while the network is away: it may be back any moment.
const NETWORK_PAUSE_MS: i64 = 30_000;
/// Longest pause while the service has trouble.
const TROUBLE_PAUSE_MS: i64 = 15 * 60_000;

/// Why a row is where it is; stored with the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Reason {
    Waiting(WaitReason),
    /// An attempt since then may have arrived.
    Unknown {
        since_utc_ms: i64,
    },
    Needs(NeedsYou),
}

impl Reason {
    fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn of(row: &OutboxRecord) -> Option<Self> {
        row.reason_json.as_deref().and_then(|json| serde_json::from_str(json).ok())
    }
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done {
        record_id: String,
    },
    Later {
        not_before: DateTime<Utc>,
        reason: WaitReason,
    },
    /// It may have arrived: looked up before it is sent again.
    Check {
        not_before: DateTime<Utc>,
        since_utc_ms: i64,
    },
    Needs(NeedsYou),
    /// Whether it arrived can't be found out; the user decides.
    Unsure,
}

/// Runs until the profile is closed.
pub(crate) async fn run(profile: Arc<Context>) {
    let mut stopping = profile.stopping();
    if let Err(error) = take_up_claimed(&profile).await {
        tracing::error!(%error, "rows under way at the last end could not be read");
    }
    loop {
        let turn = profile.outbox_turns.begin();
        let (sent, pause) = tokio::select! {
            biased;
            _ = stopping.wait_for(|stop| *stop) => return,
            done = send_due(&profile) => done,
        };
        profile.outbox_turns.end(turn, sent);
        tokio::select! {
            biased;
            _ = stopping.wait_for(|stop| *stop) => return,
            () = profile.outbox_wake.notified() => {}
            () = profile.outbox_turns.another(turn) => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Rows that were being sent when the program ended: they go back in line, and every attempt after
/// the first begins with a look-up.
async fn take_up_claimed(profile: &Context) -> StoreResult<()> {
    let now_ms = profile.now_ms();
    profile
        .store
        .write(move |tx| {
            for row in outbox::claimed_on_start(tx)? {
                let reason = Reason::Unknown { since_utc_ms: unknown_since(&row, now_ms) }.json();
                outbox::back_to_pending(tx, &row.op_id, now_ms, Some(&reason))?;
            }
            Ok(())
        })
        .await
}

/// Since when it is not known whether the row arrived; the earliest open attempt counts.
fn unknown_since(row: &OutboxRecord, now_ms: i64) -> i64 {
    match Reason::of(row) {
        Some(Reason::Unknown { since_utc_ms }) => since_utc_ms,
        _ => row.claimed_utc_ms.unwrap_or(now_ms),
    }
}

/// Sends what may go now; answers whether there was anything, and how long to wait.
async fn send_due(profile: &Arc<Context>) -> (bool, Duration) {
    let mut sent = false;
    loop {
        let Some(account) = profile.salesforce() else { return (sent, IDLE) };
        let (row, pause) = match next(profile, &account).await {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(%error, "the outbox could not be read");
                return (sent, WRITE_AGAIN);
            }
        };
        let Some(row) = row else { return (sent, pause) };
        sent = true;
        profile.changed(&[Tag::Outbox, Tag::Meetings]);
        // A task of its own: closing the profile does not cut a request in the middle.
        let sending = tokio::spawn({
            let (profile, account) = (Arc::clone(profile), account.clone());
            async move {
                let outcome = send::send(&profile, &account, &row).await;
                settle(&profile, &row, outcome).await;
            }
        });
        if sending.await.is_err() {
            tracing::error!("sending a row ended badly; it is looked up at the next start");
        }
        profile.changed(&[Tag::Outbox, Tag::Meetings, Tag::Session]);
    }
}

/// Claims the next row that belongs to the signed-in user, or tells how long to wait.
async fn next(profile: &Context, account: &SalesforceAccount) -> StoreResult<(Option<OutboxRecord>, Duration)> {
    let (now_ms, account) = (profile.now_ms(), account.clone());
    profile
        .store
        .write(move |tx| {
            if settings::paused(tx)? {
                return Ok((None, IDLE));
            }
            for row in outbox::due(tx, now_ms)?.into_iter().filter(|row| belongs_to(row, &account)) {
                if let Some(claimed) = outbox::claim(tx, &row.op_id, now_ms)? {
                    return Ok((Some(claimed), Duration::ZERO));
                }
            }
            let pause = outbox::next_due_at(tx)?
                .and_then(|at| u64::try_from(at - now_ms).ok())
                .filter(|wait| *wait > 0)
                .map_or(IDLE, |wait| Duration::from_millis(wait + 1).min(IDLE));
            Ok((None, pause))
        })
        .await
}

/// A row goes to the user, org and environment it was made for, and to no other.
pub(crate) fn belongs_to(row: &OutboxRecord, account: &SalesforceAccount) -> bool {
    row.org_id == account.org_id && row.user_id == account.user_id && row.environment == account.environment.name()
}

/// Writes down what became of an attempt, and tries until it is written: the row would be looked
/// up at the next start otherwise.
async fn settle(profile: &Context, row: &OutboxRecord, outcome: Outcome) {
    let mut stopping = profile.stopping();
    while let Err(error) = write_outcome(profile, row.clone(), outcome.clone()).await {
        tracing::error!(%error, "the end of a row could not be written");
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(WRITE_AGAIN) => {}
        }
    }
}

async fn write_outcome(profile: &Context, row: OutboxRecord, outcome: Outcome) -> StoreResult<()> {
    let now_ms = profile.now_ms();
    profile
        .store
        .write(move |tx| match outcome {
            Outcome::Done { record_id } => {
                outbox::mark_done(tx, &row.op_id, Some(&record_id), now_ms)?;
                records_pushed::put(
                    tx,
                    &PushedRecord {
                        ext_key: row.ext_key,
                        object: row.object,
                        record_id,
                        pushed_utc_ms: now_ms,
                        fields_hash: row.payload_hash,
                        deleted_there_utc_ms: None,
                    },
                )
            }
            Outcome::Later { not_before, reason } => {
                let reason = Reason::Waiting(reason).json();
                outbox::back_to_pending(tx, &row.op_id, not_before.timestamp_millis(), Some(&reason))
            }
            Outcome::Check { not_before, since_utc_ms } => {
                let reason = Reason::Unknown { since_utc_ms }.json();
                outbox::back_to_pending(tx, &row.op_id, not_before.timestamp_millis(), Some(&reason))
            }
            Outcome::Needs(cause) => outbox::block(tx, &row.op_id, &Reason::Needs(cause).json()),
            Outcome::Unsure => outbox::review(tx, &row.op_id, &Reason::Needs(NeedsYou::Unsure).json()),
        })
        .await
}

/// A service answered again: rows that wait for the network need not wait longer.
pub(crate) async fn network_is_back(profile: &Context) {
    let now_ms = profile.now_ms();
    let woken = profile
        .store
        .write(move |tx| {
            // After most rounds nothing waits, and the history need not be read.
            if outbox::counts(tx)?.pending == 0 {
                return Ok(false);
            }
            let mut woken = false;
            for row in outbox::list_all(tx, usize::MAX)?.into_iter().filter(|row| row.state == OutboxState::Pending) {
                if row.not_before_utc_ms > now_ms
                    && matches!(Reason::of(&row), Some(Reason::Waiting(WaitReason::Network)))
                {
                    outbox::retry(tx, &row.op_id, now_ms)?;
                    woken = true;
                }
            }
            Ok(woken)
        })
        .await;
    match woken {
        Ok(true) => profile.outbox_wake.notify_one(),
        Ok(false) => {}
        Err(error) => tracing::warn!(%error, "waiting rows could not be woken"),
    }
}

/// When to try again: jitter under a limit that doubles with each attempt.
fn pause(now: DateTime<Utc>, attempts: i64, reason: WaitReason) -> Outcome {
    let longest = match reason {
        WaitReason::Network | WaitReason::SignIn => NETWORK_PAUSE_MS,
        _ => TROUBLE_PAUSE_MS,
    };
    Outcome::Later { not_before: next_attempt(now, attempts, longest), reason }
}

fn next_attempt(now: DateTime<Utc>, attempts: i64, longest: i64) -> DateTime<Utc> {
    let doublings = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or(0);
    let limit = FIRST_PAUSE_MS.saturating_mul(1 << doublings).min(longest);
    now + TimeDelta::milliseconds(rand::rng().random_range(limit / 2..=limit))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pauses_grow_and_stay_bounded(attempts in 0_i64..1_000) {
            let now = Utc::now();
            for (reason, longest) in [(WaitReason::Network, NETWORK_PAUSE_MS), (WaitReason::Trouble, TROUBLE_PAUSE_MS)] {
                let Outcome::Later { not_before, .. } = pause(now, attempts, reason) else { panic!("later") };
                let wait = (not_before - now).num_milliseconds();
                prop_assert!(wait >= FIRST_PAUSE_MS / 2 && wait <= longest, "{wait}");
            }
        }
    }

    #[test]
    fn reasons_are_read_back() {
        for reason in [
            Reason::Unknown { since_utc_ms: 7 },
            Reason::Waiting(WaitReason::Turn),
            Reason::Needs(NeedsYou::SeveralMatches),
        ] {
            assert_eq!(serde_json::from_str::<Reason>(&reason.json()).unwrap(), reason);
        }
    }
}
