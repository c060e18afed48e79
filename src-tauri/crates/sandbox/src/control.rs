//! The control service: what a test in another process reads and turns.
//!
//! It has no authentication, because it listens on loopback and guards nothing but made-up data.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::SharedRef;
use crate::faults::{FaultRule, Faults};
use crate::requests::Requests;
use crate::salesforce::Salesforce;
use crate::zoom::operations::RateLabel;
use crate::zoom::{PlacedCall, Plan, Zoom};

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
    let salesforce = controlled.salesforce.control_router();
    Router::new()
        .route("/journal", get(journal))
        .route("/requests", get(requests))
        .route("/faults", get(list_faults).post(add_faults).delete(clear_faults))
        .route("/clock", get(clock).post(advance_clock))
        .route("/zoom/expire-access-tokens", post(expire_zoom))
        .route("/zoom/revoke", post(revoke_zoom))
        .route("/zoom/scopes", post(scopes))
        .route("/zoom/rate-limits", post(rate_limits))
        .route("/zoom/licences", post(licences))
        .route("/zoom/deprecated-calls", post(deprecated_calls))
        .route("/zoom/calls", post(place_call))
        .route("/zoom/events", post(publish_event))
        .route("/zoom/deauthorize", post(deauthorize))
        .merge(crate::zoom::control_routes())
        .route("/salesforce/expire-access-tokens", post(expire_salesforce))
        .route("/salesforce/revoke", post(revoke_salesforce))
        .fallback(unknown)
        .with_state(controlled)
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

async fn expire_zoom(State(controlled): State<Controlled>) -> Response {
    controlled.zoom.expire_access_tokens();
    StatusCode::NO_CONTENT.into_response()
}

async fn revoke_zoom(State(controlled): State<Controlled>) -> Response {
    controlled.zoom.revoke_all();
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scopes {
    /// Separated by spaces.
    scopes: String,
}

/// Sets the scopes of the Zoom app; token sets issued before keep theirs.
async fn scopes(State(controlled): State<Controlled>, body: Bytes) -> Response {
    done_or_refused(parse::<Scopes>(&body).map(|wanted| controlled.zoom.set_app_scopes(&wanted.scopes)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateLimits {
    #[serde(default)]
    enforce: Option<bool>,
    /// The limits per day.
    #[serde(default)]
    daily: Option<bool>,
    /// `free`, `pro` or `business`.
    #[serde(default)]
    plan: Option<String>,
    #[serde(default)]
    spend: Option<Spent>,
}

/// Requests that colleagues make.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spent {
    label: String,
    requests: u64,
}

/// Switches the limits of the Zoom API on or off, those per second (or minute) and those per day; sets the account's
/// plan; uses up what the account may do in a day.
async fn rate_limits(State(controlled): State<Controlled>, body: Bytes) -> Response {
    done_or_refused(parse::<RateLimits>(&body).and_then(|wanted| limit(&controlled.zoom, &wanted)))
}

fn limit(zoom: &Zoom, wanted: &RateLimits) -> Result<(), String> {
    if let Some(plan) = &wanted.plan {
        zoom.set_plan(Plan::named(plan).ok_or_else(|| format!("there is no plan `{plan}`"))?);
    }
    if let Some(Spent { label, requests }) = &wanted.spend {
        let known = RateLabel::named(label).ok_or_else(|| format!("there is no label `{label}`"))?;
        if !zoom.spend_quota(known, *requests) {
            return Err(format!("the account has not as many {label} requests left today"));
        }
    }
    if let Some(enforce) = wanted.enforce {
        zoom.enforce_rate_limits(enforce);
    }
    if let Some(enforce) = wanted.daily {
        zoom.enforce_daily_limit(enforce);
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Licences {
    #[serde(default)]
    webinar: Option<bool>,
    #[serde(default)]
    phone: Option<bool>,
}

/// Gives the Zoom user add-ons or takes them away.
async fn licences(State(controlled): State<Controlled>, body: Bytes) -> Response {
    done_or_refused(parse::<Licences>(&body).map(|wanted| {
        if let Some(licensed) = wanted.webinar {
            controlled.zoom.license_webinars(licensed);
        }
        if let Some(licensed) = wanted.phone {
            controlled.zoom.license_phone(licensed);
        }
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeprecatedCalls {
    shown: bool,
}

/// Shows or drops the call arrays that Zoom has announced to remove.
async fn deprecated_calls(State(controlled): State<Controlled>, body: Bytes) -> Response {
    let wanted = parse::<DeprecatedCalls>(&body);
    done_or_refused(wanted.map(|wanted| controlled.zoom.show_deprecated_calls(wanted.shown)))
}

/// Lets a telephone call happen that ends now; answers with the id of its leg.
async fn place_call(State(controlled): State<Controlled>, body: Bytes) -> Response {
    match parse::<PlacedCall>(&body) {
        Ok(call) => answer(StatusCode::OK, &json!({ "call_element_id": controlled.zoom.place_call(&call) })),
        Err(reason) => done_or_refused(Err(reason)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishedEvent {
    event: String,
    payload: Value,
}

/// Tells Zoom's event stream about anything.
async fn publish_event(State(controlled): State<Controlled>, body: Bytes) -> Response {
    let wanted = parse::<PublishedEvent>(&body);
    done_or_refused(wanted.map(|wanted| controlled.zoom.publish(&wanted.event, &wanted.payload)))
}

async fn deauthorize(State(controlled): State<Controlled>) -> Response {
    controlled.zoom.deauthorize();
    StatusCode::NO_CONTENT.into_response()
}

async fn expire_salesforce(State(controlled): State<Controlled>) -> Response {
    controlled.salesforce.expire_access_tokens();
    StatusCode::NO_CONTENT.into_response()
}

async fn revoke_salesforce(State(controlled): State<Controlled>) -> Response {
    controlled.salesforce.revoke_all();
    StatusCode::NO_CONTENT.into_response()
}

async fn unknown() -> Response {
    answer(StatusCode::NOT_FOUND, &json!({ "error": "no such control" }))
}

pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

pub(crate) fn done_or_refused(outcome: Result<(), String>) -> Response {
    match outcome {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(reason) => answer(StatusCode::BAD_REQUEST, &json!({ "error": reason })),
    }
}

pub(crate) fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
