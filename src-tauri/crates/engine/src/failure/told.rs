//! What the window gets to hear of an error: the one place where the engine's own errors become the window's.
//!
//! Server texts cross this border only where the user must see them: a refusal's own words.

use chrono::{DateTime, Utc};
use liaison_salesforce::{Disposition, SalesforceError};
use liaison_store::StoreError;
use liaison_transport::{AuthError, SignInError, TransportError};
use liaison_zoom::{ErrorKind, ZoomError};

use super::{DAILY_PAUSE, Error, RETRY_SOON, shown, store_code, utc_ms};
use crate::config::DesktopError;
use crate::error::{CommandError, SignInFailure, SignInReason};
use crate::terms::Provider;

impl From<&Error> for CommandError {
    fn from(error: &Error) -> Self {
        let internal = || Self::Internal { code: error.code().to_owned() };
        match error {
            Error::Zoom { cause, at } => zoom_error(cause, *at),
            Error::Salesforce { cause, at } => salesforce_error(cause, *at),
            Error::Transport { provider, cause } => from_transport(*provider, cause),
            Error::SignIn { provider, cause } => from_sign_in(*provider, cause),
            Error::Host { provider, .. } => {
                Self::SignInFailed { provider: *provider, reason: SignInFailure::HostRefused, code: None }
            }
            Error::Store(cause) => from_store(cause),
            Error::Disk(_) => Self::Storage { code: error.code().to_owned() },
            Error::Desktop(DesktopError::NoBrowser) => Self::BrowserFailed,
            Error::Desktop(DesktopError::NoClipboard) | Error::Internal { .. } => internal(),
            Error::Answer { provider, code } => trouble(*provider, code),
            Error::SignInFailed { provider, reason } => {
                Self::SignInFailed { provider: *provider, reason: *reason, code: None }
            }
            Error::SignInNeeded { provider, reason } => Self::SignInNeeded { provider: *provider, reason: *reason },
            Error::NotConnected { provider } => Self::NotConnected { provider: *provider },
            Error::Locked { reason } => Self::Locked { reason: *reason },
            Error::Invalid { issues } => Self::Invalid { issues: issues.clone() },
            Error::Transfer(problem) => Self::Transfer { problem: *problem },
            Error::Gone => Self::Gone,
            Error::TooLate => Self::TooLate,
            Error::OutcomeUnknown { provider, until } => Self::OutcomeUnknown { provider: *provider, until: *until },
            Error::Offline => Self::Offline,
            Error::TimedOut { provider } => Self::TimedOut { provider: *provider },
            Error::RateLimited { provider, until } => Self::RateLimited { provider: *provider, until: *until },
            Error::Refused { provider, message, code } => {
                Self::Refused { provider: *provider, message: message.clone(), code: code.clone() }
            }
        }
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

/// What the areas ask of an error: the answers are those that the user is given.
impl Error {
    /// When the service may be asked again, where it said so.
    pub(crate) fn limited_until(&self) -> Option<DateTime<Utc>> {
        match CommandError::from(self) {
            CommandError::RateLimited { until, .. } => DateTime::from_timestamp_millis(until.0),
            _ => None,
        }
    }

    /// The service says no to what was asked, or to who asked.
    pub(crate) fn is_about_rights(&self) -> bool {
        matches!(CommandError::from(self), CommandError::PermissionMissing { .. } | CommandError::Refused { .. })
    }

    /// A blocked app or an inactive user is an administrator's to mend, and signing in again would not help.
    pub(crate) fn needs_sign_in(&self) -> bool {
        let told = CommandError::from(self);
        matches!(told, CommandError::SignInNeeded { reason: SignInReason::Expired | SignInReason::Revoked, .. })
    }

    /// Nobody is signed in, or somebody else by now.
    pub(crate) fn is_signed_out(&self) -> bool {
        matches!(CommandError::from(self), CommandError::NotConnected { .. })
    }

    /// Nobody knows what the service would have said.
    pub(crate) fn is_offline(&self) -> bool {
        matches!(
            CommandError::from(self),
            CommandError::Offline
                | CommandError::TimedOut { .. }
                | CommandError::OutcomeUnknown { .. }
                | CommandError::NetworkSignIn { .. }
        )
    }
}

fn from_transport(provider: Provider, error: &TransportError) -> CommandError {
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

fn trouble(provider: Provider, code: &str) -> CommandError {
    CommandError::ServiceTrouble { provider, code: code.to_owned() }
}

fn zoom_error(error: &ZoomError, now: DateTime<Utc>) -> CommandError {
    let provider = Provider::Zoom;
    match error {
        ZoomError::Transport(error) => from_transport(provider, error),
        ZoomError::Invalid(_) => CommandError::Internal { code: "E-ZOOM-REQUEST".to_owned() },
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
        SalesforceError::Invalid(_) => {
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

fn from_sign_in(provider: Provider, error: &SignInError) -> CommandError {
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

fn from_store(error: &StoreError) -> CommandError {
    match error {
        StoreError::WrongState { .. } => CommandError::TooLate,
        StoreError::NotFound { .. } => CommandError::Gone,
        error => CommandError::Storage { code: store_code(error).to_owned() },
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
