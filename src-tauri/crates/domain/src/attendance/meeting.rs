//! Who came to a meeting: those who were expected, and guests of whom Zoom tells a name at most.
//!
//! In this order: the registration they came with, the address, what the user said, and the intent of a meeting of two.
//! A name alone, a gap that somebody fills, or that only one is missing suggests and counts for nobody.

use std::collections::{HashMap, HashSet};

use super::merge::{self, Attendee, Registrant, Session, Staff};
use crate::email;

/// Somebody who fills the gap between two sessions of another came and left so near to it.
const NEAR_MS: i64 = 90_000;
/// Shorter words of a name say nothing.
const SHORTEST_WORD: usize = 3;

/// Somebody who was to come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    pub email: String,
    pub name: String,
    /// Of the host's own house.
    pub colleague: bool,
}

/// What the user said of a guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What the guest is known by: [`Person::guest`].
    pub guest: String,
    /// Whom it was about, by the address.
    pub email: String,
    pub is_them: bool,
}

/// What somebody was to the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Host, and people of the account who were not invited.
    Own,
    /// Somebody who was expected, and came.
    Came,
    /// Somebody who was expected, and did not come as far as is known.
    Missed,
    /// Somebody who came, and of whom it is not known who it was.
    Guest,
}

/// How it is known that somebody who was expected came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Zoom told the address.
    Address,
    /// The user said so.
    Answer,
    /// Nobody else was expected, nobody else came, and the names agree.
    Intent,
}

/// Why a guest may be somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// They were there exactly while the other was away.
    Gap,
    /// The names agree in a word.
    Name,
    /// Nobody else is missing, and nobody else is unknown.
    Only,
}

/// Somebody a guest may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MayBe {
    /// Place in the list of those who were expected.
    pub expected: usize,
    pub why: Why,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub part: Part,
    /// Place in the list of those who were expected.
    pub expected: Option<usize>,
    pub basis: Option<Basis>,
    /// What they are known by, for an answer of the user.
    pub guest: String,
    /// Places in the list of sessions.
    pub sessions: Vec<usize>,
    /// Milliseconds inside; what two devices saw at once counts once.
    pub inside_ms: i64,
    /// When they were inside, in order; what touches is one.
    pub spans: Vec<(i64, i64)>,
    /// Whom a guest may be, the best reason first.
    pub may_be: Vec<MayBe>,
}

/// Everybody: each session is in exactly one person, and each one who was expected is exactly one.
pub fn people(sessions: &[Session], expected: &[Expected], host: &Staff, answers: &[Answer]) -> Vec<Person> {
    let guests = known_by(sessions);
    let registrants: Vec<Registrant> = expected.iter().enumerate().map(|(place, one)| registrant(place, one)).collect();
    let place_of = |address: &str| expected.iter().position(|one| email::folded(&one.email) == email::folded(address));
    let mut told: Vec<Session> = sessions.to_vec();
    let mut basis: HashMap<usize, Basis> = HashMap::new();
    for (session, guest) in told.iter_mut().zip(&guests) {
        if session.zoom_id.is_none() {
            session.zoom_id = Some(guest.clone());
        }
        let said = answers.iter().find(|answer| answer.is_them && answer.guest == *guest);
        if let Some(place) = said.and_then(|answer| place_of(&answer.email)) {
            session.registrant = Some(id(place));
            basis.insert(place, Basis::Answer);
        }
    }
    let refused: HashSet<(&str, usize)> = answers
        .iter()
        .filter(|answer| !answer.is_them)
        .filter_map(|answer| Some((answer.guest.as_str(), place_of(&answer.email)?)))
        .collect();
    let mut merged = merge::merge(&told, &registrants, host);
    if let Some((places, expected)) = intended(&merged, sessions, &guests, expected, &refused) {
        for place in places {
            told[place].registrant = Some(id(expected));
        }
        basis.insert(expected, Basis::Intent);
        merged = merge::merge(&told, &registrants, host);
    }
    let mut people: Vec<Person> = merged.iter().map(|one| person(one, &told, &guests, &basis)).collect();
    let suggestions: Vec<Vec<MayBe>> =
        people.iter().map(|one| suggested(one, &people, sessions, expected, &refused)).collect();
    for (person, may_be) in people.iter_mut().zip(suggestions) {
        person.may_be = may_be;
    }
    people
}

fn id(place: usize) -> String {
    format!("expected:{place}")
}

fn registrant(place: usize, one: &Expected) -> Registrant {
    Registrant { id: id(place), email: one.email.clone(), name: one.name.clone(), approved: true }
}

/// What each session's person is known by: Zoom's id, the registration, the address, else the name. Sessions of one name
/// and nothing else are one person's unless two of them ran at once.
fn known_by(sessions: &[Session]) -> Vec<String> {
    let nameless = |one: &Session| one.zoom_id.is_none() && one.email.is_none() && one.registrant.is_none();
    let mut same_name: HashMap<String, Vec<&Session>> = HashMap::new();
    for session in sessions.iter().filter(|one| nameless(one)) {
        same_name.entry(plain(&session.name)).or_default().push(session);
    }
    let at_once = |all: &[&Session]| {
        let mut spans: Vec<(i64, i64)> = all.iter().filter_map(|one| one.join_ms.zip(one.leave_ms)).collect();
        spans.sort_unstable();
        spans.windows(2).any(|pair| pair[1].0 < pair[0].1)
    };
    let several: HashSet<String> =
        same_name.iter().filter(|(_, all)| at_once(all)).map(|(name, _)| name.clone()).collect();
    let key = |(place, one): (usize, &Session)| {
        if let Some(known) = one.zoom_id.clone().or_else(|| one.registrant.clone()) {
            return known;
        }
        if let Some(address) = &one.email {
            return email::folded(address);
        }
        let name = plain(&one.name);
        if several.contains(&name) { format!("name:{name}#{place}") } else { format!("name:{name}") }
    };
    sessions.iter().enumerate().map(key).collect()
}

