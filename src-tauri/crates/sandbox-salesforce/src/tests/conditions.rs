//! Relationships as paths, preconditions, functions of fields, archived activities.

use axum::body::Body;
use chrono::{Duration, Utc};
use serde_json::json;

use super::{Bench, encoded};

#[tokio::test]
async fn a_path_leads_to_the_parent_or_the_children() {
    let bench = Bench::new();
    let account = bench.create("Account", json!({ "Name": "Parent" })).await;
    let contact = bench.create("Contact", json!({ "LastName": "Child", "AccountId": account })).await;
    let alone = bench.create("Contact", json!({ "LastName": "Alone" })).await;
    assert_eq!(bench.get(&format!("sobjects/Contact/{contact}/Account?fields=Name")).await.json()["Name"], "Parent");
    assert!(bench.get(&format!("sobjects/Contact/{contact}/Account/Owner")).await.json()["Id"].is_string());
    assert_eq!(bench.get(&format!("sobjects/Contact/{alone}/Account")).await.status, 404);
    let children = bench.get(&format!("sobjects/Account/{account}/Contacts?fields=LastName")).await.json();
    assert_eq!((&children["totalSize"], &children["records"][0]["LastName"]), (&json!(1), &json!("Child")));
    let none = bench.get(&format!("sobjects/Account/{account}/Opportunities")).await;
    assert_eq!((none.status, &none.json()["records"]), (200, &json!([])));
    assert_eq!(bench.get(&format!("sobjects/Account/{account}/Shoes")).await.status, 404);
    bench.patch(&format!("sobjects/Contact/{contact}/Account"), json!({ "Name": "Renamed" })).await;
    assert_eq!(bench.read("Account", &account).await["Name"], "Renamed");
}

#[tokio::test]
async fn accounts_have_a_tag_for_every_version() {
    let bench = Bench::new();
    let account = bench.create("Account", json!({ "Name": "Tagged" })).await;
    let path = format!("sobjects/Account/{account}");
    let tag = bench.get(&path).await.header("etag").to_owned();
    assert!(!tag.is_empty());
    let with = |method: &str, name: &str, tag: &str, body: &'static str| {
        let request = bench.request(method, &path).header(name, tag).header("content-type", "application/json");
        bench.send(request.body(Body::from(body)).unwrap())
    };
    assert_eq!(with("GET", "if-none-match", &tag, "").await.status, 304);
    assert_eq!(with("PATCH", "if-match", &tag, "{\"Site\":\"a\"}").await.status, 204);
    let stale = with("PATCH", "if-match", &tag, "{\"Site\":\"b\"}").await;
    assert_eq!((stale.status, stale.code().as_str()), (412, "PRECONDITION_FAILED"));
    assert_eq!(with("GET", "if-none-match", &tag, "").await.status, 200);
    assert_eq!(bench.read("Account", &account).await["Site"], "a");
}

#[tokio::test]
async fn fields_can_stand_in_functions() {
    let bench = Bench::new();
    let body = json!({ "LastName": "Many", "Company": "Acme", "Interests__c": "Pricing;Security", "AnnualRevenue": 1_250_000 });
    bench.create("Lead", body).await;
    let query = "SELECT toLabel(Status), FORMAT(AnnualRevenue) revenue FROM Lead WHERE Interests__c INCLUDES ('Pricing;Security', 'Webinars')";
    let rows = bench.records(query).await;
    assert_eq!((&rows[0]["Status"], &rows[0]["revenue"]), (&json!("Open - Not Contacted"), &json!("1,250,000")));
    let count = "SELECT COUNT() FROM Lead WHERE LastName = 'Many' AND Interests__c EXCLUDES ('Security')";
    assert_eq!(bench.count(count).await, 0);
    let refused =
        bench.post("sobjects/Lead", json!({ "LastName": "A", "Company": "B", "Interests__c": "Pricing;Shoes" })).await;
    assert_eq!(refused.code(), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    let years = bench.records("SELECT CALENDAR_YEAR(CreatedDate) y, COUNT(Id) FROM Lead GROUP BY CALENDAR_YEAR(CreatedDate) ORDER BY CALENDAR_YEAR(CreatedDate)").await;
    let counted: u64 = years.iter().map(|row| row["expr0"].as_u64().unwrap()).sum();
    assert_eq!(counted, bench.count("SELECT COUNT() FROM Lead").await);
    assert!(years.len() > 1 && years.iter().all(|row| row["y"].as_i64().unwrap() > 2000));
    assert_eq!(bench.count("SELECT COUNT() FROM Lead WHERE LastName = 'Many' AND DAY_ONLY(convertTimezone(CreatedDate)) = TODAY AND HOUR_IN_DAY(CreatedDate) < 24").await, 1);
    for wrong in [
        "SELECT CALENDAR_YEAR(CreatedDate) FROM Lead",
        "SELECT Id FROM Lead WHERE CALENDAR_YEAR(Name) = 2026",
        "SELECT toLabel(Name) FROM Lead",
        "SELECT Id FROM Lead WHERE Name INCLUDES ('a')",
        "SELECT Id FROM Lead ORDER BY Interests__c",
    ] {
        assert_eq!(bench.ask(wrong).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn old_activities_are_archived_as_time_goes_by() {
    let mut bench = Bench::new();
    let start = (Utc::now() - Duration::days(360)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let event = bench.create("Event", json!({ "StartDateTime": start, "DurationInMinutes": 30 })).await;
    let stamp = bench.read("Event", &event).await["SystemModstamp"].clone();
    assert_eq!(bench.count("SELECT COUNT() FROM Event WHERE IsArchived = false").await, 1);
    bench.wait(10 * 86_400_000);
    assert_eq!(bench.count("SELECT COUNT() FROM Event").await, 0);
    let all =
        bench.get(&format!("queryAll?{}", encoded("q", "SELECT IsArchived, SystemModstamp FROM Event"))).await.json();
    assert_eq!((&all["records"][0]["IsArchived"], &all["records"][0]["SystemModstamp"]), (&json!(true), &stamp));
}
