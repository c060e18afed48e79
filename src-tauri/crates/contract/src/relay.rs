//! A relay on loopback between a client and the sandbox: it hands everything on unchanged and keeps what it saw.
//!
//! The client's observer tells which operation it meant, the relay what really went over the wire: the raw path among
//! it, which no observer is shown.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, TRANSFER_ENCODING};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::exchange::Exchange;

/// A running relay; it stops when it is dropped.
#[derive(Debug)]
pub struct Relay {
    base: String,
    seen: Seen,
    _serving: JoinSet<()>,
}

/// What went through, shared with the client's observer.
#[derive(Debug, Clone, Default)]
pub struct Seen(Arc<Mutex<Vec<Exchange>>>);

#[derive(Clone)]
struct Line {
    upstream: Arc<str>,
    client: reqwest::Client,
    seen: Seen,
}

impl Relay {
    /// Listens on a free port and hands requests on to `upstream`, `http://127.0.0.1:PORT`.
    ///
    /// # Errors
    /// Whatever keeps it from listening.
    pub async fn start(upstream: &str) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base = format!("http://{}", listener.local_addr()?);
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_gzip()
            .no_proxy()
            .build()
            .map_err(io::Error::other)?;
        let seen = Seen::default();
        let line = Line { upstream: upstream.into(), client, seen: seen.clone() };
        let router = axum::Router::new().fallback(pass).with_state(line);
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { base, seen, _serving: serving })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What went through so far, and later.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }
}

impl Seen {
    /// Gives the last exchange the name its client has for it. Calls are made one after the other, so the last one
    /// that went through is the one that the client has just been answered.
    pub fn name_last(&self, operation: &'static str) {
        if let Some(last) = self.lock().last_mut() {
            last.operation = Some(operation);
        }
    }

    /// All exchanges so far.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn pass(State(line): State<Line>, request: Request) -> Response {
    line.pass(request).await.unwrap_or_else(|reason| (StatusCode::BAD_GATEWAY, reason).into_response())
}

impl Line {
    async fn pass(&self, request: Request) -> Result<Response, String> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(|error| error.to_string())?;
        let path_and_query = parts.uri.path_and_query().map_or("/", |part| part.as_str());
        let answer = self
            .client
            .request(parts.method.clone(), format!("{}{path_and_query}", self.upstream))
            .headers(end_to_end(&parts.headers))
            .body(body.clone())
            .send()
            .await
            .map_err(|error| error.to_string())?;
        let (status, headers) = (answer.status(), end_to_end(answer.headers()));
        let answered = answer.bytes().await.map_err(|error| error.to_string())?;
        self.seen.lock().push(Exchange {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: query_of(&parts.uri),
            request: body.to_vec(),
            status: status.as_u16(),
            answer: answered.to_vec(),
            headers: headers.clone(),
            operation: None,
        });
        let mut response = Response::new(Body::from(answered));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// The headers that belong to the message and not to one connection.
fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    let mut kept = headers.clone();
    for name in [HOST, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING, ACCEPT_ENCODING] {
        kept.remove(name);
    }
    kept
}

fn query_of(uri: &Uri) -> Vec<(String, String)> {
    url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_goes_through_is_unchanged_and_kept() {
        let upstream = axum::Router::new().fallback(|uri: Uri, body: String| async move {
            (StatusCode::CREATED, [("x-mark", "1")], format!("{uri} {body}"))
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, upstream).await.unwrap() });
        let relay = Relay::start(&address).await.unwrap();

        let url = format!("{}/v2/past%252Fa//b?q=a%20b&q=c", relay.base());
        let answer = reqwest::Client::new().post(url).body("text").send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers()["x-mark"].as_bytes()), (201, &b"1"[..]));
        assert_eq!(answer.text().await.unwrap(), "/v2/past%252Fa//b?q=a%20b&q=c text");

        relay.seen().name_last("POST /past/{uuid}");
        let seen = relay.seen().exchanges();
        assert_eq!(seen.len(), 1);
        assert_eq!((seen[0].path.as_str(), seen[0].status), ("/v2/past%252Fa//b", 201));
        assert_eq!(seen[0].query, [("q".to_owned(), "a b".to_owned()), ("q".to_owned(), "c".to_owned())]);
        assert_eq!((seen[0].request.as_slice(), seen[0].operation), (&b"text"[..], Some("POST /past/{uuid}")));
    }
}
