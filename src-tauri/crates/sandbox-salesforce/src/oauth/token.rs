//! The token endpoint and revocation.

use aws_lc_rs::hmac;
use axum::extract::{RawForm, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use liaison_sandbox_kernel::locked;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::Salesforce;
use super::super::call::split_query;
use super::super::org::{CLIENT_ID, CLIENT_SECRET};
use super::grants::{self, Redeemed, Refreshed, Request, Tokens};
use super::policy::AppPolicy;
use super::{identity, signing};

/// Lengths of a code verifier. RFC 7636 stops at 128; Salesforce's own tools send 171.
const VERIFIER_LENGTHS: std::ops::RangeInclusive<usize> = 43..=256;

/// An `id_token` is good for two minutes.
const ID_TOKEN_SECONDS: i64 = 120;

struct TokenError {
    error: &'static str,
    description: &'static str,
}

const fn refused(error: &'static str, description: &'static str) -> TokenError {
    TokenError { error, description }
}

/// A new access token, as the app has them.
fn mint(salesforce: &Salesforce, scope: &[String]) -> String {
    let org = salesforce.org();
    let jwt = locked(&salesforce.inner.grants).policy.jwt_tokens;
    let signed = jwt.then(|| {
        let now = salesforce.now();
        let issued = now.timestamp();
        salesforce.inner.signing.signed(&json!({
            "scp": scope.join(" "),
            "aud": [salesforce.instance()],
            "sub": format!("uid:{}", org.user_id),
            "mty": "oauth",
            "iss": org.instance,
            "client_id": CLIENT_ID,
            "nbf": issued,
            "iat": issued,
            "exp": issued + 1_800,
            // Two tokens of one second are two tokens.
            "jti": uuid::Uuid::new_v4().to_string(),
        }))
    });
    signed.flatten().unwrap_or_else(|| grants::opaque(org.id.short()))
}

/// Starts a family of tokens and writes it down in the journal.
pub fn grant(salesforce: &Salesforce, scope: Vec<String>) -> (Tokens, String) {
    let access = mint(salesforce, &scope);
    let (tokens, family, displaced) = locked(&salesforce.inner.grants).start(access, scope, salesforce.now());
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
        Ok((tokens, nonce)) => no_store(StatusCode::OK, &answer(&salesforce, &tokens, nonce.as_deref())),
        Err(TokenError { error, description }) => {
            no_store(StatusCode::BAD_REQUEST, &json!({ "error": error, "error_description": description }))
        }
    }
}

fn exchange(
    salesforce: &Salesforce,
    headers: &HeaderMap,
    parameters: &[(String, String)],
) -> Result<(Tokens, Option<String>), TokenError> {
    let given = |name: &str| parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    if !matches!(given("grant_type"), Some("authorization_code" | "refresh_token")) {
        return Err(refused("unsupported_grant_type", "grant type not supported"));
    }
    let policy = locked(&salesforce.inner.grants).policy.clone();
    check_client(&policy, headers, given("client_id"), given("client_secret"))?;
    match given("grant_type") {
        Some("authorization_code") => {
            let Some(code) = given("code") else { return Err(refused("invalid_request", "missing required code")) };
            let redeemed = locked(&salesforce.inner.grants).redeem(code, salesforce.now());
            let request = match redeemed {
                Redeemed::Good(request) => request,
                Redeemed::Expired => return Err(refused("invalid_grant", "expired authorization code")),
                Redeemed::Unknown => return Err(refused("invalid_grant", "invalid authorization code")),
            };
            check_code(&request, given("redirect_uri"), given("code_verifier"))?;
            Ok((grant(salesforce, request.scope.clone()).0, request.nonce))
        }
        _ => Ok((refresh(salesforce, given("refresh_token"))?, None)),
    }
}

