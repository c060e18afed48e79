//! Rules that Salesforce documents for several objects, checked before anything is sent.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::error::InvalidRequest;
use crate::{Record, SalesforceId};

/// Salesforce's limit for one Event.
const LONGEST_EVENT: TimeDelta = TimeDelta::days(14);

/// A text that must be there and fit.
pub(super) fn check_text(field: &'static str, text: &str, most: usize) -> Result<(), InvalidRequest> {
    if text.trim().is_empty() {
        return invalid(field, "is missing");
    }
    check_length(field, Some(text), most)
}

/// A text that must fit, if there is one.
pub(super) fn check_length(field: &'static str, text: Option<&str>, most: usize) -> Result<(), InvalidRequest> {
    if text.is_some_and(|text| text.chars().count() > most) {
        return invalid(field, "is longer than Salesforce accepts");
    }
    Ok(())
}

pub(super) fn check_times(start: DateTime<Utc>, end: DateTime<Utc>) -> Result<(), InvalidRequest> {
    if end < start {
        return invalid("EndDateTime", "is before the start");
    }
    if end - start > LONGEST_EVENT {
        return invalid("EndDateTime", "is more than 14 days after the start");
    }
    Ok(())
}

/// The person of an activity, and what it is about.
pub(super) fn check_relations(who: Option<SalesforceId>, what: Option<SalesforceId>) -> Result<(), InvalidRequest> {
    let Some(who) = who else { return Ok(()) };
    if !who.is_lead() && !who.is_contact() {
        return invalid("WhoId", "is neither a Contact nor a Lead");
    }
    if who.is_lead() && what.is_some() {
        return invalid("WhatId", "cannot stand beside a Lead");
    }
    Ok(())
}

pub(super) fn invalid(field: &'static str, reason: &'static str) -> Result<(), InvalidRequest> {
    Err(InvalidRequest { field, reason })
}

/// Adds the texts that are there, each within its limit.
pub(super) fn with_texts(
    record: Record,
    texts: &[(&'static str, Option<&str>, usize)],
) -> Result<Record, InvalidRequest> {
    texts.iter().try_fold(record, |record, (field, text, most)| {
        check_length(field, *text, *most)?;
        Ok(with_some(record, field, *text))
    })
}

/// Adds a field that has a value.
pub(super) fn with_some(record: Record, field: &str, value: Option<impl Into<Value>>) -> Record {
    match value {
        Some(value) => record.with(field, value),
        None => record,
    }
}
