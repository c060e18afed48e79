//! Smart Join: which meeting matters now, and what one press of Join means.
//!
//! One rule for the strip, the key and the palette, so that they can never mean different meetings.
//! It opens nothing and knows no links; whether a meeting can be entered is told to it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::day::Slot;

/// A running meeting gives way this long before the following one starts.
pub const GIVE_WAY: TimeDelta = TimeDelta::minutes(10);
/// A meeting can be joined from this long before the start until its end …
pub const DUE_BEFORE: TimeDelta = TimeDelta::minutes(15);
/// … and stays in sight until this long after it.
pub const DUE_AFTER: TimeDelta = TimeDelta::minutes(10);
/// A meeting whose start is this near, before or after, is the one that is meant.
pub const AT_HAND: TimeDelta = TimeDelta::minutes(5);
/// An ended meeting stays in sight only when the following one is at least this far away.
const QUIET: TimeDelta = TimeDelta::hours(1);

/// A meeting as far as Join cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub slot: Slot,
    /// There is a way in: a join link, or the user is the host.
    pub can_enter: bool,
    /// The user is the host.
    pub host: bool,
    /// It was opened from here before.
    pub joined: bool,
}

/// What a press of Join means. Numbers are indices into the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// Exactly this one.
    One(usize),
    /// Several are equally likely: the user chooses from [`NextUp::choices`].
    Choose,
    /// Nothing can be joined yet; this is the next one, and the user is asked first.
    Early(usize),
    /// There is nothing to join.
    Nothing,
}

/// The meeting to show and what Join means. Numbers are indices into the candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextUp {
    /// The meeting to show: the one that is meant, or the first of the choices.
    pub shown: usize,
    /// From [`DUE_BEFORE`] its start until [`DUE_AFTER`] its end: its button is the primary one.
    pub due: bool,
    pub join: Join,
    /// Everything that can be joined now: what was not opened yet first, then by start.
    pub choices: Vec<usize>,
    /// How many of the choices run.
    pub running: usize,
}

/// What matters at `now`, of meetings ordered by start; cancelled ones never. `None` when all is over.
pub fn next_up(meetings: &[Candidate], now: DateTime<Utc>) -> Option<NextUp> {
    let choices = choices(meetings, now);
    let running = choices.iter().filter(|index| runs(&meetings[**index].slot, now)).count();
    let early = || {
        let coming = |one: &&Candidate| !one.slot.cancelled && one.can_enter && one.slot.start > now;
        meetings.iter().position(|one| coming(&one)).map_or(Join::Nothing, Join::Early)
    };
    let (join, shown) = match *meant(meetings, &choices, now).as_slice() {
        [] => (early(), to_show(meetings, now)?),
        [one] => (Join::One(one), one),
        [first, ..] => (Join::Choose, first),
    };
    let slot = &meetings[shown].slot;
    let due = slot.start - DUE_BEFORE <= now && now < slot.end + DUE_AFTER;
    Some(NextUp { shown, due, join, choices, running })
}

fn runs(slot: &Slot, now: DateTime<Utc>) -> bool {
    slot.start <= now && now < slot.end
}

/// What can be joined now, in the order of the menu.
fn choices(meetings: &[Candidate], now: DateTime<Utc>) -> Vec<usize> {
    let open = |one: &Candidate| {
        !one.slot.cancelled && one.can_enter && one.slot.start - DUE_BEFORE <= now && now < one.slot.end
    };
    let mut found: Vec<usize> = (0..meetings.len()).filter(|index| open(&meetings[*index])).collect();
    found.sort_by_key(|index| (meetings[*index].joined, meetings[*index].slot.start, meetings[*index].slot.end));
    found
}

/// Narrows the choices down, step by step; a step that would leave nothing is left out.
fn meant(meetings: &[Candidate], choices: &[usize], now: DateTime<Utc>) -> Vec<usize> {
    let mut left = choices.to_vec();
    let mut prefer = |wanted: &dyn Fn(&Candidate) -> bool| {
        if left.iter().any(|index| wanted(&meetings[*index])) {
            left.retain(|index| wanted(&meetings[*index]));
        }
        left.clone()
    };
    prefer(&|one| (one.slot.start - now).abs() <= AT_HAND);
    prefer(&|one| !one.joined);
    // What runs goes before what only comes, until the time at which it gives way.
    let left = prefer(&|one| one.slot.start - now <= GIVE_WAY);
    // Being host tells two running ones apart, but never makes a coming one win over a running one.
    let started = left.iter().filter(|index| meetings[**index].slot.start <= now).count();
    if started == 0 || started == left.len() { prefer(&|one| one.host) } else { left }
}

