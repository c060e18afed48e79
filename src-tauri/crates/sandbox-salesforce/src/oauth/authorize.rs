//! The authorization endpoint: what an app may ask, who decides, where the answer goes.

use axum::extract::{RawForm, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use liaison_sandbox_kernel::locked;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::Salesforce;
use super::super::call::split_query;
use super::super::org::{APP_SCOPES, CLIENT_ID};
use super::grants::Request;
use super::{APPROVAL_PATH, ERROR_PATH, page};

const PARAMETER: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A refusal that goes back to the app.
struct Declined {
    error: &'static str,
    description: &'static str,
}

/// `GET /services/oauth2/authorize`.
pub async fn begin(State(salesforce): State<Salesforce>, RawQuery(query): RawQuery) -> Response {
    let parameters = split_query(&query.unwrap_or_default());
    let given = |name: &str| parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    // An app that is unknown, or an address that is not its own, is told nothing.
    if given("client_id") != Some(CLIENT_ID) {
        return error_page("invalid_client_id", "client identifier invalid");
    }
    let policy = locked(&salesforce.inner.grants).policy.clone();
    if policy.not_installed {
        return error_page("OAUTH_EC_APP_NOT_FOUND", "External client app is not installed in this org");
    }
    let registered = &salesforce.shared().config.salesforce_redirect_uris;
    let redirect_uri = match given("redirect_uri") {
        Some(uri) if registered.iter().any(|own| own == uri) => uri.to_owned(),
        Some(_) => return error_page("redirect_uri_mismatch", "redirect_uri must match configuration"),
        None => return error_page("invalid_request", "missing required redirect_uri"),
    };
    let state = given("state").map(str::to_owned);
    let challenge = given("code_challenge");
    let proof = check_proof(challenge, given("code_challenge_method"), policy.pkce_optional);
    if let Err(declined) = check_response_type(given("response_type")).and(proof) {
        return redirect_declined(&redirect_uri, state.as_deref(), &declined);
    }
    let now = salesforce.now();
    let request = Request {
        redirect_uri,
        state,
        scope: scopes(given("scope")),
        challenge: challenge.map(str::to_owned),
        nonce: given("nonce").map(str::to_owned),
        asked: now,
    };
    if salesforce.shared().config.auto_consent {
        return allowed(&salesforce, request);
    }
    let org = salesforce.org();
    let shown = request.scope.clone();
    let name = locked(&salesforce.inner.grants).ask(request);
    let body = page::consent(APPROVAL_PATH, &name, &org.username(), org.name, &shown);
    ([(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")], Html(body)).into_response()
}

/// The person pressed Allow or Deny.
pub async fn decide(State(salesforce): State<Salesforce>, RawForm(form): RawForm) -> Response {
    let parameters: Vec<(String, String)> = url::form_urlencoded::parse(&form).into_owned().collect();
    let given = |name: &str| parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    let request = locked(&salesforce.inner.grants).decided(given("request").unwrap_or_default(), salesforce.now());
    let Some(request) = request else {
        return error_page("invalid_request", "this authorization request is no longer valid");
    };
    match given("decision") {
        Some("allow") => allowed(&salesforce, request),
        Some("deny") => {
            let declined = Declined { error: "access_denied", description: "end-user denied authorization" };
            redirect_declined(&request.redirect_uri, request.state.as_deref(), &declined)
        }
        _ => error_page("invalid_request", "decision must be allow or deny"),
    }
}

/// `GET` of the page that errors lead to.
pub async fn show_error(RawQuery(query): RawQuery) -> Response {
    let parameters = split_query(&query.unwrap_or_default());
    let given = |name: &str| {
        let found = parameters.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    (StatusCode::BAD_REQUEST, Html(page::error(given("error"), given("error_description")))).into_response()
}

fn check_response_type(response_type: Option<&str>) -> Result<(), Declined> {
    match response_type {
        Some("code") => Ok(()),
        _ => Err(Declined { error: "unsupported_response_type", description: "response type not supported" }),
    }
}

fn check_proof(challenge: Option<&str>, method: Option<&str>, optional: bool) -> Result<(), Declined> {
    let invalid = |description| Err(Declined { error: "invalid_request", description });
    let Some(challenge) = challenge else {
        return if optional { Ok(()) } else { invalid("missing required code challenge") };
    };
    // The method may be left out; there is only one.
    if method.is_some_and(|method| method != "S256") {
        return invalid("code challenge method must be S256");
    }
    let is_digest = challenge.len() == 43
        && challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if is_digest { Ok(()) } else { invalid("invalid code challenge") }
}

fn scopes(asked: Option<&str>) -> Vec<String> {
    let asked: Vec<String> = asked.unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    if asked.is_empty() { ["api", "refresh_token", "id"].map(str::to_owned).to_vec() } else { asked }
}

/// Only now does a scope that the app does not have come up, or that an administrator has blocked it.
fn allowed(salesforce: &Salesforce, request: Request) -> Response {
    let blocked = locked(&salesforce.inner.grants).policy.blocked;
    if blocked || request.scope.iter().any(|scope| !APP_SCOPES.contains(&scope.as_str())) {
        let declined = Declined {
            error: "OAUTH_APPROVAL_ERROR_GENERIC",
            description: "An unexpected error has occurred during authentication",
        };
        return redirect_declined(&request.redirect_uri, request.state.as_deref(), &declined);
    }
    let (redirect_uri, state) = (request.redirect_uri.clone(), request.state.clone());
    let code = locked(&salesforce.inner.grants).code(request, salesforce.now());
    redirect(&redirect_uri, &[("code", Some(&code)), ("state", state.as_deref())])
}

fn redirect_declined(redirect_uri: &str, state: Option<&str>, declined: &Declined) -> Response {
    let parameters =
        [("error", Some(declined.error)), ("error_description", Some(declined.description)), ("state", state)];
    redirect(redirect_uri, &parameters)
}

fn error_page(error: &str, description: &str) -> Response {
    redirect(ERROR_PATH, &[("error", Some(error)), ("error_description", Some(description))])
}

fn redirect(to: &str, parameters: &[(&str, Option<&str>)]) -> Response {
    let query: Vec<String> = parameters
        .iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", utf8_percent_encode((*value)?, PARAMETER))))
        .collect();
    let separator = if to.contains('?') { '&' } else { '?' };
    let location = format!("{to}{separator}{}", query.join("&"));
    (StatusCode::FOUND, [(header::LOCATION, location), (header::CACHE_CONTROL, "no-store".to_owned())]).into_response()
}
