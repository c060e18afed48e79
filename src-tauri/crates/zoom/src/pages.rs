//! Lists in pages: one page, and the walk along `next_page_token`.
//!
//! A token lives 15 minutes and belongs to its query (Zoom's page "Pagination"). When it has
//! expired the walk starts over and says so, because rows may have moved between pages. The end of
//! a list is announced only after its last page was really seen: whoever infers deletions from a
//! list waits for [`ListStep::Complete`], and checks that no row was skipped.

use chrono::{DateTime, Utc};
use futures::Stream;
use liaison_transport::ApiRequest;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::ZoomTime;
use crate::error::{ErrorKind, ZoomError};

/// How often one walk starts over before it gives up.
const MOST_RESTARTS: u32 = 3;

/// How many pages one walk follows: 300 rows each, so 600,000 rows.
const MOST_PAGES: u32 = 2_000;

/// The most rows Zoom puts in a page.
pub(crate) const LARGEST_PAGE: u16 = 300;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows that could be read, in Zoom's order.
    pub items: Vec<T>,
    /// The rows that could not be read.
    pub skipped: Vec<SkippedRow>,
    /// Where the next page starts. `None` on the last page.
    pub next_page_token: Option<String>,
    /// Zoom's count over all pages; not reliable on every list.
    pub total_records: Option<u64>,
}

/// A row that could not be read. Holds nothing of the row but when it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    /// Position in the page, from 0.
    pub index: usize,
    /// The field that could not be read, for example `start_time`.
    pub field: String,
    /// When the row says that it began, as far as that can be read.
    pub start_time: Option<DateTime<Utc>>,
}

/// What a walk along a list reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListStep<T> {
    /// The next page.
    Page(Page<T>),
    /// The token expired: the list starts again, what was seen so far may be stale.
    Restarted,
    /// The last page was seen.
    Complete {
        /// Rows that could not be read since the (re)start.
        skipped: usize,
    },
}

/// The paging fields that all lists share.
#[derive(Debug, Default)]
pub(crate) struct Paging {
    pub next_page_token: Option<String>,
    pub total_records: Option<u64>,
}

impl<T: DeserializeOwned> Page<T> {
    /// Reads rows one by one, so that a bad row costs itself and not its page.
    pub(crate) fn read(rows: &[Box<RawValue>], paging: Paging) -> Self {
        let mut items = Vec::with_capacity(rows.len());
        let mut skipped = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            match serde_json::from_str(row.get()) {
                Ok(item) => items.push(item),
                Err(_) => skipped.push(SkippedRow { index, field: odd_field::<T>(row), start_time: began(row) }),
            }
        }
        Self { items, skipped, next_page_token: paging.next_page_token, total_records: paging.total_records }
    }
}

/// Reads a row that cannot be read once more, this time keeping track of the field; good rows, which are
/// nearly all, are spared the cost.
fn odd_field<T: DeserializeOwned>(row: &RawValue) -> String {
    let mut deserializer = serde_json::Deserializer::from_str(row.get());
    match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Ok(_) => ".".to_owned(),
        Err(error) => error.path().to_string(),
    }
}

/// When a row that cannot be read says that it began.
fn began(row: &RawValue) -> Option<DateTime<Utc>> {
    #[derive(Deserialize)]
    struct Began {
        start_time: ZoomTime,
    }
    serde_json::from_str::<Began>(row.get()).ok()?.start_time.utc()
}

/// Adds the two parameters that every list in pages has.
pub(crate) fn paged(request: ApiRequest, page_size: u16, page_token: Option<&str>) -> ApiRequest {
    request.query("page_size", page_size.clamp(1, LARGEST_PAGE).to_string()).query_opt("next_page_token", page_token)
}

/// The answer of a list: its rows under a name of their own, and the paging fields.
macro_rules! list_answer {
    ($name:ident, $rows:ident) => {
        #[derive(Debug, serde::Deserialize)]
        pub(crate) struct $name {
            // Required: an answer without it must not look like an empty list.
            $rows: Vec<Box<serde_json::value::RawValue>>,
            #[serde(default, deserialize_with = "crate::lenient::optional_text")]
            next_page_token: Option<String>,
            #[serde(default, deserialize_with = "crate::lenient::optional_whole_number")]
            total_records: Option<u64>,
        }

        impl $name {
            pub(crate) fn page<T: serde::de::DeserializeOwned>(self) -> crate::pages::Page<T> {
                let paging =
                    crate::pages::Paging { next_page_token: self.next_page_token, total_records: self.total_records };
                crate::pages::Page::read(&self.$rows, paging)
            }
        }
    };
}

pub(crate) use list_answer;

enum Position {
    At(Option<String>),
    Ended,
}

struct Walk {
    position: Position,
    pages: u32,
    restarts: u32,
    skipped: usize,
}

