//! Answers that a script knows by name, and what is said about rows that can't be loaded.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::canned::CannedAnswer;

/// Why rows were not loaded: in which of them, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {reason}")]
pub struct RowError {
    /// `meetings[0].start_time` for example.
    pub place: String,
    pub reason: String,
}

impl RowError {
    pub fn new(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { place: place.into(), reason: reason.into() }
    }
}

/// Answers that the services or what stands before them are known to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownAnswer {
    /// A token endpoint that is busy: `unknown_error`, «retry your request».
    TokenRetry,
    /// A token endpoint that this network may not reach: `invalid_grant`, «ip restricted». The grant is good.
    TokenIpRestricted,
    /// A token endpoint that has the same request under way: `invalid_grant`, and the grant is good.
    TokenBeingProcessed,
    /// A grant that is dead.
    TokenDead,
    /// What a company's proxy puts in place of an answer: 403 with JSON that is no service's.
    ProxyForbidden,
    /// 400 with Zoom's code 3000, as for a meeting that may not be looked at.
    ZoomRefused,
    /// 200 with JSON that ends in the middle.
    Undecodable,
}

impl KnownAnswer {
    /// The answer itself.
    pub fn answer(self) -> CannedAnswer {
        let (status, body) = match self {
            Self::TokenRetry => (400, r#"{"error":"unknown_error","error_description":"retry your request"}"#),
            Self::TokenIpRestricted => (400, r#"{"error":"invalid_grant","error_description":"ip restricted"}"#),
            Self::TokenBeingProcessed => {
                (400, r#"{"error":"invalid_grant","error_description":"token request is already being processed"}"#)
            }
            Self::TokenDead => (400, r#"{"error":"invalid_grant","error_description":"expired access/refresh token"}"#),
            Self::ProxyForbidden => (403, r#"{"status":"blocked","reason":"policy","category":"web-conferencing"}"#),
            Self::ZoomRefused => (400, r#"{"code":3000,"message":"Cannot access meeting information."}"#),
            Self::Undecodable => (200, r#"{"uuid":"4444AAAiAAAAAiAiAiiAii==","id":82440633900,"topic":"#),
        };
        CannedAnswer::json(status, body)
    }
}
