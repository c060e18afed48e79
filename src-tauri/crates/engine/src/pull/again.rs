//! When something that was read is to be read again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Whether something was read so long ago, or never. A reading that lies ahead is left over from a clock that went wrong.
pub(crate) fn is_older(read_ms: Option<i64>, age: TimeDelta, now: DateTime<Utc>) -> bool {
    let now_ms = now.timestamp_millis();
    read_ms.is_none_or(|read| read > now_ms || now_ms - read >= age.num_milliseconds())
}

/// Meetings, by number, that were asked for in vain, and when: nothing waits for them, so they are asked for again after a
/// while only.
#[derive(Default)]
pub(crate) struct InVain(Mutex<HashMap<u64, i64>>);

impl InVain {
    pub fn note(&self, number: u64, now: DateTime<Utc>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(number, now.timestamp_millis());
    }

    pub fn forget(&self, number: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    }

    pub fn is_due(&self, number: u64, after: TimeDelta, now: DateTime<Utc>) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&number).copied();
        is_older(noted, after, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: TimeDelta = TimeDelta::hours(1);

    #[test]
    fn what_was_asked_for_in_vain_is_asked_for_again_after_a_while() {
        let at = |ms: i64| DateTime::from_timestamp_millis(ms).unwrap();
        let (vain, hour) = (InVain::default(), HOUR.num_milliseconds());
        assert!(vain.is_due(1, HOUR, at(0)));
        vain.note(1, at(0));
        assert!(!vain.is_due(1, HOUR, at(hour - 1)) && vain.is_due(1, HOUR, at(hour)) && vain.is_due(2, HOUR, at(0)));
        assert!(vain.is_due(1, HOUR, at(-hour)), "the clock was set back");
        vain.forget(1);
        assert!(vain.is_due(1, HOUR, at(2)));
    }
}
