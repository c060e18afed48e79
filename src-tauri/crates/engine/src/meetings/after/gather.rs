//! Everything that is known of a meeting that is over, from the local copy alone.

use std::collections::HashMap;

use liaison_domain::attendance::meeting::{self, Answer, Expected, Person};
use liaison_domain::attendance::{Session, Staff};
use liaison_domain::email;
use liaison_store::tables::accounts;
use liaison_store::tables::links::{self, LinkRecord};
use liaison_store::tables::meeting_guests;
use liaison_store::tables::meeting_instances::{self as instances, InstanceRecord};
use liaison_store::tables::meeting_sessions::{self as sessions, MeetingSession};
use liaison_store::tables::meetings::MeetingRecord;
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::{Connection, StoreResult};

use crate::people::view::RecordKind;
use crate::terms::Provider;

/// What became of a meeting.
pub(super) struct After {
    /// The times that it was held, the first one first.
    pub instances: Vec<InstanceRecord>,
    /// Those who were inside.
    pub sessions: Vec<MeetingSession>,
    pub expected: Vec<Awaited>,
    pub people: Vec<Person>,
    pub answers: Vec<Answer>,
    own_address: Option<String>,
    host_id: Option<String>,
}

/// Somebody who was to come.
#[derive(Debug, Clone)]
pub(super) struct Awaited {
    /// What answers call them by: the folded address, else the id of the record.
    pub key: String,
    pub name: String,
    pub email: Option<String>,
    pub person: Option<PersonRecord>,
    pub colleague: bool,
}

impl After {
    /// `None` while Zoom has told of no time that it was held.
    pub fn of(db: &Connection, record: &MeetingRecord) -> StoreResult<Option<Self>> {
        let instances = instances::of_meeting(db, &record.key)?;
        if instances.is_empty() {
            return Ok(None);
        }
        let own_address = accounts::get(db, Provider::Zoom)?.and_then(|account| account.email);
        let expected = awaited(db, record, own_address.as_deref())?;
        let mut sessions = sessions::of_meeting(db, &record.key)?;
        sessions.retain(|one| !one.waited);
        let answers: Vec<Answer> = meeting_guests::of_meeting(db, &record.key)?
            .into_iter()
            .map(|said| Answer { guest: said.guest, email: said.email, is_them: said.is_them })
            .collect();
        let told: Vec<Session> = sessions.iter().map(Session::from).collect();
        let who: Vec<Expected> = expected
            .iter()
            .map(|one| Expected { email: one.key.clone(), name: one.name.clone(), colleague: one.colleague })
            .collect();
        let staff = Staff {
            emails: own_address.iter().chain(&record.host_email).map(|address| email::folded(address)).collect(),
            zoom_ids: record.host_id.iter().cloned().collect(),
        };
        let people = meeting::people(&told, &who, &staff, &answers);
        let host_id = record.host_id.clone();
        Ok(Some(Self { instances, sessions, expected, people, answers, own_address, host_id }))
    }

    /// A list of people is here.
    pub fn has_people(&self) -> bool {
        self.instances.iter().any(|one| one.digest.is_some())
    }

    /// Every list of people is final.
    pub fn is_settled(&self) -> bool {
        self.instances.iter().all(|one| one.settled)
    }

    /// When it was held, the first time first; what is not known yet is left out.
    pub fn held(&self) -> Vec<(i64, i64)> {
        let left = |one: &InstanceRecord| {
            let of_it = self.sessions.iter().filter(|session| session.uuid == one.uuid);
            of_it.filter_map(|session| session.leave_utc_ms).max()
        };
        let span = |one: &InstanceRecord| Some((one.started_utc_ms?, one.ended_utc_ms.or_else(|| left(one))?));
        self.instances.iter().filter_map(span).filter(|(start, end)| end >= start).collect()
    }

    /// The name of somebody: of their record or invitation, else what they used.
    pub fn name<'a>(&'a self, one: &'a Person) -> &'a str {
        let expected = one.expected.map(|place| self.expected[place].name.as_str());
        expected.filter(|name| !name.is_empty()).or_else(|| self.used(one)).unwrap_or_default()
    }

