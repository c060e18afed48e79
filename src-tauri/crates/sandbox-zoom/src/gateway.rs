//! The way of every API request: operation, token, scope, limits, handler, headers.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_sandbox_kernel::{locked, paths};

use super::account::Account;
use super::answer::{Outcome, Refusal};
use super::call::Call;
use super::oauth::{Grant, TokenFault};
use super::operations::{self, Operation, Scope};
use super::rates;

/// Answers everything that is not OAuth or a page.
pub(crate) async fn api(State(account): State<Arc<Account>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let (path, found) = found(&parts.method, parts.uri.path());
    let Some((operation, captured)) = found else {
        return Refusal::unknown_endpoint().into_response();
    };
    let query: BTreeMap<String, String> =
        url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let text_of = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let authorization = text_of(header::AUTHORIZATION);
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return Refusal::bad_request(300, "Request Body should be a valid JSON object.").into_response();
    };
    let call = Call { captured, query, path: path.to_owned(), content_type: text_of(header::CONTENT_TYPE), body };
    let budget = locked(&account.rates).take(operation.rate, account.now());
    let mut response = match admitted(&account, operation, &call, &authorization, &budget) {
        Ok(answer) => answer.into_response(),
        Err(refusal) => refusal.into_response(),
    };
    rates::describe(&mut response, operation.rate, &budget);
    response
}

/// The operation of a path, with the path that it was found by. A list takes a slash at its end; a single thing
/// does not, because its id would be another one.
fn found<'a>(method: &Method, path: &'a str) -> (&'a str, Option<(&'static Operation, Vec<String>)>) {
    let find = |path: &str| {
        let path = path.strip_prefix("/v2")?;
        operations::find(method, path).or_else(|| operations::find(method, &swallowed(path)?))
    };
    if let Some(found) = find(path) {
        return (path, Some(found));
    }
    let plain = paths::without_last_slash(path);
    let of_list = find(plain).filter(|(operation, _)| !operation.pattern.ends_with('}'));
    if of_list.is_some() { (plain, of_list) } else { (path, None) }
}

/// The path of something that is over, with the slashes gone that a UUID begins with when nobody has
/// encoded it; Zoom's gateway swallows them and then finds nothing of that name.
fn swallowed(path: &str) -> Option<String> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    path.starts_with("/past_").then(|| format!("/{}", segments.join("/")))
}

fn admitted(
    account: &Account,
    operation: &Operation,
    call: &Call,
    authorization: &str,
    budget: &rates::Budget,
) -> Outcome {
    let grant = granted(account, presented(call.query.contains_key("access_token"), authorization)?)?;
    check_scope(operation.scope, &grant)?;
    if account.switches.period_limits.is_on() && budget.exceeded {
        return Err(rates::too_many_per_period());
    }
    if account.switches.daily_limit.is_on() {
        let mut rates = locked(&account.rates);
        rates.spend(operation.rate, 1, account.now())?;
        if operation.counted_daily {
            rates.count_write(account.now())?;
        }
    }
    (operation.handler)(account, call)
}

/// The token of a request that is none of the API's operations.
pub(crate) fn bearer<'a>(headers: &'a HeaderMap, query: &str) -> Result<&'a str, Refusal> {
    let in_query = url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "access_token");
    presented(in_query, headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default())
}

fn presented(in_query: bool, authorization: &str) -> Result<&str, Refusal> {
    if in_query {
        return Err(Refusal::unauthorized(
            "Invalid access token, this access token is not supported as query parameter string.",
        ));
    }
    if authorization.is_empty() {
        return Err(Refusal::unauthorized("Requires an access token."));
    }
    let (scheme, token) = authorization.split_once(' ').unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refusal::unauthorized("Invalid access token."));
    }
    Ok(token.trim())
}

/// What the user of a token has granted.
pub(crate) fn granted(account: &Account, token: &str) -> Result<Grant, Refusal> {
    let found = locked(&account.oauth).authenticate(token, account.now());
    found.map_err(|fault| match fault {
        TokenFault::Unknown => Refusal::unauthorized("Invalid access token."),
        TokenFault::Expired => Refusal::unauthorized("Access token is expired."),
        TokenFault::Revoked => {
            Refusal::new(StatusCode::UNAUTHORIZED, 4741, "Invalid access token, the token has been revoked.")
        }
    })
}

fn check_scope(scope: Scope, grant: &Grant) -> Result<(), Refusal> {
    match scope {
        Scope::User(name) if grant.scopes.contains(name) => Ok(()),
        Scope::User(name) | Scope::Admin(name) => Err(Refusal::lacking_scope(name)),
    }
}
