//! An API client of Zoom with one user's token. The tests of the whole sandbox use it as well.

use reqwest::{Client, Method, Response, redirect};
use serde_json::Value;

pub struct Api {
    /// Where Zoom listens.
    zoom: String,
    pub http: Client,
    /// Empty until signed in.
    pub access_token: String,
}

/// Status and body (`null` when there is none) of an answer.
pub type Answered = (u16, Value);

impl Api {
    pub fn new(zoom: &str) -> Self {
        let http = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
        Self { zoom: zoom.to_owned(), http, access_token: String::new() }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.zoom)
    }

    /// One API call; the path is below `/v2`.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Response {
        let request = self.http.request(method, self.url(&format!("/v2{path}")));
        let request = request.bearer_auth(&self.access_token);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        request.send().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answered {
        answered(self.send(Method::GET, path, None).await).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answered {
        answered(self.send(Method::POST, path, Some(body)).await).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answered {
        answered(self.send(Method::PATCH, path, Some(body)).await).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answered {
        answered(self.send(Method::PUT, path, Some(body)).await).await
    }

    pub async fn delete(&self, path: &str) -> Answered {
        answered(self.send(Method::DELETE, path, None).await).await
    }

    /// The status and code of `/users/me` with a token.
    pub async fn me_with(&self, access_token: &str) -> (u16, Value) {
        let request = self.http.get(self.url("/v2/users/me")).bearer_auth(access_token);
        let (status, body) = answered(request.send().await.unwrap()).await;
        (status, body["code"].clone())
    }
}

pub async fn answered(response: Response) -> Answered {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() })
}
