//! One meeting a sheet, one live Event a meeting, and none unasked.

use std::collections::{BTreeMap, HashMap, HashSet};

use liaison_sandbox::Effect;
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord, OutboxState};
use serde_json::json;

use super::{EVENT, MEETING, Oracle, value_of};
use crate::prove::run::{Noted, Sheet};

impl Oracle<'_> {
    pub(super) fn meetings_once(&mut self) {
        let seen = self.seen;
        for sheet in &seen.sheets {
            let same = |noted: &&Noted| noted.effect.detail["topic"] == json!(sheet.topic);
            let made: Vec<&Effect> = self.effects("meeting.created").filter(same).map(|noted| &noted.effect).collect();
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
            self.seen
                .effects
                .iter()
                .any(|noted| noted.effect.kind.starts_with("meeting.deleted") && noted.effect.id == *id)
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
                .any(|event| event.kind == EVENT.kind && series_of(&event.subject_key) == row.record_id.as_deref())
        {
            self.fail(format!("lost: the Event of «{topic}» is nowhere"));
        }
    }

    /// At no time two live Events of one meeting, and none made anew that others deleted.
    pub(super) fn events_once(&mut self) {
        let mut live: HashMap<(usize, String), Vec<&Noted>> = HashMap::new();
        let mut gone: HashSet<(usize, String)> = HashSet::new();
        let mut made: BTreeMap<(usize, String), usize> = BTreeMap::new();
        let mut found = Vec::new();
        for noted in &self.seen.effects {
            let effect = &noted.effect;
            if effect.kind == "Event.deleted" {
                for (meeting, there) in &mut live {
                    let before = there.len();
                    there.retain(|other| other.effect.id != effect.id);
                    if there.len() < before {
                        gone.insert(meeting.clone());
                    }
                }
            }
            // Another rule gives the Event of one date to another one.
            if effect.kind == "Event.updated" {
                let now = (noted.site, self.meeting_of(effect));
                let of_event = |there: &Vec<&Noted>| there.iter().any(|other| other.effect.id == effect.id);
                let before = live.iter().find(|(_, there)| of_event(there)).map(|(meeting, _)| meeting.clone());
                if let Some(before) = before.filter(|before| *before != now)
                    && let Some(there) = live.get_mut(&before)
                    && let Some(place) = there.iter().position(|other| other.effect.id == effect.id)
                {
                    let event = there.remove(place);
                    live.entry(now).or_default().push(event);
                }
            }
            if effect.kind != "Event.created" {
                continue;
            }
            let meeting = (noted.site, self.meeting_of(effect));
            *made.entry(meeting.clone()).or_default() += 1;
            let key = effect.detail["key"].as_str();
            let again =
                |row: &OutboxRecord| Some(row.identity.as_str()) == key && row.payload_json.contains(r#""again":true"#);
            if key.is_some() && noted.by_app && gone.contains(&meeting) && !self.all_rows().any(again) {
                found.push(format!("made anew though it was deleted: the Event of {}", meeting.1));
            }
            let there = live.entry(meeting.clone()).or_default();
            // Without our field nothing keeps two computers apart that look and write at the same moment.
            let at_once = |other: &&Noted| key.is_none() && self.seen.parallel && other.effect.at == effect.at;
            if there.iter().any(|other| !at_once(other)) {
                let ids: Vec<&str> = there.iter().map(|other| other.effect.id.as_str()).collect();
                found.push(format!("doubled: the Event of {} is {} and {ids:?}", meeting.1, effect.id));
            }
            there.push(noted);
        }
        for ((_, link), times) in made {
            if times > 1 + self.seen.wanted_again {
                found.push(format!("made {times} times: the Event of {link}"));
            }
        }
        self.found.extend(found);
    }

    /// A series goes as a whole only when it was to go as a whole.
    pub(super) fn whole_only_when_asked(&mut self) {
        let mut found = Vec::new();
        for noted in self.effects("meeting.deleted").filter(|noted| noted.by_app) {
            let id = &noted.effect.id;
            let wanted = |row: &&OutboxRecord| {
                row.kind == MEETING.kind && row.action == OutboxAction::Delete && row.subject_key == *id
            };
            if !self.all_rows().any(|row| wanted(&row)) {
                found.push(format!("deleted as a whole, and only dates were to go: {id}"));
            }
        }
        self.found.extend(found);
    }

    /// An Event into which others have written goes only when the user wants that.
    pub(super) fn events_with_words_only_when_asked(&mut self) {
        let mut words: HashSet<&str> = HashSet::new();
        let mut found = Vec::new();
        for noted in &self.seen.effects {
            let effect = &noted.effect;
            match effect.kind.as_str() {
                "Event.updated" if !noted.by_app && !self.was_unguarded(effect) => {
                    words.insert(&effect.id);
                }
                "Event.deleted" if noted.by_app && words.contains(effect.id.as_str()) && !self.wanted_gone(effect) => {
                    found.push(format!("deleted with words of others in it, unasked: Event {}", effect.id));
                }
                _ => {}
            }
        }
        self.found.extend(found);
    }

    /// Whether it came between our last look and a deletion, for which Salesforce knows no condition.
    fn was_unguarded(&self, effect: &Effect) -> bool {
        let values = effect.detail["values"].as_object().into_iter().flatten();
        values.into_iter().any(|(_, value)| self.seen.unguarded.contains(value))
    }

    fn wanted_gone(&self, event: &Effect) -> bool {
        let of_event = |row: &&OutboxRecord| {
            row.kind == EVENT.kind
                && (row.record_id.as_ref() == Some(&event.id) || row.payload_json.contains(&event.id))
        };
        let meetings: HashSet<&str> =
            self.all_rows().filter(of_event).filter_map(|row| series_of(&row.subject_key)).collect();
        meetings.iter().any(|number| self.seen.wanted_gone.contains(*number))
            || self.all_rows().any(|row| {
                self.seen.decided.contains(&row.op_id)
                    && series_of(&row.subject_key).is_some_and(|number| meetings.contains(number))
            })
    }

    /// An Event is known by the link of its meeting; our key alone might be another one for the same meeting.
    fn meeting_of(&self, event: &Effect) -> String {
        self.date_of(value_of(event, "Location").as_str().unwrap_or_default().to_owned(), event)
    }

    /// The dates of a series have one link.
    fn date_of(&self, link: String, event: &Effect) -> String {
        let of_series = |noted: &&Noted| noted.effect.detail["occurrences"].as_u64().unwrap_or_default() > 0;
        let series = self.effects("meeting.created").filter(of_series).any(|noted| link.contains(&noted.effect.id));
        if !series {
            return link;
        }
        let date = event.detail["key"].as_str().map(str::to_lowercase);
        let start = || value_of(event, "StartDateTime").as_str().unwrap_or_default().to_owned();
        format!("{link} {}", date.unwrap_or_else(start))
    }

    /// A request that came late was sent while the user asked for it.
    pub(super) fn made_only_when_asked(&mut self) {
        let unasked: Vec<&Noted> = self
            .effects("meeting.created")
            .filter(|noted| noted.by_app && !self.seen.asked.contains(&noted.step))
            .collect();
        if unasked.len() > self.seen.late {
            for noted in unasked {
                self.fail(format!("made while nobody asked: meeting {} in step {}", noted.effect.id, noted.step));
            }
        }
    }
}

/// The number of a meeting whose date a key names.
pub(super) fn series_of(key: &str) -> Option<&str> {
    key.split(':').next()
}
