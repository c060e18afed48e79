//! The worker: one lane a service, several requests at once in it, each row claimed before a byte leaves.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use liaison_store::StoreResult;
use liaison_store::tables::outbox::{self, Claim, OutboxRecord};
use tokio::task::{Id, JoinSet};

use super::kind::{Kind, Kinds};
use super::reason::{Need, Reason, Wait};
use super::settle;
use super::target::Target;
use crate::context::Context;
use crate::session::settings;
use crate::terms::{Provider, Tag};

/// The wall clock is looked at this often: it may have jumped, or the computer slept.
const LOOK: Duration = Duration::from_secs(30);
/// After an error of the database.
const WRITE_AGAIN: Duration = Duration::from_secs(5);
/// No hold and no wait is longer than these, whatever the clock has done.
const LONGEST_HOLD: TimeDelta = TimeDelta::minutes(2);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(26);

/// Requests of one lane that are under way at the same time.
fn at_once(provider: Provider) -> usize {
    match provider {
        Provider::Zoom => 2,
        Provider::Salesforce => 4,
    }
}

/// Runs until the profile is closed; what is under way then ends first.
pub(super) async fn run(cx: Arc<Context>, provider: Provider) {
    let (mut stopping, mut wake) = (cx.stopping(), cx.outbox_wakes());
    let mut answers = cx.answers(provider);
    let mut lane = Lane { cx, provider, under_way: JoinSet::new(), rows: HashMap::new() };
    let mut worked = false;
    loop {
        wake.borrow_and_update();
        let turn = lane.cx.lane_turns(provider).begin();
        let pause = lane.fill().await;
        worked |= !lane.under_way.is_empty();
        if lane.under_way.is_empty() {
            lane.cx.lane_turns(provider).end(turn, std::mem::take(&mut worked));
        }
        let cx = Arc::clone(&lane.cx);
        let woken = tokio::select! {
            biased;
            _ = stopping.wait_for(|stop| *stop) => Woken::Stop,
            ended = lane.under_way.join_next_with_id(), if !lane.under_way.is_empty() => Woken::Ended(ended),
            changed = wake.changed() => if changed.is_ok() { Woken::Look } else { Woken::Stop },
            answered = answers.changed() => if answered.is_ok() { Woken::Answered } else { Woken::Stop },
            () = cx.lane_turns(provider).another(turn) => Woken::Look,
            () = tokio::time::sleep(pause.min(LOOK)) => Woken::Look,
        };
        match woken {
            Woken::Stop => break,
            Woken::Ended(ended) => lane.ended(ended).await,
            Woken::Answered => lane.network_is_back().await,
            Woken::Look => {}
        }
    }
    while let Some(ended) = lane.under_way.join_next_with_id().await {
        lane.ended(Some(ended)).await;
    }
}

/// The end of a task.
type Ended = Option<Result<(Id, ()), tokio::task::JoinError>>;

enum Woken {
    Stop,
    Ended(Ended),
    Answered,
    Look,
}

struct Lane {
    cx: Arc<Context>,
    provider: Provider,
    under_way: JoinSet<()>,
    /// Which rows each task has.
    rows: HashMap<Id, Vec<OutboxRecord>>,
}

enum Next {
    Claimed(Claim),
    Wait(Duration),
}

impl Lane {
    /// Begins whatever may go now; answers how long nothing more can.
    async fn fill(&mut self) -> Duration {
        while self.under_way.len() < at_once(self.provider) {
            match self.next().await {
                Ok(Next::Claimed(claim)) => {
                    self.cx.changed(&[Tag::Outbox, Tag::Meetings]);
                    let rows = claim.rows.clone();
                    let task = self.under_way.spawn(attempt(Arc::clone(&self.cx), claim));
                    self.rows.insert(task.id(), rows);
                }
                Ok(Next::Wait(pause)) => return pause,
                Err(error) => {
                    tracing::error!(%error, "the outbox could not be read");
                    return WRITE_AGAIN;
                }
            }
        }
        LOOK
    }