    /// The name that somebody used.
    pub fn used(&self, one: &Person) -> Option<&str> {
        one.sessions.iter().find_map(|place| self.sessions[*place].name.as_deref())
    }

    /// The address of somebody, where it is known.
    pub fn email(&self, one: &Person) -> Option<&str> {
        let expected = one.expected.and_then(|place| self.expected[place].email.as_deref());
        expected.or_else(|| one.sessions.iter().find_map(|place| self.sessions[*place].email.as_deref()))
    }

    /// The signed-in user.
    pub fn is_user(&self, one: &Person) -> bool {
        one.sessions.iter().map(|place| &self.sessions[*place]).any(|session| {
            let own = session.email.as_deref().zip(self.own_address.as_deref());
            own.is_some_and(|(theirs, own)| email::folded(theirs) == email::folded(own))
                || session.zoom_id.is_some() && session.zoom_id == self.host_id
        })
    }
}

/// Linked people first, then invited ones, each address once; never the user.
fn awaited(db: &Connection, record: &MeetingRecord, own: Option<&str>) -> StoreResult<Vec<Awaited>> {
    let links: Vec<LinkRecord> = links::links_for(db, "meeting", &record.key)?;
    let mut all: Vec<Awaited> = Vec::new();
    for link in &links {
        let current = people::successor(db, &link.person_id())?;
        let person = people::person(db, &current)?.filter(|person| !person.deleted);
        let email = person.as_ref().and_then(|person| person.email.clone());
        let key = email.as_deref().map_or_else(|| link.record_id.clone(), email::folded);
        if all.iter().any(|one| one.key == key) {
            continue;
        }
        let name = person.as_ref().map_or_else(|| link.record_name.clone(), |person| person.name.clone());
        all.push(Awaited { key, name, email, person, colleague: false });
    }
    let addresses: Vec<&str> = record.invitees.iter().flatten().map(|invitee| invitee.email.as_str()).collect();
    let owners = owners(db, &addresses)?;
    for invitee in record.invitees.iter().flatten() {
        let key = email::folded(&invitee.email);
        let is_linked = |one: &Awaited| {
            let has = |person: &PersonRecord| {
                person.email.iter().chain(&person.more_emails).any(|address| email::folded(address) == key)
            };
            one.key == key || one.person.as_ref().is_some_and(has)
        };
        let is_own = own.is_some_and(|own| email::folded(own) == key)
            || record.host_email.as_deref().is_some_and(|host| email::folded(host) == key);
        if key.is_empty() || is_own || all.iter().any(is_linked) {
            continue;
        }
        let person = owners.get(&key).cloned();
        let told = invitee.name.clone().unwrap_or_else(|| invitee.email.clone());
        all.push(Awaited {
            name: person.as_ref().map_or(told, |person| person.name.clone()),
            email: Some(invitee.email.clone()),
            colleague: own.is_some_and(|own| email::are_colleagues(own, &invitee.email)),
            person,
            key,
        });
    }
    Ok(all)
}

/// Who has these addresses. Somebody's own address goes before one in a further field, and a Contact before a Lead.
fn owners(db: &Connection, addresses: &[&str]) -> StoreResult<HashMap<String, PersonRecord>> {
    let mut owners: HashMap<String, PersonRecord> = HashMap::new();
    for person in people::people_by_email(db, addresses)?.into_iter().filter(|person| !person.deleted) {
        for address in person.email.iter().chain(&person.more_emails).map(|address| email::folded(address)) {
            let rank = |person: &PersonRecord| {
                (
                    person.email.as_deref().map(email::folded).as_ref() != Some(&address),
                    person.record == RecordKind::Lead,
                )
            };
            if owners.get(&address).is_none_or(|known| rank(&person) < rank(known)) {
                owners.insert(address, person.clone());
            }
        }
    }
    Ok(owners)
}
