//! How many calls the org has answered in the last 24 hours, as `Sforce-Limit-Info` tells.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// Daily calls of a Developer Edition org (public limits quick reference).
pub const DAILY_CALLS: u64 = 15_000;

/// Calls by hour; the window rolls.
#[derive(Debug, Default)]
pub struct Usage {
    hours: BTreeMap<i64, u64>,
}

impl Usage {
    pub fn add(&mut self, at: DateTime<Utc>, calls: u64) {
        let hour = at.timestamp() / 3_600;
        *self.hours.entry(hour).or_default() += calls;
        self.hours.retain(|own, _| *own > hour - 24);
    }

    pub fn today(&self) -> u64 {
        self.hours.values().sum()
    }

    pub fn header(&self) -> String {
        format!("api-usage={}/{DAILY_CALLS}", self.today())
    }
}
