//! Who is signed in: userinfo, the identity URL, and the discovery document.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_sandbox_kernel::locked;
use serde_json::{Value, json};

use super::super::Salesforce;
use super::super::dates;
use super::super::org::Org;
use super::session::bearer;

/// `GET /services/oauth2/userinfo`.
pub async fn userinfo(State(salesforce): State<Salesforce>, headers: HeaderMap) -> Response {
    if let Err(refused) = signed_in(&salesforce, &headers) {
        return refused;
    }
    let org = salesforce.org();
    let rep = &org.rep;
    answer(&json!({
        "sub": org.identity_url(),
        "user_id": org.user_id.as_str(),
        "organization_id": org.id.as_str(),
        "preferred_username": org.username(),
        "nickname": nickname(org),
        "name": full_name(org),
        "email": rep.email,
        "email_verified": true,
        "given_name": rep.first_name,
        "family_name": rep.last_name,
        "zoneinfo": org.zone.name(),
        "photos": photos(org),
        "profile": format!("{}/{}", org.instance, org.user_id),
        "picture": format!("{}/profilephoto/005/F", org.instance),
        "address": {},
        "urls": urls(&salesforce),
        "active": true,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "utcOffset": utc_offset_ms(org),
        "updated_at": dates::date_time_text(salesforce.deployed()),
        "is_app_installed": true,
        "is_salesforce_integration_user": false,
    }))
}

/// What an `id_token` says about the user.
pub fn claims(salesforce: &Salesforce) -> Value {
    let org = salesforce.org();
    json!({
        "sub": org.identity_url(),
        "preferred_username": org.username(),
        "nickname": nickname(org),
        "name": full_name(org),
        "email": org.rep.email,
        "email_verified": true,
        "given_name": org.rep.first_name,
        "family_name": org.rep.last_name,
        "zoneinfo": org.zone.name(),
        "locale": "en_US",
        "updated_at": dates::date_time_text(salesforce.deployed()),
    })
}

/// `GET /id/keys`.
pub async fn keys(State(salesforce): State<Salesforce>) -> Response {
    answer(&salesforce.inner.signing.published())
}

/// `GET /id/{org}/{user}`.
pub async fn identity(
    State(salesforce): State<Salesforce>,
    Path((org_id, user_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Err(refused) = signed_in(&salesforce, &headers) {
        return refused;
    }
    let org = salesforce.org();
    if org_id != org.id.as_str() && org_id != org.id.short() {
        return (StatusCode::FORBIDDEN, "Wrong_Org").into_response();
    }
    if user_id != org.user_id.as_str() && user_id != org.user_id.short() {
        return (StatusCode::NOT_FOUND, "Bad_Id").into_response();
    }
    let rep = &org.rep;
    answer(&json!({
        "id": org.identity_url(),
        "asserted_user": true,
        "user_id": org.user_id.as_str(),
        "organization_id": org.id.as_str(),
        "username": org.username(),
        "nick_name": nickname(org),
        "display_name": full_name(org),
        "email": rep.email,
        "email_verified": true,
        "first_name": rep.first_name,
        "last_name": rep.last_name,
        "timezone": org.zone.name(),
        "photos": photos(org),
        "addr_street": null,
        "addr_city": null,
        "addr_state": null,
        "addr_country": null,
        "addr_zip": null,
        "mobile_phone": null,
        "mobile_phone_verified": false,
        "status": { "created_date": null, "body": null },
        "urls": urls(&salesforce),
        "active": true,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "utcOffset": utc_offset_ms(org),
        "last_modified_date": dates::date_time_text(salesforce.deployed()),
        "is_app_installed": true,
    }))
}

/// `GET /.well-known/openid-configuration`.
pub async fn discovery(State(salesforce): State<Salesforce>) -> Response {
    let host = &salesforce.org().instance;
    let at = |path: &str| format!("{host}/services/oauth2/{path}");
    answer(&json!({
        "issuer": host,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "revocation_endpoint": at("revoke"),
        "userinfo_endpoint": at("userinfo"),
        "scopes_supported": super::super::org::APP_SCOPES,
        "jwks_uri": format!("{host}/id/keys"),
        "id_token_signing_alg_values_supported": ["RS256"],
        // As announced; the app of the sandbox may use the first only.
        "response_types_supported": ["code", "token", "token id_token"],
        "subject_types_supported": ["public"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "private_key_jwt"],
    }))
}

/// These two resources refuse with plain text.
#[expect(clippy::result_large_err, reason = "the error is the answer itself")]
fn signed_in(salesforce: &Salesforce, headers: &HeaderMap) -> Result<(), Response> {
    let refused = |text: &'static str| (StatusCode::FORBIDDEN, text).into_response();
    let token = bearer(headers).map_err(|_| refused("Bad_OAuth_Token"))?;
    let token = token.ok_or_else(|| refused("Missing_OAuth_Token"))?;
    let session = locked(&salesforce.inner.grants).session(token, salesforce.now());
    session.map(|_| ()).ok_or_else(|| refused("Bad_OAuth_Token"))
}

fn answer(body: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json;charset=UTF-8")], body.to_string()).into_response()
}

fn full_name(org: &Org) -> String {
    format!("{} {}", org.rep.first_name, org.rep.last_name)
}

fn nickname(org: &Org) -> String {
    org.rep.email.split('@').next().unwrap_or_default().to_owned()
}

fn photos(org: &Org) -> Value {
    let host = &org.instance;
    json!({ "picture": format!("{host}/profilephoto/005/F"), "thumbnail": format!("{host}/profilephoto/005/T") })
}

/// Milliseconds east of UTC in winter.
fn utc_offset_ms(org: &Org) -> i64 {
    use chrono::{Offset, TimeZone};
    let january = chrono::Utc.timestamp_opt(1_736_942_400, 0).single();
    january.map_or(0, |at| i64::from(at.with_timezone(&org.zone).offset().fix().local_minus_utc()) * 1_000)
}

fn urls(salesforce: &Salesforce) -> Value {
    let (org, instance) = (salesforce.org(), salesforce.instance());
    let data = format!("{instance}/services/data/v{{version}}");
    json!({
        "rest": format!("{data}/"),
        "sobjects": format!("{data}/sobjects/"),
        "search": format!("{data}/search/"),
        "query": format!("{data}/query/"),
        "recent": format!("{data}/recent/"),
        "profile": format!("{instance}/{}", org.user_id),
        "custom_domain": instance,
    })
}
