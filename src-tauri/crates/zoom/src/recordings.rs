//! Cloud recordings: of one meeting or webinar, and of the user.
//!
//! Addresses of files open for whoever has them and a token, so they show nothing in `Debug`.
//! Source: Zoom's API reference, "Cloud recording".

mod files;

use chrono::NaiveDate;
use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};

pub use files::{InstanceRecordings, ParticipantAudio, RecordingFile, RecordingStatus, RecordingView};

use crate::pages::{LARGEST_PAGE, ListStep, Page, list_answer, paged, walk};
use crate::{PastInstance, Zoom, ZoomError};

const LIST: &str = "GET /users/{userId}/recordings";
const VIEWS: &str = "GET /meetings/{meetingId}/recordings/analytics_details";

list_answer!(RecordingsAnswer, meetings);
list_answer!(ViewsAnswer, analytics_details);

/// Which days to list: at most a month, from an early day to a late one, in UTC. Without them: today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecordingDays {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

/// The signed-in user's cloud recordings.
#[derive(Clone)]
pub struct Recordings {
    zoom: Zoom,
}

impl Recordings {
    pub(crate) fn new(zoom: Zoom) -> Self {
        Self { zoom }
    }

    /// The recordings of one instance; "not found" when there are none (yet).
    pub async fn of_instance(&self, instance: &PastInstance) -> Result<InstanceRecordings, ZoomError> {
        let path = format!("/meetings/{}/recordings", instance.path_segment());
        self.zoom.fetch(ApiRequest::get("GET /meetings/{meetingId}/recordings", path).rate(RateClass::Light)).await
    }

    /// One page of who watched the recordings of an instance, one row for each time; "not found" when there are none.
    pub async fn views(
        &self,
        instance: &PastInstance,
        days: RecordingDays,
        page_token: Option<&str>,
    ) -> Result<Page<RecordingView>, ZoomError> {
        let request =
            ApiRequest::get(VIEWS, format!("/meetings/{}/recordings/analytics_details", instance.path_segment()))
                .query("type", "by_view")
                .query_opt("from", days.from.map(|day| day.to_string()))
                .query_opt("to", days.to.map(|day| day.to_string()))
                .rate(RateClass::Medium);
        let answer: ViewsAnswer = self.zoom.fetch(paged(request, LARGEST_PAGE, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks who watched: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk_views(
        &self,
        instance: PastInstance,
        days: RecordingDays,
    ) -> impl Stream<Item = Result<ListStep<RecordingView>, ZoomError>> + Send + 'static {
        let recordings = self.clone();
        walk(VIEWS, move |token| {
            let (recordings, instance) = (recordings.clone(), instance.clone());
            async move { recordings.views(&instance, days, token.as_deref()).await }
        })
    }

    /// One page of the user's recordings; `page_token` is [`Page::next_page_token`] of the page before it.
    pub async fn list(
        &self,
        days: RecordingDays,
        page_token: Option<&str>,
    ) -> Result<Page<InstanceRecordings>, ZoomError> {
        let request = ApiRequest::get(LIST, "/users/me/recordings")
            .query_opt("from", days.from.map(|day| day.to_string()))
            .query_opt("to", days.to.map(|day| day.to_string()))
            .rate(RateClass::Medium);
        let answer: RecordingsAnswer = self.zoom.fetch(paged(request, LARGEST_PAGE, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks the user's recordings: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk(
        &self,
        days: RecordingDays,
    ) -> impl Stream<Item = Result<ListStep<InstanceRecordings>, ZoomError>> + Send + 'static {
        let recordings = self.clone();
        walk(LIST, move |token| {
            let recordings = recordings.clone();
            async move { recordings.list(days, token.as_deref()).await }
        })
    }
}
