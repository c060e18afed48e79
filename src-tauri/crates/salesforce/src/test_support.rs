//! Answers for unit tests.

use bytes::Bytes;
use liaison_transport::ApiResponse;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// An answer of `GET /test` with this status and body.
pub(crate) fn response(status: u16, body: &str) -> ApiResponse {
    ApiResponse {
        status: StatusCode::from_u16(status).unwrap(),
        headers: HeaderMap::new(),
        body: Bytes::copy_from_slice(body.as_bytes()),
        operation: "GET /test",
    }
}
