//! The control service: what a test in another process reads and turns.
//!
//! It has no authentication, because it listens on loopback and guards nothing but made-up data.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use liaison_sandbox_kernel::SharedRef;
use liaison_sandbox_kernel::control::{answer, done_or_refused, parse};
use liaison_sandbox_kernel::faults::{FaultRule, Faults};
use liaison_sandbox_kernel::requests::Requests;
use liaison_sandbox_salesforce::Salesforce;
use liaison_sandbox_zoom::Zoom;
use serde::Deserialize;
use serde_json::json;

/// Everything that the control service reaches.
#[derive(Debug, Clone)]
pub(crate) struct Controlled {
    pub shared: SharedRef,
    pub faults: Arc<Faults>,
    pub requests: Arc<Requests>,
    pub zoom: Zoom,
    pub salesforce: Salesforce,
}

pub(crate) fn router(controlled: Controlled) -> Router {
    let (zoom, salesforce) = (controlled.zoom.control_router(), controlled.salesforce.control_router());
    Router::new()
        .route("/journal", get(journal))
        .route("/requests", get(requests))
        .route("/faults", get(list_faults).post(add_faults).delete(clear_faults))
        .route("/clock", get(clock).post(advance_clock))
        .fallback(unknown)
        .with_state(controlled)
        .merge(zoom)
        .merge(salesforce)
}

#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

/// `{"effects":[…]}`, those after `since`, oldest first.
async fn journal(State(controlled): State<Controlled>, Query(query): Query<Since>) -> Response {
    answer(StatusCode::OK, &json!({ "effects": controlled.shared.journal.since(query.since) }))
}

async fn requests(State(controlled): State<Controlled>) -> Response {
    answer(StatusCode::OK, &json!({ "requests": controlled.requests.counts() }))
}

async fn list_faults(State(controlled): State<Controlled>) -> Response {
    answer(StatusCode::OK, &json!({ "faults": controlled.faults.listed() }))
}

/// Takes a list of rules and adds all of them or none.
async fn add_faults(State(controlled): State<Controlled>, body: Bytes) -> Response {
    let added = parse::<Vec<FaultRule>>(&body)
        .and_then(|rules| controlled.faults.add_all(rules).map_err(|error| error.to_string()));
    done_or_refused(added)
}

async fn clear_faults(State(controlled): State<Controlled>) -> Response {
    controlled.faults.clear();
    StatusCode::NO_CONTENT.into_response()
}

async fn clock(State(controlled): State<Controlled>) -> Response {
    answer(StatusCode::OK, &json!({ "now": controlled.shared.clock.now() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_ms: i64,
}

async fn advance_clock(State(controlled): State<Controlled>, body: Bytes) -> Response {
    match parse::<Advance>(&body) {
        Ok(advance) => {
            controlled.shared.clock.advance_ms(advance.advance_ms);
            answer(StatusCode::OK, &json!({ "now": controlled.shared.clock.now() }))
        }
        Err(reason) => done_or_refused(Err(reason)),
    }
}

async fn unknown() -> Response {
    answer(StatusCode::NOT_FOUND, &json!({ "error": "no such control" }))
}
