//! Keeping the local copy fresh. Knows no area: what is pulled is handed in as a list, and the runner owns when
//! it is asked for, how old it is, and what becomes of failures.

pub(crate) mod access;
mod again;
mod plan;
mod runner;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use liaison_store::StoreResult;
use liaison_store::tables::cursors;

pub(crate) use again::{InVain, is_older};
pub(crate) use plan::{Rhythm, Seen};
pub(crate) use runner::run;

use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::terms::{Provider, Tag};

/// Everything that is kept fresh.
pub(crate) type Pulls = Arc<[Box<dyn Pull>]>;

/// One thing that is kept fresh.
pub(crate) trait Pull: Send + Sync {
    /// In the log and the status.
    fn name(&self) -> &'static str;

    fn service(&self) -> Provider;

    /// What changes with it.
    fn tag(&self) -> Tag;

    /// Cursors whose completion tells how old this part of the copy is. None where what is shown says so itself, or where
    /// many have nothing to ask for, so that their copy would never be whole.
    fn cursors(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it compares with what Zoom tells of meetings: it is due when something of that is new.
    fn compares(&self) -> bool {
        false
    }

    /// When it is to be asked for next; `None` for not before something else happens.
    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>>;

    /// # Errors
    /// [`Error::NotConnected`] when nobody is signed in, or no longer who was.
    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>>;
}

/// How a pull ended, when it ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Ending {
    /// There was nothing to ask the service for.
    #[default]
    Idle,
    /// Everything there is to know was read.
    Whole,
    /// There is more to ask.
    InPart,
    /// The service still works on an answer.
    Waiting,
}

/// What a pull brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Pulled {
    pub ending: Ending,
    /// Records that could not be read. They count as not seen, never as gone.
    pub skipped: u32,
    /// A part could not be looked at: a permission is missing.
    pub unseen: bool,
    /// Whether anything is new.
    pub news: bool,
}

impl Engine {
    /// Starts a round now and sends what waits for the network.
    ///
    /// # Errors
    /// No profile is open.
    pub async fn sync_now(&self) -> Result<(), Error> {
        let cx = self.profile().await?;
        cx.pull_now();
        cx.wake_outbox();
        Ok(())
    }

    /// Tells whether somebody looks at the window: then the copy is kept fresher.
    pub async fn set_watched(&self, watched: bool) {
        if let Ok(cx) = self.profile().await {
            cx.set_watched(watched);
        }
    }

    /// The computer was asleep, or its clock was set: everything is planned anew. Answers when what was due then
    /// has ended.
    ///
    /// # Errors
    /// No profile is open, or it was closed meanwhile.
    pub async fn time_passed(&self) -> Result<(), Error> {
        let cx = self.profile().await?;
        cx.wake_outbox();
        let number = cx.plan_again();
        let closed = |_| Error::Internal { code: "E-CLOSED" };
        cx.plans(Provider::Zoom).wait_for(|planned| *planned >= number).await.map_err(closed)?;
        // What Zoom told is compared in Salesforce's turn.
        let told = cx.wishes().borrow().number;
        cx.plans(Provider::Salesforce).wait_for(|planned| *planned >= told).await.map_err(closed)?;
        Ok(())
    }
}

/// How old the copy is, from the last time the program ran.
pub(crate) async fn restore_ages(cx: &Context, pulls: &Pulls) {
    let names: Vec<_> = pulls
        .iter()
        .filter(|pull| !pull.cursors().is_empty())
        .map(|pull| (pull.service(), pull.name(), pull.cursors()))
        .collect();
    let read = cx
        .store
        .read(move |db| {
            let complete = |name: &&str| Ok(cursors::get(db, name)?.and_then(|cursor| cursor.complete_utc_ms));
            names
                .into_iter()
                .map(|(service, name, cursors)| {
                    let ages: Vec<Option<i64>> = cursors.iter().map(complete).collect::<StoreResult<_>>()?;
                    Ok((service, name, ages.into_iter().min().flatten()))
                })
                .collect::<StoreResult<Vec<_>>>()
        })
        .await;
    match read {
        Ok(ages) => {
            for (service, name, complete_ms) in ages {
                cx.status().restored(service, name, complete_ms.and_then(DateTime::from_timestamp_millis));
            }
        }
        Err(error) => tracing::error!(%error, "the age of the copy could not be read"),
    }
}

/// Shorthands for the pulls.
pub(crate) fn zoom_failed(cx: &Context) -> impl Fn(liaison_zoom::ZoomError) -> Error + use<> {
    let now = cx.now();
    move |error| Error::zoom(error, now)
}

pub(crate) fn salesforce_failed(cx: &Context) -> impl Fn(liaison_salesforce::SalesforceError) -> Error + use<> {
    let now = cx.now();
    move |error| Error::salesforce(error, now)
}
