//! Whom a meeting is linked to, kept with the meeting in Zoom as a custom key: another computer, or this one after a new
//! start from nothing, finds it there. Ids of records only, and the org that they are of.

use liaison_domain::{LinkBasis, PersonRef, RecordKind};
use liaison_salesforce::SalesforceId;
use liaison_store::tables::links;
use liaison_store::tables::meetings;
use liaison_store::tables::outbox;
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::{Connection, StoreResult, Transaction};
use liaison_zoom::{CustomKey, Meeting};
use uuid::Uuid;

use crate::outbox::kind::MEETING;
use crate::outbox::target::Target;
use crate::terms::Provider;

const LINKS_KEY: &str = "liaison_links";
/// What Zoom takes as the value of a custom key, and how many keys.
const LONGEST: usize = 256;
const MOST_KEYS: usize = 10;

/// The key of these people, in the org that is known here; `None` where none is.
pub(crate) fn key(db: &Connection, people: &[PersonRecord]) -> StoreResult<Option<CustomKey>> {
    let Some(target) = Target::known(db, Provider::Salesforce)? else { return Ok(None) };
    let mut value = format!("{}:", Target::organisation(&target.key));
    let ids = people.iter().map(|person| person.converted_to.as_deref().map_or(&*person.salesforce_id, bare));
    for (place, id) in ids.enumerate() {
        let comma = if place > 0 { "," } else { "" };
        if value.len() + comma.len() + id.len() > LONGEST {
            tracing::info!(people = people.len(), "not all links of a meeting can be kept in Zoom");
            break;
        }
        value.push_str(comma);
        value.push_str(id);
    }
    Ok(Some(CustomKey { key: LINKS_KEY.to_owned(), value }))
}

fn bare(person: &str) -> &str {
    person.split_once(':').map_or(person, |(_, id)| id)
}

/// The keys that a meeting is to have: others' stay, and ours takes the place of what it was.
pub(crate) fn with(there: &Meeting, ours: CustomKey) -> Vec<CustomKey> {
    let keys = there.settings.as_ref().and_then(|settings| settings.custom_keys.as_ref());
    let others = keys.into_iter().flatten().filter(|entry| entry.key != LINKS_KEY).take(MOST_KEYS - 1).cloned();
    others.chain([ours]).collect()
}

/// What a meeting carries.
pub(crate) fn told(meeting: &Meeting) -> Option<String> {
    let keys = meeting.settings.as_ref()?.custom_keys.as_ref()?;
    keys.iter().find(|entry| entry.key == LINKS_KEY).map(|entry| entry.value.clone())
}

/// Links meetings that are linked to nobody here to those whom they carry, if they are of this org and known here; those
/// that are not known yet follow when they are. Answers how many links were made.
pub(crate) fn restore(tx: &Transaction<'_>, now_ms: i64) -> StoreResult<usize> {
    let Some(target) = Target::known(tx, Provider::Salesforce)? else { return Ok(0) };
    let mut made = 0;
    for (meeting, value) in meetings::unlinked(tx)? {
        // What the user has decided about its people is on its way.
        let open = outbox::last_by_subject(tx, MEETING, &[&meeting])?.iter().any(|row| row.state.is_open());
        let Some((org, ids)) = value.split_once(':').filter(|(org, _)| *org == Target::organisation(&target.key))
        else {
            continue;
        };
        if open || org.is_empty() {
            continue;
        }
        for id in ids.split(',') {
            let Some(person) = known(tx, id)? else { continue };
            let reason = "kept in Zoom".to_owned();
            let link = links::LinkRecord { reason, ..link(&meeting, &person, now_ms, LinkBasis::Intent) };
            links::insert_link(tx, &link)?;
            made += 1;
        }
    }
    Ok(made)
}

/// Whoever has this id, or took the place of who had it.
fn known(db: &Connection, id: &str) -> StoreResult<Option<PersonRecord>> {
    let Ok(id) = id.parse::<SalesforceId>() else { return Ok(None) };
    let kind = if id.is_lead() { RecordKind::Lead } else { RecordKind::Contact };
    let person = PersonRef { kind, id: id.to_string() };
    let current = people::successor(db, &person.to_string())?;
    Ok(people::person(db, &current)?.filter(|person| !person.deleted))
}

/// That a meeting is with somebody.
pub(crate) fn link(meeting_key: &str, person: &PersonRecord, now_ms: i64, basis: LinkBasis) -> links::LinkRecord {
    links::LinkRecord {
        id: Uuid::now_v7().to_string(),
        zoom_kind: "meeting".to_owned(),
        zoom_key: meeting_key.to_owned(),
        record_kind: person.record,
        record_id: person.salesforce_id.clone(),
        record_name: person.name.clone(),
        basis,
        reason: if basis == LinkBasis::Intent { "scheduled" } else { "email" }.to_owned(),
        created_utc_ms: now_ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting(keys: &serde_json::Value) -> Meeting {
        serde_json::from_value(serde_json::json!({ "id": 82_440_633_900_u64, "settings": { "custom_keys": keys } }))
            .unwrap()
    }

    #[test]
    fn others_keys_stay_and_ours_is_replaced() {
        let there = meeting(&serde_json::json!([
            { "key": "crm", "value": "1" }, { "key": LINKS_KEY, "value": "00D1:003A" }, { "key": "liaison_draft", "value": "d" }
        ]));
        assert_eq!(told(&there).as_deref(), Some("00D1:003A"));
        let keys = with(&there, CustomKey { key: LINKS_KEY.to_owned(), value: "00D1:".to_owned() });
        let told: Vec<(&str, &str)> = keys.iter().map(|entry| (&*entry.key, &*entry.value)).collect();
        assert_eq!(told, [("crm", "1"), ("liaison_draft", "d"), (LINKS_KEY, "00D1:")]);
        assert_eq!(super::told(&meeting(&serde_json::json!([]))), None);
    }
}
