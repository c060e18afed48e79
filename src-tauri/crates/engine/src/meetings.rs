//! Today: the day's meetings as rows, one in full, what is next.

pub(crate) mod after;
mod enter;
pub(crate) mod kept_links;
pub(crate) mod kept_options;
mod next;
mod open;
pub(crate) mod plan;
pub(crate) mod pull;
mod rows;
pub(crate) mod search;
pub(crate) mod series;
mod share;
pub(crate) mod view;
mod week;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Days, TimeDelta, Utc};
use liaison_domain::day::{self, Slot};
use liaison_domain::wall_time;
use liaison_domain::zones::Zone;
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::{Connection, StoreResult};

use crate::context::Context;
use crate::context::ProfileKind;
use crate::engine::Engine;
use crate::failure::{Error, utc_ms};
use crate::meetings::after::show::{self, Reading};
use crate::meetings::view::{Day, DayItem, MeetingDetail, MeetingRow, Ribbon, RibbonBlock, RibbonHour};
use crate::outbox::event;
use crate::outbox::kind::Kinds;
use crate::session::status::Health;
use crate::terms::Provider;
use crate::topics::stored::StoredTopic;
use rows::References;

/// Days that can be looked at, in both directions.
const FARTHEST_DAY: i32 = 3_650;

impl Engine {
    /// One day, `offset` days from today.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn day(&self, offset: i32) -> Result<Day, Error> {
        let cx = self.profile().await?;
        let (now, zone) = (cx.now(), cx.zone());
        let offset = offset.clamp(-FARTHEST_DAY, FARTHEST_DAY);
        let today = wall_time::local_date(now, zone);
        let date = today + TimeDelta::days(i64::from(offset));
        let (start, end) = wall_time::day_bounds(date, zone);
        let next_end = wall_time::day_bounds(date + Days::new(1), zone).1;
        let plan = plan::between(&cx, start, end).await?;
        let following = rows_between(&cx, end, next_end).await?;
        let next_meeting = match following.first() {
            Some(row) => Some(row.clone()),
            None => next_after(&cx, next_end).await?,
        };
        let items = plan.items();
        // Whole days are said above the others, and would fill the strip.
        let timed: Vec<&(Slot, DayItem)> = items.iter().filter(|(_, item)| !plan::is_all_day(item)).collect();
        let slots: Vec<Slot> = timed.iter().map(|(slot, _)| slot.clone()).collect();
        let health = cx.status().health(Provider::Zoom);
        Ok(Day {
            date: date.format("%Y-%m-%d").to_string(),
            noon: utc_ms(start + (end - start) / 2),
            today: offset == 0,
            now: utc_ms(now),
            booked_minutes: day::booked_minutes(&slots, start, end),
            ribbon: ribbon(&timed, &slots, date, zone, now),
            items: with_gaps(items),
            next_day_count: u32::try_from(following.len()).unwrap_or(u32::MAX),
            next_meeting,
            as_of: health.last_success.map(utc_ms),
            stale: health.last_success.is_none() || health.last_error.is_some(),
            fetching: is_fetching(&cx, &health),
        })
    }

    /// One meeting with everything the inspector shows.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not there.
    pub async fn meeting(&self, id: String) -> Result<MeetingDetail, Error> {
        let cx = self.profile().await?;
        let (now, sealer) = (cx.now(), cx.store.sealer());
        let (zone, known) = (cx.zone(), knows_people(&cx));
        let (kinds, reading) = (cx.state::<Kinds>(), Reading::of(&cx));
        let detail = cx
            .store
            .read(move |db| {
                let Some(record) = meetings::meeting(db, &id)? else { return Ok(None) };
                let secrets = meetings::secrets(db, &sealer, &id)?;
                let references = References::of(db, std::slice::from_ref(&record), known, &kinds)?;
                let detail = rows::detail(&record, secrets.as_ref(), &references, zone, now);
                let about = event::about(db, &id)?.and_then(StoredTopic::shown);
                Ok(Some(MeetingDetail { about, after: show::after(db, &record, &reading)?, ..detail }))
            })
            .await?;
        let mut detail = detail.ok_or(Error::Gone)?;
        let around = rows_between(&cx, at(detail.row.start.0), at(detail.row.end.0)).await?;
        detail.row.overlaps = around.iter().any(|row| row.id == detail.row.id && row.overlaps);
        Ok(detail)
    }
}

