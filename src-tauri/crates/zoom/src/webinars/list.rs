//! The list of the webinars that the user hosts.

use std::collections::HashSet;
use std::sync::Arc;

use futures::Stream;
use futures::lock::Mutex;
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
        self.fetch_page(paged(list_request(list_type), LARGEST_PAGE, page_token)).await
    }

    async fn fetch_page(&self, request: ApiRequest) -> Result<Page<WebinarSummary>, ZoomError> {
        let answer: WebinarsAnswer = self.zoom.fetch(request).await?;
        Ok(answer.page())
    }

    /// Walks the whole list: see [`ListStep`]. After an error the walk has ended, incomplete.
    ///
    /// Zoom's reference knows only page numbers for this list although its answers carry tokens. Whether the
    /// server really turned the page therefore shows in the rows: after a token that brings no new one the walk goes
    /// on by numbers, and where those bring none either it ends in an error rather than in a list that looks complete.
    pub fn walk(
        &self,
        list_type: WebinarListType,
    ) -> impl Stream<Item = Result<ListStep<WebinarSummary>, ZoomError>> + Send + 'static {
        let webinars = self.clone();
        let turning = Arc::new(Mutex::new(Turning::default()));
        walk(LIST, move |token| {
            let (webinars, list_type, turning) = (webinars.clone(), list_type.clone(), turning.clone());
            async move {
                // One walk asks for one page at a time: nobody else waits.
                let mut turning = turning.lock().await;
                turning.page(&webinars, &list_type, token).await
            }
        })
    }
}

fn list_request(list_type: &WebinarListType) -> ApiRequest {
    ApiRequest::get(LIST, "/users/me/webinars").query("type", list_type.as_str()).rate(RateClass::Medium)
}

/// Where a walk is.
#[derive(Default)]
struct Turning {
    seen: HashSet<(WebinarId, Option<ZoomTime>)>,
    pages: u32,
    /// Tokens turn no page here.
    by_number: bool,
}

impl Turning {
    async fn page(
        &mut self,
        webinars: &Webinars,
        list_type: &WebinarListType,
        token: Option<String>,
    ) -> Result<Page<WebinarSummary>, ZoomError> {
        if token.is_none() {
            *self = Self::default();
        }
        if !self.by_number {
            let page = webinars.list(list_type, token.as_deref()).await?;
            if self.is_new(&page) || token.is_none() {
                self.pages += 1;
                return Ok(page);
            }
            self.by_number = true;
        }
        let number = (self.pages + 1).to_string();
        let request = paged(list_request(list_type), LARGEST_PAGE, None).query("page_number", &number);
        let page = webinars.fetch_page(request).await?;
        if !self.is_new(&page) {
            return Err(ZoomError::EndlessList { operation: LIST, reason: "a page repeats" });
        }
        self.pages += 1;
        // The token tells only whether there is more; it may be the same on each page.
        let empty = page.items.is_empty() && page.skipped.is_empty();
        let next = page.next_page_token.as_ref().filter(|_| !empty).map(|_| number);
        Ok(Page { next_page_token: next, ..page })
    }

    /// Whether the page has rows that no page before it had; an empty one is the end and no repetition.
    fn is_new(&mut self, page: &Page<WebinarSummary>) -> bool {
        let fresh = page.items.iter().filter(|row| self.seen.insert((row.id, row.start_time))).count();
        fresh > 0 || page.items.is_empty()
    }
}
