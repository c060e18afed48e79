//! The list of webinars, from the local copy alone.

use liaison_domain::text;
use liaison_store::tables::cursors;
use liaison_store::tables::pinned_webinar::{self, Pin};
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, StoreResult};

use super::pull::WEBINARS;
use super::rows::{self, Eyes};
use super::view::{PinnedWebinar, WebinarFilter, WebinarList, WebinarWhen};
use super::{Room, gather};
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::access;
use crate::terms::{Tag, UtcMs};

const MOST_ROWS: u32 = 200;
const MAX_QUERY: usize = 200;

impl Engine {
    /// A page of the user's webinars.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn list_webinars(&self, filter: WebinarFilter, offset: u32, limit: u32) -> Result<WebinarList, Error> {
        let cx = self.profile().await?;
        let (access, eyes) =
            (access::with_add_on::<Room>(&cx, |has| has.webinar), Eyes { now: cx.now(), zone: cx.zone() });
        let now_ms = cx.now_ms();
        let list = cx
            .store
            .read(move |db| {
                let (upcoming, past) =
                    (sorted(db, WebinarWhen::Upcoming, now_ms)?, sorted(db, WebinarWhen::Past, now_ms)?);
                let (upcoming_count, past_count) = (count(upcoming.len()), count(past.len()));
                let words = liaison_store::tables::folded(&text::single_line(&filter.query, MAX_QUERY));
                let chosen = match filter.when {
                    WebinarWhen::Upcoming => upcoming,
                    WebinarWhen::Past => past,
                };
                let matching: Vec<WebinarRecord> = chosen
                    .into_iter()
                    .filter(|one| {
                        let topic = liaison_store::tables::folded(&one.topic);
                        words.split(' ').all(|word| topic.contains(word)) || one.key == words
                    })
                    .collect();
                let page = matching.iter().skip(offset as usize).take(limit.min(MOST_ROWS) as usize);
                Ok(WebinarList {
                    rows: page.map(|one| rows::row(db, one, eyes)).collect::<StoreResult<_>>()?,
                    total: count(matching.len()),
                    upcoming: upcoming_count,
                    past: past_count,
                    access,
                    as_of: cursors::get(db, WEBINARS)?.and_then(|cursor| cursor.complete_utc_ms).map(UtcMs),
                    pinned: rows::pinned(db, now_ms)?,
                })
            })
            .await?;
        Ok(list)
    }

    /// The webinar that one click registers for.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn pinned_webinar(&self) -> Result<Option<PinnedWebinar>, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        Ok(cx.store.read(move |db| rows::pinned(db, now_ms)).await?)
    }

    /// Makes a webinar the one that one click registers for, or none.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not there.
    pub async fn pin_webinar(&self, id: Option<String>) -> Result<(), Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let pinned = cx
            .store
            .write(move |tx| {
                let pin = match &id {
                    Some(id) => match webinars::get(tx, id)? {
                        Some(record) => Some(Pin { webinar_key: record.key, topic: record.topic }),
                        None => return Ok(false),
                    },
                    None => None,
                };
                pinned_webinar::set(tx, pin.as_ref(), now_ms).map(|()| true)
            })
            .await?;
        cx.changed(&[Tag::Webinars]);
        if pinned { Ok(()) } else { Err(Error::Gone) }
    }
}

/// All of one part, in its order. What was deleted before it took place is in neither.
fn sorted(db: &Connection, when: WebinarWhen, now_ms: i64) -> StoreResult<Vec<WebinarRecord>> {
    let mut found = Vec::new();
    for record in webinars::all(db)? {
        let dates = webinars::dates(db, &record.key)?;
        let span = gather::span(&record, &dates, now_ms);
        let over = span.is_some_and(|(_, end)| end <= now_ms);
        let place = span.map_or(i64::MAX, |(start, _)| start);
        let listed = match when {
            WebinarWhen::Upcoming => !over && record.gone_utc_ms.is_none(),
            WebinarWhen::Past => over,
        };
        if listed {
            found.push((if when == WebinarWhen::Past { -place } else { place }, record));
        }
    }
    found.sort_by(|one, other| (one.0, &one.1.key).cmp(&(other.0, &other.1.key)));
    Ok(found.into_iter().map(|(_, record)| record).collect())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
