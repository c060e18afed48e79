//! Webinars: the whole list each time, settings now and then, registrants of those that are near or open, and who came
//! to those that are over, until Zoom's lists no longer change.

pub(super) mod attendance;
mod left;
pub(super) mod parts;
mod record;
pub(super) mod roster;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::TryStreamExt;
use futures::future::BoxFuture;
use liaison_store::tables::cursors;
use liaison_store::tables::webinars::{self, FetchedWebinar, WebinarAges, WebinarDate, WebinarRecord};
use liaison_zoom::{ListStep, WebinarId, WebinarListType, WebinarSummary, ZoomError};

pub(super) use record::fetched;

use super::Room;
use crate::context::{Context, Owner, ZoomAccount};
use crate::failure::Error;
use crate::pull::access::{Access, Failed, RoomAccess, failed};
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen, is_older};
use crate::terms::{Provider, Tag};

const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::minutes(2), watched: TimeDelta::minutes(4), unwatched: TimeDelta::minutes(15) };
/// Its completion tells how old the list is.
pub(super) const WEBINARS: &str = "zoom.webinars";
/// Whether there is a licence by now is asked again after this time.
const LICENCE_AGAIN: TimeDelta = TimeDelta::minutes(10);
/// What the list does not tell of a webinar is read again after these times: of one that is near, of others to come.
const NEAR: TimeDelta = TimeDelta::hours(24);
const DETAILS_NEAR: TimeDelta = TimeDelta::minutes(10);
const DETAILS_LATER: TimeDelta = TimeDelta::hours(6);
/// Registrants: of a webinar that is near, of others that people can register for.
const ROSTER_NEAR: TimeDelta = TimeDelta::minutes(10);
const ROSTER_LATER: TimeDelta = TimeDelta::hours(1);
/// One round reads so many webinars whole, and so many lists of registrants; the next one takes the rest.
const MOST_DETAILS: usize = 40;
const MOST_ROSTERS: usize = 10;
/// A webinar ends after so long at the latest, if nobody knows when it did.
pub(super) const LONGEST: TimeDelta = TimeDelta::hours(30);

/// The rep's webinars.
pub(crate) struct Webinars;

impl Pull for Webinars {
    fn name(&self) -> &'static str {
        "webinars"
    }

    fn service(&self) -> Provider {
        Provider::Zoom
    }

    fn tag(&self) -> Tag {
        Tag::Webinars
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        Some(seen.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(async move {
            let zoom = cx.zoom().ok_or(Error::NotConnected { provider: Provider::Zoom })?;
            let owner = cx.owner(Provider::Zoom, &zoom.user_id, &zoom.account_id);
            let mut round = Round { cx, zoom: &zoom, owner: &owner, skipped: 0, unseen: false, news: false };
            match round.run().await {
                Ok(ending) => Ok(Pulled { ending, skipped: round.skipped, unseen: round.unseen, news: round.news }),
                Err(Failed::Access(access)) => {
                    tracing::info!(?access, "the webinars can't be read");
                    // Without a licence there are no webinars that were not seen.
                    let unseen = access != RoomAccess::NoLicence;
                    cx.state::<Access<Room>>().set(access, cx.now());
                    Ok(Pulled { ending: Ending::Idle, unseen, ..Pulled::default() })
                }
                Err(Failed::Command(error)) => Err(error),
            }
        })
    }
}

/// One round.
pub(super) struct Round<'a> {
    pub cx: &'a Arc<Context>,
    pub zoom: &'a ZoomAccount,
    pub owner: &'a Owner,
    pub skipped: u32,
    /// A part could not be looked at.
    pub unseen: bool,
    pub news: bool,
}

