//! Keeping the local copy fresh: one round over both services, again and again. Knows no area: what is pulled
//! is handed in as a list.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_store::StoreResult;
use liaison_store::tables::cursors;

use crate::context::Context;
use crate::engine::Engine;
use crate::error::CommandError;
use crate::failure::{from_salesforce, from_zoom};
use crate::session::usage;
use crate::terms::{Provider, Tag};

/// Time between two rounds when all is well.
const EVERY: Duration = Duration::from_mins(2);
/// Time to the next round when a service could not be reached.
const SOON: Duration = Duration::from_secs(15);
/// Time between two rounds when the organisation has used most of its calls.
const SPARING: TimeDelta = TimeDelta::minutes(30);

/// One thing that is kept fresh.
pub(crate) trait Pull: Send + Sync {
    fn service(&self) -> Provider;

    /// What changes with it.
    fn tag(&self) -> Tag;

    /// Cursors whose completion tells how old this part of the copy is.
    fn cursors(&self) -> &'static [&'static str];

    /// # Errors
    /// [`CommandError::NotConnected`] when nobody is signed in, or no longer who was.
    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, CommandError>>;
}

/// How a pull ended, when it ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pulled {
    /// Everything there is to know was read.
    Whole,
    /// There is more to ask.
    InPart,
    /// The service still works on an answer.
    Waiting,
}

impl Engine {
    /// Starts a round now and sends what waits for the network.
    ///
    /// # Errors
    /// No profile is open.
    pub async fn sync_now(&self) -> Result<(), CommandError> {
        let cx = self.profile().await?;
        cx.pull_wake.notify_one();
        cx.outbox_wake.notify_one();
        Ok(())
    }
}

/// Runs until the profile is closed.
pub(crate) async fn run(cx: Arc<Context>, pulls: Vec<Box<dyn Pull>>) {
    let mut stopping = cx.stopping();
    let mut asked = false;
    loop {
        let pause = tokio::select! {
            biased;
            _ = stopping.wait_for(|stop| *stop) => return,
            pause = round(&cx, &pulls, asked) => pause,
        };
        asked = tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = cx.pull_wake.notified() => true,
            () = tokio::time::sleep(pause) => false,
        };
    }
}

/// How old the copy is, from the last time the program ran.
pub(crate) async fn restore_ages(cx: &Context, pulls: &[Box<dyn Pull>]) {
    let names = [Provider::Zoom, Provider::Salesforce].map(|service| {
        let of_service = pulls.iter().filter(move |pull| pull.service() == service);
        (service, of_service.flat_map(|pull| pull.cursors()).copied().collect::<Vec<_>>())
    });
    let read = cx
        .store
        .read(move |db| {
            names
                .into_iter()
                .map(|(service, names)| {
                    let complete = |name| Ok(cursors::get(db, name)?.and_then(|cursor| cursor.complete_utc_ms));
                    let ages: Vec<Option<i64>> = names.into_iter().map(complete).collect::<StoreResult<_>>()?;
                    Ok((service, ages.into_iter().min().flatten()))
                })
                .collect::<StoreResult<Vec<_>>>()
        })
        .await;
    match read {
        Ok(ages) => {
            for (provider, complete_ms) in ages {
                let at = complete_ms.and_then(DateTime::from_timestamp_millis);
                cx.status().update(provider, |health| health.last_success = health.last_success.max(at));
            }
        }
        Err(error) => tracing::error!(%error, "the age of the copy could not be read"),
    }
}

/// `asked` tells that somebody wants to see what is new, and not only the clock.
async fn round(cx: &Arc<Context>, pulls: &[Box<dyn Pull>], asked: bool) -> Duration {
    let (zoom, salesforce) =
        futures::join!(service(cx, pulls, Provider::Zoom, asked), service(cx, pulls, Provider::Salesforce, asked));
    if zoom && salesforce { EVERY } else { SOON }
}

/// One round over a service; answers whether the next may take its time.
async fn service(cx: &Arc<Context>, pulls: &[Box<dyn Pull>], provider: Provider, asked: bool) -> bool {
    let status = cx.status();
    let (signed_in, scarce) = match provider {
        Provider::Zoom => (cx.zoom().is_some(), false),
        Provider::Salesforce => {
            let account = cx.salesforce();
            (account.is_some(), account.is_some_and(|account| usage::is_scarce(&account)))
        }
    };
    if !signed_in || !asked && scarce && !has_rested(status.health(provider).last_success, cx.now()) {
        return true;
    }
    status.started(provider);
    cx.changed(&[Tag::Session]);
    let mut outcome = Ok(Pulled::Whole);
    let mut tags = vec![Tag::Session];
    for pull in pulls.iter().filter(|pull| pull.service() == provider) {
        tags.push(pull.tag());
        match pull.run(cx).await {
            Ok(Pulled::Whole) => {}
            other => outcome = other,
        }
        if outcome.is_err() {
            break;
        }
    }
    end(cx, provider, outcome, &tags).await
}

/// Whether the last round is long enough ago for one that spares the organisation's calls.
fn has_rested(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| now - last >= SPARING)
}

async fn end(cx: &Context, provider: Provider, outcome: Result<Pulled, CommandError>, tags: &[Tag]) -> bool {
    usage::keep(cx, provider).await;
    let status = cx.status();
    let well = match outcome {
        Ok(part @ (Pulled::InPart | Pulled::Waiting)) => {
            status.update(provider, |health| health.last_error = None);
            part == Pulled::Waiting
        }
        Ok(Pulled::Whole) => {
            status.succeeded(provider, cx.now());
            cx.answered(provider);
            true
        }
        Err(CommandError::NotConnected { .. }) => {
            tracing::info!(?provider, "the account was signed out, or somebody else signed in, during a pull");
            true
        }
        Err(error) => {
            tracing::warn!(?provider, %error, "a pull did not end well");
            let wait = matches!(error, CommandError::RateLimited { .. } | CommandError::PermissionMissing { .. });
            status.failed(provider, error);
            wait
        }
    };
    cx.changed(tags);
    well
}

/// Shorthands for the pulls.
pub(crate) fn zoom_failed(cx: &Context) -> impl Fn(liaison_zoom::ZoomError) -> CommandError + use<> {
    let now = cx.now();
    move |error| from_zoom(&error, now)
}

pub(crate) fn salesforce_failed(cx: &Context) -> impl Fn(liaison_salesforce::SalesforceError) -> CommandError + use<> {
    let now = cx.now();
    move |error| from_salesforce(&error, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_spared_for_half_an_hour() {
        let now = DateTime::from_timestamp(1_804_680_000, 0).unwrap();
        assert!(has_rested(None, now));
        assert!(!has_rested(Some(now - TimeDelta::minutes(29)), now));
        assert!(has_rested(Some(now - TimeDelta::minutes(30)), now));
    }
}
