//! Jobs: made, fed, closed, looked at, read; and answers that must not pass for a success.

use std::time::Duration;

use liaison_salesforce::{
    BulkJob, BulkLocator, BulkOperation, BulkState, ExternalKey, FieldName, KEY_FIELD, Lead, ObjectName, Polling,
    PullQuery, Query, Record, Salesforce, SalesforceError, SalesforceId, Sheet,
};
use wiremock::matchers::{body_string, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::client;

const JOB: &str = "750000000000001AAA";
const BASE: &str = "/services/data/v62.0/jobs";

fn job_id() -> SalesforceId {
    JOB.parse().unwrap()
}

fn job(state: &str, processed: u64, failed: u64) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(serde_json::json!({
        "id": JOB, "state": state, "object": "Task", "operation": "upsert", "apiVersion": 62.0,
        "createdDate": "2027-03-09T14:30:05.000+0000", "createdById": "005000000000001AAA",
        "numberRecordsProcessed": processed, "numberRecordsFailed": failed,
    }))
}

fn csv(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(text.to_owned(), "text/csv")
}

async fn org() -> (MockServer, Salesforce) {
    let server = MockServer::start().await;
    let salesforce = client(&server.uri(), "t");
    (server, salesforce)
}

async fn answers(server: &MockServer, verb: &str, address: &str, answer: ResponseTemplate) {
    Mock::given(method(verb)).and(path(format!("{BASE}{address}"))).respond_with(answer).mount(server).await;
}

fn at_once() -> Polling {
    Polling { first: Duration::from_millis(1), longest: Duration::from_millis(2), total: Duration::from_mins(1) }
}

fn upsert() -> BulkOperation {
    BulkOperation::Upsert { key_field: FieldName::new(KEY_FIELD).unwrap() }
}

fn sheet(keys: &[&str]) -> Sheet {
    let key_field = FieldName::new(KEY_FIELD).unwrap();
    let mut sheet = Sheet::new(vec![key_field.clone(), FieldName::new("Subject").unwrap()]).unwrap();
    for key in keys {
        let record = Record::new().set("Subject", "Call, \"short\"").unwrap();
        assert!(sheet.push(&record.with_key(&key_field, &ExternalKey::new(*key).unwrap())).unwrap());
    }
    sheet
}

fn task() -> ObjectName {
    ObjectName::new("Task").unwrap()
}

