//! A complete answer.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::error::{DecodeProblem, TransportError};
use crate::http::retry_after::parse_http_date;

/// An answer whose body has arrived completely.
#[derive(Clone)]
pub struct ApiResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub operation: &'static str,
}

impl ApiResponse {
    /// The body as `T`.
    ///
    /// # Errors
    /// [`TransportError::Decode`] names the field; [`TransportError::Interrupted`]
    /// when the text stops in the middle, which a server without a length can do
    /// unnoticed.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, TransportError> {
        let decode = |field: String, problem| TransportError::Decode { operation: self.operation, field, problem };
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Err(decode(".".to_owned(), DecodeProblem::Empty));
        }
        let mut reader = serde_json::Deserializer::from_slice(&self.body);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let field = printable(&error.path().to_string(), 120);
            match error.inner().classify() {
                Category::Eof | Category::Io => TransportError::Interrupted,
                Category::Syntax => decode(field, DecodeProblem::Syntax),
                Category::Data => decode(field, DecodeProblem::Shape),
            }
        })?;
        match reader.end() {
            Ok(()) => Ok(value),
            Err(_) => Err(decode(".".to_owned(), DecodeProblem::Syntax)),
        }
    }

    /// The time on the server when it answered, from its `Date` header.
    pub fn server_date(&self) -> Option<DateTime<Utc>> {
        parse_http_date(self.headers.get(DATE)?.to_str().ok()?)
    }

    /// The media type in lower case without its parameters; empty when absent.
    pub fn media_type(&self) -> String {
        media_type(&self.headers)
    }
}

/// Headers and body may hold secrets, so only the status is shown.
impl std::fmt::Debug for ApiResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ApiResponse")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The media type of an answer, fit for a message: lower case, printable, short.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = value.unwrap_or_default().split(';').next().unwrap_or_default();
    printable(kind.trim(), 80).to_ascii_lowercase()
}

/// Text from a server made harmless for a log: printable ASCII, cut to `limit`.
pub(crate) fn printable(text: &str, limit: usize) -> String {
    text.chars().filter(|character| character.is_ascii_graphic() || *character == ' ').take(limit).collect()
}
