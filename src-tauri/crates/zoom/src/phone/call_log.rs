//! The first form of the call history, which Zoom has announced the end of. Read only where an account does not
//! answer the newer one.

use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

use super::{CallDirection, CallWindow, Phone, within};
use crate::open_enum::open_text_enum;
use crate::pages::{LARGEST_PAGE, ListStep, Page, list_answer, paged, walk};
use crate::{ZoomError, ZoomTime, lenient};

const LOGS: &str = "GET /phone/users/{userId}/call_logs";

list_answer!(LogsAnswer, call_logs);

open_text_enum! {
    /// Which calls to list.
    CallLogKind {
        /// All.
        All = "all",
        /// Those nobody answered.
        Missed = "missed",
    }
}

/// One call of the user, in the first form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CallLog {
    /// Identifier.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub id: String,
    /// The telephone system's number of the call.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_id: Option<String>,
    /// Zoom user.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub user_id: Option<String>,
    /// Which way it went.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub direction: Option<CallDirection>,
    /// How it ended, in words: `Call connected`, `No Answer` and others.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub result: Option<String>,
    /// How it reached the user.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub path: Option<String>,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub date_time: Option<ZoomTime>,
    /// When it was answered; incoming calls only.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub answer_start_time: Option<ZoomTime>,
    /// When it ended.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub call_end_time: Option<ZoomTime>,
    /// Whole length in seconds.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_seconds: Option<u64>,
    /// On hold, in seconds.
    #[serde(default, rename = "hold_time", deserialize_with = "lenient::optional_whole_number")]
    pub hold_time_seconds: Option<u64>,
    /// Waiting, in seconds.
    #[serde(default, rename = "waiting_time", deserialize_with = "lenient::optional_whole_number")]
    pub waiting_time_seconds: Option<u64>,
    /// Caller's name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_name: Option<String>,
    /// Caller's number or extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_number: Option<String>,
    /// 1 extension, 2 number.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub caller_number_type: Option<i64>,
    /// Where the number comes from.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_number_source: Option<String>,
    /// Caller's number, with `+`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_did_number: Option<String>,
    /// Calling code of the caller's country.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_country_code: Option<String>,
    /// Caller's country.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_country_iso_code: Option<String>,
    /// Name of who was called.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_name: Option<String>,
    /// Their number or extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_number: Option<String>,
    /// 1 extension, 2 number, 3 emergency number.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub callee_number_type: Option<i64>,
    /// Where the number comes from.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_number_source: Option<String>,
    /// Their number, with `+`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_did_number: Option<String>,
    /// Calling code of their country.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_country_code: Option<String>,
    /// Their country.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_country_iso_code: Option<String>,
    /// Who answered.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub accepted_by: Option<CallParty>,
    /// Who called.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub outgoing_by: Option<CallParty>,
    /// Who sent it on.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub forwarded_by: Option<CallParty>,
    /// Where to.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub forwarded_to: Option<CallParty>,
    /// There is a recording.
    #[serde(default)]
    pub has_recording: Option<bool>,
    /// There is a voicemail.
    #[serde(default)]
    pub has_voicemail: Option<bool>,
    /// `OnDemand` or `Automatic`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub recording_type: Option<String>,
    /// Code for billing it to a client.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub client_code: Option<String>,
    /// Department of the user.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub department: Option<String>,
    /// Cost centre of the user.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub cost_center: Option<String>,
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CallParty {
    /// Name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// Extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub extension_number: Option<String>,
    /// What sort of extension it is.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub extension_type: Option<String>,
    /// Number.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub phone_number: Option<String>,
    /// 1 extension, 2 number, 3 number of one's own making.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub number_type: Option<i64>,
    /// Where.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub location: Option<String>,
}

impl Phone {
    /// One page; `page_token` is [`Page::next_page_token`] of the page before it.
    pub async fn call_logs(
        &self,
        window: Option<CallWindow>,
        kind: &CallLogKind,
        page_token: Option<&str>,
    ) -> Result<Page<CallLog>, ZoomError> {
        let request = ApiRequest::get(LOGS, "/phone/users/me/call_logs")
            .query("type", kind.as_str())
            .rate(RateClass::PhoneMedium);
        let answer: LogsAnswer = self.zoom.fetch(paged(within(request, window), LARGEST_PAGE, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks the whole list: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk_call_logs(
        &self,
        window: Option<CallWindow>,
        kind: CallLogKind,
    ) -> impl Stream<Item = Result<ListStep<CallLog>, ZoomError>> + Send + 'static {
        let phone = self.clone();
        walk(LOGS, move |token| {
            let (phone, kind) = (phone.clone(), kind.clone());
            async move { phone.call_logs(window, &kind, token.as_deref()).await }
        })
    }
}
