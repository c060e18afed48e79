//! No secret and no personal data in logs, errors or `Debug` output.

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use std::sync::Arc;

use liaison_transport::{AccessToken, ApiClient, ApiRequest, AuthError, BoxFuture, TokenSource};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::raw::{JSON, RawServer, Script, answer, config};

thread_local! {
    /// What was logged on this thread; each test has a thread of its own.
    static HEARD: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Collects every event of every crate below, at every level. It listens for the
/// whole program, because a log line that was first met without a listener is
/// switched off for good.
struct Ear;

struct Writer<'a>(&'a mut String);

impl Visit for Writer<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        HEARD.with_borrow_mut(|text| attributes.record(&mut Writer(text)));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        HEARD.with_borrow_mut(|text| values.record(&mut Writer(text)));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        HEARD.with_borrow_mut(|text| {
            let _ = write!(text, "\n{}", event.metadata().target());
            event.record(&mut Writer(text));
        });
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Canary;

impl TokenSource for Canary {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        Box::pin(async { Ok(AccessToken::new("canary-token".to_owned())) })
    }

    fn refreshed(&self, rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        Box::pin(async { Ok(rejected) })
    }
}

#[tokio::test]
async fn no_canary_sings() {
    tracing::subscriber::set_global_default(Ear).unwrap();
    let scripts = [
        Script::Say(answer("200 OK", JSON, br#"{"zak":"canary-answer"}"#)),
        Script::Say(answer("302 Found", "Location: http://127.0.0.1:9/?code=canary-location\r\n", b"")),
        Script::Say(answer("400 No", JSON, br#"{"message":"canary-message"}"#)),
        Script::Say(answer("200 OK", "X-Zm-Trackingid: v=2.0;clid=us02\r\n", b"{}")),
        Script::Reset(b"HTTP/1.1 200 OK\r\nX-Thing: canary-header".to_vec()),
    ];
    let count = scripts.len();
    let server = RawServer::start(move |number| scripts[number % count].clone()).await;
    let client = ApiClient::new(config(server.url()), Arc::new(Canary)).unwrap();
    let mut shown = String::new();
    for _ in 0..count {
        let request = ApiRequest::post("POST /things/{id}", "/things/canary-path")
            .query("q", "canary-query")
            .json(json!({"topic": "canary-topic"}));
        let _ = write!(shown, "{request:?}");
        match client.send(request).await {
            Ok(response) => {
                let _ = write!(shown, "{response:?} {:?}", response.json::<u8>().unwrap_err());
            }
            Err(error) => {
                let _ = write!(shown, "{error:?} {error}");
            }
        }
    }
    let _ = write!(shown, "{client:?}");
    // The canaries did go over the wire.
    assert!(
        server.heads().iter().all(|head| ["path", "query", "topic", "token"]
            .iter()
            .all(|name| head.contains(&format!("canary-{name}"))))
    );
    let logged = HEARD.take();
    assert!(logged.contains("liaison_transport") && logged.contains("POST /things/{id}"), "{logged}");
    assert!(logged.contains("v=2.0;clid=us02"), "{logged}");
    let ours: Vec<_> = logged.lines().filter(|line| line.starts_with("liaison_transport")).collect();
    assert!(ours.len() >= count, "{logged}");
    for text in ours.into_iter().chain([shown.as_str()]) {
        assert!(!text.contains("canary"), "{text}");
    }
    assert!(!logged.contains("canary-token") && !logged.contains("canary-topic"), "{logged}");
}
