//! Another rule for a series: afterwards Zoom has the dates that it says, and Salesforce one live Event for each of them
//! where the series had any.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, LocalResult, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use liaison_sandbox::Effect;
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord, OutboxState};
use serde_json::{Value, json};

use super::fields::has_rule;
use super::once::series_of;
use super::{EVENT, MEETING, Oracle, value_of};
use crate::prove::run::Noted;

/// The last rule of a series that counts as sent.
struct Ruled<'a> {
    number: &'a str,
    row: &'a OutboxRecord,
    /// Where its rows stand among those of its computer.
    later: &'a [OutboxRecord],
    done: DateTime<Utc>,
    starts: Vec<DateTime<Utc>>,
}

impl Oracle<'_> {
    pub(super) fn series_as_ruled(&mut self) {
        let seen = self.seen;
        let mut found = Vec::new();
        for ((site, number), dates) in &seen.series {
            let Some(ruled) = self.last_rule(number).filter(|ruled| !self.is_disturbed(ruled)) else { continue };
            let to_come = |all: &[DateTime<Utc>]| {
                let mut all: Vec<_> = all.iter().filter(|at| **at > ruled.done).copied().collect();
                all.sort_unstable();
                all
            };
            let (dates, starts) = (to_come(dates), to_come(&ruled.starts));
            if dates != starts {
                found.push(format!("not as ruled: {number} takes place {dates:?}, its rule says {starts:?}"));
                continue;
            }
            // Another computer finds out that a date is gone by looks of its own, after the end of a run.
            let alone = seen.rows.len() == 1;
            if !alone || self.events_are_decided_otherwise(number) || !self.had_events(*site, &ruled) {
                continue;
            }
            let mut events: Vec<_> = self.live_events(*site, number, None).into_values().collect();
            events = to_come(&events);
            if events != starts {
                found.push(format!("not as ruled: the Events of {number} are {events:?}, its rule says {starts:?}"));
            }
        }
        self.found.extend(found);
    }

    fn last_rule<'a>(&'a self, number: &'a str) -> Option<Ruled<'a>> {
        let of_computer = |rows: &'a Vec<OutboxRecord>| {
            let ours = |row: &OutboxRecord| {
                row.kind == MEETING.kind && row.state == OutboxState::Done && row.identity == number && has_rule(row)
            };
            let place = rows.iter().rposition(ours)?;
            let row = &rows[place];
            let done = DateTime::from_timestamp_millis(row.done_utc_ms?)?;
            Some(Ruled { number, row, later: &rows[place + 1..], done, starts: starts(row)? })
        };
        self.seen.rows.iter().filter_map(of_computer).max_by_key(|ruled| ruled.done)
    }

    /// Whether anything was decided of the series since, or somebody else has changed it.
    fn is_disturbed(&self, ruled: &Ruled<'_>) -> bool {
        let of_series =
            |row: &OutboxRecord| row.kind == MEETING.kind && series_of(&row.subject_key) == Some(ruled.number);
        let decides = |row: &&OutboxRecord| of_series(row) && row.state != OutboxState::Discarded;
        let elsewhere = |row: &&OutboxRecord| {
            decides(row) && row.op_id != ruled.row.op_id && row.created_utc_ms >= ruled.row.created_utc_ms
        };
        let computers = self.seen.rows.len() > 1;
        let effects: Vec<&Noted> = self.seen.effects.iter().filter(|noted| noted.effect.id == ruled.number).collect();
        let anew = effects.iter().rposition(|noted| makes_anew(&noted.effect)).map_or(0, |place| place + 1);
        ruled.later.iter().any(|row| decides(&row))
            || computers && self.all_rows().any(|row| elsewhere(&row))
            || effects.iter().any(|noted| !noted.by_app && noted.effect.at >= created(ruled.row))
            || effects[anew..].iter().any(|noted| !noted.effect.detail["occurrence_id"].is_null())
    }

    /// Whether the rep, or somebody else, has said something about the Events, or is asked.
    fn events_are_decided_otherwise(&self, number: &str) -> bool {
        let of_series = |row: &&OutboxRecord| row.kind == EVENT.kind && series_of(&row.subject_key) == Some(number);
        let otherwise = |row: &OutboxRecord| row.state.is_open() || self.seen.decided.contains(&row.op_id);
        let theirs = |noted: &&Noted| !noted.by_app && noted.effect.kind.starts_with("Event.deleted");
        let ids = |id: &str| self.all_rows().any(|row| of_series(&row) && row.record_id.as_deref() == Some(id));
        self.all_rows().filter(of_series).any(otherwise)
            || self.seen.effects.iter().filter(theirs).any(|noted| ids(&noted.effect.id))
    }

    /// Whether dates that were to come when the rule was carried out had Events then.
    fn had_events(&self, site: usize, ruled: &Ruled<'_>) -> bool {
        let anew = |noted: &&Noted| noted.effect.id == ruled.number && makes_anew(&noted.effect);
        let Some(anew) = self.seen.effects.iter().rposition(|noted| anew(&noted)) else { return false };
        let gone = |row: &OutboxRecord| {
            row.kind == EVENT.kind
                && row.action == OutboxAction::Delete
                && row.state != OutboxState::Discarded
                && row.created_utc_ms <= ruled.row.created_utc_ms
        };
        let leaving: Vec<&str> =
            self.all_rows().filter(|row| gone(row)).filter_map(|row| row.record_id.as_deref()).collect();
        let events = self.live_events(site, ruled.number, Some(anew));
        events.iter().any(|(id, start)| *start > ruled.done && !leaving.contains(id))
    }

    /// The Events of a series with their starts, in the end or before the effect at a place.
    fn live_events(&self, site: usize, number: &str, before: Option<usize>) -> BTreeMap<&str, DateTime<Utc>> {
        let mut live = BTreeMap::new();
        for noted in self.seen.effects.iter().take(before.unwrap_or(usize::MAX)).filter(|noted| noted.site == site) {
            let effect = &noted.effect;
            let place = value_of(effect, "Location");
            match effect.kind.as_str() {
                "Event.created" | "Event.updated" if place.as_str().is_some_and(|place| place.contains(number)) => {
                    live.extend(moment(&value_of(effect, "StartDateTime")).map(|at| (effect.id.as_str(), at)));
                }
                "Event.deleted" => {
                    live.remove(effect.id.as_str());
                }
                _ => {}
            }
        }
        live
    }
}

