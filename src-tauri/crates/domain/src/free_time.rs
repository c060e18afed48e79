//! The time that is proposed for a new meeting.

use chrono::{DateTime, Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};

use crate::day::Slot;
use crate::wall_time::{self, WallTime};
use crate::zones::Zone;

/// A meeting is proposed from this hour on,
pub const FIRST_HOUR: u32 = 8;
/// and ends by this one.
pub const LAST_HOUR: u32 = 18;
/// How far a free time is looked for; meetings beyond it need not be known.
pub const HORIZON: TimeDelta = TimeDelta::days(15);

/// The first full or half hour from `from` on at which nothing takes place for this long, in the hours of work of
/// today or of a coming Monday to Friday. Without one, the next half hour.
pub fn first_free(busy: &[Slot], from: DateTime<Utc>, length: TimeDelta, zone: Zone) -> NaiveDateTime {
    let earliest = wall_time::next_half_hour(from, TimeDelta::zero(), zone);
    let today = wall_time::local_date(from, zone);
    let days = (0..).map_while(|ahead| {
        let date = today.checked_add_days(Days::new(ahead))?;
        (i64::try_from(ahead).ok()? < HORIZON.num_days()).then_some((ahead, date))
    });
    days.filter(|(ahead, date)| *ahead == 0 || !matches!(date.weekday(), Weekday::Sat | Weekday::Sun))
        .flat_map(|(_, date)| half_hours(length).map(move |time| date.and_time(time)))
        .filter(|wall| *wall >= earliest)
        .find(|wall| is_free(busy, *wall, length, zone))
        .unwrap_or(earliest)
}

/// What is longer than a day of work begins at its first hour.
fn half_hours(length: TimeDelta) -> impl Iterator<Item = NaiveTime> {
    let last = (i64::from(LAST_HOUR) * 60 - length.num_minutes()).max(i64::from(FIRST_HOUR) * 60);
    (FIRST_HOUR * 2..LAST_HOUR * 2)
        .filter(move |half| i64::from(half * 30) <= last)
        .filter_map(|half| NaiveTime::from_hms_opt(half / 2, half % 2 * 30, 0))
}

fn is_free(busy: &[Slot], wall: NaiveDateTime, length: TimeDelta, zone: Zone) -> bool {
    let (WallTime::At(start) | WallTime::Twice { earlier: start, .. }) = wall_time::resolve(wall, zone) else {
        return false;
    };
    let end = start + length;
    !busy.iter().any(|slot| !slot.cancelled && slot.start < end && start < slot.end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone() -> Zone {
        crate::zones::parse("Europe/Amsterdam").unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn slot(start: &str, end: &str) -> Slot {
        Slot { start: at(start), end: at(end), cancelled: false }
    }

    fn proposed(busy: &[Slot], from: &str, minutes: i64) -> String {
        first_free(busy, at(from), TimeDelta::minutes(minutes), zone()).format("%a %Y-%m-%d %H:%M").to_string()
    }

    #[test]
    fn the_next_half_hour_when_it_is_free() {
        assert_eq!(proposed(&[], "2026-11-27T09:01:00Z", 30), "Fri 2026-11-27 10:30");
        assert_eq!(proposed(&[], "2026-11-27T09:00:00Z", 30), "Fri 2026-11-27 10:00");
    }

    #[test]
    fn meetings_are_gone_around_and_a_cancelled_one_is_none() {
        let busy = [
            slot("2026-11-27T09:30:00Z", "2026-11-27T10:15:00Z"),
            slot("2026-11-27T11:00:00Z", "2026-11-27T12:00:00Z"),
        ];
        assert_eq!(proposed(&busy, "2026-11-27T09:01:00Z", 30), "Fri 2026-11-27 11:30");
        assert_eq!(proposed(&busy, "2026-11-27T09:01:00Z", 60), "Fri 2026-11-27 13:00");
        let cancelled = busy.map(|slot| Slot { cancelled: true, ..slot });
        assert_eq!(proposed(&cancelled, "2026-11-27T09:01:00Z", 60), "Fri 2026-11-27 10:30");
    }

    #[test]
    fn after_work_it_is_the_next_day_of_work() {
        assert_eq!(proposed(&[], "2026-11-26T16:40:00Z", 30), "Fri 2026-11-27 08:00");
        assert_eq!(proposed(&[], "2026-11-27T16:30:00Z", 30), "Fri 2026-11-27 17:30");
        assert_eq!(proposed(&[], "2026-11-27T16:40:00Z", 30), "Mon 2026-11-30 08:00");
        assert_eq!(proposed(&[], "2026-11-27T22:50:00Z", 30), "Mon 2026-11-30 08:00");
    }

    #[test]
    fn before_work_it_is_its_beginning_and_whoever_works_on_a_saturday_is_not_sent_away() {
        assert_eq!(proposed(&[], "2026-11-27T04:00:00Z", 30), "Fri 2026-11-27 08:00");
        assert_eq!(proposed(&[], "2026-11-28T09:10:00Z", 30), "Sat 2026-11-28 10:30");
    }

    #[test]
    fn a_long_one_begins_with_the_day_and_a_full_fortnight_gives_the_next_half_hour() {
        assert_eq!(proposed(&[], "2026-11-27T09:10:00Z", 1_440), "Mon 2026-11-30 08:00");
        let full = [slot("2026-11-01T00:00:00Z", "2027-11-01T00:00:00Z")];
        assert_eq!(proposed(&full, "2026-11-27T09:10:00Z", 30), "Fri 2026-11-27 10:30");
    }

    proptest! {
        #[test]
        fn what_is_proposed_is_free_at_work_and_not_past(
            from in 0_i64..525_600,
            busy in proptest::collection::vec((0_i64..20_000, 1_i64..300), 0..30),
            minutes in 1_i64..300,
        ) {
            let from = at("2026-01-01T00:00:00Z") + TimeDelta::minutes(from);
            let busy: Vec<Slot> = busy.into_iter().map(|(start, minutes)| Slot {
                start: from + TimeDelta::minutes(start),
                end: from + TimeDelta::minutes(start + minutes),
                cancelled: false,
            }).collect();
            let length = TimeDelta::minutes(minutes);
            let wall = first_free(&busy, from, length, zone());
            let (WallTime::At(start) | WallTime::Twice { earlier: start, .. }) = wall_time::resolve(wall, zone()) else {
                return Err(TestCaseError::fail("the time does not exist"));
            };
            prop_assert!(start >= from);
            prop_assert!(busy.iter().all(|slot| slot.end <= start || slot.start >= start + length));
            let end = wall + length;
            prop_assert!(wall.time() >= NaiveTime::from_hms_opt(FIRST_HOUR, 0, 0).unwrap());
            prop_assert!(end.date() == wall.date() && end.time() <= NaiveTime::from_hms_opt(LAST_HOUR, 0, 0).unwrap());
        }
    }
}
