//! What became of a meeting: its past instances, who was there, the summary that Zoom wrote.
//!
//! Zoom makes these minutes after the end, so "not found" right after a meeting means "not yet".
//! Guests outside the account have no e-mail address here. Nothing older than a year is answered.
//! Source: Zoom's API reference, "Past meetings" and "Get a meeting summary".

mod meeting;
mod participant;
mod summary;

use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};

pub use meeting::{Instance, PastMeeting};
pub use participant::{Participant, ParticipantStatus};
pub use summary::{EditedSummary, InstanceSummary, SummarySection};

use crate::pages::{LARGEST_PAGE, ListStep, Page, list_answer, paged, walk};
use crate::{MeetingId, MeetingUuid, PastInstance, Zoom, ZoomError};

const PARTICIPANTS: &str = "GET /past_meetings/{meetingId}/participants";

list_answer!(InstancesAnswer, meetings);
list_answer!(ParticipantsAnswer, participants);

/// The signed-in user's past meetings.
#[derive(Clone)]
pub struct PastMeetings {
    zoom: Zoom,
}

impl PastMeetings {
    pub(crate) fn new(zoom: Zoom) -> Self {
        Self { zoom }
    }

    /// One instance, with the times it really began and ended.
    pub async fn get(&self, instance: &PastInstance) -> Result<PastMeeting, ZoomError> {
        let path = format!("/past_meetings/{}", instance.path_segment());
        self.zoom.fetch(ApiRequest::get("GET /past_meetings/{meetingId}", path).rate(RateClass::Light)).await
    }

    /// All instances of a meeting that have ended. One page, always complete.
    pub async fn instances(&self, id: MeetingId) -> Result<Page<Instance>, ZoomError> {
        let path = format!("/past_meetings/{id}/instances");
        let request = ApiRequest::get("GET /past_meetings/{meetingId}/instances", path).rate(RateClass::Medium);
        let answer: InstancesAnswer = self.zoom.fetch(request).await?;
        Ok(answer.page())
    }

    /// One page of who was there: one row for each time somebody came in. Zoom's total is not reliable here.
    pub async fn participants(
        &self,
        instance: &PastInstance,
        page_token: Option<&str>,
    ) -> Result<Page<Participant>, ZoomError> {
        let path = format!("/past_meetings/{}/participants", instance.path_segment());
        let request = ApiRequest::get(PARTICIPANTS, path).rate(RateClass::Medium);
        let request = request.query_opt("include_fields", Some("registrant_id"));
        let answer: ParticipantsAnswer = self.zoom.fetch(paged(request, LARGEST_PAGE, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks who was there: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk_participants(
        &self,
        instance: PastInstance,
    ) -> impl Stream<Item = Result<ListStep<Participant>, ZoomError>> + Send + 'static {
        let past = self.clone();
        walk(PARTICIPANTS, move |token| {
            let (past, instance) = (past.clone(), instance.clone());
            async move { past.participants(&instance, token.as_deref()).await }
        })
    }

    /// The summary that Zoom wrote of an instance, if the account has that switched on.
    pub async fn summary(&self, uuid: &MeetingUuid) -> Result<InstanceSummary, ZoomError> {
        let path = format!("/meetings/{}/meeting_summary", uuid.path_segment());
        self.zoom.fetch(ApiRequest::get("GET /meetings/{meetingId}/meeting_summary", path).rate(RateClass::Light)).await
    }
}
