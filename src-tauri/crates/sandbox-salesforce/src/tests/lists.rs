use serde_json::{Value, json};

use super::Bench;
use crate::lists::ReportColumn;

#[tokio::test]
async fn a_list_view_tells_the_query_that_it_is() {
    let bench = Bench::new();
    let views = bench.get("sobjects/Lead/listviews").await.json();
    let all: Vec<Value> = views["listviews"].as_array().unwrap().clone();
    assert_eq!((views["done"].as_bool(), views["size"].as_u64()), (Some(true), Some(2)));
    let of = |label: &str| all.iter().find(|one| one["label"] == label).unwrap().clone();
    let (open, queue) = (of("All Open Leads"), of("Leads in my queues"));
    let described = bench.get(open["describeUrl"].as_str().unwrap()).await.json();
    let query = described["query"].as_str().unwrap().to_owned();
    assert!(query.contains(" FROM Lead WHERE IsConverted = false"), "{query}");
    let (_, rest) = query.split_once(" FROM ").unwrap();
    let found = bench.records(&format!("SELECT Id FROM {rest}")).await.len();
    assert_eq!(found, bench.records("SELECT Id FROM Lead WHERE IsConverted = false").await.len());
    assert_eq!(queue["soqlCompatible"], json!(false));
    assert_eq!(bench.get(queue["describeUrl"].as_str().unwrap()).await.status, 400);
    assert_eq!(bench.get("sobjects/Lead/listviews/00B000000000999/describe").await.code(), "NOT_FOUND");
    assert_eq!(bench.get("sobjects/Nothing/listviews").await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn a_report_tells_its_rows_and_the_records_behind_the_names() {
    let bench = Bench::new();
    let column = |field: &str, kind: &str| ReportColumn {
        field: field.to_owned(),
        label: field.to_owned(),
        kind: kind.to_owned(),
    };
    let columns = vec![column("Name", "string"), column("Email", "email")];
    let id = bench.create("Contact", json!({ "LastName": "Reported", "Email": "r@acme.example" })).await;
    let rest = "WHERE LastName = 'Reported'".to_owned();
    let report =
        bench.salesforce.save_report("Contact", "Own".to_owned(), "TABULAR".to_owned(), columns, rest).unwrap();
    let listed = bench.get("analytics/reports").await.json();
    assert_eq!(listed[0]["name"], "Own", "the last one that was looked at comes first");
    let told = bench.get(&format!("analytics/reports/{report}?includeDetails=true")).await.json();
    assert_eq!(told["allData"], true);
    let cells = &told["factMap"]["T!T"]["rows"][0]["dataCells"];
    assert_eq!(
        cells,
        &json!([{ "label": "Reported", "value": id }, { "label": "r@acme.example", "value": "r@acme.example" }])
    );
    assert_eq!(told["reportExtendedMetadata"]["detailColumnInfo"]["EMAIL"]["dataType"], "email");
    let without = bench.get(&format!("analytics/reports/{report}")).await.json();
    assert_eq!((without["hasDetailRows"].as_bool(), without["factMap"]["T!T"].get("rows")), (Some(false), None));
    assert_eq!(bench.get("analytics/reports/00O000000000999").await.code(), "NOT_FOUND");
}
