//! The list of the webinars that the user hosts.

use std::collections::HashSet;

use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

use super::{WebinarType, Webinars};
use crate::open_enum::open_text_enum;
use crate::pages::{LARGEST_PAGE, ListStep, Page, list_answer, paged, walk};
use crate::{JoinUrl, MeetingUuid, WebinarId, ZoomError, ZoomTime, lenient};

const LIST: &str = "GET /users/{userId}/webinars";

list_answer!(WebinarsAnswer, webinars);

open_text_enum! {
    /// Which webinars to list.
    WebinarListType {
        /// All that have not expired: past, running, to come.
        Scheduled = "scheduled",
        /// To come and running.
        Upcoming = "upcoming",
    }
}

/// A row of [`Webinars::list`]. Passcode, settings and start link are not in lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WebinarSummary {
    /// Webinar number. Occurrences of one series share it.
    pub id: WebinarId,
    /// Identifier of the current instance.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub uuid: Option<MeetingUuid>,
    /// Zoom user who hosts.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub host_id: Option<String>,
    /// Topic.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub topic: Option<String>,
    /// Kind of webinar.
    #[serde(default, rename = "type", deserialize_with = "lenient::blank_is_none")]
    pub webinar_type: Option<WebinarType>,
    /// Start; missing for webinars without a fixed time.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// Planned length in minutes.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_minutes: Option<u32>,
    /// IANA zone the webinar was planned in.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub timezone: Option<String>,
    /// Description, cut at 250 characters.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub agenda: Option<String>,
    /// When it was scheduled.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub created_at: Option<ZoomTime>,
    /// Link for guests.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub join_url: Option<JoinUrl>,
    /// Whether a recording is shown as if live.
    #[serde(default)]
    pub is_simulive: Option<bool>,
}

impl Webinars {
    /// One page of the user's webinars; `page_token` is [`Page::next_page_token`] of the page before it.
    pub async fn list(
        &self,
        list_type: &WebinarListType,
        page_token: Option<&str>,
    ) -> Result<Page<WebinarSummary>, ZoomError> {
        let request =
            ApiRequest::get(LIST, "/users/me/webinars").query("type", list_type.as_str()).rate(RateClass::Medium);
        let answer: WebinarsAnswer = self.zoom.fetch(paged(request, LARGEST_PAGE, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks the whole list: see [`ListStep`]. After an error the walk has ended, incomplete.
    ///
    /// Zoom's reference knows only page numbers for this list although its answers carry tokens. Whether the
    /// server really turned the page therefore shows in the rows: a page without a new one ends in an error
    /// rather than in a list that looks complete.
    pub fn walk(
        &self,
        list_type: WebinarListType,
    ) -> impl Stream<Item = Result<ListStep<WebinarSummary>, ZoomError>> + Send + 'static {
        let webinars = self.clone();
        let seen = std::sync::Arc::new(std::sync::Mutex::new(HashSet::new()));
        walk(LIST, move |token| {
            let (webinars, list_type, seen) = (webinars.clone(), list_type.clone(), seen.clone());
            async move {
                let page = webinars.list(&list_type, token.as_deref()).await?;
                let mut seen = seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if token.is_none() {
                    seen.clear();
                }
                let mut new = false;
                for row in &page.items {
                    new |= seen.insert((row.id, row.start_time));
                }
                if token.is_some() && !new && !page.items.is_empty() {
                    return Err(ZoomError::EndlessList { operation: LIST, reason: "a page repeats" });
                }
                Ok(page)
            }
        })
    }
}
