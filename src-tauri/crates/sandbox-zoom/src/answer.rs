//! What the Zoom API answers with: a body, nothing at all, or a refusal with code and message.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::files::File;

/// A successful answer.
pub(crate) struct Answer {
    status: StatusCode,
    body: Content,
}

/// What an answer consists of.
enum Content {
    Nothing,
    Json(Value),
    File(File),
    /// The address at which it really is.
    Elsewhere(String),
}

impl Answer {
    pub fn ok(body: Value) -> Self {
        Self { status: StatusCode::OK, body: Content::Json(body) }
    }

    pub fn created(body: Value) -> Self {
        Self { status: StatusCode::CREATED, body: Content::Json(body) }
    }

    pub fn file(file: File) -> Self {
        Self { status: StatusCode::OK, body: Content::File(file) }
    }

    /// 302.
    pub fn elsewhere(address: String) -> Self {
        Self { status: StatusCode::FOUND, body: Content::Elsewhere(address) }
    }

    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: Content::Nothing }
    }
}

/// What every handler returns.
pub(crate) type Outcome = Result<Answer, Refusal>;

/// One wrong field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldError {
    /// Dotted path, `settings.approval_type`.
    pub field: String,
    pub message: String,
}

/// A refusal: HTTP status, Zoom's own code and text.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    code: i64,
    message: String,
    errors: Vec<FieldError>,
    headers: Vec<(HeaderName, String)>,
}

impl Refusal {
    pub fn new(status: StatusCode, code: i64, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), errors: Vec::new(), headers: Vec::new() }
    }

    pub fn bad_request(code: i64, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// 400/300 with the fields that are wrong.
    pub fn validation(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::bad_request(300, "Validation Failed.") }
    }

    /// 400/300 about one field.
    pub fn invalid_field(field: &str) -> Self {
        let error = FieldError { field: field.to_owned(), message: "Invalid field.".to_owned() };
        Self::validation(vec![error])
    }

    /// 401/124.
    pub fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 124, message)
    }

    /// 400/4711.
    pub fn lacking_scope(scope: &str) -> Self {
        Self::bad_request(4711, format!("Invalid access token, does not contain scopes:[{scope}]."))
    }

    pub fn user_does_not_exist(user: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, 1001, format!("User does not exist: {user}."))
    }

    pub fn meeting_does_not_exist(meeting: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, 3001, format!("Meeting does not exist: {meeting}."))
    }

    /// The gateway's answer for a path or method that is no operation.
    pub fn unknown_endpoint() -> Self {
        Self::new(StatusCode::NOT_FOUND, 2300, "This API endpoint is not recognized.")
    }

    /// What a person reads of it: the text and the fields that are wrong.
    pub fn text(&self) -> String {
        let fields = self.errors.iter().map(|error| format!(" {}: {}", error.field, error.message));
        fields.fold(self.message.clone(), |text, field| text + &field)
    }

    pub fn code(&self) -> i64 {
        self.code
    }

    pub fn with_code(mut self, code: i64) -> Self {
        self.code = code;
        self
    }

    pub fn with_header(mut self, name: HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// `application/json` with the spelling of the charset that Zoom uses.
fn json_response(status: StatusCode, body: &Value) -> Response {
    let content_type = "application/json;charset=UTF-8";
    (status, [(header::CONTENT_TYPE, content_type)], body.to_string()).into_response()
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self.body {
            Content::Json(body) => json_response(self.status, &body),
            Content::Nothing => self.status.into_response(),
            Content::File(file) => (self.status, [(header::CONTENT_TYPE, file.media_type)], file.bytes).into_response(),
            Content::Elsewhere(address) => (self.status, [(header::LOCATION, address)]).into_response(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut body = Map::new();
        body.insert("code".to_owned(), self.code.into());
        body.insert("message".to_owned(), self.message.into());
        if !self.errors.is_empty() {
            let errors = self.errors.into_iter();
            let errors = errors.map(|error| json!({"field": error.field, "message": error.message}));
            body.insert("errors".to_owned(), errors.collect());
        }
        let mut response = json_response(self.status, &Value::Object(body));
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}
