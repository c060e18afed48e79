//! One Task a call and one a follow-up, one Lead a sheet, and none unasked.

use std::collections::{HashMap, HashSet};

use liaison_store::tables::outbox::{OutboxAction, OutboxState};

use super::{Oracle, TASK, told, value_of};
use crate::prove::run::{LeadSheet, Noted};

const LEAD: &str = "lead";

impl Oracle<'_> {
    /// At no time two live Tasks of ours for one call or follow-up; one that was deleted is not made anew unasked.
    pub(super) fn tasks_once(&mut self) {
        let mut live: HashMap<String, Vec<&str>> = HashMap::new();
        let mut gone: HashSet<String> = HashSet::new();
        let mut found = Vec::new();
        for noted in &self.seen.effects {
            let effect = &noted.effect;
            if effect.kind == "Task.deleted" {
                for (what, there) in &mut live {
                    let before = there.len();
                    there.retain(|id| *id != effect.id);
                    if there.len() < before {
                        gone.insert(what.clone());
                    }
                }
            }
            if effect.kind != "Task.created" || !noted.by_app {
                continue;
            }
            let Some(what) = self.task_of(noted) else {
                found.push(format!("nobody asked for it: Task {}, {}", effect.id, effect.detail));
                continue;
            };
            let key = effect.detail["key"].as_str().unwrap_or_default().to_owned();
            let again = self.all_rows().any(|row| {
                row.kind == TASK.kind
                    && (key.is_empty() || row.identity.eq_ignore_ascii_case(&key))
                    && row.payload_json.contains(r#""again":true"#)
            });
            if gone.contains(&what) && !again {
                found.push(format!("made anew though it was deleted: the Task of {what}"));
            }
            let there = live.entry(what.clone()).or_default();
            // Two computers that look and write at the same moment may make two where the org lacks our field.
            let allowed = key.is_empty() && self.seen.parallel;
            if !there.is_empty() && !allowed {
                found.push(format!("doubled: the Task of {what} is {} and {there:?}", effect.id));
            }
            there.push(&effect.id);
        }
        for subject in &self.seen.follow_ups {
            let mut rows = self.all_rows().filter(|row| row.kind == TASK.kind && row.action == OutboxAction::Create);
            if !rows.any(|row| row.payload_json.contains(subject.as_str())) {
                found.push(format!("lost: the follow-up «{subject}» is not in the outbox"));
            }
        }
        self.found.extend(found);
    }

    /// The call or the follow-up that a new Task is of.
    fn task_of(&self, noted: &Noted) -> Option<String> {
        let text = |name: &str| value_of(&noted.effect, name).as_str().unwrap_or_default().to_owned();
        let (subject, description) = (text("Subject"), text("Description"));
        let follow_up = subject.starts_with("Call back ").then_some(subject);
        let call = || self.seen.calls.iter().find(|call| description.contains(call.as_str())).cloned();
        follow_up.or_else(call)
    }

    pub(super) fn leads_once(&mut self) {
        let seen = self.seen;
        for sheet in &seen.leads {
            self.lead(sheet);
        }
    }

    fn lead(&mut self, sheet: &LeadSheet) {
        let (name, id) = (&sheet.name, format!("{LEAD}:{}", sheet.id));
        let of_sheet = |noted: &&Noted| value_of(&noted.effect, "LastName") == serde_json::json!(name);
        let made: Vec<&str> =
            self.effects("Lead.created").filter(of_sheet).map(|noted| noted.effect.id.as_str()).collect();
        let deleted: HashSet<&str> =
            self.effects("Lead.deleted").filter(of_sheet).map(|noted| noted.effect.id.as_str()).collect();
        let live: Vec<&&str> = made.iter().filter(|id| !deleted.contains(**id)).collect();
        let asked = 1 + self.seen.wanted_again;
        if live.len() > 1 || made.len() > asked {
            self.fail(format!("doubled: the Lead «{name}» is {made:?}"));
        }
        let row = self.seen.rows.get(sheet.computer).and_then(|rows| rows.iter().find(|row| row.op_id == id));
        let Some(row) = row else {
            if sheet.kept || !made.is_empty() {
                self.fail(format!("lost: the Lead «{name}» is not in the outbox, in Salesforce {made:?}"));
            }
            return;
        };
        let sure = row.maybe_sent_utc_ms.is_none();
        match row.state {
            OutboxState::Done if row.record_id.as_deref().is_none_or(|id| !made.contains(&id)) => {
                self.fail(format!("lost: counts as sent and never was: {}", told(row)));
            }
            OutboxState::Blocked | OutboxState::Discarded if sure && !live.is_empty() => {
                self.fail(format!("the Lead «{name}» is there as {live:?}, and shown otherwise: {}", told(row)));
            }
            _ => {}
        }
    }
}
