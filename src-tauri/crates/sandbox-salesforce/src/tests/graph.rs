//! Graphs and trees: several records, all or none.

use serde_json::json;

use super::{BASE, Bench};

#[tokio::test]
async fn each_graph_stands_for_itself_and_runs_in_the_order_of_its_references() {
    let bench = Bench::new();
    let url = |object: &str| format!("{BASE}/sobjects/{object}");
    let good = json!({ "graphId": "good", "compositeRequest": [
        { "method": "POST", "url": url("Contact"), "referenceId": "contact", "body": { "LastName": "Below", "AccountId": "@{account.id}" } },
        { "method": "POST", "url": url("Account"), "referenceId": "account", "body": { "Name": "Above" } },
    ]});
    let bad = json!({ "graphId": "bad", "compositeRequest": [
        { "method": "POST", "url": url("Task"), "referenceId": "a", "body": { "Subject": "x" } },
        { "method": "POST", "url": url("Task"), "referenceId": "b", "body": { "CallType": "Odd" } },
    ]});
    let answer = bench.post("composite/graph", json!({ "graphs": [good, bad] })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let graphs = answer.json()["graphs"].clone();
    assert_eq!((&graphs[0]["isSuccessful"], &graphs[1]["isSuccessful"]), (&json!(true), &json!(false)));
    let contact = &graphs[0]["graphResponse"]["compositeResponse"][0];
    assert_eq!((&contact["referenceId"], &contact["httpStatusCode"]), (&json!("contact"), &json!(201)));
    let failed = &graphs[1]["graphResponse"]["compositeResponse"];
    assert_eq!(failed[0]["body"][0]["errorCode"], "PROCESSING_HALTED");
    assert_eq!(failed[1]["body"][0]["errorCode"], "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    assert_eq!(bench.count("SELECT COUNT() FROM Contact WHERE Account.Name = 'Above'").await, 1);
    assert_eq!(bench.count("SELECT COUNT() FROM Task").await, 0);
}

#[tokio::test]
async fn graphs_have_bounds() {
    let bench = Bench::new();
    let node = |reference: &str, body: &serde_json::Value| json!({ "method": "POST", "url": format!("{BASE}/sobjects/Task"), "referenceId": reference, "body": body });
    let ring = json!([node("a", &json!({ "WhatId": "@{b.id}" })), node("b", &json!({ "WhatId": "@{a.id}" }))]);
    let query = json!([{ "method": "GET", "url": format!("{BASE}/query?q=SELECT+Id+FROM+Task"), "referenceId": "a" }]);
    let twice = json!([node("a", &json!({})), node("a", &json!({}))]);
    let many: Vec<_> = (0..501).map(|number| node(&format!("n{number}"), &json!({}))).collect();
    for list in [ring, query, twice, json!(many)] {
        let answer =
            bench.post("composite/graph", json!({ "graphs": [{ "graphId": "g", "compositeRequest": list }] })).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "INVALID_INPUT"));
    }
    assert_eq!(bench.count("SELECT COUNT() FROM Task").await, 0);
}

#[tokio::test]
async fn a_tree_is_planted_whole_or_not_at_all() {
    let bench = Bench::new();
    let tree = |call_type: &str| {
        json!({ "records": [{
            "attributes": { "type": "Account", "referenceId": "a" },
            "Name": "Root",
            "Contacts": { "records": [{
                "attributes": { "type": "Contact", "referenceId": "c" },
                "LastName": "Branch",
                "Tasks": { "records": [{ "attributes": { "type": "Task", "referenceId": "t" }, "CallType": call_type }] },
            }]},
        }]})
    };
    let answer = bench.post("composite/tree/Account", tree("Odd")).await;
    assert_eq!((answer.status, &answer.json()["hasErrors"]), (400, &json!(true)));
    assert_eq!(answer.json()["results"][0]["referenceId"], "t");
    assert_eq!(bench.count("SELECT COUNT() FROM Account WHERE Name = 'Root'").await, 0);
    let answer = bench.post("composite/tree/Account", tree("Outbound")).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.json()["results"].as_array().unwrap().len(), 3);
    assert_eq!(bench.count("SELECT COUNT() FROM Task WHERE Who.Name = 'Branch' AND Account.Name = 'Root'").await, 1);
}
