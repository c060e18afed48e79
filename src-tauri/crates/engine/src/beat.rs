//! The moments at which whatever waits looks at the clock: it may have jumped, or the computer slept, and the timers
//! know nothing of either.
//!
//! They are the same for everything that waits, so a program that nobody looks at wakes once for all of it.

use std::sync::LazyLock;
use std::time::Duration;

use tokio::time::Instant;

/// How far they lie apart.
const EVERY: Duration = Duration::from_secs(30);

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Waits so long, or until the next of these moments if that comes first.
pub(crate) async fn sleep(pause: Duration) {
    let (now, beat) = (Instant::now(), next());
    tokio::time::sleep_until(now.checked_add(pause).map_or(beat, |own| own.min(beat))).await;
}

/// Waits until the next of these moments.
pub async fn beat() {
    tokio::time::sleep_until(next()).await;
}

fn next() -> Instant {
    let began = *BEGAN;
    began + until_next(Instant::now().saturating_duration_since(began))
}

/// The first multiple that is later.
fn until_next(gone: Duration) -> Duration {
    let into = Duration::from_nanos(u64::try_from(gone.as_nanos() % EVERY.as_nanos()).unwrap_or_default());
    gone + (EVERY - into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_one_is_later_and_never_farther_than_they_lie_apart() {
        let next = |millis| until_next(Duration::from_millis(millis)).as_millis();
        assert_eq!([0, 1, 29_999, 30_000, 30_001, 90_000].map(next), [30_000, 30_000, 30_000, 60_000, 60_000, 120_000]);
    }

    /// Each begins when it likes, and takes its time between; they wake together all the same.
    #[tokio::test(start_paused = true)]
    async fn all_that_wait_wake_at_the_same_moments() {
        let begin = Instant::now();
        let waits = |offset: u64, work: u64| async move {
            tokio::time::sleep(Duration::from_millis(offset)).await;
            let mut woken = Vec::new();
            for _ in 0..20 {
                sleep(Duration::from_hours(1)).await;
                woken.push(begin.elapsed());
                tokio::time::sleep(Duration::from_millis(work)).await;
            }
            woken
        };
        let (one, other, third) = tokio::join!(waits(1, 0), waits(7_300, 12), waits(29_990, 900));
        assert_eq!(one, other);
        // The third came so late that it missed the first of them, or none.
        let last = third[..third.len() - 1].to_vec();
        assert!(one.windows(last.len()).any(|woken| woken == last), "{one:?} {third:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_due_before_is_not_kept_waiting() {
        let begin = Instant::now();
        sleep(Duration::from_millis(3)).await;
        assert!(begin.elapsed() <= Duration::from_millis(4));
        sleep(Duration::MAX).await;
        assert!(begin.elapsed() <= EVERY + Duration::from_millis(4));
    }
}
