//! What can go wrong in a call to Zoom, told apart by what the caller does about it.

mod classification;

use std::fmt;

use chrono::{DateTime, Utc};
pub use liaison_transport::ServerText;
use liaison_transport::TransportError;
use reqwest::StatusCode;

pub(crate) use classification::{Envelope, classify};

/// A call to Zoom that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum ZoomError {
    /// Zoom answered, and the answer is an error.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// There is no answer, or it cannot be read.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The request breaks one of Zoom's documented rules and was not sent.
    #[error(transparent)]
    Invalid(#[from] InvalidRequest),
    /// A list did not come to an end as Zoom's paging promises.
    #[error("the list of {operation} does not end: {reason}")]
    EndlessList {
        /// The operation, as in Zoom's reference.
        operation: &'static str,
        /// What was seen.
        reason: &'static str,
    },
}

impl ZoomError {
    /// What Zoom answered, if it did.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The kind of Zoom's refusal, if it is one.
    #[must_use]
    pub fn kind(&self) -> Option<&ErrorKind> {
        self.refusal().map(|refusal| &refusal.kind)
    }

    /// Whether the thing asked for does not exist (any more), or is not visible to this user.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self.kind(), Some(ErrorKind::NotFound))
    }

    /// When Zoom accepts requests again, if it limits them and said so.
    #[must_use]
    pub fn limited_until_utc(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Transport(TransportError::RateLimited { until, .. }) => Some(*until),
            _ => match self.kind() {
                Some(ErrorKind::RateLimited { until_utc }) => *until_utc,
                _ => None,
            },
        }
    }

    /// Whether the request may have taken effect although no answer says so.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Transport(error) => error.outcome_unknown(),
            // A 5xx may come from a gateway after the origin acted.
            Self::Refused(refusal) => matches!(refusal.kind, ErrorKind::Server),
            Self::Invalid(_) | Self::EndlessList { .. } => false,
        }
    }
}

impl From<Refusal> for ZoomError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// Zoom's error answer.
///
/// `Display` and `Debug` leave Zoom's own texts out: they repeat e-mail addresses and ids.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Zoom refused {operation}: {kind} (HTTP {}{})", .status.as_u16(), CodeSuffix(*.code))]
pub struct Refusal {
    /// The operation, as in Zoom's reference: never a real path.
    pub operation: &'static str,
    /// The HTTP status. An error code may come with 200.
    pub status: StatusCode,
    /// Zoom's code in the body, if the body was Zoom's.
    pub code: Option<i64>,
    /// Zoom's text, for showing where the user must see it.
    pub message: ServerText,
    /// Which fields Zoom complains about.
    pub fields: Vec<FieldError>,
    /// What it means for the caller.
    pub kind: ErrorKind,
}

struct CodeSuffix(Option<i64>);

impl fmt::Display for CodeSuffix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(code) => write!(formatter, ", code {code}"),
            None => Ok(()),
        }
    }
}

/// One field that Zoom did not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Path of the field, for example `settings.approval_type`.
    pub field: String,
    /// Zoom's text about it.
    pub message: ServerText,
}

/// What a refusal means for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The app in Zoom's marketplace lacks a scope (code 4711). The names are Zoom's.
    #[error("missing scope {}", .scopes.join(" or "))]
    ScopeMissing {
        /// Any one of these would do.
        scopes: Vec<String>,
    },
    /// The access token is not accepted, and refreshing did not help.
    #[error("the sign-in is no longer accepted")]
    TokenRejected,
    /// The object does not exist, has expired, or belongs to somebody else.
    #[error("not found")]
    NotFound,
    /// Zoom does not accept a value; see [`Refusal::fields`].
    #[error("a value is not accepted")]
    Validation,
    /// `next_page_token` is older than 15 minutes or does not fit the query.
    #[error("the page token has expired")]
    PageTokenExpired,
    /// The user's 100 creations and changes of this UTC day are used up.
    #[error("the user's daily number of meeting changes is used up")]
    DailyEditLimit,
    /// This person was registered for this meeting or webinar three times today.
    #[error("the person's daily number of registrations is used up")]
    RegistrantLimit,
    /// This person's registration was changed ten times today.
    #[error("the person's daily number of status changes is used up")]
    RegistrantStatusLimit,
    /// The meeting or webinar has as many people as fit.
    #[error("no room for more people")]
    CapacityReached,
    /// The meeting or webinar is over, or its registration is closed.
    #[error("registration is closed")]
    RegistrationClosed,
    /// The meeting or webinar has no registration.
    #[error("there is no registration")]
    RegistrationOff,
    /// The host, or somebody who is invited already, cannot register.
    #[error("this person cannot register")]
    CannotRegister,
    /// Too many requests, for the account or for this endpoint.
    #[error("too many requests")]
    RateLimited {
        /// When Zoom will accept requests again, if it said so.
        until_utc: Option<DateTime<Utc>>,
    },
    /// The user's plan does not include this.
    #[error("the user's plan does not include this")]
    NotLicensed,
    /// The user may not do this.
    #[error("not permitted")]
    Forbidden,
    /// Zoom has a problem of its own; what became of the request is not known.
    #[error("Zoom has a problem")]
    Server,
    /// Another rule of Zoom; its text says which.
    #[error("another rule")]
    Other,
}

/// A request that Liaison does not send because Zoom documents that it is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} {reason}")]
pub struct InvalidRequest {
    /// Name of the field as Zoom spells it.
    pub field: &'static str,
    /// What is wrong, without the value.
    pub reason: &'static str,
}
