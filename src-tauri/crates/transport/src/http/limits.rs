//! Rate limits: a polite pace of our own, and waits a service has asked for.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use reqwest::StatusCode;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::Service;
use crate::error::TransportError;
use crate::http::retry_after::{next_utc_midnight, retry_after};
use crate::http::{ApiResponse, RateClass};

/// Tokio's timer as the clock of the buckets, so that both stop together in
/// tests.
#[derive(Clone, Debug, Default)]
struct TimerClock;

impl GovernorClock for TimerClock {
    type Instant = std::time::Instant;

    fn now(&self) -> Self::Instant {
        tokio::time::Instant::now().into_std()
    }
}

type Bucket = RateLimiter<NotKeyed, InMemoryState, TimerClock, NoOpMiddleware<std::time::Instant>>;

/// The limits of one client.
#[derive(Debug)]
pub(crate) struct Limits {
    buckets: HashMap<RateClass, Bucket>,
    /// Salesforce counts long-running calls per organisation (5 in small ones);
    /// a companion has to leave room for everyone else.
    in_flight: Semaphore,
    waits: Mutex<HashMap<RateClass, Wait>>,
}

#[derive(Debug, Clone, Copy)]
struct Wait {
    until: DateTime<Utc>,
    daily: bool,
}

/// What an answer says about limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Nothing to be handled here.
    None,
    /// Every call of this class has to wait until then.
    WaitUntil { until: DateTime<Utc>, daily: bool },
}

impl Limits {
    /// Without `paced` there are no buckets; waits that a service asks for hold all the same.
    pub(crate) fn new(paced: bool) -> Self {
        // Half of what Zoom allows a Pro account, which all its users share.
        let per_second = |calls: u32| Quota::per_second(at_least_one(calls));
        let quotas = [
            (RateClass::Light, per_second(15)),
            (RateClass::Medium, per_second(10)),
            (RateClass::Heavy, per_second(5)),
            (RateClass::ResourceIntensive, Quota::per_minute(at_least_one(5))),
            (RateClass::PhoneLight, per_second(10)),
            (RateClass::PhoneMedium, per_second(5)),
            (RateClass::PhoneHeavy, per_second(2)),
            (RateClass::Salesforce, per_second(10)),
        ];
        let bucket = |quota| RateLimiter::direct_with_clock(quota, TimerClock);
        Self {
            buckets: quotas.into_iter().filter(|_| paced).map(|(class, quota)| (class, bucket(quota))).collect(),
            in_flight: Semaphore::new(2),
            waits: Mutex::new(HashMap::new()),
        }
    }

    /// Fails at once while a wait that the service asked for is running.
    pub(crate) fn check(&self, class: RateClass, now: DateTime<Utc>) -> Result<(), TransportError> {
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back must not turn a wait of a day into a year.
        waits.retain(|_, wait| wait.until > now && wait.until - now <= super::retry_after::LONGEST_WAIT);
        match waits.get(&class) {
            Some(wait) => Err(TransportError::RateLimited { until: wait.until, daily: wait.daily }),
            None => Ok(()),
        }
    }

    /// Remembers a wait, so that later calls fail without asking.
    pub(crate) fn remember(&self, class: RateClass, until: DateTime<Utc>, daily: bool) {
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = waits.entry(class).or_insert(Wait { until, daily });
        if until > wait.until {
            *wait = Wait { until, daily };
        }
    }

    /// Waits for this call's turn. The permit is held until the answer is there.
    pub(crate) async fn turn(&self, class: RateClass) -> Option<SemaphorePermit<'_>> {
        let permit = match class {
            // The semaphore is never closed, so an error cannot happen.
            RateClass::Salesforce => self.in_flight.acquire().await.ok(),
            _ => None,
        };
        if let Some(bucket) = self.buckets.get(&class) {
            while let Err(early) = bucket.check() {
                let wait = early.wait_time_from(TimerClock.now());
                tokio::time::sleep(wait.max(Duration::from_millis(1))).await;
            }
        }
        permit
    }
}

