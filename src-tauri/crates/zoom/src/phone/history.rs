//! The user's call history, in pages.

use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{CallDirection, CallLeg, CallWindow, Phone, within};
use crate::pages::{LARGEST_PAGE, ListStep, Page, Paging, SkippedRow, paged, walk};
use crate::{ZoomError, ZoomTime, lenient};

const HISTORY: &str = "GET /phone/users/{userId}/call_history";

/// What to list. Stays the same from page to page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallHistoryFilter {
    /// When; the last 24 hours without it.
    pub window: Option<CallWindow>,
    /// One way only.
    pub direction: Option<CallDirection>,
    /// A name, number, e-mail address or call to look for.
    pub keyword: Option<String>,
    /// Rows in a page, 1 to 300.
    pub page_size: u16,
}

impl CallHistoryFilter {
    /// All of a stretch of time, in the largest pages.
    #[must_use]
    pub fn within(window: CallWindow) -> Self {
        Self { window: Some(window), ..Self::default() }
    }
}

impl Default for CallHistoryFilter {
    fn default() -> Self {
        Self { window: None, direction: None, keyword: None, page_size: LARGEST_PAGE }
    }
}

/// The rows of a call history under the names Zoom has had for them: `call_elements`, `call_history`,
/// `call_logs`, `call_path`, newest name first.
pub(super) struct LegArrays(pub [Option<Vec<Box<RawValue>>>; 4]);

impl LegArrays {
    /// The rows of the newest array that has any: Zoom sends the same legs in two arrays at once. An answer
    /// without any array is refused, because it must not look like an empty list.
    pub(super) fn rows<E: serde::de::Error>(self) -> Result<Vec<Box<RawValue>>, E> {
        let mut empty = None;
        for rows in self.0.into_iter().flatten() {
            if !rows.is_empty() {
                return Ok(rows);
            }
            empty = Some(rows);
        }
        empty.ok_or_else(|| E::missing_field("call_elements"))
    }
}

/// Reads rows and sets those without an identifier aside: they could be neither kept nor folded.
pub(super) fn legs(rows: &[Box<RawValue>], paging: Paging) -> Page<CallLeg> {
    let mut page: Page<CallLeg> = Page::read(rows, paging);
    let bad: Vec<usize> = page.skipped.iter().map(|row| row.index).collect();
    let mut places = (0..rows.len()).filter(|index| !bad.contains(index));
    let mut nameless = Vec::new();
    page.items.retain(|leg| {
        let index = places.next().unwrap_or_default();
        if leg.id().is_none() {
            let start_time = leg.start_time.and_then(ZoomTime::utc);
            nameless.push(SkippedRow { index, field: "call_element_id".to_owned(), start_time });
        }
        leg.id().is_some()
    });
    page.skipped.extend(nameless);
    page.skipped.sort_by_key(|row| row.index);
    page
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "Answer")]
pub(crate) struct HistoryAnswer {
    rows: Vec<Box<RawValue>>,
    next_page_token: Option<String>,
    total_records: Option<u64>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    call_elements: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    call_history: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    call_logs: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    call_path: Option<Vec<Box<RawValue>>>,
    #[serde(default, deserialize_with = "lenient::optional_text")]
    next_page_token: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    total_records: Option<u64>,
}

impl TryFrom<Answer> for HistoryAnswer {
    type Error = serde::de::value::Error;

    fn try_from(answer: Answer) -> Result<Self, Self::Error> {
        let arrays = LegArrays([answer.call_elements, answer.call_history, answer.call_logs, answer.call_path]);
        Ok(Self { rows: arrays.rows()?, next_page_token: answer.next_page_token, total_records: answer.total_records })
    }
}

impl HistoryAnswer {
    pub(crate) fn page(self) -> Page<CallLeg> {
        legs(&self.rows, Paging { next_page_token: self.next_page_token, total_records: self.total_records })
    }
}

