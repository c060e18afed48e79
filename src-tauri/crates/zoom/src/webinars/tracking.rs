//! Tracking links: where registrants came from.

use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

use super::Webinars;
use crate::pages::{Page, list_answer};
use crate::{JoinUrl, WebinarId, ZoomError, lenient};

list_answer!(TrackingAnswer, tracking_sources);

/// A tracking link with its counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TrackingSource {
    /// Identifier, for [`crate::RegistrantList::tracking_source_id`].
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub id: String,
    /// Name the host gave it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub source_name: Option<String>,
    /// The link to the registration form.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub tracking_url: Option<JoinUrl>,
    /// How many registered through it.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub registration_count: Option<u32>,
    /// How many looked at the form.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub visitor_count: Option<u32>,
}

impl Webinars {
    /// The tracking links. One page, always complete.
    pub async fn tracking_sources(&self, id: WebinarId) -> Result<Page<TrackingSource>, ZoomError> {
        let path = format!("/webinars/{id}/tracking_sources");
        let request = ApiRequest::get("GET /webinars/{webinarId}/tracking_sources", path).rate(RateClass::Medium);
        let answer: TrackingAnswer = self.zoom.fetch(request).await?;
        Ok(answer.page())
    }
}
