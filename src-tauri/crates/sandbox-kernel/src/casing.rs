//! Header names in the services' own spelling. HTTP does not care; clients that read an answer by
//! hand do, and so do people who compare a log with the documentation.
//!
//! hyper writes names in lower case, or in title case, or as a message carries them in an extension
//! of a type that only hyper can make, which it does for every request that it reads with
//! `preserve_header_case`. So it is given a request that has the names, once, and the extension is
//! put into every answer. Names that are not in it go out in title case.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::http::{Extensions, Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;

use crate::locked;

/// Names that title case gets wrong. Source: the services' references and recorded answers.
const NAMES: [&str; 10] = [
    "ETag",
    "Sec-WebSocket-Accept",
    "Sforce-NumberOfRecords",
    "WWW-Authenticate",
    "X-RateLimit-Category",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-RateLimit-Type",
    "x-zm-trackingid",
];

/// What an answer must carry for its names to go out as the services spell them.
pub async fn learn() -> Extensions {
    let learnt: Arc<Mutex<Extensions>> = Arc::default();
    let taken = learnt.clone();
    let (mut near, far) = tokio::io::duplex(1_024);
    let lines = NAMES.map(|name| format!("{name}: 0\r\n")).concat();
    let request = format!("GET / HTTP/1.0\r\n{lines}\r\n");
    let service = service_fn(move |request: Request<Incoming>| {
        locked(&taken).clone_from(request.extensions());
        async { Ok::<_, Infallible>(Response::new(String::new())) }
    });
    let mut builder = hyper::server::conn::http1::Builder::new();
    let conversation = builder.preserve_header_case(true).serve_connection(TokioIo::new(far), service);
    // Both ends are in memory and as large as they need to be: neither can fail or wait for long.
    let (_, ()) = tokio::join!(conversation, async {
        let _ = near.write_all(request.as_bytes()).await;
        let _ = near.shutdown().await;
    });
    locked(&learnt).clone()
}
