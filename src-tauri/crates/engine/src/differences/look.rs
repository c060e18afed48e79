//! The second look at meetings that Zoom's lists lack: each is asked for by its number.
//!
//! Who gives a meeting to a colleague ("Schedule For" in Zoom's pages, `schedule_for` in its reference of "Update a
//! meeting") finds it in no list any more, and it goes on with its number, its link and its dates. What its former host
//! is answered, Zoom documents nowhere; it depends on what others share with the user and the user with the app. So
//! whatever is not said of the meeting but of its host, or of the user's rights, says that it is somebody else's.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use liaison_store::tables::meetings::MeetingRecord;
use liaison_zoom::{ErrorKind, Meeting, MeetingId, OccurrenceStatus, ZoomError};

use crate::context::Context;
use crate::pull::InVain;

/// Second looks of one round.
const MOST_LOOKS: usize = 20;
/// What somebody else hosts is looked at again after this time: there may be many, and nothing waits for an answer.
const AGAIN: TimeDelta = TimeDelta::hours(1);

/// What Zoom tells of a meeting that its lists lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Look {
    /// It is the user's as before: the list is behind.
    There,
    /// Somebody else hosts it, with the address where Zoom tells it.
    Elsewhere { host: Option<String> },
    /// It is gone.
    Gone,
}

/// Meetings that somebody else hosts.
#[derive(Default)]
struct Elsewhere(InVain);

/// What became of meetings that are gone from the lists, by their keys. What Zoom does not tell is not there.
pub(super) async fn second_look(cx: &Arc<Context>, gone: &[MeetingRecord]) -> HashMap<String, Look> {
    let Some(zoom) = cx.zoom() else { return HashMap::new() };
    let elsewhere = cx.state::<Elsewhere>();
    let number_of = |record: &MeetingRecord| u64::try_from(record.meeting_id).unwrap_or_default();
    let mut numbers: Vec<u64> = gone.iter().filter(|record| record.is_host).map(number_of).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.retain(|number| elsewhere.0.is_due(*number, AGAIN, cx.now()));
    let mut looks = HashMap::new();
    for number in numbers.into_iter().take(MOST_LOOKS) {
        let answer = zoom.api.meetings().get(MeetingId(number)).await;
        let now = cx.now();
        let of_number = gone.iter().filter(|record| number_of(record) == number && record.is_host);
        let found: Vec<(String, Look)> = of_number
            .filter_map(|record| {
                Some((record.key.clone(), look(record, &answer, &zoom.user_id, now.timestamp_millis())?))
            })
            .collect();
        if let (Err(error), true) = (&answer, found.is_empty()) {
            tracing::info!(%error, "a meeting that is gone could not be looked at");
        }
        if found.iter().any(|(_, look)| matches!(look, Look::Elsewhere { .. })) {
            elsewhere.0.note(number, now);
        } else {
            elsewhere.0.forget(number);
        }
        looks.extend(found);
    }
    looks
}

/// What an answer says of a meeting, or of one date of it; `None` where it says nothing.
fn look(record: &MeetingRecord, answer: &Result<Meeting, ZoomError>, user_id: &str, now_ms: i64) -> Option<Look> {
    match answer {
        Ok(meeting) => Some(look_at(record, meeting, user_id, now_ms)),
        Err(error) => error.refusal().and_then(|refusal| refused(&refusal.kind, refusal.code)),
    }
}

fn look_at(record: &MeetingRecord, meeting: &Meeting, user_id: &str, now_ms: i64) -> Look {
    if let Some(occurrence) = record.occurrence_id.as_deref() {
        let takes_place = meeting
            .occurrences
            .iter()
            .flatten()
            .any(|date| date.id.as_str() == occurrence && date.status != Some(OccurrenceStatus::Deleted));
        // A date that has begun is listed no more whether or not it took place; of that nothing is known.
        if !takes_place && record.start_utc_ms.is_some_and(|start| start > now_ms) {
            return Look::Gone;
        }
    }
    match &meeting.host_id {
        Some(host) if host != user_id => Look::Elsewhere { host: meeting.host_email.clone() },
        _ => Look::There,
    }
}

