//! One listening service: exact framing, fault scripts, resets that are real TCP resets.
//!
//! A request reaches its service only when all of its body has arrived, so one that was cut short
//! has no effect; and once it has reached it, it runs to its end even if the client has gone away.

use std::convert::Infallible;
use std::future::Future;
use std::net::Ipv4Addr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Extensions, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use chrono::TimeDelta;
use futures::stream;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::faults::{AfterEffect, BeforeEffect, CannedAnswer, Fault, Faults, Service};
use crate::requests::Requests;
use crate::takeover::Takeover;
use crate::{SharedRef, locked};

/// Larger requests are refused with 413; Salesforce's and Zoom's own limits are below it.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// What stands between the wire and one service.
#[derive(Clone)]
pub struct Gate {
    pub router: Router,
    /// `None` for the control service, which has no faults and is not counted.
    pub watched: Option<Watched>,
    /// The spelling of header names; see [`crate::casing`].
    pub casing: Extensions,
}

/// The parts of a gate that count requests and spoil answers.
#[derive(Clone)]
pub struct Watched {
    pub service: Service,
    pub faults: Arc<Faults>,
    pub requests: Arc<Requests>,
    pub shared: SharedRef,
}

/// Ends the connection with a reset and without an answer.
#[derive(Debug, Error)]
#[error("the connection is reset without an answer")]
struct Reset;

/// Binds a loopback port; 0 takes a free one.
pub async fn bind(port: u16) -> std::io::Result<(TcpListener, u16)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

