//! From the layers' errors to the one error that the window gets.
//!
//! Server texts cross this border only where the user must see them: a refusal's own words.

use chrono::{DateTime, Utc};
use liaison_salesforce::{Disposition, SalesforceError};
use liaison_store::{OpenError, StoreError};
use liaison_transport::{AuthError, SignInError, TransportError};
use liaison_zoom::{ErrorKind, ZoomError};

use crate::error::{CommandError, LockReason, SignInFailure, SignInReason};
use crate::terms::{Provider, UtcMs};

/// Longest server text that is shown.
const MAX_SERVER_TEXT: usize = 500;

/// Milliseconds of an instant, as the window gets them.
pub(crate) fn utc_ms(at: DateTime<Utc>) -> UtcMs {
    UtcMs(at.timestamp_millis())
}

/// A server's own words, made safe to show.
pub(crate) fn shown(text: &str) -> String {
    liaison_domain::text::single_line(text, MAX_SERVER_TEXT)
}

pub(crate) fn from_transport(provider: Provider, error: &TransportError) -> CommandError {
    match error {
        TransportError::Offline | TransportError::ProxyRefused => CommandError::Offline,
        TransportError::Timeout { outcome_unknown: false } => CommandError::TimedOut { provider },
        TransportError::Timeout { outcome_unknown: true } | TransportError::Interrupted => {
            CommandError::OutcomeUnknown { provider, until: None }
        }
        TransportError::Tls | TransportError::Unexpected { .. } => CommandError::NetworkSignIn { provider },
        TransportError::TooLarge => trouble(provider, "E-ANSWER-TOO-LARGE"),
        TransportError::Decode { .. } => trouble(provider, "E-ANSWER-UNREADABLE"),
        TransportError::RateLimited { until, .. } => CommandError::RateLimited { provider, until: utc_ms(*until) },
        TransportError::SignInNeeded(error) => from_auth(provider, error),
        TransportError::Refused(_) => CommandError::Internal { code: "E-ADDRESS-REFUSED".to_owned() },
    }
}

fn from_auth(provider: Provider, error: &AuthError) -> CommandError {
    match error {
        AuthError::NotSignedIn => CommandError::NotConnected { provider },
        AuthError::Vault(_) => CommandError::Storage { code: "E-TOKENS".to_owned() },
        AuthError::Unreachable(cause) => from_transport(provider, cause),
        AuthError::NetworkRefused { .. } => CommandError::NetworkRefused { provider },
        other => CommandError::SignInNeeded { provider, reason: sign_in_reason(other) },
    }
}

/// Why the service ended the sign-in.
pub(crate) fn sign_in_reason(error: &AuthError) -> SignInReason {
    match error {
        AuthError::AccountDisabled { .. } => SignInReason::UserInactive,
        AuthError::AppRefused { .. } => SignInReason::AppBlocked,
        AuthError::ForeignInstance => SignInReason::Revoked,
        _ => SignInReason::Expired,
    }
}

pub(crate) fn trouble(provider: Provider, code: &str) -> CommandError {
    CommandError::ServiceTrouble { provider, code: code.to_owned() }
}

pub(crate) fn from_zoom(error: &ZoomError, now: DateTime<Utc>) -> CommandError {
    logged(error, zoom_error(error, now))
}

pub(crate) fn from_salesforce(error: &SalesforceError, now: DateTime<Utc>) -> CommandError {
    logged(error, salesforce_error(error, now))
}

