//! Sessions become people: by the registration they came with, then by Zoom's own id of a user, then by the address.
//! A name alone only suggests, and two people of one name stay two.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::email;

/// One time that somebody came in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Session {
    /// The instance it belongs to.
    pub instance: String,
    pub registrant: Option<String>,
    /// Zoom's id of a user who was signed in.
    pub zoom_id: Option<String>,
    pub email: Option<String>,
    pub name: String,
    pub join_ms: Option<i64>,
    pub leave_ms: Option<i64>,
    pub seconds: i64,
    /// They belong to the host's account.
    pub internal: bool,
    /// Who the user says that it was.
    pub known: Option<String>,
}

/// Somebody who registered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Registrant {
    pub id: String,
    pub email: String,
    pub name: String,
    /// They may come; who may not is absent from nothing.
    pub approved: bool,
}

/// Who runs the webinar: folded addresses and Zoom's ids.
#[derive(Debug, Clone, Default)]
pub struct Staff {
    pub emails: HashSet<String>,
    pub zoom_ids: HashSet<String>,
}

/// What somebody was to the webinar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A registrant who came, or somebody of whom the user has said who it was.
    Attended,
    /// A registrant who may come and did not.
    Absent,
    /// Somebody who came and belongs to no registration.
    Unknown,
    /// Host, panelists, people of the account without a registration.
    Staff,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    pub role: Role,
    /// Place in the list of registrants.
    pub registrant: Option<usize>,
    /// Places in the list of sessions, in its order.
    pub sessions: Vec<usize>,
    /// Milliseconds inside, in all instances; what two devices saw at once counts once.
    pub inside_ms: i64,
    /// Registrants of the same name, where it is not known who somebody is.
    pub namesakes: Vec<usize>,
}

/// Merges all sessions with all registrants: each session is in exactly one person, and each registrant who may come
/// is exactly one.
pub fn merge(sessions: &[Session], registrants: &[Registrant], staff: &Staff) -> Vec<Attendee> {
    let by_id: HashMap<&str, usize> =
        registrants.iter().enumerate().map(|(place, one)| (one.id.as_str(), place)).collect();
    let by_email = unique(registrants.iter().enumerate().map(|(place, one)| (email::folded(&one.email), place)));
    let mut joined = Joined::new(sessions);
    let mut registrant_of: Vec<Option<usize>> =
        sessions.iter().map(|one| one.registrant.as_deref().and_then(|id| by_id.get(id)).copied()).collect();

    // What the user has said stands before everything.
    joined.by(sessions, |one| one.known.clone());
    // The registration they came with, also one that is not known here.
    joined.by(sessions, |one| one.registrant.clone());
    // Zoom's own id, unless it came with several registrations: a room that several people share.
    let zoom_ids = shared(sessions, |one| one.zoom_id.clone(), |one| one.registrant.clone());
    joined.by(sessions, |one| one.zoom_id.clone().filter(|id| !zoom_ids.contains(id)));
    // The address, unless it came with several registrations or users.
    let emails = shared(sessions, folded, |one| one.registrant.clone());
    joined.by(sessions, |one| folded(one).filter(|email| !emails.contains(email)));

    // Who came without the registration is known by the address that registered.
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..sessions.len() {
        groups.entry(joined.root(place)).or_default().push(place);
    }
    let mut people: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (root, places) in groups {
        let known = places.iter().find_map(|place| registrant_of[*place]);
        let registered = known.or_else(|| {
            let addresses: BTreeSet<String> = places.iter().filter_map(|place| folded(&sessions[*place])).collect();
            addresses.iter().find_map(|address| by_email.get(address).copied().flatten())
        });
        let key = registered.map_or(Key::Group(root), Key::Registrant);
        people.entry(key).or_default().extend(&places);
        for place in places {
            registrant_of[place] = registered;
        }
    }
    let came: HashSet<usize> = registrant_of.iter().flatten().copied().collect();
    let mut attendees: Vec<Attendee> = people
        .into_iter()
        .map(|(key, mut places)| {
            places.sort_unstable();
            let registrant = match key {
                Key::Registrant(place) => Some(place),
                Key::Group(_) => None,
            };
            let role = role(sessions, &places, registrant, staff);
            let namesakes =
                if role == Role::Unknown { namesakes(sessions, &places, registrants, &came) } else { Vec::new() };
            Attendee { role, registrant, inside_ms: inside_ms(sessions, &places), sessions: places, namesakes }
        })
        .collect();
    let absent = registrants.iter().enumerate().filter(|(place, one)| one.approved && !came.contains(place));
    attendees.extend(absent.map(|(place, _)| Attendee {
        role: Role::Absent,
        registrant: Some(place),
        sessions: Vec::new(),
        inside_ms: 0,
        namesakes: Vec::new(),
    }));
    attendees
}

