//! Two clocks above each other: one stretch of time by the user's clock and by another one, in quarters of an hour, with
//! the hours of work of both. Not which times are free (`free_time`).

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use crate::free_time::at_work;
use crate::wall_time::{self, WallTime};
use crate::zones::Zone;

/// What is shown of a day, where the chosen time lies within it.
const FIRST_HOUR: u32 = 6;
const LAST_HOUR: u32 = 22;
/// Starts that can be chosen lie so far apart.
pub const STEP: TimeDelta = TimeDelta::minutes(15);
/// Hours are named so far apart.
const NAMED: u32 = 3;

/// One side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Here,
    There,
}

/// A moment at which a meeting may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub start: DateTime<Utc>,
    pub here: NaiveDateTime,
    pub there: NaiveDateTime,
    /// Whether the whole meeting is within the hours of work.
    pub at_work_here: bool,
    pub at_work_there: bool,
}

/// A change of the clocks of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub side: Side,
    pub at: DateTime<Utc>,
    /// How far they go forward; back where it is negative.
    pub by: TimeDelta,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub steps: Vec<Step>,
    pub changes: Vec<Change>,
    zones: [Zone; 2],
}

/// The two clocks around a meeting; `None` where both show the same all the time.
#[must_use]
pub fn around(start: DateTime<Utc>, length: TimeDelta, here: Zone, there: Zone) -> Option<Clocks> {
    let (from, to) = shown(start, length, here);
    let wall = |at: DateTime<Utc>, zone: Zone| at.with_timezone(&zone).naive_local();
    let count = i32::try_from((to - from).num_minutes() / STEP.num_minutes()).unwrap_or_default();
    let steps: Vec<Step> = (0..count)
        .map(|step| from + STEP * step)
        .map(|start| Step {
            start,
            here: wall(start, here),
            there: wall(start, there),
            at_work_here: at_work(start, length, here),
            at_work_there: at_work(start, length, there),
        })
        .collect();
    if steps.iter().all(|step| step.here == step.there) {
        return None;
    }
    let mut changes = Vec::new();
    for pair in steps.windows(2) {
        let (one, next) = (pair[0], pair[1]);
        for (side, by) in [(Side::Here, next.here - one.here - STEP), (Side::There, next.there - one.there - STEP)] {
            if !by.is_zero() {
                changes.push(Change { side, at: next.start, by });
            }
        }
    }
    Some(Clocks { from, to, steps, changes, zones: [here, there] })
}

/// The hours of the user's day in which one meets; the whole day and more where the meeting is at another time.
fn shown(start: DateTime<Utc>, length: TimeDelta, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
    let date = wall_time::local_date(start, zone);
    let hour = |hour: u32| match wall_time::resolve(
        date.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()),
        zone,
    ) {
        WallTime::At(at) | WallTime::Twice { earlier: at, .. } => Some(at),
        WallTime::Missing { .. } => None,
    };
    let end = start + length;
    match (hour(FIRST_HOUR), hour(LAST_HOUR)) {
        (Some(from), Some(to)) if from <= start && end <= to => (from, to),
        _ => {
            let (from, to) = wall_time::day_bounds(date, zone);
            let over = TimeDelta::minutes(((end - to).num_minutes() + 59).div_euclid(60) * 60);
            (from, to + over.max(TimeDelta::zero()))
        }
    }
}

impl Clocks {
    /// Where a moment is, from 0 to 1; outside it stays at the edge.
    #[expect(clippy::cast_precision_loss, reason = "minutes of a day or two")]
    pub fn place(&self, at: DateTime<Utc>) -> f64 {
        let (passed, all) = ((at - self.from).num_minutes(), (self.to - self.from).num_minutes());
        (passed as f64 / all as f64).clamp(0.0, 1.0)
    }

    /// The hours that are named: each moment with its hour.
    pub fn hours(&self, side: Side) -> Vec<(DateTime<Utc>, u32)> {
        let wall = |step: &Step| if side == Side::Here { step.here } else { step.there };
        let named = |step: &&Step| wall(step).minute() == 0 && wall(step).hour().is_multiple_of(NAMED);
        self.steps.iter().filter(named).map(|step| (step.start, wall(step).hour())).collect()
    }

