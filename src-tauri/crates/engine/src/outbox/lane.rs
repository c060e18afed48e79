//! The worker: one lane a service, several requests at once in it, each row claimed before a byte leaves.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use liaison_store::StoreResult;
use liaison_store::tables::outbox::{
    self, Claim, InJob, Job, OutboxAction, OutboxRecord, OutboxState, Together, Urgency,
};
use tokio::task::{Id, JoinSet};

use super::bulk;
use super::kind::Kinds;
use super::reason::{Need, Reason, Wait};
use super::settle;
use super::target::Target;
use crate::beat;
use crate::context::Context;
use crate::session::settings;
use crate::terms::{Provider, Tag};

/// After an error of the database.
const WRITE_AGAIN: Duration = Duration::from_secs(5);
/// No hold and no wait is longer than these, whatever the clock has done.
const LONGEST_HOLD: TimeDelta = TimeDelta::minutes(2);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(26);

/// With more rows than these under way at once, a job or a thousand in one request, what else is many waits: records
/// that belong together lock each other out.
const MANY: usize = 200;
/// Rows that are woken in one transaction.
const WOKEN: u32 = 500;

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
            () = beat::sleep(pause) => Woken::Look,
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
    /// A job is to be looked at.
    Look(Job),
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
                Ok(Next::Look(job)) => {
                    self.under_way.spawn(bulk::go_on(Arc::clone(&self.cx), job));
                }
                Ok(Next::Wait(pause)) => return pause,
                Err(error) => {
                    tracing::error!(%error, "the outbox could not be read");
                    return WRITE_AGAIN;
                }
            }
        }
        Duration::MAX
    }

    async fn next(&self) -> StoreResult<Next> {
        let (cx, provider) = (Arc::clone(&self.cx), self.provider);
        let (kinds, refused) = (cx.state::<Kinds>(), cx.state::<bulk::Refused>());
        // A job that is being prepared has no id yet.
        let busy = self.rows.values().any(|rows| rows.len() > MANY);
        let now_ms = cx.now_ms();
        self.cx
            .store
            .write(move |tx| {
                let Some(target) = Target::signed_in(tx, provider)? else { return Ok(Next::Wait(Duration::MAX)) };
                if settings::paused(tx)? {
                    return Ok(Next::Wait(Duration::MAX));
                }
                let longest = |delta: TimeDelta| now_ms + delta.num_milliseconds();
                outbox::clamp_waits(tx, &target.key, longest(LONGEST_HOLD), longest(LONGEST_WAIT))?;
                if let Some(pause) = outbox::lane_pause(tx, &target.key, now_ms)? {
                    return Ok(Next::Wait(until(pause.until_utc_ms, now_ms)));
                }
                let look = outbox::next_look(tx, &target.key)?;
                if look.is_some_and(|at| at <= now_ms)
                    && let Some(job) = outbox::take_job(tx, &target.key, now_ms, longest(bulk::LEASE))?
                {
                    return Ok(Next::Look(job));
                }
                // One job at a time; what is many waits for its end, and the user's clicks don't.
                let up_to = if look.is_some() || busy { Urgency::Click } else { Urgency::Bulk };
                let together = |row: &OutboxRecord| together(&kinds, &refused, row, now_ms);
                if let Some(claim) = outbox::claim_next(tx, &target.key, now_ms, up_to, together)? {
                    return Ok(Next::Claimed(claim));
                }
                let next = outbox::next_ready_at(tx, &target.key, up_to)?.into_iter().chain(look).min();
                Ok(Next::Wait(next.map_or(Duration::MAX, |at| until(at, now_ms))))
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
                    let nobodys = |row: &OutboxRecord| row.state == OutboxState::Claimed && row.job_id.is_none();
                    if outbox::get(tx, &row.op_id)?.as_ref().is_some_and(nobodys) {
                        settle::unknown(tx, row, now)?;
                    }
                }
                Ok(())
            })
            .await;
        }
        // What waited for these rows may be the other lane's: it would see it only when it looks by itself.
        self.cx.wake_outbox();
        self.cx.changed(&[Tag::Outbox, Tag::Meetings, Tag::Session]);
    }

    /// The service has answered somebody: what waits for the network need not wait longer.
    async fn network_is_back(&self) {
        let (provider, now_ms) = (self.provider, self.cx.now_ms());
        let waiting = Reason::Waiting(Wait::Network).json();
        loop {
            let waiting = waiting.clone();
            let woken = self
                .cx
                .store
                .write(move |tx| match Target::signed_in(tx, provider)? {
                    Some(target) => outbox::retry_all(tx, &target.key, &waiting, WOKEN, now_ms),
                    None => Ok(0),
                })
                .await;
            match woken {
                Ok(0) => return,
                Ok(_) => {}
                Err(error) => return tracing::warn!(%error, "waiting rows could not be woken"),
            }
        }
    }
}

/// How many rows like this one go together.
fn together(kinds: &Kinds, refused: &bulk::Refused, row: &OutboxRecord, now_ms: i64) -> Together {
    let Some(kind) = kinds.named(&row.kind) else { return Together::of(1) };
    let in_job = kind.in_bulk().filter(|_| row.action == OutboxAction::Create && !refused.is_now(row, now_ms));
    Together { most: kind.most(), in_job: in_job.map(|_| InJob { more_than: bulk::MORE_THAN, most: bulk::MOST }) }
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
    if claim.for_job {
        bulk::start(&cx, rows).await;
    } else if claim.look_up {
        let findings = kind.look_up(&cx, &rows).await;
        let (now, kinds, settling) = (cx.now(), Arc::clone(&kinds), Arc::clone(&cx));
        write(&cx, move |tx| match kinds.named(name) {
            Some(kind) => settle::looked_up(&settling, tx, kind, &rows, &findings, now),
            None => Ok(()),
        })
        .await;
    } else {
        let outcomes = kind.send(&cx, &rows).await;
        let (now, kinds, settling) = (cx.now(), Arc::clone(&kinds), Arc::clone(&cx));
        write(&cx, move |tx| match kinds.named(name) {
            Some(kind) => settle::sent(&settling, tx, kind, &rows, &outcomes, now),
            None => Ok(()),
        })
        .await;
    }
}

/// Writes an end down, and tries until it is written: the rows would be looked up at the next start otherwise.
pub(super) async fn write<F>(cx: &Arc<Context>, change: F)
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
