//! What is kept on this computer, why, and for how long; and how it goes.
//!
//! The list is complete: a test compares it with every column of the database, so that whoever adds one says here what
//! it is. Words are the window's.

mod data;
pub(crate) mod view;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use liaison_store::tables::{retention, settings};
use liaison_store::{Connection, StoreResult};

use crate::context::Context;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::privacy::view::{Privacy, PrivacyItem};
use crate::session::profiles::{removal, sign_out};
use crate::session::view::Removal;
use crate::terms::Tag;

/// The choice, in `settings`: days as a number. Without one everything stays until it is erased.
pub(crate) const KEY: &str = "retention_days";
/// Days after which what is over can go.
const CHOICES: [u32; 3] = [30, 90, 365];
/// The wall clock is looked at this often.
const LOOK: Duration = Duration::from_mins(30);
/// Between two sweeps.
const EVERY: TimeDelta = TimeDelta::hours(6);

fn days(db: &Connection) -> StoreResult<Option<u32>> {
    let stored = settings::get(db, KEY)?.and_then(|days| days.parse().ok());
    Ok(stored.filter(|days| CHOICES.contains(days)))
}

impl Engine {
    /// Everything that is kept, and for how long.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn privacy(&self) -> Result<Privacy, Error> {
        let cx = self.profile().await?;
        let retention_days = cx.store.read(days).await?;
        let items = data::DATA.iter().map(PrivacyItem::from).collect();
        Ok(Privacy { items, retention_days, folder: self.config().data_dir.display().to_string() })
    }

    /// Keeps what is over for so many days, or until it is erased. What is too old goes at once.
    ///
    /// # Errors
    /// [`Error::Invalid`] with a number that can't be chosen.
    pub async fn keep_for(&self, retention_days: Option<u32>) -> Result<(), Error> {
        if let Some(wanted) = retention_days.filter(|wanted| !CHOICES.contains(wanted)) {
            let (min, max) = if wanted < 90 { (30, 90) } else { (90, 365) };
            let issues = vec![FieldIssue { field: Field::Minutes, problem: Problem::OutOfRange { min, max } }];
            return Err(Error::Invalid { issues });
        }
        let cx = self.profile().await?;
        cx.store
            .write(move |tx| match retention_days {
                Some(days) => settings::set(tx, KEY, &days.to_string()),
                None => settings::remove(tx, KEY),
            })
            .await?;
        sweep(&cx).await?;
        cx.changed(&[Tag::Settings]);
        Ok(())
    }

    /// Signs out everywhere and removes everything of this profile: the copy, notes, what is not sent, the key. Answers
    /// which services could not be told, which end unused sign-ins by themselves; and why not everything is removed,
    /// where the disk or the keychain refuses. What could be removed is removed.
    ///
    /// # Errors
    /// The data can't be opened: then nothing is removed.
    pub async fn erase_everything(&self) -> Result<Removal, Error> {
        let untold = match self.profile().await {
            Ok(cx) => sign_out(&cx, true).await,
            Err(error @ Error::Locked { .. }) => return Err(error),
            Err(_) => Vec::new(),
        };
        Ok(removal(untold, self.erase_profile().await))
    }
}

/// Lets go of what is too old, until the profile is closed.
pub(crate) async fn run(cx: Arc<Context>) {
    let mut stopping = cx.stopping();
    let mut last = None;
    loop {
        let now = cx.now();
        if last.is_none_or(|last| now < last || now - last >= EVERY) {
            last = Some(now);
            if let Err(error) = sweep(&cx).await {
                tracing::warn!(error = error.chain(), "what is too old could not be removed");
            }
        }
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn sweep(cx: &Arc<Context>) -> Result<(), Error> {
    let Some(days) = cx.store.read(days).await? else { return Ok(()) };
    let before = (cx.now() - TimeDelta::days(days.into())).timestamp_millis();
    let swept = cx.store.write(move |tx| retention::sweep(tx, before)).await?;
    if swept.total() > 0 {
        tracing::info!(meetings = swept.meetings, calls = swept.calls, "what was too old is removed");
        cx.store.fold_log().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use liaison_store::tables::mirror;

    use super::data::DATA;
    use super::view::DataSource;
    use crate::session::profiles::BOTH;
    use crate::terms::Provider;

    /// Whoever erases the copy of a service is rid of what is told to come from there.
    #[test]
    fn what_comes_from_a_service_goes_with_its_copy() {
        /// Who is signed in, and by what rules numbers are read.
        const KEPT: [&str; 3] = ["accounts", "phone_rules", "tokens"];
        for datum in DATA {
            let from = match datum.source {
                DataSource::Zoom => Some(Provider::Zoom),
                DataSource::Salesforce => Some(Provider::Salesforce),
                DataSource::You | DataSource::Liaison => None,
            };
            for (table, _) in datum.columns.iter().filter(|(table, _)| !KEPT.contains(table)) {
                for service in BOTH {
                    assert_eq!(mirror::tables(service).contains(table), from == Some(service), "{table}");
                }
            }
        }
    }
}
