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
    let now = Instant::now();
    now + left(*BEGAN, now)
}

/// Until the first multiple that is later than now, however that lies to the beginning.
fn left(began: Instant, now: Instant) -> Duration {
    let into = |time: Duration| Duration::from_nanos(u64::try_from(time.as_nanos() % EVERY.as_nanos()).unwrap_or(0));
    match now.checked_duration_since(began) {
        Some(gone) => EVERY.saturating_sub(into(gone)),
        None => match into(began - now) {
            Duration::ZERO => EVERY,
            rest => rest,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_next_one_is_later_and_never_farther_than_they_lie_apart() {
        let began = Instant::now() + Duration::from_hours(1);
        let after = |millis| left(began, began + Duration::from_millis(millis)).as_millis();
        assert_eq!([0, 1, 29_999, 30_000, 30_001].map(after), [30_000, 29_999, 1, 30_000, 29_999]);
        let before = |millis| left(began, began.checked_sub(Duration::from_millis(millis)).unwrap()).as_millis();
        assert_eq!([1, 29_999, 30_000, 30_001].map(before), [1, 29_999, 30_000, 1]);
    }

    /// Each begins when it likes, and takes its time between; they wake together all the same.
    #[tokio::test(start_paused = true)]
    async fn all_that_wait_wake_at_the_same_moments() {
        beat().await;
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
        let (one, other, third) = tokio::join!(waits(1, 0), waits(7_300, 12), waits(29_900, 900));
        assert_eq!(one, other);
        assert_eq!(one, third);
        assert!(one.last().unwrap().abs_diff(20 * EVERY) < Duration::from_millis(5), "{one:?}");
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
