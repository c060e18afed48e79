//! `updated` and `deleted`: which ids changed in a span of time
//! (REST API guide, "sObject Get Updated" and "sObject Get Deleted").

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde_json::{Value, json};

use super::super::call::{Call, Reply};
use super::super::data::Work;
use super::super::dates;
use super::super::refusal::Refusal;
use super::super::schema::Object;
use super::rest;

/// How far back each of them reaches.
const UPDATED_DAYS: i64 = 30;
const DELETED_DAYS: i64 = 15;

/// `GET /sobjects/T/updated?start=…&end=…`.
pub fn updated(call: &Call, work: &Work<'_>, name: &str) -> Result<Reply, Refusal> {
    let (object, span) = prepare(call, work, name, UPDATED_DAYS)?;
    let ids: Vec<&str> = work
        .database
        .rows(object.name())
        .filter(|row| !row.deleted)
        .filter(|row| row.named(object, "SystemModstamp").as_moment().is_some_and(|at| span.holds(at)))
        .map(|row| row.id.as_str())
        .collect();
    Ok(Reply::ok(json!({ "ids": ids, "latestDateCovered": span.covered(work.now) })))
}

/// `GET /sobjects/T/deleted?start=…&end=…`.
pub fn deleted(call: &Call, work: &Work<'_>, name: &str) -> Result<Reply, Refusal> {
    let (object, span) = prepare(call, work, name, DELETED_DAYS)?;
    let records: Vec<Value> = work
        .database
        .rows(object.name())
        .filter(|row| row.deleted)
        .filter_map(|row| Some((row, row.named(object, "SystemModstamp").as_moment()?)))
        .filter(|(_, at)| span.holds(*at))
        .map(|(row, at)| json!({ "deletedDate": dates::date_time_text(at), "id": row.id.as_str() }))
        .collect();
    let earliest = work.database.deployed - TimeDelta::days(DELETED_DAYS);
    Ok(Reply::ok(json!({
        "deletedRecords": records,
        "earliestDateAvailable": dates::date_time_text(earliest),
        "latestDateCovered": span.covered(work.now),
    })))
}

struct Span {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    /// Changes from here on are not listed yet, where the lists lag behind.
    unknown: Option<DateTime<Utc>>,
}

impl Span {
    fn holds(&self, at: DateTime<Utc>) -> bool {
        at >= self.start && at < self.end && self.unknown.is_none_or(|unknown| at < unknown)
    }

    fn covered(&self, now: DateTime<Utc>) -> String {
        dates::date_time_text(whole_minute(self.end.min(self.unknown.unwrap_or(now))))
    }
}

fn prepare<'a>(call: &Call, work: &'a Work<'_>, name: &str, days: i64) -> Result<(&'a Object, Span), Refusal> {
    let name = rest::known(work.database, name)?;
    let object = work.database.object(name).ok_or_else(Refusal::not_found)?;
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    if !object.definition.replicateable {
        return Err(Refusal::new("INVALID_TYPE_FOR_OPERATION", format!("{name} is not replicateable")));
    }
    let read = |parameter: &str| {
        // A `+` that was not encoded has arrived as a space.
        let text = call.parameter(parameter).map(|text| text.replace(' ', "+"));
        text.as_deref().and_then(dates::parse_date_time).map(whole_minute).ok_or_else(|| {
            Refusal::new("INVALID_REPLICATION_DATE", format!("{parameter}: a dateTime with a zone is required"))
        })
    };
    let lag = Some(work.database.replication_lag).filter(|lag| !lag.is_zero());
    let span = Span { start: read("start")?, end: read("end")?, unknown: lag.map(|lag| work.now - lag) };
    let refuse = |text: &str| Err(Refusal::new("INVALID_REPLICATION_DATE", text));
    if span.start < work.now - TimeDelta::days(days) {
        return refuse("startDate cannot be that far in the past");
    }
    if span.start + TimeDelta::minutes(1) >= span.end {
        return refuse("endDate must be more than one minute after startDate");
    }
    Ok((object, span))
}

/// Seconds are ignored.
fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}
