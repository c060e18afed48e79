//! Search, and the index that lags behind.

use serde_json::{Value, json};

use super::{Bench, encoded};

fn names(answer: &Value) -> Vec<String> {
    let records = answer["searchRecords"].as_array().unwrap();
    records.iter().map(|record| record["Name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_new_record_is_not_found_until_the_index_knows_it() {
    let bench = Bench::new();
    bench.create("Lead", json!({ "FirstName": "Zoë", "LastName": "Quibble", "Company": "Acme" })).await;
    let search = json!({ "q": "Quibble", "in": "NAME", "sobjects": [{ "name": "Lead", "fields": ["Name"] }] });
    assert!(names(&bench.post("parameterizedSearch", search.clone()).await.json()).is_empty());
    bench.shared.clock.advance_ms(11_000);
    assert_eq!(names(&bench.post("parameterizedSearch", search).await.json()), ["Zoë Quibble"]);
}

#[tokio::test]
async fn a_number_is_found_however_it_is_written() {
    let bench = Bench::new();
    let phone = json!({ "LastName": "Dialled", "Company": "Acme", "Phone": "(415) 555-0123" });
    bench.create("Lead", phone).await;
    bench.create("Contact", json!({ "LastName": "Direct", "Direct_Line__c": "+1 415 555 0123" })).await;
    bench.shared.clock.advance_ms(11_000);
    let search = |q: &str| {
        json!({ "q": q, "in": "PHONE", "fields": ["Id", "Name"], "sobjects": [{ "name": "Lead" }, { "name": "Contact" }],
            "overallLimit": 50, "defaultLimit": 10 })
    };
    let answer = bench.post("parameterizedSearch", search("4155550123")).await;
    assert_eq!(names(&answer.json()), ["Dialled", "Direct"], "{}", answer.text);
    assert_eq!(names(&bench.post("parameterizedSearch", search("14155550123")).await.json()), ["Direct"]);
    assert_eq!(answer.json()["searchRecords"][0]["attributes"]["type"], "Lead");
    let query = encoded(
        "q",
        "FIND {\\(415\\) 555\\-0123} IN PHONE FIELDS RETURNING Lead(Id, Name WHERE Company = 'Acme' LIMIT 5)",
    );
    let answer = bench.get(&format!("search?{query}")).await;
    assert_eq!(names(&answer.json()), ["Dialled"], "{}", answer.text);
    let answer =
        bench.get("parameterizedSearch?q=4155550123&in=PHONE&sobject=Lead&Lead.fields=Name&Lead.limit=1").await;
    assert_eq!(names(&answer.json()), ["Dialled"], "{}", answer.text);
}

#[tokio::test]
async fn wrong_searches_are_refused() {
    let bench = Bench::new();
    for (body, code) in [
        (json!({ "q": "a" }), "MALFORMED_SEARCH"),
        (json!({ "q": "ab", "in": "SHOES" }), "MALFORMED_SEARCH"),
        (json!({ "q": "ab", "sobjects": [{ "name": "Nope" }] }), "INVALID_TYPE"),
        (json!({ "q": "ab", "sobjects": [{ "name": "Lead", "fields": ["Shoe"] }] }), "INVALID_FIELD"),
        (json!({ "q": "ab", "sobjects": [{ "name": "CampaignMember" }] }), "INVALID_TYPE"),
        (json!({ "q": "ab", "overallLimit": 0 }), "INVALID_SEARCH"),
        (json!({ "q": "ab", "colour": 1 }), "JSON_PARSER_ERROR"),
    ] {
        let answer = bench.post("parameterizedSearch", body.clone()).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{body}");
    }
    let answer = bench.get(&format!("search?{}", encoded("q", "FIND {+3161234} IN PHONE FIELDS"))).await;
    assert_eq!(answer.code(), "MALFORMED_SEARCH");
}

#[tokio::test]
async fn the_answer_was_a_plain_list_before_version_37() {
    let bench = Bench::new();
    let answer = bench.get(&format!("/services/data/v36.0/search?{}", encoded("q", "FIND {Visser}"))).await;
    assert!(answer.json().is_array(), "{}", answer.text);
}
