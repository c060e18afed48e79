//! Several records at once: collections, composite, batch and graph.

use liaison_salesforce::{
    Collection, Composite, ExternalKey, Graph, LinkedRecord, Record, ReferenceName, Salesforce, SalesforceId, Step,
    Target,
};
use serde_json::{Value, json};

use super::{broken, field, object, record};
use crate::failure::Failure;
use crate::journey::Journey;

const COMPOSITE: &str = "POST /composite";

pub async fn travel(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    collections(journey, salesforce).await?;
    composite(journey, salesforce).await
}

async fn collections(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    let (contact, event) = (object("Contact")?, object("Event")?);
    let rows = (0..3).map(person).collect::<Result<_, _>>()?;
    let create = Collection::Create(rows);
    let made = journey.step("POST /composite/sobjects", salesforce.write_collection(&contact, &create)).await;
    let ids: Vec<SalesforceId> = made.into_iter().flatten().flatten().map(|saved| saved.id).collect();
    let Some(first) = ids.first() else { return Ok(()) };

    let change = Collection::Update(vec![(*first, record([("Title", json!("Buyer"))])?)]);
    journey.step("PATCH /composite/sobjects", salesforce.write_collection(&contact, &change)).await;
    let fields = [field("Id")?, field("LastName")?];
    let read = salesforce.get_many::<Value>(&contact, &ids, &fields);
    journey.step("POST /composite/sobjects/{object}", read).await;
    journey.step("DELETE /composite/sobjects", salesforce.delete_many(&ids)).await;

    let key = ExternalKey::new("c1".repeat(32)).map_err(broken)?;
    let upsert = Collection::Upsert { key_field: field("Liaison_Key__c")?, rows: vec![(key, appointment()?)] };
    let operation = "PATCH /composite/sobjects/{object}/{field}";
    journey.step(operation, salesforce.write_collection(&event, &upsert)).await;
    Ok(())
}

async fn composite(journey: &mut Journey, salesforce: &Salesforce) -> Result<(), Failure> {
    let (account, contact) = (object("Account")?, object("Contact")?);
    let name = |text: &str| ReferenceName::new(text).map_err(broken);
    let company = Step::Create { object: account.clone(), record: record([("Name", json!("Linked"))])?.into() };
    let linked = LinkedRecord::new(person(9)?).link(field("AccountId")?, name("company")?);
    let employee = Step::Create { object: contact.clone(), record: linked };
    let read =
        Step::Read { object: contact, target: Target::Made(name("employee")?), fields: vec![field("AccountId")?] };
    let whole = Composite::new()
        .all_or_none()
        .step(name("company")?, company.clone())
        .step(name("employee")?, employee.clone())
        .step(name("read")?, read);
    journey.step(COMPOSITE, salesforce.composite(&whole)).await;

    journey.step("POST /composite/batch", salesforce.batch(std::slice::from_ref(&company), false)).await;
    let graph = Graph::new(name("first")?).step(name("company")?, company).step(name("employee")?, employee);
    journey.step("POST /composite/graph", salesforce.graphs(&[graph])).await;
    Ok(())
}

fn person(number: u32) -> Result<Record, Failure> {
    record([("LastName", json!(format!("Many {number}"))), ("Email", json!(format!("many{number}@example.com")))])
}

fn appointment() -> Result<Record, Failure> {
    record([
        ("Subject", json!("Offer")),
        ("StartDateTime", json!("2030-01-03T10:00:00.000+0000")),
        ("EndDateTime", json!("2030-01-03T10:30:00.000+0000")),
    ])
}
