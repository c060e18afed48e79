//! What an attempt is made with.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_store::tables::webinar_registrants::{self as table, RegistrantRecord};
use liaison_store::tables::webinars;

use crate::context::{Context, Owner, ZoomAccount};
use crate::failure::Error;
use crate::pull::is_older;
use crate::terms::Provider;
use crate::webinars::pull::roster::{self, Unread};

/// The lists that were read so lately are good enough for leaving out who is in them.
pub(super) const FRESH: TimeDelta = TimeDelta::minutes(2);

/// A request under way in Zoom must have ended before it counts as not made.
pub(super) const SETTLING: TimeDelta = TimeDelta::minutes(2);

pub(super) struct Sending<'a> {
    pub cx: &'a Arc<Context>,
    pub zoom: ZoomAccount,
    pub owner: Owner,
    pub now: DateTime<Utc>,
}

impl<'a> Sending<'a> {
    /// `None` when nobody is signed in.
    pub fn of(cx: &'a Arc<Context>) -> Option<Self> {
        let zoom = cx.zoom()?;
        let owner = cx.owner(Provider::Zoom, &zoom.user_id, &zoom.account_id);
        Some(Self { cx, zoom, owner, now: cx.now() })
    }

    /// The registrants of a webinar with these addresses, after reading all of them if that was not done lately. One
    /// that is not in the copy yet is read as well.
    pub async fn lately(&self, webinar: &str, emails: Vec<String>) -> Result<Vec<RegistrantRecord>, Unread> {
        let key = webinar.to_owned();
        let ages = self.cx.store.read(move |db| webinars::ages(db, &key)).await.map_err(Error::from)?;
        if is_older(ages.roster_utc_ms, FRESH, self.now) {
            roster::read(self.cx, &self.zoom, &self.owner, webinar).await?;
        }
        self.kept(webinar, emails).await
    }

    /// The same after reading all of them now; nothing where rows could not be read.
    pub async fn now(&self, webinar: &str, emails: Vec<String>) -> Result<Option<Vec<RegistrantRecord>>, Unread> {
        let unread = roster::read(self.cx, &self.zoom, &self.owner, webinar).await?;
        let found = self.kept(webinar, emails).await?;
        Ok((unread == 0).then_some(found))
    }

    /// The same as they are here, without asking.
    pub async fn kept(&self, webinar: &str, emails: Vec<String>) -> Result<Vec<RegistrantRecord>, Unread> {
        let webinar = webinar.to_owned();
        let read = self.cx.store.read(move |db| {
            let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
            table::by_emails(db, &webinar, &emails)
        });
        Ok(read.await.map_err(Error::from)?)
    }
}
