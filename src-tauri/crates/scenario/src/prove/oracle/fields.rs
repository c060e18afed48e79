//! What was written, field by field.

use std::collections::{HashMap, HashSet};

use liaison_sandbox::Effect;
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord, OutboxState};
use serde_json::{Value, json};

use super::{COMPARED, EVENT, MEETING, MEMBER, Names, Oracle, Side, TASK, said, told, value_of};
use crate::prove::run::Noted;

impl<'a> Oracle<'a> {
    /// What counts as sent has arrived; what is to be gone is gone.
    pub(super) fn as_the_rows_say(&mut self, rows: &[OutboxRecord]) {
        for row in rows.iter().filter(|row| row.state == OutboxState::Done) {
            let Some(names) = COMPARED.into_iter().find(|names| names.kind == row.kind) else { continue };
            let Some(record) = Self::record(row, rows) else { continue };
            match row.action {
                OutboxAction::Create if row.kind == EVENT.kind || row.kind == TASK.kind => {
                    let made = format!("{}.created", names.object);
                    let of_row = |noted: &Noted| {
                        let effect = &noted.effect;
                        // Without our field a Task is known by what stands in for it.
                        let key = effect.detail["key"].as_str().or(if row.kind == TASK.kind {
                            value(effect, "CallObject").filter(|key| key.len() == row.identity.len())
                        } else {
                            None
                        });
                        effect.id == record && key.is_none_or(|key| key.eq_ignore_ascii_case(&row.identity))
                    };
                    if !self.effects(&made).any(of_row) {
                        self.fail(format!("lost: counts as sent and never was, or is another's: {}", told(row)));
                    }
                }
                OutboxAction::Create if row.kind == MEETING.kind => {}
                OutboxAction::Create | OutboxAction::Update => self.change_arrived(row, names, &record),
                OutboxAction::Delete => self.deletion_arrived(row, names, &record),
            }
        }
    }

    fn deletion_arrived(&mut self, row: &OutboxRecord, names: &Names, record: &str) {
        let ended = format!("{}.deleted", names.object);
        let date = row.identity.split_once(':').map(|(_, date)| date).filter(|_| row.kind == MEETING.kind);
        let gone = |noted: &Noted| {
            let effect = &noted.effect;
            let of_date =
                || effect.kind == "meeting.occurrence_deleted" && effect.detail["occurrence_id"] == json!(date);
            effect.id == record && (effect.kind.starts_with(&ended) || (date.is_some() && of_date()))
        };
        let anew = date.is_some() && (self.planned_anew(record) || self.ruled_anew(record));
        let date_by_date = row.kind == MEETING.kind && date.is_none() && self.gone_date_by_date(record);
        if !anew && !date_by_date && !self.seen.effects.iter().any(gone) {
            self.fail(format!("lost: counts as deleted and is there: {}", told(row)));
        }
    }

    /// A series ends with the last of its dates; to delete it then is refused, and it is gone all the same.
    fn gone_date_by_date(&self, series: &str) -> bool {
        let of = |kind: &str| self.effects(kind).filter(|noted| noted.effect.id == series).collect::<Vec<_>>();
        let planned = of("meeting.created").first().and_then(|noted| noted.effect.detail["occurrences"].as_u64());
        let deleted: HashSet<_> = of("meeting.occurrence_deleted")
            .iter()
            .map(|noted| noted.effect.detail["occurrence_id"].to_string())
            .collect();
        planned.is_some_and(|planned| u64::try_from(deleted.len()).is_ok_and(|deleted| deleted == planned))
    }

    /// A series was given another rhythm: the dates that were are none any more.
    fn planned_anew(&self, series: &str) -> bool {
        let anew = |noted: &Noted| {
            let fields = noted.effect.detail["fields"].as_array();
            noted.effect.id == series && fields.is_some_and(|fields| fields.contains(&json!("occurrences")))
        };
        self.effects("meeting.updated_in_zoom").any(anew)
    }