impl Phone {
    /// One page of legs; `page_token` is [`Page::next_page_token`] of the page before it, with the same `filter`.
    ///
    /// A leg appears some seconds to minutes after it ended.
    pub async fn history(
        &self,
        filter: &CallHistoryFilter,
        page_token: Option<&str>,
    ) -> Result<Page<CallLeg>, ZoomError> {
        let answer: HistoryAnswer = self.zoom.fetch(request(filter, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks the whole history of a stretch: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk_history(
        &self,
        filter: CallHistoryFilter,
    ) -> impl Stream<Item = Result<ListStep<CallLeg>, ZoomError>> + Send + 'static {
        let phone = self.clone();
        walk(HISTORY, move |token| {
            let (phone, filter) = (phone.clone(), filter.clone());
            async move { phone.history(&filter, token.as_deref()).await }
        })
    }
}

fn request(filter: &CallHistoryFilter, page_token: Option<&str>) -> ApiRequest {
    let request = ApiRequest::get(HISTORY, "/phone/users/me/call_history")
        .query_opt("directions", filter.direction.as_ref().map(CallDirection::as_str))
        .query_opt("keyword", filter.keyword.as_deref())
        .rate(RateClass::PhoneMedium);
    paged(within(request, filter.window), filter.page_size, page_token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::response;

    fn read(json: &str) -> Result<Page<CallLeg>, liaison_transport::TransportError> {
        response(200, json).json::<HistoryAnswer>().map(HistoryAnswer::page)
    }

    fn ids(page: &Page<CallLeg>) -> Vec<&str> {
        page.items.iter().filter_map(CallLeg::id).collect()
    }

    #[test]
    fn the_same_legs_in_two_arrays_count_once() {
        let both = r#"{"call_elements":[{"call_element_id":"a"},{"call_element_id":"b"}],
                       "call_logs":[{"id":"a"},{"id":"b"}],"next_page_token":"t"}"#;
        let page = read(both).unwrap();
        assert_eq!(ids(&page), ["a", "b"]);
        assert_eq!(page.next_page_token.as_deref(), Some("t"));
    }

    #[test]
    fn older_arrays_are_read_where_the_newer_one_is_missing_or_empty() {
        for json in [
            r#"{"call_logs":[{"id":"a"}]}"#,
            r#"{"call_elements":[],"call_logs":[{"id":"a"}]}"#,
            r#"{"call_elements":null,"call_history":[{"id":"a"}]}"#,
            r#"{"call_path":[{"id":"a"}]}"#,
        ] {
            assert_eq!(ids(&read(json).unwrap()), ["a"], "{json}");
        }
    }

    #[test]
    fn no_array_is_no_empty_list() {
        for json in ["{}", r#"{"total_records":0}"#, r#"{"call_elements":null}"#, "[]"] {
            assert!(read(json).is_err(), "{json}");
        }
        assert_eq!(read(r#"{"call_elements":[]}"#).unwrap().items, []);
        let error = read("{}").unwrap_err().to_string();
        assert!(!error.is_empty());
    }

    #[test]
    fn rows_that_cannot_be_used_are_told_by_their_place() {
        let json = r#"{"call_elements":[{"call_element_id":"a"},{"call_element_id":"b","start_time":"soon"},
            {"call_id":"1"},{"call_element_id":"c"},17]}"#;
        let page = read(json).unwrap();
        assert_eq!(ids(&page), ["a", "c"]);
        let skipped: Vec<_> = page.skipped.iter().map(|row| (row.index, row.field.as_str())).collect();
        assert_eq!(skipped, [(1, "start_time"), (2, "call_element_id"), (4, ".")]);
    }

    #[test]
    fn rows_that_cannot_be_used_say_when_they_began() {
        let json = r#"{"call_elements":[{"call_id":"1","start_time":"2026-12-01T08:00:00Z"},
            {"call_element_id":["b"],"start_time":"2026-12-01T09:00:00Z"},{"call_element_id":"c","start_time":"soon"}]}"#;
        let page = read(json).unwrap();
        let began: Vec<_> = page.skipped.iter().map(|row| row.start_time.map(|at| at.to_rfc3339())).collect();
        let told = |at: &str| Some(at.to_owned());
        assert_eq!(began, [told("2026-12-01T08:00:00+00:00"), told("2026-12-01T09:00:00+00:00"), None]);
    }
}
