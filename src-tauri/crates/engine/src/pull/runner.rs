//! Runs the pulls: one loop for each service, so that neither waits for the other. A pull that fails or panics is
//! tried again with growing pauses and stops none of the others.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;

use super::plan::{Seen, left};
use super::{Ending, Pull, Pulled, Pulls};
use crate::beat;
use crate::context::Context;
use crate::failure::Error;
use crate::session::usage;
use crate::terms::{Provider, Tag};

/// Time between two rounds when the organisation has used most of its calls.
const SPARING: TimeDelta = TimeDelta::minutes(30);
/// A loop that ended badly begins again after this time.
const AGAIN: Duration = Duration::from_secs(5);

/// Keeps one service's part of the copy fresh until the profile is closed.
pub(crate) async fn run(cx: Arc<Context>, pulls: Pulls, service: Provider) {
    let mut stopping = cx.stopping();
    loop {
        let ended = AssertUnwindSafe(keep_fresh(&cx, &pulls, service)).catch_unwind().await;
        if ended.is_ok() {
            return;
        }
        tracing::error!(?service, "the pulls ended badly and begin again");
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
}

struct Kept<'a> {
    pull: &'a dyn Pull,
    seen: Seen,
}

async fn keep_fresh(cx: &Arc<Context>, pulls: &Pulls, service: Provider) {
    let mut all: Vec<Kept<'_>> = pulls
        .iter()
        .filter(|pull| pull.service() == service)
        .map(|pull| Kept { pull: pull.as_ref(), seen: Seen::default() })
        .collect();
    let (mut stopping, mut wishes) = (cx.stopping(), cx.wishes());
    loop {
        let wish = *wishes.borrow_and_update();
        let next = tokio::select! {
            biased;
            _ = stopping.wait_for(|stop| *stop) => return,
            next = run_due(cx, &mut all, service) => next,
        };
        cx.planned(service, wish.number);
        let pause = left(cx.now(), next);
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            changed = wishes.changed() => if changed.is_err() { return },
            () = beat::sleep(pause) => {}
        }
        let new = *wishes.borrow();
        for kept in &mut all {
            if new.asked != wish.asked {
                kept.seen.asked();
                kept.seen.began = None;
            }
            if new.acted != wish.acted {
                kept.seen.acted();
            }
            if new.told != wish.told && kept.pull.compares() {
                kept.seen.told();
            }
            if new.returned != wish.returned {
                kept.seen.looked_at();
            }
        }
    }
}

/// Runs every pull that is due, in order; answers when the next one is.
async fn run_due(cx: &Arc<Context>, all: &mut [Kept<'_>], service: Provider) -> Option<DateTime<Utc>> {
    let signed_in = match service {
        Provider::Zoom => cx.zoom().is_some(),
        Provider::Salesforce => cx.salesforce().is_some(),
    };
    if !signed_in {
        return None;
    }
    let mut next: Option<DateTime<Utc>> = None;
    for kept in all {
        kept.seen.now = cx.now();
        kept.seen.watched = cx.is_watched();
        kept.seen.sparing = is_scarce(cx, service).then_some(SPARING);
        let Some(mut due) = kept.pull.due(&kept.seen) else { continue };
        if due <= kept.seen.now {
            run_one(cx, kept).await;
            kept.seen.now = cx.now();
            match kept.pull.due(&kept.seen) {
                Some(again) => due = again,
                None => continue,
            }
        }
        next = Some(next.map_or(due, |next| next.min(due)));
    }
    next
}

fn is_scarce(cx: &Context, service: Provider) -> bool {
    service == Provider::Salesforce && cx.salesforce().is_some_and(|account| usage::is_scarce(&account))
}

#[tracing::instrument(name = "pull", skip_all, fields(pull = kept.pull.name(), request = crate::terms::request_id()))]
async fn run_one(cx: &Arc<Context>, kept: &mut Kept<'_>) {
    let (pull, service) = (kept.pull, kept.pull.service());
    kept.seen.begins(cx.now());
    cx.status().started(service);
    cx.changed(&[Tag::Progress]);
    let outcome = guarded(pull.run(cx)).await;
    kept.seen.ended(cx.now(), &outcome);
    usage::keep(cx, service).await;
    note(cx, pull, outcome);
    cx.changed(&[Tag::Session, Tag::Progress, pull.tag()]);
}

/// A panic is a failure like any other: it is logged where it happens, and the pull is tried again.
async fn guarded(work: impl Future<Output = Result<Pulled, Error>>) -> Result<Pulled, Error> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!("a pull ended badly");
        Err(Error::Internal { code: "E-PULL" })
    })
}

/// Tells the status, and whoever waits for the service, how a pull ended.
fn note(cx: &Context, pull: &dyn Pull, outcome: Result<Pulled, Error>) {
    let (service, now) = (pull.service(), cx.now());
    match outcome {
        Ok(pulled) => {
            if pulled.skipped > 0 {
                tracing::warn!(records = pulled.skipped, "records could not be read and were left out");
            }
            let whole = (pulled.ending == Ending::Whole && !pull.cursors().is_empty()).then_some(now);
            cx.status().ended(service, pull.name(), whole, (pulled.skipped, pulled.unseen));
            if pulled.ending != Ending::Idle {
                cx.answered(service);
            }
        }
        Err(error) if error.is_signed_out() => {
            tracing::info!("the account was signed out, or somebody else signed in, during a pull");
            cx.status().update(service, |health| health.syncing = None);
        }
        Err(error) => {
            error.log();
            if error.is_about_rights() {
                // Whatever was known of settings and rights is asked again.
                cx.forget_capabilities();
            }
            cx.status().failed_in(service, pull.name(), error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_failure() {
        let outcome = guarded(async { panic!("a bug") }).await;
        assert!(matches!(outcome, Err(Error::Internal { code: "E-PULL" })), "{outcome:?}");
        assert_eq!(guarded(async { Ok(Pulled::default()) }).await.unwrap(), Pulled::default());
    }
}
