//! One attempt to have a series repeat otherwise in Zoom, and the look-up of one that may have arrived.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::draft::When;
use liaison_domain::{MeetingKey, zones};
use liaison_store::tables::outbox::OutboxRecord;
use liaison_zoom::{Meeting, MeetingChange, MeetingId, OccurrenceStatus, ZoomError, ZoomTime};

use super::attempt::{SETTLING, in_the_past};
use super::change::Deciding;
use super::find;
use super::repeats::Repeating;
use super::stored::{MeetingEdit, MeetingFields};
use super::stored_rule::RuleChange;
use crate::context::{Context, ZoomAccount};
use crate::meetings::pull::{moment, occurrences};
use crate::outbox::kind::{Found, Made, Outcome};
use crate::outbox::reason::Need;

pub(super) async fn send(
    cx: &Arc<Context>,
    zoom: &ZoomAccount,
    row: &OutboxRecord,
    key: &MeetingKey,
    edit: &MeetingEdit,
    rule: &RuleChange,
) -> Result<Outcome, ZoomError> {
    let Some(there) = find::current(zoom, key).await? else { return Ok(Outcome::Needs(Need::DeletedThere)) };
    let Some(repeating) = repeating(&edit.fields, rule) else { return Ok(Outcome::Needs(Need::Unreadable)) };
    if is_so(&there, edit, &repeating, cx.now()) {
        return Ok(Outcome::Done(made(cx, row, edit, rule, &there)));
    }
    // Zoom would throw away what somebody has changed since; the user has not seen that.
    if !is_as_known(&there, edit, rule, cx.now()) {
        return Ok(Outcome::Needs(Need::Refused {
            message: String::new(),
            fields: Vec::new(),
            code: "SERIES_CHANGED_THERE".to_owned(),
        }));
    }
    // Zoom takes the rest and ignores such a start without a word.
    if edit.fields.start_utc_ms <= cx.now_ms() {
        return Ok(Outcome::Needs(in_the_past()));
    }
    let change = MeetingChange {
        start_time: Some(ZoomTime::Utc(edit.fields.start())),
        duration_minutes: Some(edit.fields.minutes),
        timezone: Some(edit.fields.zone.clone()),
        recurrence: Some(repeating.for_zoom()),
        ..MeetingChange::default()
    };
    zoom.api.meetings().update(MeetingId(key.number), &change, None).await?;
    // Only Zoom knows the ids of the new dates: without them nothing can follow, and it is looked up.
    Ok(match find::current(zoom, key).await.ok().flatten() {
        Some(there) => Outcome::Done(made(cx, row, edit, rule, &there)),
        None => Outcome::Unknown,
    })
}

pub(super) async fn look_up(
    cx: &Arc<Context>,
    zoom: &ZoomAccount,
    row: &OutboxRecord,
    key: &MeetingKey,
    edit: &MeetingEdit,
    rule: &RuleChange,
) -> Result<Found, ZoomError> {
    let Some(there) = find::current(zoom, key).await? else { return Ok(Found::Needs(Need::DeletedThere)) };
    let arrived = repeating(&edit.fields, rule).is_some_and(|repeating| is_so(&there, edit, &repeating, cx.now()));
    Ok(if arrived { Found::There(made(cx, row, edit, rule, &there)) } else { Found::Absent { settling: SETTLING } })
}

/// The dates by the rule, from the first one on.
fn repeating(fields: &MeetingFields, rule: &RuleChange) -> Option<Repeating> {
    let end = fields.start() + TimeDelta::minutes(i64::from(fields.minutes));
    let when = When { start: fields.start(), end, zone: zones::parse(&fields.zone)? };
    Repeating::of(&rule.repeats(), when).ok()
}

/// Whether the series is there as it was wanted, as far as Zoom tells: dates that are over it does not list.
fn is_so(there: &Meeting, edit: &MeetingEdit, wanted: &Repeating, now: DateTime<Utc>) -> bool {
    let now_ms = now.timestamp_millis();
    let dates: BTreeSet<i64> = dates(there).into_iter().map(|(_, start)| start).filter(|at| *at > now_ms).collect();
    let starts = wanted.dates.starts.iter().map(DateTime::timestamp_millis);
    let wanted: BTreeSet<i64> = starts.filter(|at| *at > now_ms).collect();
    is_in(there, &edit.fields.zone)
        && there.duration_minutes == Some(edit.fields.minutes)
        && !wanted.is_empty()
        && dates == wanted
}

/// Zoom may call a zone by another of its names.
fn is_in(there: &Meeting, zone: &str) -> bool {
    let told = there.timezone.as_deref();
    told == Some(zone) || told.and_then(zones::parse).is_some_and(|told| zones::parse(zone) == Some(told))
}

/// Whether the dates to come are those that were known when the user decided: none is new, moved or cancelled.
fn is_as_known(there: &Meeting, edit: &MeetingEdit, rule: &RuleChange, now: DateTime<Utc>) -> bool {
    let now_ms = now.timestamp_millis();
    let known = rule.dates.iter().map(|date| (date.occurrence.as_str(), date.start_utc_ms));
    let known: BTreeSet<(&str, i64)> = known.filter(|(_, start)| *start > now_ms).collect();
    let to_come: BTreeSet<(&str, i64)> = dates(there).into_iter().filter(|(_, start)| *start > now_ms).collect();
    is_in(there, &edit.base.zone) && to_come == known
}

/// Ids and starts of the dates that take place.
fn dates(meeting: &Meeting) -> Vec<(&str, i64)> {
    let zone = meeting.timezone.as_deref();
    let dates = meeting.occurrences.iter().flatten();
    dates
        .filter(|date| date.status != Some(OccurrenceStatus::Deleted))
        .filter_map(|date| Some((date.id.as_str(), moment(date.start_time, zone)?)))
        .collect()
}

/// What is kept when the new dates are there.
fn made(cx: &Arc<Context>, row: &OutboxRecord, edit: &MeetingEdit, rule: &RuleChange, there: &Meeting) -> Made {
    let deciding = Deciding::of(cx);
    let mut there = occurrences(there, cx.now_ms());
    for fetched in &mut there {
        fetched.meeting.is_host = true;
    }
    let (of, edit, rule) = (row.clone(), edit.clone(), rule.clone());
    Made {
        record_id: row.record_id.clone(),
        keep: Some(Arc::new(move |tx| deciding.dates_anew(tx, &of, &edit, &rule, &there))),
    }
}