fn refused(kind: &ErrorKind, code: Option<i64>) -> Option<Look> {
    match (kind, code) {
        // Its host is nobody whom the user may see: 1001 and 1010 are about users, and 3003 is "Not meeting host".
        (ErrorKind::NotFound | ErrorKind::Other, Some(1001 | 1010 | 3003)) | (ErrorKind::Forbidden, _) => {
            Some(Look::Elsewhere { host: None })
        }
        (ErrorKind::NotFound, _) => Some(Look::Gone),
        // For what is the user's own, a scope that the user can grant would do.
        (ErrorKind::ScopeMissing { scopes }, _) => {
            let of_administrators = !scopes.is_empty() && scopes.iter().all(|scope| scope.ends_with(":admin"));
            of_administrators.then_some(Look::Elsewhere { host: None })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::meetings::pull::blank;

    const HOUR: i64 = 3_600_000;

    fn record(occurrence: Option<&str>, start_ms: i64) -> MeetingRecord {
        MeetingRecord {
            occurrence_id: occurrence.map(str::to_owned),
            start_utc_ms: Some(start_ms),
            ..blank(MeetingId(82_440_633_900), Some("Proposal"), None, 0)
        }
    }

    fn meeting(host_id: Option<&str>, dates: &[(&str, &str)]) -> Meeting {
        let dates: Vec<_> = dates.iter().map(|(id, status)| json!({ "occurrence_id": id, "status": status })).collect();
        let host_email = host_id.map(|host| format!("{host}@northwind.example"));
        let told = json!({
            "id": 82_440_633_900_u64, "host_id": host_id, "host_email": host_email, "occurrences": dates,
        });
        serde_json::from_value(told).unwrap()
    }

    #[test]
    fn an_answer_tells_whose_meeting_it_is_and_which_dates_take_place() {
        let theirs = Look::Elsewhere { host: Some("mila@northwind.example".to_owned()) };
        let dates = [("1", "available"), ("2", "deleted")];
        for (host, occurrence, start_ms, expected) in [
            (Some("robin"), None, HOUR, Look::There),
            (None, None, HOUR, Look::There),
            (Some("mila"), None, HOUR, theirs.clone()),
            (Some("robin"), Some("1"), HOUR, Look::There),
            (Some("mila"), Some("1"), HOUR, theirs.clone()),
            (Some("robin"), Some("2"), HOUR, Look::Gone),
            (Some("mila"), Some("2"), HOUR, Look::Gone),
            (Some("robin"), Some("3"), HOUR, Look::Gone),
            // It has begun.
            (Some("robin"), Some("3"), -HOUR, Look::There),
            (Some("mila"), Some("3"), -HOUR, theirs),
        ] {
            let found = look_at(&record(occurrence, start_ms), &meeting(host, &dates), "robin", 0);
            assert_eq!(found, expected, "{host:?} {occurrence:?} {start_ms}");
        }
    }

    #[test]
    fn only_what_is_said_of_the_meeting_itself_says_that_it_is_gone() {
        let missing = |scopes: &[&str]| ErrorKind::ScopeMissing {
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        };
        let theirs = Some(Look::Elsewhere { host: None });
        for (kind, code, expected) in [
            (ErrorKind::NotFound, Some(3001), Some(Look::Gone)),
            (ErrorKind::NotFound, Some(1001), theirs.clone()),
            (ErrorKind::NotFound, Some(1010), theirs.clone()),
            (ErrorKind::Other, Some(3003), theirs.clone()),
            (ErrorKind::Forbidden, Some(200), theirs.clone()),
            (ErrorKind::Forbidden, None, theirs.clone()),
            (missing(&["meeting:read:meeting:admin"]), Some(4711), theirs),
            // The app has lost the scope: nothing is known of any meeting.
            (missing(&["meeting:read:meeting", "meeting:read:meeting:admin"]), Some(4711), None),
            (missing(&[]), Some(4711), None),
            (ErrorKind::TokenRejected, Some(124), None),
            (ErrorKind::RateLimited { until_utc: None }, Some(429), None),
            (ErrorKind::Server, Some(3001), None),
            (ErrorKind::Other, None, None),
        ] {
            assert_eq!(refused(&kind, code), expected, "{kind} {code:?}");
        }
    }
}
