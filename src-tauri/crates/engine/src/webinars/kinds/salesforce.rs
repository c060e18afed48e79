//! What an error of Salesforce means for a row.

use chrono::{DateTime, Utc};
use liaison_salesforce::{Disposition, Resolution, RowRefusal, SalesforceError};
use liaison_store::tables::outbox::OutboxRecord;

use crate::failure::{DAILY_PAUSE, shown};
use crate::outbox::kind::{Found, Outcome};
use crate::outbox::reason::{Need, Wait};
use crate::outbox::settle::{not_seen, not_seen_after, pause, pause_after};

/// Of a whole request.
pub(super) fn outcome(error: &SalesforceError, attempts: i64, now: DateTime<Utc>) -> Outcome {
    if error.outcome_unknown() {
        return Outcome::Unknown;
    }
    match error {
        SalesforceError::Transport(error) => pause_after(now, attempts, error),
        SalesforceError::Invalid(invalid) => Outcome::Needs(Need::Refused {
            message: invalid.to_string(),
            fields: vec![invalid.field.to_owned()],
            code: "INVALID".to_owned(),
        }),
        SalesforceError::Mismatch { .. } => Outcome::Unknown,
        SalesforceError::Refused(refusal) => of_disposition(refusal.disposition(), String::new(), attempts, now),
    }
}

/// Of one row of a collection.
pub(super) fn of_row(refused: &RowRefusal, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome {
    let name = row.person_name.clone().unwrap_or_default();
    of_disposition(refused.disposition.clone(), name, row.attempts, now)
}

fn of_disposition(disposition: Disposition, name: String, attempts: i64, now: DateTime<Utc>) -> Outcome {
    match disposition {
        Disposition::RefreshAndReplay => pause(now, attempts, Wait::SignIn),
        Disposition::BackOff => pause(now, attempts, Wait::Trouble),
        Disposition::PauseUntilWindow => Outcome::Pause { until: now + DAILY_PAUSE, reason: Wait::RateLimit },
        Disposition::Resolve(Resolution::SeveralMatches(_)) => Outcome::Needs(Need::SeveralMatches),
        Disposition::Resolve(Resolution::Deleted | Resolution::ConvertedLead) => {
            Outcome::Needs(Need::RecordGone { name })
        }
        Disposition::Resolve(Resolution::DuplicateValue { .. } | Resolution::DuplicatesDetected(_)) => {
            Outcome::Needs(Need::Refused {
                message: String::new(),
                fields: Vec::new(),
                code: "DUPLICATES_DETECTED".to_owned(),
            })
        }
        Disposition::Park { code, message, .. } if code.starts_with("INSUFFICIENT_ACCESS") => {
            Outcome::Needs(Need::NoPermission { message: shown(message.expose()) })
        }
        Disposition::Park { code, message, fields } => {
            Outcome::Needs(Need::Refused { message: shown(message.expose()), fields, code })
        }
    }
}

/// Of a look-up: only a refusal of the question itself is for the user.
pub(super) fn found_out(error: &SalesforceError, attempts: i64, now: DateTime<Utc>) -> Found {
    match error {
        SalesforceError::Transport(error) => not_seen_after(now, attempts, error),
        SalesforceError::Mismatch { .. } => not_seen(now, attempts, Wait::Trouble),
        SalesforceError::Invalid(_) => Found::CannotTell,
        SalesforceError::Refused(_) => match outcome(error, attempts, now) {
            Outcome::Pause { until, reason } | Outcome::Later { not_before: until, reason } => {
                Found::NotSeen { not_before: until, reason }
            }
            _ => Found::CannotTell,
        },
    }
}
