//! How long to wait before the next attempt.

use std::time::Duration;

use rand::Rng;

use super::EventTiming;

/// Doublings after which the longest pause is reached in any case.
const MOST_DOUBLINGS: u32 = 16;

/// A random pause, so that the companions of a whole account do not come back in the same second: between half
/// of the attempt's longest and the whole of it.
pub(super) fn pause(timing: EventTiming, attempt: u32) -> Duration {
    let doubled = timing.first_pause.saturating_mul(1 << attempt.min(MOST_DOUBLINGS));
    let longest = doubled.min(timing.longest_pause);
    rand::rng().random_range(longest / 2..=longest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pauses_grow_and_have_an_end(attempt in any::<u32>()) {
            let timing = EventTiming::default();
            let waited = pause(timing, attempt);
            prop_assert!(waited >= timing.first_pause / 2 && waited <= timing.longest_pause);
            if attempt >= 6 {
                prop_assert!(waited >= timing.longest_pause / 2);
            }
        }
    }
}