fn created(row: &OutboxRecord) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(row.created_utc_ms).unwrap_or_default()
}

/// Whether a change made all dates of a series anew.
fn makes_anew(effect: &Effect) -> bool {
    let fields = effect.detail["fields"].as_array();
    effect.kind.starts_with("meeting.updated")
        && effect.detail["occurrence_id"].is_null()
        && fields.is_some_and(|fields| fields.contains(&json!("occurrences")))
}

/// The moments of a rule, counted by the days of its zone.
fn starts(row: &OutboxRecord) -> Option<Vec<DateTime<Utc>>> {
    let payload: Value = serde_json::from_str(&row.payload_json).ok()?;
    let (fields, repeats) = (&payload["fields"], &payload["rule"]["repeats"]);
    if repeats["rhythm"]["kind"] != json!("daily") {
        return None;
    }
    let zone: Tz = fields["zone"].as_str()?.parse().ok()?;
    let first = DateTime::from_timestamp_millis(fields["start_utc_ms"].as_i64()?)?.with_timezone(&zone).naive_local();
    let (every, times) = (repeats["every"].as_u64()?, repeats["end"]["times"].as_u64()?);
    (0..times).map(|number| in_zone(first.checked_add_days(Days::new(number * every))?, zone)).collect()
}

fn in_zone(at: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&at) {
        LocalResult::Single(at) => Some(at.to_utc()),
        // Twice, or never: what is done there is tested elsewhere.
        LocalResult::Ambiguous(..) | LocalResult::None => None,
    }
}

fn moment(told: &Value) -> Option<DateTime<Utc>> {
    let text = told.as_str()?;
    let read = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    read.ok().map(|at| at.to_utc())
}
