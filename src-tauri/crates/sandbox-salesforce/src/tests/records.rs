//! One record at a time: what is made, what is refused and how.

use serde_json::json;

use super::{BASE, Bench};

#[tokio::test]
async fn a_lead_can_be_made_read_changed_and_deleted() {
    let bench = Bench::new();
    let answer = bench
        .post(
            "sobjects/Lead/",
            json!({ "FirstName": "Ada", "LastName": "Lovelace", "Company": "Engines", "Email": "ada@example.com" }),
        )
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    assert_eq!((id.len(), &id[..3]), (18, "00Q"));
    assert_eq!(answer.header("location"), format!("{BASE}/sobjects/Lead/{id}"));
    assert_eq!(answer.json(), json!({ "id": id, "success": true, "errors": [] }));

    let lead = bench.read("Lead", &id[..15]).await;
    assert_eq!(lead["Name"], "Ada Lovelace");
    assert_eq!(lead["Status"], "Open - Not Contacted");
    assert_eq!(lead["attributes"], json!({ "type": "Lead", "url": format!("{BASE}/sobjects/Lead/{id}") }));
    assert!(lead["CreatedDate"].as_str().unwrap().ends_with(".000+0000"));

    let changed = bench.patch(&format!("sobjects/Lead/{id}"), json!({ "FirstName": null, "Title": "Countess" })).await;
    assert_eq!((changed.status, changed.text.as_str()), (204, ""));
    let lead = bench.get(&format!("sobjects/Lead/{id}?fields=Name,Title")).await.json();
    assert_eq!((&lead["Name"], &lead["Title"]), (&json!("Lovelace"), &json!("Countess")));
    assert!(lead.get("Company").is_none());

    assert_eq!(bench.delete(&format!("sobjects/Lead/{id}")).await.status, 204);
    for answer in [
        bench.get(&format!("sobjects/Lead/{id}")).await,
        bench.delete(&format!("sobjects/Lead/{id}")).await,
        bench.patch(&format!("sobjects/Lead/{id}"), json!({ "Title": "x" })).await,
    ] {
        assert_eq!((answer.status, answer.code().as_str()), (404, "ENTITY_IS_DELETED"));
    }
    let kinds: Vec<String> =
        bench.shared.journal.since(0).into_iter().filter(|effect| effect.id == id).map(|effect| effect.kind).collect();
    assert_eq!(kinds, ["Lead.created", "Lead.updated", "Lead.deleted"]);
}

#[tokio::test]
async fn bad_bodies_are_refused_with_code_and_field() {
    let bench = Bench::new();
    let long = "x".repeat(81);
    let account = bench.records("SELECT Id FROM Account LIMIT 1").await[0]["Id"].clone();
    let cases = [
        ("Lead", json!({}), "REQUIRED_FIELD_MISSING", json!(["LastName", "Company"])),
        ("Lead", json!({ "LastName": "", "Company": "a" }), "REQUIRED_FIELD_MISSING", json!(["LastName"])),
        ("Lead", json!({ "LastName": long, "Company": "a" }), "STRING_TOO_LONG", json!(["LastName"])),
        (
            "Lead",
            json!({ "LastName": "a", "Company": "a", "Email": "nope" }),
            "INVALID_EMAIL_ADDRESS",
            json!(["Email"]),
        ),
        ("Lead", json!({ "LastName": "a", "Company": "a", "Nope__c": 1 }), "INVALID_FIELD", json!(null)),
        (
            "Lead",
            json!({ "LastName": "a", "Company": "a", "Name": "b" }),
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            json!(["Name"]),
        ),
        ("Lead", json!({ "LastName": "a", "Company": "a", "OwnerId": "005" }), "MALFORMED_ID", json!(["OwnerId"])),
        ("Lead", json!({ "LastName": 5, "Company": "a" }), "JSON_PARSER_ERROR", json!(null)),
        ("Lead", json!({ "LastName": "a", "Company": "a", "DoNotCall": "maybe" }), "JSON_PARSER_ERROR", json!(null)),
        (
            "Lead",
            json!({ "LastName": "a", "Company": "a", "NumberOfEmployees": 123_456_789 }),
            "NUMBER_OUTSIDE_VALID_RANGE",
            json!(["NumberOfEmployees"]),
        ),
        (
            "Lead",
            json!({ "LastName": "a", "Company": "a", "CleanStatus": "Odd" }),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            json!(["CleanStatus"]),
        ),
        (
            "Contact",
            json!({ "LastName": "a", "ReportsToId": account }),
            "FIELD_INTEGRITY_EXCEPTION",
            json!(["ReportsToId"]),
        ),
        (
            "Contact",
            json!({ "LastName": "a", "AccountId": "001Lz0000000zzz" }),
            "INVALID_CROSS_REFERENCE_KEY",
            json!(["AccountId"]),
        ),
        (
            "Opportunity",
            json!({ "Name": "a", "StageName": "Prospecting", "CloseDate": "31-12-2026" }),
            "JSON_PARSER_ERROR",
            json!(null),
        ),
        ("User", json!({ "LastName": "a" }), "INVALID_TYPE_FOR_OPERATION", json!(null)),
    ];
    for (object, body, code, fields) in cases {
        let answer = bench.post(&format!("sobjects/{object}"), body.clone()).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{body}: {}", answer.text);
        assert_eq!(answer.json()[0].get("fields").cloned().unwrap_or_default(), fields, "{body}");
    }
    assert!(bench.effects("Lead.created").is_empty());
}