/// With nothing to join: what runs until the following one is near, what has just ended where the
/// rest of the day is quiet, and otherwise the following one.
fn to_show(meetings: &[Candidate], now: DateTime<Utc>) -> Option<usize> {
    let live = || meetings.iter().enumerate().filter(|(_, one)| !one.slot.cancelled);
    let following = live().find(|(_, one)| one.slot.start > now);
    let running = live().rfind(|(_, one)| runs(&one.slot, now)).map(|(index, _)| index);
    let just_ended = live()
        .filter(|(_, one)| one.slot.end <= now && now < one.slot.end + DUE_AFTER)
        .max_by_key(|(_, one)| one.slot.end)
        .map(|(index, _)| index);
    let wait = following.map(|(_, one)| one.slot.start - now);
    match (running, just_ended) {
        (Some(running), _) if wait.is_none_or(|wait| wait > GIVE_WAY) => Some(running),
        (None, Some(ended)) if wait.is_none_or(|wait| wait >= QUIET) => Some(ended),
        _ => following.map(|(index, _)| index),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-23T{time}:00Z").parse().unwrap()
    }

    fn meeting(start: &str, end: &str) -> Candidate {
        let slot = Slot { start: at(start), end: at(end), cancelled: false };
        Candidate { slot, can_enter: true, host: true, joined: false }
    }

    fn join(day: &[Candidate], time: &str) -> Join {
        next_up(day, at(time)).map_or(Join::Nothing, |next| next.join)
    }

    #[test]
    fn the_only_one_is_joined_from_a_quarter_of_an_hour_before_until_its_end() {
        let day = [meeting("09:00", "10:00")];
        assert_eq!(join(&day, "08:44"), Join::Early(0));
        assert_eq!(join(&day, "08:45"), Join::One(0));
        assert_eq!(join(&day, "09:59"), Join::One(0));
        let ended = next_up(&day, at("10:05")).unwrap();
        assert_eq!((ended.shown, ended.due, ended.join), (0, true, Join::Nothing));
        assert_eq!(next_up(&day, at("10:10")), None);
    }

    #[test]
    fn four_that_run_are_asked_about_and_the_one_in_eleven_minutes_is_not_started() {
        let mut day: Vec<Candidate> = ["08:10", "08:20", "08:00", "08:30"].map(|start| meeting(start, "10:00")).into();
        day.sort_by_key(|one| one.slot.start);
        day.push(meeting("09:11", "09:40"));
        let next = next_up(&day, at("09:00")).unwrap();
        assert_eq!(next.join, Join::Choose);
        assert_eq!((next.shown, next.running), (0, 4));
        assert_eq!(next.choices, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn the_one_that_starts_within_five_minutes_is_meant() {
        let day = [meeting("09:00", "10:00"), meeting("09:55", "10:30")];
        assert_eq!(join(&day, "09:30"), Join::One(0));
        assert_eq!(join(&day, "09:44"), Join::One(0));
        assert_eq!(join(&day, "09:47"), Join::Choose);
        assert_eq!(join(&day, "09:50"), Join::One(1));
        assert_eq!(next_up(&day, at("09:50")).map(|next| next.shown), Some(1));
    }

    #[test]
    fn what_was_opened_already_comes_last() {
        let mut day = [meeting("09:00", "10:00"), meeting("09:10", "10:00")];
        assert_eq!(join(&day, "09:30"), Join::Choose);
        day[0].joined = true;
        let next = next_up(&day, at("09:30")).unwrap();
        assert_eq!((next.join, next.shown, next.choices), (Join::One(1), 1, vec![1, 0]));
        day[1].joined = true;
        assert_eq!(join(&day, "09:30"), Join::Choose);
    }

    #[test]
    fn the_host_is_preferred_among_equals_and_never_for_one_that_only_comes() {
        let mut day = [meeting("09:00", "10:00"), meeting("09:00", "10:00"), meeting("09:38", "10:00")];
        day[0].host = false;
        assert_eq!(join(&day[..2], "09:30"), Join::One(1));
        day[1].host = false;
        assert_eq!(join(&day, "09:30"), Join::Choose);
    }

    #[test]
    fn without_a_way_in_a_meeting_is_shown_but_not_joined() {
        let mut day = [meeting("09:00", "10:00"), meeting("11:00", "12:00")];
        day[0].can_enter = false;
        let next = next_up(&day, at("09:30")).unwrap();
        assert_eq!((next.shown, next.join), (0, Join::Early(1)));
        assert_eq!(next_up(&day, at("10:50")).map(|next| next.join), Some(Join::One(1)));
    }

    #[test]
    fn an_ended_meeting_does_not_hide_one_that_comes_soon() {
        let day = [meeting("09:00", "10:00"), meeting("10:30", "11:00")];
        assert_eq!(next_up(&day, at("10:05")).map(|next| next.shown), Some(1));
        let quiet = [meeting("09:00", "10:00"), meeting("11:30", "12:00")];
        let next = next_up(&quiet, at("10:05")).unwrap();
        assert_eq!((next.shown, next.join), (0, Join::Early(1)));
    }

    #[test]
    fn cancelled_meetings_are_never_next() {
        let mut cancelled = meeting("09:00", "10:00");
        cancelled.slot.cancelled = true;
        assert_eq!(next_up(&[cancelled], at("08:55")), None);
    }

    fn days() -> impl Strategy<Value = Vec<Candidate>> {
        let one = (0_i64..1_440, 1_i64..240, any::<[bool; 4]>());
        proptest::collection::vec(one, 0..12).prop_map(|rows| {
            let mut day: Vec<Candidate> = rows
                .into_iter()
                .map(|(start, minutes, [cancelled, can_enter, host, joined])| {
                    let start = at("00:00") + TimeDelta::minutes(start);
                    let slot = Slot { start, end: start + TimeDelta::minutes(minutes), cancelled };
                    Candidate { slot, can_enter, host, joined }
                })
                .collect();
            day.sort_by_key(|one| one.slot.start);
            day
        })
    }

    proptest! {
        #[test]
        fn what_is_meant_can_be_joined_and_every_count_is_true(day in days(), minute in 0_i64..1_500) {
            let now = at("00:00") + TimeDelta::minutes(minute);
            let open = |one: &Candidate| {
                !one.slot.cancelled && one.can_enter && one.slot.start - DUE_BEFORE <= now && now < one.slot.end
            };
            let Some(next) = next_up(&day, now) else {
                prop_assert!(day.iter().all(|one| one.slot.cancelled || one.slot.end + DUE_AFTER <= now));
                return Ok(());
            };
            let mut sorted = next.choices.clone();
            sorted.sort_unstable();
            prop_assert_eq!(&sorted, &(0..day.len()).filter(|index| open(&day[*index])).collect::<Vec<_>>());
            let keys: Vec<_> = next.choices.iter().map(|index| (day[*index].joined, day[*index].slot.start)).collect();
            prop_assert!(keys.is_sorted());
            prop_assert_eq!(next.running, sorted.iter().filter(|index| day[**index].slot.start <= now).count());
            prop_assert!(!day[next.shown].slot.cancelled && day[next.shown].slot.end + DUE_AFTER > now);
            match next.join {
                Join::One(index) => {
                    prop_assert!(sorted.contains(&index) && next.shown == index);
                    let unopened = |one: &Candidate| open(one) && one.slot.start <= now && !one.joined;
                    prop_assert!(
                        day[index].slot.start - now <= AT_HAND
                            || !day.iter().any(unopened)
                    );
                }
                Join::Choose => prop_assert!(next.choices.len() > 1 && next.choices.contains(&next.shown)),
                Join::Early(index) => prop_assert!(sorted.is_empty() && day[index].slot.start > now && day[index].can_enter),
                Join::Nothing => prop_assert!(sorted.is_empty()),
            }
        }
    }
}
