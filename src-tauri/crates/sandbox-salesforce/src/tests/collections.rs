//! Many rows at once: 200 as a whole, a result for each.

use serde_json::{Value, json};

use super::Bench;

fn task(key: &str, changes: &Value) -> Value {
    let mut record = json!({ "attributes": { "type": "Task" }, "Liaison_Key__c": key, "Subject": "Call" });
    for (name, value) in changes.as_object().unwrap() {
        record[name] = value.clone();
    }
    record
}

#[tokio::test]
async fn good_and_bad_rows_each_get_their_own_result() {
    let bench = Bench::new();
    bench.create("Task", json!({ "Liaison_Key__c": "taken" })).await;
    let records = json!([
        task("a", &json!({})),
        task("taken", &json!({})),
        task("b", &json!({ "CallType": "Odd" })),
        { "attributes": { "type": "Lead" }, "LastName": "Row", "Company": "Acme" },
        { "attributes": { "type": "Nope" } },
    ]);
    let answer = bench.post("composite/sobjects", json!({ "allOrNone": false, "records": records })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let rows = answer.json();
    let codes: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["errors"][0]["statusCode"].as_str().unwrap_or("ok")).collect();
    assert_eq!(codes, ["ok", "DUPLICATE_VALUE", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "ok", "INVALID_TYPE"]);
    assert!(rows[1]["errors"][0].get("errorCode").is_none());
    assert!(rows[1]["errors"][0]["fields"].is_array());
    assert_eq!(rows[1].get("id"), None);
    assert_eq!(bench.effects("Task.created").len(), 2);
}

#[tokio::test]
async fn all_or_none_takes_everything_back() {
    let bench = Bench::new();
    let records = json!([task("a", &json!({})), task("b", &json!({ "CallType": "Odd" })), task("c", &json!({}))]);
    let answer = bench.post("composite/sobjects", json!({ "allOrNone": true, "records": records })).await;
    let rows = answer.json();
    assert_eq!(rows[0]["errors"][0]["statusCode"], "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assert_eq!(rows[1]["errors"][0]["statusCode"], "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    assert!(rows.as_array().unwrap().iter().all(|row| row["success"] == json!(false)));
    assert_eq!(bench.count("SELECT COUNT() FROM Task").await, 0);
    assert!(bench.effects("Task.created").is_empty());
    // The keys are free again.
    assert_eq!(bench.post("sobjects/Task", json!({ "Liaison_Key__c": "a" })).await.status, 201);
}

#[tokio::test]
async fn upserts_create_update_and_refuse_twins() {
    let bench = Bench::new();
    bench.create("Task", json!({ "Liaison_Key__c": "old" })).await;
    let records = json!([
        task("old", &json!({ "Subject": "Changed" })),
        task("new", &json!({})),
        task("twin", &json!({})),
        task("twin", &json!({})),
        { "attributes": { "type": "Task" }, "Subject": "No key" },
    ]);
    let answer = bench.patch("composite/sobjects/Task/Liaison_Key__c", json!({ "records": records })).await;
    let rows = answer.json();
    assert_eq!((&rows[0]["created"], &rows[1]["created"]), (&json!(false), &json!(true)));
    assert_eq!(rows[2]["errors"][0]["statusCode"], "DUPLICATE_VALUE");
    assert_eq!(rows[3]["errors"][0]["statusCode"], "DUPLICATE_VALUE");
    assert_eq!(rows[4]["errors"][0]["statusCode"], "MISSING_ARGUMENT");
    assert_eq!(bench.count("SELECT COUNT() FROM Task").await, 2);
    let answer = bench.patch("composite/sobjects/Task/Nope__c", json!({ "records": [] })).await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn updates_deletes_and_reads_go_by_id() {
    let bench = Bench::new();
    let (one, two) = (bench.lead("One").await, bench.lead("Two").await);
    let records = json!([
        { "attributes": { "type": "Lead" }, "id": one, "Title": "First" },
        { "attributes": { "type": "Lead" }, "Id": "00QLz0000000zzz", "Title": "Ghost" },
        { "attributes": { "type": "Lead" }, "Title": "No id" },
    ]);
    let rows = bench.patch("composite/sobjects", json!({ "records": records })).await.json();
    assert_eq!(rows[0]["success"], true);
    assert_eq!(rows[1]["errors"][0]["statusCode"], "INVALID_CROSS_REFERENCE_KEY");
    assert_eq!(rows[2]["errors"][0]["statusCode"], "MISSING_ARGUMENT");
    let read = bench.get(&format!("composite/sobjects/Lead?ids={one},00QLz0000000zzz&fields=Title")).await.json();
    assert_eq!((&read[0]["Title"], &read[1]), (&json!("First"), &Value::Null));
    let read = bench.post("composite/sobjects/Lead", json!({ "ids": [two], "fields": ["Name"] })).await.json();
    assert_eq!(read[0]["Name"], "Two");
    let rows = bench.delete(&format!("composite/sobjects?ids={one},{one}&allOrNone=false")).await.json();
    assert_eq!(rows[0]["success"], true);
    assert_eq!(rows[1]["errors"][0]["statusCode"], "ENTITY_IS_DELETED");
}

#[tokio::test]
async fn bounds_hold() {
    let bench = Bench::new();
    let records: Vec<Value> = (0..201).map(|number| task(&format!("k{number}"), &json!({}))).collect();
    let answer = bench.post("composite/sobjects", json!({ "records": records })).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "EXCEEDED_ID_LIMIT"));
    assert_eq!(bench.count("SELECT COUNT() FROM Task").await, 0);
    let records: Vec<Value> = (0..200).map(|number| task(&format!("k{number}"), &json!({}))).collect();
    assert_eq!(bench.post("composite/sobjects", json!({ "records": records })).await.status, 200);
    assert_eq!(bench.count("SELECT COUNT() FROM Task").await, 200);
    let kinds = ["Task", "Lead"];
    let records: Vec<Value> = (0..12).map(|number| json!({ "attributes": { "type": kinds[number % 2] } })).collect();
    let answer = bench.post("composite/sobjects", json!({ "records": records })).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "INVALID_INPUT"));
    let answer = bench.post("composite/sobjects", json!({ "records": [{ "Subject": "typeless" }] })).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "INVALID_TYPE"));
    let answer = bench.post("composite/sobjects", json!({ "allornone": true, "records": [] })).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "JSON_PARSER_ERROR"));
}
