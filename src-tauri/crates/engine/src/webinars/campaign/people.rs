//! Who of a webinar is whom in Salesforce, and how they stand.

use std::collections::HashMap;

use liaison_domain::attendance::{Attendee, Role};
use liaison_domain::email;
use liaison_store::tables::links;
use liaison_store::tables::people::{self as db_people, PersonRecord};
use liaison_store::tables::webinar_registrants::{RegistrantRecord, RegistrantStatus};
use liaison_store::tables::webinar_sessions as sessions;
use liaison_store::tables::webinars::WebinarRecord;
use liaison_store::{Connection, StoreResult};

use crate::webinars::gather::{self, Came, name_of};
use crate::webinars::kinds::registrant::identity;
use crate::webinars::stored::{LINKED, MemberDetails};
use crate::webinars::view::MemberState;

/// Somebody who registered or came, with the record that stands for them.
pub(in crate::webinars) struct Person {
    pub name: String,
    pub email: String,
    /// None where nobody or several have the address.
    pub record: Option<PersonRecord>,
    pub state: MemberState,
    pub details: MemberDetails,
}

/// Everybody who registered and was not cancelled, and everybody who came. Who stands there twice, under two addresses or
/// as a record that was merged, is one person, as what they came to most.
pub(in crate::webinars) fn everybody(db: &Connection, webinar: &WebinarRecord) -> StoreResult<Vec<Person>> {
    let came = gather::came(db, webinar)?;
    let over = sessions::instances(db, &webinar.key)?.iter().any(|one| one.digest.is_some());
    let attendees: HashMap<usize, &Attendee> =
        came.people.iter().filter_map(|one| Some((one.registrant?, one))).collect();
    let addresses: Vec<&str> = came.registrants.iter().filter_map(|one| one.email.as_deref()).collect();
    let guests: Vec<&Attendee> = came.people.iter().filter(|one| over && is_guest(one, &came)).collect();
    let own = guests.iter().filter_map(|one| address_of(one, &came));
    let owners = gather::owners(db, &addresses.iter().copied().chain(own).collect::<Vec<_>>())?;
    let keys: Vec<String> = addresses.iter().map(|address| identity(&webinar.key, address)).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let linked: HashMap<String, String> =
        links::links_for_many(db, LINKED, &keys)?.into_iter().map(|link| (link.zoom_key, link.record_id)).collect();
    let mut people: Vec<Person> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, one) in came.registrants.iter().enumerate() {
        let attendee = attendees.get(&place).copied();
        let doubtful = attendee.is_some_and(|attendee| came.is_doubtful(attendee));
        let state = match (one.status, attendee.map(|attendee| attendee.role)) {
            (RegistrantStatus::Cancelled, _) => continue,
            // Whatever became of the registration.
            (_, Some(Role::Attended)) if over => MemberState::Attended,
            (RegistrantStatus::Denied, _) => MemberState::Denied,
            (RegistrantStatus::Approved, Some(Role::Absent)) if over && !doubtful => MemberState::NoShow,
            (RegistrantStatus::Approved, _) if webinar.approval_type == Some(1) => MemberState::Approved,
            (RegistrantStatus::Approved | RegistrantStatus::Pending, _) => MemberState::Registered,
        };
        let address = one.email.clone().unwrap_or_default();
        let found = owners.get(&email::folded(&address)).map(Vec::as_slice).unwrap_or_default();
        let chosen = linked.get(&identity(&webinar.key, &address));
        let record = match found {
            [person] => Some(person.clone()),
            // Whom they were registered from decides.
            several => several.iter().find(|person| chosen == Some(&person.salesforce_id)).cloned(),
        };
        let details = details(Some(one), state, attendee.filter(|_| over), &came);
        if let Some(record) = &record {
            if let Some(known) = places.get(&record.id) {
                let known = &mut people[*known];
                if state > known.state {
                    (known.state, known.details) = (state, details);
                }
                continue;
            }
            places.insert(record.id.clone(), people.len());
        }
        let name = record.as_ref().map_or_else(|| name_of(one), |record| record.name.clone());
        people.push(Person { name, email: address, record, state, details });
    }
    for one in guests {
        let address = address_of(one, &came).unwrap_or_default();
        let record = match one.sessions.iter().find_map(|place| came.linked.get(place)) {
            // The user has said who it was.
            Some(link) => db_people::person(db, &db_people::successor(db, &link.person_id())?)?,
            None => match owners.get(&email::folded(address)).map(Vec::as_slice) {
                Some([person]) => Some(person.clone()),
                _ => None,
            },
        };
        let record = record.filter(|record| !record.deleted);
        let details = details(None, MemberState::Attended, Some(one), &came);
        if let Some(record) = &record {
            if let Some(known) = places.get(&record.id) {
                came_as_well(&mut people[*known], details);
                continue;
            }
            places.insert(record.id.clone(), people.len());
        }
        let used = || one.sessions.iter().find_map(|place| came.sessions[*place].name.clone());
        let name = record.as_ref().map(|record| record.name.clone()).or_else(used).unwrap_or_default();
        people.push(Person { name, email: address.to_owned(), record, state: MemberState::Attended, details });
    }
    Ok(people)
}

/// Somebody who came and does not run it, of whom no registration says how they stand.
fn is_guest(one: &Attendee, came: &Came) -> bool {
    let cancelled = |place: usize| came.registrants[place].status == RegistrantStatus::Cancelled;
    matches!(one.role, Role::Attended | Role::Unknown) && one.registrant.is_none_or(cancelled)
}

fn address_of<'a>(one: &Attendee, came: &'a Came) -> Option<&'a str> {
    let registered = one.registrant.and_then(|place| came.registrants[place].email.as_deref());
    registered.or_else(|| one.sessions.iter().find_map(|place| came.sessions[*place].email.as_deref()))
}

/// They stand there by a registration, and came by another way. What the registration tells of them stays.
fn came_as_well(known: &mut Person, came: MemberDetails) {
    if known.state < MemberState::Attended {
        let MemberDetails { registrant, standing, has_link, .. } = std::mem::take(&mut known.details);
        known.details = MemberDetails { registrant, standing, has_link, ..came };
        known.state = MemberState::Attended;
    }
}

const MINUTE_MS: i64 = 60_000;

/// What is known of them beside how they stand.
fn details(
    one: Option<&RegistrantRecord>,
    state: MemberState,
    attendee: Option<&Attendee>,
    came: &Came,
) -> MemberDetails {
    let sessions = || attendee.into_iter().flat_map(|attendee| &attendee.sessions).map(|place| &came.sessions[*place]);
    MemberDetails {
        registrant: one.map(|one| one.key.clone()),
        standing: one.map(|one| one.status.as_str().to_owned()),
        attendance: match state {
            MemberState::Attended => Some("attended".to_owned()),
            MemberState::NoShow => Some("no show".to_owned()),
            _ => None,
        },
        joined_utc_ms: sessions().filter_map(|session| session.join_utc_ms).min(),
        left_utc_ms: sessions().filter_map(|session| session.leave_utc_ms).max(),
        minutes: attendee.filter(|_| state >= MemberState::NoShow).map(|attendee| attendee.inside_ms / MINUTE_MS),
        has_link: one.is_some_and(|one| one.has_link),
    }
}
