//! The engine's one inner error, with its causes. What the window hears of it is in [`told`].

mod told;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_salesforce::SalesforceError;
use liaison_store::{OpenError, StoreError};
use liaison_transport::{SignInError, TransportError};
use liaison_zoom::ZoomError;

use crate::config::DesktopError;
use crate::error::{CommandError, FieldIssue, LockReason, SignInFailure, SignInReason, TransferProblem};
use crate::terms::{Provider, UtcMs};

/// Longest server text that is shown.
const MAX_SERVER_TEXT: usize = 500;

/// When an org's API calls of 24 hours are used up, the window moves; asked again this much later.
pub(crate) const DAILY_PAUSE: chrono::TimeDelta = chrono::TimeDelta::hours(1);

/// When a service asks for a pause and does not say how long.
pub(crate) const RETRY_SOON: chrono::TimeDelta = chrono::TimeDelta::seconds(30);

/// Why the engine did not do something. It may be told to several, so it can be cloned.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    #[error("Zoom did not do it")]
    Zoom {
        #[source]
        cause: Arc<ZoomError>,
        /// When; limits are counted from here.
        at: DateTime<Utc>,
    },
    #[error("Salesforce did not do it")]
    Salesforce {
        #[source]
        cause: Arc<SalesforceError>,
        /// When; limits are counted from here.
        at: DateTime<Utc>,
    },
    #[error("no client could be made for {provider:?}")]
    Transport {
        provider: Provider,
        #[source]
        cause: Arc<TransportError>,
    },
    #[error("nobody was signed in to {provider:?}")]
    SignIn {
        provider: Provider,
        #[source]
        cause: Arc<SignInError>,
    },
    /// An address is none of the service's.
    #[error("an address of {provider:?} was refused")]
    Host {
        provider: Provider,
        #[source]
        cause: Arc<dyn std::error::Error + Send + Sync>,
    },
    #[error("the local data did not do it")]
    Store(#[source] Arc<StoreError>),
    #[error("a file of the program could not be written")]
    Disk(#[source] Arc<std::io::Error>),
    #[error("the desktop did not do it")]
    Desktop(#[source] DesktopError),
    /// The service's answer lacks what it always has.
    #[error("an answer of {provider:?} can't be used")]
    Answer { provider: Provider, code: &'static str },
    #[error("signing in to {provider:?} is not possible")]
    SignInFailed { provider: Provider, reason: SignInFailure },
    #[error("{provider:?} ended the sign-in")]
    SignInNeeded { provider: Provider, reason: SignInReason },
    #[error("not signed in to {provider:?}, or as somebody else now")]
    NotConnected { provider: Provider },
    #[error("the local data is locked")]
    Locked { reason: LockReason },
    #[error("the input is wrong in {} places", .issues.len())]
    Invalid { issues: Vec<FieldIssue> },
    #[error("it is gone")]
    Gone,
    #[error("the state no longer allows this")]
    TooLate,
    #[error("whether it arrived is not known")]
    OutcomeUnknown {
        provider: Provider,
        /// When it is looked up next.
        until: Option<UtcMs>,
    },
    /// Noted on a row of the outbox, as the three that follow; the cause was in the log then.
    #[error("the row waits for the network")]
    Offline,
    #[error("the row waits, for {provider:?} did not answer in time")]
    TimedOut { provider: Provider },
    #[error("the row waits, for {provider:?} asked for a pause")]
    RateLimited { provider: Provider, until: UtcMs },
    #[error("{provider:?} refused the row")]
    Refused { provider: Provider, message: String, code: String },
    #[error("the file can't be taken in: {0:?}")]
    Transfer(TransferProblem),
    /// Must not happen.
    #[error("the program has a fault ({code})")]
    Internal { code: &'static str },
}

impl Error {
    pub(crate) fn zoom(cause: ZoomError, at: DateTime<Utc>) -> Self {
        Self::Zoom { cause: Arc::new(cause), at }
    }

    pub(crate) fn salesforce(cause: SalesforceError, at: DateTime<Utc>) -> Self {
        Self::Salesforce { cause: Arc::new(cause), at }
    }

    pub(crate) fn transport(provider: Provider) -> impl Fn(TransportError) -> Self {
        move |cause| Self::Transport { provider, cause: Arc::new(cause) }
    }

    pub(crate) fn sign_in(provider: Provider) -> impl Fn(SignInError) -> Self {
        move |cause| Self::SignIn { provider, cause: Arc::new(cause) }
    }

    pub(crate) fn host<E: std::error::Error + Send + Sync + 'static>(provider: Provider) -> impl Fn(E) -> Self {
        move |cause| Self::Host { provider, cause: Arc::new(cause) }
    }

    /// The variant's code in the log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Zoom { .. } => "E-ZOOM",
            Self::Salesforce { .. } => "E-SALESFORCE",
            Self::Transport { .. } => "E-CLIENT",
            Self::SignIn { .. } => "E-SIGN-IN",
            Self::Host { .. } => "E-HOST",
            Self::Store(cause) => store_code(cause),
            Self::Disk(_) => "E-DISK",
            Self::Desktop(DesktopError::NoBrowser) => "E-BROWSER",
            Self::Desktop(DesktopError::NoClipboard) => "E-CLIPBOARD",
            Self::SignInFailed { .. } => "E-SIGN-IN-REFUSED",
            Self::Transfer(_) => "E-TRANSFER",
            Self::SignInNeeded { .. } => "E-SIGN-IN-NEEDED",
            Self::NotConnected { .. } => "E-NOT-CONNECTED",
            Self::Locked { .. } => "E-LOCKED",
            Self::Invalid { .. } => "E-INVALID",
            Self::Gone => "E-GONE",
            Self::TooLate => "E-TOO-LATE",
            Self::OutcomeUnknown { .. } => "E-OUTCOME-UNKNOWN",
            Self::Offline => "E-OFFLINE",
            Self::TimedOut { .. } => "E-TIMED-OUT",
            Self::RateLimited { .. } => "E-RATE-LIMITED",
            Self::Refused { .. } => "E-REFUSED",
            Self::Answer { code, .. } | Self::Internal { code } => code,
        }
    }

    /// The error with all its causes, for the log.
    pub(crate) fn chain(&self) -> String {
        let mut texts: Vec<String> = Vec::new();
        let mut next: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(error) = next {
            let text = error.to_string();
            // Some say what their cause says.
            if !texts.last().is_some_and(|before| before.ends_with(&text)) {
                texts.push(text);
            }
            next = error.source();
        }
        texts.join(": ")
    }

    /// Writes it down, in the span of the command or pull that it happened to: what the program or the computer is to
    /// blame for stands out.
    pub(crate) fn log(&self) {
        let (code, kind, causes) = (self.code(), CommandError::from(self).kind(), self.chain());
        if matches!(kind, "storage" | "internal") {
            tracing::error!(code, kind, causes, "it was not done");
        } else {
            tracing::info!(code, kind, causes, "it was not done");
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}

fn store_code(error: &StoreError) -> &'static str {
    match error {
        StoreError::Busy => "E-STORE-BUSY",
        StoreError::Full => "E-DISK-FULL",
        StoreError::Io(_) => "E-DISK",
        StoreError::Corrupt(_) => "E-STORE-DAMAGED",
        StoreError::WrongState { .. } => "E-STORE-STATE",
        StoreError::NotFound { .. } => "E-STORE-ROW",
        StoreError::Closed => "E-STORE-CLOSED",
        _ => "E-STORE",
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

/// Milliseconds of an instant, as the window gets them.
pub(crate) fn utc_ms(at: DateTime<Utc>) -> UtcMs {
    UtcMs(at.timestamp_millis())
}

/// A server's own words, made safe to show.
pub(crate) fn shown(text: &str) -> String {
    liaison_domain::text::single_line(text, MAX_SERVER_TEXT)
}

#[cfg(test)]
mod tests {
    use liaison_transport::AuthError;

    use super::*;

    #[test]
    fn the_log_gets_every_cause_once() {
        // A cause that says itself what its own cause says.
        let refused = AuthError::NetworkRefused { code: "blocked".to_owned() };
        let error = Error::zoom(TransportError::SignInNeeded(refused).into(), DateTime::UNIX_EPOCH);
        assert_eq!(error.chain(), "Zoom did not do it: signing in is needed: the network was refused (blocked)");
        let error = Error::from(StoreError::Full);
        assert_eq!(error.chain(), "the local data did not do it: the disk is full");
    }
}
