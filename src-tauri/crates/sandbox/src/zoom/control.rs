//! Zoom's part of the control service that is about rows and about what the host does in Zoom's own
//! window, which no request of the client's is.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{patch, post};
use serde_json::{Map, Value, json};

use super::Zoom;
use super::call::Call;
use super::meetings::write;
use super::rows::ZoomRows;
use crate::control::{Controlled, answer, done_or_refused, parse};
use crate::locked;

/// Everything below `/zoom/` that this module adds to the control service.
pub(crate) fn routes() -> Router<Controlled> {
    Router::new()
        .route("/zoom/rows", post(load))
        .route("/zoom/meetings", post(add_meeting))
        .route("/zoom/meetings/{id}", patch(edit_meeting).delete(delete_meeting))
}

impl Zoom {
    /// The host schedules a meeting in Zoom's own window: a body as that of the API. Answers with the number, or with
    /// why Zoom would not have it.
    pub fn add_meeting(&self, body: &Map<String, Value>) -> Result<u64, String> {
        let call = request("me", body);
        let meeting = write::add(&self.account, &call, "meeting.created_in_zoom").map_err(|refusal| refusal.text())?;
        Ok(meeting.id)
    }

    /// The host changes a meeting in Zoom's own window: topic, agenda, time, passcode, settings with invitees and
    /// waiting room, as in a body of the API. Events tell of it; the journal says `meeting.updated_in_zoom`.
    pub fn edit_meeting(&self, id: u64, body: &Map<String, Value>) -> Result<(), String> {
        let call = request(&id.to_string(), body);
        write::amend(&self.account, &call, "meeting.updated_in_zoom").map_err(|refusal| refusal.text())
    }

    /// The host deletes a meeting in Zoom's own window.
    pub fn delete_meeting(&self, id: u64) -> Result<(), String> {
        let account = &self.account;
        let mut meetings = locked(&account.meetings);
        let mut meeting = meetings.existing(id, account.now()).map_err(|refusal| refusal.text())?.clone();
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

async fn load(State(controlled): State<Controlled>, body: Bytes) -> Response {
    let rows = parse::<ZoomRows>(&body);
    done_or_refused(rows.and_then(|rows| controlled.zoom.load(&rows).map_err(|error| error.to_string())))
}

async fn add_meeting(State(controlled): State<Controlled>, body: Bytes) -> Response {
    match parse::<Map<String, Value>>(&body).and_then(|body| controlled.zoom.add_meeting(&body)) {
        Ok(id) => answer(StatusCode::OK, &json!({ "id": id })),
        Err(reason) => done_or_refused(Err(reason)),
    }
}

async fn edit_meeting(State(controlled): State<Controlled>, Path(id): Path<u64>, body: Bytes) -> Response {
    done_or_refused(parse::<Map<String, Value>>(&body).and_then(|body| controlled.zoom.edit_meeting(id, &body)))
}

async fn delete_meeting(State(controlled): State<Controlled>, Path(id): Path<u64>) -> Response {
    done_or_refused(controlled.zoom.delete_meeting(id))
}
