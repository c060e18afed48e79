//! Zoom's part of the control service that is about rows and about what the host does in Zoom's own
//! window, which no request of the client's is.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{patch, post};
use liaison_sandbox_kernel::control::{answer, done_or_refused, parse};
use liaison_sandbox_kernel::locked;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Zoom;
use super::call::Call;
use super::meetings::write;
use super::operations::RateLabel;
use super::phone::PlacedCall;
use super::plan::Plan;
use super::rows::ZoomRows;

impl Zoom {
    /// Everything below `/zoom/` of the control service.
    pub fn control_router(&self) -> Router {
        Router::new()
            .route("/zoom/expire-access-tokens", post(expire))
            .route("/zoom/revoke", post(revoke))
            .route("/zoom/scopes", post(scopes))
            .route("/zoom/rate-limits", post(rate_limits))
            .route("/zoom/licences", post(licences))
            .route("/zoom/deprecated-calls", post(deprecated_calls))
            .route("/zoom/shared-access", post(shared_access))
            .route("/zoom/calls", post(place_call))
            .route("/zoom/events", post(publish_event))
            .route("/zoom/deauthorize", post(deauthorize))
            .route("/zoom/rows", post(load))
            .route("/zoom/meetings", post(add_meeting))
            .route("/zoom/meetings/{id}", patch(edit_meeting).delete(delete_meeting))
            .with_state(self.clone())
    }

    /// The host schedules a meeting in Zoom's own window: a body as that of the API. Answers with the number, or with
    /// why Zoom would not have it.
    pub fn add_meeting(&self, body: &Map<String, Value>) -> Result<u64, String> {
        let call = request("me", body);
        let meeting = write::add(&self.account, &call, "meeting.created_in_zoom").map_err(|refusal| refusal.text())?;
        Ok(meeting.id)
    }

    /// The host changes a meeting in Zoom's own window: topic, agenda, time, passcode, settings with invitees and
    /// waiting room, as in a body of the API. Events tell of it; the journal says `meeting.updated_in_zoom`. The host is
    /// whoever has it: a colleague who was given it changes it, or gives it back.
    pub fn edit_meeting(&self, id: u64, body: &Map<String, Value>) -> Result<(), String> {
        let call = request(&id.to_string(), body);
        write::amend(&self.account, &call, "meeting.updated_in_zoom").map_err(|refusal| refusal.text())
    }

    /// The host deletes a meeting in Zoom's own window, also a colleague to whom it was given.
    pub fn delete_meeting(&self, id: u64) -> Result<(), String> {
        let account = &self.account;
        let mut meetings = locked(&account.meetings);
        let mut meeting = meetings.of_account(id, account.now()).map_err(|refusal| refusal.text())?.clone();
        meeting.deleted = true;
        meetings.put(meeting.clone());
        drop(meetings);
        account.tell_of_removal("deleted", super::meetings::Family::Meeting, &meeting, None);
        account.record("meeting.deleted_in_zoom", id.to_string(), json!({}));
        Ok(())
    }
}

fn request(first_segment: &str, body: &Map<String, Value>) -> Call {
    Call {
        captured: vec![first_segment.to_owned()],
        query: BTreeMap::new(),
        path: "/v2/meetings".to_owned(),
        content_type: "application/json".to_owned(),
        body: Value::Object(body.clone()).to_string().into(),
    }
}

async fn load(State(zoom): State<Zoom>, body: Bytes) -> Response {
    let rows = parse::<ZoomRows>(&body);
    done_or_refused(rows.and_then(|rows| zoom.load(&rows).map_err(|error| error.to_string())))
}

async fn add_meeting(State(zoom): State<Zoom>, body: Bytes) -> Response {
    match parse::<Map<String, Value>>(&body).and_then(|body| zoom.add_meeting(&body)) {
        Ok(id) => answer(StatusCode::OK, &json!({ "id": id })),
        Err(reason) => done_or_refused(Err(reason)),
    }
}

async fn edit_meeting(State(zoom): State<Zoom>, Path(id): Path<u64>, body: Bytes) -> Response {
    done_or_refused(parse::<Map<String, Value>>(&body).and_then(|body| zoom.edit_meeting(id, &body)))
}

async fn delete_meeting(State(zoom): State<Zoom>, Path(id): Path<u64>) -> Response {
    done_or_refused(zoom.delete_meeting(id))
}

async fn expire(State(zoom): State<Zoom>) -> Response {
    zoom.expire_access_tokens();
    StatusCode::NO_CONTENT.into_response()
}

async fn revoke(State(zoom): State<Zoom>) -> Response {
    zoom.revoke_all();
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scopes {
    /// Separated by spaces.
    scopes: String,
}

/// Sets the scopes of the Zoom app; token sets issued before keep theirs.
async fn scopes(State(zoom): State<Zoom>, body: Bytes) -> Response {
    done_or_refused(parse::<Scopes>(&body).map(|wanted| zoom.set_app_scopes(&wanted.scopes)))
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
async fn rate_limits(State(zoom): State<Zoom>, body: Bytes) -> Response {
    done_or_refused(parse::<RateLimits>(&body).and_then(|wanted| limit(&zoom, &wanted)))
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
async fn licences(State(zoom): State<Zoom>, body: Bytes) -> Response {
    done_or_refused(parse::<Licences>(&body).map(|wanted| {
        if let Some(licensed) = wanted.webinar {
            zoom.license_webinars(licensed);
        }
        if let Some(licensed) = wanted.phone {
            zoom.license_phone(licensed);
        }
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeprecatedCalls {
    shown: bool,
}

/// Shows or drops the call arrays that Zoom has announced to remove.
async fn deprecated_calls(State(zoom): State<Zoom>, body: Bytes) -> Response {
    let wanted = parse::<DeprecatedCalls>(&body);
    done_or_refused(wanted.map(|wanted| zoom.show_deprecated_calls(wanted.shown)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedAccess {
    granted: bool,
}

/// Lets the app use what others share with the user, or not.
async fn shared_access(State(zoom): State<Zoom>, body: Bytes) -> Response {
    let wanted = parse::<SharedAccess>(&body);
    done_or_refused(wanted.map(|wanted| zoom.share_access(wanted.granted)))
}

/// Lets a telephone call happen that ends now; answers with the id of its leg.
async fn place_call(State(zoom): State<Zoom>, body: Bytes) -> Response {
    match parse::<PlacedCall>(&body) {
        Ok(call) => answer(StatusCode::OK, &json!({ "call_element_id": zoom.place_call(&call) })),
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
async fn publish_event(State(zoom): State<Zoom>, body: Bytes) -> Response {
    let wanted = parse::<PublishedEvent>(&body);
    done_or_refused(wanted.map(|wanted| zoom.publish(&wanted.event, &wanted.payload)))
}

async fn deauthorize(State(zoom): State<Zoom>) -> Response {
    zoom.deauthorize();
    StatusCode::NO_CONTENT.into_response()
}
