//! Calls from raw rows, in the shape of the `call_elements` of the user's call history.

use chrono::TimeDelta;
use liaison_sandbox_kernel::script::RowError;
use liaison_sandbox_kernel::world::calls::Party;
use liaison_sandbox_kernel::world::zone::Zone;
use serde_json::{Map, Value};

use super::{Calls, Leg};
use crate::meetings::fields::Fields;
use crate::meetings::loaded::{checked, time};

const LONGEST: usize = 500;
const LONGEST_SECONDS: i64 = 86_400;
/// How a leg may have ended.
const RESULTS: [&str; 16] = [
    "answered",
    "connected",
    "voicemail",
    "hang_up",
    "no_answer",
    "invalid_operation",
    "abandoned",
    "blocked",
    "service_unavailable",
    "overflowed",
    "canceled",
    "busy",
    "rejected",
    "missed",
    "auto_recorded",
    "call_failed",
];

impl Calls {
    /// Adds legs as they are; one whose id is there already takes its place.
    pub fn load(&mut self, legs: Vec<Leg>) {
        for leg in legs {
            self.legs.retain(|own| own.id != leg.id);
            self.legs.push(leg);
        }
        self.legs.sort_by_key(|leg| leg.started);
    }
}

/// One leg.
pub(crate) fn read(row: &Map<String, Value>, place: &str, zone: Zone) -> Result<Leg, RowError> {
    let mut fields = Fields::new(row, "");
    let id = fields.text("call_element_id", LONGEST).or_else(|| fields.text("id", LONGEST)).unwrap_or_default();
    if id.is_empty() {
        fields.wrong("call_element_id");
    }
    let inbound = match fields.text("direction", 20).as_deref() {
        Some("inbound") => true,
        Some("outbound") => false,
        _ => {
            fields.wrong("direction");
            false
        }
    };
    let started = time(&mut fields, "start_time", zone);
    if started.is_none() {
        fields.wrong_because("start_time", "A start is missing.");
    }
    let started = started.unwrap_or_default();
    let answered = time(&mut fields, "answer_time", zone);
    let talk = fields.number("talk_time", 0..=LONGEST_SECONDS).unwrap_or_default();
    let ended = time(&mut fields, "end_time", zone);
    let otherwise = answered.unwrap_or(started) + TimeDelta::seconds(talk);
    let result = fields.text("result", 40);
    let result = result.as_deref().map_or(Some("answered"), |own| RESULTS.into_iter().find(|known| *known == own));
    if result.is_none() {
        fields.wrong("result");
    }
    let side = if inbound { "caller" } else { "callee" };
    let mut of_party = |name: &str| fields.text(&format!("{side}_{name}"), LONGEST).filter(|text| !text.is_empty());
    let number = of_party("did_number").or_else(|| of_party("number")).or_else(|| of_party("ext_number"));
    let name = of_party("name");
    let leg = Leg {
        history: fields.text("call_history_uuid", LONGEST).unwrap_or_else(|| id.clone()),
        call: fields.text("call_id", LONGEST).unwrap_or_else(|| id.clone()),
        id,
        inbound,
        party: Party::Outside { name, number: number.unwrap_or_default(), country_code: "", country: "" },
        in_queue: false,
        started,
        answered,
        ended: ended.unwrap_or(otherwise),
        hold_seconds: fields.number("hold_time", 0..=LONGEST_SECONDS).unwrap_or_default(),
        result: result.unwrap_or_default(),
        recording: fields.text("recording_id", LONGEST),
        voicemail: None,
        summary: None,
        deleted: false,
        raw: row.clone(),
    };
    checked(fields, place)?;
    Ok(leg)
}