fn at_least_one(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

/// Whether a limit is one of those that all calls share, told by Zoom's words for them: the headers are the same
/// for a limit of one object.
pub(crate) fn is_general(response: &ApiResponse) -> bool {
    let text = String::from_utf8_lossy(&response.body[..response.body.len().min(4096)]).to_ascii_lowercase();
    response.status != StatusCode::TOO_MANY_REQUESTS || text.is_empty() || text.contains("rate limit for this api")
}

/// Reads an answer for a wait that concerns the whole class of calls.
///
/// Zoom also uses 429 for things that concern one user or one meeting only (100
/// edits a day, the same object at the same time, registrations): those carry
/// none of the marks below and are left to the client above.
pub(crate) fn notice(service: Service, response: &ApiResponse, now: DateTime<Utc>) -> Notice {
    let status = response.status;
    if status != StatusCode::TOO_MANY_REQUESTS && status != StatusCode::SERVICE_UNAVAILABLE {
        return Notice::None;
    }
    let header = |name| response.headers.get(name).and_then(|value| value.to_str().ok());
    let asked = retry_after(&response.headers, now);
    if service == Service::Salesforce || status == StatusCode::SERVICE_UNAVAILABLE {
        return asked.map_or(Notice::None, |until| Notice::WaitUntil { until, daily: false });
    }
    let text = String::from_utf8_lossy(&response.body[..response.body.len().min(4096)]);
    let text = text.to_ascii_lowercase();
    if text.contains("this particular user") {
        return Notice::None;
    }
    let kind = header("x-ratelimit-type").unwrap_or_default().to_ascii_lowercase();
    if kind.contains("daily") || text.contains("maximum daily rate limit") {
        let until = asked.unwrap_or_else(|| next_utc_midnight(now));
        return Notice::WaitUntil { until, daily: true };
    }
    if kind.contains("qps") || text.contains("per-second rate limit") {
        let reset = header("x-ratelimit-reset").and_then(|text| text.trim().parse::<i64>().ok());
        let reset = reset.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        // The bucket refills each second; a reset time from a clock that is off
        // must not stop the client for longer than a minute.
        let soonest = now + TimeDelta::seconds(1);
        let latest = now + TimeDelta::seconds(60);
        let until = asked.or(reset).unwrap_or(soonest).clamp(soonest, latest);
        return Notice::WaitUntil { until, daily: false };
    }
    asked.map_or(Notice::None, |until| Notice::WaitUntil { until, daily: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_370_400, 0).unwrap()
    }

    fn answer(status: u16, headers: &[(&'static str, &str)], body: &'static str) -> ApiResponse {
        let pairs =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()));
        ApiResponse {
            status: StatusCode::from_u16(status).unwrap(),
            headers: pairs.collect::<HeaderMap>(),
            body: body.into(),
            operation: "GET /x",
        }
    }

    fn wait(seconds: i64, daily: bool) -> Notice {
        Notice::WaitUntil { until: now() + TimeDelta::seconds(seconds), daily }
    }

    #[test]
    fn zooms_limits_are_told_apart() {
        let midnight = (next_utc_midnight(now()) - now()).num_seconds();
        let reset = (now().timestamp() + 7).to_string();
        let far = (now().timestamp() + 99_999).to_string();
        let table = [
            (answer(429, &[("x-ratelimit-type", "Daily-limit"), ("retry-after", "60")], ""), wait(60, true)),
            (answer(429, &[("x-ratelimit-type", "Daily-limit")], ""), wait(midnight, true)),
            (answer(429, &[], "You have reached the maximum daily rate limit for this API."), wait(midnight, true)),
            (answer(429, &[], "You have reached the maximum per-second rate limit for this API."), wait(1, false)),
            (answer(429, &[("x-ratelimit-type", "QPS"), ("x-ratelimit-reset", &reset)], ""), wait(7, false)),
            (answer(429, &[("x-ratelimit-type", "QPS"), ("x-ratelimit-reset", &far)], ""), wait(60, false)),
            (answer(429, &[("x-ratelimit-type", "QPS"), ("x-ratelimit-reset", "0")], ""), wait(1, false)),
            (answer(429, &[("retry-after", "30")], ""), wait(30, false)),
            (answer(429, &[("retry-after", "999999999")], ""), wait(26 * 3600, false)),
            // These concern one user or one meeting, not every call.
            (
                answer(429, &[("retry-after", "30")], "daily limit (100) permitted for this particular user."),
                Notice::None,
            ),
            (answer(429, &[], "Too many concurrent requests."), Notice::None),
            (answer(503, &[], "maximum daily rate limit"), Notice::None),
            (answer(503, &[("retry-after", "9")], ""), wait(9, false)),
            (answer(200, &[("retry-after", "9")], ""), Notice::None),
        ];
        for (response, expected) in table {
            assert_eq!(notice(Service::Zoom, &response, now()), expected, "{:?}", response.headers);
        }
    }

    #[test]
    fn a_limit_of_one_object_is_told_by_its_words() {
        let daily = [("x-ratelimit-type", "Daily-limit"), ("retry-after", "2026-11-23T00:00:00Z")];
        assert!(!is_general(&answer(429, &daily, "This person has been registered three times today.")));
        assert!(is_general(&answer(429, &daily, "You have reached the maximum daily rate limit for this API.")));
        assert!(is_general(&answer(429, &daily, "")));
        assert!(is_general(&answer(503, &daily, "Back soon")));
    }

    #[test]
    fn salesforce_waits_only_when_told_to() {
        assert_eq!(notice(Service::Salesforce, &answer(429, &[], "daily"), now()), Notice::None);
        assert_eq!(notice(Service::Salesforce, &answer(503, &[("retry-after", "5")], ""), now()), wait(5, false));
    }

    #[tokio::test]
    async fn a_wait_holds_for_its_class_and_ends() {
        let limits = Limits::new(true);
        let until = now() + TimeDelta::seconds(60);
        limits.remember(RateClass::Heavy, until, true);
        limits.remember(RateClass::Heavy, now() + TimeDelta::seconds(5), false);
        let error = limits.check(RateClass::Heavy, now() + TimeDelta::seconds(59)).unwrap_err();
        assert!(matches!(error, TransportError::RateLimited { until: told, daily: true } if told == until));
        assert!(limits.check(RateClass::Light, now()).is_ok());
        assert!(limits.check(RateClass::Heavy, until).is_ok());
    }

    #[tokio::test]
    async fn a_clock_set_back_does_not_prolong_a_wait() {
        let limits = Limits::new(true);
        limits.remember(RateClass::Heavy, now() + TimeDelta::hours(20), true);
        assert!(limits.check(RateClass::Heavy, now() - TimeDelta::days(365)).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn calls_are_paced_by_class() {
        let limits = Limits::new(true);
        let start = tokio::time::Instant::now();
        for _ in 0..15 {
            limits.turn(RateClass::Heavy).await;
        }
        // Five at once, ten more at five a second.
        assert_eq!(start.elapsed().as_millis() / 100, 20);
        for _ in 0..1000 {
            limits.turn(RateClass::None).await;
        }
        assert_eq!(start.elapsed().as_millis() / 100, 20);
    }

    #[tokio::test(start_paused = true)]
    async fn phone_calls_have_a_pace_of_their_own() {
        let limits = Limits::new(true);
        let start = tokio::time::Instant::now();
        for _ in 0..10 {
            limits.turn(RateClass::PhoneMedium).await;
            limits.turn(RateClass::Medium).await;
        }
        // Five at once, five more at five a second; the ten of the other class go with the first burst.
        assert_eq!(start.elapsed().as_millis() / 100, 10);
        let unpaced = Limits::new(false);
        for _ in 0..1000 {
            unpaced.turn(RateClass::PhoneMedium).await;
        }
        assert_eq!(start.elapsed().as_millis() / 100, 10);
    }

    #[tokio::test(start_paused = true)]
    async fn two_salesforce_calls_at_once_and_no_more() {
        let limits = Limits::new(true);
        let held = futures::future::join_all((0..2).map(|_| limits.turn(RateClass::Salesforce))).await;
        let third = tokio::time::timeout(Duration::from_mins(1), limits.turn(RateClass::Salesforce)).await;
        assert!(third.is_err());
        drop(held);
        assert!(limits.turn(RateClass::Salesforce).await.is_some());
    }
}
