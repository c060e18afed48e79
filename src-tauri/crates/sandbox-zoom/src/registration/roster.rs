//! Who has registered for one event, and the rules that a roster keeps.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use super::questions::Questions;
use super::seed;
use crate::account::Account;
use crate::meetings::{Family, Meeting};

/// So often one address may be registered for one event on one UTC day.
pub(super) const ADDITIONS_A_DAY: u32 = 3;
/// So often the status of one registrant may be changed on one UTC day.
pub(super) const DECISIONS_A_DAY: u32 = 10;

/// How a registrant stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Pending,
    Approved,
    Denied,
    /// In no list any more.
    Cancelled,
}

impl Standing {
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One person who has registered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Registrant {
    /// 22 characters.
    pub id: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    /// The other fields of the form, as they were sent.
    pub answers: Map<String, Value>,
    pub standing: Standing,
    pub created_at: DateTime<Utc>,
    /// Id of a tracking source.
    pub source: Option<String>,
    /// For people who dial in.
    pub pin: u64,
    /// What a raw row said of them.
    pub raw: Map<String, Value>,
}

/// How often something happened on one day.
#[derive(Debug, Default)]
struct Counters(HashMap<String, (NaiveDate, u32)>);

impl Counters {
    /// Counts once more; false if that is more often than allowed.
    fn take(&mut self, key: &str, today: NaiveDate, most: u32) -> bool {
        let entry = self.0.entry(key.to_owned()).or_insert((today, 0));
        if entry.0 != today {
            *entry = (today, 0);
        }
        if entry.1 >= most {
            return false;
        }
        entry.1 += 1;
        true
    }
}

/// The registrants of one event in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    registrants: Vec<Registrant>,
    by_email: HashMap<String, usize>,
    pub(super) questions: Questions,
    additions: Counters,
    decisions: Counters,
}

impl Roster {
    /// Everybody, the cancelled ones included.
    pub fn registrants(&self) -> impl DoubleEndedIterator<Item = &Registrant> {
        self.registrants.iter()
    }

    pub fn with_email(&self, email: &str) -> Option<&Registrant> {
        self.registrants.get(*self.by_email.get(&email.to_lowercase())?)
    }

    /// Somebody who is still in a list, by id or, where that is empty, by address.
    pub(super) fn find_mut(&mut self, id: &str, email: &str) -> Option<&mut Registrant> {
        let place = if id.is_empty() {
            self.by_email.get(&email.to_lowercase()).copied()
        } else {
            self.registrants.iter().position(|one| one.id == id)
        };
        self.registrants.get_mut(place?).filter(|one| one.standing != Standing::Cancelled)
    }

    pub(super) fn find(&self, id: &str) -> Option<&Registrant> {
        self.registrants.iter().find(|one| one.id == id && one.standing != Standing::Cancelled)
    }

    /// Adds somebody; an address that is there already keeps its registrant, and one that was
    /// cancelled comes back. Returns the registrant as it stands now.
    pub(super) fn put(&mut self, registrant: Registrant) -> &Registrant {
        let key = registrant.email.to_lowercase();
        let place = if let Some(place) = self.by_email.get(&key) {
            let known = &mut self.registrants[*place];
            if known.standing == Standing::Cancelled {
                known.standing = registrant.standing;
            }
            *place
        } else {
            self.registrants.push(registrant);
            let place = self.registrants.len() - 1;
            self.by_email.insert(key, place);
            place
        };
        &self.registrants[place]
    }

    /// Takes somebody off for good.
    pub(super) fn remove(&mut self, id: &str) -> Option<Registrant> {
        let place = self.registrants.iter().position(|one| one.id == id && one.standing != Standing::Cancelled)?;
        let removed = self.registrants.remove(place);
        self.by_email =
            self.registrants.iter().enumerate().map(|(place, one)| (one.email.to_lowercase(), place)).collect();
        Some(removed)
    }

    /// People who take a place.
    pub(super) fn taken(&self) -> usize {
        self.registrants.iter().filter(|one| matches!(one.standing, Standing::Approved | Standing::Pending)).count()
    }

    pub(super) fn may_add(&mut self, email: &str, today: NaiveDate) -> bool {
        self.additions.take(&email.to_lowercase(), today, ADDITIONS_A_DAY)
    }

    pub(super) fn may_decide(&mut self, id: &str, today: NaiveDate) -> bool {
        self.decisions.take(id, today, DECISIONS_A_DAY)
    }
}

/// The rosters of all events. One that is expected to be long is filled when it is first looked at.
#[derive(Debug, Default)]
pub(crate) struct Rosters {
    by_event: BTreeMap<(Family, u64), Roster>,
    expected: BTreeMap<u64, usize>,
}

impl Rosters {
    /// Says how many people have registered for something before the run began. Meetings and webinars never share a
    /// number.
    pub fn expect(&mut self, event: u64, count: usize) {
        self.expected.insert(event, count);
    }

    /// Puts people into a roster as they are; those who were expected besides are not made up any more.
    pub fn load(&mut self, family: Family, event: u64, registrants: Vec<Registrant>) {
        self.expected.remove(&event);
        let roster = self.by_event.entry((family, event)).or_default();
        for registrant in registrants {
            roster.remove(&registrant.id);
            roster.put(registrant);
        }
    }

    pub fn of(&mut self, family: Family, event: &Meeting, account: &Account) -> &mut Roster {
        let expected = self.expected.remove(&event.id).unwrap_or_default();
        let roster = self.by_event.entry((family, event.id)).or_default();
        if expected > 0 {
            seed::fill(roster, event, expected, account);
        }
        roster
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registrant(id: &str, email: &str) -> Registrant {
        Registrant {
            id: id.to_owned(),
            email: email.to_owned(),
            first_name: "Anna".to_owned(),
            last_name: String::new(),
            answers: Map::new(),
            standing: Standing::Approved,
            created_at: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
            source: None,
            pin: 1,
            raw: Map::new(),
        }
    }

    #[test]
    fn one_address_is_one_registrant_however_it_is_spelled() {
        let mut roster = Roster::default();
        assert_eq!(roster.put(registrant("a", "Anna@example.com")).id, "a");
        assert_eq!(roster.put(registrant("b", "anna@EXAMPLE.com")).id, "a");
        assert_eq!(roster.taken(), 1);
        roster.put(registrant("c", "bo@example.com"));
        assert!(roster.remove("a").is_some());
        assert_eq!(roster.with_email("bo@example.com").unwrap().id, "c");
        assert!(roster.with_email("anna@example.com").is_none());
    }

    #[test]
    fn a_quota_begins_anew_on_the_next_day() {
        let mut roster = Roster::default();
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let allowed = |roster: &mut Roster, day| (0..5).filter(|_| roster.may_add("a@example.com", day)).count();
        assert_eq!(allowed(&mut roster, today), 3);
        assert_eq!(allowed(&mut roster, today.succ_opt().unwrap()), 3);
        assert!(roster.may_add("b@example.com", today));
    }
}
