//! Zoom as its user meets it in a browser: the same operations without a token, a scope or a limit. An app's sign-in
//! is not touched by it, as it is by a second sign-in.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, Response, Uri};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde_json::Value;

use super::answer::Refusal;
use super::call::Call;
use super::{Zoom, operations};

impl Zoom {
    /// Does what the user asks for in Zoom's own pages. `path` begins behind `/v2` and may have a query.
    ///
    /// # Errors
    /// The status and the body with which the operation refuses.
    pub async fn in_person(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, (u16, Value)> {
        let response = self.performed(method, path, body).unwrap_or_else(IntoResponse::into_response);
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
        let answer = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        if status.is_success() { Ok(answer) } else { Err((status.as_u16(), answer)) }
    }

    fn performed(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Response<Body>, Refusal> {
        let method: Method = method.parse().map_err(|_| Refusal::unknown_endpoint())?;
        let uri: Uri = path.parse().map_err(|_| Refusal::unknown_endpoint())?;
        let (operation, captured) = operations::find(&method, uri.path()).ok_or_else(Refusal::unknown_endpoint)?;
        let query: BTreeMap<String, String> =
            url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let call = Call {
            captured,
            query,
            path: format!("/v2{}", uri.path()),
            content_type: "application/json".to_owned(),
            body: body.map(|body| Bytes::from(body.to_string())).unwrap_or_default(),
        };
        (operation.handler)(&self.account, &call).map(IntoResponse::into_response)
    }
}
