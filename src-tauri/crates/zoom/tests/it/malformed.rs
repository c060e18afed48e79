//! Answers that a proxy, a broken gateway or a hostile server gives.

use liaison_transport::TransportError;
use liaison_zoom::{ErrorKind, ListType, MeetingId, MeetingList, ZoomError};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::client;

async fn answering(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

async fn get(answer: ResponseTemplate) -> ZoomError {
    let server = answering(answer).await;
    client(&server.uri(), "t").meetings().get(MeetingId(98_765_432_101)).await.unwrap_err()
}

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), "application/json;charset=UTF-8")
}

fn html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw("<html>Sign in</html>", "text/html")
}

#[tokio::test]
async fn a_page_of_html_is_no_meeting() {
    let error = get(html(200)).await;
    assert!(matches!(error, ZoomError::Transport(TransportError::Unexpected { .. })), "{error:?}");
    assert!(!get(html(404)).await.is_not_found(), "a proxy knows nothing of meetings");
    assert_eq!(get(html(500)).await.kind(), Some(&ErrorKind::Server));
}

#[tokio::test]
async fn an_error_code_in_a_success_is_an_error() {
    let error = get(json(200, r#"{"code":3001,"message":"Meeting does not exist: 1."}"#)).await;
    assert!(error.is_not_found());
}

#[tokio::test]
async fn a_success_that_cannot_be_read_names_its_field() {
    let error = get(json(200, r#"{"id":1,"occurrences":[{"occurrence_id":"1"},{"occurrence_id":[]}]}"#)).await;
    assert!(error.to_string().contains("occurrences[1].occurrence_id"), "{error}");
    assert!(error.outcome_unknown());
}

#[tokio::test]
async fn a_rejected_token_that_cannot_be_renewed_needs_a_sign_in() {
    let error = get(json(401, r#"{"code":124,"message":"Invalid access token."}"#)).await;
    assert!(matches!(error, ZoomError::Transport(TransportError::SignInNeeded(_))), "{error:?}");
    let query = r#"{"code":124,"message":"this access token is not supported as query parameter string."}"#;
    assert_eq!(get(json(401, query)).await.kind(), Some(&ErrorKind::TokenRejected));
}

#[tokio::test]
async fn a_list_without_rows_is_no_empty_list() {
    let server = answering(json(200, r#"{"page_size":300}"#)).await;
    let meetings = client(&server.uri(), "t").meetings();
    assert!(meetings.list(&MeetingList::of(ListType::Upcoming), None).await.is_err());
    assert!(meetings.upcoming().await.is_err());
}