#[tokio::test]
async fn texts_name_the_label_and_the_fields() {
    let bench = Bench::new();
    let answer = bench.post("sobjects/Lead", json!({})).await;
    assert_eq!(answer.message(), "Required fields are missing: [LastName, Company]");
    let answer = bench.post("sobjects/Lead", json!({ "LastName": "y".repeat(81), "Company": "a" })).await;
    assert_eq!(answer.message(), format!("Last Name: data value too large: {} (max length=80)", "y".repeat(81)));
    let answer = bench.post("sobjects/Task", json!({ "CallType": "Foo" })).await;
    assert_eq!(answer.message(), "Call Type: bad value for restricted picklist field: Foo");
    let answer = bench.post("sobjects/Task", json!({ "Foo__c": "Foo" })).await;
    assert_eq!(answer.message(), "No such column 'Foo__c' on sobject of type Task");
}

#[tokio::test]
async fn paths_that_lead_nowhere_are_not_found() {
    let bench = Bench::new();
    for path in
        ["sobjects/Foo", "sobjects/Lead/Foo__c/x", "nothing", "sobjects/Lead/00QLz0000000zzz", "/services/nothing"]
    {
        let answer = bench.get(path).await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "NOT_FOUND"), "{path}");
    }
    let answer = bench.get("sobjects/Lead/001Lz0000000001").await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "MALFORMED_ID"));
    let answer = bench.get("/services/data/v30.0/sobjects").await;
    assert_eq!((answer.status, answer.code().as_str()), (410, "410:GONE"));
    let answer = bench.post("limits", json!({})).await;
    assert_eq!((answer.status, answer.code().as_str()), (405, "METHOD_NOT_ALLOWED"));
}

#[tokio::test]
async fn versions_need_no_sign_in_and_cost_nothing() {
    let bench = Bench::new();
    let request = axum::http::Request::get("/services/data/").body(axum::body::Body::empty()).unwrap();
    let answer = bench.send(request).await;
    let versions = answer.json();
    assert_eq!(versions.as_array().unwrap().last().unwrap()["version"], "68.0");
    assert_eq!(answer.header("sforce-limit-info"), "");
    let first = bench.get("sobjects/Lead").await;
    assert_eq!(first.header("sforce-limit-info"), "api-usage=1/15000");
    let second = bench.get("sobjects/Foo").await;
    assert_eq!(second.header("sforce-limit-info"), "api-usage=2/15000");
    let third = bench.get("limits").await;
    assert_eq!(third.json()["DailyApiRequests"], json!({ "Max": 15_000, "Remaining": 14_997 }));
}

