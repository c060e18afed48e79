//! When a call may be repeated, and after which pause.
//!
//! One budget per client keeps repetitions a small part of the traffic, so that
//! a service in trouble is not beaten down by its own clients.

use std::time::Duration;

use rand::Rng as _;
use reqwest::StatusCode;
use tokio::time::Instant;

use crate::error::TransportError;

/// Repetitions a client may make whatever happens.
const FREE_PER_MINUTE: f64 = 10.0;
/// Repetitions earned by each call that succeeded.
const PER_SUCCESS: f64 = 0.1;
/// Most that can be saved up.
const MOST: f64 = 20.0;
/// After so many failures of the host in a row each call is a single probe.
const HOST_IS_DOWN_AFTER: u32 = 5;

/// What is left for repetitions: 10 a minute plus a tenth of the successes.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    left: f64,
    counted: Instant,
    failures_in_a_row: u32,
}

impl RetryBudget {
    pub(crate) fn new() -> Self {
        Self { left: FREE_PER_MINUTE, counted: Instant::now(), failures_in_a_row: 0 }
    }

    /// A complete answer came, whatever its status: the host is up.
    pub(crate) fn answered(&mut self, success: bool) {
        self.failures_in_a_row = 0;
        if success {
            self.left = (self.left + PER_SUCCESS).min(MOST);
        }
    }

    /// The host could not be reached or broke off.
    pub(crate) fn failed(&mut self) {
        self.failures_in_a_row = self.failures_in_a_row.saturating_add(1);
    }

    /// Takes one repetition out of the budget, if there is one.
    pub(crate) fn take(&mut self) -> bool {
        let elapsed = self.counted.elapsed();
        self.counted = Instant::now();
        self.left = (self.left + elapsed.as_secs_f64() * FREE_PER_MINUTE / 60.0).min(MOST);
        if self.failures_in_a_row >= HOST_IS_DOWN_AFTER || self.left < 1.0 {
            return false;
        }
        self.left -= 1.0;
        true
    }
}

/// A random pause before attempt `attempt` + 1 ("full jitter"), at most 15 min.
pub(crate) fn pause(base: Duration, attempt: u32) -> Duration {
    let longest =
        base.saturating_mul(2u32.saturating_pow(attempt.saturating_sub(1).min(20))).min(Duration::from_mins(15));
    longest.mul_f64(rand::rng().random_range(0.0..=1.0))
}

/// Answers after which the same call may well succeed a moment later.
pub(crate) fn is_passing_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 420 | 425 | 429 | 500 | 502 | 503 | 504 | 520..=529)
}

/// Faults after which the same call may well succeed a moment later.
pub(crate) fn is_passing_fault(error: &TransportError) -> bool {
    matches!(error, TransportError::Offline | TransportError::Timeout { .. } | TransportError::Interrupted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_budget_runs_out_and_refills_with_time() {
        let mut budget = RetryBudget::new();
        let taken = (0..100).filter(|_| budget.take()).count();
        assert_eq!(taken, 10);
        tokio::time::advance(Duration::from_secs(12)).await;
        assert_eq!((0..100).filter(|_| budget.take()).count(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn successes_earn_a_tenth_and_are_capped() {
        let mut budget = RetryBudget::new();
        while budget.take() {}
        for _ in 0..31 {
            budget.answered(true);
        }
        assert_eq!((0..100).filter(|_| budget.take()).count(), 3);
        for _ in 0..10_000 {
            budget.answered(true);
        }
        assert_eq!((0..100).filter(|_| budget.take()).count(), 20);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_is_down_gets_single_probes_until_it_answers() {
        let mut budget = RetryBudget::new();
        for _ in 0..HOST_IS_DOWN_AFTER {
            assert!(budget.take());
            budget.failed();
        }
        assert!(!budget.take());
        budget.answered(false);
        assert!(budget.take());
    }

    #[test]
    fn pauses_grow_and_stay_bounded() {
        let base = Duration::from_secs(1);
        for attempt in 1..=60 {
            let bound = Duration::from_secs(1 << (attempt - 1).min(20)).min(Duration::from_mins(15));
            for _ in 0..50 {
                assert!(pause(base, attempt) <= bound, "attempt {attempt}");
            }
        }
    }
}
