//! Registrants and panelists: as the rows say, once, and nobody who was not asked for.

use std::collections::{BTreeMap, HashMap, HashSet};

use liaison_store::tables::outbox::{OutboxAction, OutboxRecord, OutboxState};
use serde_json::Value;

use super::{Oracle, told};

const REGISTRANT: &str = "registrant";
const STATUS: &str = "registrantStatus";
const PANELIST: &str = "panelist";

/// Somebody's registration, as the journal tells of it.
#[derive(Default)]
struct Standing {
    /// Every way in which it has stood, in order: `registered`, `approved`, `denied`, `cancelled`.
    has_been: Vec<String>,
    /// The last change was the app's.
    by_app: bool,
}

impl Oracle<'_> {
    pub(super) fn registered_once(&mut self) {
        let standings = self.standings();
        self.asked_for(&standings);
        let rows: Vec<&OutboxRecord> = self.all_rows().filter(|row| row.state == OutboxState::Done).collect();
        let mut last: HashMap<String, &OutboxRecord> = HashMap::new();
        for row in rows {
            let payload: Value = serde_json::from_str(&row.payload_json).unwrap_or_default();
            let webinar = payload["webinar"].as_str().unwrap_or_default();
            if row.kind == REGISTRANT && row.action == OutboxAction::Create {
                let id = row.record_id.clone().unwrap_or_default();
                if !standings.contains_key(&(webinar.to_owned(), id)) {
                    self.fail(format!("lost: counts as registered and is not: {}", told(row)));
                }
            }
            if row.kind == STATUS {
                let id = payload["registrant"].as_str().unwrap_or_default().to_owned();
                let stood = standings.get(&(webinar.to_owned(), id.clone()));
                let wanted = past(payload["decision"].as_str().unwrap_or_default());
                if !stood.is_some_and(|stood| stood.has_been.iter().any(|way| way == wanted)) {
                    self.fail(format!("lost: counts as {wanted} and never was: {}", told(row)));
                }
                let key = format!("{webinar}:{id}");
                let later = last.get(&key).is_none_or(|before| before.done_utc_ms <= row.done_utc_ms);
                if later {
                    last.insert(key, row);
                }
            }
        }
        self.stands_as_decided(&standings, &last);
    }

    /// The last decision counts, where nobody else decided after it.
    fn stands_as_decided(
        &mut self,
        standings: &BTreeMap<(String, String), Standing>,
        last: &HashMap<String, &OutboxRecord>,
    ) {
        for ((webinar, id), stood) in standings.iter().filter(|(_, stood)| stood.by_app) {
            let Some(row) = last.get(&format!("{webinar}:{id}")) else { continue };
            let payload: Value = serde_json::from_str(&row.payload_json).unwrap_or_default();
            let wanted = past(payload["decision"].as_str().unwrap_or_default());
            let undecided = self.all_rows().any(|other| {
                other.kind == STATUS && other.identity == row.identity && other.maybe_sent_utc_ms.is_some()
            });
            if stood.has_been.last().map(String::as_str) != Some(wanted) && !undecided {
                self.fail(format!("a step back: {id} of {webinar} is {:?} after {}", stood.has_been, told(row)));
            }
        }
    }

    fn standings(&self) -> BTreeMap<(String, String), Standing> {
        let mut standings: BTreeMap<(String, String), Standing> = BTreeMap::new();
        for noted in &self.seen.effects {
            let Some(way) = noted.effect.kind.strip_prefix("webinar.registration_") else { continue };
            let id = noted.effect.detail["registrant_id"].as_str().unwrap_or_default().to_owned();
            let standing = standings.entry((noted.effect.id.clone(), id)).or_default();
            standing.has_been.push(way.to_owned());
            if way == "created" {
                standing.has_been.extend(noted.effect.detail["status"].as_str().map(ToOwned::to_owned));
            }
            standing.by_app = noted.by_app;
        }
        standings
    }

    /// Whoever was registered, somebody wanted to be; and no more often than it was wanted.
    fn asked_for(&mut self, _standings: &BTreeMap<(String, String), Standing>) {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let mut live: HashSet<String> = HashSet::new();
        let mut found = Vec::new();
        for noted in &self.seen.effects {
            let effect = &noted.effect;
            let email = effect.detail["email"].as_str().unwrap_or_default().to_lowercase();
            let key = format!("{}:{email}", effect.id);
            match effect.kind.as_str() {
                "webinar.registration_cancelled" => {
                    live.remove(&key);
                }
                "webinar.registration_created" => {
                    if !live.insert(key.clone()) {
                        found.push(format!("doubled: {key} is registered twice"));
                    }
                    if noted.by_app {
                        *times.entry(key).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
        for (key, times) in times {
            let rows = self.all_rows().filter(|row| row.kind == REGISTRANT && row.action == OutboxAction::Create);
            let wanted = rows.filter(|row| row.identity.eq_ignore_ascii_case(&key)).count();
            if wanted == 0 {
                found.push(format!("nobody asked for it: {key} is registered"));
            } else if times > wanted + self.seen.wanted_again {
                found.push(format!("registered {times} times, wanted {wanted} times: {key}"));
            }
        }
        self.found.extend(found);
    }

    /// The panel is as the last done row about each says; only the app changes it.
    pub(super) fn panel_as_decided(&mut self) {
        let mut there: HashSet<String> = HashSet::new();
        for noted in &self.seen.effects {
            let emails = noted.effect.detail["emails"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let keys = emails.map(|email| format!("{}:{}", noted.effect.id, email.to_lowercase()));
            match noted.effect.kind.as_str() {
                "webinar.panelists_added" => there.extend(keys),
                "webinar.panelists_removed" => keys.for_each(|key| {
                    there.remove(&key);
                }),
                _ => {}
            }
        }
        let mut last: HashMap<&str, &OutboxRecord> = HashMap::new();
        let mut open: HashSet<&str> = HashSet::new();
        for row in self.all_rows().filter(|row| row.kind == PANELIST) {
            if row.state != OutboxState::Done {
                if row.maybe_sent_utc_ms.is_some() {
                    open.insert(&row.identity);
                }
                continue;
            }
            let later = last.get(row.identity.as_str()).is_none_or(|before| before.done_utc_ms <= row.done_utc_ms);
            if later {
                last.insert(&row.identity, row);
            }
        }
        let mut found = Vec::new();
        for (key, row) in &last {
            let wanted = row.action == OutboxAction::Create;
            if there.contains(&key.to_lowercase()) != wanted && !open.contains(key) {
                found.push(format!("the panel is otherwise than the rows say: {}", told(row)));
            }
        }
        for key in &there {
            if !last.keys().any(|known| known.eq_ignore_ascii_case(key))
                && !open.iter().any(|known| known.eq_ignore_ascii_case(key))
            {
                found.push(format!("nobody asked for it: {key} is on the panel"));
            }
        }
        self.found.extend(found);
    }
}

fn past(decision: &str) -> &'static str {
    match decision {
        "approve" => "approved",
        "deny" => "denied",
        "cancel" => "cancelled",
        _ => "",
    }
}
