//! The token endpoint and revocation.

use axum::extract::{RawForm, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::Salesforce;
use super::super::call::split_query;
use super::super::org::CLIENT_ID;
use super::grants::{Redeemed, Refreshed, Request, Tokens};
use crate::locked;

/// Lengths of a code verifier. RFC 7636 stops at 128; Salesforce's own tools send 171.
const VERIFIER_LENGTHS: std::ops::RangeInclusive<usize> = 43..=256;

struct TokenError {
    error: &'static str,
    description: &'static str,
}

const fn refused(error: &'static str, description: &'static str) -> TokenError {
    TokenError { error, description }
}

/// Starts a family of tokens and writes it down in the journal.
pub fn grant(salesforce: &Salesforce, scope: Vec<String>) -> (Tokens, String) {
    let org = salesforce.org().id;
    let (tokens, family, displaced) = locked(&salesforce.inner.grants).start(org.short(), scope, salesforce.now());
    if let Some(displaced) = displaced {
        salesforce.journal("token.family_revoked", &displaced, json!({ "reason": "sixth_approval" }));
    }
    salesforce.journal("token.issued", &family, json!({ "scope": tokens.scope }));
    (tokens, family)
}

/// `POST /services/oauth2/token`.
pub async fn token(State(salesforce): State<Salesforce>, headers: HeaderMap, form: RawForm) -> Response {
    let RawForm(bytes) = form;
    let parameters: Vec<(String, String)> = url::form_urlencoded::parse(&bytes).into_owned().collect();
    match exchange(&salesforce, &headers, &parameters) {
        Ok(tokens) => no_store(StatusCode::OK, &answer(&salesforce, &tokens)),
        Err(TokenError { error, description }) => {
            no_store(StatusCode::BAD_REQUEST, &json!({ "error": error, "error_description": description }))
        }
    }
}

fn exchange(
    salesforce: &Salesforce,
    headers: &HeaderMap,
    parameters: &[(String, String)],
) -> Result<Tokens, TokenError> {
    let given = |name: &str| parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    // A public client has no secret; an empty one in a Basic header is a wrong one.
    if headers.contains_key(header::AUTHORIZATION) || given("client_secret").is_some() {
        return Err(refused("invalid_client", "invalid client credentials"));
    }
    match given("grant_type") {
        Some("authorization_code" | "refresh_token") if given("client_id") != Some(CLIENT_ID) => {
            Err(refused("invalid_client_id", "client identifier invalid"))
        }
        Some("authorization_code") => {
            let Some(code) = given("code") else { return Err(refused("invalid_request", "missing required code")) };
            let redeemed = locked(&salesforce.inner.grants).redeem(code, salesforce.now());
            let request = match redeemed {
                Redeemed::Good(request) => request,
                Redeemed::Expired => return Err(refused("invalid_grant", "expired authorization code")),
                Redeemed::Unknown => return Err(refused("invalid_grant", "invalid authorization code")),
            };
            check_code(&request, given("redirect_uri"), given("code_verifier"))?;
            Ok(grant(salesforce, request.scope.clone()).0)
        }
        Some("refresh_token") => refresh(salesforce, given("refresh_token")),
        _ => Err(refused("unsupported_grant_type", "grant type not supported")),
    }
}

fn check_code(request: &Request, redirect_uri: Option<&str>, verifier: Option<&str>) -> Result<(), TokenError> {
    if redirect_uri != Some(request.redirect_uri.as_str()) {
        return Err(refused("redirect_uri_mismatch", "redirect_uri must match configuration"));
    }
    let Some(verifier) = verifier else { return Err(refused("invalid_grant", "missing required code verifier")) };
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    if VERIFIER_LENGTHS.contains(&verifier.len()) && digest == request.challenge {
        return Ok(());
    }
    Err(refused("invalid_grant", "invalid code verifier"))
}

fn refresh(salesforce: &Salesforce, token: Option<&str>) -> Result<Tokens, TokenError> {
    let Some(token) = token else { return Err(refused("invalid_request", "missing required refresh token")) };
    let org = salesforce.org().id;
    let refreshed = locked(&salesforce.inner.grants).refresh(org.short(), token, salesforce.now());
    match refreshed {
        Refreshed::Fresh { tokens, family } => {
            salesforce.journal("token.refreshed", &family, json!({}));
            Ok(tokens)
        }
        Refreshed::Reused { family } => {
            salesforce.journal("token.family_revoked", &family, json!({ "reason": "reuse" }));
            Err(refused("invalid_grant", "expired access/refresh token"))
        }
        Refreshed::Unknown => Err(refused("invalid_grant", "expired access/refresh token")),
    }
}

/// No `expires_in`: a session ends when the org says so, and a client learns it by a 401.
fn answer(salesforce: &Salesforce, tokens: &Tokens) -> Value {
    let org = salesforce.org();
    let identity = org.identity_url();
    let issued_at = salesforce.now().timestamp_millis().to_string();
    let signature = STANDARD.encode(Sha256::digest(format!("{CLIENT_ID}{identity}{issued_at}")));
    let mut answer = json!({
        "access_token": tokens.access,
        "signature": signature,
        "scope": tokens.scope.join(" "),
        "instance_url": org.instance,
        "id": identity,
        "token_type": "Bearer",
        "issued_at": issued_at,
    });
    if let Some(refresh) = &tokens.refresh {
        answer["refresh_token"] = json!(refresh);
    }
    answer
}

/// `POST /services/oauth2/introspect`: needs a secret, which a public client does not have.
pub async fn introspect() -> Response {
    let body = json!({ "error": "invalid_client", "error_description": "invalid client credentials" });
    no_store(StatusCode::UNAUTHORIZED, &body)
}

/// `POST` or `GET /services/oauth2/revoke`.
pub async fn revoke(
    State(salesforce): State<Salesforce>,
    RawQuery(query): RawQuery,
    body: axum::body::Bytes,
) -> Response {
    let mut parameters = split_query(&query.unwrap_or_default());
    parameters.extend(url::form_urlencoded::parse(&body).into_owned());
    let token = parameters.iter().find(|(name, _)| name == "token").map(|(_, value)| value.as_str());
    let revoked = token.and_then(|token| locked(&salesforce.inner.grants).revoke(token));
    match revoked {
        Some(family) => {
            salesforce.journal("token.revoked", &family, json!({}));
            StatusCode::OK.into_response()
        }
        None => no_store(
            StatusCode::BAD_REQUEST,
            &json!({ "error": "invalid_token", "error_description": "invalid token" }),
        ),
    }
}

fn no_store(status: StatusCode, body: &Value) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/json;charset=UTF-8"), (header::CACHE_CONTROL, "no-cache, no-store")];
    (status, headers, body.to_string()).into_response()
}
