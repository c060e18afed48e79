//! The Bearer of a call.

use axum::http::{HeaderMap, header};
use liaison_sandbox_kernel::locked;

use super::super::Salesforce;
use super::super::refusal::Refusal;

/// The token in an `Authorization` header; Salesforce takes `OAuth` for `Bearer`.
pub fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let malformed = || Refusal::new("INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE");
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| malformed())?;
    let (scheme, token) = text.split_once(' ').ok_or_else(malformed)?;
    let known = scheme.eq_ignore_ascii_case("Bearer") || scheme.eq_ignore_ascii_case("OAuth");
    let token = token.trim();
    if !known || token.is_empty() || token.contains(' ') {
        return Err(malformed());
    }
    Ok(Some(token))
}

/// Lets a call of the data API in.
pub fn check_session(salesforce: &Salesforce, headers: &HeaderMap) -> Result<(), Refusal> {
    let expired = || Refusal::new("INVALID_SESSION_ID", "Session expired or invalid");
    let token = bearer(headers)?.ok_or_else(expired)?;
    let scope = locked(&salesforce.inner.grants).session(token, salesforce.now()).ok_or_else(expired)?;
    if scope.iter().any(|own| own == "api") {
        return Ok(());
    }
    Err(Refusal::new("INVALID_SESSION_ID", "This session is not valid for use with the REST API"))
}