/// Walks a list. `fetch` gets the page that starts at a token, the first page for `None`.
///
/// After an error the stream ends without [`ListStep::Complete`].
pub(crate) fn walk<T, Fetch, Answer>(
    operation: &'static str,
    fetch: Fetch,
) -> impl Stream<Item = Result<ListStep<T>, ZoomError>>
where
    Fetch: Fn(Option<String>) -> Answer,
    Answer: Future<Output = Result<Page<T>, ZoomError>>,
{
    let start = Walk { position: Position::At(None), pages: 0, restarts: 0, skipped: 0 };
    futures::stream::unfold((Some(start), fetch), move |(walk, fetch)| async move {
        let mut walk = walk?;
        let Position::At(token) = walk.position else {
            return Some((Ok(ListStep::Complete { skipped: walk.skipped }), (None, fetch)));
        };
        if walk.pages >= MOST_PAGES {
            let error = ZoomError::EndlessList { operation, reason: "too many pages" };
            return Some((Err(error), (None, fetch)));
        }
        walk.pages += 1;
        let page = match fetch(token.clone()).await {
            Ok(page) => page,
            Err(error) if token.is_some() && walk.restarts < MOST_RESTARTS && expired(&error) => {
                walk.restarts += 1;
                walk.skipped = 0;
                walk.position = Position::At(None);
                return Some((Ok(ListStep::Restarted), (Some(walk), fetch)));
            }
            Err(error) => return Some((Err(error), (None, fetch))),
        };
        if page.next_page_token.is_some() && page.next_page_token == token {
            let error = ZoomError::EndlessList { operation, reason: "a token repeats" };
            return Some((Err(error), (None, fetch)));
        }
        walk.skipped += page.skipped.len();
        walk.position = match &page.next_page_token {
            Some(next) => Position::At(Some(next.clone())),
            None => Position::Ended,
        };
        Some((Ok(ListStep::Page(page)), (Some(walk), fetch)))
    })
}

fn expired(error: &ZoomError) -> bool {
    matches!(error.kind(), Some(ErrorKind::PageTokenExpired))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::VecDeque;

    use futures::StreamExt;
    use reqwest::StatusCode;

    use super::*;
    use crate::error::{Refusal, ServerText};

    fn page(items: Vec<u32>, next: Option<&str>) -> Page<u32> {
        Page { items, skipped: Vec::new(), next_page_token: next.map(str::to_owned), total_records: None }
    }

    fn refused(kind: ErrorKind) -> ZoomError {
        Refusal {
            operation: "GET /rows",
            status: StatusCode::BAD_REQUEST,
            code: Some(300),
            message: ServerText::default(),
            fields: Vec::new(),
            kind,
        }
        .into()
    }

    /// Plays the answers in turn; returns the steps and the tokens that were asked for.
    async fn play(
        answers: Vec<Result<Page<u32>, ZoomError>>,
    ) -> (Vec<Result<ListStep<u32>, String>>, Vec<Option<String>>) {
        let answers = RefCell::new(VecDeque::from(answers));
        let asked = RefCell::new(Vec::new());
        let steps = walk("GET /rows", |token| {
            asked.borrow_mut().push(token);
            let answer = answers.borrow_mut().pop_front().unwrap();
            async move { answer }
        })
        .map(|step| step.map_err(|error| error.to_string()))
        .collect::<Vec<_>>()
        .await;
        (steps, asked.into_inner())
    }

    #[tokio::test]
    async fn follows_tokens_through_an_empty_page_to_the_end() {
        let (steps, asked) =
            play(vec![Ok(page(vec![1], Some("a"))), Ok(page(vec![], Some("b"))), Ok(page(vec![2], None))]).await;
        assert_eq!(asked, [None, Some("a".to_owned()), Some("b".to_owned())]);
        assert_eq!(steps.len(), 4);
        assert_eq!(steps[3], Ok(ListStep::Complete { skipped: 0 }));
    }

    #[tokio::test]
    async fn restarts_when_the_token_expired() {
        let (steps, asked) = play(vec![
            Ok(page(vec![1], Some("a"))),
            Err(refused(ErrorKind::PageTokenExpired)),
            Ok(page(vec![1], None)),
        ])
        .await;
        assert_eq!(asked, [None, Some("a".to_owned()), None]);
        assert_eq!(steps[1], Ok(ListStep::Restarted));
        assert_eq!(steps[3], Ok(ListStep::Complete { skipped: 0 }));
    }

    #[tokio::test]
    async fn gives_up_after_some_restarts() {
        let mut answers = Vec::new();
        for _ in 0..=MOST_RESTARTS {
            answers.push(Ok(page(vec![1], Some("a"))));
            answers.push(Err(refused(ErrorKind::PageTokenExpired)));
        }
        let (steps, _) = play(answers).await;
        assert!(steps.last().unwrap().is_err());
    }

    #[tokio::test]
    async fn is_never_complete_after_an_error() {
        let (steps, _) = play(vec![Ok(page(vec![1], Some("a"))), Err(refused(ErrorKind::Server))]).await;
        assert_eq!(steps.len(), 2);
        assert!(steps[1].is_err());
    }

    #[tokio::test]
    async fn does_not_walk_in_circles() {
        let (steps, _) = play(vec![Ok(page(vec![1], Some("a"))), Ok(page(vec![1], Some("a")))]).await;
        assert_eq!(steps.len(), 2);
        assert!(steps[1].as_ref().unwrap_err().contains("a token repeats"));
    }
}