/// A meeting of two: the only guest is the only one who was expected and is missing, if the names agree.
fn intended(
    merged: &[Attendee],
    sessions: &[Session],
    guests: &[String],
    expected: &[Expected],
    refused: &HashSet<(&str, usize)>,
) -> Option<(Vec<usize>, usize)> {
    let outside = expected.iter().filter(|one| !one.colleague).count();
    let mut unknown = merged.iter().filter(|one| one.role == merge::Role::Unknown);
    let (guest, none) = (unknown.next()?, unknown.next());
    let missing = missed(merged, expected);
    let [place] = missing.as_slice() else { return None };
    let said_no = guest.sessions.first().is_some_and(|first| refused.contains(&(guests[*first].as_str(), *place)));
    let agrees = guest.sessions.iter().any(|session| share_a_word(&sessions[*session].name, &expected[*place]));
    (none.is_none() && outside == 1 && !said_no && agrees).then(|| (guest.sessions.clone(), *place))
}

/// Those from outside who were expected and did not come.
fn missed(merged: &[Attendee], expected: &[Expected]) -> Vec<usize> {
    let absent = merged.iter().filter(|one| one.role == merge::Role::Absent).filter_map(|one| one.registrant);
    absent.filter(|place| !expected[*place].colleague).collect()
}

fn person(one: &Attendee, told: &[Session], guests: &[String], basis: &HashMap<usize, Basis>) -> Person {
    let part = match one.role {
        merge::Role::Attended => Part::Came,
        merge::Role::Absent => Part::Missed,
        merge::Role::Unknown => Part::Guest,
        merge::Role::Staff => Part::Own,
    };
    let how = |place: usize| basis.get(&place).copied().unwrap_or(Basis::Address);
    Person {
        part,
        expected: one.registrant,
        basis: one.registrant.filter(|_| part == Part::Came).map(how),
        guest: one.sessions.first().map(|place| guests[*place].clone()).unwrap_or_default(),
        spans: spans(one.sessions.iter().map(|place| &told[*place])),
        sessions: one.sessions.clone(),
        inside_ms: one.inside_ms,
        may_be: Vec::new(),
    }
}

fn suggested(
    guest: &Person,
    people: &[Person],
    sessions: &[Session],
    expected: &[Expected],
    refused: &HashSet<(&str, usize)>,
) -> Vec<MayBe> {
    if guest.part != Part::Guest {
        return Vec::new();
    }
    let missing = people.iter().filter(|one| one.part == Part::Missed).count();
    let guests = people.iter().filter(|one| one.part == Part::Guest).count();
    let reason = |one: &Person, place: usize| {
        let named = guest.sessions.iter().any(|session| share_a_word(&sessions[*session].name, &expected[place]));
        match one.part {
            Part::Came => fills_a_gap(guest, one).then_some(Why::Gap),
            Part::Missed if named => Some(Why::Name),
            Part::Missed => (missing == 1 && guests == 1).then_some(Why::Only),
            Part::Own | Part::Guest => None,
        }
    };
    let mut found: Vec<MayBe> = people
        .iter()
        .filter_map(|one| one.expected.map(|place| (one, place)))
        .filter(|(_, place)| !refused.contains(&(guest.guest.as_str(), *place)))
        .filter_map(|(one, expected)| Some(MayBe { expected, why: reason(one, expected)? }))
        .collect();
    found.sort_by_key(|one| (one.why, one.expected));
    found
}

/// Whether somebody was there exactly while another was away.
fn fills_a_gap(guest: &Person, other: &Person) -> bool {
    let (Some(first), Some(last)) = (guest.spans.first(), guest.spans.last()) else { return false };
    let gaps = other.spans.windows(2).map(|pair| (pair[0].1, pair[1].0));
    gaps.into_iter().any(|(left, back)| first.0 >= left - NEAR_MS && last.1 <= back + NEAR_MS)
}

/// Whether a name that was used has a word of a name or of an address.
fn share_a_word(used: &str, expected: &Expected) -> bool {
    let local = expected.email.split('@').next().unwrap_or_default();
    let words = |text: &str| -> HashSet<String> {
        let parts = text.split(|sign: char| !sign.is_alphanumeric());
        parts.filter(|word| word.chars().count() >= SHORTEST_WORD).map(str::to_lowercase).collect()
    };
    let theirs: HashSet<String> = words(&expected.name).union(&words(local)).cloned().collect();
    !words(used).is_disjoint(&theirs)
}

/// When somebody was inside, in order; what touches is one.
fn spans<'a>(sessions: impl Iterator<Item = &'a Session>) -> Vec<(i64, i64)> {
    let mut all: Vec<(i64, i64)> =
        sessions.filter_map(|one| one.join_ms.zip(one.leave_ms)).filter(|(join, leave)| leave > join).collect();
    all.sort_unstable();
    let mut merged: Vec<(i64, i64)> = Vec::with_capacity(all.len());
    for (join, leave) in all {
        match merged.last_mut() {
            Some(last) if join <= last.1 => last.1 = last.1.max(leave),
            _ => merged.push((join, leave)),
        }
    }
    merged
}

fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests;
