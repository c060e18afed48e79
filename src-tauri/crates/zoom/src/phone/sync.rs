//! The sync of the call history: everything once, and from then on what is new.

use std::fmt;

use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::history::{LegArrays, legs};
use super::{CallLeg, Phone};
use crate::pages::{LARGEST_PAGE, Paging, SkippedRow};
use crate::{ZoomError, lenient};

/// Where a sync goes on. Zoom's own text; it holds the range of time that was answered.
#[derive(Clone, PartialEq, Eq)]
pub struct SyncToken(String);

impl SyncToken {
    /// A token that was kept.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, to be kept until the next sync.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SyncToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SyncToken({} characters)", self.0.len())
    }
}

/// What to sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallSync {
    /// The newest legs, without a token (`FSync`).
    Full,
    /// What is newer than the token (`ISync`).
    Newer(SyncToken),
    /// What is older than the token (`BSync`).
    Older(SyncToken),
}

/// One answer of a sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallSyncPage {
    /// The legs that could be read. One may come again later with more of it known.
    pub legs: Vec<CallLeg>,
    /// The rows that could not be read.
    pub skipped: Vec<SkippedRow>,
    /// Where to go on. Keep it only together with the legs.
    pub token: Option<SyncToken>,
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "Answer")]
pub(crate) struct SyncAnswer {
    rows: Vec<Box<RawValue>>,
    sync_token: Option<String>,
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
    sync_token: Option<String>,
}

impl TryFrom<Answer> for SyncAnswer {
    type Error = serde::de::value::Error;

    fn try_from(answer: Answer) -> Result<Self, Self::Error> {
        let arrays = LegArrays([answer.call_elements, answer.call_history, answer.call_logs, answer.call_path]);
        Ok(Self { rows: arrays.rows()?, sync_token: answer.sync_token })
    }
}

impl SyncAnswer {
    pub(crate) fn page(self) -> CallSyncPage {
        let page = legs(&self.rows, Paging::default());
        CallSyncPage { legs: page.items, skipped: page.skipped, token: self.sync_token.map(SyncToken) }
    }
}

impl Phone {
    /// One step of a sync: up to 300 legs.
    ///
    /// An incremental step that answers no leg is up to date. A token that Zoom no longer accepts ends in a
    /// refusal: start over with [`CallSync::Full`].
    pub async fn sync(&self, sync: &CallSync) -> Result<CallSyncPage, ZoomError> {
        let answer: SyncAnswer = self.zoom.fetch(request(sync)).await?;
        Ok(answer.page())
    }
}

fn request(sync: &CallSync) -> ApiRequest {
    let (sync_type, token) = match sync {
        CallSync::Full => ("FSync", None),
        CallSync::Newer(token) => ("ISync", Some(token)),
        CallSync::Older(token) => ("BSync", Some(token)),
    };
    ApiRequest::get("GET /phone/users/{userId}/call_history/sync", "/phone/users/me/call_history/sync")
        .query("sync_type", sync_type)
        .query("count", LARGEST_PAGE.to_string())
        .query_opt("sync_token", token.map(SyncToken::as_str))
        .rate(RateClass::PhoneMedium)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_sync_has_its_name_and_token() {
        let token = SyncToken::new("t0ken");
        for (sync, name, with_token) in [
            (CallSync::Full, "FSync", false),
            (CallSync::Newer(token.clone()), "ISync", true),
            (CallSync::Older(token.clone()), "BSync", true),
        ] {
            let query = request(&sync).query;
            assert!(query.contains(&("sync_type".to_owned(), name.to_owned())), "{query:?}");
            assert_eq!(query.contains(&("sync_token".to_owned(), "t0ken".to_owned())), with_token, "{query:?}");
        }
        assert!(!format!("{token:?}").contains("t0ken"));
    }

    #[test]
    fn an_answer_is_read_in_both_forms() {
        let read = |json: &str| crate::test_support::response(200, json).json::<SyncAnswer>().map(SyncAnswer::page);
        let newer = read(r#"{"call_elements":[{"call_element_id":"a"}],"call_logs":[{"id":"a"}],"sync_token":"t"}"#);
        let older = read(r#"{"call_logs":[{"id":"a"}],"sync_token":"t"}"#);
        for page in [newer.unwrap(), older.unwrap()] {
            assert_eq!(page.legs.len(), 1);
            assert_eq!(page.token, Some(SyncToken::new("t")));
        }
        assert!(read(r#"{"sync_token":"t"}"#).is_err());
    }
}
