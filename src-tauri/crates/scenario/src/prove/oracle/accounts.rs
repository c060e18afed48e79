//! Nothing in the account that it was not for.

use std::collections::{BTreeMap, BTreeSet};

use liaison_store::tables::outbox::{OutboxAction, OutboxState};

use super::{EVENT, MEETING, Oracle, value_of};

impl Oracle<'_> {
    pub(super) fn in_the_account_it_was_for(&mut self) {
        let mut found = Vec::new();
        self.texts_are_at_home(&mut found);
        let places = self.places(&mut found);
        self.effects_have_a_row(&places, &mut found);
        self.found.extend(found);
    }

    /// Every text is typed once, in one Zoom account.
    fn texts_are_at_home(&self, found: &mut Vec<String>) {
        for noted in self.seen.effects.iter().filter(|noted| noted.by_app && noted.effect.service == "zoom") {
            for name in ["topic", "agenda"] {
                let value = value_of(&noted.effect, name);
                let Some(text) = value.as_str() else { continue };
                if self.seen.homes.get(text).is_some_and(|home| *home != noted.site) {
                    found.push(format!(
                        "wrong account: «{text}» of meeting {} is in account {}",
                        noted.effect.id, noted.site
                    ));
                }
            }
        }
    }

    /// Where the records of each target are: in one account.
    fn places(&self, found: &mut Vec<String>) -> BTreeMap<String, usize> {
        let mut places: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for row in self.all_rows().filter(|row| row.state == OutboxState::Done) {
            let there = self.seen.effects.iter().filter(|noted| Some(&noted.effect.id) == row.record_id.as_ref());
            for noted in there {
                places.entry(row.target.clone()).or_default().insert(noted.site);
            }
        }
        places
            .into_iter()
            .filter_map(|(target, sites)| {
                if sites.len() > 1 {
                    found.push(format!("wrong account: rows of {target} are in {sites:?}"));
                }
                Some((target, sites.into_iter().next()?))
            })
            .collect()
    }

    /// What was deleted was to be deleted there.
    fn effects_have_a_row(&self, places: &BTreeMap<String, usize>, found: &mut Vec<String>) {
        for (kind, deleted) in [(MEETING.kind, "meeting.deleted"), (EVENT.kind, "Event.deleted")] {
            for noted in self.effects(deleted).filter(|noted| noted.by_app) {
                let id = &noted.effect.id;
                let wanted = self.all_rows().any(|row| {
                    row.kind == kind
                        && row.action == OutboxAction::Delete
                        && places.get(&row.target).is_none_or(|place| *place == noted.site)
                });
                if !wanted {
                    found.push(format!("wrong account: {id} was deleted in account {}", noted.site));
                }
            }
        }
    }
}
