//! How many requests came in, per service, method and route; effects are in the journal instead.
//!
//! Tests read it to prove that retries are bounded. Every complete request counts, also one that a
//! fault script answered or cut off.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde::Serialize;

use crate::faults::{Service, plain};
use crate::locked;

/// The requests of one route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestCount {
    pub service: Service,
    pub method: String,
    /// The path with every id replaced by `{id}`.
    pub route: String,
    pub count: u64,
}

/// Counts of all requests of one run.
#[derive(Debug, Default)]
pub struct Requests {
    counts: Mutex<BTreeMap<(Service, String, String), u64>>,
}

impl Requests {
    pub fn note(&self, service: Service, method: &str, raw_path: &str) {
        let key = (service, method.to_owned(), route_of(&plain(service, raw_path)));
        *locked(&self.counts).entry(key).or_default() += 1;
    }

    /// All counts, sorted by service, method and route.
    pub fn counts(&self) -> Vec<RequestCount> {
        locked(&self.counts)
            .iter()
            .map(|((service, method, route), count)| RequestCount {
                service: *service,
                method: method.clone(),
                route: route.clone(),
                count: *count,
            })
            .collect()
    }

    /// Requests of one service, method and route (as [`RequestCount::route`] spells it).
    pub fn count(&self, service: Service, method: &str, route: &str) -> u64 {
        let key = (service, method.to_owned(), route.to_owned());
        locked(&self.counts).get(&key).copied().unwrap_or_default()
    }

    /// Requests of one service on all routes.
    pub fn total(&self, service: Service) -> u64 {
        locked(&self.counts).iter().filter(|(key, _)| key.0 == service).map(|(_, count)| count).sum()
    }
}

/// Replaces the segments that are ids, so that a route has one name whatever it is asked about.
fn route_of(raw_path: &str) -> String {
    let segments: Vec<&str> =
        raw_path.split('/').map(|segment| if is_id(segment) { "{id}" } else { segment }).collect();
    segments.join("/")
}

/// A number of at least five digits, or a long opaque text with a digit in it.
fn is_id(segment: &str) -> bool {
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    let number = digits >= 5 && digits == segment.len();
    number || (segment.len() >= 15 && digits > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_folded_and_names_are_not() {
        assert_eq!(route_of("/v2/meetings/86412345678/status"), "/v2/meetings/{id}/status");
        assert_eq!(
            route_of("/services/data/v68.0/sobjects/Lead/00Q5f000001AbCdEAB"),
            "/services/data/v68.0/sobjects/Lead/{id}"
        );
        assert_eq!(route_of("/v2/users/me/upcoming_meetings"), "/v2/users/me/upcoming_meetings");
        assert_eq!(route_of("/services/oauth2/token"), "/services/oauth2/token");
    }

    #[test]
    fn counts_are_kept_apart_by_service_and_method() {
        let requests = Requests::default();
        requests.note(Service::Zoom, "GET", "/v2/meetings/86412345678");
        requests.note(Service::Zoom, "GET", "/v2/meetings/86412345679");
        requests.note(Service::Salesforce, "GET", "/services/data");
        assert_eq!(requests.count(Service::Zoom, "GET", "/v2/meetings/{id}"), 2);
        assert_eq!(requests.count(Service::Zoom, "PATCH", "/v2/meetings/{id}"), 0);
        assert_eq!(requests.total(Service::Salesforce), 1);
    }
}
