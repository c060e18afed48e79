//! A webinar in somebody's timeline: how they stand there, and for how long they were there.

use liaison_domain::attendance::{self, Registrant, Role, Session, Staff};
use liaison_domain::{email, text};
use liaison_store::tables::people;
use liaison_store::tables::webinar_registrants::{self as registrants, RegistrantRecord, RegistrantStatus};
use liaison_store::tables::webinar_sessions as sessions;
use liaison_store::tables::webinars;
use liaison_store::{Connection, StoreResult};

use super::view::PersonWebinar;
use crate::people::MAX_NAME;
use crate::terms::UtcMs;
use crate::webinars::view::RegistrantStanding;
use crate::webinars::{is_in_doubt, owners, seen_minutes};

const MINUTE_MS: i64 = 60_000;

/// One webinar of a person; of several registrations the one that counts most.
pub(super) fn of_person(
    db: &Connection,
    person: &str,
    webinar: &str,
    at_ms: i64,
) -> StoreResult<Option<PersonWebinar>> {
    let (Some(person), Some(record)) = (people::person(db, person)?, webinars::get(db, webinar)?) else {
        return Ok(None);
    };
    let addresses: Vec<&str> = person.email.iter().chain(&person.more_emails).map(String::as_str).collect();
    let all = registrants::by_emails(db, webinar, &addresses)?;
    let over = sessions::instances(db, webinar)?.iter().any(|one| one.digest.is_some());
    let seen = seen_minutes(db, &record, &person.id)?;
    let mut best: Option<(Option<u32>, Option<RegistrantStanding>)> = seen.map(|minutes| (Some(minutes), None));
    for one in &all {
        let minutes = if over { minutes(db, one)? } else { None };
        if best.is_none_or(|(known, standing)| minutes > known || standing.is_none()) {
            let known = best.and_then(|(known, _)| known);
            best = Some((minutes.max(known), Some(standing(one.status))));
        }
    }
    let Some((minutes, standing)) = best else { return Ok(None) };
    Ok(Some(PersonWebinar {
        id: record.key,
        topic: text::single_line(&record.topic, MAX_NAME),
        start: UtcMs(at_ms),
        standing,
        minutes,
        registrant: with_own_link(db, &all)?,
    }))
}

/// Whoever has the link comes in as them, so that it is only of an address that nobody else has.
fn with_own_link(db: &Connection, all: &[RegistrantRecord]) -> StoreResult<Option<String>> {
    let linked: Vec<(&str, &str)> = all
        .iter()
        .filter(|one| one.has_link)
        .filter_map(|one| Some((one.key.as_str(), one.email.as_deref()?)))
        .collect();
    if linked.is_empty() {
        return Ok(None);
    }
    let addresses: Vec<&str> = linked.iter().map(|(_, address)| *address).collect();
    let owners = owners(db, &addresses)?;
    let alone = |address: &str| owners.get(&email::folded(address)).is_some_and(|people| people.len() == 1);
    let own = linked.iter().find(|(_, address)| alone(address));
    Ok(own.map(|(key, _)| (*key).to_owned()))
}

/// By the rule by which everybody's attendance is told, of what may be theirs.
fn minutes(db: &Connection, one: &RegistrantRecord) -> StoreResult<Option<u32>> {
    let email = one.email.clone().unwrap_or_default();
    let told: Vec<Session> =
        sessions::of_registrant(db, &one.webinar_key, &one.registrant_id, &email)?.iter().map(Session::from).collect();
    let registrant = Registrant {
        id: one.registrant_id.clone(),
        email,
        name: String::new(),
        approved: one.status == RegistrantStatus::Approved,
    };
    let people = attendance::merge(&told, &[registrant], &Staff::default());
    let theirs = people.iter().find(|attendee| attendee.registrant == Some(0));
    Ok(match theirs.map(|attendee| (attendee.role, attendee.inside_ms)) {
        Some((Role::Attended, inside_ms)) => u32::try_from(inside_ms / MINUTE_MS).ok().map(|minutes| minutes.max(1)),
        Some((Role::Absent, _)) if !is_in_doubt(db, one)? => Some(0),
        _ => None,
    })
}

fn standing(status: RegistrantStatus) -> RegistrantStanding {
    match status {
        RegistrantStatus::Approved => RegistrantStanding::Approved,
        RegistrantStatus::Pending => RegistrantStanding::Pending,
        RegistrantStatus::Denied => RegistrantStanding::Denied,
        RegistrantStatus::Cancelled => RegistrantStanding::Cancelled,
    }
}
