//! Who was there, when they came and went.
//!
//! Follows from invitations and registrations, and is the same at every request. Guests from outside
//! have no id, and mostly no address: Zoom hides it unless they had registered or the host's account
//! shows addresses from the calendar.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value};

use super::instances::Instance;
use crate::account::Account;
use crate::meetings::loaded::{self, Held};
use crate::meetings::{Family, Meeting};
use crate::registration::Standing;
use crate::secrets;

/// Colleagues who take part where nobody from outside is invited.
const COLLEAGUES: [(&str, &str); 3] = [
    ("Mila Jansen", "mila.jansen@northwind.example.com"),
    ("Ibrahim Yıldız", "ibrahim.yildiz@northwind.example.com"),
    ("Eline Postma", "eline.postma@northwind.example.com"),
];

/// One stay of one person; somebody who comes back has two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    pub name: String,
    /// Empty where Zoom hides it.
    pub email: String,
    /// Empty for people who are not signed in.
    pub zoom_id: String,
    /// Anew at every join.
    pub join_id: u64,
    pub registrant: Option<String>,
    pub internal: bool,
    pub join: DateTime<Utc>,
    pub leave: DateTime<Utc>,
    /// Which person it was, counted from 0; not shown.
    pub person: usize,
    /// What a raw row said of it.
    pub raw: Map<String, Value>,
}

/// Somebody who was there.
struct Person {
    name: String,
    email: String,
    zoom_id: String,
    registrant: Option<String>,
    internal: bool,
}

/// All visits of one instance in the order of the people.
pub(super) fn of(account: &Account, family: Family, event: &Meeting, instance: &Instance) -> Vec<Visit> {
    if let Some(held) = event.loaded.held.iter().find(|held| held.uuid == instance.uuid) {
        return visits_of(held);
    }
    let mut rng = instance.rng(2);
    let mut people = vec![host(account)];
    people.extend(guests(account, event, &mut rng));
    people.extend(registrants(account, family, event, &mut rng));
    let seeded = event.source == "web_portal";
    if people.len() == 1 && seeded {
        people.extend(COLLEAGUES.iter().map(|(name, email)| Person {
            name: (*name).to_owned(),
            email: (*email).to_owned(),
            zoom_id: secrets::short_id(&mut rng),
            registrant: None,
            internal: true,
        }));
    }
    let people = people.into_iter().enumerate();
    people.flat_map(|(number, person)| visits(number, &person, instance, &mut rng)).collect()
}

/// The visits that a raw row tells of. Rows with the same address, or without one the same name, are one person's.
fn visits_of(held: &Held) -> Vec<Visit> {
    let mut people: Vec<String> = Vec::new();
    let visit = |row: &Map<String, Value>| {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let moment = |name: &str, otherwise| loaded::moment(&text(name)).unwrap_or(otherwise);
        let (name, email) = (text("name"), text("user_email"));
        let key = if email.is_empty() { name.clone() } else { email.to_lowercase() };
        let person = people.iter().position(|own| *own == key).unwrap_or_else(|| {
            people.push(key);
            people.len() - 1
        });
        Visit {
            name,
            email,
            zoom_id: text("id"),
            join_id: text("user_id").parse().unwrap_or(16_000_000),
            registrant: Some(text("registrant_id")).filter(|id| !id.is_empty()),
            internal: row.get("internal_user") == Some(&Value::Bool(true)),
            join: moment("join_time", held.start),
            leave: moment("leave_time", held.end),
            person,
            raw: row.clone(),
        }
    };
    held.people.iter().map(visit).collect()
}

fn host(account: &Account) -> Person {
    let user = &account.user;
    Person {
        name: format!("{} {}", user.rep.first_name, user.rep.last_name),
        email: user.rep.email.clone(),
        zoom_id: user.id.clone(),
        registrant: None,
        internal: true,
    }
}

/// The people who had been invited; the first of them surely came.
fn guests(account: &Account, event: &Meeting, rng: &mut ChaCha8Rng) -> Vec<Person> {
    let invitees = event.settings.get("meeting_invitees").and_then(Value::as_array).cloned().unwrap_or_default();
    let emails = invitees.iter().filter_map(|invitee| invitee.get("email").and_then(Value::as_str));
    let mut people = Vec::new();
    for (number, email) in emails.enumerate() {
        if number > 0 && rng.random_range(0..6) == 0 {
            continue;
        }
        let known = account.shared.people.people.iter().find(|person| person.email.as_deref() == Some(email));
        let name = match known {
            Some(person) => format!("{} {}", person.first_name, person.last_name).trim().to_owned(),
            None => email.split('@').next().unwrap_or_default().replace('.', " "),
        };
        let is_shown = rng.random_range(0..3) == 0;
        let signed_in = rng.random_range(0..4) == 0;
        people.push(Person {
            name,
            email: if is_shown { email.to_owned() } else { String::new() },
            zoom_id: if signed_in { secrets::short_id(rng) } else { String::new() },
            registrant: None,
            internal: false,
        });
    }
    if !people.is_empty() && rng.random_range(0..4) == 0 {
        // Somebody whom nobody had invited.
        people.push(Person {
            name: "iPhone".to_owned(),
            email: String::new(),
            zoom_id: String::new(),
            registrant: None,
            internal: false,
        });
    }
    people
}

/// Three of five people who had registered and were approved.
fn registrants(account: &Account, family: Family, event: &Meeting, rng: &mut ChaCha8Rng) -> Vec<Person> {
    if !event.wants_registration() {
        return Vec::new();
    }
    let mut rosters = locked(&account.rosters);
    let approved = rosters.of(family, event, account).registrants().filter(|one| one.standing == Standing::Approved);
    let mut people = Vec::new();
    for registrant in approved {
        if rng.random_range(0..5) < 3 {
            people.push(Person {
                name: format!("{} {}", registrant.first_name, registrant.last_name).trim().to_owned(),
                email: registrant.email.clone(),
                zoom_id: String::new(),
                registrant: Some(registrant.id.clone()),
                internal: false,
            });
        }
    }
    people
}

fn visits(number: usize, person: &Person, instance: &Instance, rng: &mut ChaCha8Rng) -> Vec<Visit> {
    let length = (instance.end - instance.start).num_seconds().max(8);
    let mut stay = |from: i64, until: i64| Visit {
        name: person.name.clone(),
        email: person.email.clone(),
        zoom_id: person.zoom_id.clone(),
        join_id: rng.random_range(16_000_000..17_000_000),
        registrant: person.registrant.clone(),
        internal: person.internal,
        join: instance.start + TimeDelta::seconds(from),
        leave: instance.start + TimeDelta::seconds(until),
        person: number,
        raw: Map::new(),
    };
    if number == 0 {
        return vec![stay(0, length)];
    }
    let offset = i64::try_from(number).unwrap_or_default();
    let from = (offset * 37) % (length / 8);
    let until = length - (offset * 53) % (length / 8);
    // One in four loses the line and comes back.
    if number % 4 == 1 && length > 240 {
        let lost = from + (until - from) / 2;
        return vec![stay(from, lost), stay(lost + 45, until)];
    }
    vec![stay(from, until)]
}

/// How many people there were, and the minutes of all of them together.
pub(super) fn totals(visits: &[Visit]) -> (usize, i64) {
    let people = visits.iter().map(|visit| visit.person + 1).max().unwrap_or_default();
    let seconds: i64 = visits.iter().map(|visit| (visit.leave - visit.join).num_seconds()).sum();
    (people, (seconds + 59) / 60)
}