/// A public client has no secret; a wrong one is refused even where none is required.
fn check_client(
    policy: &AppPolicy,
    headers: &HeaderMap,
    id: Option<&str>,
    secret: Option<&str>,
) -> Result<(), TokenError> {
    let basic = headers.get(header::AUTHORIZATION).map(|value| {
        let encoded = value.to_str().unwrap_or_default().strip_prefix("Basic ").unwrap_or_default();
        let pair = STANDARD.decode(encoded).ok().and_then(|pair| String::from_utf8(pair).ok()).unwrap_or_default();
        pair.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned())).unwrap_or_default()
    });
    let (id, secret) = match &basic {
        Some((id, secret)) => (Some(id.as_str()), Some(secret.as_str())),
        None => (id, secret),
    };
    let wrong = refused("invalid_client", "invalid client credentials");
    match (id, secret) {
        (Some(CLIENT_ID), Some(CLIENT_SECRET)) => {}
        (Some(CLIENT_ID), None) if !policy.secret_required => {}
        (Some(CLIENT_ID), _) => return Err(wrong),
        _ if basic.is_some() => return Err(wrong),
        _ => return Err(refused("invalid_client_id", "client identifier invalid")),
    }
    if policy.not_installed {
        return Err(refused("app_not_found", "External client app is not installed in this org"));
    }
    if policy.user_inactive {
        return Err(refused("inactive_user", "user is inactive"));
    }
    Ok(())
}

fn check_code(request: &Request, redirect_uri: Option<&str>, verifier: Option<&str>) -> Result<(), TokenError> {
    if redirect_uri != Some(request.redirect_uri.as_str()) {
        return Err(refused("redirect_uri_mismatch", "redirect_uri must match configuration"));
    }
    let Some(challenge) = &request.challenge else { return Ok(()) };
    let Some(verifier) = verifier else { return Err(refused("invalid_grant", "missing required code verifier")) };
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    if VERIFIER_LENGTHS.contains(&verifier.len()) && digest == *challenge {
        return Ok(());
    }
    Err(refused("invalid_grant", "invalid code verifier"))
}

fn refresh(salesforce: &Salesforce, token: Option<&str>) -> Result<Tokens, TokenError> {
    let Some(token) = token else { return Err(refused("invalid_request", "missing required refresh token")) };
    let scope = locked(&salesforce.inner.grants).scope_of(token).unwrap_or_default();
    let access = mint(salesforce, &scope);
    let refreshed = locked(&salesforce.inner.grants).refresh(access, token, salesforce.now());
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
fn answer(salesforce: &Salesforce, tokens: &Tokens, nonce: Option<&str>) -> Value {
    let org = salesforce.org();
    let identity = org.identity_url();
    let issued_at = salesforce.now().timestamp_millis().to_string();
    let key = hmac::Key::new(hmac::HMAC_SHA256, CLIENT_SECRET.as_bytes());
    let signature = STANDARD.encode(hmac::sign(&key, format!("{identity}{issued_at}").as_bytes()));
    let mut answer = json!({
        "access_token": tokens.access,
        "signature": signature,
        "scope": tokens.scope.join(" "),
        "instance_url": salesforce.instance(),
        "id": identity,
        "token_type": "Bearer",
        "issued_at": issued_at,
    });
    if let Some(refresh) = &tokens.refresh {
        answer["refresh_token"] = json!(refresh);
    }
    if tokens.access.starts_with("eyJ") {
        answer["token_format"] = json!("jwt");
    }
    if tokens.scope.iter().any(|own| own == "openid") {
        let mut claims = identity::claims(salesforce);
        let issued = salesforce.now().timestamp();
        claims["aud"] = json!(CLIENT_ID);
        claims["iss"] = json!(org.instance);
        claims["iat"] = json!(issued);
        claims["exp"] = json!(issued + ID_TOKEN_SECONDS);
        claims["at_hash"] = json!(signing::at_hash(&tokens.access));
        if let Some(nonce) = nonce {
            claims["nonce"] = json!(nonce);
        }
        answer["id_token"] = json!(salesforce.inner.signing.signed(&claims));
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
