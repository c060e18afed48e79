//! What a refusal of Zoom means for a row.

use chrono::{DateTime, Utc};
use liaison_transport::next_utc_midnight;
use liaison_zoom::{ErrorKind, Refusal, ZoomError};

use crate::failure::{Error, RETRY_SOON, shown};
use crate::outbox::kind::{Found, Outcome};
use crate::outbox::reason::{Need, Wait};
use crate::outbox::settle::{not_seen, pause, pause_after};
use crate::webinars::pull::roster::Unread;

/// Codes that have words of their own in the window.
pub(super) const STARTED: &str = "WEBINAR_STARTED";
pub(super) const DENIED: &str = "REGISTRANT_DENIED";
const FULL: &str = "WEBINAR_FULL";
const CLOSED: &str = "REGISTRATION_CLOSED";
const OFF: &str = "REGISTRATION_OFF";
const NO_LICENCE: &str = "NO_WEBINAR_LICENCE";

/// A need with words of the window's own.
pub(super) fn need(code: &str) -> Need {
    Need::Refused { message: String::new(), fields: Vec::new(), code: code.to_owned() }
}

/// What the refusal of one row, or of all rows of a request, means.
pub(super) fn outcome(error: &ZoomError, attempts: i64, now: DateTime<Utc>) -> Outcome {
    if error.outcome_unknown() {
        return Outcome::Unknown;
    }
    match error {
        ZoomError::Transport(error) => pause_after(now, attempts, error),
        ZoomError::EndlessList { .. } => pause(now, attempts, Wait::Trouble),
        ZoomError::Invalid(invalid) => Outcome::Needs(Need::Refused {
            message: invalid.to_string(),
            fields: vec![invalid.field.to_owned()],
            code: "INVALID".to_owned(),
        }),
        ZoomError::Refused(refusal) => refused(refusal, attempts, now),
    }
}

fn refused(refusal: &Refusal, attempts: i64, now: DateTime<Utc>) -> Outcome {
    match &refusal.kind {
        ErrorKind::TokenRejected => pause(now, attempts, Wait::SignIn),
        ErrorKind::Server => pause(now, attempts, Wait::Trouble),
        // The day's number is of one person, or of changes; other rows of the lane go on.
        ErrorKind::DailyEditLimit | ErrorKind::RegistrantLimit | ErrorKind::RegistrantStatusLimit => {
            Outcome::Later { not_before: next_utc_midnight(now), reason: Wait::RateLimit }
        }
        ErrorKind::RateLimited { until_utc } => {
            Outcome::Pause { until: until_utc.unwrap_or(now + RETRY_SOON), reason: Wait::RateLimit }
        }
        ErrorKind::NotFound => Outcome::Needs(Need::DeletedThere),
        ErrorKind::ScopeMissing { scopes } => Outcome::Needs(Need::NoPermission { message: scopes.join(", ") }),
        ErrorKind::CapacityReached => Outcome::Needs(need(FULL)),
        ErrorKind::RegistrationClosed => Outcome::Needs(need(CLOSED)),
        ErrorKind::RegistrationOff => Outcome::Needs(need(OFF)),
        ErrorKind::NotLicensed => Outcome::Needs(need(NO_LICENCE)),
        _ => Outcome::Needs(Need::Refused {
            message: shown(refusal.message.expose()),
            fields: refusal.fields.iter().map(|field| field.field.clone()).collect(),
            code: refusal.code.map_or_else(|| refusal.status.as_u16().to_string(), |code| code.to_string()),
        }),
    }
}

/// A request with several people is refused as a whole: where it is about one of them, each goes alone.
pub(super) fn of_many(error: &ZoomError, attempts: i64, now: DateTime<Utc>) -> Outcome {
    let about_one = matches!(
        error.kind(),
        Some(
            ErrorKind::Validation
                | ErrorKind::CannotRegister
                | ErrorKind::RegistrantLimit
                | ErrorKind::RegistrantStatusLimit
                | ErrorKind::CapacityReached
                | ErrorKind::Other
        )
    ) || matches!(error, ZoomError::Invalid(_));
    if about_one { Outcome::Alone } else { outcome(error, attempts, now) }
}

/// What it means that lists could not be read, before anything was sent.
pub(super) fn unread(error: &Unread, attempts: i64, now: DateTime<Utc>) -> Outcome {
    match error {
        // Nothing but a question was sent.
        Unread::Zoom(ZoomError::Transport(error)) => pause_after(now, attempts, error),
        Unread::Zoom(error) if error.outcome_unknown() => pause(now, attempts, Wait::Trouble),
        Unread::Zoom(error) => outcome(error, attempts, now),
        Unread::Engine(error) => pause(now, attempts, of_engine(error)),
    }
}

/// What it means for a look-up.
pub(super) fn not_found_out(error: &Unread, attempts: i64, now: DateTime<Utc>) -> Found {
    match unread(error, attempts, now) {
        Outcome::Pause { until, reason } | Outcome::Later { not_before: until, reason } => {
            Found::NotSeen { not_before: until, reason }
        }
        Outcome::Needs(Need::DeletedThere) => Found::Needs(Need::DeletedThere),
        Outcome::Needs(_) => Found::CannotTell,
        _ => not_seen(now, attempts, Wait::Network),
    }
}

fn of_engine(error: &Error) -> Wait {
    match error {
        Error::NotConnected { .. } => Wait::SignIn,
        _ => Wait::Trouble,
    }
}
