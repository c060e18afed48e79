//! A look at every call that got an answer, for contract checks and counters.

use std::sync::Arc;

use reqwest::{Method, StatusCode};

use crate::http::RequestBody;

/// One request and its answer. The bodies hold personal data and passcodes: an
/// observer must not log or keep them. Token endpoints never show up here.
pub struct Exchange<'a> {
    pub operation: &'static str,
    pub method: &'a Method,
    pub status: StatusCode,
    pub query: &'a [(String, String)],
    pub request_body: &'a RequestBody,
    pub response_body: &'a [u8],
    /// Counts from 1; a repetition of the same call has a higher number.
    pub attempt: u32,
}

/// Called once per answer, on the task that made the call: be quick.
pub type Observer = Arc<dyn Fn(&Exchange<'_>) + Send + Sync>;
