//! How many of the day's creations and changes are used.
//!
//! Zoom lets each user create or change meetings and webinars 100 times in a UTC day and tells nobody how
//! many are left, so they are counted here, from this client's own calls. Another app's calls are not seen:
//! the count is a lower bound. Source: Zoom's page "Rate limits".

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};

/// What Zoom allows a user in a UTC day.
pub const EDITS_PER_DAY: u32 = 100;

/// Creations and changes of one UTC day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditsToday {
    /// The UTC day.
    pub day: NaiveDate,
    /// How many are used, as far as this client knows.
    pub used: u32,
}

impl EditsToday {
    /// How many are left; 0 once Zoom has said that the day's are used up.
    #[must_use]
    pub fn left(self) -> u32 {
        EDITS_PER_DAY.saturating_sub(self.used)
    }
}

/// Counts the calls of one client.
#[derive(Debug, Default)]
pub(crate) struct EditCount(Mutex<Option<EditsToday>>);

impl EditCount {
    pub(crate) fn today(&self, now_utc: DateTime<Utc>) -> EditsToday {
        self.with(now_utc, |edits| *edits)
    }

    /// A call leaves; answers the day that it counts for.
    pub(crate) fn add(&self, now_utc: DateTime<Utc>) -> NaiveDate {
        self.with(now_utc, |edits| {
            edits.used = edits.used.saturating_add(1);
            edits.day
        })
    }

    /// A call that left on `day` changed nothing.
    pub(crate) fn take_back(&self, now_utc: DateTime<Utc>, day: NaiveDate) {
        self.with(now_utc, |edits| {
            // At the limit it is Zoom's word that counts.
            if edits.day == day && edits.used < EDITS_PER_DAY {
                edits.used = edits.used.saturating_sub(1);
            }
        });
    }

    /// Zoom says that none are left.
    pub(crate) fn exhausted(&self, now_utc: DateTime<Utc>) {
        self.with(now_utc, |edits| edits.used = edits.used.max(EDITS_PER_DAY));
    }

    /// Takes over what was counted before this client was made, if it was today.
    pub(crate) fn resume(&self, now_utc: DateTime<Utc>, earlier: EditsToday) {
        self.with(now_utc, |edits| {
            if earlier.day == edits.day {
                edits.used = edits.used.saturating_add(earlier.used);
            }
        });
    }

    fn with<T>(&self, now_utc: DateTime<Utc>, act: impl FnOnce(&mut EditsToday) -> T) -> T {
        let day = now_utc.date_naive();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let edits = kept.get_or_insert(EditsToday { day, used: 0 });
        if edits.day != day {
            *edits = EditsToday { day, used: 0 };
        }
        act(edits)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_804_680_000, 0).unwrap()
    }

    #[test]
    fn a_day_has_a_hundred_and_the_next_one_too() {
        let count = EditCount::default();
        assert_eq!(count.today(noon()).left(), 100);
        count.add(noon());
        count.add(noon());
        assert_eq!(count.today(noon()).left(), 98);
        count.exhausted(noon());
        assert_eq!(count.today(noon()).left(), 0);
        count.add(noon());
        assert_eq!(count.today(noon()).left(), 0);
        let tomorrow = noon() + TimeDelta::days(1);
        assert_eq!(count.today(tomorrow), EditsToday { day: tomorrow.date_naive(), used: 0 });
    }

    #[test]
    fn a_refused_call_is_taken_back_on_its_own_day_only() {
        let count = EditCount::default();
        let day = count.add(noon());
        count.add(noon());
        count.take_back(noon(), day);
        assert_eq!(count.today(noon()).used, 1);
        let tomorrow = noon() + TimeDelta::days(1);
        count.add(tomorrow);
        count.take_back(tomorrow, day);
        assert_eq!(count.today(tomorrow).used, 1);
        count.exhausted(tomorrow);
        count.take_back(tomorrow, tomorrow.date_naive());
        assert_eq!(count.today(tomorrow).left(), 0);
    }

    #[test]
    fn an_earlier_count_goes_on_the_same_day_only() {
        let count = EditCount::default();
        count.add(noon());
        count.resume(noon(), EditsToday { day: noon().date_naive(), used: 40 });
        assert_eq!(count.today(noon()).used, 41);
        count.resume(noon(), EditsToday { day: noon().date_naive() - TimeDelta::days(1), used: 40 });
        assert_eq!(count.today(noon()).used, 41);
    }
}
