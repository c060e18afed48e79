//! One API request on its way to a handler: path parameters, query and body.

use std::collections::BTreeMap;

use axum::body::Bytes;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::answer::Refusal;
use super::meetings::Family;

/// A request whose operation is known.
#[derive(Debug)]
pub(crate) struct Call {
    /// Segments that the pattern captured, in its order and still percent-encoded.
    pub captured: Vec<String>,
    pub query: BTreeMap<String, String>,
    /// The raw path, to tell whether two requests ask for the same list.
    pub path: String,
    pub content_type: String,
    pub body: Bytes,
}

impl Call {
    /// The captured segment at `index`, percent-decoded once.
    pub fn segment(&self, index: usize) -> String {
        let raw = self.captured.get(index).map_or("", String::as_str);
        percent_decode_str(raw).decode_utf8_lossy().into_owned()
    }

    /// A user-level app may name its user `me` and in no other way.
    pub fn require_me(&self) -> Result<(), Refusal> {
        let user = self.segment(0);
        if user == "me" { Ok(()) } else { Err(Refusal::user_does_not_exist(&user)) }
    }

    /// Whether the path is about meetings or about webinars.
    pub fn family(&self) -> Family {
        if self.path.contains("webinars") { Family::Webinar } else { Family::Meeting }
    }

    /// The number of a meeting or webinar in the first captured segment.
    pub fn meeting_id(&self) -> Result<u64, Refusal> {
        let text = self.segment(0);
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = if digits { text.parse().ok() } else { None };
        number.ok_or_else(|| self.family().invalid_id())
    }

    /// A query parameter; an empty one counts as absent, as Zoom treats it.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A boolean query parameter, false when absent.
    pub fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.parameter(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Refusal::invalid_field(name)),
        }
    }

    /// The body as a JSON object.
    pub fn object(&self) -> Result<Map<String, Value>, Refusal> {
        let json = self.content_type.to_ascii_lowercase().starts_with("application/json");
        if !json {
            return Err(Refusal::bad_request(300, "Unsupported Content Type."));
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            _ => Err(Refusal::bad_request(300, "Request Body should be a valid JSON object.")),
        }
    }
}
