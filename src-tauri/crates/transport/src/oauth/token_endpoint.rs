//! The token endpoint: codes and refresh tokens in, token sets out.
//!
//! Nothing is repeated here: each request spends a code or a refresh token, and
//! Salesforce takes a refresh token that is used twice for a theft.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use reqwest::header::{ACCEPT, HeaderValue};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use url::Url;

use crate::Clock;
use crate::error::TransportError;
use crate::http::{Answer, Timeouts, Wire, WireConfig, retry_after};
use crate::oauth::OAuthProvider;
use crate::oauth::grant::Grant;
use crate::secret::RefreshToken;

/// Token answers are a few kilobytes; anything larger is not one.
const MAX_BODY_BYTES: usize = 64 * 1024;
/// When the endpoint asks for patience and does not say how much.
const MOMENT: TimeDelta = TimeDelta::minutes(1);

/// Why there is no grant, by what it says about the token that was sent.
#[derive(Debug, Clone)]
pub(crate) enum TokenFault {
    /// The service has not acted on it: it may be sent again, not before `until`.
    NotDone { error: TransportError, until: Option<DateTime<Utc>> },
    /// The service may have acted on it: the token may be spent.
    Unknown(TransportError),
    /// The service said that the token itself is worthless, with this code.
    Refused { code: String },
    /// The service said no for another reason: the token is as good as before, and somebody has to act.
    Barred { by: Bar, code: String },
}

/// What stands between a good token and its successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bar {
    /// The network: the organisation lets in known addresses only.
    Network,
    /// The user or the organisation is not active.
    Account,
    /// The app is blocked, not installed, or not the one that was registered.
    App,
}

/// One way to renew a sign-in; the session knows no other side of the endpoint.
pub(crate) trait Refresher: Send + Sync {
    fn refresh(&self, token: RefreshToken) -> BoxFuture<'_, Result<Grant, TokenFault>>;
}

/// A token endpoint with its own connections, which are not kept.
#[derive(Debug, Clone)]
pub(crate) struct TokenEndpoint {
    wire: Wire,
    provider: OAuthProvider,
    clock: Clock,
}

impl TokenEndpoint {
    pub(crate) fn new(provider: OAuthProvider, clock: Clock) -> Result<Self, TransportError> {
        provider.validate().map_err(|error| TransportError::Refused(error.to_string()))?;
        let wire = Wire::new(&WireConfig {
            user_agent: concat!("Liaison/", env!("CARGO_PKG_VERSION")),
            loopback_allowed: provider.loopback_allowed,
            timeouts: Timeouts { total: Duration::from_secs(45), ..Timeouts::default() },
            max_body_bytes: MAX_BODY_BYTES,
            keep_alive: false,
        })?;
        Ok(Self { wire, provider, clock })
    }

    /// Trades an authorization code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5).
    pub(crate) async fn redeem(&self, code: &str, redirect: &str, verifier: &str) -> Result<Grant, TokenFault> {
        self.grant(
            "authorize",
            &[
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", redirect),
                ("client_id", &self.provider.client_id),
                ("code_verifier", verifier),
            ],
        )
        .await
    }

    /// Tells the service that a token will not be used any more (RFC 7009). An
    /// answer that the token is unknown already is as good.
    pub(crate) async fn revoke(&self, token: &str) -> Result<(), TransportError> {
        let fields = [("token", token), ("client_id", &self.provider.client_id)];
        let answer = self.post(&self.provider.revoke, "revoke", &fields).await?;
        let gone = answer.status.is_success() || answer.status == StatusCode::BAD_REQUEST;
        if gone { Ok(()) } else { Err(unexpected("POST revoke", &answer)) }
    }

    async fn grant(&self, purpose: &'static str, fields: &[(&str, &str)]) -> Result<Grant, TokenFault> {
        let answer = match self.post(&self.provider.token, purpose, fields).await {
            Ok(answer) => answer,
            Err(error) if error.outcome_unknown() => return Err(TokenFault::Unknown(error)),
            Err(error) => return Err(TokenFault::NotDone { error, until: None }),
        };
        self.read(&answer)
    }

    async fn post(&self, url: &Url, purpose: &'static str, fields: &[(&str, &str)]) -> Result<Answer, TransportError> {
        let request = self
            .wire
            .request(Method::POST, url.clone())
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .form(fields)
            .build()
            .map_err(|_| TransportError::Refused("the token request could not be built".to_owned()))?;
        let service = self.provider.service.name();
        let outcome = self.wire.exchange(request, None).await;
        match &outcome {
            Ok(answer) => tracing::info!(service, purpose, status = answer.status.as_u16(), "token endpoint answered"),
            Err(error) => tracing::info!(service, purpose, %error, "token endpoint did not answer"),
        }
        outcome
    }

