//! The plan of a day: what overlaps, where there is air, and the strip that shows it.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc, Weekday};

use crate::wall_time;
use crate::zones::Zone;

/// A meeting as far as the plan cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub cancelled: bool,
}

/// A free stretch of [`SHORTEST_GAP`] or more between two meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Index of the slot before which it stands.
    pub before: usize,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
}

/// Shorter stretches are not worth a line.
pub const SHORTEST_GAP: TimeDelta = TimeDelta::minutes(30);

/// Whether two clock times alone would mislead: the stretch ends on another day than it starts, or
/// takes a day or more. Ending at midnight sharp is still the same evening.
pub fn spans_days(start: DateTime<Utc>, end: DateTime<Utc>, zone: Zone) -> bool {
    let last = (end - TimeDelta::milliseconds(1)).max(start);
    end - start >= TimeDelta::days(1) || wall_time::local_date(start, zone) != wall_time::local_date(last, zone)
}

/// For each slot, whether another one that takes place runs at the same time.
pub fn overlaps(slots: &[Slot]) -> Vec<bool> {
    slots
        .iter()
        .enumerate()
        .map(|(index, slot)| {
            !slot.cancelled
                && slots.iter().enumerate().any(|(other_index, other)| {
                    other_index != index && !other.cancelled && other.start < slot.end && slot.start < other.end
                })
        })
        .collect()
}

/// Free stretches between the meetings; the slots are ordered by start.
pub fn gaps(slots: &[Slot]) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut busy_until: Option<DateTime<Utc>> = None;
    for (index, slot) in slots.iter().enumerate().filter(|(_, slot)| !slot.cancelled) {
        if let Some(start) = busy_until.filter(|&until| slot.start - until >= SHORTEST_GAP) {
            found.push(Gap { before: index, start, end: slot.start });
        }
        busy_until = Some(busy_until.map_or(slot.end, |until| until.max(slot.end)));
    }
    found
}

/// For each slot, in order of their starts, the lane in which it stands where those that run at the same time stand
/// beside each other: the first one that is free.
pub fn lanes(slots: &[Slot]) -> Vec<usize> {
    let mut busy_until: Vec<DateTime<Utc>> = Vec::new();
    slots
        .iter()
        .map(|slot| {
            if busy_until.iter().all(|until| *until <= slot.start) {
                busy_until.clear();
            }
            let lane = busy_until.iter().position(|until| *until <= slot.start).unwrap_or(busy_until.len());
            let end = slot.end.max(slot.start + TimeDelta::milliseconds(1));
            match busy_until.get_mut(lane) {
                Some(until) => *until = end,
                None => busy_until.push(end),
            }
            lane
        })
        .collect()
}

/// What is free of the hours of work of a Monday to Friday, from `now` on; stretches of [`SHORTEST_GAP`] or more.
pub fn free(slots: &[Slot], date: NaiveDate, zone: Zone, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
        return Vec::new();
    }
    let (from, until) = (at_hour(date, FIRST_HOUR, zone).max(now), at_hour(date, LAST_HOUR, zone));
    let mut busy: Vec<&Slot> = slots.iter().filter(|slot| !slot.cancelled).collect();
    busy.sort_by_key(|slot| slot.start);
    let (mut found, mut free_from) = (Vec::new(), from);
    for slot in busy {
        found.push((free_from, slot.start.min(until)));
        free_from = free_from.max(slot.end);
    }
    found.push((free_from, until));
    found.retain(|(start, end)| *end - *start >= SHORTEST_GAP);
    found
}

