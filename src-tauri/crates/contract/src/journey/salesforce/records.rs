//! One record at a time: made, read, changed, upserted by key, deleted; and what is refused.

use chrono::{TimeDelta, Utc};
use liaison_salesforce::{ExternalKey, Salesforce};
use serde_json::{Value, json};

use super::{broken, field, object, record};
use crate::failure::Failure;
use crate::journey::Journey;

const CREATE: &str = "POST /sobjects/{object}";
const READ: &str = "GET /sobjects/{object}/{id}";
const UPDATE: &str = "PATCH /sobjects/{object}/{id}";
const DELETE: &str = "DELETE /sobjects/{object}/{id}";
const UPSERT: &str = "PATCH /sobjects/{object}/{field}/{value}";

pub async fn travel(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    let (lead, started) = (object("Lead")?, Utc::now());
    let new =
        record([("LastName", json!("Contract")), ("Company", json!("Example")), ("Email", json!("c@example.com"))])?;
    let Some(id) = journey.step(CREATE, salesforce.create(&lead, &new)).await else { return Ok(()) };
    let fields = [field("Id")?, field("LastName")?, field("SystemModstamp")?];
    journey.step(READ, salesforce.get::<Value>(&lead, id, &fields)).await;
    journey.step(UPDATE, salesforce.update(&lead, id, &record([("Title", json!("Buyer"))])?)).await;
    let later = Utc::now() + TimeDelta::days(1);
    journey.step(READ, salesforce.get_if_modified::<Value>(&lead, id, &fields, later)).await;
    let change = record([("Title", json!("Head of buying"))])?;
    journey.step(UPDATE, salesforce.update_if_unmodified(&lead, id, &change, later)).await;
    journey.step(DELETE, salesforce.delete(&lead, id)).await;
    journey.refused(READ, salesforce.get::<Value>(&lead, id, &fields)).await;
    journey.refused(CREATE, salesforce.create(&lead, &record([("Company", json!("Example"))])?)).await;

    let (since, until) = (started - TimeDelta::minutes(5), Utc::now() + TimeDelta::minutes(5));
    journey.step("GET /sobjects/{object}/updated", salesforce.updated_ids(&lead, since, until)).await;
    journey.step("GET /sobjects/{object}/deleted", salesforce.deleted_ids(&lead, since, until)).await;
    upserted(journey, salesforce).await
}

async fn upserted(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    let (event, key_field) = (object("Event")?, field("Liaison_Key__c")?);
    let key = ExternalKey::new("c0".repeat(32)).map_err(broken)?;
    let times = record([
        ("Subject", json!("Offer")),
        ("StartDateTime", json!("2030-01-02T10:00:00.000+0000")),
        ("EndDateTime", json!("2030-01-02T10:30:00.000+0000")),
    ])?;
    let Some(made) = journey.step(UPSERT, salesforce.upsert(&event, &key_field, &key, &times)).await else {
        return Ok(());
    };
    journey.step(UPSERT, salesforce.upsert(&event, &key_field, &key, &times)).await;
    journey.step(DELETE, salesforce.delete(&event, made.id)).await;
    Ok(())
}
