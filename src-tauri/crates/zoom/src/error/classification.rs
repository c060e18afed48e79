//! From Zoom's status, code and text to a kind.
//!
//! Zoom's codes are coarse: 300 is any bad value, 200 any missing right or plan, 429 four
//! different limits. Where one code means several things the text decides, and an unknown text
//! falls back to the most careful kind. Source: the error lists in Zoom's API reference, and its
//! page "Rate limits".

use chrono::{DateTime, Utc};
use liaison_transport::{ApiResponse, retry_after};
use reqwest::StatusCode;
use serde_json::Value;

use super::{ErrorKind, FieldError, Refusal, ServerText};

/// Longest part of a server's text that is kept.
const MESSAGE_CHARACTERS: usize = 2_000;

/// How many field errors of one answer are kept.
const MOST_FIELDS: usize = 50;

/// The error body `{"code", "message", "errors"}`, as far as it is there.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    pub code: Option<i64>,
    pub message: Option<String>,
    fields: Vec<FieldError>,
}

impl Envelope {
    /// The error in `body`, or nothing if the body is no error of Zoom's (HTML, another shape). One
    /// odd part does not hide the others.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let Ok(Value::Object(body)) = serde_json::from_slice(body) else {
            return None;
        };
        let code = match body.get("code") {
            Some(Value::Number(number)) => number.as_i64(),
            Some(Value::String(digits)) => digits.trim().parse().ok(),
            _ => None,
        };
        let message = body.get("message").and_then(Value::as_str).map(cut);
        if code.is_none() && message.is_none() {
            return None;
        }
        let errors = body.get("errors").and_then(Value::as_array);
        let fields = errors.into_iter().flatten().take(MOST_FIELDS).filter_map(field_error).collect();
        Some(Self { code, message, fields })
    }
}

fn field_error(error: &Value) -> Option<FieldError> {
    let text = |name| error.get(name).and_then(Value::as_str);
    let message = ServerText::new(text("message").map(cut).unwrap_or_default());
    text("field").map(|field| FieldError { field: cut(field), message })
}

fn cut(text: &str) -> String {
    text.chars().take(MESSAGE_CHARACTERS).collect()
}

/// Classifies an error answer. `envelope` is what [`Envelope::read`] found in its body.
pub(crate) fn classify(response: &ApiResponse, envelope: Option<Envelope>, now_utc: DateTime<Utc>) -> Refusal {
    let envelope = envelope.unwrap_or_default();
    let message = envelope.message.unwrap_or_default();
    let mut kind = match envelope.code {
        Some(code) => of_code(response, code, &message),
        None => of_status(response, &message),
    };
    if let ErrorKind::RateLimited { until_utc } = &mut kind {
        *until_utc = retry_after(&response.headers, now_utc);
    }
    Refusal {
        operation: response.operation,
        status: response.status,
        code: envelope.code,
        message: ServerText::new(message),
        fields: envelope.fields,
        kind,
    }
}

/// Without a code the answer need not be Zoom's: a proxy's 404 must not look like a deleted meeting,
/// nor its 401 like the end of the sign-in.
fn of_status(response: &ApiResponse, message: &str) -> ErrorKind {
    match response.status {
        StatusCode::TOO_MANY_REQUESTS => limit(response, &message.to_ascii_lowercase()),
        status if status.is_server_error() => ErrorKind::Server,
        // Zoom's words for what somebody shares with the user and not with the app; they are told without a code.
        StatusCode::FORBIDDEN if message.to_ascii_lowercase().contains("not permitted access") => ErrorKind::Forbidden,
        _ => ErrorKind::Other,
    }
}