/// The one place where an error's causes end: the window gets a code, the log the whole chain, in the span of the
/// command or pull that it happened to.
fn logged(error: &(dyn std::error::Error + 'static), told: CommandError) -> CommandError {
    let causes: Vec<String> =
        std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect();
    tracing::info!(kind = told.kind(), causes = causes.join(": "), "a service did not do it");
    told
}

fn zoom_error(error: &ZoomError, now: DateTime<Utc>) -> CommandError {
    let provider = Provider::Zoom;
    match error {
        ZoomError::Transport(error) => from_transport(provider, error),
        ZoomError::Invalid(error) => {
            tracing::warn!(field = error.field, reason = error.reason, "a request was not sent");
            CommandError::Internal { code: "E-ZOOM-REQUEST".to_owned() }
        }
        ZoomError::EndlessList { .. } => trouble(provider, "E-ZOOM-LIST"),
        ZoomError::Refused(refusal) => match &refusal.kind {
            ErrorKind::ScopeMissing { scopes } => {
                CommandError::PermissionMissing { provider, permission: scopes.first().cloned().unwrap_or_default() }
            }
            ErrorKind::TokenRejected => CommandError::SignInNeeded { provider, reason: SignInReason::Revoked },
            ErrorKind::NotFound => CommandError::Gone,
            ErrorKind::DailyEditLimit => {
                CommandError::EditLimit { until: utc_ms(liaison_transport::next_utc_midnight(now)) }
            }
            ErrorKind::RateLimited { until_utc } => {
                CommandError::RateLimited { provider, until: utc_ms(until_utc.unwrap_or(now + RETRY_SOON)) }
            }
            ErrorKind::Server => trouble(provider, &format!("ZOOM-{}", refusal.status.as_u16())),
            _ => {
                let fields: Vec<_> = refusal.fields.iter().map(|field| field.message.expose()).collect();
                let message = if fields.is_empty() {
                    refusal.message.expose().to_owned()
                } else {
                    format!("{} {}", refusal.message.expose(), fields.join(" "))
                };
                let code = refusal.code.map_or_else(|| refusal.status.as_u16().to_string(), |code| code.to_string());
                CommandError::Refused { provider, message: shown(&message), code: format!("ZOOM-{code}") }
            }
        },
    }
}

fn salesforce_error(error: &SalesforceError, now: DateTime<Utc>) -> CommandError {
    let provider = Provider::Salesforce;
    let refusal = match error {
        SalesforceError::Transport(error) => return from_transport(provider, error),
        SalesforceError::Invalid(error) => {
            tracing::warn!(field = error.field, reason = error.reason, "a request was not sent");
            return CommandError::Internal { code: "E-SALESFORCE-REQUEST".to_owned() };
        }
        SalesforceError::Mismatch { .. } => return trouble(provider, "E-SALESFORCE-ANSWER"),
        SalesforceError::Refused(refusal) => refusal,
    };
    match refusal.disposition() {
        Disposition::RefreshAndReplay => CommandError::SignInNeeded { provider, reason: SignInReason::Revoked },
        Disposition::BackOff => trouble(provider, &format!("SALESFORCE-{}", refusal.status.as_u16())),
        Disposition::PauseUntilWindow => CommandError::RateLimited { provider, until: utc_ms(now + DAILY_PAUSE) },
        Disposition::Resolve(_) => CommandError::Gone,
        Disposition::Park { code, message, .. } => {
            CommandError::Refused { provider, message: shown(message.expose()), code: format!("SALESFORCE-{code}") }
        }
    }
}

/// When an org's API calls of 24 hours are used up, the window moves; asked again this much later.
pub(crate) const DAILY_PAUSE: chrono::TimeDelta = chrono::TimeDelta::hours(1);

/// When a service asks for a pause and does not say how long.
pub(crate) const RETRY_SOON: chrono::TimeDelta = chrono::TimeDelta::seconds(30);

pub(crate) fn from_sign_in(provider: Provider, error: &SignInError) -> CommandError {
    let mut code = None;
    let reason = match error {
        SignInError::Declined => SignInFailure::Declined,
        SignInError::Cancelled => SignInFailure::Cancelled,
        SignInError::TimedOut => SignInFailure::TimedOut,
        SignInError::PortsBusy(_) | SignInError::CannotListen => SignInFailure::PortsBusy,
        SignInError::Address(_) => SignInFailure::HostRefused,
        SignInError::Refused { code: theirs } => {
            code = Some(theirs.clone());
            refused_sign_in(provider, theirs)
        }
        SignInError::Transport(error) => return from_transport(provider, error),
        SignInError::ForeignInstance | SignInError::ConsentNeeded => SignInFailure::Failed,
    };
    CommandError::SignInFailed { provider, reason, code }
}

/// What a service's code asks of the user. Sources: RFC 6749 §4.1.2.1 and §5.2; Salesforce Help, "OAuth 2.0
/// Authorization Errors"; the numbers on Zoom's error pages.
fn refused_sign_in(provider: Provider, code: &str) -> SignInFailure {
    match (provider, code.to_ascii_lowercase().as_str()) {
        (_, "access_denied" | "access-denied") => SignInFailure::Declined,
        (_, "invalid_client_id" | "invalid_client" | "4702" | "4704") => SignInFailure::ClientUnknown,
        (_, "redirect_uri_mismatch" | "redirect_uri_missing" | "4709") => SignInFailure::RedirectMismatch,
        // Zoom says so of a code that was used or has run out.
        (Provider::Zoom, "invalid_request") | (_, "invalid_grant" | "4733" | "4734") => SignInFailure::PageExpired,
        (
            _,
            "invalid_request"
            | "invalid_client_credentials"
            | "unauthorized_client"
            | "unsupported_grant_type"
            | "unsupported_response_type"
            | "invalid_scope"
            | "4705"
            | "4706",
        ) => SignInFailure::AppMisconfigured,
        (_, "oauth_app_blocked" | "4717" | "4738") => SignInFailure::AppBlocked,
        (_, "oauth_ec_app_not_found" | "app_not_found") => SignInFailure::AppNotInstalled,
        (_, "oauth_approval_error_generic") => SignInFailure::ApprovalNeeded,
        (_, "inactive_user" | "inactive_org") => SignInFailure::UserInactive,
        (_, "server_error" | "temporarily_unavailable" | "rate_limit_exceeded") => SignInFailure::Busy,
        _ => SignInFailure::Refused,
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the local data did not take it");
        let code = match &error {
            StoreError::Busy => "E-STORE-BUSY",
            StoreError::Full => "E-DISK-FULL",
            StoreError::Io(_) => "E-DISK",
            StoreError::Corrupt(_) => "E-STORE-DAMAGED",
            StoreError::WrongState { .. } => return Self::TooLate,
            StoreError::NotFound { .. } => return Self::Gone,
            StoreError::Closed => "E-STORE-CLOSED",
            _ => "E-STORE",
        };
        Self::Storage { code: code.to_owned() }
    }
}

/// Which lock screen is due.
pub(crate) fn lock_reason(error: &OpenError) -> LockReason {
    match error {
        OpenError::KeychainMissing => LockReason::KeychainMissing,
        OpenError::KeyMissing { .. } => LockReason::KeyMissing,
        OpenError::KeyDiffers => LockReason::KeyDiffers,
        OpenError::Damaged | OpenError::Lost => LockReason::Damaged,
        OpenError::NewerVersion { .. } => LockReason::NewerVersion,
        OpenError::KeychainLocked | OpenError::KeychainRefused(_) => LockReason::KeychainLocked,
        _ => LockReason::Disk,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each code of the services has its own advice, and the code itself arrives.
    #[test]
    fn refusals_of_a_sign_in_are_told_apart() {
        use SignInFailure::{
            AppBlocked, AppMisconfigured, AppNotInstalled, ApprovalNeeded, Busy, ClientUnknown, Declined, PageExpired,
            RedirectMismatch, Refused, UserInactive,
        };
        let (zoom, salesforce) = (Provider::Zoom, Provider::Salesforce);
        let table = [
            (salesforce, "OAUTH_APP_BLOCKED", AppBlocked),
            (salesforce, "access_denied", Declined),
            (salesforce, "OAUTH_EC_APP_NOT_FOUND", AppNotInstalled),
            (salesforce, "app_not_found", AppNotInstalled),
            (salesforce, "invalid_client_id", ClientUnknown),
            (salesforce, "invalid_client_credentials", AppMisconfigured),
            (salesforce, "redirect_uri_mismatch", RedirectMismatch),
            (salesforce, "OAUTH_APPROVAL_ERROR_GENERIC", ApprovalNeeded),
            (salesforce, "inactive_user", UserInactive),
            (salesforce, "invalid_grant", PageExpired),
            (salesforce, "invalid_request", AppMisconfigured),
            (salesforce, "rate_limit_exceeded", Busy),
            (zoom, "invalid_client", ClientUnknown),
            (zoom, "4709", RedirectMismatch),
            (zoom, "4717", AppBlocked),
            (zoom, "invalid_request", PageExpired),
            (zoom, "something_new", Refused),
        ];
        for (provider, code, reason) in table {
            let error = from_sign_in(provider, &SignInError::Refused { code: code.to_owned() });
            assert_eq!(error, CommandError::SignInFailed { provider, reason, code: Some(code.to_owned()) });
        }
    }
}
