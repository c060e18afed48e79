//! Members of Campaigns: each person once, and none that nobody asked for.

use std::collections::BTreeMap;

use liaison_store::tables::outbox::OutboxAction;
use serde_json::Value;

use super::{MEMBER, Oracle};

impl Oracle<'_> {
    pub(super) fn members_once(&mut self) {
        let mut live: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
        let mut made: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut found = Vec::new();
        for noted in &self.seen.effects {
            let effect = &noted.effect;
            let name = |field: &str| effect.detail[field].as_str().unwrap_or_default().to_owned();
            let key = (name("CampaignId"), name("LeadOrContactId"));
            match effect.kind.as_str() {
                "CampaignMember.deleted" => live.entry(key).or_default().retain(|id| *id != effect.id),
                "CampaignMember.created" => {
                    let there = live.entry(key.clone()).or_default();
                    there.push(&effect.id);
                    if there.len() > 1 {
                        found.push(format!("doubled: {} is in {} as {there:?}", key.1, key.0));
                    }
                    if noted.by_app {
                        *made.entry(key).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
        for ((campaign, person), times) in made {
            let wanted = self.all_rows().filter(|row| row.kind == MEMBER.kind).filter(|row| {
                let payload: Value = serde_json::from_str(&row.payload_json).unwrap_or_default();
                let theirs =
                    payload["person"].as_str().and_then(|who| who.rsplit(':').next()?.get(..15)) == person.get(..15);
                theirs && (payload["campaign"].is_null() || payload["campaign"].as_str() == Some(campaign.as_str()))
            });
            let rows: Vec<_> = wanted.collect();
            if rows.is_empty() {
                found.push(format!("nobody asked for it: {person} is in {campaign}"));
            }
            let creations = rows.iter().filter(|row| row.action == OutboxAction::Create).count();
            if times > creations + self.seen.wanted_again {
                found.push(format!("made {times} times, wanted {creations} times: {person} in {campaign}"));
            }
        }
        self.found.extend(found);
    }
}
