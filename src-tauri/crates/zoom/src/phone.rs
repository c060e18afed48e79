//! Zoom Phone: the user, their call history and its sync, recordings, voicemails, summaries.
//!
//! A call shows as one row for each of its legs; folding them into calls is not done here. No call is
//! placed through this interface: see [`crate::DialLink`]. Zoom counts calls to Zoom Phone apart from the
//! rest and allows less. What needs an administrator's rights is left out. Source: Zoom's API reference,
//! "Zoom Phone", and its page "Rate limits".

mod call_log;
mod history;
mod leg;
mod recordings;
mod summary;
mod sync;
mod user;
mod voicemails;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_transport::{ApiRequest, RateClass};

pub use call_log::{CallLog, CallLogKind, CallParty};
pub use history::CallHistoryFilter;
pub use leg::{CallDirection, CallLeg, CallResult, ConnectType, ExtensionType};
pub use recordings::{PhoneRecording, RecordingParty};
pub use summary::AiCallSummary;
pub use sync::{CallSync, CallSyncPage, SyncToken};
pub use user::{CallingPlan, PhoneNumber, PhoneUser, PhoneUserStatus};
pub use voicemails::{Transcription, Voicemail, VoicemailFilter, VoicemailStatus, VoicemailTask};

#[cfg(test)]
pub(crate) use {
    call_log::LogsAnswer, history::HistoryAnswer, recordings::RecordingsAnswer as PhoneRecordingsAnswer,
    sync::SyncAnswer, voicemails::VoicemailsAnswer,
};

use crate::error::{ErrorKind, InvalidRequest};
use crate::{Zoom, ZoomError};

/// The signed-in user's calls.
#[derive(Clone)]
pub struct Phone {
    zoom: Zoom,
}

/// A stretch of time to list: at most 31 days. Zoom keeps six months; without a stretch it answers for the
/// last 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallWindow {
    from_utc: DateTime<Utc>,
    to_utc: DateTime<Utc>,
}

/// The longest stretch in one query.
const LONGEST_WINDOW_DAYS: i64 = 31;

impl CallWindow {
    /// From one moment to another.
    ///
    /// # Errors
    /// The stretch is empty or longer than 31 days: Zoom would cut it without saying so.
    pub fn new(from_utc: DateTime<Utc>, to_utc: DateTime<Utc>) -> Result<Self, InvalidRequest> {
        if from_utc >= to_utc {
            return Err(InvalidRequest { field: "to", reason: "must be later than from" });
        }
        if to_utc - from_utc > TimeDelta::days(LONGEST_WINDOW_DAYS) {
            return Err(InvalidRequest { field: "from", reason: "is more than 31 days before to" });
        }
        Ok(Self { from_utc, to_utc })
    }

    /// Cuts a longer stretch into windows of at most 31 days, newest first. Empty when the stretch is.
    #[must_use]
    pub fn split(from_utc: DateTime<Utc>, to_utc: DateTime<Utc>) -> Vec<Self> {
        let mut windows = Vec::new();
        let mut end = to_utc;
        while end > from_utc {
            let start = (end - TimeDelta::days(LONGEST_WINDOW_DAYS)).max(from_utc);
            windows.push(Self { from_utc: start, to_utc: end });
            end = start;
        }
        windows
    }

    /// Start and end.
    #[must_use]
    pub fn bounds_utc(self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.from_utc, self.to_utc)
    }
}

/// Adds the stretch in Zoom's form.
fn within(request: ApiRequest, window: Option<CallWindow>) -> ApiRequest {
    let written = |moment: DateTime<Utc>| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    request
        .query_opt("from", window.map(|window| written(window.from_utc)))
        .query_opt("to", window.map(|window| written(window.to_utc)))
}

impl Phone {
    pub(crate) fn new(zoom: Zoom) -> Self {
        Self { zoom }
    }

    /// The user in Zoom Phone. `None` when they have no Zoom Phone, which Zoom says in several ways.
    pub async fn user(&self) -> Result<Option<PhoneUser>, ZoomError> {
        let request = ApiRequest::get("GET /phone/users/{userId}", "/phone/users/me").rate(RateClass::PhoneLight);
        match self.zoom.fetch(request).await {
            Ok(user) => Ok(Some(user)),
            Err(error) if without_phone(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Whether a refusal of the profile means that the user has no Zoom Phone. A missing scope or a lost sign-in
/// does not, nor does an answer that is not Zoom's.
fn without_phone(error: &ZoomError) -> bool {
    let Some(refusal) = error.refusal() else {
        return false;
    };
    let known = matches!(refusal.kind, ErrorKind::NotFound | ErrorKind::NotLicensed | ErrorKind::Forbidden);
    let refused = matches!(refusal.kind, ErrorKind::Validation | ErrorKind::Other)
        && matches!(refusal.code, Some(300 | 404 | 2001 | 2013 | 2031));
    known || refused
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_370_400, 0).unwrap() + TimeDelta::days(number)
    }

    #[test]
    fn a_window_is_at_most_a_month() {
        assert!(CallWindow::new(day(0), day(31)).is_ok());
        assert_eq!(CallWindow::new(day(0), day(32)).unwrap_err().field, "from");
        assert_eq!(CallWindow::new(day(1), day(1)).unwrap_err().field, "to");
    }

    #[test]
    fn a_long_stretch_is_cut_without_a_gap() {
        let windows = CallWindow::split(day(0), day(180));
        assert_eq!(windows.len(), 6);
        assert_eq!(windows.first().unwrap().bounds_utc().1, day(180));
        assert_eq!(windows.last().unwrap().bounds_utc().0, day(0));
        for pair in windows.windows(2) {
            assert_eq!(pair[0].bounds_utc().0, pair[1].bounds_utc().1);
        }
        for window in &windows {
            let (from, to) = window.bounds_utc();
            assert_eq!(CallWindow::new(from, to).as_ref(), Ok(window));
        }
        assert_eq!(CallWindow::split(day(3), day(3)), []);
    }

    #[test]
    fn moments_are_written_as_zoom_reads_them() {
        let window = CallWindow::new(day(0), day(1)).unwrap();
        let query = within(ApiRequest::get("GET /x", "/x"), Some(window)).query;
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(query, [pair("from", "2026-11-22T18:00:00Z"), pair("to", "2026-11-23T18:00:00Z")]);
        assert_eq!(within(ApiRequest::get("GET /x", "/x"), None).query, []);
    }
}
