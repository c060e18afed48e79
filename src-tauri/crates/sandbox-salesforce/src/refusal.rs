//! What Salesforce says when it says no: a code, a message, the fields it is about, and the HTTP
//! status that goes with the code. The codes are those of the public StatusCode and ExceptionCode
//! enumerations; clients branch on them, so the texts may be our own where the official one is not
//! public.

use serde_json::{Value, json};

/// One refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: &'static str,
    pub message: String,
    pub fields: Vec<String>,
    /// What a duplicate rule has found.
    pub duplicates: Option<Box<Value>>,
}

impl Refusal {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: status_of(code), code, message: message.into(), fields: Vec::new(), duplicates: None }
    }

    #[must_use]
    pub fn on(mut self, field: impl Into<String>) -> Self {
        self.fields.push(field.into());
        self
    }

    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The body of a failed single request: an array with `errorCode`.
    pub fn body(&self) -> Value {
        let mut error = json!({ "message": self.message, "errorCode": self.code });
        if !self.fields.is_empty() {
            error["fields"] = json!(self.fields);
        }
        json!([self.with_duplicates(error)])
    }

    /// The error inside a collection's row: `statusCode`, and `fields` always present.
    pub fn row_error(&self) -> Value {
        self.with_duplicates(json!({ "statusCode": self.code, "message": self.message, "fields": self.fields }))
    }

    /// The name of the entry is misspelt by Salesforce itself.
    fn with_duplicates(&self, mut error: Value) -> Value {
        if let Some(duplicates) = &self.duplicates {
            error["duplicateResut"] = (**duplicates).clone();
        }
        error
    }

    pub fn not_found() -> Self {
        Self::new("NOT_FOUND", "The requested resource does not exist")
    }

    pub fn no_such_type(object: &str) -> Self {
        Self::new("INVALID_TYPE", format!("sObject type '{object}' is not supported."))
    }

    pub fn no_such_column(field: &str, object: &str) -> Self {
        Self::new("INVALID_FIELD", format!("No such column '{field}' on sobject of type {object}"))
    }

    pub fn deleted() -> Self {
        Self::new("ENTITY_IS_DELETED", "entity is deleted")
    }

    /// An id that is well formed and nobody's.
    pub fn no_such_record() -> Self {
        Self::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
    }

    pub fn parser(message: impl Into<String>) -> Self {
        Self::new("JSON_PARSER_ERROR", message)
    }

    pub fn integrity(field: &str, message: impl Into<String>) -> Self {
        Self::new("FIELD_INTEGRITY_EXCEPTION", message).on(field)
    }

    pub fn missing(fields: &[&str]) -> Self {
        let mut refusal =
            Self::new("REQUIRED_FIELD_MISSING", format!("Required fields are missing: [{}]", fields.join(", ")));
        refusal.fields = fields.iter().map(ToString::to_string).collect();
        refusal
    }
}

/// The HTTP status of a code in an answer to a single request.
fn status_of(code: &str) -> u16 {
    match code {
        "INVALID_SESSION_ID" | "INVALID_AUTH_HEADER" => 401,
        "REQUEST_LIMIT_EXCEEDED" | "API_DISABLED_FOR_ORG" | "FUNCTIONALITY_NOT_ENABLED" => 403,
        "NOT_FOUND" | "ENTITY_IS_DELETED" => 404,
        "METHOD_NOT_ALLOWED" => 405,
        "410:GONE" => 410,
        "PRECONDITION_FAILED" => 412,
        "UNSUPPORTED_MEDIA_TYPE" => 415,
        _ => 400,
    }
}