#[tokio::test]
async fn a_broken_body_or_another_media_type_is_refused() {
    let bench = Bench::new();
    let send = |kind: &'static str, body: &'static str| {
        let request = bench.request("POST", "sobjects/Lead").header("content-type", kind);
        bench.send(request.body(axum::body::Body::from(body)).unwrap())
    };
    let answer = send("application/json", "{\"LastName\":").await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "JSON_PARSER_ERROR"));
    let answer = send("application/json", "[]").await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "JSON_PARSER_ERROR"));
    let answer = send("text/plain", "{}").await;
    assert_eq!((answer.status, answer.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"));
}

#[tokio::test]
async fn a_row_can_be_asked_for_if_it_changed() {
    let bench = Bench::new();
    let id = bench.lead("Steady").await;
    let path = format!("sobjects/Lead/{id}");
    let modified = bench.get(&path).await.header("last-modified").to_owned();
    let request = bench.request("GET", &path).header("if-modified-since", &modified);
    assert_eq!(bench.send(request.body(axum::body::Body::empty()).unwrap()).await.status, 304);
    bench.shared.clock.advance_ms(5_000);
    bench.patch(&path, json!({ "Title": "New" })).await;
    let request = bench
        .request("PATCH", &path)
        .header("if-unmodified-since", &modified)
        .header("content-type", "application/json");
    let answer = bench.send(request.body(axum::body::Body::from("{\"Title\":\"Late\"}")).unwrap()).await;
    assert_eq!((answer.status, answer.code().as_str()), (412, "PRECONDITION_FAILED"));
    assert_eq!(bench.read("Lead", &id).await["Title"], "New");
}

#[tokio::test]
async fn deletions_and_changes_can_be_listed() {
    let bench = Bench::new();
    let start = bench.shared.clock.now() - chrono::TimeDelta::minutes(2);
    let (kept, gone) = (bench.lead("Kept").await, bench.lead("Gone").await);
    bench.delete(&format!("sobjects/Lead/{gone}")).await;
    bench.shared.clock.advance_ms(120_000);
    let end = bench.shared.clock.now();
    let span = |what: &str| {
        let shape = "%Y-%m-%dT%H:%M:%S+00:00";
        let query = format!(
            "{}&{}",
            super::encoded("start", &start.format(shape).to_string()),
            super::encoded("end", &end.format(shape).to_string())
        );
        format!("sobjects/Lead/{what}/?{query}")
    };
    let updated = bench.get(&span("updated")).await.json();
    assert!(updated["ids"].as_array().unwrap().contains(&json!(kept)));
    assert!(!updated["ids"].as_array().unwrap().contains(&json!(gone)));
    assert!(updated["latestDateCovered"].as_str().unwrap().ends_with(":00.000+0000"));
    let deleted = bench.get(&span("deleted")).await.json();
    assert_eq!(deleted["deletedRecords"][0]["id"], json!(gone));
    // A long transaction somewhere: nothing of the last hour is listed, and the answer says so.
    bench.salesforce.set_replication_lag(3_600_000);
    for what in ["updated", "deleted"] {
        let behind = bench.get(&span(what)).await.json();
        let listed = behind.get("ids").or_else(|| behind.get("deletedRecords")).unwrap();
        assert_eq!(listed, &json!([]), "{what}");
        let covered = behind["latestDateCovered"].as_str().unwrap();
        assert!(covered < start.format("%Y-%m-%dT%H:%M").to_string().as_str(), "{covered}");
    }
    let backwards = bench.get("sobjects/Lead/deleted?start=2026-01-02T00:00:00Z&end=2026-01-01T00:00:00Z").await;
    assert_eq!((backwards.status, backwards.code().as_str()), (400, "INVALID_REPLICATION_DATE"));
}

#[tokio::test]
async fn an_opportunity_follows_its_stage() {
    let bench = Bench::new();
    let body = json!({ "Name": "Deal", "StageName": "Needs Analysis", "CloseDate": "2026-08-31", "Amount": 1000 });
    let id = bench.create("Opportunity", body).await;
    let deal = bench.read("Opportunity", &id).await;
    assert_eq!((&deal["Probability"], &deal["ExpectedRevenue"]), (&json!(20.0), &json!(200.0)));
    assert_eq!(
        (&deal["FiscalYear"], &deal["FiscalQuarter"], &deal["IsClosed"]),
        (&json!(2026), &json!(3), &json!(false))
    );
    bench.patch(&format!("sobjects/Opportunity/{id}"), json!({ "StageName": "Closed Won" })).await;
    let deal = bench.read("Opportunity", &id).await;
    assert_eq!((&deal["Probability"], &deal["IsClosed"], &deal["IsWon"]), (&json!(100.0), &json!(true), &json!(true)));
}

#[tokio::test]
async fn a_converted_lead_is_read_only() {
    let bench = Bench::new();
    let leads = bench.records("SELECT Id, ConvertedContact.Name, Name FROM Lead WHERE IsConverted = true").await;
    assert_eq!(leads.len(), 1);
    assert_eq!(leads[0]["ConvertedContact"]["Name"], leads[0]["Name"]);
    let id = leads[0]["Id"].as_str().unwrap();
    let answer = bench.patch(&format!("sobjects/Lead/{id}"), json!({ "Title": "x" })).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "CANNOT_UPDATE_CONVERTED_LEAD"));
    let answer = bench.post("sobjects/Task", json!({ "WhoId": id })).await;
    assert_eq!(answer.code(), "CANNOT_UPDATE_CONVERTED_LEAD");
}