impl Round<'_> {
    async fn run(&mut self) -> Result<Ending, Failed> {
        let now = self.cx.now();
        let access = self.cx.state::<Access<Room>>();
        if access.is_refused_within(LICENCE_AGAIN, now) {
            return Ok(Ending::Idle);
        }
        self.list().await?;
        access.set(RoomAccess::Ready, now);
        let known = self.cx.store.read(everything).await.map_err(Error::from)?;
        let mut whole = true;
        let mut wanted: Vec<&Known> = known.iter().filter(|one| one.details_due(now)).collect();
        whole &= wanted.len() <= MOST_DETAILS;
        wanted.truncate(MOST_DETAILS);
        for one in &wanted {
            self.details(&one.record).await?;
        }
        // What was just read tells whether there is a form.
        let known =
            if wanted.is_empty() { known } else { self.cx.store.read(everything).await.map_err(Error::from)? };
        let mut wanted: Vec<&Known> = known.iter().filter(|one| one.roster_due(now)).collect();
        wanted.sort_by_key(|one| one.ages.roster_utc_ms);
        whole &= wanted.len() <= MOST_ROSTERS;
        wanted.truncate(MOST_ROSTERS);
        for one in wanted {
            self.people(&one.record, &one.ages).await?;
        }
        whole &= self.attendance(&known).await?;
        whole &= self.left(&known).await?;
        Ok(if whole { Ending::Whole } else { Ending::InPart })
    }

    /// Everything of one webinar, now.
    pub async fn one(&mut self, key: &str) -> Result<(), Failed> {
        let key = key.to_owned();
        let read = |db: &liaison_store::Connection| everything(db);
        let known = self.cx.store.read(read).await.map_err(Error::from)?;
        let Some(one) = known.into_iter().find(|one| one.record.key == key) else { return Err(Error::Gone.into()) };
        self.details(&one.record).await?;
        let known = self.cx.store.read(read).await.map_err(Error::from)?;
        let Some(one) = known.into_iter().find(|one| one.record.key == key && one.record.gone_utc_ms.is_none()) else {
            return Ok(());
        };
        if one.has_form() {
            self.people(&one.record, &WebinarAges::default()).await?;
        }
        self.attendance_of(&one, true).await?;
        self.left_of(&one, true).await.map(drop)
    }

    /// The list names a series once for each date.
    async fn list(&mut self) -> Result<(), Failed> {
        let (cx, zoom) = (self.cx, self.zoom);
        let mut began_ms = cx.now_ms();
        let mut generation = cx.store.read(webinars::last_generation).await.map_err(Error::from)? + 1;
        let mut unread = 0;
        let mut dates: BTreeMap<WebinarId, WebinarSummary> = BTreeMap::new();
        let mut steps = std::pin::pin!(zoom.api.webinars().walk(WebinarListType::Scheduled));
        while let Some(step) = steps.try_next().await.map_err(failed(cx))? {
            match step {
                ListStep::Page(page) => {
                    for item in page.items {
                        dates.entry(item.id).or_insert(item);
                    }
                }
                ListStep::Restarted => {
                    (began_ms, generation) = (cx.now_ms(), generation + 1);
                    dates.clear();
                }
                ListStep::Complete { skipped } => unread += skipped,
            }
        }
        self.skipped += u32::try_from(unread).unwrap_or(u32::MAX);
        let now_ms = cx.now_ms();
        let rows: Vec<FetchedWebinar> = dates.into_values().map(|item| record::summary(&item, now_ms)).collect();
        let sealer = cx.store.sealer();
        let news = cx
            .write_for(self.owner, move |tx| {
                let before = webinars::all(tx)?.iter().filter(|one| one.gone_utc_ms.is_none()).count();
                webinars::upsert(tx, &sealer, &rows, generation)?;
                if unread == 0 {
                    webinars::mark_unseen_gone(tx, generation, began_ms, now_ms)?;
                }
                cursors::complete(tx, WEBINARS, &generation.to_string(), now_ms)?;
                Ok(before != webinars::all(tx)?.iter().filter(|one| one.gone_utc_ms.is_none()).count())
            })
            .await?;
        self.news |= news;
        Ok(())
    }

    /// Settings, dates, links.
    async fn details(&mut self, record: &WebinarRecord) -> Result<(), Failed> {
        let (cx, key) = (self.cx, record.key.clone());
        let now_ms = cx.now_ms();
        match self.zoom.api.webinars().get(WebinarId(number(record))).await {
            Ok(webinar) => {
                let (row, sealer) = (fetched(&webinar, now_ms), cx.store.sealer());
                cx.write_for(self.owner, move |tx| {
                    let generation = webinars::last_generation(tx)?;
                    webinars::upsert(tx, &sealer, &[row], generation)
                })
                .await?;
            }
            // It was deleted since it was listed, or has expired.
            Err(error) if error.is_not_found() => {
                cx.write_for(self.owner, move |tx| webinars::mark_gone(tx, &key, now_ms)).await?;
            }
            Err(error) => self.pass_over(error)?,
        }
        Ok(())
    }

    /// Registrants, panel, questions and tracking links.
    async fn people(&mut self, record: &WebinarRecord, ages: &WebinarAges) -> Result<(), Failed> {
        if let Err(error) = parts::read(self.cx, self.zoom, self.owner, record, ages).await {
            self.pass_over_any(error)?;
        }
        match roster::read(self.cx, self.zoom, self.owner, &record.key).await {
            Ok(skipped) => self.skipped += skipped,
            Err(error) => self.pass_over_any(error)?,
        }
        Ok(())
    }

    pub fn pass_over_any(&mut self, error: roster::Unread) -> Result<(), Failed> {
        match error {
            roster::Unread::Zoom(error) => self.pass_over(error),
            roster::Unread::Engine(error) => Err(error.into()),
        }
    }

    /// One webinar that can't be read says nothing of the next one; what concerns all of them ends the round.
    pub fn pass_over(&mut self, error: ZoomError) -> Result<(), Failed> {
        use liaison_zoom::ErrorKind as Kind;
        match error.kind() {
            // A right that only this part needs.
            Some(Kind::ScopeMissing { .. } | Kind::Forbidden) => self.unseen = true,
            Some(Kind::NotFound | Kind::RegistrationOff | Kind::Validation | Kind::Other) => {
                tracing::info!(%error, "a part of a webinar could not be read");
                self.skipped += u32::from(!error.is_not_found() && error.kind() != Some(&Kind::RegistrationOff));
            }
            _ => return Err(failed(self.cx)(error)),
        }
        Ok(())
    }
}