    /// The hours of work.
    pub fn work(&self, side: Side) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let zone = self.zones[usize::from(side == Side::There)];
        let mut spans: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
        for step in self.steps.iter().filter(|step| at_work(step.start, STEP, zone)) {
            match spans.last_mut().filter(|(_, end)| *end == step.start) {
                Some((_, end)) => *end = step.start + STEP,
                None => spans.push((step.start, step.start + STEP)),
            }
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zones;

    fn zone(id: &str) -> Zone {
        zones::parse(id).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn clocks(start: &str, minutes: i64, there: &str) -> Clocks {
        around(at(start), TimeDelta::minutes(minutes), zone("Europe/Amsterdam"), zone(there)).unwrap()
    }

    #[test]
    fn both_clocks_stand_above_each_other_with_their_hours_of_work() {
        let clocks = clocks("2026-12-03T15:00:00Z", 45, "America/New_York");
        assert_eq!((clocks.from, clocks.to), (at("2026-12-03T05:00:00Z"), at("2026-12-03T21:00:00Z")));
        assert_eq!(clocks.steps.len(), 64);
        assert_eq!(clocks.work(Side::Here), [(at("2026-12-03T07:00:00Z"), at("2026-12-03T17:00:00Z"))]);
        assert_eq!(clocks.work(Side::There), [(at("2026-12-03T13:00:00Z"), at("2026-12-03T21:00:00Z"))]);
        let hours = |side| clocks.hours(side).into_iter().map(|(_, hour)| hour).collect::<Vec<_>>();
        assert_eq!(hours(Side::Here), [6, 9, 12, 15, 18, 21]);
        assert_eq!(hours(Side::There), [0, 3, 6, 9, 12, 15]);
        let chosen = clocks.steps.iter().find(|step| step.start == at("2026-12-03T15:00:00Z")).unwrap();
        assert!(chosen.at_work_here && chosen.at_work_there);
        assert_eq!(chosen.there.format("%H:%M").to_string(), "10:00");
        let late = clocks.steps.iter().find(|step| step.start == at("2026-12-03T16:30:00Z")).unwrap();
        assert!(!late.at_work_here, "its end is not within them");
        assert!((clocks.place(at("2026-12-03T13:00:00Z")) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_meeting_at_night_has_the_whole_day_and_what_follows() {
        let clocks = clocks("2026-12-03T22:30:00Z", 90, "Asia/Tokyo");
        assert_eq!((clocks.from, clocks.to), (at("2026-12-02T23:00:00Z"), at("2026-12-04T00:00:00Z")));
    }

    #[test]
    fn changes_of_the_clocks_of_either_side_are_told() {
        // New York goes forward on 14 March 2027 at 07:00 UTC, Amsterdam two weeks later.
        let there = clocks("2027-03-14T09:00:00Z", 30, "America/New_York");
        assert_eq!(
            there.changes,
            [Change { side: Side::There, at: at("2027-03-14T07:00:00Z"), by: TimeDelta::hours(1) }]
        );
        let here = clocks("2027-10-31T01:30:00Z", 30, "America/New_York");
        assert_eq!(
            here.changes,
            [Change { side: Side::Here, at: at("2027-10-31T01:00:00Z"), by: TimeDelta::hours(-1) }]
        );
        assert_eq!(here.steps.len(), 100, "a day of 25 hours");
    }

    #[test]
    fn equal_clocks_are_no_two_clocks() {
        let (start, length) = (at("2026-12-03T15:00:00Z"), TimeDelta::minutes(45));
        assert_eq!(around(start, length, zone("Europe/Amsterdam"), zone("Europe/Berlin")), None);
        assert_eq!(around(start, length, zone("Europe/Amsterdam"), zone("Europe/Amsterdam")), None);
    }

    proptest! {
        /// Whenever and wherever: the meeting is in sight, the steps are in order, and places go from edge to edge.
        #[test]
        fn the_meeting_is_always_in_sight(hours in 0_i64..200_000, minutes in 1_i64..1_440, other in 0_usize..500) {
            let zones: Vec<Zone> = zones::all().collect();
            let start = DateTime::from_timestamp(946_684_800 + hours * 3_600, 0).unwrap();
            let length = TimeDelta::minutes(minutes);
            let there = zones[other % zones.len()];
            if let Some(clocks) = around(start, length, zone("Europe/Amsterdam"), there) {
                prop_assert!(clocks.from <= start && start + length <= clocks.to);
                prop_assert!(clocks.steps.iter().all(|step| step.start >= clocks.from && step.start + STEP <= clocks.to));
                let (first, last) = (clocks.place(clocks.from), clocks.place(clocks.to));
                prop_assert!(first.abs() < 1e-9 && (last - 1.0).abs() < 1e-9);
                for side in [Side::Here, Side::There] {
                    prop_assert!(clocks.work(side).iter().all(|(from, to)| from < to && *to <= clocks.to));
                }
            }
        }
    }
}