    fn read(&self, answer: &Answer) -> Result<Grant, TokenFault> {
        let value: Option<Value> = serde_json::from_slice(&answer.body).ok();
        let error = || unexpected("POST token", answer);
        if answer.status.is_success() {
            // A success that cannot be read may still have spent the token.
            let grant = value.as_ref().and_then(Grant::from_json);
            return grant.ok_or_else(|| TokenFault::Unknown(error()));
        }
        let now = self.clock.now();
        let until = retry_after(&answer.headers, now);
        let refusal = value.as_ref().and_then(|value| Some((refusal(value)?, explanation(value))));
        let fault = match (answer.status.as_u16(), refusal) {
            (429 | 503, _) => TokenFault::NotDone { error: busy(until, error()), until },
            (500.., _) => TokenFault::Unknown(error()),
            // Only these two come from the token endpoints themselves (RFC 6749 §5.2); anything else is somebody on
            // the way, whatever its body looks like.
            (400 | 401, Some((code, text))) => match verdict(&code, &text) {
                Verdict::Passing => {
                    let until = until.unwrap_or(now + MOMENT);
                    let error = TransportError::RateLimited { until, daily: false };
                    TokenFault::NotDone { error, until: Some(until) }
                }
                Verdict::Worthless => TokenFault::Refused { code },
                Verdict::Barred(by) => TokenFault::Barred { by, code },
            },
            (407, _) => TokenFault::NotDone { error: TransportError::ProxyRefused, until: None },
            _ => TokenFault::NotDone { error: error(), until },
        };
        Err(fault)
    }
}

impl Refresher for TokenEndpoint {
    fn refresh(&self, token: RefreshToken) -> BoxFuture<'_, Result<Grant, TokenFault>> {
        Box::pin(async move {
            self.grant(
                "refresh",
                &[
                    ("grant_type", "refresh_token"),
                    ("refresh_token", token.expose()),
                    ("client_id", &self.provider.client_id),
                ],
            )
            .await
        })
    }
}

/// The `error` of a refusal (RFC 6749 §5.2), or the number that Zoom's gateway
/// uses instead; only what is safe to show.
fn refusal(value: &Value) -> Option<String> {
    let code = match value.get("error").or_else(|| value.get("code"))? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    code_text(&code)
}

/// An OAuth error code made harmless; `None` when nothing of it is left.
pub(crate) fn code_text(code: &str) -> Option<String> {
    let allowed = |character: &char| character.is_ascii_alphanumeric() || "_-.".contains(*character);
    let code: String = code.chars().filter(allowed).take(64).collect();
    (!code.is_empty()).then_some(code)
}

/// What a refusal says of the token.
enum Verdict {
    Passing,
    Worthless,
    Barred(Bar),
}

/// Tokens are given up only for what surely ends them: a code that is not known here may be anything, and a sign-in
/// that is kept in vain costs less than one that is lost. Codes: RFC 6749 §4.1.2.1 and §5.2, Salesforce Help "OAuth
/// 2.0 Errors", Zoom's OAuth guide; the texts are what Salesforce sends with them.
fn verdict(code: &str, text: &str) -> Verdict {
    let says = |words: &str| text.contains(words);
    match code {
        "rate_limit_exceeded" | "temporarily_unavailable" | "server_error" | "unknown_error" => Verdict::Passing,
        "invalid_grant" if says("already being processed") || says("retry your request") => Verdict::Passing,
        "invalid_grant" if says("ip restricted") => Verdict::Barred(Bar::Network),
        "invalid_grant" if says("approved this consumer") => Verdict::Barred(Bar::App),
        "invalid_grant" | "invalid_token" | "4741" | "124" | "4700" => Verdict::Worthless,
        "inactive_user" | "inactive_org" => Verdict::Barred(Bar::Account),
        _ => Verdict::Barred(Bar::App),
    }
}

/// The words beside a code, in lower case; never shown and never logged.
fn explanation(value: &Value) -> String {
    let text = ["error_description", "reason", "message"].iter().find_map(|name| value.get(*name)?.as_str());
    text.unwrap_or_default().to_lowercase()
}

fn busy(until: Option<DateTime<Utc>>, otherwise: TransportError) -> TransportError {
    until.map_or(otherwise, |until| TransportError::RateLimited { until, daily: false })
}

fn unexpected(operation: &'static str, answer: &Answer) -> TransportError {
    TransportError::Unexpected {
        operation,
        status: answer.status,
        content_type: crate::http::media_type(&answer.headers),
    }
}
