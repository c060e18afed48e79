//! A week at a glance: five days, or seven where the weekend has something.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use liaison_domain::day::{self, Slot};
use liaison_domain::wall_time;
use liaison_domain::zones::Zone;

use super::plan::{self, is_all_day};
use super::view::{DayItem, Week, WeekBlock, WeekDay};
use super::{FARTHEST_DAY, is_fetching};
use crate::engine::Engine;
use crate::failure::{Error, utc_ms};
use crate::session::status::Health;
use crate::terms::Provider;

const DAYS: u64 = 7;
/// Monday to Friday are always shown.
const WORK_DAYS: u32 = 5;

impl Engine {
    /// One week, `offset` weeks from this one. `begins` is the weekday with which weeks begin where the reader lives, 1
    /// Monday to 7 Sunday; anything else is Monday.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn week(&self, offset: i32, begins: u8) -> Result<Week, Error> {
        let cx = self.profile().await?;
        let (now, zone) = (cx.now(), cx.zone());
        let today = wall_time::local_date(now, zone);
        let after_monday = if (1..=7).contains(&begins) { i64::from(begins) - 1 } else { 0 };
        let gone = (i64::from(today.weekday().num_days_from_monday()) - after_monday).rem_euclid(7);
        let this_begin = today - TimeDelta::days(gone);
        let farthest = FARTHEST_DAY / 7;
        let begin = this_begin + TimeDelta::weeks(i64::from(offset.clamp(-farthest, farthest)));
        let thursday = begin + TimeDelta::days((3 - after_monday).rem_euclid(7));
        let (start, end) =
            (wall_time::start_of_day(begin, zone), wall_time::start_of_day(begin + Days::new(DAYS), zone));
        let items = plan::between(&cx, start, end).await?.items();
        let view = View { now, zone, today };
        let all: Vec<(NaiveDate, WeekDay)> =
            (0..DAYS).map(|ahead| begin + Days::new(ahead)).map(|date| (date, view.day(date, &items))).collect();
        let whole = all.iter().any(|(date, day)| is_weekend(*date) && !(day.blocks.is_empty() && day.whole.is_empty()));
        let days: Vec<WeekDay> =
            all.into_iter().filter(|(date, _)| whole || !is_weekend(*date)).map(|(_, day)| day).collect();
        let blocks =
            || days.iter().flat_map(|day| &day.blocks).filter(|block| !matches!(block.item, DayItem::Gap { .. }));
        let first = blocks().map(|block| block.from / 60).min().unwrap_or(day::FIRST_HOUR).min(day::FIRST_HOUR);
        let last = blocks().map(|block| block.to.div_ceil(60)).max().unwrap_or(day::LAST_HOUR).max(day::LAST_HOUR);
        let health: Health = cx.status().health(Provider::Zoom);
        Ok(Week {
            number: thursday.iso_week().week(),
            first_noon: days.first().map_or_else(|| utc_ms(start), |day| day.noon),
            last_noon: days.last().map_or_else(|| utc_ms(end), |day| day.noon),
            this: begin == this_begin,
            now: utc_ms(now),
            now_minute: day::wall_minutes(now, now, today, zone).0,
            first_hour: first,
            last_hour: last,
            booked_minutes: days.iter().map(|day| day.booked_minutes).sum(),
            days,
            as_of: health.last_success.map(utc_ms),
            stale: health.last_success.is_none() || health.last_error.is_some(),
            fetching: is_fetching(&cx, &health),
        })
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    date.weekday().number_from_monday() > WORK_DAYS
}

struct View {
    now: DateTime<Utc>,
    zone: Zone,
    today: NaiveDate,
}

impl View {
    fn day(&self, date: NaiveDate, items: &[(Slot, DayItem)]) -> WeekDay {
        let (start, end) = wall_time::day_bounds(date, self.zone);
        let on = |slot: &Slot| slot.start < end && (slot.end > start || slot.start >= start);
        let here: Vec<&(Slot, DayItem)> = items.iter().filter(|(slot, _)| on(slot)).collect();
        let all: Vec<Slot> = here.iter().map(|(slot, _)| slot.clone()).collect();
        let timed: Vec<&(Slot, DayItem)> = here.iter().copied().filter(|(_, item)| !is_all_day(item)).collect();
        let slots: Vec<Slot> = timed.iter().map(|(slot, _)| slot.clone()).collect();
        let mut blocks: Vec<WeekBlock> = timed
            .iter()
            .zip(day::lanes(&slots))
            .map(|((slot, item), lane)| self.block(item.clone(), slot.start, slot.end, date, lane))
            .collect();
        for (from, to) in day::free(&all, date, self.zone, self.now) {
            let minutes = u32::try_from((to - from).num_minutes()).unwrap_or(0);
            let gap = DayItem::Gap { start: utc_ms(from), end: utc_ms(to), minutes };
            blocks.push(self.block(gap, from, to, date, 0));
        }
        blocks.sort_by_key(|block| block.from);
        let whole = here.iter().filter_map(|(_, item)| match item {
            DayItem::Busy { row } if row.all_day => Some((**row).clone()),
            _ => None,
        });
        WeekDay {
            date: date.format("%Y-%m-%d").to_string(),
            noon: utc_ms(start + (end - start) / 2),
            offset: i32::try_from((date - self.today).num_days()).unwrap_or(0),
            booked_minutes: day::booked_minutes(&slots, start, end),
            whole: whole.collect(),
            blocks,
        }
    }

    fn block(
        &self,
        item: DayItem,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
        date: NaiveDate,
        lane: usize,
    ) -> WeekBlock {
        let (from, to) = day::wall_minutes(start, end, date, self.zone);
        WeekBlock { item, from, to, lane: u32::try_from(lane).unwrap_or(0), past: end <= self.now }
    }
}