fn of_code(response: &ApiResponse, code: i64, message: &str) -> ErrorKind {
    let text = message.to_ascii_lowercase();
    match (response.status, code) {
        (_, 4711) => ErrorKind::ScopeMissing { scopes: scopes(message) },
        (StatusCode::TOO_MANY_REQUESTS, _) | (_, 429) => limit(response, &text),
        (StatusCode::UNAUTHORIZED, _) | (_, 124 | 4700 | 4741) => ErrorKind::TokenRejected,
        (status, _) if status.is_server_error() => ErrorKind::Server,
        (_, 300 | 400) if text.contains("page token") => ErrorKind::PageTokenExpired,
        // The gateway knows no such address: nothing is said about any meeting.
        (_, 2300) => ErrorKind::Other,
        (StatusCode::NOT_FOUND, _) | (_, 1001 | 1010 | 3001 | 3079 | 3301) => ErrorKind::NotFound,
        (_, 3161) => ErrorKind::NotLicensed,
        (_, 200) if speaks_of_a_plan(&text) => ErrorKind::NotLicensed,
        (StatusCode::FORBIDDEN, _) | (_, 200) => ErrorKind::Forbidden,
        (_, 300 | 404 | 3000) if speaks_of_no_registration(&text) => ErrorKind::RegistrationOff,
        (_, 3027 | 3034) => ErrorKind::CannotRegister,
        (_, 3035 | 3043) => ErrorKind::CapacityReached,
        (_, 3038) => ErrorKind::RegistrationClosed,
        (_, 300 | 301) => ErrorKind::Validation,
        _ => ErrorKind::Other,
    }
}

fn speaks_of_no_registration(text: &str) -> bool {
    ["registration has not been enabled", "not have registration", "not registration required"]
        .iter()
        .any(|words| text.contains(words))
}

fn speaks_of_a_plan(text: &str) -> bool {
    ["paid", "plan is missing", "subscribe", "license"].iter().any(|word| text.contains(word))
}

/// The limits share status and code. The per-user one of 100 changes is recognised by its number
/// or by naming meeting changes; the others are answered alike.
fn limit(response: &ApiResponse, text: &str) -> ErrorKind {
    if speaks_of_edits(text) {
        return ErrorKind::DailyEditLimit;
    }
    if let Some(kind) = registrant_limit(response, text) {
        return kind;
    }
    ErrorKind::RateLimited { until_utc: None }
}

/// Zoom words it in two ways: "daily rate limit(100) of Meeting Create/Update" and "A maximum of 100 meetings can be
/// created/updated for a single user in one day".
fn speaks_of_edits(text: &str) -> bool {
    let of_the_day = ["in one day", "a day", "per day", "daily"].iter().any(|words| text.contains(words));
    let of_events = text.contains("meetings") || text.contains("webinars");
    text.contains("create/update")
        || text.contains("limit(100)")
        || (of_the_day && of_events && (text.contains("created") || text.contains("updated")))
}

/// The quotas of one person on one event have the headers of the general limits but not their words; which quota
/// it is, what was asked tells.
fn registrant_limit(response: &ApiResponse, text: &str) -> Option<ErrorKind> {
    let general = text.contains("rate limit for this api") || text.contains("concurrent");
    let kind = response.headers.get("x-ratelimit-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if general || kind.eq_ignore_ascii_case("qps") || text.is_empty() {
        return None;
    }
    match response.operation {
        operation if operation.ends_with("/registrants/status") => Some(ErrorKind::RegistrantStatusLimit),
        operation if operation.starts_with("POST ") && operation.ends_with("registrants") => {
            Some(ErrorKind::RegistrantLimit)
        }
        _ => None,
    }
}

/// The scope names in "… does not contain scopes:[a, b]."
fn scopes(message: &str) -> Vec<String> {
    let Some((_, rest)) = message.split_once('[') else {
        return Vec::new();
    };
    rest.split(']')
        .next()
        .unwrap_or_default()
        .split([',', ' '])
        .map(str::trim)
        .filter(|scope| !scope.is_empty() && scope.len() <= 100)
        .take(20)
        .map(str::to_owned)
        .collect()
}
