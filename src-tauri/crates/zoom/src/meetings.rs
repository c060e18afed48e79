//! Meetings: list, read, schedule, change, delete, end, invitation.
//! Registrants have a handle of their own, shared with webinars: [`Meetings::registrants`].
//! Source: Zoom's API reference, "Meetings".

mod change;
mod list;
mod meeting;
mod recurrence;
mod settings;

use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

pub use change::{MeetingChange, MeetingDeletion, NewMeeting};
pub(crate) use change::{check_duration, check_texts, exposed};
#[cfg(test)]
pub(crate) use list::MeetingsAnswer;
pub use list::{ListType, MeetingList, MeetingPage, MeetingSummary, UpcomingMeeting};
pub use meeting::{Meeting, MeetingStatus, MeetingType, Occurrence, OccurrenceStatus};
pub use recurrence::{Recurrence, RecurrenceType};
pub use settings::{ApprovalType, AutoRecording, CustomKey, Invitee, MeetingSettings};

use crate::client::json;
use crate::registration::Registrants;
use crate::{MeetingId, OccurrenceId, Zoom, ZoomError, lenient};

/// The signed-in user's meetings.
#[derive(Clone)]
pub struct Meetings {
    zoom: Zoom,
}

/// The text Zoom writes for guests: link, number, passcode, telephone numbers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Invitation {
    /// The whole text, with CRLF line ends.
    #[serde(rename = "invitation")]
    pub text: String,
    /// Addresses for room systems.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub sip_links: Option<Vec<String>>,
}

impl Meetings {
    pub(crate) fn new(zoom: Zoom) -> Self {
        Self { zoom }
    }

    /// The registrants of a meeting, and the questions they are asked.
    #[must_use]
    pub fn registrants(&self, id: MeetingId) -> Registrants {
        Registrants::of_meeting(self.zoom.clone(), id)
    }

    /// One meeting with its settings and a fresh start link.
    pub async fn get(&self, id: MeetingId) -> Result<Meeting, ZoomError> {
        self.zoom.fetch(Self::get_request(id)).await
    }

    /// One occurrence of a recurring meeting.
    pub async fn get_occurrence(&self, id: MeetingId, occurrence: &OccurrenceId) -> Result<Meeting, ZoomError> {
        let request = Self::get_request(id).query("occurrence_id", occurrence.as_str());
        self.zoom.fetch(request).await
    }

    fn get_request(id: MeetingId) -> ApiRequest {
        ApiRequest::get("GET /meetings/{meetingId}", format!("/meetings/{id}")).rate(RateClass::Light)
    }

    /// Schedules a meeting.
    ///
    /// Zoom has no key against doing this twice: when [`ZoomError::outcome_unknown`] says so, look
    /// for the meeting in a list before trying again. Counts towards the user's 100 creations and
    /// changes a day.
    pub async fn create(&self, meeting: &NewMeeting) -> Result<Meeting, ZoomError> {
        meeting.check()?;
        let request = ApiRequest::post("POST /users/{userId}/meetings", "/users/me/meetings")
            .json(json("meeting", meeting)?)
            .rate(RateClass::Medium);
        self.zoom.fetch_edit(request).await
    }

    /// Changes a meeting, or one occurrence of it; what `change` leaves out stays as it is.
    ///
    /// Zoom ignores a start in the past without saying so. Counts towards the 100 changes a day.
    /// Not repeated on its own: the first of two could arrive after a later change.
    pub async fn update(
        &self,
        id: MeetingId,
        change: &MeetingChange,
        occurrence: Option<&OccurrenceId>,
    ) -> Result<(), ZoomError> {
        change.check()?;
        let request = ApiRequest::patch("PATCH /meetings/{meetingId}", format!("/meetings/{id}"))
            .json(json("meeting", change)?)
            .rate(RateClass::Light);
        self.zoom.send_edit(with_occurrence(request, occurrence)).await?;
        Ok(())
    }

    /// Deletes a meeting with all its occurrences, or one occurrence.
    ///
    /// A repeat after a lost answer ends in "not found", which then means it is done.
    pub async fn delete(
        &self,
        id: MeetingId,
        occurrence: Option<&OccurrenceId>,
        deletion: MeetingDeletion,
    ) -> Result<(), ZoomError> {
        let request = ApiRequest::delete("DELETE /meetings/{meetingId}", format!("/meetings/{id}"))
            .query("schedule_for_reminder", deletion.notify_host.to_string())
            .query("cancel_meeting_reminder", deletion.notify_registrants.to_string())
            .rate(RateClass::Light);
        self.zoom.send(with_occurrence(request, occurrence)).await?;
        Ok(())
    }

    /// Ends a running meeting for everybody.
    pub async fn end(&self, id: MeetingId) -> Result<(), ZoomError> {
        let path = format!("/meetings/{id}/status");
        let request = ApiRequest::put("PUT /meetings/{meetingId}/status", path)
            .json(serde_json::json!({ "action": "end" }))
            .rate(RateClass::Light)
            .idempotent(false);
        self.zoom.send(request).await?;
        Ok(())
    }

    /// The invitation text.
    pub async fn invitation(&self, id: MeetingId) -> Result<Invitation, ZoomError> {
        let path = format!("/meetings/{id}/invitation");
        let request = ApiRequest::get("GET /meetings/{meetingId}/invitation", path).rate(RateClass::Light);
        self.zoom.fetch(request).await
    }
}

pub(crate) fn with_occurrence(request: ApiRequest, occurrence: Option<&OccurrenceId>) -> ApiRequest {
    match occurrence {
        Some(occurrence) => request.query("occurrence_id", occurrence.as_str()),
        None => request,
    }
}
