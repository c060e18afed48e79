//! By external id: 201, 200, 300, 404, and what the key must be.

use serde_json::json;

use super::Bench;

const KEY: &str = "lz_0123456789abcdef";

#[tokio::test]
async fn the_same_upsert_twice_makes_one_record() {
    let bench = Bench::new();
    let path = format!("sobjects/Task/Liaison_Key__c/{KEY}");
    let first = bench.patch(&path, json!({ "Subject": "Call" })).await;
    assert_eq!(first.status, 201, "{}", first.text);
    assert_eq!(first.json()["created"], true);
    let second = bench.patch(&path, json!({ "Subject": "Call" })).await;
    assert_eq!((second.status, &second.json()["created"]), (200, &json!(false)));
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert_eq!(bench.count(&format!("SELECT COUNT() FROM Task WHERE Liaison_Key__c = '{KEY}'")).await, 1);
    assert_eq!((bench.effects("Task.created").len(), bench.effects("Task.updated").len()), (1, 1));
    let read = bench.get(&path).await;
    assert_eq!((read.status, &read.json()["Subject"]), (200, &json!("Call")));
    // Before version 46 an update had no body.
    let old = bench.patch(&format!("/services/data/v45.0/{path}"), json!({ "Subject": "Call" })).await;
    assert_eq!((old.status, old.text.as_str()), (204, ""));
}

#[tokio::test]
async fn a_refused_upsert_leaves_nothing() {
    let bench = Bench::new();
    let path = format!("sobjects/Event/Liaison_Key__c/{KEY}");
    let answer = bench.patch(&path, json!({ "Subject": "No times" })).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "REQUIRED_FIELD_MISSING"));
    assert_eq!(bench.get(&path).await.status, 404);
    assert!(bench.effects("Event.created").is_empty());
}

#[tokio::test]
async fn update_only_makes_nothing() {
    let bench = Bench::new();
    let path = format!("sobjects/Task/Liaison_Key__c/{KEY}?updateOnly=true");
    let answer = bench.patch(&path, json!({ "Subject": "Call" })).await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn the_body_may_not_name_the_key_or_the_id() {
    let bench = Bench::new();
    let path = format!("sobjects/Task/Liaison_Key__c/{KEY}");
    for body in [json!({ "Liaison_Key__c": KEY }), json!({ "Id": "00TLz0000000001" })] {
        let answer = bench.patch(&path, body).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "INVALID_FIELD"));
    }
}

#[tokio::test]
async fn a_field_that_is_no_key_is_not_found() {
    let bench = Bench::bare();
    for path in ["sobjects/Task/Liaison_Key__c/x", "sobjects/Task/Subject/x", "sobjects/Task/Nope__c/x"] {
        let answer = bench.patch(path, json!({ "Subject": "Call" })).await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "NOT_FOUND"), "{path}");
        assert!(answer.message().starts_with("Provided external ID field does not exist or is not accessible"));
    }
    let answer = bench.post("sobjects/Task", json!({ "Liaison_Key__c": "x" })).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "INVALID_FIELD"));
    let answer = bench.ask("SELECT Liaison_Key__c FROM Task").await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "INVALID_FIELD"));
}

#[tokio::test]
async fn a_value_on_several_records_is_answered_with_all_of_them() {
    let bench = Bench::new();
    for name in ["One", "Two"] {
        bench.create("Lead", json!({ "LastName": name, "Company": "Acme", "Email": "both@example.com" })).await;
    }
    let answer = bench.patch("sobjects/Lead/Email/BOTH%40example.com", json!({ "Title": "x" })).await;
    assert_eq!(answer.status, 300);
    let urls = answer.json();
    assert_eq!(urls.as_array().unwrap().len(), 2);
    assert!(urls[0].as_str().unwrap().starts_with("/services/data/v62.0/sobjects/Lead/00Q"));
    assert!(bench.effects("Lead.updated").is_empty());
}

#[tokio::test]
async fn keys_are_unique_and_case_sensitive() {
    let bench = Bench::new();
    let first = bench.create("Task", json!({ "Liaison_Key__c": "abc" })).await;
    let answer = bench.post("sobjects/Task", json!({ "Liaison_Key__c": "abc" })).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "DUPLICATE_VALUE"));
    let expected =
        format!("duplicate value found: Liaison_Key__c duplicates value on record with id: {}", &first[..15]);
    assert_eq!(answer.message(), expected);
    let other = bench.create("Task", json!({ "Liaison_Key__c": "ABC" })).await;
    let answer = bench.patch(&format!("sobjects/Task/{other}"), json!({ "Liaison_Key__c": "abc" })).await;
    assert_eq!(answer.code(), "DUPLICATE_VALUE");
    // Its own key is no duplicate, and a key in the recycle bin is free.
    assert_eq!(bench.patch(&format!("sobjects/Task/{first}"), json!({ "Liaison_Key__c": "abc" })).await.status, 204);
    bench.delete(&format!("sobjects/Task/{first}")).await;
    let answer = bench.patch("sobjects/Task/Liaison_Key__c/abc", json!({ "Subject": "New" })).await;
    assert_eq!(answer.status, 201);
    assert_ne!(answer.json()["id"], json!(first));
}

#[tokio::test]
async fn keys_with_awkward_letters_arrive_whole() {
    let bench = Bench::new();
    let key = "a:b/c d==";
    let encoded = "a%3Ab%2Fc%20d%3D%3D";
    assert_eq!(bench.patch(&format!("sobjects/Task/Liaison_Key__c/{encoded}"), json!({})).await.status, 201);
    let raw = bench.patch("sobjects/Task/Liaison_Key__c/a:b/c%20d==", json!({})).await;
    assert_eq!(raw.status, 200, "{}", raw.text);
    assert_eq!(bench.count(&format!("SELECT COUNT() FROM Task WHERE Liaison_Key__c = '{key}'")).await, 1);
}

#[tokio::test]
async fn a_parent_can_be_named_by_its_key() {
    let bench = Bench::new();
    bench.create("Campaign", json!({ "Name": "Fair", "Liaison_Key__c": "fair" })).await;
    let lead = bench.lead("Guest").await;
    let id = bench.create("CampaignMember", json!({ "Campaign": { "Liaison_Key__c": "fair" }, "LeadId": lead })).await;
    let member = bench.records(&format!("SELECT Campaign.Name FROM CampaignMember WHERE Id = '{id}'")).await;
    assert_eq!(member[0]["Campaign"]["Name"], "Fair");
    let answer = bench
        .post("sobjects/CampaignMember", json!({ "Campaign": { "Liaison_Key__c": "nope" }, "LeadId": lead }))
        .await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "INVALID_FIELD"));
}
