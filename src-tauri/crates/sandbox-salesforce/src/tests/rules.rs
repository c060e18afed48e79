//! What stands in the way of a save or of a call.

use axum::body::Body;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Answer, Bench};
use crate::{DuplicateRules, RowLock, ValidationRule};

async fn new_lead(bench: &Bench, header: &str, email: &str) -> Answer {
    let request = bench.request("POST", "sobjects/Lead").header("content-type", "application/json");
    let body = json!({ "FirstName": "Ada", "LastName": "Twice", "Company": "Acme", "Email": email });
    let request = request.header("sforce-duplicate-rule-header", header);
    bench.send(request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn duplicates_are_shown_and_may_be_saved_on_purpose() {
    let bench = Bench::new();
    let first = new_lead(&bench, "", "ada@twice.example.com").await.json()["id"].clone();
    bench.salesforce.set_duplicate_rules(DuplicateRules { active: true, allow_save: true });
    let refused = new_lead(&bench, "allowSave=false", "ADA@twice.example.com").await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "DUPLICATES_DETECTED"));
    let found = &refused.json()[0]["duplicateResut"];
    assert_eq!(found["allowSave"], true);
    let record = &found["matchResults"][0]["matchRecords"][0]["record"];
    assert_eq!((&record["Id"], record.get("Email")), (&first, None));
    let detailed = new_lead(&bench, "includeRecordDetails=true", "ada@twice.example.com").await.json();
    let record = &detailed[0]["duplicateResut"]["matchResults"][0]["matchRecords"][0]["record"];
    assert_eq!(record["Email"], "ada@twice.example.com");
    let body = json!({ "records": [{ "attributes": { "type": "Contact" }, "LastName": "X", "Email": "ada@twice.example.com" }] });
    let row = bench.post("composite/sobjects", body).await.json()[0]["errors"][0].clone();
    assert_eq!(row["statusCode"], "DUPLICATES_DETECTED");
    assert_eq!(
        new_lead(&bench, "allowSave=true; includeRecordDetails=true", "ada@twice.example.com").await.status,
        201
    );
    bench.salesforce.set_duplicate_rules(DuplicateRules { active: true, allow_save: false });
    assert_eq!(new_lead(&bench, "allowSave=true", "ada@twice.example.com").await.status, 400);
    assert_eq!(new_lead(&bench, "", "other@twice.example.net").await.status, 400, "the same name at the same company");
}

#[tokio::test]
async fn a_validation_rule_speaks_the_words_of_the_admin() {
    let bench = Bench::new();
    let rule = |when: &str, field: Option<&str>| ValidationRule {
        object: "task".to_owned(),
        when: when.to_owned(),
        message: "Say what it was about.".to_owned(),
        field: field.map(str::to_owned),
    };
    for wrong in [rule("Shoe = 1", None), rule("Subject =", None), rule("Subject = null", Some("Shoe"))] {
        assert!(bench.salesforce.add_validation_rule(wrong).is_err());
    }
    bench.salesforce.add_validation_rule(rule("Subject = null AND Status = 'Completed'", None)).unwrap();
    let refused = bench.post("sobjects/Task", json!({ "Status": "Completed" })).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "FIELD_CUSTOM_VALIDATION_EXCEPTION"));
    assert_eq!(refused.message(), "Say what it was about.");
    assert_eq!(refused.json()[0].get("fields"), None);
    let task = bench.create("Task", json!({})).await;
    assert_eq!(bench.patch(&format!("sobjects/Task/{task}"), json!({ "Status": "Completed" })).await.status, 400);
    bench.salesforce.clear_validation_rules();
    bench.salesforce.add_validation_rule(rule("Subject = null", Some("Subject"))).unwrap();
    assert_eq!(bench.post("sobjects/Task", json!({})).await.json()[0]["fields"], json!(["Subject"]));
}

#[tokio::test]
async fn a_locked_row_in_the_middle_leaves_its_neighbours_alone() {
    let bench = Bench::new();
    let lock = RowLock { object: Some("Task".to_owned()), skip: 1, count: 1, ..RowLock::default() };
    bench.salesforce.lock_rows(lock).unwrap();
    let record = json!({ "attributes": { "type": "Task" }, "Subject": "Call" });
    let rows = bench.post("composite/sobjects", json!({ "records": [record, record, record] })).await.json();
    let codes: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["errors"][0]["statusCode"].as_str().unwrap_or("ok")).collect();
    assert_eq!(codes, ["ok", "UNABLE_TO_LOCK_ROW", "ok"]);
    let lead = bench.lead("Held").await;
    let lock = RowLock { id: Some(lead.clone()), count: 1, ..RowLock::default() };
    bench.salesforce.lock_rows(lock).unwrap();
    let refused = bench.post("sobjects/Task", json!({ "WhoId": lead })).await;
    assert_eq!(refused.code(), "UNABLE_TO_LOCK_ROW");
    assert!(refused.message().ends_with(&lead));
    assert_eq!(bench.post("sobjects/Task", json!({ "WhoId": lead })).await.status, 201, "the other one has finished");
}

