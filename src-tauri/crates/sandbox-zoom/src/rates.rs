//! Rate limits: per second or minute by label, per day by label, and the daily number of meeting writes.
//!
//! The numbers are those of the account's plan. Limits per second are counted always, shown in headers always, and
//! enforced only when switched on; the daily limits are enforced unless switched off. All but the number of writes
//! are the account's, so that colleagues can use them up.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, SecondsFormat, Utc};

use super::answer::Refusal;
use super::operations::RateLabel;
use super::plan::{Plan, Quota};

/// Creates and updates of meetings and webinars that one user may make in one UTC day.
pub(crate) const WRITES_PER_DAY: u64 = 100;

impl RateLabel {
    fn category(self) -> &'static str {
        match self {
            Self::Light | Self::PhoneLight => "Light",
            Self::Medium | Self::PhoneMedium => "Medium",
            Self::Heavy | Self::PhoneHeavy => "Heavy",
            Self::ResourceIntensive => "Resource-intensive",
        }
    }
}

/// What is left of one label's period after a request.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: u64,
    remaining: u64,
    /// Unix seconds at which the next period begins.
    reset: i64,
    pub exceeded: bool,
}

/// Counters of the account.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    /// Start of the running period in Unix seconds and the requests in it.
    periods: BTreeMap<RateLabel, (i64, u64)>,
    writes: Option<(NaiveDate, u64)>,
    /// The day that is counted, and the requests in it.
    days: BTreeMap<Quota, (NaiveDate, u64)>,
    pub plan: Plan,
}

impl Rates {
    /// Counts one request.
    pub fn take(&mut self, label: RateLabel, now: DateTime<Utc>) -> Budget {
        let (limit, seconds) = self.plan.limit(label);
        let start = now.timestamp().div_euclid(seconds) * seconds;
        let (period, used) = self.periods.entry(label).or_default();
        if *period != start {
            (*period, *used) = (start, 0);
        }
        *used += 1;
        Budget { limit, remaining: limit.saturating_sub(*used), reset: start + seconds, exceeded: *used > limit }
    }

    /// Counts `requests` of the account's day. Refuses, and counts nothing, where the plan does not have as many left.
    pub fn spend(&mut self, label: RateLabel, requests: u64, now: DateTime<Utc>) -> Result<(), Refusal> {
        let Some((quota, limit)) = self.plan.quota(label) else { return Ok(()) };
        let today = now.date_naive();
        let (day, used) = self.days.entry(quota).or_insert((today, 0));
        if *day != today {
            (*day, *used) = (today, 0);
        }
        if used.saturating_add(requests) > limit {
            return Err(too_many_today(limit, ALL_SPENT, today));
        }
        *used += requests;
        Ok(())
    }

    /// Counts one create or update of the user's day, or refuses it.
    pub fn count_write(&mut self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let today = now.date_naive();
        let used = match self.writes {
            Some((day, used)) if day == today => used,
            _ => 0,
        };
        if used >= WRITES_PER_DAY {
            return Err(too_many_writes(today));
        }
        self.writes = Some((today, used + 1));
        Ok(())
    }
}

/// The headers of every answer; those of a daily refusal stay as they are.
pub(crate) fn describe(response: &mut Response, label: RateLabel, budget: &Budget) {
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-category", HeaderValue::from_static(label.category()));
    if headers.contains_key("x-ratelimit-type") {
        return;
    }
    headers.insert("x-ratelimit-type", HeaderValue::from_static("QPS"));
    headers.insert("x-ratelimit-limit", HeaderValue::from(budget.limit));
    headers.insert("x-ratelimit-remaining", HeaderValue::from(budget.remaining));
    headers.insert("x-ratelimit-reset", HeaderValue::from(budget.reset));
}

/// 429 of the limits per second; without `Retry-After`, as Zoom's.
pub(crate) fn too_many_per_period() -> Refusal {
    Refusal::new(
        StatusCode::TOO_MANY_REQUESTS,
        429,
        "You have reached the maximum per-second rate limit for this API. Try again later.",
    )
}

/// 429 of the daily limit: `Retry-After` is a date-time, not a number of seconds.
fn too_many_writes(today: NaiveDate) -> Refusal {
    let message = format!(
        "You have exceed the daily rate limit({WRITES_PER_DAY}) of Meeting Create/Update API \
         requests permitted for this particular user."
    );
    too_many_today(WRITES_PER_DAY, &message, today)
}

const ALL_SPENT: &str = "You have reached the maximum daily rate limit for this API. Refer to the response header for \
                         details on when you can make another request.";

/// 429 of any limit per UTC day.
pub(crate) fn too_many_today(limit: u64, message: &str, today: NaiveDate) -> Refusal {
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today).and_time(NaiveTime::MIN);
    let retry_after = tomorrow.and_utc().to_rfc3339_opts(SecondsFormat::Secs, true);
    let named = |name: &'static str| axum::http::HeaderName::from_static(name);
    Refusal::new(StatusCode::TOO_MANY_REQUESTS, 429, message)
        .with_header(header::RETRY_AFTER, retry_after)
        .with_header(named("x-ratelimit-type"), "Daily-limit".to_owned())
        .with_header(named("x-ratelimit-limit"), limit.to_string())
        .with_header(named("x-ratelimit-remaining"), "0".to_owned())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_period_ends_and_the_next_one_is_whole() {
        let mut rates = Rates::default();
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let used: Vec<bool> = (0..11).map(|_| rates.take(RateLabel::Heavy, now).exceeded).collect();
        assert_eq!(used.iter().filter(|exceeded| **exceeded).count(), 1);
        assert_eq!(rates.take(RateLabel::Light, now).remaining, 29);
        let next = rates.take(RateLabel::Heavy, now + TimeDelta::seconds(1));
        assert_eq!((next.remaining, next.exceeded), (9, false));
    }

    #[test]
    fn heavy_and_resource_intensive_requests_share_the_day_of_a_pro_account() {
        let mut rates = Rates::default();
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        rates.spend(RateLabel::ResourceIntensive, 29_999, now).unwrap();
        assert!(rates.spend(RateLabel::Heavy, 2, now).is_err());
        rates.spend(RateLabel::Heavy, 1, now).unwrap();
        assert!(rates.spend(RateLabel::Heavy, 1, now).is_err());
        rates.spend(RateLabel::Light, u64::MAX, now).unwrap();
        rates.spend(RateLabel::PhoneHeavy, 15_000, now).unwrap();
        assert!(rates.spend(RateLabel::PhoneHeavy, 1, now).is_err());
        rates.spend(RateLabel::Heavy, 30_000, now + TimeDelta::days(1)).unwrap();
    }

    #[test]
    fn a_free_account_counts_each_label_by_itself() {
        let mut rates = Rates { plan: Plan::Free, ..Rates::default() };
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        rates.spend(RateLabel::Medium, 2_000, now).unwrap();
        assert!(rates.spend(RateLabel::Medium, 1, now).is_err());
        rates.spend(RateLabel::Light, 6_000, now).unwrap();
        assert!(rates.spend(RateLabel::Light, 1, now).is_err());
        rates.take(RateLabel::Heavy, now);
        assert!(rates.take(RateLabel::Heavy, now).exceeded);
    }

    #[test]
    fn the_hundred_and_first_write_waits_for_the_next_utc_day() {
        let mut rates = Rates::default();
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        for _ in 0..WRITES_PER_DAY {
            rates.count_write(now).unwrap();
        }
        assert!(rates.count_write(now).is_err());
        assert!(rates.count_write(now + TimeDelta::days(1)).is_ok());
    }
}
