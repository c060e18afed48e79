//! One call of the data API, free of HTTP: composite and batch make calls of their own from bodies.

use axum::http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::refusal::Refusal;

/// Oldest and newest version that the org answers.
pub const OLDEST: u32 = 31;
pub const NEWEST: u32 = 68;

/// A version such as 68, shown as `v68.0` in paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32);

impl Version {
    /// Reads `v68.0`; retired versions are gone, unknown ones were never there.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let number =
            text.strip_prefix('v').and_then(|rest| rest.strip_suffix(".0")).and_then(|digits| digits.parse().ok());
        match number {
            Some(number) if (OLDEST..=NEWEST).contains(&number) => Ok(Self(number)),
            Some(number) if (7..OLDEST).contains(&number) => {
                Err(Refusal::new("410:GONE", format!("API version {number}.0 has been retired")))
            }
            _ => Err(Refusal::not_found()),
        }
    }

    pub fn path(self) -> String {
        format!("v{}.0", self.0)
    }
}

/// Method, place, parameters and body of a call.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: Method,
    pub version: Version,
    /// The path below the version, decoded, without a slash at the end.
    pub segments: Vec<String>,
    pub parameters: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Body,
}

/// The body as it came.
#[derive(Debug, Clone)]
pub enum Body {
    Bytes(bytes::Bytes),
    Json(Value),
}

impl Call {
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// `/services/data/v68.0`.
    pub fn base(&self) -> String {
        format!("/services/data/{}", self.version.path())
    }

    pub fn is_read(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }

    /// The body as JSON.
    pub fn json(&self) -> Result<Value, Refusal> {
        match &self.body {
            Body::Json(value) => Ok(value.clone()),
            Body::Bytes(bytes) => {
                let kind = self.header("content-type").unwrap_or("application/json").to_ascii_lowercase();
                if !kind.starts_with("application/json") {
                    let text = format!("Content-Type '{kind}' is not supported");
                    return Err(Refusal::new("UNSUPPORTED_MEDIA_TYPE", text));
                }
                serde_json::from_slice(bytes).map_err(|error| {
                    Refusal::parser(format!(
                        "Unexpected character or end of input at [line:{}, column:{}]",
                        error.line(),
                        error.column()
                    ))
                })
            }
        }
    }

    /// The body as a JSON object.
    pub fn object(&self) -> Result<Map<String, Value>, Refusal> {
        match self.json()? {
            Value::Object(map) => Ok(map),
            Value::Array(_) => {
                Err(Refusal::parser("Can not deserialize SObject out of START_ARRAY token at [line:1, column:1]"))
            }
            _ => Err(Refusal::parser("Can not deserialize SObject out of this token at [line:1, column:1]")),
        }
    }

    pub fn not_allowed(&self, allowed: &str) -> Refusal {
        let text = format!("HTTP Method '{}' not allowed. Allowed are {allowed}", self.method);
        Refusal::new("METHOD_NOT_ALLOWED", text)
    }
}

/// The answer to a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<Value>,
    /// CSV in place of JSON, as bulk results are.
    pub csv: Option<bytes::Bytes>,
}

impl Reply {
    pub fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Some(body), csv: None }
    }

    pub fn ok(body: Value) -> Self {
        Self::json(200, body)
    }

    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: None, csv: None }
    }

    pub fn csv(content: Vec<u8>) -> Self {
        Self { status: 200, headers: Vec::new(), body: None, csv: Some(content.into()) }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Self::json(refusal.status, refusal.body())
    }
}

/// Splits a path below `/services/data/` into its version and the decoded rest. Slashes at the end
/// do not matter.
pub fn split_path(path: &str) -> (String, Vec<String>) {
    let mut parts = path.trim_end_matches('/').split('/').filter(|part| !part.is_empty());
    let version = parts.next().unwrap_or_default().to_owned();
    let decoded = parts.map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned()).collect();
    (version, decoded)
}

/// Decodes a query string; `+` and `%20` are both a space.
pub fn split_query(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_a_past() {
        assert_eq!(Version::parse("v68.0"), Ok(Version(68)));
        assert_eq!(Version::parse("v31.0"), Ok(Version(31)));
        assert_eq!(Version::parse("v30.0").unwrap_err().status, 410);
        assert_eq!(Version::parse("v69.0").unwrap_err().status, 404);
        assert_eq!(Version::parse("68.0").unwrap_err().status, 404);
    }

    #[test]
    fn paths_are_decoded_after_they_are_split() {
        let (version, rest) = split_path("v68.0/sobjects/Task/Liaison_Key__c/a%2Fb%20c%3D%3D/");
        assert_eq!(version, "v68.0");
        assert_eq!(rest, ["sobjects", "Task", "Liaison_Key__c", "a/b c=="]);
    }
}