    async fn next(&self) -> StoreResult<Next> {
        let (cx, provider) = (Arc::clone(&self.cx), self.provider);
        let kinds = cx.state::<Kinds>();
        let now_ms = cx.now_ms();
        self.cx
            .store
            .write(move |tx| {
                let Some(target) = Target::signed_in(tx, provider)? else { return Ok(Next::Wait(LOOK)) };
                if settings::paused(tx)? {
                    return Ok(Next::Wait(LOOK));
                }
                let longest = |delta: TimeDelta| now_ms + delta.num_milliseconds();
                outbox::clamp_waits(tx, &target.key, longest(LONGEST_HOLD), longest(LONGEST_WAIT))?;
                if let Some(pause) = outbox::lane_pause(tx, &target.key, now_ms)? {
                    return Ok(Next::Wait(until(pause.until_utc_ms, now_ms)));
                }
                let most = |row: &OutboxRecord| kinds.named(&row.kind).map_or(1, Kind::most);
                if let Some(claim) = outbox::claim_next(tx, &target.key, now_ms, most)? {
                    return Ok(Next::Claimed(claim));
                }
                Ok(Next::Wait(outbox::next_ready_at(tx, &target.key)?.map_or(LOOK, |at| until(at, now_ms))))
            })
            .await
    }

    async fn ended(&mut self, ended: Ended) {
        let Some(ended) = ended else { return };
        let (id, failed) = match ended {
            Ok((id, ())) => (id, false),
            Err(error) => (error.id(), true),
        };
        let rows = self.rows.remove(&id).unwrap_or_default();
        if failed {
            // What it had sent is not known; nothing stays claimed by nobody.
            tracing::error!(rows = rows.len(), "sending ended badly; it is looked up");
            let now = self.cx.now();
            write(&self.cx, move |tx| {
                for row in &rows {
                    if outbox::get(tx, &row.op_id)?.is_some_and(|row| row.state == outbox::OutboxState::Claimed) {
                        settle::unknown(tx, row, now)?;
                    }
                }
                Ok(())
            })
            .await;
        }
        self.cx.changed(&[Tag::Outbox, Tag::Meetings, Tag::Session]);
    }

    /// The service has answered somebody: what waits for the network need not wait longer.
    async fn network_is_back(&self) {
        let (provider, now_ms) = (self.provider, self.cx.now_ms());
        let waiting = Reason::Waiting(Wait::Network).json();
        let woken = self
            .cx
            .store
            .write(move |tx| match Target::signed_in(tx, provider)? {
                Some(target) => outbox::retry_all(tx, &target.key, &waiting, now_ms),
                None => Ok(0),
            })
            .await;
        if let Err(error) = woken {
            tracing::warn!(%error, "waiting rows could not be woken");
        }
    }
}

fn until(at_ms: i64, now_ms: i64) -> Duration {
    u64::try_from(at_ms - now_ms + 1).map_or(Duration::from_millis(50), Duration::from_millis)
}

/// One request, or one look-up, and what it came to.
pub(super) async fn attempt(cx: Arc<Context>, claim: Claim) {
    let kinds = cx.state::<Kinds>();
    let rows = claim.rows;
    let Some(first) = rows.first() else { return };
    let Some(kind) = kinds.named(&first.kind) else {
        let now_ms = cx.now_ms();
        let reason = Reason::Needs(Need::Unreadable).json();
        return write(&cx, move |tx| rows.iter().try_for_each(|row| outbox::block(tx, &row.op_id, &reason, now_ms)))
            .await;
    };
    let name = kind.name();
    if claim.look_up {
        let findings = kind.look_up(&cx, &rows).await;
        let (now, kinds) = (cx.now(), Arc::clone(&kinds));
        write(&cx, move |tx| match kinds.named(name) {
            Some(kind) => settle::looked_up(tx, kind, &rows, &findings, now),
            None => Ok(()),
        })
        .await;
    } else {
        let outcomes = kind.send(&cx, &rows).await;
        let (now, kinds) = (cx.now(), Arc::clone(&kinds));
        write(&cx, move |tx| match kinds.named(name) {
            Some(kind) => settle::sent(tx, kind, &rows, &outcomes, now),
            None => Ok(()),
        })
        .await;
    }
}

/// Writes an end down, and tries until it is written: the rows would be looked up at the next start otherwise.
async fn write<F>(cx: &Arc<Context>, change: F)
where
    F: Fn(&liaison_store::Transaction<'_>) -> StoreResult<()> + Send + Sync + 'static,
{
    let mut stopping = cx.stopping();
    let change = Arc::new(change);
    loop {
        let again = Arc::clone(&change);
        match cx.store.write(move |tx| again(tx)).await {
            Ok(()) => return,
            Err(error) => tracing::error!(%error, "the end of a row could not be written"),
        }
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(WRITE_AGAIN) => {}
        }
    }
}
