//! Meetings that are over: a page of them, and who is looked for.

use liaison_domain::attendance::meeting::Part;
use liaison_domain::text;
use liaison_store::tables::meeting_recordings as recordings;
use liaison_store::tables::{meetings, meetings_search};
use liaison_store::{Connection, StoreResult};

use super::gather::After;
use super::show::{self, Reading};
use super::view::{AfterState, TimeSpan};
use crate::engine::Engine;
use crate::failure::Error;
use crate::meetings::Show;
use crate::meetings::view::{MeetingRow, PastMeeting, PastMeetings};
use crate::terms::UtcMs;

const MOST_ROWS: u32 = 200;
/// Of a search; nobody reads farther.
const MOST_FOUND: usize = 500;
const MAX_QUERY: usize = 200;

impl Engine {
    /// A page of meetings that are over, the latest first: all, or those with every word of the query in the topic, or in
    /// names and addresses of those who were invited, are linked, or came.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn list_past_meetings(&self, query: String, offset: u32, limit: u32) -> Result<PastMeetings, Error> {
        let cx = self.profile().await?;
        let (now_ms, show, reading) = (cx.now_ms(), Show::of(&cx), Reading::of(&cx));
        let query = text::single_line(&query, MAX_QUERY);
        let (limit, access) = (limit.min(MOST_ROWS), reading.access());
        let read = move |db: &Connection| {
            let (keys, total) = if query.is_empty() {
                meetings_search::past(db, now_ms, offset, limit)?
            } else {
                let found = meetings_search::search_past(db, &query, now_ms, MOST_FOUND)?;
                let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
                (found.into_iter().skip(offset as usize).take(limit as usize).collect(), total)
            };
            let wanted: Vec<&str> = keys.iter().map(String::as_str).collect();
            let mut shown = show.rows(db, &wanted)?;
            let mut rows = Vec::with_capacity(keys.len());
            for key in &keys {
                if let Some(row) = shown.remove(key) {
                    rows.push(past(db, row, &reading)?);
                }
            }
            Ok(PastMeetings { rows, total, access })
        };
        Ok(cx.store.read(read).await?)
    }
}

fn past(db: &Connection, row: MeetingRow, reading: &Reading) -> StoreResult<PastMeeting> {
    let record = meetings::meeting(db, &row.id)?;
    let after = record.as_ref().map(|record| After::of(db, record)).transpose()?.flatten();
    let state = record.as_ref().and_then(|record| show::state(record, after.as_ref(), reading.now()));
    let held = after.as_ref().map(After::held).unwrap_or_default();
    let mut recorded = false;
    for one in after.iter().flat_map(|after| &after.instances) {
        recorded |= one.recordings_gone_utc_ms.is_none() && !recordings::of_instance(db, &one.uuid)?.is_empty();
    }
    let count = |wanted: fn(Part) -> bool| {
        let people = after.iter().flat_map(|after| &after.people);
        u32::try_from(people.filter(|one| wanted(one.part)).count()).unwrap_or(u32::MAX)
    };
    let came = count(|part| matches!(part, Part::Own | Part::Came));
    Ok(PastMeeting {
        row,
        state: state.unwrap_or(AfterState::NotHeld),
        held: held.first().zip(held.last()).map(|(first, last)| TimeSpan { start: UtcMs(first.0), end: UtcMs(last.1) }),
        came: after.as_ref().filter(|after| after.has_people()).map(|_| came),
        of: came + count(|part| part == Part::Missed),
        recorded,
    })
}
