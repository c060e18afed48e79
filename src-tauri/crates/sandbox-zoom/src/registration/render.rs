//! A registrant as Zoom's answers and events show it.

use serde_json::{Map, Value, json};

use super::roster::{Registrant, Standing};
use crate::account::MEETING_HOST;
use crate::meetings::loaded::overlay;
use crate::meetings::{Family, Meeting, instant};

/// Fields that are there even when nobody has filled them in.
const TEXTS: [&str; 13] = [
    "address",
    "city",
    "comments",
    "country",
    "industry",
    "job_title",
    "no_of_employees",
    "org",
    "phone",
    "purchasing_time_frame",
    "role_in_purchase_process",
    "state",
    "zip",
];

/// The registrant's own link, as long as there is one: not before the host has approved.
pub(crate) fn join_url(event: &Meeting, registrant: &Registrant) -> Option<String> {
    let approved = registrant.standing == Standing::Approved;
    approved.then(|| format!("{MEETING_HOST}/w/{}?tk={}&pwd={}", event.id, registrant.id, event.embedded_passcode))
}

/// One row of a list.
pub(crate) fn registrant(family: Family, event: &Meeting, registrant: &Registrant) -> Map<String, Value> {
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", json!(registrant.id));
    put("email", json!(registrant.email));
    put("first_name", json!(registrant.first_name));
    put("last_name", json!(registrant.last_name));
    for name in TEXTS {
        put(name, registrant.answers.get(name).cloned().unwrap_or_else(|| json!("")));
    }
    put("custom_questions", registrant.answers.get("custom_questions").cloned().unwrap_or_else(|| json!([])));
    put("status", json!(registrant.standing.name()));
    put("create_time", json!(instant(registrant.created_at)));
    if let Some(url) = join_url(event, registrant) {
        put("join_url", json!(url));
    }
    if family == Family::Meeting {
        put("participant_pin_code", json!(registrant.pin));
    }
    // Zoom adds fields at any time; clients have to bear it.
    put("unlisted_origin", json!({ "kind": 3 }));
    let mut raw = registrant.raw.clone();
    raw.remove("status");
    if registrant.standing != Standing::Approved {
        raw.remove("join_url");
    }
    overlay(&mut shown, &raw);
    shown
}
