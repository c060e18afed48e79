//! Header names on the wire, as both services spell them, and what a rule and a count take for one path.

use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{BeforeEffect, FaultRule, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::rep::Rep;

/// The names of an answer's headers as they came.
async fn names(base: &str, method: &str, path: &str, token: &str) -> Vec<String> {
    let address = base.replace("http://", "");
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut received = String::new();
    stream.read_to_string(&mut received).await.unwrap();
    let (head, _) = received.split_once("\r\n\r\n").unwrap();
    head.lines().skip(1).filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_owned()).collect()
}

fn has_all(names: &[String], wanted: &[&str]) {
    for name in wanted {
        assert!(names.iter().any(|own| own == name), "{name} in {names:?}");
    }
    let lower = names.iter().filter(|name| name.as_str() != "x-zm-trackingid");
    assert!(lower.clone().all(|name| name.starts_with(|letter: char| letter.is_ascii_uppercase())), "{names:?}");
}

#[tokio::test]
async fn zoom_spells_its_headers_its_own_way() {
    let rep = Rep::signed_in().await;
    let zoom = &rep.sandbox.urls().zoom;
    let usual = ["Content-Type", "Content-Length", "Date", "x-zm-trackingid"];
    let limits = ["X-RateLimit-Category", "X-RateLimit-Type", "X-RateLimit-Limit", "X-RateLimit-Remaining"];
    let list = names(zoom, "GET", "/v2/users/me/meetings", &rep.access_token).await;
    has_all(&list, &usual);
    has_all(&list, &limits);
    has_all(&names(zoom, "GET", "/v2/users/me", "wrong").await, &usual);
    has_all(&names(zoom, "POST", "/oauth/token", "").await, &usual[..3]);
}

#[tokio::test]
async fn salesforce_spells_its_headers_its_own_way() {
    let rep = Rep::signed_in().await;
    let salesforce = &rep.sandbox.urls().salesforce;
    let token = rep.sandbox.salesforce().issue_tokens().access_token;
    let resources = names(salesforce, "GET", "/services/data/v68.0/", &token).await;
    has_all(&resources, &["Content-Type", "Content-Length", "Sforce-Limit-Info", "Date"]);
    let refused = names(salesforce, "GET", "/services/data/v68.0/", "wrong").await;
    has_all(&refused, &["Content-Type", "WWW-Authenticate"]);
    let described = names(salesforce, "GET", "/services/data/v68.0/sobjects/Lead/describe", &token).await;
    has_all(&described, &["Last-Modified"]);
}

#[tokio::test]
async fn scripted_answers_are_spelt_alike() {
    let rep = Rep::signed_in().await;
    let mut answer = CannedAnswer::json(429, "{}");
    answer.headers.insert("retry-after".to_owned(), "2026-11-28T00:00:00Z".to_owned());
    answer.headers.insert("x-ratelimit-type".to_owned(), "Daily-limit".to_owned());
    let rule = FaultRule::on(Service::Zoom, "GET", "/v2/users/me").before(BeforeEffect::Answer(answer));
    rep.sandbox.faults().add(rule).unwrap();
    let names = names(&rep.sandbox.urls().zoom, "GET", "/v2/users/me", &rep.access_token).await;
    has_all(&names, &["Retry-After", "X-RateLimit-Type", "Content-Type"]);
}

#[tokio::test]
async fn a_rule_and_a_count_mean_the_path_whatever_its_slashes() {
    let rep = Rep::signed_in().await;
    let reset = || BeforeEffect::Answer(CannedAnswer::json(503, "{}"));
    let faults = rep.sandbox.faults();
    faults.add(FaultRule::on(Service::Zoom, "GET", "*/meetings").before(reset()).times(1)).unwrap();
    faults.add(FaultRule::on(Service::Salesforce, "GET", "/services/data").before(reset()).times(1)).unwrap();
    assert_eq!(rep.get("/users/me/meetings/").await.0, 503);
    let url = format!("{}//services/data", rep.sandbox.urls().salesforce);
    assert_eq!(rep.http.get(&url).send().await.unwrap().status(), 503);
    let requests = rep.sandbox.requests();
    assert_eq!(requests.count(Service::Zoom, "GET", "/v2/users/me/meetings"), 1);
    assert_eq!(requests.count(Service::Salesforce, "GET", "/services/data"), 1);
}
