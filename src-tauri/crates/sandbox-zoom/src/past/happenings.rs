//! What happens by itself while time goes on: things begin and end, people come and go, and later there are
//! recordings, transcripts and summaries. Each is an event, with the body of Zoom's webhook.
//!
//! What was made for the very moment has nobody who starts it, so nothing happens to it.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};

use super::attendance::{self, Visit};
use super::instances::{self, Instance};
use super::{recordings, summary};
use crate::account::Account;
use crate::events;
use crate::meetings::{Family, Meeting, instant};
use crate::{secrets, told};

/// So long after a planned end something may still happen, and so long before a planned start.
const AROUND: TimeDelta = TimeDelta::minutes(30);

/// One event that is due.
struct Happening {
    at: DateTime<Utc>,
    name: String,
    object: Value,
    download_token: Option<String>,
}

/// The frames of all that happens after `from` and up to `until`, in the order in which it happens.
pub(crate) fn frames(account: &Account, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<String> {
    let mut due = Vec::new();
    for family in [Family::Meeting, Family::Webinar] {
        for event in near(account, family, from, until) {
            for (planned, instance) in instances::planned(&event) {
                let ended_by_host = event.ended_at == Some(instance.end);
                if planned > event.created_at || ended_by_host {
                    happen(account, family, &event, &instance, &mut due);
                }
            }
        }
    }
    due.retain(|one| from < one.at && one.at <= until);
    due.sort_by_key(|one| one.at);
    due.into_iter().map(|one| one.frame(account)).collect()
}

/// What may have something to tell about; few of a large calendar.
fn near(account: &Account, family: Family, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Meeting> {
    let book = locked(account.book(family));
    let is_near = |event: &&Meeting| {
        event.dates().any(|(start, end)| start - AROUND <= until && from <= end + AROUND)
            || event.ended_at.is_some_and(|at| from <= at)
    };
    book.hosted(until).filter(is_near).cloned().collect()
}

impl Happening {
    fn frame(self, account: &Account) -> String {
        let payload = json!({ "account_id": account.user.account_id, "object": self.object });
        events::frame(&self.name, &payload, self.at, self.download_token.as_deref())
    }
}

fn happen(account: &Account, family: Family, event: &Meeting, instance: &Instance, due: &mut Vec<Happening>) {
    let mut base = told::described(account, event);
    base.insert("id".to_owned(), json!(event.id.to_string()));
    base.insert("uuid".to_owned(), json!(instance.uuid));
    base.insert("start_time".to_owned(), json!(instant(instance.start)));
    let mut tell = |at: DateTime<Utc>, what: &str, object: Map<String, Value>| {
        let name = format!("{}.{what}", family.name());
        due.push(Happening { at, name, object: Value::Object(object), download_token: None });
    };
    tell(instance.start, "started", base.clone());
    for visit in attendance::of(account, family, event, instance) {
        tell(visit.join, "participant_joined", with_participant(&base, joined(&visit)));
        tell(visit.leave, "participant_left", with_participant(&base, left(&visit, instance)));
    }
    let mut over = base;
    over.insert("end_time".to_owned(), json!(instant(instance.end)));
    if family == Family::Webinar {
        over.insert("practice_session".to_owned(), json!(false));
    }
    tell(instance.end, "ended", over);
    if family == Family::Meeting {
        afterwards(account, event, instance, due);
    }
}

/// What is made out of a meeting once it is over.
fn afterwards(account: &Account, event: &Meeting, instance: &Instance, due: &mut Vec<Happening>) {
    let written_at = instance.end + TimeDelta::seconds(summary::READY_AFTER_SECONDS);
    if summary::exists(event, instance, written_at) {
        let object = summary::told(account, event, instance);
        let name = "meeting.summary_completed".to_owned();
        due.push(Happening { at: written_at, name, object, download_token: None });
    }
    let recorded_at = instance.end + TimeDelta::seconds(recordings::READY_AFTER_SECONDS);
    if recordings::exist(event, instance, recorded_at) {
        for (what, object) in recordings::told(account, event, instance) {
            let token = account.fresh_download_token(TimeDelta::days(1));
            let name = format!("recording.{what}");
            due.push(Happening { at: recorded_at, name, object, download_token: Some(token) });
        }
    }
}

fn with_participant(base: &Map<String, Value>, participant: Map<String, Value>) -> Map<String, Value> {
    let mut object = base.clone();
    object.insert("participant".to_owned(), Value::Object(participant));
    object
}

fn participant(visit: &Visit) -> Map<String, Value> {
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("user_id", json!(visit.join_id.to_string()));
    put("user_name", json!(visit.name));
    put("id", json!(visit.zoom_id));
    put("participant_user_id", json!(visit.zoom_id));
    put("participant_uuid", json!(secrets::short_id(&mut ChaCha8Rng::seed_from_u64(visit.join_id))));
    put("email", json!(visit.email));
    if let Some(registrant) = &visit.registrant {
        put("registrant_id", json!(registrant));
    }
    shown
}

fn joined(visit: &Visit) -> Map<String, Value> {
    let mut shown = participant(visit);
    shown.insert("join_time".to_owned(), json!(instant(visit.join)));
    shown
}

fn left(visit: &Visit, instance: &Instance) -> Map<String, Value> {
    let mut shown = participant(visit);
    shown.insert("leave_time".to_owned(), json!(instant(visit.leave)));
    let reason = if visit.leave == instance.end { "<br>Reason: Host ended the meeting." } else { "" };
    shown.insert("leave_reason".to_owned(), json!(format!("{} left the meeting.{reason}", visit.name)));
    shown
}
