//! The user's voicemails.

use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

use super::{CallWindow, Phone, within};
use crate::identifier::segment;
use crate::open_enum::open_text_enum;
use crate::pages::{LARGEST_PAGE, ListStep, Page, list_answer, paged, walk};
use crate::{FileUrl, ZoomError, ZoomTime, lenient};

const VOICEMAILS: &str = "GET /phone/users/{userId}/voice_mails";

list_answer!(VoicemailsAnswer, voice_mails);

open_text_enum! {
    /// Whether a voicemail was listened to.
    VoicemailStatus {
        /// It was.
        Read = "read",
        /// It was not.
        Unread = "unread",
    }
}

/// What to list. Stays the same from page to page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VoicemailFilter {
    /// When; the last 24 hours without it.
    pub window: Option<CallWindow>,
    /// Only read ones, or only unread ones.
    pub status: Option<VoicemailStatus>,
}

/// A voicemail. Transcription and task are in the single answer only.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Voicemail {
    /// Identifier.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub id: String,
    /// Whether it was listened to.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub status: Option<VoicemailStatus>,
    /// The telephone system's number of the call.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_id: Option<String>,
    /// Leg it belongs to.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_element_id: Option<String>,
    /// Call it belongs to; older answers.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_history_id: Option<String>,
    /// Leg it belongs to; older answers.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_log_id: Option<String>,
    /// When it was spoken.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub date_time: Option<ZoomTime>,
    /// Length in seconds.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_seconds: Option<u64>,
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
    /// Address of the sound; wants the user's access token.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub download_url: Option<FileUrl>,
    /// What was said, in writing.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub transcription: Option<Transcription>,
    /// What Zoom believes is to be done.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub voice_mail_task: Option<VoicemailTask>,
    /// When it went to the trash.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub deleted_time: Option<ZoomTime>,
}

/// What was said, in writing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Transcription {
    /// Zoom's number of the state; 2 means done.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub status: Option<i64>,
    /// The text.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub content: Option<String>,
    /// Whose engine wrote it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub engine: Option<String>,
}

/// What Zoom believes is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct VoicemailTask {
    /// How far Zoom is: `processing`, `success`, `no_task` or `failure`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub status: Option<String>,
    /// The text.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub content: Option<String>,
    /// What the user thought of it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub feedback: Option<String>,
}

impl Phone {
    /// One page; `page_token` is [`Page::next_page_token`] of the page before it, with the same `filter`.
    pub async fn voicemails(
        &self,
        filter: &VoicemailFilter,
        page_token: Option<&str>,
    ) -> Result<Page<Voicemail>, ZoomError> {
        let request = ApiRequest::get(VOICEMAILS, "/phone/users/me/voice_mails")
            .query("status", filter.status.as_ref().map_or("all", VoicemailStatus::as_str))
            .rate(RateClass::PhoneMedium);
        let answer: VoicemailsAnswer =
            self.zoom.fetch(paged(within(request, filter.window), LARGEST_PAGE, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks the whole list: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk_voicemails(
        &self,
        filter: VoicemailFilter,
    ) -> impl Stream<Item = Result<ListStep<Voicemail>, ZoomError>> + Send + 'static {
        let phone = self.clone();
        walk(VOICEMAILS, move |token| {
            let (phone, filter) = (phone.clone(), filter.clone());
            async move { phone.voicemails(&filter, token.as_deref()).await }
        })
    }

    /// One voicemail, with its transcription.
    pub async fn voicemail(&self, id: &str) -> Result<Voicemail, ZoomError> {
        let path = format!("/phone/voice_mails/{}", segment(id));
        self.zoom.fetch(ApiRequest::get("GET /phone/voice_mails/{voicemailId}", path).rate(RateClass::PhoneLight)).await
    }

    /// The voicemail of one leg.
    pub async fn voicemail_of(&self, call_element_id: &str) -> Result<Voicemail, ZoomError> {
        let path = format!("/phone/call_element/{}/voice_mail", segment(call_element_id));
        let operation = "GET /phone/call_element/{callElementId}/voice_mail";
        self.zoom.fetch(ApiRequest::get(operation, path).rate(RateClass::PhoneLight)).await
    }

    /// Marks a voicemail. Marking as unread is refused where the account has not switched it on.
    pub async fn mark_voicemail(&self, id: &str, read: bool) -> Result<(), ZoomError> {
        let path = format!("/phone/voice_mails/{}", segment(id));
        let request = ApiRequest::patch("PATCH /phone/voice_mails/{voicemailId}", path)
            .query("read_status", if read { "Read" } else { "Unread" })
            .rate(RateClass::PhoneLight)
            .idempotent(true);
        self.zoom.send(request).await?;
        Ok(())
    }
}
