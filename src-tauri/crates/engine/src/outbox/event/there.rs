//! Events as they are in Salesforce, many at once.

use std::collections::HashMap;

use liaison_salesforce::{Condition, Event, KEY_FIELD, Query, SalesforceError, SalesforceId};

use super::fields::EventFields;
use super::find::fields_of;
use crate::context::SalesforceAccount;

/// Ids in one question.
const MOST_IDS: usize = 200;

const FIELDS: [&str; 8] =
    ["Id", "IsDeleted", "SystemModstamp", "Subject", "StartDateTime", "EndDateTime", "WhoId", "Location"];

/// The Events with these ids, by id; those that are deleted, or that nobody may see, are missing.
pub(crate) async fn by_ids(
    account: &SalesforceAccount,
    ids: &[SalesforceId],
) -> Result<HashMap<String, EventFields>, SalesforceError> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(MOST_IDS) {
        let query = Query::from("Event")
            .select(FIELDS)
            .select(["Description"])
            .filter(Condition::is_in("Id", chunk.iter().copied()));
        for event in account.api.query_all_rows::<Event>(&query.build()?).await? {
            if !event.is_deleted {
                found.insert(event.id.to_string(), fields_of(event));
            }
        }
    }
    Ok(found)
}

/// The Events with these keys of ours that are there, by key: another computer of the user has made them, or this one
/// before it began anew. Only where the org has our field.
pub(crate) async fn by_keys(
    account: &SalesforceAccount,
    keys: &[String],
) -> Result<HashMap<String, (SalesforceId, EventFields)>, SalesforceError> {
    let mut found = HashMap::new();
    for chunk in keys.chunks(MOST_IDS) {
        let query = Query::from("Event")
            .select(FIELDS)
            .select(["Description", KEY_FIELD])
            .filter(Condition::is_in(KEY_FIELD, chunk.iter().map(String::as_str)));
        for event in account.api.query_rows::<Event>(&query.build()?).await? {
            if let Some(key) = event.key.clone().filter(|_| !event.is_deleted) {
                found.insert(key, (event.id, fields_of(event)));
            }
        }
    }
    Ok(found)
}
