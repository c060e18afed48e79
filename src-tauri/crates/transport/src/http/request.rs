//! One API call as a value.

use std::fmt;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

/// The rate limit a call counts against. Zoom labels each endpoint (Zoom's page
/// "Rate limits"); Salesforce limits calls in flight and calls per day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateClass {
    Light,
    Medium,
    Heavy,
    ResourceIntensive,
    /// Zoom Phone counts apart from the rest of Zoom, and allows less.
    PhoneLight,
    PhoneMedium,
    PhoneHeavy,
    Salesforce,
    /// Not limited on this side.
    None,
}

/// What a call carries.
#[derive(Clone, PartialEq)]
pub enum RequestBody {
    Empty,
    Json(Value),
    Form(Vec<(String, String)>),
    Text { content_type: &'static str, body: String },
}

/// Bodies hold names, numbers and passcodes, so only the kind is shown.
impl fmt::Debug for RequestBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "Empty",
            Self::Json(_) => "Json(…)",
            Self::Form(_) => "Form(…)",
            Self::Text { .. } => "Text(…)",
        })
    }
}

/// An API call, ready to be sent any number of times.
#[derive(Clone)]
pub struct ApiRequest {
    pub method: Method,
    /// The route with its placeholders, such as `GET /meetings/{meetingId}`:
    /// for logs, counters and contract checks. Never the real path.
    pub operation: &'static str,
    /// Percent-encoded, begins with `/`, joined to the path of the base URL.
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: RequestBody,
    /// Whether sending it twice does no more than sending it once. Only such a
    /// call is repeated here.
    pub idempotent: bool,
    pub rate: RateClass,
    /// Whether the service counts this call for one object as well (Zoom: three registrations of a person a
    /// day). A limit that is not the general one is then left to the caller and stops no other call.
    pub own_limits: bool,
    /// Longest time for the whole call, when it differs from the client's.
    pub total_timeout: Option<Duration>,
}

impl ApiRequest {
    /// A call without query, body or headers. It is taken as idempotent when the
    /// method is, by RFC 9110 §9.2.2.
    pub fn new(method: Method, operation: &'static str, path: impl Into<String>) -> Self {
        let idempotent = method.is_idempotent();
        Self {
            method,
            operation,
            path: path.into(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: RequestBody::Empty,
            idempotent,
            rate: RateClass::None,
            own_limits: false,
            total_timeout: None,
        }
    }

    pub fn get(operation: &'static str, path: impl Into<String>) -> Self {
        Self::new(Method::GET, operation, path)
    }

    pub fn post(operation: &'static str, path: impl Into<String>) -> Self {
        Self::new(Method::POST, operation, path)
    }

    pub fn put(operation: &'static str, path: impl Into<String>) -> Self {
        Self::new(Method::PUT, operation, path)
    }

    pub fn patch(operation: &'static str, path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, operation, path)
    }

    pub fn delete(operation: &'static str, path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, operation, path)
    }

    /// Says that the service counts this call for one object as well.
    #[must_use]
    pub fn own_limits(mut self) -> Self {
        self.own_limits = true;
        self
    }

    /// Adds one query parameter; it is encoded when sent.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a query parameter when there is a value.
    #[must_use]
    pub fn query_opt(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Sets a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sends JSON.
    #[must_use]
    pub fn json(mut self, body: Value) -> Self {
        self.body = RequestBody::Json(body);
        self
    }

    /// Sends form fields.
    #[must_use]
    pub fn form(mut self, fields: Vec<(String, String)>) -> Self {
        self.body = RequestBody::Form(fields);
        self
    }

    /// Sends text of the given type, such as `text/csv`.
    #[must_use]
    pub fn text(mut self, content_type: &'static str, body: String) -> Self {
        self.body = RequestBody::Text { content_type, body };
        self
    }

    /// Says whether a repetition does no harm, where the method alone is wrong
    /// about it (an upsert by key sent as PATCH, a query sent as POST).
    #[must_use]
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }

    #[must_use]
    pub fn rate(mut self, rate: RateClass) -> Self {
        self.rate = rate;
        self
    }

    /// Gives the whole call, its answer included, another limit than the
    /// client's: large collections need 120 s.
    #[must_use]
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.total_timeout = Some(limit);
        self
    }
}

/// Path, query and body may hold personal data, so only the route is shown.
impl fmt::Debug for ApiRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ApiRequest")
            .field("operation", &self.operation)
            .field("idempotent", &self.idempotent)
            .field("rate", &self.rate)
            .finish_non_exhaustive()
    }
}
