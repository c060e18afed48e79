//! Which meeting matters now.

use chrono::{DateTime, TimeDelta, Utc};

use crate::day::Slot;

/// A running meeting gives way this long before the following one starts.
pub const GIVE_WAY: TimeDelta = TimeDelta::minutes(10);
/// Joining is the primary action from this long before the start …
pub const DUE_BEFORE: TimeDelta = TimeDelta::minutes(15);
/// … until this long after the end.
pub const DUE_AFTER: TimeDelta = TimeDelta::minutes(10);
/// An ended meeting stays in sight only when the following one is at least this far away.
const QUIET: TimeDelta = TimeDelta::hours(1);

/// The meeting to show and the ones that compete with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextUp {
    /// Index into the slots.
    pub index: usize,
    /// Join or Start is the primary action now.
    pub due: bool,
    /// Others that run or start while this one is due, earliest first.
    pub also: Vec<usize>,
}

/// Picks from slots ordered by start; cancelled ones never.
pub fn next_up(slots: &[Slot], now: DateTime<Utc>) -> Option<NextUp> {
    let live = || slots.iter().enumerate().filter(|(_, slot)| !slot.cancelled);
    let following = live().find(|(_, slot)| slot.start > now);
    let running: Vec<usize> =
        live().filter(|(_, slot)| slot.start <= now && now < slot.end).map(|(index, _)| index).collect();
    let just_ended =
        live().filter(|(_, slot)| slot.end <= now && now < slot.end + DUE_AFTER).max_by_key(|(_, slot)| slot.end);

    let soon = following.filter(|(_, slot)| slot.start - now <= GIVE_WAY);
    let index = match (running.last(), soon, just_ended, following) {
        (_, Some((soon, _)), _, _) => soon,
        (Some(&running), None, _, _) => running,
        (None, None, Some((ended, _)), following) if following.is_none_or(|(_, slot)| slot.start - now >= QUIET) => {
            ended
        }
        (None, None, _, Some((following, _))) => following,
        (None, None, _, None) => return None,
    };
    let chosen = &slots[index];
    let is_due = |slot: &Slot| slot.start - DUE_BEFORE <= now && now < slot.end + DUE_AFTER;
    let also = live()
        .filter(|(other, slot)| {
            let at_once = slot.start < chosen.end && chosen.start < slot.end;
            *other != index && slot.end > now && is_due(slot) && (at_once || running.contains(other))
        })
        .map(|(other, _)| other)
        .collect();
    Some(NextUp { index, due: is_due(chosen), also })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-23T{time}:00Z").parse().unwrap()
    }

    fn slot(start: &str, end: &str) -> Slot {
        Slot { start: at(start), end: at(end), cancelled: false }
    }

    #[test]
    fn a_running_meeting_gives_way_ten_minutes_before_the_following() {
        let day = [slot("09:00", "10:00"), slot("09:55", "10:30")];
        assert_eq!(next_up(&day, at("09:30")).map(|next| next.index), Some(0));
        assert_eq!(next_up(&day, at("09:45")).map(|next| next.index), Some(1));
    }

    #[test]
    fn two_at_once_are_both_offered() {
        let day = [slot("09:00", "10:00"), slot("09:00", "09:30")];
        let next = next_up(&day, at("09:05")).unwrap();
        assert_eq!((next.index, next.also), (1, vec![0]));
    }

    #[test]
    fn due_begins_a_quarter_of_an_hour_before() {
        let day = [slot("09:00", "10:00")];
        assert!(!next_up(&day, at("08:44")).unwrap().due);
        assert!(next_up(&day, at("08:45")).unwrap().due);
        assert!(next_up(&day, at("10:05")).unwrap().due);
        assert_eq!(next_up(&day, at("10:10")), None);
    }

    #[test]
    fn an_ended_meeting_does_not_hide_one_that_comes_soon() {
        let day = [slot("09:00", "10:00"), slot("10:30", "11:00")];
        assert_eq!(next_up(&day, at("10:05")).map(|next| next.index), Some(1));
    }

    #[test]
    fn cancelled_meetings_are_never_next() {
        let mut cancelled = slot("09:00", "10:00");
        cancelled.cancelled = true;
        assert_eq!(next_up(&[cancelled], at("08:55")), None);
    }

    proptest! {
        #[test]
        fn the_choice_is_live_and_listed_once(
            starts in proptest::collection::vec((0_i64..1_440, 1_i64..240, any::<bool>()), 0..12), minute in 0_i64..1_500,
        ) {
            let base = at("00:00");
            let mut slots: Vec<Slot> = starts.iter().map(|(start, minutes, cancelled)| Slot {
                start: base + TimeDelta::minutes(*start), end: base + TimeDelta::minutes(start + minutes), cancelled: *cancelled,
            }).collect();
            slots.sort_by_key(|slot| slot.start);
            let now = base + TimeDelta::minutes(minute);
            if let Some(next) = next_up(&slots, now) {
                prop_assert!(!slots[next.index].cancelled);
                prop_assert!(slots[next.index].end + DUE_AFTER > now);
                prop_assert!(!next.also.contains(&next.index));
                prop_assert!(next.also.iter().all(|other| !slots[*other].cancelled));
            } else {
                prop_assert!(slots.iter().all(|slot| slot.cancelled || slot.end + DUE_AFTER <= now));
            }
        }
    }
}