/// The meetings of a stretch of time, in order, with what overlaps marked.
pub(crate) async fn rows_between(
    cx: &Arc<Context>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<MeetingRow>, Error> {
    Ok(plan::between(cx, from, to).await?.meetings)
}

/// What is needed to show meetings of other rooms as rows.
pub(crate) struct Show {
    now: DateTime<Utc>,
    zone: Zone,
    known: bool,
    kinds: Arc<Kinds>,
}

impl Show {
    pub fn of(cx: &Arc<Context>) -> Self {
        Self { now: cx.now(), zone: cx.zone(), known: knows_people(cx), kinds: cx.state::<Kinds>() }
    }

    /// The rows of meetings by their keys; those that are not there are left out. What overlaps is not marked.
    pub fn rows(&self, db: &Connection, keys: &[&str]) -> StoreResult<HashMap<String, MeetingRow>> {
        let mut records = Vec::with_capacity(keys.len());
        for key in keys {
            records.extend(meetings::meeting(db, key)?);
        }
        let references = References::of(db, &records, self.known, &self.kinds)?;
        let row = |record: &MeetingRecord| rows::row(record, &references, self.zone, self.now);
        Ok(records.iter().map(|record| (record.key.clone(), row(record))).collect())
    }
}

async fn next_after(cx: &Arc<Context>, moment: DateTime<Utc>) -> Result<Option<MeetingRow>, Error> {
    let (now, zone, known) = (cx.now(), cx.zone(), knows_people(cx));
    let kinds = cx.state::<Kinds>();
    let row = cx
        .store
        .read(move |db| {
            let Some(record) = meetings::next_after(db, moment.timestamp_millis())? else { return Ok(None) };
            let references = References::of(db, std::slice::from_ref(&record), known, &kinds)?;
            Ok(Some(rows::row(&record, &references, zone, now)))
        })
        .await?;
    Ok(row)
}

/// Whether the first pull is under way. The demo signs in after it is shown.
fn is_fetching(cx: &Context, health: &Health) -> bool {
    let expected = health.connected || cx.kind() == ProfileKind::Demo;
    expected && health.last_success.is_none() && health.last_error.is_none()
}

/// Whether the Leads and Contacts were read at least once; until then nobody is "not linked".
fn knows_people(cx: &Context) -> bool {
    cx.status().health(Provider::Salesforce).last_success.is_some()
}

pub(crate) fn slot(row: &MeetingRow) -> Slot {
    Slot {
        start: at(row.start.0),
        end: at(row.end.0),
        cancelled: row.progress == crate::meetings::view::Progress::Cancelled,
    }
}

pub(crate) fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

fn ribbon(
    items: &[&(Slot, DayItem)],
    slots: &[Slot],
    date: chrono::NaiveDate,
    zone: Zone,
    now: DateTime<Utc>,
) -> Ribbon {
    let strip = day::ribbon(slots, date, zone, now);
    let block = |(index, from, to): (usize, f64, f64)| {
        let (meeting, overlaps) = match &items[index].1 {
            DayItem::Meeting { row } => (Some(row.id.clone()), row.overlaps),
            DayItem::Busy { row } => (None, row.overlaps),
            DayItem::Gap { .. } => (None, false),
        };
        RibbonBlock { meeting, from, to, past: slots[index].end <= now, overlaps }
    };
    Ribbon {
        blocks: strip.blocks.into_iter().map(block).collect(),
        hours: strip.hours.into_iter().map(|(hour, at)| RibbonHour { hour, at }).collect(),
        now: strip.now,
    }
}

fn with_gaps(planned: Vec<(Slot, DayItem)>) -> Vec<DayItem> {
    let slots: Vec<Slot> = planned.iter().map(|(slot, _)| slot.clone()).collect();
    let mut gaps = day::gaps(&slots).into_iter().peekable();
    let mut items = Vec::with_capacity(planned.len());
    for (index, (_, item)) in planned.into_iter().enumerate() {
        while let Some(gap) = gaps.next_if(|gap| gap.before == index) {
            items.push(DayItem::Gap {
                start: utc_ms(gap.start),
                end: utc_ms(gap.end),
                minutes: u32::try_from((gap.end - gap.start).num_minutes()).unwrap_or(0),
            });
        }
        items.push(item);
    }
    items
}
