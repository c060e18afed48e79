//! Finding meetings in the local copy: by topic, and by the name, company or address of whoever takes part.

use chrono::TimeDelta;
use liaison_domain::{text, wall_time};
use liaison_store::tables::meetings_search;

use super::rows::{self, References};
use super::{at, knows_people};
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
        let (now, zone, known) = (cx.now(), cx.zone(), knows_people(&cx));
        let kinds = cx.state::<Kinds>();
        let query = text::single_line(&query, MAX_QUERY);
        let limit = limit.min(MOST_HITS) as usize;
        let found = cx
            .store
            .read(move |db| {
                let (now_ms, back_ms) = (now.timestamp_millis(), (now - BACK).timestamp_millis());
                let records = meetings_search::search_meetings(db, &query, now_ms, back_ms, limit)?;
                let references = References::of(db, &records, known, &kinds)?;
                Ok(records.iter().map(|record| rows::row(record, &references, zone, now)).collect::<Vec<_>>())
            })
            .await?;
        let today = wall_time::local_date(now, zone);
        let days = |row: &MeetingRow| (wall_time::local_date(at(row.start.0), zone) - today).num_days();
        Ok(found.into_iter().map(|row| MeetingHit { offset: i32::try_from(days(&row)).unwrap_or(0), row }).collect())
    }
}
