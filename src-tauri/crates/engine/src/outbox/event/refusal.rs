//! What Salesforce's errors mean for a row of an activity.

use chrono::{DateTime, Utc};
use liaison_salesforce::{Disposition, Resolution, RowRefusal, SalesforceError};
use liaison_store::tables::outbox::OutboxRecord;

use crate::context::Context;
use crate::failure::{DAILY_PAUSE, shown};
use crate::outbox::kind::{Found, Outcome};
use crate::outbox::reason::{Need, Wait};
use crate::outbox::settle::{not_seen, not_seen_after, pause, pause_after};

/// What an error means for a row that was sent.
pub(crate) fn of_attempt(cx: &Context, error: &SalesforceError, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome {
    if error.outcome_unknown() {
        return Outcome::Unknown;
    }
    match error {
        SalesforceError::Transport(error) => pause_after(now, row.attempts, error),
        SalesforceError::Invalid(invalid) => Outcome::Needs(Need::Refused {
            message: invalid.to_string(),
            fields: vec![invalid.field.to_owned()],
            code: "INVALID".to_owned(),
        }),
        // The answer said something that makes no sense: what happened is not known.
        SalesforceError::Mismatch { .. } => Outcome::Unknown,
        SalesforceError::Refused(refusal) => of_disposition(cx, refusal.disposition(), row, now),
    }
}

/// What the refusal of one row of a collection means.
pub(crate) fn of_row(cx: &Context, refusal: &RowRefusal, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome {
    of_disposition(cx, refusal.disposition.clone(), row, now)
}

fn of_disposition(cx: &Context, disposition: Disposition, row: &OutboxRecord, now: DateTime<Utc>) -> Outcome {
    let person = || row.person_name.clone().unwrap_or_default();
    let refused = |fields: Vec<String>, code: &str| {
        Outcome::Needs(Need::Refused { message: String::new(), fields, code: code.to_owned() })
    };
    match disposition {
        Disposition::RefreshAndReplay => pause(now, row.attempts, Wait::SignIn),
        Disposition::BackOff => pause(now, row.attempts, Wait::Trouble),
        Disposition::PauseUntilWindow => Outcome::Pause { until: now + DAILY_PAUSE, reason: Wait::RateLimit },
        Disposition::Resolve(Resolution::SeveralMatches(_)) => Outcome::Needs(Need::SeveralMatches),
        Disposition::Resolve(Resolution::Deleted | Resolution::ConvertedLead) => {
            Outcome::Needs(Need::RecordGone { name: person() })
        }
        Disposition::Resolve(Resolution::DuplicateValue { field, .. }) => {
            refused(field.into_iter().collect(), "DUPLICATE_VALUE")
        }
        Disposition::Resolve(Resolution::DuplicatesDetected(_)) => refused(Vec::new(), "DUPLICATES_DETECTED"),
        Disposition::Park { code, message, fields } => {
            // A field may have been hidden or removed: ask again what is possible.
            cx.forget_capabilities();
            let message = shown(message.expose());
            Outcome::Needs(if names_the_person(&code, &fields) {
                Need::RecordGone { name: person() }
            } else if code.starts_with("INSUFFICIENT_ACCESS") {
                Need::NoPermission { message }
            } else {
                Need::Refused { message, fields, code }
            })
        }
    }
}

/// What an error of a look-up means: only a refusal of the question itself is for the user.
pub(crate) fn of_look_up(cx: &Context, error: &SalesforceError, attempts: i64, now: DateTime<Utc>) -> Found {
    match error {
        SalesforceError::Transport(error) => not_seen_after(now, attempts, error),
        SalesforceError::Mismatch { .. } => not_seen(now, attempts, Wait::Trouble),
        SalesforceError::Invalid(_) => Found::CannotTell,
        SalesforceError::Refused(refusal) => match refusal.disposition() {
            Disposition::RefreshAndReplay => not_seen(now, attempts, Wait::SignIn),
            Disposition::BackOff => not_seen(now, attempts, Wait::Trouble),
            Disposition::PauseUntilWindow => Found::NotSeen { not_before: now + DAILY_PAUSE, reason: Wait::RateLimit },
            Disposition::Resolve(_) | Disposition::Park { .. } => {
                cx.forget_capabilities();
                Found::CannotTell
            }
        },
    }
}

fn names_the_person(code: &str, fields: &[String]) -> bool {
    fields.iter().any(|field| field == "WhoId")
        && ["INVALID_CROSS_REFERENCE_KEY", "FIELD_INTEGRITY_EXCEPTION", "MALFORMED_ID"].contains(&code)
}

/// Whether Salesforce refuses because of whom the Event is for.
pub(crate) fn is_about_the_person(disposition: Option<&Disposition>) -> bool {
    match disposition {
        Some(Disposition::Resolve(Resolution::ConvertedLead | Resolution::Deleted)) => true,
        Some(Disposition::Park { code, fields, .. }) => names_the_person(code, fields),
        _ => false,
    }
}

/// Whether Salesforce refuses because of what the Event is about: it is gone, or may not be seen or written.
pub(crate) fn is_about_the_topic(disposition: Option<&Disposition>) -> bool {
    matches!(disposition, Some(Disposition::Park { fields, .. }) if fields.iter().any(|field| field == "WhatId"))
}

/// Whether it is because of the one or the other.
pub(crate) fn is_about_a_relation(disposition: &Disposition) -> bool {
    is_about_the_person(Some(disposition)) || is_about_the_topic(Some(disposition))
}
