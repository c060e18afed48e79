//! Answers that a fault script puts in place of the service's own. What they are put in place of is
//! in [`crate::faults`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::faults::FaultRuleError;
use crate::script::KnownAnswer;

/// An answer in place of the service's own. As JSON it may name a [`KnownAnswer`] instead of a status, and its body
/// may be any JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AnswerForm")]
pub struct CannedAnswer {
    pub status: u16,
    pub body: String,
    /// `application/json` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    pub headers: BTreeMap<String, String>,
}

/// An answer as a script writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerForm {
    known: Option<KnownAnswer>,
    status: Option<u16>,
    body: Option<serde_json::Value>,
    content_type: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

impl TryFrom<AnswerForm> for CannedAnswer {
    type Error = FaultRuleError;

    fn try_from(form: AnswerForm) -> Result<Self, FaultRuleError> {
        let mut answer = match (form.known, form.status) {
            (Some(known), _) => known.answer(),
            (None, Some(status)) => Self::json(status, ""),
            (None, None) => return Err(FaultRuleError::NoStatus),
        };
        answer.status = form.status.unwrap_or(answer.status);
        answer.body = match form.body {
            None => answer.body,
            Some(serde_json::Value::String(text)) => text,
            Some(json) => json.to_string(),
        };
        answer.content_type = form.content_type.or(answer.content_type);
        answer.headers.extend(form.headers);
        Ok(answer)
    }
}

impl CannedAnswer {
    /// A JSON answer without extra headers.
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self { status, body: body.into(), content_type: None, headers: BTreeMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_known_by_name_or_written_out_with_any_body() {
        let read = |json: serde_json::Value| serde_json::from_value::<CannedAnswer>(json);
        let known = read(serde_json::json!({ "known": "token_ip_restricted" })).unwrap();
        assert_eq!((known.status, known.body.contains("ip restricted")), (400, true));
        let other = read(serde_json::json!({ "known": "proxy_forbidden", "status": 407 })).unwrap();
        assert_eq!((other.status, other.body.is_empty()), (407, false));
        let written = read(serde_json::json!({ "status": 400, "body": { "code": 3000 } })).unwrap();
        assert_eq!(written.body, r#"{"code":3000}"#);
        assert!(read(serde_json::json!({ "body": "x" })).unwrap_err().to_string().contains("status"));
        assert!(read(serde_json::json!({ "known": "nonsense" })).is_err());
        let again = read(serde_json::to_value(&written).unwrap()).unwrap();
        assert_eq!(again, written);
    }
}
