//! Answers that a proxy, a broken gateway or a hostile server gives.

use liaison_salesforce::{Condition, Disposition, ObjectName, Query, Record, SalesforceError};
use liaison_transport::TransportError;
use serde::Deserialize;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::client;

#[derive(Debug, Deserialize)]
struct Row {}

async fn answering(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

async fn query(answer: ResponseTemplate) -> SalesforceError {
    let server = answering(answer).await;
    let soql = Query::from("Lead").select(["Id"]).filter(Condition::equals("Email", "a@example.org")).build().unwrap();
    client(&server.uri(), "t").query::<Row>(&soql).await.unwrap_err()
}

async fn create(answer: ResponseTemplate) -> SalesforceError {
    let server = answering(answer).await;
    let (object, record) = (ObjectName::new("Task").unwrap(), Record::new().set("Subject", "Call").unwrap());
    client(&server.uri(), "t").create(&object, &record).await.unwrap_err()
}

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), "application/json;charset=UTF-8")
}

fn html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw("<html>We are down for maintenance</html>", "text/html")
}

#[tokio::test]
async fn a_page_of_html_is_no_answer() {
    let error = query(html(200)).await;
    assert!(matches!(error, SalesforceError::Transport(TransportError::Unexpected { .. })), "{error:?}");
    assert_eq!(query(html(503)).await.disposition(), Some(Disposition::BackOff));
}

#[tokio::test]
async fn the_access_token_follows_no_foreign_address() {
    for address in ["https://example.org/services/data/v62.0/query/x", "//example.org/query", "/services/oauth2/revoke"]
    {
        let body = format!(r#"{{"totalSize":2,"done":false,"nextRecordsUrl":"{address}","records":[]}}"#);
        let error = query(json(200, &body)).await;
        assert!(error.to_string().contains("nextRecordsUrl"), "{error}");
    }
}

#[tokio::test]
async fn half_a_success_is_none() {
    for body in ["", "{", r#"{"success":true}"#, r#"{"id":"00T000000000001"}"#, r#"{"id":"00T","success":true}"#] {
        let error = create(json(201, body)).await;
        assert!(error.outcome_unknown(), "{body}: {error}");
    }
    let error = create(json(201, r#"{"id":"00T000000000001","success":false,"errors":[]}"#)).await;
    assert!(matches!(error, SalesforceError::Mismatch { .. }), "{error}");
}

#[tokio::test]
async fn a_portal_that_says_yes_to_everything_changed_nothing() {
    let (object, record) = (ObjectName::new("Task").unwrap(), Record::new().set("Subject", "Call").unwrap());
    let id = "00T000000000001".parse().unwrap();
    for (status, told) in [(200, false), (202, false), (204, true)] {
        let server = answering(ResponseTemplate::new(status)).await;
        let salesforce = client(&server.uri(), "t");
        let updated = salesforce.update(&object, id, &record).await;
        assert_eq!(updated.is_ok(), told, "{status}");
        assert!(updated.err().is_none_or(|error| error.outcome_unknown()));
        assert_eq!(salesforce.delete(&object, id).await.is_ok(), told, "{status}");
        let seen = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert_eq!(salesforce.update_if_unmodified(&object, id, &record, seen).await.is_ok(), told, "{status}");
    }
}

#[tokio::test]
async fn a_rejected_session_that_cannot_be_renewed_needs_a_sign_in() {
    let expired = r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#;
    let error = query(json(401, expired)).await;
    assert!(matches!(error, SalesforceError::Transport(TransportError::SignInNeeded(_))), "{error:?}");
    let header = r#"[{"message":"INVALID_HEADER_TYPE","errorCode":"INVALID_AUTH_HEADER"}]"#;
    assert!(matches!(query(json(401, header)).await.disposition(), Some(Disposition::Park { .. })));
}

#[tokio::test]
async fn a_query_too_long_for_an_address_travels_in_a_body() {
    let server = answering(json(200, r#"{"compositeResponse":[]}"#)).await;
    let many = (0..2_000).map(|number| format!("person{number}@example.org"));
    let soql = Query::from("Lead").select(["Id"]).filter(Condition::is_in("Email", many)).build().unwrap();
    let error = client(&server.uri(), "t").query::<Row>(&soql).await.unwrap_err();
    assert!(matches!(error, SalesforceError::Mismatch { .. }), "{error}");
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    assert_eq!((requests[0].url.path(), requests[0].url.query()), ("/services/data/v62.0/composite", None));
}

#[tokio::test]
async fn every_call_says_who_calls_and_usage_is_read() {
    let server = answering(
        json(200, r#"{"totalSize":0,"done":true,"records":[]}"#)
            .insert_header("Sforce-Limit-Info", "api-usage=18/15000"),
    )
    .await;
    let salesforce = client(&server.uri(), "t");
    assert_eq!(salesforce.usage(), None);
    let soql = Query::from("Lead").select(["Id"]).build().unwrap();
    salesforce.query::<Row>(&soql).await.unwrap();
    let usage = salesforce.clone().usage().unwrap();
    assert_eq!((usage.used, usage.limit), (18, 15_000));
    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(request.headers["sforce-call-options"], "client=Liaison");
    assert_eq!(request.url.path(), "/services/data/v62.0/query");
}
