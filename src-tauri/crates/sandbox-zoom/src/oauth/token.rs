//! `/oauth/token`: codes for tokens, refresh tokens for new ones.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use liaison_sandbox_kernel::locked;
use serde_json::json;

use super::{ClientKind, form_of, issue, json_answer, oauth_error, token_answer, value_of};
use crate::account::Account;

/// `POST`, form-encoded. Parameters in the query are not looked at.
pub(crate) async fn exchange(State(account): State<Arc<Account>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(form) = form_body(&headers, &body) else {
        return oauth_error("Invalid request body", "invalid_request");
    };
    let Some(client) = client_of(&account, &headers, &form) else {
        return oauth_error("Invalid client_id or client_secret", "invalid_client");
    };
    match value_of(&form, "grant_type") {
        Some("authorization_code") => redeem(&account, client, &form),
        Some("refresh_token") => refresh(&account, &form),
        Some("client_credentials" | "account_credentials") => own_token(&account, client),
        _ => oauth_error("unsupported grant type", "unsupported_grant_type"),
    }
}

/// The form of a request with the right content type.
pub(crate) fn form_body(headers: &HeaderMap, body: &Bytes) -> Option<Vec<(String, String)>> {
    let content_type = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let form = content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded");
    if form { form_of(body) } else { None }
}

/// Who is asking: the public client by its id alone, the ordinary one by a Basic header alone.
pub(crate) fn client_of(account: &Account, headers: &HeaderMap, form: &[(String, String)]) -> Option<ClientKind> {
    if value_of(form, "client_secret").is_some() {
        return None;
    }
    let named = value_of(form, "client_id").map(|id| account.clients.kind_of(id));
    let Some(authorization) = headers.get(header::AUTHORIZATION) else {
        return named?.filter(|kind| *kind == ClientKind::Public);
    };
    let encoded = authorization.to_str().ok()?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let confidential = &account.clients.confidential;
    let right = id == confidential.id && secret == confidential.secret;
    let consistent = named.is_none_or(|kind| kind == Some(ClientKind::Confidential));
    (right && consistent).then_some(ClientKind::Confidential)
}

fn redeem(account: &Account, client: ClientKind, form: &[(String, String)]) -> Response {
    let code = value_of(form, "code").unwrap_or_default();
    let Some(consent) = locked(&account.oauth).take_code(code, account.now()) else {
        return oauth_error(&format!("Invalid authorization code {code}"), "invalid_request");
    };
    if consent.client != client {
        return oauth_error(&format!("Invalid authorization code {code}"), "invalid_request");
    }
    // Without the freedom of the port: the code belongs to the listener that asked for it.
    if value_of(form, "redirect_uri") != Some(&consent.redirect_uri) {
        return oauth_error("Redirect URI mismatch.", "invalid_request");
    }
    let verifier = value_of(form, "code_verifier").unwrap_or_default();
    if consent.challenge.as_ref().is_some_and(|challenge| !challenge.is_met_by(verifier)) {
        return oauth_error("Invalid code_verifier", "invalid_grant");
    }
    token_answer(account, &issue(account, consent.scopes))
}

/// A token for the app itself, without a refresh token; only for a client with a secret.
fn own_token(account: &Account, client: ClientKind) -> Response {
    if client != ClientKind::Confidential {
        return oauth_error("unsupported grant type", "unsupported_grant_type");
    }
    let lifetime = account.shared.config.zoom_token_seconds;
    let token = locked(&account.oauth).issue_app_token(account.now(), lifetime);
    let body = json!({
        "access_token": token,
        "token_type": "bearer",
        "expires_in": lifetime,
        "scope": "marketplace:write:websocket_connection",
        "api_url": account.urls.zoom,
    });
    json_answer(StatusCode::OK, &body)
}

fn refresh(account: &Account, form: &[(String, String)]) -> Response {
    let token = value_of(form, "refresh_token").unwrap_or_default();
    let lifetime = account.shared.config.zoom_token_seconds;
    let rotated = locked(&account.oauth).refresh(token, account.now(), lifetime);
    match rotated {
        Some(issued) => {
            account.record("token.refreshed", issued.set.clone(), json!({}));
            token_answer(account, &issued)
        }
        None => oauth_error("Invalid Token!", "invalid_grant"),
    }
}
