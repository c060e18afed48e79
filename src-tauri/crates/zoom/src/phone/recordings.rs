//! Recordings of the user's calls.

use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

use super::{CallDirection, CallWindow, Phone, within};
use crate::identifier::segment;
use crate::pages::{LARGEST_PAGE, ListStep, Page, list_answer, paged, walk};
use crate::{FileUrl, ZoomError, ZoomTime, lenient};

const RECORDINGS: &str = "GET /phone/users/{userId}/recordings";

list_answer!(RecordingsAnswer, recordings);

/// A recording of a call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PhoneRecording {
    /// Identifier.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub id: String,
    /// The telephone system's number of the call.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_id: Option<String>,
    /// Leg that was recorded.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_element_id: Option<String>,
    /// Call that was recorded; older answers.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_history_id: Option<String>,
    /// Leg that was recorded; older answers.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_log_id: Option<String>,
    /// Which way the call went.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub direction: Option<CallDirection>,
    /// When it was recorded.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub date_time: Option<ZoomTime>,
    /// When the recording ended.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub end_time: Option<ZoomTime>,
    /// Length in seconds.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_seconds: Option<u64>,
    /// `OnDemand` or `Automatic`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub recording_type: Option<String>,
    /// Caller's name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_name: Option<String>,
    /// Caller's number or extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_number: Option<String>,
    /// 1 inside the account, 2 outside.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub caller_number_type: Option<i64>,
    /// Caller's account, between accounts.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_account_code: Option<String>,
    /// Name of who was called.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_name: Option<String>,
    /// Their number or extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_number: Option<String>,
    /// 1 inside the account, 2 outside, 3 emergency number.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub callee_number_type: Option<i64>,
    /// Their account, between accounts.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_account_code: Option<String>,
    /// Who answered.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub accepted_by: Option<RecordingParty>,
    /// Who called.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub outgoing_by: Option<RecordingParty>,
    /// Meeting that the call became.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub meeting_uuid: Option<String>,
    /// Address of the sound; wants the user's access token.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub download_url: Option<FileUrl>,
    /// Address of the transcript; wants the user's access token.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub transcript_download_url: Option<FileUrl>,
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordingParty {
    /// Name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// Extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub extension_number: Option<String>,
}

impl Phone {
    /// One page; `page_token` is [`Page::next_page_token`] of the page before it.
    pub async fn recordings(
        &self,
        window: Option<CallWindow>,
        page_token: Option<&str>,
    ) -> Result<Page<PhoneRecording>, ZoomError> {
        let request = ApiRequest::get(RECORDINGS, "/phone/users/me/recordings").rate(RateClass::PhoneMedium);
        let answer: RecordingsAnswer =
            self.zoom.fetch(paged(within(request, window), LARGEST_PAGE, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks the whole list: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk_recordings(
        &self,
        window: Option<CallWindow>,
    ) -> impl Stream<Item = Result<ListStep<PhoneRecording>, ZoomError>> + Send + 'static {
        let phone = self.clone();
        walk(RECORDINGS, move |token| {
            let phone = phone.clone();
            async move { phone.recordings(window, token.as_deref()).await }
        })
    }

    /// The recording of one leg.
    pub async fn recording_of(&self, call_element_id: &str) -> Result<PhoneRecording, ZoomError> {
        let path = format!("/phone/call_element/{}/recording", segment(call_element_id));
        let operation = "GET /phone/call_element/{callElementId}/recording";
        self.zoom.fetch(ApiRequest::get(operation, path).rate(RateClass::PhoneLight)).await
    }
}