/// Serves until it is dropped; while it is not to be reached, its port is closed and its connections have ended.
pub async fn serve(mut listener: TcpListener, gate: Gate, mut reachable: watch::Receiver<bool>) {
    let Ok(address) = listener.local_addr() else { return };
    loop {
        let cut = tokio::select! {
            () = accept(&listener, &gate) => true,
            cut = becomes(&mut reachable, false) => cut,
        };
        if !cut {
            // Nobody can take the network away any more.
            return accept(&listener, &gate).await;
        }
        drop(listener);
        if !becomes(&mut reachable, true).await {
            return;
        }
        listener = loop {
            match TcpListener::bind(address).await {
                Ok(listener) => break listener,
                Err(error) => {
                    tracing::warn!(%error, "the port is taken; it is tried again");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        };
    }
}

/// Waits for the switch; false where it is gone.
async fn becomes(reachable: &mut watch::Receiver<bool>, wanted: bool) -> bool {
    reachable.wait_for(|reachable| *reachable == wanted).await.is_ok()
}

/// Accepts connections until it is dropped; its connections end with it.
async fn accept(listener: &TcpListener, gate: &Gate) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(converse(stream, gate.clone()));
            }
            Err(error) => {
                // Out of file descriptors, most likely; a pause lets connections end.
                tracing::warn!(%error, "accept failed");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, Reset>> + Send>>;

async fn converse(stream: TcpStream, gate: Gate) {
    // Small answers must not wait for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let takeover: Arc<Mutex<Option<Takeover>>> = Arc::default();
    let taken = takeover.clone();
    let service = service_fn(move |request: Request<Incoming>| -> Answering {
        let (gate, takeover) = (gate.clone(), takeover.clone());
        Box::pin(async move {
            let casing = gate.casing.clone();
            let mut response = answer(gate, request).await?;
            response.extensions_mut().extend(casing);
            *locked(&takeover) = response.extensions_mut().remove::<Takeover>();
            Ok(response)
        })
    });
    let mut connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        // Who has said everything may close that side, and still gets an answer; who has gone is told by the write.
        .half_close(true)
        .title_case_headers(true)
        .serve_connection(TokioIo::new(stream), service);
    let outcome = std::future::poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let parts = connection.into_parts();
    let stream = parts.io.into_inner();
    let takeover = locked(&taken).take();
    if let (Ok(()), Some(takeover)) = (&outcome, takeover) {
        return takeover.run(stream, parts.read_buf).await;
    }
    if let Err(error) = outcome
        && std::error::Error::source(&error).is_some_and(<dyn std::error::Error>::is::<Reset>)
    {
        // With no time to linger the kernel sends RST instead of FIN.
        let _ = stream.set_zero_linger();
    }
}

async fn answer(gate: Gate, request: Request<Incoming>) -> Result<Response<Body>, Reset> {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(Body::new(body), LARGEST_BODY).await else {
        // Cut short or too large. In the first case nobody is left to read this.
        return Ok(canned(&CannedAnswer::json(413, r#"{"message":"Payload Too Large"}"#)));
    };
    let request = Request::from_parts(parts, Body::from(body));
    // A task of its own: a client that hangs up does not stop a request that has arrived.
    match tokio::spawn(perform(gate, request)).await {
        Ok(answer) => answer,
        Err(error) => {
            tracing::error!(%error, "a request ended in a panic");
            Ok(canned(&CannedAnswer::json(500, r#"{"message":"Internal Server Error"}"#)))
        }
    }
}

async fn perform(gate: Gate, request: Request<Body>) -> Result<Response<Body>, Reset> {
    let Some(watched) = &gate.watched else {
        return Ok(ask(gate.router, request).await);
    };
    for late in watched.faults.due(watched.service, watched.shared.clock.now()) {
        // Nobody waits for its answer any more.
        let _ = ask(gate.router.clone(), late).await;
    }
    let (method, path) = (request.method().as_str(), request.uri().path());
    watched.requests.note(watched.service, method, path);
    let Fault { before, after, meanwhile, cleared } = watched.faults.decide(watched.service, method, path);
    if let Some(meanwhile) = meanwhile {
        meanwhile(path);
    }
    let come_late = |request, ms| {
        let ms = TimeDelta::milliseconds(i64::try_from(ms).unwrap_or(i64::MAX / 2));
        watched.faults.delay(watched.service, request, watched.shared.clock.now() + ms);
    };
    match before {
        Some(BeforeEffect::Reset) => return Err(Reset),
        Some(BeforeEffect::Answer(answer)) => return Ok(canned(&answer)),
        Some(BeforeEffect::Delay { ms }) => tokio::time::sleep(Duration::from_millis(ms)).await,
        Some(BeforeEffect::Late { ms }) => {
            come_late(request, ms);
            return Err(Reset);
        }
        Some(BeforeEffect::Hold { late_ms }) => {
            if let Some(ms) = late_ms {
                come_late(request, ms);
            }
            watched.faults.until_cleared(cleared).await;
            return Err(Reset);
        }
        None => {}
    }
    let answer = ask(gate.router, request).await;
    match after {
        None => Ok(answer),
        Some(AfterEffect::Reset) => Err(Reset),
        Some(AfterEffect::Answer(canned_answer)) => Ok(canned(&canned_answer)),
        Some(AfterEffect::Delay { ms }) => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            Ok(answer)
        }
        Some(AfterEffect::Hold) => {
            watched.faults.until_cleared(cleared).await;
            Err(Reset)
        }
        Some(AfterEffect::Truncate { bytes }) => truncated(answer, bytes).await,
        Some(AfterEffect::Drip { bytes, every_ms }) => dripped(answer, bytes, every_ms).await,
    }
}

async fn ask(router: Router, request: Request<Body>) -> Response<Body> {
    match router.oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

/// Takes an answer apart, with the length of the whole body announced.
async fn whole(answer: Response<Body>) -> Result<(axum::http::response::Parts, Bytes), Reset> {
    let (mut parts, body) = answer.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.map_err(|_| Reset)?;
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    Ok((parts, body))
}

async fn truncated(answer: Response<Body>, bytes: usize) -> Result<Response<Body>, Reset> {
    let (parts, body) = whole(answer).await?;
    if body.is_empty() {
        return Err(Reset);
    }
    let kept = body.slice(..bytes.min(body.len() - 1));
    // One pause between the last byte and the end, so that hyper writes what it has first.
    let pieces = stream::unfold(Some(kept), |kept| async move {
        if let Some(kept) = kept {
            return Some((Ok(kept), None));
        }
        tokio::task::yield_now().await;
        Some((Err(std::io::Error::other("cut by a fault script")), None))
    });
    Ok(Response::from_parts(parts, Body::from_stream(pieces)))
}

async fn dripped(answer: Response<Body>, bytes: usize, every_ms: u64) -> Result<Response<Body>, Reset> {
    let (parts, body) = whole(answer).await?;
    let pieces = stream::unfold((body, true), move |(mut rest, first)| async move {
        if rest.is_empty() {
            return None;
        }
        if !first {
            tokio::time::sleep(Duration::from_millis(every_ms)).await;
        }
        let piece = rest.split_to(bytes.min(rest.len()));
        Some((Ok::<_, Infallible>(piece), (rest, false)))
    });
    Ok(Response::from_parts(parts, Body::from_stream(pieces)))
}

fn canned(answer: &CannedAnswer) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.body.clone()));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let content_type = answer.content_type.as_deref().unwrap_or("application/json");
    if let Ok(value) = HeaderValue::from_str(content_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    for (name, value) in &answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
