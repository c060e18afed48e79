//! Keeping the local copy fresh: one round over both services, again and again.

pub(crate) mod meetings;
pub(crate) mod people;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_store::StoreResult;
use liaison_store::tables::cursors;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::failure::{from_salesforce, from_zoom};
use crate::profile::Profile;
use crate::view::{CommandError, Provider, Tag};

/// Time between two rounds when all is well.
const EVERY: Duration = Duration::from_mins(2);
/// Time to the next round when a service could not be reached.
const SOON: Duration = Duration::from_secs(15);
/// Time between two rounds when the organisation has used most of its calls.
const SPARING: TimeDelta = TimeDelta::minutes(30);
/// Cursors whose completion tells how old the copy is.
pub(crate) const MEETINGS: &str = "zoom.meetings";
pub(crate) const LEADS: &str = "salesforce.leads";
pub(crate) const CONTACTS: &str = "salesforce.contacts";

impl Engine {
    /// Starts a round now and sends what waits for the network.
    ///
    /// # Errors
    /// No profile is open.
    pub async fn sync_now(&self) -> Result<(), CommandError> {
        let profile = self.profile().await?;
        profile.pull_wake.notify_one();
        profile.outbox_wake.notify_one();
        Ok(())
    }
}

/// How a round over one service ended, when it ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pulled {
    /// Everything there is to know was read.
    Whole,
    /// There is more to ask.
    InPart,
    /// The service still works on an answer.
    Waiting,
}

/// Runs until the profile is closed.
pub(crate) async fn run(profile: Arc<Profile>) {
    let mut stopping = profile.stopping();
    let (mut asked, mut next) = (false, Instant::now());
    loop {
        let turn = profile.pull_turns.begin();
        let due = asked || next <= Instant::now();
        if due {
            let pause = tokio::select! {
                biased;
                _ = stopping.wait_for(|stop| *stop) => return,
                pause = round(&profile, asked) => pause,
            };
            next = Instant::now() + pause;
        }
        profile.pull_turns.end(turn, due);
        asked = tokio::select! {
            biased;
            _ = stopping.wait_for(|stop| *stop) => return,
            () = profile.pull_wake.notified() => true,
            () = profile.pull_turns.another(turn) => false,
            () = tokio::time::sleep_until(next) => false,
        };
    }
}

/// How old the copy is, from the last time the program ran.
pub(crate) async fn restore_ages(profile: &Profile) {
    let read = profile
        .store
        .read(|db| {
            let complete = |name: &str| -> StoreResult<Option<i64>> {
                Ok(cursors::get(db, name)?.and_then(|cursor| cursor.complete_utc_ms))
            };
            let people = [complete(LEADS)?, complete(CONTACTS)?].into_iter().min().flatten();
            Ok([(Provider::Zoom, complete(MEETINGS)?), (Provider::Salesforce, people)])
        })
        .await;
    match read {
        Ok(ages) => {
            for (provider, complete_ms) in ages {
                let at = complete_ms.and_then(chrono::DateTime::from_timestamp_millis);
                profile.status.update(provider, |health| health.last_success = health.last_success.max(at));
            }
        }
        Err(error) => tracing::error!(%error, "the age of the copy could not be read"),
    }
}

/// `asked` tells that somebody wants to see what is new, and not only the clock.
async fn round(profile: &Arc<Profile>, asked: bool) -> Duration {
    let (zoom, salesforce) = futures::join!(zoom(profile), salesforce(profile, asked));
    if zoom && salesforce { EVERY } else { SOON }
}

/// One round over Zoom; answers whether the next may take its time.
async fn zoom(profile: &Arc<Profile>) -> bool {
    let Some(account) = profile.zoom() else { return true };
    begin(profile, Provider::Zoom);
    let outcome = match crate::schedule::recover(profile, &account).await {
        Ok(()) => meetings::pull(profile, &account).await.map(|()| Pulled::Whole),
        Err(error) => Err(error),
    };
    end(profile, Provider::Zoom, outcome, Tag::Meetings).await
}

async fn salesforce(profile: &Arc<Profile>, asked: bool) -> bool {
    let Some(account) = profile.salesforce() else { return true };
    let last = profile.status.health(Provider::Salesforce).last_success;
    if !asked && crate::usage::is_scarce(&account) && !has_rested(last, profile.now()) {
        return true;
    }
    begin(profile, Provider::Salesforce);
    let outcome = match profile.event_capability(&account).await {
        Ok(_) => people::pull(profile, &account).await,
        Err(error) => Err(salesforce_failed(profile)(error)),
    };
    end(profile, Provider::Salesforce, outcome, Tag::People).await
}

/// Whether the last round is long enough ago for one that spares the organisation's calls.
fn has_rested(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| now - last >= SPARING)
}

fn begin(profile: &Profile, provider: Provider) {
    profile.status.started(provider);
    profile.changed(&[Tag::Session]);
}

async fn end(profile: &Profile, provider: Provider, outcome: Result<Pulled, CommandError>, tag: Tag) -> bool {
    crate::usage::keep(profile, provider).await;
    let well = match outcome {
        Ok(part @ (Pulled::InPart | Pulled::Waiting)) => {
            profile.status.update(provider, |health| health.last_error = None);
            part == Pulled::Waiting
        }
        Ok(Pulled::Whole) => {
            profile.status.succeeded(provider, profile.now());
            if provider == Provider::Salesforce {
                crate::outbox::network_is_back(profile).await;
            }
            true
        }
        Err(CommandError::NotConnected { .. }) => {
            tracing::info!(?provider, "the account was signed out, or somebody else signed in, during a pull");
            true
        }
        Err(error) => {
            tracing::warn!(?provider, %error, "a pull did not end well");
            let wait = matches!(error, CommandError::RateLimited { .. } | CommandError::PermissionMissing { .. });
            profile.status.failed(provider, error);
            wait
        }
    };
    profile.changed(&[Tag::Session, tag]);
    well
}

/// Shorthands for the two pulls.
fn zoom_failed(profile: &Profile) -> impl Fn(liaison_zoom::ZoomError) -> CommandError {
    let now = profile.now();
    move |error| from_zoom(&error, now)
}

fn salesforce_failed(profile: &Profile) -> impl Fn(liaison_salesforce::SalesforceError) -> CommandError {
    let now = profile.now();
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
