//! What must hold when everything has come to rest, whatever went wrong before: the services' journals of effects
//! against the rows of the outbox. It knows nothing of how the engine goes about it.

use std::collections::{BTreeMap, HashMap};

use liaison_sandbox::Effect;
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord, OutboxState};
use serde_json::{Value, json};

use super::run::{Seen, Sheet};

/// Everything that does not hold, in words.
pub(crate) fn faults(seen: &Seen) -> Vec<String> {
    let oracle = Oracle { seen, found: Vec::new() };
    oracle.judge()
}

struct Oracle<'a> {
    seen: &'a Seen,
    found: Vec<String>,
}

/// A row's field and the names that the services and the outbox have for it.
struct Names {
    kind: &'static str,
    fields: &'static [(&'static str, &'static str)],
}

const MEETING: Names =
    Names { kind: "meeting", fields: &[("topic", "topic"), ("agenda", "agenda"), ("start_utc_ms", "start_time")] };
const EVENT: Names = Names {
    kind: "event",
    fields: &[("subject", "Subject"), ("description", "Description"), ("start_utc_ms", "StartDateTime")],
};

impl Oracle<'_> {
    fn judge(mut self) -> Vec<String> {
        for rows in &self.seen.rows {
            self.at_rest(rows);
            self.in_order(rows);
        }
        self.meetings_once();
        self.events_once();
        self.made_only_when_asked();
        for rows in &self.seen.rows {
            self.as_the_rows_say(rows);
        }
        for names in [&MEETING, &EVENT] {
            self.nothing_overwritten(names);
            self.no_step_back(names);
        }
        self.found
    }

    fn fail(&mut self, what: String) {
        self.found.push(what);
    }

    fn all_rows(&self) -> impl Iterator<Item = &OutboxRecord> {
        self.seen.rows.iter().flatten()
    }

    fn by_app(&self, effect: &Effect) -> bool {
        !self.seen.others.contains(&effect.seq)
    }

    fn effects<'b>(&'b self, kind: &'b str) -> impl Iterator<Item = &'b Effect> + 'b {
        self.seen.effects.iter().filter(move |effect| effect.kind == kind)
    }

    /// Drained, and no doubt is left but the one that the user is asked about.
    fn at_rest(&mut self, rows: &[OutboxRecord]) {
        let by_id: HashMap<&str, &OutboxRecord> = rows.iter().map(|row| (row.op_id.as_str(), row)).collect();
        for row in rows {
            let told = told(row);
            match row.state {
                OutboxState::Held | OutboxState::Pending | OutboxState::Claimed => {
                    self.fail(format!("stalled: {told}"));
                }
                OutboxState::Waiting => {
                    let asks = |row: &OutboxRecord| {
                        matches!(row.state, OutboxState::Blocked | OutboxState::Review | OutboxState::Conflict)
                    };
                    let before = rows.iter().any(|other| {
                        other.op_id != row.op_id
                            && (row.depends_on.as_ref() == Some(&other.op_id)
                                || (other.target == row.target && other.order_key == row.order_key))
                            && (asks(other) || other.state == OutboxState::Waiting)
                    });
                    if !before {
                        self.fail(format!("waits for nothing: {told}"));
                    }
                }
                _ => {}
            }
            let doubtful = matches!(row.state, OutboxState::Review | OutboxState::Discarded);
            if row.maybe_sent_utc_ms.is_some() && !doubtful {
                self.fail(format!("still may have arrived: {told}"));
            }
            let unsure = row.reason_json.as_deref().is_some_and(|reason| reason.contains("unsure"));
            if row.maybe_sent_utc_ms.is_some() && row.state == OutboxState::Discarded && !unsure {
                self.fail(format!("given up while it may have arrived: {told}"));
            }
            let undone = rows.iter().any(|other| {
                other.kind == row.kind && other.action == OutboxAction::Delete && other.record_id == row.record_id
            });
            if row.state == OutboxState::Done
                && row.action == OutboxAction::Create
                && row.take_back_utc_ms.is_some()
                && !undone
            {
                self.fail(format!("taken back, and nothing undoes it: {told}"));
            }
            if row.state == OutboxState::Blocked && row.reason_json.is_none() {
                self.fail(format!("no reason is told: {told}"));
            }
            if let Some(parent) = &row.depends_on
                && row.state == OutboxState::Done
                && by_id
                    .get(parent.as_str())
                    .is_none_or(|parent| parent.state != OutboxState::Done || parent.done_utc_ms > row.done_utc_ms)
            {
                self.fail(format!("went before what it waits for: {told}"));
            }
        }
    }

    /// Rows of one record go in the order of the user's decisions.
    fn in_order(&mut self, rows: &[OutboxRecord]) {
        let mut last: HashMap<(&str, &str), (i64, String)> = HashMap::new();
        for row in rows.iter().filter(|row| row.state == OutboxState::Done) {
            let done = row.done_utc_ms.unwrap_or_default();
            let key = (row.target.as_str(), row.order_key.as_str());
            if let Some((before, other)) = last.get(&key)
                && done < *before
            {
                self.found.push(format!("went before an earlier one ({other}): {}", told(row)));
            }
            last.insert(key, (done, row.op_id.clone()));
        }
    }

    fn meetings_once(&mut self) {
        let seen = self.seen;
        for sheet in &seen.sheets {
            let same =
                |effect: &&Effect| effect.kind == "meeting.created" && effect.detail["topic"] == json!(sheet.topic);
            let made: Vec<&Effect> = seen.effects.iter().filter(same).collect();
            if made.len() > 1 {
                let numbers: Vec<&str> = made.iter().map(|effect| effect.id.as_str()).collect();
                self.found.push(format!("doubled: «{}» is {numbers:?} in Zoom", sheet.topic));
            }
            let row = self.row_of(sheet).cloned();
            self.sheet(sheet, row.as_ref(), made.first().map(|effect| &effect.id));
        }
    }

    fn row_of(&self, sheet: &Sheet) -> Option<&OutboxRecord> {
        let id = format!("draft:{}", sheet.id);
        self.seen.rows.get(sheet.computer)?.iter().find(|row| row.op_id == id)
    }

    fn sheet(&mut self, sheet: &Sheet, row: Option<&OutboxRecord>, made: Option<&String>) {
        let topic = &sheet.topic;
        let Some(row) = row else {
            if sheet.kept || made.is_some() {
                self.fail(format!("lost: «{topic}» is not in the outbox, in Zoom {made:?}"));
            }
            return;
        };
        let deleted = made.is_some_and(|id| {
            self.seen.effects.iter().any(|effect| effect.kind.starts_with("meeting.deleted") && effect.id == *id)
        });
        match (row.state, made) {
            (OutboxState::Done, None) => self.fail(format!("lost: «{topic}» counts as made and never was")),
            (OutboxState::Done, Some(id)) if row.record_id.as_ref() != Some(id) => {
                self.fail(format!("wrong record: «{topic}» is {id}, the row says {:?}", row.record_id));
            }
            (OutboxState::Blocked, Some(id)) if row.maybe_sent_utc_ms.is_none() && !deleted => {
                self.fail(format!("«{topic}» is in Zoom as {id} and is shown as not made"));
            }
            (OutboxState::Discarded, Some(id)) if row.maybe_sent_utc_ms.is_none() && !deleted => {
                self.fail(format!("«{topic}» was taken back and is in Zoom as {id}"));
            }
            (state, _) if sheet.made && state != OutboxState::Done => {
                self.fail(format!("«{topic}» was answered as made and is {state:?}"));
            }
            _ => {}
        }
        // The Event that was wished with it.
        if row.state == OutboxState::Done
            && row.take_back_utc_ms.is_none()
            && sheet.draft["logEvent"] == json!(true)
            && !self
                .all_rows()
                .any(|event| event.kind == EVENT.kind && Some(&event.subject_key) == row.record_id.as_ref())
        {
            self.fail(format!("lost: the Event of «{topic}» is nowhere"));
        }
    }

    /// At no time two live Events of one meeting, and none made anew that others deleted.
    fn events_once(&mut self) {
        let mut live: HashMap<String, Vec<String>> = HashMap::new();
        let mut place: HashMap<String, String> = HashMap::new();
        let mut made: BTreeMap<String, usize> = BTreeMap::new();
        let mut gone: HashMap<String, usize> = HashMap::new();
        for effect in &self.seen.effects {
            let key = match effect.detail["key"].as_str() {
                Some(key) => key.to_owned(),
                None => effect.detail["values"]["Location"].as_str().unwrap_or_default().to_owned(),
            };
            match effect.kind.as_str() {
                "Event.created" => {
                    *made.entry(key.clone()).or_default() += 1;
                    let wanted =
                        self.all_rows().any(|row| row.identity == key && row.payload_json.contains(r#""again":true"#));
                    if gone.contains_key(&key) && effect.detail["key"].is_string() && self.by_app(effect) && !wanted {
                        self.found.push(format!("made anew though it was deleted: the Event {key}"));
                    }
                    let there = live.entry(key.clone()).or_default();
                    there.push(effect.id.clone());
                    place.insert(effect.id.clone(), key.clone());
                    // Without our field nothing ties the Events of two computers together; see docs/proving.md.
                    let tied = effect.detail["key"].is_string() || self.seen.rows.len() == 1;
                    if there.len() > 1 && tied {
                        self.found.push(format!("doubled: Events {there:?} of {key}"));
                    }
                }
                "Event.deleted" => {
                    let key = place.get(&effect.id).cloned().unwrap_or_default();
                    *gone.entry(key.clone()).or_default() += 1;
                    if let Some(there) = live.get_mut(&key) {
                        there.retain(|id| *id != effect.id);
                    }
                }
                _ => {}
            }
        }
        for (key, times) in made {
            if times > 1 + self.seen.wanted_again {
                self.found.push(format!("made {times} times: the Event {key}"));
            }
        }
    }

    fn made_only_when_asked(&mut self) {
        let unasked: Vec<String> = self
            .effects("meeting.created")
            .filter(|effect| self.by_app(effect))
            .filter(|effect| self.seen.step_of.get(&effect.seq).is_some_and(|step| !self.seen.asked.contains(step)))
            .map(|effect| {
                format!(
                    "made while nobody asked: meeting {} in step {:?}",
                    effect.id,
                    self.seen.step_of.get(&effect.seq)
                )
            })
            .collect();
        self.found.extend(unasked);
    }

    /// What counts as sent has arrived; what is to be gone is gone.
    fn as_the_rows_say(&mut self, rows: &[OutboxRecord]) {
        for row in rows.iter().filter(|row| row.state == OutboxState::Done) {
            let names = if row.kind == MEETING.kind { &MEETING } else { &EVENT };
            let Some(record) = Self::record(row, rows) else { continue };
            match row.action {
                OutboxAction::Create if row.kind == EVENT.kind => {
                    if !self.effects("Event.created").any(|effect| effect.id == record) {
                        self.fail(format!("lost: counts as sent and never was: {}", told(row)));
                    }
                }
                OutboxAction::Create => {}
                OutboxAction::Update => self.change_arrived(row, names, &record),
                OutboxAction::Delete => {
                    let ended = format!("{}.deleted", if row.kind == MEETING.kind { "meeting" } else { "Event" });
                    if !self.seen.effects.iter().any(|effect| effect.id == record && effect.kind.starts_with(&ended)) {
                        self.fail(format!("lost: counts as deleted and is there: {}", told(row)));
                    }
                }
            }
        }
    }

    /// The id of the record that a row is about.
    fn record(row: &OutboxRecord, rows: &[OutboxRecord]) -> Option<String> {
        let of = |row: &OutboxRecord| row.record_id.clone().filter(|id| !id.is_empty());
        of(row).or_else(|| {
            rows.iter().filter(|other| other.identity == row.identity && other.kind == row.kind).find_map(of)
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
                .any(|effect| effect.id == record && same(ours, wanted, &value_of(effect, theirs)));
            if !arrived {
                self.fail(format!("lost: {theirs} {wanted} counts as sent and never arrived: {}", told(row)));
            }
        }
    }

    /// What somebody else wrote is only written over by a change that knew it.
    fn nothing_overwritten(&mut self, names: &Names) {
        let mut found = Vec::new();
        for (ours, theirs) in names.fields {
            let mut last: HashMap<&str, (Value, bool)> = HashMap::new();
            for effect in self.of_kind(names) {
                let value = value_of(effect, theirs);
                if value.is_null() {
                    continue;
                }
                let app = self.by_app(effect);
                if let Some((before, true)) = last.get(effect.id.as_str())
                    && app
                    && *before != value
                    && !self.knew(names, ours, &value, before)
                {
                    found.push(format!("overwritten: {theirs} of {}, {before} of others by {value}", effect.id));
                }
                let changed = last.get(effect.id.as_str()).is_none_or(|(before, _)| *before != value);
                if changed {
                    last.insert(&effect.id, (value, !app));
                }
            }
        }
        self.found.extend(found);
    }

    fn of_kind<'b>(&'b self, names: &Names) -> impl Iterator<Item = &'b Effect> + use<'b> {
        let (made, changed) = if names.kind == MEETING.kind {
            ("meeting.created", "meeting.updated")
        } else {
            ("Event.created", "Event.updated")
        };
        self.seen.effects.iter().filter(move |effect| effect.kind.starts_with(made) || effect.kind.starts_with(changed))
    }

    fn knew(&self, names: &Names, field: &str, value: &Value, before: &Value) -> bool {
        self.all_rows().filter(|row| row.kind == names.kind).any(|row| {
            let payload: Value = serde_json::from_str(&row.payload_json).unwrap_or_default();
            same(field, &payload["fields"][field], value) && same(field, &payload["base"][field], before)
        })
    }

    /// Once a later change has been written, an earlier one is not written again. Texts are never used twice but by
    /// an undo.
    fn no_step_back(&mut self, names: &Names) {
        let mut found = Vec::new();
        for (_, theirs) in names.fields {
            let mut written: HashMap<&str, Vec<Value>> = HashMap::new();
            for effect in self.of_kind(names) {
                let value = value_of(effect, theirs);
                if value.is_null() {
                    continue;
                }
                let all = written.entry(&effect.id).or_default();
                if all.last() == Some(&value) {
                    continue;
                }
                if all.contains(&value) && self.by_app(effect) && self.seen.wanted_again == 0 {
                    found.push(format!("a step back: {theirs} of {} is {value} again", effect.id));
                }
                all.push(value);
            }
        }
        self.found.extend(found);
    }
}

fn value_of(effect: &Effect, name: &str) -> Value {
    let value = &effect.detail["values"][name];
    if value.is_null() { effect.detail[name].clone() } else { value.clone() }
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

fn told(row: &OutboxRecord) -> String {
    format!(
        "{} {} «{}» is {}, attempts {}, reason {}",
        row.action.as_str(),
        row.kind,
        row.title,
        row.state.as_str(),
        row.attempts,
        row.reason_json.as_deref().unwrap_or("none")
    )
}
