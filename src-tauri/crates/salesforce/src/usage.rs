//! How many API calls the org has used: the `Sforce-Limit-Info` header, the only source a user
//! without administrator rights can see (REST guide, "Limit Info Header"). And how many of them
//! were ours.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use liaison_transport::{ApiClient, StatusCode};
use reqwest::header::HeaderMap;

/// What Salesforce answers without counting it.
const FREE: [&str; 3] = ["GET /services/data", "GET /services/oauth2/userinfo", "GET /id/{organization}/{user}"];

/// Calls in the last 24 hours, as the last answer told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiUsage {
    /// Calls of everybody in the org.
    pub used: u64,
    /// The org's limit. It may be passed for a while before calls are refused.
    pub limit: u64,
}

impl ApiUsage {
    /// The share that is used, 0.0 to 1.0 and above.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 52 bits")]
    pub fn share(self) -> f64 {
        if self.limit == 0 { 1.0 } else { self.used as f64 / self.limit as f64 }
    }

    /// What everybody in the org used.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        Self::named(headers, "api-usage=")
    }

    /// What this app used, where an administrator gave it a limit of its own.
    pub(crate) fn read_of_app(headers: &HeaderMap) -> Option<Self> {
        Self::named(headers, "per-app-api-usage=")
    }

    fn named(headers: &HeaderMap, name: &str) -> Option<Self> {
        let value = headers.get("Sforce-Limit-Info")?.to_str().ok()?;
        // `api-usage=18/15000`, possibly among others such as `per-app-api-usage=17/250(appName=x)`.
        let counts = value.split([';', ',']).map(str::trim).find_map(|part| part.strip_prefix(name))?;
        let (used, limit) = counts.split('(').next()?.split_once('/')?;
        Some(Self { used: used.trim().parse().ok()?, limit: limit.trim().parse().ok()? })
    }
}

/// Calls of one client that count against the org's limit, replays included.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallCount(Arc<AtomicU64>);

impl CallCount {
    /// A count of everything that `client` gets an answer to.
    pub(crate) fn of(client: &ApiClient) -> Self {
        let count = Self::default();
        let shared = count.clone();
        client.observe(Arc::new(move |exchange| {
            // A session that is turned down costs nothing.
            if exchange.status != StatusCode::UNAUTHORIZED && !FREE.contains(&exchange.operation) {
                shared.add(1);
            }
        }));
        count
    }

    pub(crate) fn add(&self, calls: u64) {
        self.0.fetch_add(calls, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn read(value: &'static str) -> Option<ApiUsage> {
        let mut headers = HeaderMap::new();
        headers.insert("sforce-limit-info", HeaderValue::from_static(value));
        ApiUsage::read(&headers)
    }

    #[test]
    fn reads_the_header() {
        let usage = ApiUsage { used: 7, limit: 15_000 };
        assert_eq!(read("api-usage=7/15000"), Some(usage));
        assert_eq!(read("per-app-api-usage=3/250(appName=x); api-usage=7/15000"), Some(usage));
        for value in ["", "api-usage=", "api-usage=7", "api-usage=x/y", "api-usage=-1/5"] {
            assert_eq!(read(value), None, "{value}");
        }
        assert_eq!(ApiUsage::read(&HeaderMap::new()), None);
    }

    #[test]
    fn reads_the_apps_own_limit() {
        let mut headers = HeaderMap::new();
        let value = "api-usage=7/15000; per-app-api-usage=3/250(appName=x)";
        headers.insert("sforce-limit-info", HeaderValue::from_static(value));
        assert_eq!(ApiUsage::read_of_app(&headers), Some(ApiUsage { used: 3, limit: 250 }));
        headers.insert("sforce-limit-info", HeaderValue::from_static("api-usage=7/15000"));
        assert_eq!(ApiUsage::read_of_app(&headers), None);
    }

    #[test]
    fn share_of_nothing_is_all() {
        assert!((ApiUsage { used: 1, limit: 4 }.share() - 0.25).abs() < 1e-9);
        assert!((ApiUsage { used: 0, limit: 0 }.share() - 1.0).abs() < 1e-9);
    }
}
