//! The two lists of meetings: what the user hosts, and what the next 24 hours bring.

use chrono::NaiveDate;
use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

use super::{MeetingType, Meetings};
use crate::open_enum::open_text_enum;
use crate::pages::{ListStep, Page, list_answer, walk};
use crate::{JoinUrl, MeetingId, MeetingUuid, Passcode, ZoomError, ZoomTime, lenient};

const LIST: &str = "GET /users/{userId}/meetings";
const UPCOMING: &str = "GET /users/{userId}/upcoming_meetings";

list_answer!(MeetingsAnswer, meetings);

open_text_enum! {
    /// Which meetings to list. Instant meetings appear in none.
    ListType {
        /// All that have not expired: past, running, to come.
        Scheduled = "scheduled",
        /// Running.
        Live = "live",
        /// To come and running, at most six months.
        Upcoming = "upcoming",
        /// As `Upcoming`, one row for each occurrence.
        UpcomingMeetings = "upcoming_meetings",
        /// Past, at most six months.
        PreviousMeetings = "previous_meetings",
    }
}

/// What to list. Stays the same from page to page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingList {
    /// Which meetings.
    pub list_type: ListType,
    /// First day, in `timezone`.
    pub from: Option<NaiveDate>,
    /// Last day, in `timezone`.
    pub to: Option<NaiveDate>,
    /// IANA zone of `from` and `to`.
    pub timezone: Option<String>,
    /// Rows in a page, 1 to 300.
    pub page_size: u16,
}

impl MeetingList {
    /// All meetings of a type, in the largest pages.
    #[must_use]
    pub fn of(list_type: ListType) -> Self {
        Self { list_type, from: None, to: None, timezone: None, page_size: 300 }
    }
}

/// One page of [`Meetings::list`].
pub type MeetingPage = Page<MeetingSummary>;

/// A row of [`Meetings::list`]. Passcode, settings and start link are not in lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MeetingSummary {
    /// Meeting number. Occurrences of one series share it.
    pub id: MeetingId,
    /// Identifier of the current instance.
    #[serde(default)]
    pub uuid: Option<MeetingUuid>,
    /// Zoom user who hosts.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub host_id: Option<String>,
    /// Topic.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub topic: Option<String>,
    /// Kind of meeting.
    #[serde(default, rename = "type", deserialize_with = "lenient::blank_is_none")]
    pub meeting_type: Option<MeetingType>,
    /// Start; missing for meetings without a fixed time.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// Planned length in minutes.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_minutes: Option<u32>,
    /// IANA zone the meeting was planned in.
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
    /// Number of the personal room, when the meeting uses it.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub pmi: Option<MeetingId>,
}

/// A row of [`Meetings::upcoming`]: hosted by the user, or one they are invited to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct UpcomingMeeting {
    /// Meeting number.
    pub id: MeetingId,
    /// Topic.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub topic: Option<String>,
    /// Kind of meeting.
    #[serde(default, rename = "type", deserialize_with = "lenient::blank_is_none")]
    pub meeting_type: Option<MeetingType>,
    /// Start.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// Planned length in minutes.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_minutes: Option<u32>,
    /// IANA zone the meeting was planned in.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub timezone: Option<String>,
    /// When it was scheduled.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub created_at: Option<ZoomTime>,
    /// Link for guests.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub join_url: Option<JoinUrl>,
    /// Passcode people type.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub passcode: Option<Passcode>,
    /// In the personal room.
    #[serde(default)]
    pub use_pmi: Option<bool>,
    /// Whether the user hosts it. Missing in older answers.
    #[serde(default)]
    pub is_host: Option<bool>,
}

impl Meetings {
    /// One page of the user's meetings; `page_token` is [`Page::next_page_token`] of the page
    /// before it, with the same `list`.
    pub async fn list(&self, list: &MeetingList, page_token: Option<&str>) -> Result<MeetingPage, ZoomError> {
        let answer: MeetingsAnswer = self.zoom.fetch(list_request(list, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks the whole list: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk(
        &self,
        list: MeetingList,
    ) -> impl Stream<Item = Result<ListStep<MeetingSummary>, ZoomError>> + Send + 'static {
        let meetings = self.clone();
        walk(LIST, move |token| {
            let (meetings, list) = (meetings.clone(), list.clone());
            async move { meetings.list(&list, token.as_deref()).await }
        })
    }

    /// What the next 24 hours bring, invitations included. One page, always complete.
    pub async fn upcoming(&self) -> Result<Page<UpcomingMeeting>, ZoomError> {
        let request = ApiRequest::get(UPCOMING, "/users/me/upcoming_meetings").rate(RateClass::Medium);
        let answer: MeetingsAnswer = self.zoom.fetch(request).await?;
        Ok(Page { next_page_token: None, ..answer.page() })
    }
}

fn list_request(list: &MeetingList, page_token: Option<&str>) -> ApiRequest {
    let mut request = ApiRequest::get(LIST, "/users/me/meetings")
        .query("type", list.list_type.as_str())
        .query("page_size", list.page_size.clamp(1, 300).to_string())
        .rate(RateClass::Medium);
    if let Some(from) = list.from {
        request = request.query("from", from.to_string());
    }
    if let Some(to) = list.to {
        request = request.query("to", to.to_string());
    }
    if let Some(timezone) = &list.timezone {
        request = request.query("timezone", timezone);
    }
    if let Some(token) = page_token {
        request = request.query("next_page_token", token);
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<MeetingsAnswer, liaison_transport::TransportError> {
        crate::test_support::response(200, json).json()
    }

    #[test]
    fn a_bad_row_costs_itself_only() {
        let answer = read(
            r#"{"page_size":300,"next_page_token":"","total_records":"3","meetings":[
                {"id":98765432101,"topic":"Offer","start_time":"2027-03-09T14:30:00Z","pmi":""},
                {"id":98765432102,"start_time":"soon"},{"topic":"no number"},{"id":98765432103,"join_url":null}]}"#,
        )
        .unwrap();
        let page: MeetingPage = answer.page();
        assert_eq!((page.next_page_token, page.total_records), (None, Some(3)));
        assert_eq!(page.items.len(), 2);
        let skipped: Vec<_> = page.skipped.iter().map(|row| (row.index, row.field.as_str())).collect();
        assert_eq!(skipped, [(1, "start_time"), (2, ".")]);
    }

    #[test]
    fn an_answer_without_its_list_is_no_empty_list() {
        for json in ["{}", r#"{"total_records":0}"#, r#"{"meetings":null}"#, r#"{"meetings":{}}"#, "[]"] {
            assert!(read(json).is_err(), "{json}");
        }
        assert!(read(r#"{"meetings":[]}"#).is_ok());
    }

    #[test]
    fn the_query_stays_the_same_from_page_to_page() {
        let mut list = MeetingList::of(ListType::Upcoming);
        list.from = NaiveDate::from_ymd_opt(2027, 3, 9);
        list.page_size = 999;
        let first = list_request(&list, None).query;
        let mut second = list_request(&list, Some("token")).query;
        assert_eq!(second.pop(), Some(("next_page_token".to_owned(), "token".to_owned())));
        assert_eq!(first, second);
        assert!(first.contains(&("page_size".to_owned(), "300".to_owned())));
        assert!(first.contains(&("from".to_owned(), "2027-03-09".to_owned())));
    }
}