    /// The same, by the app: a date that was to go may have been none any more by then.
    fn ruled_anew(&self, series: &str) -> bool {
        let whole = |noted: &&Noted| noted.effect.id == series && noted.effect.detail["occurrence_id"].is_null();
        let fields = |noted: &Noted| noted.effect.detail["fields"].clone();
        let anew =
            |noted: &Noted| fields(noted).as_array().is_some_and(|fields| fields.contains(&json!("occurrences")));
        self.effects("meeting.updated").filter(whole).any(anew)
    }

    /// The id of the record that a row is about; what was made only after it, for the user brought it back, is not it.
    fn record(row: &OutboxRecord, rows: &[OutboxRecord]) -> Option<String> {
        if let Some((series, _)) = row.identity.split_once(':').filter(|_| row.kind == MEETING.kind) {
            return Some(series.to_owned());
        }
        let of = |row: &OutboxRecord| row.record_id.clone().filter(|id| !id.is_empty());
        of(row).or_else(|| {
            rows.iter()
                .take_while(|other| other.op_id != row.op_id)
                .filter(|other| other.identity == row.identity && other.kind == row.kind)
                .find_map(of)
        })
    }

    fn change_arrived(&mut self, row: &OutboxRecord, names: &Names, record: &str) {
        // Nobody decided it: what others have written stays.
        let quiet = row.payload_json.contains(r#""quiet":true"#);
        let no_base = row.kind != MEMBER.kind && !row.payload_json.contains(r#""base":{"#);
        if quiet || no_base || (row.kind == MEETING.kind && self.planned_anew(record)) {
            return;
        }
        for (ours, theirs) in names.fields {
            let (wanted, base) = (said(row, Side::Fields, ours), said(row, Side::Base, ours));
            if wanted == base {
                continue;
            }
            let arrived = self
                .seen
                .effects
                .iter()
                .any(|noted| noted.effect.id == record && same(ours, &wanted, &value_of(&noted.effect, theirs)));
            if !arrived {
                self.fail(format!("lost: {theirs} {wanted} counts as sent and never arrived: {}", told(row)));
            }
        }
    }

    /// What somebody else wrote is only written over by a change that knew it.
    pub(super) fn nothing_overwritten(&mut self, names: &Names) {
        let mut found = Vec::new();
        for (ours, theirs) in names.fields {
            let mut last: HashMap<(&str, String), (Value, bool)> = HashMap::new();
            let mut touched: HashMap<&str, i64> = HashMap::new();
            for Noted { effect, by_app, .. } in self.of_kind(names) {
                let record = record_of(effect);
                // Salesforce compares whole seconds: that somebody was there twice in one is not to be seen.
                let second = effect.at.timestamp();
                let hidden = touched.insert(&effect.id, second) == Some(second) && effect.service == "salesforce";
                let value = value_of(effect, theirs);
                if value.is_null() {
                    continue;
                }
                if let Some((before, true)) = last.get(&record)
                    && *by_app
                    && *before != value
                    && !self.seen.unguarded.contains(before)
                    && !self.knew(names, ours, &value, before)
                    && !stands_in(before, &value)
                {
                    found.push(format!("overwritten: {theirs} of {}, {before} of others by {value}", effect.id));
                }
                let changed = last.get(&record).is_none_or(|(before, _)| *before != value);
                if changed {
                    last.insert(record, (value, !by_app && !hidden));
                }
            }
        }
        self.found.extend(found);
    }

    /// What others have written into a record goes with it only when whoever deleted it had been told.
    pub(super) fn nothing_deleted_unread(&mut self, names: &Names) {
        let mut found = Vec::new();
        let deleted = format!("{}.deleted", names.object);
        for (ours, theirs) in names.fields {
            let mut last: HashMap<&str, (Value, bool)> = HashMap::new();
            for noted in self.seen.effects.iter().filter(|noted| noted.effect.kind.starts_with(names.object)) {
                let effect = &noted.effect;
                if effect.kind == deleted && noted.by_app {
                    if let Some((value, true)) = last.get(effect.id.as_str())
                        && !self.seen.unguarded.contains(value)
                        && !self.deletion_knew(names, ours, value)
                    {
                        found.push(format!("deleted with {theirs} of others in it: {}, {value}", effect.id));
                    }
                    continue;
                }
                let value = value_of(effect, theirs);
                let changed = last.get(effect.id.as_str()).is_none_or(|(before, _)| *before != value);
                if changed && !value.is_null() {
                    last.insert(&effect.id, (value, !noted.by_app));
                }
            }
        }
        self.found.extend(found);
    }

    fn deletion_knew(&self, names: &Names, field: &str, value: &Value) -> bool {
        // A meeting is cancelled as a whole, whatever it says.
        names.kind == MEETING.kind
            || self.all_rows().filter(|row| row.kind == names.kind).any(|row| {
                [Side::Fields, Side::Base].into_iter().any(|side| same(field, &said(row, side, field), value))
            })
    }

    fn of_kind(&self, names: &Names) -> impl Iterator<Item = &'a Noted> + use<'a> {
        let (made, changed) = (format!("{}.created", names.object), format!("{}.updated", names.object));
        let fits =
            move |noted: &&Noted| noted.effect.kind.starts_with(&made) || noted.effect.kind.starts_with(&changed);
        self.seen.effects.iter().filter(fits)
    }

    fn knew(&self, names: &Names, field: &str, value: &Value, before: &Value) -> bool {
        // Another rule is decided over all dates, and not over the start of one of them.
        let rules = |row: &OutboxRecord| field == "start_utc_ms" && row.kind == MEETING.kind && has_rule(row);
        self.all_rows().filter(|row| row.kind == names.kind).any(|row| {
            rules(row) && same(field, &said(row, Side::Fields, field), value)
                || same(field, &said(row, Side::Fields, field), value)
                    && same(field, &said(row, Side::Base, field), before)
        })
    }

    /// Once a later change has been written, an earlier one is not written again. Texts are never used twice but by
    /// an undo, and that knows what it undoes.
    pub(super) fn no_step_back(&mut self, names: &Names) {
        let mut found = Vec::new();
        for (ours, theirs) in names.fields {
            let mut written: HashMap<(&str, String), Vec<Value>> = HashMap::new();
            for Noted { effect, by_app, .. } in self.of_kind(names) {
                let value = value_of(effect, theirs);
                if value.is_null() {
                    continue;
                }
                let all = written.entry(record_of(effect)).or_default();
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

/// Whether a row has a series repeat otherwise.
pub(super) fn has_rule(row: &OutboxRecord) -> bool {
    row.payload_json.contains(r#""rule":{"#)
}

/// A record, or a date of a series.
fn record_of(effect: &Effect) -> (&str, String) {
    (effect.id.as_str(), effect.detail["occurrence_id"].as_str().unwrap_or_default().to_owned())
}

/// A text of the journal.
fn value<'a>(effect: &'a Effect, name: &str) -> Option<&'a str> {
    effect.detail["values"][name].as_str()
}

/// What took place is added below what others wrote, which stays.
fn stands_in(before: &Value, value: &Value) -> bool {
    let (Some(before), Some(value)) = (before.as_str(), value.as_str()) else { return false };
    !before.is_empty() && value.strip_prefix(before).is_some_and(|added| added.starts_with("\n\n\u{2500}\u{2500} "))
}

/// Times are numbers in the outbox and texts in the journal, and ids are written in two lengths.
fn same(field: &str, ours: &Value, theirs: &Value) -> bool {
    if field == "who" {
        let short = |value: &Value| value.as_str().and_then(|id| id.get(..15).map(ToOwned::to_owned));
        return short(ours) == short(theirs);
    }
    if field == "description" && ours.as_str() == Some("") {
        return theirs.is_null() || theirs.as_str() == Some("");
    }
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
