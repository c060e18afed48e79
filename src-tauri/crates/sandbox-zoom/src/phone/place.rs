//! Calls that a test or a demo lets happen now.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;
use liaison_sandbox_kernel::world::calls::{Outcome, Party, Planned, Route};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;
use serde_json::{Value, json};

use super::render::{self, extension_id};
use super::{DIRECT_NUMBER, EXTENSION, Leg};
use crate::account::Account;
use crate::meetings::instant;

/// A call with somebody outside that has just ended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacedCall {
    #[serde(default)]
    pub inbound: bool,
    /// E.164.
    pub number: String,
    #[serde(default)]
    pub name: Option<String>,
    /// 0 means that nobody answered.
    #[serde(default)]
    pub talk_seconds: i64,
    /// The caller left a message of that length instead.
    #[serde(default)]
    pub voicemail: bool,
    #[serde(default)]
    pub recorded: bool,
}

/// Puts the call into the history, where it shows up after the usual lag, and tells the events
/// about it. Returns the id of its leg.
pub(crate) fn place(account: &Account, placed: &PlacedCall) -> String {
    const RINGING_SECONDS: i64 = 6;
    let outcome = match (placed.voicemail, placed.talk_seconds) {
        (true, _) => Outcome::Voicemail,
        (false, 0) => Outcome::Unanswered,
        (false, _) => Outcome::Answered,
    };
    let now = account.now();
    let plan = Planned {
        inbound: placed.inbound,
        party: Party::Outside {
            name: placed.name.clone(),
            number: placed.number.clone(),
            country_code: "",
            country: "",
        },
        route: Route::Direct,
        started: now - TimeDelta::seconds(RINGING_SECONDS + placed.talk_seconds),
        ringing_seconds: RINGING_SECONDS,
        talk_seconds: placed.talk_seconds,
        hold_seconds: 0,
        outcome,
        recorded: placed.recorded,
        summarized: false,
    };
    let mut calls = locked(&account.calls);
    let mut rng = ChaCha8Rng::seed_from_u64(account.shared.config.seed);
    rng.set_stream(1_000 + calls.legs.len() as u64);
    let id = calls.take(plan, false, &mut rng);
    let leg = calls.legs.last().cloned();
    drop(calls);
    account.record("phone.call_ended", id.clone(), json!({ "inbound": placed.inbound }));
    if let Some(leg) = leg {
        tell(account, &leg, now);
    }
    id
}

/// Fields of a leg that the event has not.
const ONLY_IN_LISTS: [&str; 2] = ["caller_account_code", "callee_account_code"];

/// `phone.caller_ended` or `phone.callee_ended`, and that the leg is complete.
fn tell(account: &Account, leg: &Leg, now: DateTime<Utc>) {
    let own = json!({
        "extension_id": extension_id(&account.user, "user"), "extension_type": "user", "user_id": account.user.id,
        "extension_number": EXTENSION, "phone_number": DIRECT_NUMBER, "timezone": account.user.zone.name(),
        "device_type": "Linux_Client(6.6.2.7117)", "device_id": extension_id(&account.user, "device"),
        "connection_type": "voip",
    });
    let other = match &leg.party {
        Party::Outside { number, .. } => json!({ "phone_number": number, "connection_type": "pstn_off_net" }),
        Party::Colleague { extension, .. } => json!({ "extension_number": extension.parse::<i64>().unwrap_or(0) }),
    };
    let (side, caller, callee) = if leg.inbound { ("callee", other, own) } else { ("caller", own, other) };
    let hung_up = match leg.result {
        "voicemail" => "Voicemail",
        "no_answer" => "Call Cancel",
        _ => "Call connected",
    };
    let mut object = json!({
        "call_id": leg.call, "caller": caller, "callee": callee,
        "ringing_start_time": instant(leg.started), "call_end_time": instant(leg.ended),
        // Zoom spells it so.
        "handup_result": hung_up,
    });
    if let (Some(object), Some(answered)) = (object.as_object_mut(), leg.answered) {
        object.insert("answer_start_time".to_owned(), json!(instant(answered)));
    }
    account.events.publish(&format!("phone.{side}_ended"), &account.user.account_id, object, now);
    let mut element = render::leg(leg, &account.user, render::Generation::Elements);
    element.retain(|name, _| !ONLY_IN_LISTS.contains(&name.as_str()));
    let object = json!({ "user_id": account.user.id, "call_elements": [Value::Object(element)] });
    account.events.publish(&format!("phone.{side}_call_element_completed"), &account.user.account_id, object, now);
}
