//! `/oauth/revoke`: ends a token set.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use liaison_sandbox_kernel::locked;
use serde_json::json;

use super::token::{client_of, form_body};
use super::{json_answer, oauth_error, value_of};
use crate::account::Account;

/// `POST` with `token` (and `client_id` for the public client). An unknown token is no error
/// (RFC 7009 §2.2), and the answer does not tell the two apart.
pub(crate) async fn revoke(State(account): State<Arc<Account>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(form) = form_body(&headers, &body) else {
        return oauth_error("Invalid request body", "invalid_request");
    };
    if client_of(&account, &headers, &form).is_none() {
        return oauth_error("Invalid client_id or client_secret", "invalid_client");
    }
    let Some(token) = value_of(&form, "token") else {
        return oauth_error("Missing token", "invalid_request");
    };
    let revoked = locked(&account.oauth).revoke(token);
    if let Some(set) = revoked {
        account.record("token.set_revoked", set, json!({ "reason": "revoked" }));
    }
    json_answer(StatusCode::OK, &json!({ "status": "success" }))
}
