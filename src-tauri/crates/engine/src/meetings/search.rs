//! Finding meetings in the local copy: by topic, and by the name, company or address of whoever takes part.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::zones::Zone;
use liaison_domain::{text, wall_time};
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::meetings_search;
use liaison_store::{Connection, StoreResult};

use super::rows::{self, References};
use super::{at, knows_people};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::meetings::view::{MeetingHit, MeetingRow};
use crate::outbox::kind::Kinds;

const MOST_HITS: u32 = 50;
const MAX_QUERY: usize = 200;
/// How far back a meeting is looked for; what is to come is found without an end.
const BACK: TimeDelta = TimeDelta::days(90);

impl Engine {
    /// Meetings that match every word of the query: what is running or to come first, soonest first,
    /// then what is over, latest first.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn search_meetings(&self, query: String, limit: u32) -> Result<Vec<MeetingHit>, Error> {
        let cx = self.profile().await?;
        let (finder, limit) = (Finder::of(&cx), limit.min(MOST_HITS) as usize);
        let query = text::single_line(&query, MAX_QUERY);
        Ok(cx.store.read(move |db| finder.found(db, &query, limit)).await?)
    }
}

/// With whose eyes, and when, meetings are found.
pub(crate) struct Finder {
    now: DateTime<Utc>,
    zone: Zone,
    known: bool,
    kinds: Arc<Kinds>,
}

impl Finder {
    pub fn of(cx: &Context) -> Self {
        Self { now: cx.now(), zone: cx.zone(), known: knows_people(cx), kinds: cx.state::<Kinds>() }
    }

    pub fn found(&self, db: &Connection, query: &str, limit: usize) -> StoreResult<Vec<MeetingHit>> {
        let (now_ms, back_ms) = (self.now.timestamp_millis(), (self.now - BACK).timestamp_millis());
        self.hits(db, &meetings_search::search_meetings(db, query, now_ms, back_ms, limit)?)
    }

    /// Those that are still there, in their order.
    pub fn named(&self, db: &Connection, keys: &[String]) -> StoreResult<Vec<MeetingHit>> {
        let mut records = Vec::with_capacity(keys.len());
        for key in keys {
            records.extend(meetings::meeting(db, key)?.filter(|record| record.gone_utc_ms.is_none()));
        }
        self.hits(db, &records)
    }

    fn hits(&self, db: &Connection, records: &[MeetingRecord]) -> StoreResult<Vec<MeetingHit>> {
        let references = References::of(db, records, self.known, &self.kinds)?;
        let today = wall_time::local_date(self.now, self.zone);
        let days = |row: &MeetingRow| (wall_time::local_date(at(row.start.0), self.zone) - today).num_days();
        let hit = |record: &MeetingRecord| {
            let row = rows::row(record, &references, self.zone, self.now);
            MeetingHit { offset: i32::try_from(days(&row)).unwrap_or(0), row }
        };
        Ok(records.iter().map(hit).collect())
    }
}
