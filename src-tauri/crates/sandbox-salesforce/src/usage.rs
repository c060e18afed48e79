//! How many calls the org has answered in the last 24 hours, as `Sforce-Limit-Info` tells, and
//! what happens when there were too many.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::refusal::Refusal;

/// Daily calls of a Developer Edition org (public limits quick reference).
pub const DAILY_CALLS: u64 = 15_000;

/// Calls by hour; the window rolls.
#[derive(Debug, Default)]
pub struct Usage {
    hours: BTreeMap<i64, u64>,
    /// Calls a day, enforced; without it the org only counts.
    enforced: Option<u64>,
    /// So many of the next calls meet an org that is busy with long ones.
    crowded: u64,
    /// So many of the next calls meet the maintenance page.
    closed: u64,
    /// Whether the rep lacks the right to read the limits.
    hidden: bool,
}

impl Usage {
    pub fn add(&mut self, at: DateTime<Utc>, calls: u64) {
        let hour = at.timestamp() / 3_600;
        *self.hours.entry(hour).or_default() += calls;
        self.hours.retain(|own, _| *own > hour - 24);
    }

    /// Admits one call and counts it, or refuses it.
    pub fn admit(&mut self, at: DateTime<Utc>) -> Result<u64, Refusal> {
        self.add(at, 0);
        if self.crowded > 0 {
            self.crowded -= 1;
            let text = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
            return Err(Refusal::new("REQUEST_LIMIT_EXCEEDED", text));
        }
        if self.enforced.is_some_and(|most| self.today() >= most) {
            return Err(Refusal::new("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
        }
        self.add(at, 1);
        Ok(self.today())
    }

    pub fn enforce(&mut self, daily: Option<u64>) {
        self.enforced = daily;
    }

    pub fn crowd(&mut self, calls: u64) {
        self.crowded = calls;
    }

    pub fn hide(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    pub fn is_hidden(&self) -> bool {
        self.hidden
    }

    pub fn close(&mut self, calls: u64) {
        self.closed = calls;
    }

    /// Whether the next call meets the maintenance page.
    pub fn take_closed(&mut self) -> bool {
        let closed = self.closed > 0;
        self.closed -= u64::from(closed);
        closed
    }

    pub fn today(&self) -> u64 {
        self.hours.values().sum()
    }

    pub fn daily(&self) -> u64 {
        self.enforced.unwrap_or(DAILY_CALLS)
    }

    pub fn header(&self) -> String {
        format!("api-usage={}/{}", self.today(), self.daily())
    }
}
