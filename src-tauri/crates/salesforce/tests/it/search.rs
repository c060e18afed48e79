//! Searching in Salesforce's index.

use liaison_salesforce::{FieldName, ObjectName, Search, SearchScope, SearchedObject};
use wiremock::matchers::{body_partial_json, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::client;

fn contacts() -> Vec<SearchedObject> {
    let fields = ["Name", "Phone"].map(|name| FieldName::new(name).unwrap()).to_vec();
    vec![SearchedObject { object: ObjectName::new("Contact").unwrap(), fields, limit: 10 }]
}

async fn found(server: &MockServer, digits: &str, ids: &[&str]) {
    let records: Vec<_> = ids
        .iter()
        .map(|id| serde_json::json!({"attributes": {"type": "Contact", "url": "/x"}, "Id": id, "Phone": "(020) 555 0123"}))
        .collect();
    Mock::given(method("POST"))
        .and(path("/services/data/v62.0/parameterizedSearch"))
        .and(body_partial_json(serde_json::json!({"q": digits, "in": "PHONE"})))
        .respond_with(ResponseTemplate::new(200).set_body_json(serde_json::json!({"searchRecords": records})))
        .mount(server)
        .await;
}

#[tokio::test]
async fn spellings_of_a_number_find_each_person_once() {
    let server = MockServer::start().await;
    found(&server, "31205550123", &["003000000000001"]).await;
    found(&server, "0205550123", &["003000000000001", "003000000000002"]).await;
    let salesforce = client(&server.uri(), "t");
    let hits = salesforce.search_phone(&["+31 20 555 0123", "020-555 0123"], &contacts()).await.unwrap();
    let ids: Vec<_> = hits.iter().map(|hit| hit.id.as_str()[..15].to_owned()).collect();
    assert_eq!(ids, ["003000000000001", "003000000000002"]);
    assert_eq!(
        (hits[0].object.as_str(), hits[0].text("Phone"), hits[0].text("Name")),
        ("Contact", Some("(020) 555 0123"), None)
    );
    assert!(!format!("{hits:?}").contains("555"));
    assert!(salesforce.search_phone(&["112"], &contacts()).await.is_err());
}

#[tokio::test]
async fn a_hit_without_a_record_is_an_error() {
    let server = MockServer::start().await;
    found(&server, "31205550123", &["nobody"]).await;
    let salesforce = client(&server.uri(), "t");
    assert!(salesforce.search(&Search::phone("+31205550123", contacts()).unwrap()).await.is_err());
    assert!(Search::words("?", SearchScope::All, contacts()).is_err());
}
