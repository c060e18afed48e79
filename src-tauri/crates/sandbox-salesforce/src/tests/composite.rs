//! Several calls in one.

use serde_json::json;

use super::{BASE, Bench};

#[tokio::test]
async fn later_calls_use_what_earlier_ones_gave() {
    let bench = Bench::new();
    let lead = bench.lead("Guest").await;
    let before = bench.get("limits").await.json()["DailyApiRequests"]["Remaining"].as_u64().unwrap();
    let body = json!({ "allOrNone": true, "compositeRequest": [
        { "method": "PATCH", "url": format!("{BASE}/sobjects/Campaign/Liaison_Key__c/w1"), "referenceId": "campaign", "body": { "Name": "Webinar" } },
        { "method": "POST", "url": format!("{BASE}/composite/sobjects"), "referenceId": "members",
          "body": { "records": [{ "attributes": { "type": "CampaignMember" }, "CampaignId": "@{campaign.id}", "LeadId": lead }] } },
        { "method": "GET", "url": format!("{BASE}/query/?q=SELECT+COUNT()+FROM+CampaignMember+WHERE+CampaignId='@{{campaign.id}}'"), "referenceId": "count" },
    ]});
    let answer = bench.post("composite", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let list = answer.json()["compositeResponse"].clone();
    assert_eq!(list[0]["httpStatusCode"], 201);
    assert_eq!(list[1]["body"][0]["success"], true);
    assert_eq!(list[2]["body"]["totalSize"], 1);
    let after = bench.get("limits").await.json()["DailyApiRequests"]["Remaining"].as_u64().unwrap();
    assert_eq!(before - after, 2, "a composite costs one call, and asking costs one");
}

#[tokio::test]
async fn all_or_none_halts_and_takes_back() {
    let bench = Bench::new();
    let body = |all: bool| {
        json!({ "allOrNone": all, "compositeRequest": [
            { "method": "POST", "url": format!("{BASE}/sobjects/Task"), "referenceId": "a", "body": { "Subject": "x" } },
            { "method": "GET", "url": format!("{BASE}/sobjects/Foo"), "referenceId": "b" },
            { "method": "POST", "url": format!("{BASE}/sobjects/Task"), "referenceId": "c", "body": { "WhatId": "@{b.id}" } },
        ]})
    };
    let list = bench.post("composite", body(true)).await.json()["compositeResponse"].clone();
    assert_eq!(list[0]["body"][0]["errorCode"], "PROCESSING_HALTED");
    assert_eq!((&list[1]["httpStatusCode"], &list[1]["body"][0]["errorCode"]), (&json!(404), &json!("NOT_FOUND")));
    assert_eq!(list[2]["body"][0]["errorCode"], "PROCESSING_HALTED");
    assert_eq!(bench.count("SELECT COUNT() FROM Task").await, 0);
    let list = bench.post("composite", body(false)).await.json()["compositeResponse"].clone();
    assert_eq!(list[0]["httpStatusCode"], 201);
    assert_eq!(list[2]["body"][0]["errorCode"], "PROCESSING_HALTED", "its reference has no value");
    assert_eq!(bench.count("SELECT COUNT() FROM Task").await, 1);
}

#[tokio::test]
async fn a_batch_counts_every_call_and_can_halt() {
    let bench = Bench::new();
    let requests = json!([
        { "method": "POST", "url": "v62.0/sobjects/Lead", "richInput": { "LastName": "Batch", "Company": "Acme" } },
        { "method": "GET", "url": "v62.0/sobjects/Foo" },
        { "method": "GET", "url": "v62.0/limits" },
    ]);
    let answer = bench.post("composite/batch", json!({ "haltOnError": true, "batchRequests": requests })).await;
    assert_eq!(answer.header("sforce-limit-info"), "api-usage=3/15000");
    let body = answer.json();
    assert_eq!(body["hasErrors"], true);
    let codes: Vec<i64> =
        body["results"].as_array().unwrap().iter().map(|one| one["statusCode"].as_i64().unwrap()).collect();
    assert_eq!(codes, [201, 404, 412]);
}
