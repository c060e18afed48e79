//! Events by the thousand, put into the outbox of a profile that no engine has open. Shared with the benchmark.

use liaison_domain::key::KeyKind;
use liaison_domain::{Provider, RecordKey};
use liaison_store::tables::accounts;
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, Urgency};
use liaison_store::{StoreError, StoreResult, Transaction};
use serde_json::{Value, json};

/// Our key of the Event in this place.
pub fn key(place: usize) -> String {
    RecordKey::derive(KeyKind::MeetingEvent, "many", &place.to_string(), "").to_string()
}

/// The id of the row in this place.
pub fn row_id(place: usize) -> String {
    format!("many {place}")
}

/// The account of Salesforce that is signed in, as rows name it.
pub fn target(tx: &Transaction<'_>) -> StoreResult<String> {
    let account = accounts::get(tx, Provider::Salesforce)?.ok_or(StoreError::NotFound { table: "accounts" })?;
    let org = account.org_id.unwrap_or_default();
    Ok(format!("salesforce:{}:{org}:{}", account.environment.name(), account.user_id))
}

/// Puts in one row for each place; `change` may spoil its fields.
pub fn put(
    tx: &Transaction<'_>,
    places: std::ops::Range<usize>,
    urgency: Urgency,
    group: Option<&str>,
    change: impl Fn(usize, &mut Value),
) -> StoreResult<()> {
    let target = target(tx)?;
    for place in places {
        let start = 1_800_000_000_000_i64 + i64::try_from(place).unwrap_or_default() * 60_000;
        let mut fields = json!({
            "subject": format!("Event {place}"), "start_utc_ms": start, "end_utc_ms": start + 1_800_000, "who": null,
            "location": "https://zoom.example/j/1", "description": "Zoom 1",
        });
        change(place, &mut fields);
        let key = key(place);
        outbox::enqueue(
            tx,
            &NewOperation {
                op_id: row_id(place),
                target: target.clone(),
                target_name: String::new(),
                kind: "event".to_owned(),
                action: OutboxAction::Create,
                order_key: format!("event:{key}"),
                identity: key,
                subject_key: format!("subject {place}"),
                batch_key: Some("event:create".to_owned()),
                group_id: group.map(str::to_owned),
                urgency,
                depends_on: None,
                title: format!("Event {place}"),
                person_name: None,
                payload_json: json!({ "version": "2", "fields": fields }).to_string(),
                record_id: None,
                held_until_utc_ms: None,
                created_utc_ms: 1,
            },
        )?;
    }
    Ok(())
}