#[tokio::test]
async fn records_go_in_and_every_row_has_its_outcome() {
    let (server, salesforce) = org().await;
    answers(&server, "POST", "/ingest", job("Open", 0, 0)).await;
    let rows = "\"Liaison_Key__c\",\"Subject\"\n\"k1\",\"Call, \"\"short\"\"\"\n\"k2\",\"Call, \"\"short\"\"\"\n";
    Mock::given(method("PUT"))
        .and(path(format!("{BASE}/ingest/{JOB}/batches")))
        .and(header("content-type", "text/csv"))
        .and(body_string(rows))
        .respond_with(ResponseTemplate::new(201))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("PATCH"))
        .and(path(format!("{BASE}/ingest/{JOB}")))
        .and(body_string(r#"{"state":"UploadComplete"}"#))
        .respond_with(job("UploadComplete", 0, 0))
        .expect(1)
        .mount(&server)
        .await;
    let look = || Mock::given(method("GET")).and(path(format!("{BASE}/ingest/{JOB}")));
    look().respond_with(job("InProgress", 0, 0)).up_to_n_times(2).mount(&server).await;
    look().respond_with(job("JobComplete", 2, 1)).mount(&server).await;
    let address = |list: &str| format!("/ingest/{JOB}/{list}");
    let done = csv(
        "\"sf__Id\",\"sf__Created\",\"Liaison_Key__c\",\"Subject\"\n\"00T000000000001EAA\",\"true\",\"k2\",\"x\"\n",
    );
    answers(&server, "GET", &address("successfulResults"), done).await;
    let failed =
        "\"sf__Id\",\"sf__Error\",\"Liaison_Key__c\",\"Subject\"\n\"\",\"UNABLE_TO_LOCK_ROW:busy:--\",\"k1\",\"x\"\n";
    answers(&server, "GET", &address("failedResults"), csv(failed)).await;

    let started = salesforce.start_ingest(&task(), &upsert(), sheet(&["k1", "k2"])).await.unwrap();
    let job = salesforce.await_ingest_job(started.id, &at_once()).await.unwrap();
    assert_eq!(job.state, BulkState::JobComplete);
    let mut rows = salesforce.ingest_results(&job, 2).await.unwrap();
    rows.sort_by_key(|row| row.cell(KEY_FIELD).map(str::to_owned));
    assert!(rows[0].outcome.as_ref().unwrap().is_err());
    assert!(rows[1].outcome.as_ref().unwrap().as_ref().unwrap().created);
    // Make, upload, close, three looks, two lists.
    assert_eq!(salesforce.calls(), 8);
}

#[tokio::test]
async fn rows_that_are_in_no_list_are_unknown() {
    let (server, salesforce) = org().await;
    let address = |list: &str| format!("/ingest/{JOB}/{list}");
    answers(&server, "GET", &address("successfulResults"), csv("\"sf__Id\",\"sf__Created\",\"Subject\"\n")).await;
    answers(&server, "GET", &address("unprocessedrecords"), csv("\"Subject\"\n\"Call\"\n")).await;
    answers(&server, "GET", &format!("/ingest/{JOB}"), job("Aborted", 1, 0)).await;
    let job = salesforce.await_ingest_job(job_id(), &at_once()).await.unwrap();
    let rows = salesforce.ingest_results(&job, 1).await.unwrap();
    assert_eq!((rows.len(), &rows[0].outcome, rows[0].cell("Subject")), (1, &None, Some("Call")));
    assert!(salesforce.ingest_results(&job, 2).await.unwrap_err().outcome_unknown());
}

#[tokio::test]
async fn a_close_whose_answer_is_lost_is_looked_up_and_not_repeated() {
    for (found, closes) in [("InProgress", 1), ("Open", 2)] {
        let (server, salesforce) = org().await;
        let close = || Mock::given(method("PATCH")).and(path(format!("{BASE}/ingest/{JOB}")));
        close().respond_with(ResponseTemplate::new(503)).up_to_n_times(1).mount(&server).await;
        close().respond_with(job("UploadComplete", 0, 0)).mount(&server).await;
        answers(&server, "GET", &format!("/ingest/{JOB}"), job(found, 0, 0)).await;
        let closed = salesforce.close_ingest_job(job_id()).await.unwrap();
        assert_ne!(closed.state, BulkState::Open);
        let sent = server.received_requests().await.unwrap();
        assert_eq!(sent.iter().filter(|request| request.method.as_str() == "PATCH").count(), closes, "{found}");
    }
}

#[tokio::test]
async fn patience_ends_and_the_job_goes_on() {
    let (server, salesforce) = org().await;
    answers(&server, "GET", &format!("/query/{JOB}"), job("InProgress", 0, 0)).await;
    let polling = Polling { total: Duration::from_millis(3), ..at_once() };
    let job: BulkJob = salesforce.await_bulk_query(job_id(), &polling).await.unwrap();
    assert!(!job.state.is_final());
}

async fn lead_query(server: &MockServer, salesforce: &Salesforce) -> PullQuery<Lead> {
    let describe = serde_json::json!({"name": "Lead", "fields": [
        {"name": "LastName", "type": "string"}, {"name": "IsConverted", "type": "boolean"}]});
    Mock::given(method("GET"))
        .and(path("/services/data/v62.0/sobjects/Lead/describe"))
        .respond_with(ResponseTemplate::new(200).set_body_json(describe))
        .mount(server)
        .await;
    let described = salesforce.describe(&ObjectName::new("Lead").unwrap(), None).await.unwrap();
    PullQuery::new(&described.changed().unwrap())
}

const HEADER: &str = "\"Id\",\"SystemModstamp\",\"LastName\",\"IsConverted\"\n";

#[tokio::test]
async fn results_come_in_pages_to_the_word_null() {
    let (server, salesforce) = org().await;
    let query = lead_query(&server, &salesforce).await;
    let page = |id: &str, locator: &'static str| {
        csv(&format!("{HEADER}\"{id}\",\"2027-03-09T14:30:05.000Z\",\"Visser\",\"false\"\n"))
            .insert_header("Sforce-Locator", locator)
            .insert_header("Sforce-NumberOfRecords", "1")
    };
    let results = || Mock::given(method("GET")).and(path(format!("{BASE}/query/{JOB}/results")));
    results()
        .and(query_param("locator", "a&b=="))
        .respond_with(page("00Q000000000002", "null"))
        .with_priority(1)
        .mount(&server)
        .await;
    results().and(query_param("maxRecords", "1")).respond_with(page("00Q000000000001", "a&b==")).mount(&server).await;
    let first = salesforce.pull_in_bulk(&query, job_id(), None, 1).await.unwrap();
    assert_eq!(first.rows[0].record.last_name.as_deref(), Some("Visser"));
    assert_eq!(first.rows[0].record.is_converted, Some(false));
    let stored = BulkLocator::stored(first.next.unwrap().as_str());
    let second = salesforce.pull_in_bulk(&query, job_id(), Some(&stored), 1).await.unwrap();
    assert_eq!((second.rows.len(), second.next), (1, None));
}

#[tokio::test]
async fn what_is_no_page_of_results_is_no_end() {
    let (server, salesforce) = org().await;
    let query = lead_query(&server, &salesforce).await;
    let row = format!("{HEADER}\"00Q000000000001\",\"2027-03-09T14:30:05.000Z\",\"Visser\",\"false\"\n");
    let with_end = |text: &str| csv(text).insert_header("Sforce-Locator", "null");
    for answer in [
        csv(&row),
        with_end(&row[..row.len() - 20]),
        // Cut inside the last cell, and between two rows.
        with_end(&row[..row.len() - 4]),
        with_end(&row).insert_header("Sforce-NumberOfRecords", "2"),
        with_end("\"Id\",\"SystemModstamp\"\n"),
        ResponseTemplate::new(200).set_body_json(serde_json::json!([])).insert_header("Sforce-Locator", "null"),
    ] {
        let page =
            Mock::given(path(format!("{BASE}/query/{JOB}/results"))).respond_with(answer).mount_as_scoped(&server);
        let _page = page.await;
        let error = salesforce.pull_in_bulk(&query, job_id(), None, 10).await.unwrap_err();
        assert!(matches!(error, SalesforceError::Mismatch { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_query_job_is_told_what_to_read() {
    let (server, salesforce) = org().await;
    answers(&server, "POST", "/query", job("UploadComplete", 0, 0)).await;
    let soql = Query::from("Lead").select(["Id"]).build().unwrap();
    let job = salesforce.start_bulk_query(&soql, true).await.unwrap();
    assert_eq!(job.cursor().unwrap().id, None);
    let sent = &server.received_requests().await.unwrap()[0];
    let body: serde_json::Value = sent.body_json().unwrap();
    assert_eq!((&body["operation"], &body["query"]), (&"queryAll".into(), &"SELECT Id FROM Lead".into()));
}
