//! Turns the planned calls of the world into legs.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::world::calls::{Outcome, Party, Planned, Route};
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};
use uuid::Builder;

use super::{Calls, Leg, Voicemail};
use crate::secrets;

/// So long the queue rings before somebody takes the call.
const QUEUE_SECONDS: i64 = 9;
/// So long a colleague talks before they put the call through.
const COLLEAGUE_SECONDS: i64 = 20;

impl Calls {
    /// The calls at the start of a run; the same plan and seed give the same ids.
    pub fn seeded(planned: Vec<Planned>, seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(5);
        let mut calls = Self { legs: Vec::with_capacity(planned.len()) };
        let mut messages = 0;
        for plan in planned {
            messages += u32::from(plan.outcome == Outcome::Voicemail);
            // Two of three messages have been listened to.
            calls.take(plan, messages % 3 != 1, &mut rng);
        }
        calls
    }

    /// Adds the legs of one call; returns the id of its last one.
    pub fn take(&mut self, plan: Planned, read: bool, rng: &mut ChaCha8Rng) -> String {
        let call = (7_000_000_000_000_000_000_u64 + rng.random_range(0..900_000_000_000_000_000)).to_string();
        let history = dated_id(plan.started, rng);
        let queued = plan.route == Route::Queue;
        let started = if queued { plan.started + TimeDelta::seconds(QUEUE_SECONDS) } else { plan.started };
        if queued {
            self.legs.push(Leg {
                id: dated_id(plan.started, rng),
                history: history.clone(),
                call: call.clone(),
                inbound: true,
                party: plan.party.clone(),
                in_queue: true,
                started: plan.started,
                answered: None,
                ended: started,
                hold_seconds: 0,
                result: "overflowed",
                recording: None,
                voicemail: None,
                summary: None,
                deleted: false,
                raw: Map::new(),
            });
        }
        let through = (plan.route == Route::PutThrough).then(|| {
            let answered = plan.started + TimeDelta::seconds(plan.ringing_seconds);
            let ended = answered + TimeDelta::seconds(COLLEAGUE_SECONDS);
            self.legs.push(Leg {
                id: dated_id(plan.started, rng),
                history: history.clone(),
                call: call.clone(),
                inbound: true,
                party: plan.party.clone(),
                in_queue: false,
                started: plan.started,
                answered: Some(answered),
                ended,
                hold_seconds: 0,
                result: "answered",
                recording: None,
                voicemail: None,
                summary: None,
                deleted: false,
                raw: colleague("callee", "incoming"),
            });
            ended
        });
        let mut leg = own_leg(plan, through.unwrap_or(started), call, history, read, rng);
        if through.is_some() {
            leg.raw = colleague("operator", "warm_transfer");
        }
        let id = leg.id.clone();
        self.legs.push(leg);
        id
    }
}

/// What Zoom tells of a leg in which a colleague stands on a side, or acts.
fn colleague(side: &str, event: &str) -> Map<String, Value> {
    let mut raw = Map::new();
    raw.insert("event".to_owned(), json!(event));
    let told = [
        ("ext_id", "mila-jansen"),
        ("ext_number", "801"),
        ("ext_type", "user"),
        ("name", "Mila Jansen"),
        ("email", "mila.jansen@northwind.example.com"),
        ("did_number", ""),
    ];
    // Of whoever acts Zoom tells neither address nor number.
    let told = told.into_iter().filter(|(name, _)| side != "operator" || !matches!(*name, "email" | "did_number"));
    raw.extend(told.map(|(name, value)| (format!("{side}_{name}"), json!(value))));
    raw
}

fn own_leg(
    plan: Planned,
    started: DateTime<Utc>,
    call: String,
    history: String,
    read: bool,
    rng: &mut ChaCha8Rng,
) -> Leg {
    let answered_at = started + TimeDelta::seconds(plan.ringing_seconds);
    let talked = TimeDelta::seconds(plan.talk_seconds + plan.hold_seconds);
    let (answered, ended, result) = match plan.outcome {
        Outcome::Answered => {
            let result = if matches!(plan.party, Party::Colleague { .. }) { "connected" } else { "answered" };
            (Some(answered_at), answered_at + talked, result)
        }
        Outcome::Unanswered => (None, answered_at, "no_answer"),
        Outcome::Voicemail => (None, answered_at + talked, "voicemail"),
        Outcome::Canceled => (None, answered_at, "canceled"),
        Outcome::Busy => (None, answered_at, "busy"),
    };
    let left_message = plan.outcome == Outcome::Voicemail;
    Leg {
        id: dated_id(started, rng),
        history,
        call,
        inbound: plan.inbound,
        party: plan.party,
        in_queue: false,
        started,
        answered,
        ended,
        hold_seconds: plan.hold_seconds,
        result,
        recording: plan.recorded.then(|| hexadecimal(rng)),
        voicemail: left_message.then(|| Voicemail { id: hexadecimal(rng), seconds: plan.talk_seconds, read }),
        summary: plan.summarized.then(|| secrets::short_id(rng)),
        deleted: false,
        raw: Map::new(),
    }
}

/// The date of a time and a UUID.
fn dated_id(time: DateTime<Utc>, rng: &mut impl RngCore) -> String {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    format!("{}-{}", time.format("%Y%m%d"), Builder::from_random_bytes(bytes).into_uuid())
}

fn hexadecimal(rng: &mut impl RngCore) -> String {
    format!("{:016x}{:016x}", rng.next_u64(), rng.next_u64())
}
