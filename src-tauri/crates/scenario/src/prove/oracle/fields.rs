//! What was written, field by field.

use std::collections::HashMap;

use liaison_store::tables::outbox::{OutboxAction, OutboxRecord, OutboxState};
use serde_json::Value;

use super::{EVENT, MEETING, Names, Oracle, told, value_of};
use crate::prove::run::Noted;

impl<'a> Oracle<'a> {
    /// What counts as sent has arrived; what is to be gone is gone.
    pub(super) fn as_the_rows_say(&mut self, rows: &[OutboxRecord]) {
        for row in rows.iter().filter(|row| row.state == OutboxState::Done) {
            let names = if row.kind == MEETING.kind { &MEETING } else { &EVENT };
            let Some(record) = Self::record(row, rows) else { continue };
            match row.action {
                OutboxAction::Create if row.kind == EVENT.kind => {
                    let of_row = |noted: &Noted| {
                        let key = noted.effect.detail["key"].as_str();
                        noted.effect.id == record && key.is_none_or(|key| key.eq_ignore_ascii_case(&row.identity))
                    };
                    if !self.effects("Event.created").any(of_row) {
                        self.fail(format!("lost: counts as sent and never was, or is another's: {}", told(row)));
                    }
                }
                OutboxAction::Create => {}
                OutboxAction::Update => self.change_arrived(row, names, &record),
                OutboxAction::Delete => {
                    let ended = format!("{}.deleted", if row.kind == MEETING.kind { "meeting" } else { "Event" });
                    let gone = |noted: &Noted| noted.effect.id == record && noted.effect.kind.starts_with(&ended);
                    if !self.seen.effects.iter().any(gone) {
                        self.fail(format!("lost: counts as deleted and is there: {}", told(row)));
                    }
                }
            }
        }
    }

    /// The id of the record that a row is about; what was made only after it, for the user brought it back, is not it.
    fn record(row: &OutboxRecord, rows: &[OutboxRecord]) -> Option<String> {
        let of = |row: &OutboxRecord| row.record_id.clone().filter(|id| !id.is_empty());
        of(row).or_else(|| {
            rows.iter()
                .take_while(|other| other.op_id != row.op_id)
                .filter(|other| other.identity == row.identity && other.kind == row.kind)
                .find_map(of)
        })
    }

    fn change_arrived(&mut self, row: &OutboxRecord, names: &Names, record: &str) {
        let payload: Value = serde_json::from_str(&row.payload_json).unwrap_or_default();
        for (ours, theirs) in names.fields {
            let (wanted, base) = (&payload["fields"][ours], &payload["base"][ours]);
            if wanted == base || payload["base"].is_null() {
                continue;
            }
            let arrived = self
                .seen
                .effects
                .iter()
                .any(|noted| noted.effect.id == record && same(ours, wanted, &value_of(&noted.effect, theirs)));
            if !arrived {
                self.fail(format!("lost: {theirs} {wanted} counts as sent and never arrived: {}", told(row)));
            }
        }
    }

    /// What somebody else wrote is only written over by a change that knew it.
    pub(super) fn nothing_overwritten(&mut self, names: &Names) {
        let mut found = Vec::new();
        for (ours, theirs) in names.fields {
            let mut last: HashMap<&str, (Value, bool)> = HashMap::new();
            for Noted { effect, by_app, .. } in self.of_kind(names) {
                let value = value_of(effect, theirs);
                if value.is_null() {
                    continue;
                }
                if let Some((before, true)) = last.get(effect.id.as_str())
                    && *by_app
                    && *before != value
                    && !self.seen.unguarded.contains(before)
                    && !self.knew(names, ours, &value, before)
                {
                    found.push(format!("overwritten: {theirs} of {}, {before} of others by {value}", effect.id));
                }
                let changed = last.get(effect.id.as_str()).is_none_or(|(before, _)| *before != value);
                if changed {
                    last.insert(&effect.id, (value, !by_app));
                }
            }
        }
        self.found.extend(found);
    }

    fn of_kind(&self, names: &Names) -> impl Iterator<Item = &'a Noted> + use<'a> {
        let (made, changed) = if names.kind == MEETING.kind {
            ("meeting.created", "meeting.updated")
        } else {
            ("Event.created", "Event.updated")
        };
        let fits = move |noted: &&Noted| noted.effect.kind.starts_with(made) || noted.effect.kind.starts_with(changed);
        self.seen.effects.iter().filter(fits)
    }

    fn knew(&self, names: &Names, field: &str, value: &Value, before: &Value) -> bool {
        self.all_rows().filter(|row| row.kind == names.kind).any(|row| {
            let payload: Value = serde_json::from_str(&row.payload_json).unwrap_or_default();
            same(field, &payload["fields"][field], value) && same(field, &payload["base"][field], before)
        })
    }

    /// Once a later change has been written, an earlier one is not written again. Texts are never used twice but by
    /// an undo, and that knows what it undoes.
    pub(super) fn no_step_back(&mut self, names: &Names) {
        let mut found = Vec::new();
        for (ours, theirs) in names.fields {
            let mut written: HashMap<&str, Vec<Value>> = HashMap::new();
            for Noted { effect, by_app, .. } in self.of_kind(names) {
                let value = value_of(effect, theirs);
                if value.is_null() {
                    continue;
                }
                let all = written.entry(&effect.id).or_default();
                if all.last() == Some(&value) {
                    continue;
                }
                let undone =
                    |before: &Value| self.seen.unguarded.contains(before) || self.knew(names, ours, &value, before);
                if all.contains(&value) && *by_app && !all.last().is_some_and(undone) {
                    found.push(format!("a step back: {theirs} of {} is {value} again", effect.id));
                }
                all.push(value);
            }
        }
        self.found.extend(found);
    }
}

/// Times are numbers in the outbox and texts in the journal.
fn same(field: &str, ours: &Value, theirs: &Value) -> bool {
    if field != "start_utc_ms" {
        return ours == theirs;
    }
    let at = theirs.as_str().and_then(|text| {
        chrono::DateTime::parse_from_rfc3339(text)
            .or_else(|_| chrono::DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
            .ok()
    });
    at.is_some_and(|at| ours.as_i64() == Some(at.timestamp_millis()))
}
