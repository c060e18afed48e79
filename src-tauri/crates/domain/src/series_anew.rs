//! What becomes of the dates of a series that gets another rule: Zoom makes all of them anew, with other ids, and
//! whatever hangs on a date (an Event, its notes, who takes part) has to know which new one takes its place. Not which
//! dates a rule has (`series`).

use std::cmp::Ordering;
use std::ops::Range;

use chrono::{DateTime, Utc};

use crate::wall_time;
use crate::zones::Zone;

/// For each old date, by the place in `old`, the place in `new` of the one that takes its place; `None` for one that
/// is gone. A new date takes the place of one old date at most, and the order stays: of two old dates the earlier one
/// never gets the later new one.
///
/// A date at the same moment is kept first, then one on the same day by the clocks of `zone`; what lies between two
/// kept dates goes on in order. `old` are the moments that the old rule planned (where a date was moved is no part of
/// the rule). Both are in order of time.
#[must_use]
pub fn successors(old: &[DateTime<Utc>], new: &[DateTime<Utc>], zone: Zone) -> Vec<Option<usize>> {
    let days = |all: &[DateTime<Utc>]| -> Vec<_> { all.iter().map(|at| wall_time::local_date(*at, zone)).collect() };
    let (old_days, new_days) = (days(old), days(new));
    let by_moment = |one: usize, other: usize| old[one].cmp(&new[other]);
    let by_day = |one: usize, other: usize| old_days[one].cmp(&new_days[other]);
    let mut successors = vec![None; old.len()];
    align(&mut successors, 0..old.len(), 0..new.len(), &[&by_moment, &by_day]);
    successors
}

type Compare<'a> = &'a dyn Fn(usize, usize) -> Ordering;

/// Pairs what the first comparison calls equal; what lies between two pairs is left to the next one, and at last
/// paired in order.
fn align(pairs: &mut [Option<usize>], old: Range<usize>, new: Range<usize>, by: &[Compare<'_>]) {
    let Some((compare, rest)) = by.split_first() else {
        for (one, other) in old.zip(new) {
            pairs[one] = Some(other);
        }
        return;
    };
    let (mut one, mut other) = (old.start, new.start);
    let (mut old_from, mut new_from) = (one, other);
    while one < old.end && other < new.end {
        match compare(one, other) {
            Ordering::Less => one += 1,
            Ordering::Greater => other += 1,
            Ordering::Equal => {
                align(pairs, old_from..one, new_from..other, rest);
                pairs[one] = Some(other);
                (one, other) = (one + 1, other + 1);
                (old_from, new_from) = (one, other);
            }
        }
    }
    align(pairs, old_from..old.end, new_from..new.end, rest);
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDateTime, Weekday};
    use proptest::prelude::*;

    use super::*;
    use crate::series::{End, Rhythm, Series};
    use crate::zones;

    fn amsterdam() -> Zone {
        zones::parse("Europe/Amsterdam").unwrap()
    }

    fn dates(rhythm: Rhythm, every: u32, times: u32, first: &str) -> Vec<DateTime<Utc>> {
        let first = NaiveDateTime::parse_from_str(first, "%Y-%m-%d %H:%M").unwrap();
        Series { rhythm, every, end: End::Times(times) }.dates(first, amsterdam()).unwrap().starts
    }

    fn weekly(days: &[Weekday], every: u32, times: u32, first: &str) -> Vec<DateTime<Utc>> {
        dates(Rhythm::Weekly(days.to_vec()), every, times, first)
    }

    #[test]
    fn dates_that_the_new_rule_has_too_are_kept() {
        let old = weekly(&[Weekday::Mon], 1, 6, "2026-12-07 10:00");
        let new = weekly(&[Weekday::Mon], 2, 3, "2026-12-07 10:00");
        assert_eq!(successors(&old, &new, amsterdam()), [Some(0), None, Some(1), None, Some(2), None]);
        let longer = weekly(&[Weekday::Mon], 1, 8, "2026-12-07 10:00");
        assert_eq!(successors(&old, &longer, amsterdam()), [0, 1, 2, 3, 4, 5].map(Some));
    }

    #[test]
    fn another_time_of_the_day_keeps_the_day_over_the_change_of_clocks() {
        let old = weekly(&[Weekday::Mon, Weekday::Wed], 1, 4, "2026-10-21 10:00");
        let new = weekly(&[Weekday::Wed, Weekday::Fri], 1, 4, "2026-10-21 15:30");
        // Wed, Mon, Wed, Mon becomes Wed, Fri, Wed, Fri: each Monday goes on as the Friday in its gap.
        assert_eq!(successors(&old, &new, amsterdam()), [0, 1, 2, 3].map(Some));
    }

    #[test]
    fn another_day_of_the_week_goes_on_in_order_and_what_is_too_much_is_gone() {
        let old = weekly(&[Weekday::Tue], 1, 4, "2026-12-01 10:00");
        let new = weekly(&[Weekday::Thu], 1, 3, "2026-12-03 10:00");
        assert_eq!(successors(&old, &new, amsterdam()), [Some(0), Some(1), Some(2), None]);
        assert_eq!(successors(&old, &[], amsterdam()), [None; 4]);
        assert_eq!(successors(&[], &new, amsterdam()), []);
    }

    fn moments() -> impl Strategy<Value = Vec<DateTime<Utc>>> {
        // Few hours on few days, so that moments and days do meet.
        proptest::collection::btree_set((0_i64..40, 0_i64..4), 0..20).prop_map(|all| {
            let at = |(day, step): (i64, i64)| DateTime::from_timestamp(1_790_000_000 + day * 86_400 + step * 7_200, 0);
            let mut all: Vec<_> = all.into_iter().filter_map(at).collect();
            all.sort_unstable();
            all
        })
    }

    proptest! {
        /// Whatever the rules: nothing is taken twice, the order stays, what both have stays where it is, and a date is
        /// only gone where no new one is free in its place.
        #[test]
        fn each_date_has_one_place(old in moments(), new in moments()) {
            let found = successors(&old, &new, amsterdam());
            prop_assert_eq!(found.len(), old.len());
            let taken: Vec<usize> = found.iter().flatten().copied().collect();
            prop_assert!(taken.windows(2).all(|pair| pair[0] < pair[1]), "twice or out of order: {:?}", taken);
            for (place, at) in old.iter().enumerate() {
                if let Ok(same) = new.binary_search(at) {
                    prop_assert_eq!(found[place], Some(same));
                }
                if found[place].is_none() {
                    let before = found[..place].iter().rev().flatten().next().map_or(0, |place| place + 1);
                    let after = found[place..].iter().flatten().next().copied().unwrap_or(new.len());
                    prop_assert_eq!(before, after, "a new date is free between its neighbours");
                }
            }
        }

        /// The same rule again changes nothing.
        #[test]
        fn the_same_dates_stay(all in moments()) {
            let same: Vec<_> = (0..all.len()).map(Some).collect();
            prop_assert_eq!(successors(&all, &all, amsterdam()), same);
        }
    }
}