/// How long it was held, in all instances: from the first who came to the last who left.
pub fn held_ms(sessions: &[Session]) -> i64 {
    let mut spans: HashMap<&str, (i64, i64)> = HashMap::new();
    for session in sessions {
        let Some((join, leave)) = session.join_ms.zip(session.leave_ms) else { continue };
        let span = spans.entry(&session.instance).or_insert((join, leave));
        *span = (span.0.min(join), span.1.max(leave));
    }
    spans.values().map(|(first, last)| (last - first).max(0)).sum()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Registrant(usize),
    Group(usize),
}

fn folded(session: &Session) -> Option<String> {
    session.email.as_deref().map(email::folded).filter(|email| !email.is_empty())
}

/// What only one has; nothing for what several have.
fn unique(all: impl Iterator<Item = (String, usize)>) -> HashMap<String, Option<usize>> {
    let mut unique: HashMap<String, Option<usize>> = HashMap::new();
    for (key, place) in all.filter(|(key, _)| !key.is_empty()) {
        unique.entry(key).and_modify(|one| *one = None).or_insert(Some(place));
    }
    unique
}

/// The values that stand beside several different others.
fn shared(
    sessions: &[Session],
    value: impl Fn(&Session) -> Option<String>,
    other: impl Fn(&Session) -> Option<String>,
) -> HashSet<String> {
    let mut beside: HashMap<String, HashSet<String>> = HashMap::new();
    for session in sessions {
        if let (Some(value), Some(other)) = (value(session), other(session)) {
            beside.entry(value).or_default().insert(other);
        }
    }
    beside.into_iter().filter(|(_, others)| others.len() > 1).map(|(value, _)| value).collect()
}

fn role(sessions: &[Session], places: &[usize], registrant: Option<usize>, staff: &Staff) -> Role {
    if registrant.is_some() || places.iter().any(|place| sessions[*place].known.is_some()) {
        return Role::Attended;
    }
    let runs = places.iter().map(|place| &sessions[*place]).any(|one| {
        one.internal
            || folded(one).is_some_and(|email| staff.emails.contains(&email))
            || one.zoom_id.as_ref().is_some_and(|id| staff.zoom_ids.contains(id))
    });
    if runs { Role::Staff } else { Role::Unknown }
}

/// Registrants of the same name who did not come, as far as is known.
fn namesakes(sessions: &[Session], places: &[usize], registrants: &[Registrant], came: &HashSet<usize>) -> Vec<usize> {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let names: HashSet<String> = places.iter().map(|place| plain(&sessions[*place].name)).collect();
    let same = |one: &Registrant| !one.name.trim().is_empty() && names.contains(&plain(&one.name));
    let found = registrants.iter().enumerate().filter(|(place, one)| same(one) && !came.contains(place));
    found.map(|(place, _)| place).collect()
}

fn inside_ms(sessions: &[Session], places: &[usize]) -> i64 {
    let mut spans: Vec<(i64, i64)> = Vec::new();
    let mut untimed = 0;
    for session in places.iter().map(|place| &sessions[*place]) {
        match session.join_ms.zip(session.leave_ms) {
            Some((join, leave)) if leave > join => spans.push((join, leave)),
            _ => untimed += session.seconds.max(0) * 1_000,
        }
    }
    spans.sort_unstable();
    let (mut total, mut until) = (0, i64::MIN);
    for (join, leave) in spans {
        total += (leave - join.max(until)).max(0);
        until = until.max(leave);
    }
    total + untimed
}

/// Which sessions are one person's: for each the place of an earlier one, or its own.
struct Joined {
    earlier: Vec<usize>,
    /// The registration that a person came with, at the place of their first session.
    registrations: Vec<Option<String>>,
}

impl Joined {
    fn new(sessions: &[Session]) -> Self {
        let registrations = sessions.iter().map(|one| one.registrant.clone()).collect();
        Self { earlier: (0..sessions.len()).collect(), registrations }
    }

    fn root(&mut self, place: usize) -> usize {
        let mut root = place;
        while self.earlier[root] != root {
            root = self.earlier[root];
        }
        self.earlier[place] = root;
        root
    }

    /// Two who came with different registrations stay two.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (first, later) = (one.min(other), one.max(other));
        match (&self.registrations[first], &self.registrations[later]) {
            (Some(here), Some(there)) if here != there => return,
            (None, Some(there)) => self.registrations[first] = Some(there.clone()),
            _ => {}
        }
        self.earlier[later] = first;
    }

    /// Joins all that have the same of something.
    fn by(&mut self, sessions: &[Session], value: impl Fn(&Session) -> Option<String>) {
        let mut first: HashMap<String, usize> = HashMap::new();
        for (place, session) in sessions.iter().enumerate() {
            let Some(value) = value(session).filter(|value| !value.is_empty()) else { continue };
            let other = *first.entry(value).or_insert(place);
            self.join(place, other);
        }
    }
}

#[cfg(test)]
mod tests;
