//! What can go wrong on the way to a service and back.
//!
//! A variant exists only where a caller does something different. No variant
//! holds a path, a query, a body, a host name or a token.

use chrono::{DateTime, Utc};
use reqwest::StatusCode;

use crate::oauth::VaultError;

/// Why an API call gave no usable answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TransportError {
    /// No name resolution, no route or nobody listening: nothing was sent.
    #[error("the service could not be reached")]
    Offline,
    /// The service was too slow. `outcome_unknown` says whether the request may
    /// have left this computer.
    #[error("the service took too long to answer")]
    Timeout { outcome_unknown: bool },
    /// The connection was cut after the request left, or the answer was cut
    /// short: whether the service acted on it is unknown.
    #[error("the connection was cut before the answer was complete")]
    Interrupted,
    /// The other side could not prove who it is: nothing was sent.
    #[error("no secure connection to the service could be made")]
    Tls,
    /// A proxy on the way asks for a sign-in of its own: nothing was sent.
    #[error("a proxy refused the connection")]
    ProxyRefused,
    /// An answer the service itself never gives, such as a page of HTML where
    /// JSON was due or a redirect: usually the sign-in page of a network.
    #[error("{operation}: unexpected answer (HTTP {status}, {content_type})")]
    Unexpected {
        operation: &'static str,
        status: StatusCode,
        /// Cut to 80 printable ASCII characters.
        content_type: String,
    },
    /// The answer is larger than this client accepts.
    #[error("the answer was too large")]
    TooLarge,
    /// A complete answer that does not have the expected shape.
    #[error("{operation}: the answer could not be understood at {field} ({problem})")]
    Decode {
        operation: &'static str,
        /// The path of the field, such as `items[3].start_time`; `.` is the whole.
        field: String,
        problem: DecodeProblem,
    },
    /// The service asks to wait. `daily` marks a quota of the day.
    #[error("the service asks to wait until {until}")]
    RateLimited { until: DateTime<Utc>, daily: bool },
    /// There is no usable token.
    #[error("signing in is needed: {0}")]
    SignInNeeded(#[source] AuthError),
    /// This crate refused to send: a bad address or a malformed request.
    #[error("refused: {0}")]
    Refused(String),
}

impl TransportError {
    /// Whether the service may have acted on the request although no complete
    /// answer was seen. A write must then be looked up before it is sent again.
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Timeout { outcome_unknown } => *outcome_unknown,
            Self::Interrupted | Self::TooLarge | Self::Decode { .. } => true,
            Self::Unexpected { status, .. } => status.is_success(),
            _ => false,
        }
    }

    /// Whether the network, not the service or the request, is at fault.
    pub fn is_network(&self) -> bool {
        matches!(
            self,
            Self::Offline
                | Self::Timeout { .. }
                | Self::Interrupted
                | Self::Tls
                | Self::ProxyRefused
                | Self::Unexpected { .. }
        )
    }
}

/// What is wrong with an answer. It holds no value from the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeProblem {
    #[error("nothing was sent")]
    Empty,
    #[error("not valid JSON")]
    Syntax,
    #[error("a value of the wrong kind")]
    Shape,
}

/// Why there is no access token.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AuthError {
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// The service no longer accepts the sign-in: it was revoked, ran out, or
    /// was replaced by a sign-in elsewhere.
    #[error("the sign-in is no longer valid")]
    SignInExpired,
    /// The organisation accepts sign-ins from known networks only, and this is none. The
    /// sign-in itself is good.
    #[error("the network was refused ({code})")]
    NetworkRefused { code: String },
    /// The service has deactivated the user or the organisation.
    #[error("the account is not active ({code})")]
    AccountDisabled { code: String },
    /// The service does not accept the app: blocked, not installed or wrong
    /// client id. An administrator has to act.
    #[error("the app was refused ({code})")]
    AppRefused { code: String },
    /// The service named another address for the data than at sign-in. The
    /// token was not sent there.
    #[error("the service named another address than at sign-in")]
    ForeignInstance,
    /// Tokens could not be read or stored on this computer.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The service that gives out tokens could not be asked now; the sign-in
    /// itself may well be good.
    #[error("the sign-in could not be renewed now: {0}")]
    Unreachable(#[source] Box<TransportError>),
}

impl AuthError {
    /// Whether only the user can mend it, by signing in again or by asking an
    /// administrator. Nothing is tried again by itself then. An administrator's word can be
    /// taken back, so a refused app or network and an inactive user are tried again, seldom.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::NotSignedIn | Self::SignInExpired | Self::ForeignInstance)
    }
}

/// For a call that could not start because no token could be had.
impl From<AuthError> for TransportError {
    fn from(error: AuthError) -> Self {
        match error {
            // The call itself never left, whatever became of the renewal.
            AuthError::Unreachable(cause) => match *cause {
                Self::Timeout { .. } | Self::Interrupted => Self::Timeout { outcome_unknown: false },
                Self::TooLarge | Self::Decode { .. } | Self::Unexpected { .. } => {
                    Self::SignInNeeded(AuthError::Unreachable(cause))
                }
                other => other,
            },
            other => Self::SignInNeeded(other),
        }
    }
}
