//! The summary that Zoom wrote of a call.

use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

use super::Phone;
use crate::identifier::segment;
use crate::{ZoomError, ZoomTime, lenient};

/// A summary of a call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AiCallSummary {
    /// Identifier.
    #[serde(default, rename = "ai_call_summary_id", deserialize_with = "lenient::optional_text")]
    pub id: Option<String>,
    /// Zoom account.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub account_id: Option<String>,
    /// Zoom user it belongs to.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub user_id: Option<String>,
    /// The telephone system's number of the call.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_id: Option<String>,
    /// The gist.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_summary: Option<String>,
    /// The whole.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub detailed_summary: Option<String>,
    /// What is to be done.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub next_steps: Option<String>,
    /// What the user thought of it: `thumb_up` or `thumb_down`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_summary_rate: Option<String>,
    /// Language of the call.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub transcript_language: Option<String>,
    /// The user changed it.
    #[serde(default)]
    pub edited: Option<bool>,
    /// When it was written.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub created_time: Option<ZoomTime>,
    /// When it was last changed.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub modified_time: Option<ZoomTime>,
}

impl Phone {
    /// The summary of a call; its identifier stands in the sync's legs.
    pub async fn ai_summary(&self, ai_call_summary_id: &str) -> Result<AiCallSummary, ZoomError> {
        let path = format!("/phone/user/me/ai_call_summary/{}", segment(ai_call_summary_id));
        let operation = "GET /phone/user/{userId}/ai_call_summary/{aiCallSummaryId}";
        self.zoom.fetch(ApiRequest::get(operation, path).rate(RateClass::PhoneMedium)).await
    }
}