/// From when to when on the clocks of a day something stands, in minutes from its midnight: what begins before or ends
/// after it is cut. It is as long as it takes also where the clocks change meanwhile.
pub fn wall_minutes(start: DateTime<Utc>, end: DateTime<Utc>, date: NaiveDate, zone: Zone) -> (u32, u32) {
    let (day_start, day_end) = wall_time::day_bounds(date, zone);
    let minute = |at: DateTime<Utc>| {
        let time = at.with_timezone(&zone);
        time.hour() * 60 + time.minute()
    };
    let from = if start <= day_start { 0 } else { minute(start) };
    if end >= day_end {
        return (from, MINUTES);
    }
    let length = u32::try_from((end - start.max(day_start)).num_minutes()).unwrap_or(0);
    let to = minute(end);
    (from, if to > from { to } else { (from + length).min(MINUTES) })
}

fn at_hour(date: NaiveDate, hour: u32, zone: Zone) -> DateTime<Utc> {
    let (day_start, day_end) = wall_time::day_bounds(date, zone);
    date.and_hms_opt(hour, 0, 0).map_or(day_end, |wall| match wall_time::resolve(wall, zone) {
        wall_time::WallTime::At(at) | wall_time::WallTime::Twice { earlier: at, .. } => at,
        wall_time::WallTime::Missing { .. } => day_start + TimeDelta::hours(i64::from(hour)),
    })
}

/// Minutes of the day in which at least one meeting takes place.
pub fn booked_minutes(slots: &[Slot], day_start: DateTime<Utc>, day_end: DateTime<Utc>) -> u32 {
    let mut total = TimeDelta::zero();
    let mut counted_until = day_start;
    for slot in slots.iter().filter(|slot| !slot.cancelled) {
        let start = slot.start.max(counted_until);
        let end = slot.end.min(day_end);
        if end > start {
            total += end - start;
            counted_until = end;
        }
    }
    u32::try_from(total.num_minutes()).unwrap_or(0)
}

/// The strip over the list. Positions are fractions of its width.
#[derive(Debug, Clone, PartialEq)]
pub struct Ribbon {
    /// `(index of the slot, from, to)`.
    pub blocks: Vec<(usize, f64, f64)>,
    /// `(local hour, position)`.
    pub hours: Vec<(u32, f64)>,
    pub now: Option<f64>,
}

/// Working hours shown even on an empty day.
pub const FIRST_HOUR: u32 = 8;
/// The last hour that is shown on an empty day.
pub const LAST_HOUR: u32 = 18;
/// Minutes of a day as its clocks show them.
const MINUTES: u32 = 1_440;
/// More marks than this would touch each other.
const MOST_HOUR_MARKS: usize = 8;

