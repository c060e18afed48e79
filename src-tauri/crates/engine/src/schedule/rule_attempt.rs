//! One attempt to have a series repeat otherwise in Zoom, and the look-up of one that may have arrived.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::draft::When;
use liaison_domain::{MeetingKey, zones};
use liaison_store::tables::outbox::OutboxRecord;
use liaison_zoom::{Meeting, MeetingChange, MeetingId, OccurrenceStatus, ZoomError, ZoomTime};

use super::attempt::{SETTLING, in_the_past};
use super::change::Deciding;
use super::repeats::Repeating;
use super::stored::MeetingEdit;
use super::stored_rule::RuleChange;
use super::{find, rule_alone};
use crate::context::{Context, ZoomAccount};
use crate::meetings::pull::{moment, occurrences};
use crate::outbox::kind::{Found, Made, Outcome};
use crate::outbox::reason::{Need, Wait};
use crate::outbox::settle::pause;

/// So many waits for another row, each twice as long as the one before it.
const LONGEST_TURN: i64 = 5;

/// A row that has a series repeat otherwise, with all that an attempt needs.
pub(super) struct RuleAttempt<'a> {
    pub cx: &'a Arc<Context>,
    pub zoom: &'a ZoomAccount,
    pub row: &'a OutboxRecord,
    pub key: &'a MeetingKey,
    pub edit: &'a MeetingEdit,
    pub rule: &'a RuleChange,
}

impl RuleAttempt<'_> {
    pub async fn send(&self) -> Result<Outcome, ZoomError> {
        let Self { cx, zoom, row, key, edit, rule } = self;
        // What was decided of single dates goes first: Zoom would not know them any more.
        if rule_alone::is_on_its_way(cx, row, key.number, rule).await {
            return Ok(pause(cx.now(), row.attempts.min(LONGEST_TURN), Wait::Turn));
        }
        let Some(there) = find::current(zoom, key).await? else { return Ok(Outcome::Needs(Need::DeletedThere)) };
        let Some(repeating) = self.repeating() else { return Ok(Outcome::Needs(Need::Unreadable)) };
        if is_so(&there, edit, &repeating, cx.now()) {
            return Ok(Outcome::Done(self.made(&there)));
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
            Some(there) => Outcome::Done(self.made(&there)),
            None => Outcome::Unknown,
        })
    }

    pub async fn look_up(&self) -> Result<Found, ZoomError> {
        let Some(there) = find::current(self.zoom, self.key).await? else {
            return Ok(Found::Needs(Need::DeletedThere));
        };
        let arrived = self.repeating().is_some_and(|repeating| is_so(&there, self.edit, &repeating, self.cx.now()));
        Ok(if arrived { Found::There(self.made(&there)) } else { Found::Absent { settling: SETTLING } })
    }

    /// The dates by the rule, from the first one on.
    fn repeating(&self) -> Option<Repeating> {
        let fields = &self.edit.fields;
        let end = fields.start() + TimeDelta::minutes(i64::from(fields.minutes));
        let when = When { start: fields.start(), end, zone: zones::parse(&fields.zone)? };
        Repeating::of(&self.rule.repeats(), when).ok()
    }

    /// What is kept when the new dates are there.
    fn made(&self, there: &Meeting) -> Made {
        let deciding = Deciding::of(self.cx);
        let mut there = occurrences(there, self.cx.now_ms());
        for fetched in &mut there {
            fetched.meeting.is_host = true;
        }
        let (of, edit, rule) = (self.row.clone(), self.edit.clone(), self.rule.clone());
        Made {
            record_id: self.row.record_id.clone(),
            keep: Some(Arc::new(move |tx| deciding.dates_anew(tx, &of, &edit, &rule, &there))),
        }
    }
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

/// Whether the dates to come are those that were known when the user decided: none is new, moved or cancelled but as the
/// user had decided it before.
fn is_as_known(there: &Meeting, edit: &MeetingEdit, rule: &RuleChange, now: DateTime<Utc>) -> bool {
    let now_ms = now.timestamp_millis();
    let mut to_come: BTreeMap<&str, i64> = dates(there).into_iter().filter(|(_, start)| *start > now_ms).collect();
    let as_known = rule.dates.iter().all(|date| {
        let decided = date.as_decided().map(|date| date.start_utc_ms);
        match to_come.remove(date.occurrence.as_str()) {
            Some(start) => start == date.start_utc_ms || decided == Some(start),
            None => decided.is_none_or(|start| start <= now_ms) || date.start_utc_ms <= now_ms,
        }
    });
    as_known && to_come.is_empty() && is_in(there, &edit.base.zone)
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
