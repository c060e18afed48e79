//! The sandbox's clock: real time plus an offset that tests may move, or a time that stands still between two moves.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// Real time, or one that stands, plus an adjustable offset.
#[derive(Debug, Default)]
pub struct Clock {
    standing: Option<DateTime<Utc>>,
    offset_ms: AtomicI64,
}

impl Clock {
    /// A clock that shows `at` until it is moved.
    pub fn standing_at(at: DateTime<Utc>) -> Self {
        Self { standing: Some(at), offset_ms: AtomicI64::default() }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.standing.unwrap_or_else(Utc::now) + TimeDelta::milliseconds(self.offset_ms.load(Ordering::SeqCst))
    }

    /// Moves the clock forwards (or back, with a negative number).
    pub fn advance_ms(&self, by: i64) {
        self.offset_ms.fetch_add(by, Ordering::SeqCst);
    }
}