/// Lays a day out on a strip from 8 to 18 h, wider where meetings need it.
pub fn ribbon(slots: &[Slot], date: NaiveDate, zone: Zone, now: DateTime<Utc>) -> Ribbon {
    let (day_start, day_end) = wall_time::day_bounds(date, zone);
    let at_hour = |hour: u32| at_hour(date, hour, zone);
    let in_day = |at: DateTime<Utc>| at.clamp(day_start, day_end);
    let hour_of = |at: DateTime<Utc>| at.with_timezone(&zone).hour();
    let first =
        slots.iter().map(|slot| hour_of(in_day(slot.start))).min().map_or(FIRST_HOUR, |hour| hour.min(FIRST_HOUR));
    let last = slots
        .iter()
        .map(|slot| {
            let end = in_day(slot.end);
            if end >= day_end { 24 } else { hour_of(end - TimeDelta::seconds(1)) + 1 }
        })
        .max()
        .map_or(LAST_HOUR, |hour| hour.max(LAST_HOUR));

    let (from, to) = (at_hour(first), if last >= 24 { day_end } else { at_hour(last) });
    #[expect(clippy::cast_precision_loss, reason = "a day in milliseconds is far below 2^52")]
    let position = |at: DateTime<Utc>| {
        let width = (to - from).num_milliseconds().max(1) as f64;
        (((at - from).num_milliseconds() as f64) / width).clamp(0.0, 1.0)
    };
    let hours: Vec<u32> = (first + 1..last).collect();
    let step = hours.len().div_ceil(MOST_HOUR_MARKS).max(1);
    Ribbon {
        blocks: slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| !slot.cancelled && slot.end > day_start && slot.start < day_end)
            .map(|(index, slot)| (index, position(slot.start), position(slot.end)))
            .collect(),
        hours: hours.into_iter().step_by(step).map(|hour| (hour, position(at_hour(hour)))).collect(),
        now: (from..to).contains(&now).then(|| position(now)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zones;

    fn amsterdam() -> Zone {
        zones::parse("Europe/Amsterdam").unwrap()
    }

    fn slot(start: &str, end: &str) -> Slot {
        let parse = |time: &str| format!("2026-11-23T{time}:00Z").parse().unwrap();
        Slot { start: parse(start), end: parse(end), cancelled: false }
    }

    #[test]
    fn a_night_and_a_whole_day_need_their_days_named() {
        let at = |time: &str| time.parse().unwrap();
        let spans = |start: &str, end: &str| spans_days(at(start), at(end), amsterdam());
        assert!(spans("2026-11-23T22:30:00Z", "2026-11-23T23:30:00Z"), "over midnight in Amsterdam");
        assert!(!spans("2026-11-23T22:00:00Z", "2026-11-23T23:00:00Z"), "until midnight sharp");
        assert!(spans("2026-11-22T23:00:00Z", "2026-11-23T23:00:00Z"), "24 hours from midnight to midnight");
        assert!(!spans("2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z"));
    }

    #[test]
    fn touching_meetings_do_not_overlap() {
        assert_eq!(overlaps(&[slot("09:00", "10:00"), slot("10:00", "11:00")]), [false, false]);
        assert_eq!(overlaps(&[slot("09:00", "10:00"), slot("09:59", "11:00")]), [true, true]);
    }

    #[test]
    fn cancelled_meetings_leave_air() {
        let mut middle = slot("10:00", "11:00");
        middle.cancelled = true;
        let day = [slot("09:00", "10:00"), middle, slot("11:00", "12:00")];
        assert_eq!(overlaps(&day), [false, false, false]);
        let found = gaps(&day);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].before, (found[0].end - found[0].start).num_minutes()), (2, 60));
    }

    #[test]
    fn a_short_meeting_inside_a_long_one_makes_no_gap() {
        let day = [slot("09:00", "12:00"), slot("09:30", "10:00"), slot("12:15", "13:00")];
        assert!(gaps(&day).is_empty());
    }

    #[test]
    fn what_runs_at_the_same_time_stands_in_lanes_and_a_lane_is_used_again() {
        let day = [slot("09:00", "10:30"), slot("09:30", "10:00"), slot("10:00", "11:00"), slot("11:00", "12:00")];
        assert_eq!(lanes(&day), [0, 1, 1, 0]);
        assert_eq!(lanes(&[slot("09:00", "09:00"), slot("09:00", "09:00")]), [0, 1], "also what takes no time");
        assert!(lanes(&[]).is_empty());
    }

    #[test]
    fn what_is_free_lies_in_hours_of_work_and_not_in_the_past() {
        let free = |date: &str, slots: &[Slot], now: &str| -> Vec<String> {
            free(slots, date.parse().unwrap(), amsterdam(), now.parse().unwrap())
                .into_iter()
                .map(|(start, end)| format!("{}-{}", start.format("%H:%M"), end.format("%H:%M")))
                .collect()
        };
        let monday = [slot("08:00", "09:00"), slot("08:15", "08:30"), slot("09:20", "12:00"), slot("16:40", "18:00")];
        assert_eq!(free("2026-11-23", &monday, "2026-11-20T00:00:00Z"), ["07:00-08:00", "12:00-16:40"]);
        assert_eq!(free("2026-11-23", &monday, "2026-11-23T12:30:00Z"), ["12:30-16:40"]);
        assert_eq!(free("2026-11-23", &monday, "2026-11-23T16:20:00Z"), [] as [&str; 0]);
        assert_eq!(free("2026-11-28", &[], "2026-11-20T00:00:00Z"), [] as [&str; 0], "a Saturday");
        assert_eq!(free("2026-11-24", &[], "2026-11-20T00:00:00Z"), ["07:00-17:00"]);
    }

    #[test]
    fn minutes_on_the_wall_are_cut_at_midnight_and_survive_the_change_of_clocks() {
        let on = |start: &str, end: &str, date: &str| {
            wall_minutes(start.parse().unwrap(), end.parse().unwrap(), date.parse().unwrap(), amsterdam())
        };
        assert_eq!(on("2026-11-23T09:00:00Z", "2026-11-23T09:45:00Z", "2026-11-23"), (600, 645));
        assert_eq!(on("2026-11-23T22:30:00Z", "2026-11-24T00:00:00Z", "2026-11-23"), (1_410, 1_440));
        assert_eq!(on("2026-11-23T22:30:00Z", "2026-11-24T00:00:00Z", "2026-11-24"), (0, 60));
        // The hour from two to three comes twice: half past two to a quarter past two is 45 minutes.
        assert_eq!(on("2026-10-25T00:30:00Z", "2026-10-25T01:15:00Z", "2026-10-25"), (150, 195));
    }

    #[test]
    fn the_strip_grows_for_early_and_late_meetings() {
        let date = "2026-11-23".parse().unwrap();
        let quiet = ribbon(&[], date, amsterdam(), "2026-11-23T12:00:00Z".parse().unwrap());
        assert_eq!(quiet.hours.first().map(|(hour, _)| *hour), Some(9));
        assert_eq!(quiet.now, Some(0.5));
        let long = ribbon(
            &[slot("05:10", "05:40"), slot("21:00", "22:30")],
            date,
            amsterdam(),
            "2026-11-24T12:00:00Z".parse().unwrap(),
        );
        assert_eq!(long.hours.first().map(|(hour, _)| *hour), Some(7));
        assert_eq!(long.now, None);
        assert_eq!(long.blocks.len(), 2);
    }

    proptest! {
        #[test]
        fn positions_stay_on_the_strip_and_minutes_in_the_day(
            starts in proptest::collection::vec((0_i64..1_440, 1_i64..600), 0..20),
        ) {
            let date: NaiveDate = "2027-03-28".parse().unwrap();
            let (day_start, day_end) = wall_time::day_bounds(date, amsterdam());
            let mut slots: Vec<Slot> = starts.iter().map(|(start, minutes)| Slot {
                start: day_start + TimeDelta::minutes(*start),
                end: day_start + TimeDelta::minutes(start + minutes),
                cancelled: false,
            }).collect();
            slots.sort_by_key(|slot| slot.start);
            let strip = ribbon(&slots, date, amsterdam(), day_start);
            for (_, from, to) in strip.blocks {
                prop_assert!((0.0..=1.0).contains(&from) && (0.0..=1.0).contains(&to) && from <= to);
            }
            prop_assert!(strip.hours.windows(2).all(|pair| pair[0].1 < pair[1].1));
            prop_assert!(i64::from(booked_minutes(&slots, day_start, day_end)) <= (day_end - day_start).num_minutes());
            for (start, end) in free(&slots, date + chrono::Days::new(1), amsterdam(), day_start) {
                prop_assert!(end - start >= SHORTEST_GAP);
                prop_assert!(slots.iter().all(|slot| slot.end <= start || slot.start >= end));
            }
            for (lane, slot) in lanes(&slots).iter().zip(&slots) {
                let alike = lanes(&slots).iter().zip(&slots).filter(|(other, it)| {
                    *other == lane && it.start < slot.end && slot.start < it.end
                }).count();
                prop_assert_eq!(alike, 1, "nobody stands where somebody stands");
            }
            for slot in &slots {
                let (from, to) = wall_minutes(slot.start, slot.end, date, amsterdam());
                prop_assert!(from <= to && to <= 1_440);
            }
            for gap in gaps(&slots) {
                prop_assert!(slots.iter().all(|slot| slot.end <= gap.start || slot.start >= gap.end));
            }
        }
    }
}
