//! A stretch of the user's time: meetings, and what else makes them busy, with what collides.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_domain::day::{self, Slot};
use liaison_store::tables::meetings;

use super::rows::{self, References};
use super::{knows_people, slot};
use crate::busy;
use crate::busy::view::BusyRow;
use crate::context::Context;
use crate::failure::Error;
use crate::meetings::view::{DayItem, MeetingRow};
use crate::outbox::kind::Kinds;

/// A stretch of time; both in order of their start.
pub(crate) struct Plan {
    pub meetings: Vec<MeetingRow>,
    pub busy: Vec<BusyRow>,
}

/// What is planned in a stretch of time, with what overlaps marked.
pub(crate) async fn between(cx: &Arc<Context>, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Plan, Error> {
    let (now, zone, known) = (cx.now(), cx.zone(), knows_people(cx));
    let kinds = cx.state::<Kinds>();
    let plan = cx
        .store
        .read(move |db| {
            let records = meetings::meetings_between(db, from.timestamp_millis(), to.timestamp_millis())?;
            let references = References::of(db, &records, known, &kinds)?;
            let busy = busy::between(db, from, to, &records, zone)?;
            let meetings = records.iter().map(|record| rows::row(record, &references, zone, now)).collect();
            Ok(Plan { meetings, busy })
        })
        .await?;
    Ok(plan.with_overlaps())
}

impl Plan {
    /// Whole days collide with everything, which would say nothing: they are left out.
    fn with_overlaps(mut self) -> Self {
        let timed = self.busy.iter().filter(|row| !row.all_day).map(busy::slot);
        let slots: Vec<Slot> = self.meetings.iter().map(slot).chain(timed).collect();
        let marks = day::overlaps(&slots);
        let (of_meetings, of_busy) = marks.split_at(self.meetings.len());
        for (row, overlaps) in self.meetings.iter_mut().zip(of_meetings) {
            row.overlaps = *overlaps;
        }
        for (row, overlaps) in self.busy.iter_mut().filter(|row| !row.all_day).zip(of_busy) {
            row.overlaps = *overlaps;
        }
        self
    }

    /// All that takes time, whole days too.
    pub fn slots(&self) -> Vec<Slot> {
        self.meetings.iter().map(slot).chain(self.busy.iter().map(busy::slot)).collect()
    }

    /// Everything in order of its start, each with its time; whole days go first.
    pub fn items(self) -> Vec<(Slot, DayItem)> {
        let meetings = self.meetings.into_iter().map(|row| (slot(&row), DayItem::Meeting { row: Box::new(row) }));
        let busy = self.busy.into_iter().map(|row| (busy::slot(&row), DayItem::Busy { row: Box::new(row) }));
        let mut items: Vec<_> = meetings.chain(busy).collect();
        items.sort_by_key(|(slot, item)| (!is_all_day(item), slot.start));
        items
    }
}

pub(super) fn is_all_day(item: &DayItem) -> bool {
    matches!(item, DayItem::Busy { row } if row.all_day)
}
