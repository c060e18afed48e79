//! `/oauth/authorize`: checks what an app asks for, asks the person, and sends the code back.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_sandbox_kernel::locked;
use serde_json::json;
use url::Url;

use super::book::{Challenge, Consent};
use super::{ClientKind, form_of, is_registered, page, value_of};
use crate::account::Account;

/// A refusal that is shown to the person and never sent to the app.
struct Shown {
    code: u16,
    text: &'static str,
}

const fn shown(code: u16, text: &'static str) -> Shown {
    Shown { code, text }
}

/// `GET`: the consent page, or the redirect at once where consent is automatic.
pub(crate) async fn show(State(account): State<Arc<Account>>, RawQuery(query): RawQuery) -> Response {
    let query = Bytes::from(query.unwrap_or_default());
    let consent = match checked(&account, &query) {
        Ok(consent) => consent,
        Err(Shown { code, text }) => return page::error(code, text),
    };
    if account.shared.config.auto_consent {
        return allow(&account, &consent);
    }
    let scopes = consent.scopes.clone();
    let request = locked(&account.oauth).await_consent(consent, account.now());
    let rep = &account.user.rep;
    let person = format!("{} {} ({})", rep.first_name, rep.last_name, rep.email);
    page::consent(&request, &person, &scopes)
}

/// `POST`: what the person decided. Each consent page works once.
pub(crate) async fn decide(State(account): State<Arc<Account>>, body: Bytes) -> Response {
    let form = form_of(&body).unwrap_or_default();
    let request = value_of(&form, "request").unwrap_or_default();
    let Some(consent) = locked(&account.oauth).take_consent(request, account.now()) else {
        return page::error(4700, "This page was used already or was open for too long.");
    };
    match value_of(&form, "decision") {
        Some("allow") => allow(&account, &consent),
        Some("deny") => {
            account.record("authorization.declined", "", json!({}));
            back(&consent, ("error", "access_denied"))
        }
        _ => page::error(4700, "The answer was neither Allow nor Deny."),
    }
}

fn allow(account: &Account, consent: &Consent) -> Response {
    let scopes = consent.scopes.len();
    let code = locked(&account.oauth).issue_code(consent.clone(), account.now());
    account.record("authorization.granted", "", json!({ "scopes": scopes }));
    back(consent, ("code", &code))
}

fn back(consent: &Consent, result: (&str, &str)) -> Response {
    let Ok(mut target) = Url::parse(&consent.redirect_uri) else {
        return page::error(4709, "Invalid redirect.");
    };
    target.query_pairs_mut().append_pair(result.0, result.1);
    if let Some(state) = &consent.state {
        target.query_pairs_mut().append_pair("state", state);
    }
    (StatusCode::FOUND, [(header::LOCATION, target.to_string())]).into_response()
}

fn checked(account: &Account, query: &Bytes) -> Result<Consent, Shown> {
    let form = form_of(query).ok_or(shown(4700, "A parameter is given twice."))?;
    let client = value_of(&form, "client_id")
        .and_then(|id| account.clients.kind_of(id))
        .ok_or(shown(4700, "Invalid client id."))?;
    let redirect_uri = value_of(&form, "redirect_uri")
        .filter(|uri| is_registered(uri))
        .ok_or(shown(4709, "Invalid redirect: it is not the one that the app has registered."))?;
    if value_of(&form, "response_type") != Some("code") {
        return Err(shown(4700, "Unsupported response type."));
    }
    let challenge = challenge_of(&form)?;
    if challenge.is_none() && client == ClientKind::Public {
        return Err(shown(4700, "A public client needs a code challenge."));
    }
    let app_scopes = locked(&account.oauth).app_scopes().to_vec();
    let scopes = match value_of(&form, "scope") {
        None => app_scopes,
        Some(wanted) => {
            let wanted: Vec<String> = wanted.split_whitespace().map(str::to_owned).collect();
            if !wanted.iter().all(|scope| app_scopes.contains(scope)) {
                return Err(shown(4700, "Invalid scope."));
            }
            wanted
        }
    };
    Ok(Consent {
        client,
        redirect_uri: redirect_uri.to_owned(),
        state: value_of(&form, "state").map(str::to_owned),
        challenge,
        scopes,
    })
}

fn challenge_of(form: &[(String, String)]) -> Result<Option<Challenge>, Shown> {
    let Some(challenge) = value_of(form, "code_challenge") else {
        return Ok(None);
    };
    let characters = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    if !(43..=128).contains(&challenge.len()) || !challenge.bytes().all(characters) {
        return Err(shown(4700, "Invalid code challenge."));
    }
    match value_of(form, "code_challenge_method") {
        Some("S256") => Ok(Some(Challenge::S256(challenge.to_owned()))),
        // Without a method the challenge is the verifier itself (RFC 7636 §4.3).
        Some("plain") | None => Ok(Some(Challenge::Plain(challenge.to_owned()))),
        Some(_) => Err(shown(4700, "Unsupported code challenge method.")),
    }
}