/// A webinar with its dates, and when its parts were read.
pub(super) struct Known {
    pub record: WebinarRecord,
    pub dates: Vec<WebinarDate>,
    pub ages: WebinarAges,
}

/// Every webinar.
pub(super) fn everything(db: &liaison_store::Connection) -> liaison_store::StoreResult<Vec<Known>> {
    let known = |record: WebinarRecord| {
        Ok(Known { dates: webinars::dates(db, &record.key)?, ages: webinars::ages(db, &record.key)?, record })
    };
    webinars::all(db)?.into_iter().map(known).collect()
}

impl Known {
    /// When it begins and ends, date by date.
    pub fn spans(&self) -> Vec<(i64, i64)> {
        super::gather::spans(&self.record, &self.dates)
    }

    /// People have to register.
    pub fn has_form(&self) -> bool {
        matches!(self.record.approval_type, Some(0 | 1))
    }

    fn next(&self, now: DateTime<Utc>) -> Option<i64> {
        self.spans().into_iter().find(|(_, end)| *end > now.timestamp_millis()).map(|(start, _)| start)
    }

    fn is_near(&self, now: DateTime<Utc>) -> bool {
        self.next(now).is_some_and(|start| start - now.timestamp_millis() <= NEAR.num_milliseconds())
    }

    /// A series without times is never over.
    fn is_to_come(&self, now: DateTime<Utc>) -> bool {
        self.next(now).is_some() || self.spans().is_empty()
    }

    fn details_due(&self, now: DateTime<Utc>) -> bool {
        let again = if self.is_near(now) { DETAILS_NEAR } else { DETAILS_LATER };
        self.record.gone_utc_ms.is_none()
            && (self.record.details_utc_ms.is_none()
                || self.is_to_come(now) && is_older(self.record.details_utc_ms, again, now))
    }

    /// Once more when it is over: the last ones registered while it ran.
    fn roster_due(&self, now: DateTime<Utc>) -> bool {
        if self.record.gone_utc_ms.is_some() || !self.has_form() {
            return false;
        }
        if self.is_to_come(now) {
            let again = if self.is_near(now) { ROSTER_NEAR } else { ROSTER_LATER };
            return is_older(self.ages.roster_utc_ms, again, now);
        }
        let ended = self.spans().last().map_or(i64::MIN, |(_, end)| *end);
        self.ages.roster_utc_ms.is_none_or(|read| read < ended)
    }
}

/// Zoom's number.
pub(super) fn number(record: &WebinarRecord) -> u64 {
    u64::try_from(record.webinar_id).unwrap_or_default()
}
