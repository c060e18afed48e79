//! The times that a meeting or webinar was held, one instance each with a UUID of its own.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::reference::Reference;
use crate::account::Account;
use crate::answer::Refusal;
use crate::call::Call;
use crate::meetings::loaded::Held;
use crate::meetings::{Family, Meeting, kind};
use crate::{secrets, webinars};

/// So long after the end an instance is known at all.
pub(super) const KNOWN_AFTER_SECONDS: i64 = 60;
/// Zoom answers nothing about instances that are older.
const OLDEST_DAYS: i64 = 365;

/// One time that something was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Instance {
    pub uuid: String,
    pub occurrence: Option<String>,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
}

impl Instance {
    pub fn minutes(&self) -> i64 {
        ((self.end - self.start).num_seconds() + 59) / 60
    }

    /// A source of randomness that is the same for one instance in every request.
    pub fn rng(&self, stream: u64) -> ChaCha8Rng {
        let seed = self.uuid.bytes().fold(7_u64, |seed, byte| seed.wrapping_mul(131).wrapping_add(byte.into()));
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        rng
    }

    /// Seconds since the end.
    pub fn age(&self, now: DateTime<Utc>) -> i64 {
        (now - self.end).num_seconds()
    }
}

/// Every time that an event is held, past and future, oldest first, each with its planned start.
pub(super) fn planned(event: &Meeting) -> Vec<(DateTime<Utc>, Instance)> {
    if !event.loaded.held.is_empty() {
        let instance = |held: &Held| Instance {
            uuid: held.uuid.clone(),
            occurrence: held.occurrence.clone(),
            start: held.start,
            end: held.end,
        };
        return event.loaded.held.iter().map(|held| (held.start, instance(held))).collect();
    }
    let held = |start: DateTime<Utc>, minutes: i64, uuid: String, occurrence: Option<String>| {
        let planned = start + TimeDelta::minutes(minutes);
        let mut instance = Instance { uuid, occurrence, start, end: planned };
        let mut rng = instance.rng(1);
        // Seeded events begin and end as people do; others as planned or as they were ended.
        if event.source == "web_portal" {
            instance.start += TimeDelta::seconds(rng.random_range(-60..120));
            instance.end -= TimeDelta::seconds(rng.random_range(0..240.min(minutes * 60 / 4).max(1)));
        }
        if let Some(at) = event.ended_at.filter(|at| (start..planned).contains(at)) {
            instance.end = at;
        }
        (start, instance)
    };
    if kind::is_series(event.kind) {
        let dates = event.occurrences.iter().filter(|one| !one.deleted);
        return dates.map(|one| held(one.start, one.minutes, uuid_of(event, &one.id), Some(one.id.clone()))).collect();
    }
    let single = event.start.filter(|_| event.kind != kind::PERSONAL);
    single.map(|start| held(start, event.minutes, event.uuid.clone(), None)).into_iter().collect()
}

/// The instances of one event that have ended, oldest first.
pub(super) fn of(event: &Meeting, now: DateTime<Utc>) -> Vec<Instance> {
    let all = planned(event).into_iter();
    all.filter(|(start, instance)| *start < now && instance.end <= now).map(|(_, instance)| instance).collect()
}

/// The UUID of one date of a series; one in four has to be encoded twice.
fn uuid_of(event: &Meeting, occurrence: &str) -> String {
    let date: u64 = occurrence.parse().unwrap_or_default();
    let mut rng = ChaCha8Rng::seed_from_u64(event.id ^ date.rotate_left(17));
    let uuid = secrets::meeting_uuid(&mut rng);
    if rng.random_range(0..4) == 0 { secrets::awkward(uuid) } else { uuid }
}

/// The meeting or webinar and the instance that a request for recordings names: it has one path for both.
pub(super) fn recorded(account: &Account, call: &Call) -> Result<(Family, Meeting, Instance), Refusal> {
    named_in(Family::Meeting, account, call).or_else(|missing| {
        let webinar = named_in(Family::Webinar, account, call);
        webinar.map_err(|_| missing)
    })
}

/// The event and the instance that a request names.
pub(super) fn named(account: &Account, call: &Call) -> Result<(Family, Meeting, Instance), Refusal> {
    named_in(call.family(), account, call)
}

fn named_in(family: Family, account: &Account, call: &Call) -> Result<(Family, Meeting, Instance), Refusal> {
    if family == Family::Webinar {
        webinars::licensed(account)?;
    }
    let reference = Reference::of(call.captured.first().map_or("", String::as_str));
    let now = account.now();
    let book = locked(account.book(family));
    let found = match &reference {
        Reference::Broken(_) => None,
        Reference::Number(id) => book.open(*id, now).and_then(|event| Some((event.clone(), of(event, now).pop()?))),
        Reference::Uuid(uuid) => book.hosted(now).find_map(|event| {
            if event.loaded.held.is_empty() && !kind::is_series(event.kind) && event.uuid != *uuid {
                return None;
            }
            let instance = of(event, now).into_iter().find(|instance| instance.uuid == *uuid)?;
            Some((event.clone(), instance))
        }),
    };
    drop(book);
    let (event, instance) = found.ok_or_else(|| family.missing(&reference.shown()))?;
    if instance.age(now) < KNOWN_AFTER_SECONDS {
        return Err(family.missing(&reference.shown()));
    }
    if instance.age(now) > OLDEST_DAYS * 24 * 3_600 {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            12702,
            format!("Can not access a {} a year ago.", family.name()),
        ));
    }
    Ok((family, event, instance))
}
