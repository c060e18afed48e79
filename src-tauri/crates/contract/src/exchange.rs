//! One request as it went over the wire, and its answer.

use axum::http::HeaderMap;
use serde_json::Value;

/// What the relay saw. It stays in memory and is shown to nobody but the checks.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub method: String,
    /// Percent-encoded, as it was sent, without the query.
    pub path: String,
    /// Decoded.
    pub query: Vec<(String, String)>,
    pub request: Vec<u8>,
    pub status: u16,
    pub answer: Vec<u8>,
    /// Of the answer.
    pub headers: HeaderMap,
    /// The client's own name of the call, `GET /meetings/{meetingId}`; `None` when no typed client made it.
    pub operation: Option<&'static str>,
}

impl Exchange {
    /// Whether the service did what it was asked for.
    pub fn succeeded(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The answer as JSON, when it is that.
    pub fn answer_json(&self) -> Option<Value> {
        serde_json::from_slice(&self.answer).ok()
    }

    /// The request's body as JSON, when it is that.
    pub fn request_json(&self) -> Option<Value> {
        serde_json::from_slice(&self.request).ok()
    }
}
