//! The Salesforce side as a client sees it, through its router and without a network.

mod activities;
mod app_policy;
mod bulk;
mod collections;
mod composite;
mod conditions;
mod describe;
mod foreign;
mod graph;
mod lifecycle;
mod lists;
mod oauth;
mod paging;
mod profiles;
mod records;
mod rows;
mod rules;
mod search;
mod shared_activities;
mod soql;
mod upsert;

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use liaison_sandbox_kernel::{Effect, Profile, SandboxConfig, SandboxUrls, Shared, SharedRef};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::Salesforce;

const BASE: &str = "/services/data/v62.0";

/// One sandbox and a session in it.
struct Bench {
    salesforce: Salesforce,
    shared: SharedRef,
    token: String,
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text))
    }

    /// `errorCode` of the first error.
    fn code(&self) -> String {
        self.json()[0]["errorCode"].as_str().unwrap_or_default().to_owned()
    }

    fn message(&self) -> String {
        self.json()[0]["message"].as_str().unwrap_or_default().to_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Bench {
    fn new() -> Self {
        Self::with(SandboxConfig::default())
    }

    fn bare() -> Self {
        Self::with(SandboxConfig { profile: Profile::Bare, ..SandboxConfig::default() })
    }

    fn with(config: SandboxConfig) -> Self {
        let shared = Shared::new(config);
        let urls = SandboxUrls {
            zoom: "http://127.0.0.1:1".to_owned(),
            salesforce: "http://127.0.0.1:2".to_owned(),
            control: "http://127.0.0.1:3".to_owned(),
        };
        let salesforce = Salesforce::new(shared.clone(), urls);
        let token = salesforce.issue_tokens().access_token;
        Self { salesforce, shared, token }
    }

    /// Moves the clock so far that the session ends, and signs in again.
    fn wait(&mut self, ms: i64) {
        self.shared.clock.advance_ms(ms);
        self.token = self.salesforce.issue_tokens().access_token;
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.salesforce.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("{BASE}/{path}") };
        Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", self.token))
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    async fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        let request = self.request(method, path).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, &body).await
    }

    async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, &body).await
    }

    async fn delete(&self, path: &str) -> Answer {
        self.send(self.request("DELETE", path).body(Body::empty()).unwrap()).await
    }

    /// Runs a query; the answer may be a refusal.
    async fn ask(&self, soql: &str) -> Answer {
        self.get(&format!("query?{}", encoded("q", soql))).await
    }

    /// Runs a query that must succeed.
    async fn records(&self, soql: &str) -> Vec<Value> {
        let answer = self.ask(soql).await;
        assert_eq!(answer.status, 200, "{soql}: {}", answer.text);
        answer.json()["records"].as_array().unwrap().clone()
    }

    async fn count(&self, soql: &str) -> u64 {
        let answer = self.ask(soql).await;
        assert_eq!(answer.status, 200, "{soql}: {}", answer.text);
        answer.json()["totalSize"].as_u64().unwrap()
    }

    /// Creates a record and answers with its id.
    async fn create(&self, object: &str, body: Value) -> String {
        let answer = self.post(&format!("sobjects/{object}"), body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    async fn read(&self, object: &str, id: &str) -> Value {
        let answer = self.get(&format!("sobjects/{object}/{id}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    async fn lead(&self, last_name: &str) -> String {
        self.create("Lead", json!({ "LastName": last_name, "Company": "Acme" })).await
    }

    fn effects(&self, kind: &str) -> Vec<Effect> {
        self.shared.journal.since(0).into_iter().filter(|effect| effect.kind == kind).collect()
    }
}

fn encoded(name: &str, value: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}