#[tokio::test]
async fn both_limits_refuse_with_their_own_text() {
    let mut bench = Bench::new();
    bench.salesforce.crowd(1);
    let refused = bench.get("limits").await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "REQUEST_LIMIT_EXCEEDED"));
    assert!(refused.message().starts_with("ConcurrentRequests"));
    assert_eq!(bench.get("limits").await.status, 200);
    bench.salesforce.enforce_daily_limit(Some(3));
    assert_eq!(bench.get("limits").await.header("sforce-limit-info"), "api-usage=2/3");
    assert_eq!(bench.get("limits").await.status, 200);
    let refused = bench.post("sobjects/Task", json!({})).await;
    assert_eq!((refused.status, refused.message().as_str()), (403, "TotalRequests Limit exceeded."));
    assert_eq!(refused.header("sforce-limit-info"), "api-usage=3/3");
    assert!(bench.effects("Task.created").is_empty());
    bench.wait(25 * 3_600_000);
    assert_eq!(bench.get("limits").await.status, 200, "the window has moved on");
}

#[tokio::test]
async fn a_plain_rep_may_not_read_the_limits_but_sees_the_usage() {
    let bench = Bench::new();
    bench.salesforce.show_limits(false);
    let refused = bench.get("limits").await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "INSUFFICIENT_ACCESS"));
    assert!(refused.header("sforce-limit-info").starts_with("api-usage="));
    assert_eq!(bench.get("limits/recordCount?sObjects=Lead").await.status, 200);
    bench.salesforce.show_limits(true);
    assert_eq!(bench.get("limits").await.status, 200);
}

#[tokio::test]
async fn maintenance_is_a_page_and_no_json() {
    let bench = Bench::new();
    bench.salesforce.close(1);
    let answer = bench.get("limits").await;
    assert_eq!(answer.status, 503);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());
    assert_eq!(bench.get("limits").await.status, 200);
}

#[tokio::test]
async fn the_control_service_sets_all_of_it() {
    let bench = Bench::new();
    let lead = bench.lead("Ready").await;
    let send = |method: &'static str, path: &str, body: &Value| {
        let request = axum::http::Request::builder().method(method).uri(format!("/salesforce/{path}"));
        bench.salesforce.control_router().oneshot(request.body(Body::from(body.to_string())).unwrap())
    };
    let rule = json!({ "object": "Task", "when": "Subject = null", "message": "No." });
    for (method, path, body) in [
        ("PUT", "profile", json!({ "profile": "no-callcenter" })),
        ("PUT", "app", json!({ "secret_required": true })),
        ("PUT", "instance", json!({ "url": "http://127.0.0.1:9" })),
        ("POST", "removed-fields", json!({ "object": "Task", "field": "Liaison_Key__c" })),
        ("DELETE", "removed-fields", Value::Null),
        ("PUT", "daily-limit", json!({ "calls": null })),
        ("POST", "crowd", json!({ "calls": 0 })),
        ("POST", "maintenance", json!({ "calls": 0 })),
        ("POST", "validation-rules", rule),
        ("DELETE", "validation-rules", Value::Null),
        ("PUT", "duplicate-rules", json!({ "active": true })),
        ("POST", "row-locks", json!({ "object": "Task", "count": 1 })),
        ("PUT", "search-index", json!({ "delay_ms": 0 })),
        ("PUT", "replication-lag", json!({ "ms": 0 })),
        ("PUT", "limits-right", json!({ "shown": true })),
        ("PUT", "bulk-pace", json!({ "queued_ms": 0, "chunk_ms": 0 })),
        ("POST", "purges", json!({ "id": bench.lead("Gone").await })),
    ] {
        assert_eq!(send(method, path, &body).await.unwrap().status(), 204, "{path}");
    }
    assert_eq!(send("POST", "conversions", &json!({ "lead": lead })).await.unwrap().status(), 200);
    for (method, path, body) in [
        ("PUT", "profile", json!({ "profile": "other" })),
        ("PUT", "app", json!({ "secret": true })),
        ("PUT", "instance", json!({ "url": "nowhere" })),
        ("POST", "removed-fields", json!({ "object": "Task", "field": "Shoe" })),
        ("POST", "conversions", json!({ "lead": lead })),
        ("POST", "merges", json!({ "winner": lead, "losers": ["x"] })),
        ("POST", "restores", json!({ "id": lead })),
        ("PUT", "daily-limit", json!({ "call": 3 })),
    ] {
        assert_eq!(send(method, path, &body).await.unwrap().status(), 400, "{path}");
    }
    bench.post("sobjects/Task", json!({})).await;
    assert_eq!(bench.post("sobjects/Task", json!({ "CallType": "Inbound" })).await.code(), "INVALID_FIELD");
}
