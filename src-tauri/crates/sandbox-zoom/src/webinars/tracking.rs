//! Where a webinar's registrants have come from.

use liaison_sandbox_kernel::locked;
use serde_json::{Value, json};

use super::named;
use crate::account::{Account, MEETING_HOST};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::meetings::Family;

/// Ids and names of the sources that the host has made.
pub(crate) const SOURCES: [(&str, &str); 2] = [("5516482804110", "Newsletter"), ("5516482804111", "LinkedIn")];

/// `GET /webinars/{webinarId}/tracking_sources`; without registration there are none.
pub(super) fn list(account: &Account, call: &Call) -> Outcome {
    let webinar = named(account, call)?;
    if !webinar.wants_registration() {
        return Ok(Answer::ok(json!({ "total_records": 0, "tracking_sources": [] })));
    }
    let mut rosters = locked(&account.rosters);
    let roster = rosters.of(Family::Webinar, &webinar, account);
    let name = webinar.embedded_passcode.trim_end_matches(".1");
    let shown: Vec<Value> = SOURCES
        .iter()
        .map(|(id, source)| {
            let registered = roster.registrants().filter(|one| one.source.as_deref() == Some(*id)).count();
            json!({
                "id": id, "source_name": source, "registration_count": registered, "visitor_count": registered * 3,
                "tracking_url": format!("{MEETING_HOST}/webinar/register/{id}/WN_{name}"),
            })
        })
        .collect();
    Ok(Answer::ok(json!({ "total_records": shown.len(), "tracking_sources": shown })))
}
