//! What join and start links lead to, and the ZAKs inside start links.
//!
//! The links name Zoom's host; their path and query work here as well, so that a test can prove
//! that a start link has died.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;

use super::account::Account;
use super::meetings::Family;
use super::oauth::page_of;
use super::secrets;

/// A start link lives two hours.
pub(crate) const ZAK_HOURS: i64 = 2;

/// Credentials of one kind that are out: ZAKs, or tokens for files.
#[derive(Default)]
pub(crate) struct Passes {
    expiries: HashMap<String, DateTime<Utc>>,
    /// How many there may be before the expired ones are looked for again.
    sweep_at: usize,
}

impl Passes {
    pub fn issue(&mut self, now: DateTime<Utc>, expires_at: DateTime<Utc>) -> String {
        // Not at every one: a client that reads ten thousand meetings gets as many.
        if self.expiries.len() >= self.sweep_at {
            self.expiries.retain(|_, expiry| now < *expiry);
            self.sweep_at = (2 * self.expiries.len()).max(1_024);
        }
        let pass = secrets::token_like();
        self.expiries.insert(pass.clone(), expires_at);
        pass
    }

    pub fn is_valid(&self, pass: &str, now: DateTime<Utc>) -> bool {
        self.expiries.get(pass).is_some_and(|expiry| now < *expiry)
    }
}

/// Lifetime of the ZAK in a start link.
pub(crate) fn start_link_lifetime() -> TimeDelta {
    TimeDelta::hours(ZAK_HOURS)
}

/// `GET /j/{meeting}`: the page that a participant sees.
pub(crate) async fn join(State(account): State<Arc<Account>>, Path(meeting): Path<String>) -> Response {
    match topic_of(&account, &meeting) {
        Some(topic) => page_of(StatusCode::OK, "Join", &topic, "The meeting would open here."),
        None => gone(&meeting),
    }
}

/// `GET /s/{meeting}?zak=…`: the host's page, for two hours after the link was made.
pub(crate) async fn start(
    State(account): State<Arc<Account>>,
    Path(meeting): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let Some(topic) = topic_of(&account, &meeting) else {
        return gone(&meeting);
    };
    let zak = query.get("zak").map(String::as_str).unwrap_or_default();
    if locked(&account.zaks).is_valid(zak, account.now()) {
        page_of(StatusCode::OK, "Start", &topic, "The meeting would start here.")
    } else {
        page_of(StatusCode::FORBIDDEN, "Start", "This link has expired", "Ask for a new one.")
    }
}

fn topic_of(account: &Account, meeting: &str) -> Option<String> {
    let id = meeting.parse().ok()?;
    let books = [Family::Meeting, Family::Webinar].map(|family| account.book(family));
    // The links of a meeting outlive its host.
    books.into_iter().find_map(|book| locked(book).of_account(id, account.now()).ok().map(|event| event.topic.clone()))
}

fn gone(meeting: &str) -> Response {
    let text = format!("Meeting {meeting} does not exist.");
    page_of(StatusCode::NOT_FOUND, "Meeting", "This meeting link is invalid", &text)
}
