//! A leg as the call history shows it, in the names of both generations.

use liaison_sandbox_kernel::world::calls::Party;
use serde_json::{Map, Value, json};

use super::{DIRECT_NUMBER, EXTENSION, Leg, QUEUE};
use crate::account::User;
use crate::meetings::instant;
use crate::meetings::loaded::overlay;

/// Which names of the ids an answer uses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Generation {
    /// `call_element_id` and `call_history_uuid`.
    Elements,
    /// `id` and `call_path_id`, announced to go.
    Logs,
}

/// The extension id of something, always the same for one name.
pub(super) fn extension_id(user: &User, name: &str) -> String {
    let (head, _) = user.id.split_at(12.min(user.id.len()));
    let sum = name.bytes().fold(17_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    format!("{head}{:010}", sum % 10_000_000_000)
}

/// A leg of the user's own list. There is no `duration` in it.
pub(super) fn leg(leg: &Leg, user: &User, generation: Generation) -> Map<String, Value> {
    let mut shown = Map::with_capacity(64);
    let names = match generation {
        Generation::Elements => ("call_element_id", "call_history_uuid"),
        Generation::Logs => ("id", "call_path_id"),
    };
    shown.insert(names.0.to_owned(), json!(leg.id));
    shown.insert(names.1.to_owned(), json!(leg.history));
    describe(&mut shown, leg, user);
    let (caller, callee) = if leg.inbound { ("callee", "caller") } else { ("caller", "callee") };
    own_side(&mut shown, caller, leg, user);
    other_side(&mut shown, callee, &leg.party, user);
    let ids = ["call_element_id", "call_history_uuid", "id", "call_path_id"];
    let raw = leg.raw.iter().filter(|(name, _)| !ids.contains(&name.as_str()));
    overlay(&mut shown, &raw.map(|(name, value)| (name.clone(), value.clone())).collect());
    shown
}

fn describe(shown: &mut Map<String, Value>, leg: &Leg, user: &User) {
    let internal = matches!(leg.party, Party::Colleague { .. });
    let event = match (leg.inbound, leg.in_queue) {
        (true, true) => "overflow",
        (true, false) => "incoming",
        (false, _) => "outgoing",
    };
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("call_id", json!(leg.call));
    put("group_id", json!(""));
    put("connect_type", json!(if internal { "internal" } else { "external" }));
    put("call_type", json!("general"));
    put("direction", json!(if leg.inbound { "inbound" } else { "outbound" }));
    put("hide_caller_id", json!(false));
    put("end_to_end", json!(false));
    put("start_time", json!(instant(leg.started)));
    if let Some(answered) = leg.answered {
        put("answer_time", json!(instant(answered)));
    }
    put("end_time", json!(instant(leg.ended)));
    put("event", json!(event));
    put("result", json!(leg.result));
    if leg.in_queue {
        put("result_reason", json!("answered_by_other"));
    }
    put("operator_ext_number", json!(EXTENSION.to_string()));
    put("operator_ext_id", json!(extension_id(user, "user")));
    put("operator_ext_type", json!("user"));
    put("operator_name", json!(format!("{} {}", user.rep.first_name, user.rep.last_name)));
    if let Some(recording) = &leg.recording {
        put("recording_id", json!(recording));
        put("recording_type", json!("ad-hoc"));
    }
    if let Some(voicemail) = &leg.voicemail {
        put("voicemail_id", json!(voicemail.id));
    }
    put("talk_time", json!(leg.talk_seconds()));
    put("hold_time", json!(leg.hold_seconds));
    put("wait_time", json!((leg.answered.unwrap_or(leg.ended) - leg.started).num_seconds()));
    // Zoom adds fields at any time; clients have to bear it.
    put("unlisted_score", json!([0.25]));
}

/// The rep, or the queue that the call came through.
fn own_side(shown: &mut Map<String, Value>, side: &str, leg: &Leg, user: &User) {
    let mut put = |name: &str, value: Value| shown.insert(format!("{side}_{name}"), value);
    let name = format!("{} {}", user.rep.first_name, user.rep.last_name);
    let (kind, name, number) =
        if leg.in_queue { ("call_queue", "Sales queue".to_owned(), QUEUE) } else { ("user", name, EXTENSION) };
    put("ext_id", json!(extension_id(user, kind)));
    put("name", json!(name));
    put("email", json!(if leg.in_queue { "" } else { &user.rep.email }));
    put("employee_id", json!(""));
    put("did_number", json!(DIRECT_NUMBER));
    put("ext_number", json!(number.to_string()));
    put("ext_type", json!(kind));
    put("number_type", json!("zoom_pstn"));
    put("device_private_ip", json!("10.0.4.18"));
    put("device_public_ip", json!("192.0.2.44"));
    put("device_type", json!("Linux_Client(6.6.2.7117)"));
    put("country_iso_code", json!("NL"));
    put("country_code", json!("31"));
    put("site_id", json!(extension_id(user, "site")));
    put("department", json!("Sales"));
    put("cost_center", json!("NL-210"));
    put("account_code", json!(""));
}

fn other_side(shown: &mut Map<String, Value>, side: &str, party: &Party, user: &User) {
    let mut put = |name: &str, value: Value| shown.insert(format!("{side}_{name}"), value);
    for empty in ["employee_id", "device_private_ip", "device_public_ip", "device_type", "account_code"] {
        put(empty, json!(""));
    }
    match party {
        Party::Outside { name, number, country_code, country } => {
            for empty in ["ext_id", "email", "ext_number", "site_id", "department", "cost_center"] {
                put(empty, json!(""));
            }
            put("name", json!(name.as_deref().unwrap_or_default()));
            put("did_number", json!(number));
            put("number_type", json!("external_pstn"));
            put("country_iso_code", json!(country));
            put("country_code", json!(country_code));
        }
        Party::Colleague { name, extension, email } => {
            put("ext_id", json!(extension_id(user, name)));
            put("name", json!(name));
            put("email", json!(email));
            // A colleague without a number of the outside world.
            put("did_number", json!(""));
            put("ext_number", json!(extension));
            put("ext_type", json!("user"));
            put("number_type", json!("zoom_pstn"));
            put("country_iso_code", json!("NL"));
            put("country_code", json!("31"));
            put("site_id", json!(extension_id(user, "site")));
            put("department", json!("Sales"));
            put("cost_center", json!("NL-210"));
        }
    }
}

/// The two sides as recordings and voicemails show them: names and numbers, extensions inside.
pub(super) fn sides(leg: &Leg, user: &User) -> Map<String, Value> {
    let own = (format!("{} {}", user.rep.first_name, user.rep.last_name), EXTENSION.to_string(), 1);
    let other = match &leg.party {
        Party::Outside { name, number, .. } => (name.clone().unwrap_or_default(), number.clone(), 2),
        Party::Colleague { name, extension, .. } => ((*name).to_owned(), (*extension).to_owned(), 1),
    };
    let (caller, callee) = if leg.inbound { (other, own) } else { (own, other) };
    let mut shown = Map::new();
    for (side, (name, number, kind)) in [("caller", caller), ("callee", callee)] {
        shown.insert(format!("{side}_name"), json!(name));
        shown.insert(format!("{side}_number"), json!(number));
        shown.insert(format!("{side}_number_type"), json!(kind));
        shown.insert(format!("{side}_account_code"), json!(""));
    }
    shown
}
