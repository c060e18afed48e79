//! The rep's telephone calls of the last two weeks, relative to now.
//!
//! Of the demo's calls exactly seven leave open whose they are: two with a number that two people share, and five,
//! a missed one and a message among them, with numbers that nobody has. The others are with one person of the world
//! each, one of them put through by a colleague, or with colleagues. A large world reaches back half a year.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, Utc, Weekday};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::numbers::{codes_of, e164};
use super::people::{People, Person};
use super::zone::in_utc;
use crate::world::zone::Zone;
use crate::{SandboxConfig, WorldKind};

/// Who is at the other end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    Outside {
        /// As the network or the rep's address book shows it; often there is none.
        name: Option<String>,
        /// E.164.
        number: String,
        country_code: &'static str,
        country: &'static str,
    },
    Colleague {
        name: &'static str,
        extension: &'static str,
        email: &'static str,
    },
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Answered,
    /// Inbound: the rep did not answer. Outbound: nobody did.
    Unanswered,
    Voicemail,
    Canceled,
    Busy,
}

/// How a call came to the rep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    Direct,
    /// Through the sales queue: two legs with one call id.
    Queue,
    /// A colleague answered and put it through: two legs with one call id.
    PutThrough,
}

/// One call of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub inbound: bool,
    pub party: Party,
    pub route: Route,
    pub started: DateTime<Utc>,
    pub ringing_seconds: i64,
    pub talk_seconds: i64,
    pub hold_seconds: i64,
    pub outcome: Outcome,
    pub recorded: bool,
    pub summarized: bool,
}

/// Calls that leave open whose they are.
pub const OPEN: usize = 7;
/// Those of them whose number two people share.
pub const TIES: usize = 2;
/// What becomes of the calls with one person of the world each.
const KNOWN: [(usize, Outcome); 4] =
    [(13, Outcome::Answered), (5, Outcome::Unanswered), (3, Outcome::Voicemail), (5, Outcome::Canceled)];
/// What becomes of the calls with numbers that nobody has.
const OF_NOBODY: [(usize, Outcome); 3] =
    [(OPEN - TIES - 2, Outcome::Answered), (1, Outcome::Unanswered), (1, Outcome::Voicemail)];
const INTERNAL: usize = 10;
const DAYS_BACK: u64 = 13;
/// How far a large world reaches back; Zoom shows six months.
const BULK_DAYS: u64 = 175;

const COLLEAGUES: [Party; 4] = [
    Party::Colleague { name: "Mila Jansen", extension: "801", email: "mila.jansen@northwind.example.com" },
    Party::Colleague { name: "Ibrahim Yıldız", extension: "804", email: "ibrahim.yildiz@northwind.example.com" },
    Party::Colleague { name: "Support desk", extension: "900", email: "support@northwind.example.com" },
    Party::Colleague { name: "Eline Postma", extension: "817", email: "eline.postma@northwind.example.com" },
];

/// Plans the calls of `config`, oldest first. The same seed, people, zone and present give the same.
pub fn plan(config: &SandboxConfig, people: &People, zone: Zone, now: DateTime<Utc>) -> Vec<Planned> {
    if config.world == WorldKind::Empty {
        return Vec::new();
    }
    let mut rng = ChaCha8Rng::seed_from_u64(config.seed);
    rng.set_stream(4);
    let mut planner = Planner { rng, zone, now, book: Book::of(people) };
    let mut plan = planner.demo();
    if let Some(count) = config.calls {
        plan.truncate(count);
        while plan.len() < count {
            plan.push(planner.somewhen());
        }
    }
    plan.sort_by_key(|call| call.started);
    plan
}

/// The numbers of the world, by how many people have them.
struct Book {
    /// Of one person each, ordinary people first; written so that a rep in the Netherlands can read them.
    sole: Vec<Party>,
    /// Of two people or more.
    shared: Vec<Party>,
}

impl Book {
    fn of(people: &People) -> Self {
        let numbers_of = |person: &Person| {
            let country = people.companies.get(person.company).map_or("Netherlands", |company| company.country);
            let typed = [&person.phone, &person.mobile].into_iter().flatten();
            let mut numbers: Vec<String> = typed.map(|typed| e164(country, typed)).collect();
            numbers.dedup();
            (country, numbers)
        };
        let mut owners: HashMap<String, usize> = HashMap::new();
        for company in &people.companies {
            // A switchboard is a number of nobody in particular.
            *owners.entry(e164(company.country, &company.phone)).or_default() += 2;
        }
        let mut of_people: HashMap<String, usize> = HashMap::new();
        // A Lead and the Contact that it became are one person.
        let mut converted: HashSet<String> = HashSet::new();
        for person in &people.people {
            for number in numbers_of(person).1 {
                *owners.entry(number.clone()).or_default() += 1;
                if person.converted_to.is_some() {
                    converted.insert(number.clone());
                }
                *of_people.entry(number).or_default() += 1;
            }
        }
        // Whoever reads numbers for the rep's country can't read what people abroad write without their own.
        let mut hard: HashSet<String> = HashSet::new();
        for person in &people.people {
            let country = people.companies.get(person.company).map_or("Netherlands", |company| company.country);
            let typed = [&person.phone, &person.mobile].into_iter().flatten();
            let abroad =
                |typed: &&String| country != "Netherlands" && !typed.starts_with('+') && !typed.starts_with("00");
            hard.extend(typed.filter(abroad).map(|typed| e164(country, typed)));
        }
        let mut book = Self { sole: Vec::new(), shared: Vec::new() };
        for person in &people.people {
            let (country, numbers) = numbers_of(person);
            for number in numbers.into_iter().filter(|number| !hard.contains(number)) {
                let sole = owners.get(&number) == Some(&1);
                let pair = of_people.get(&number) == Some(&2) && !converted.contains(&number);
                let (country_code, iso) = codes_of(country);
                let known = person.last_name.chars().count() < 30 && person.last_name.chars().all(char::is_alphabetic);
                let name = known.then(|| format!("{} {}", person.first_name, person.last_name));
                let party = Party::Outside { name, number, country_code, country: iso };
                if sole {
                    book.sole.push(party);
                } else if pair && !book.shared.contains(&party) {
                    book.shared.push(party);
                }
            }
        }
        book
    }
}

struct Planner {
    rng: ChaCha8Rng,
    zone: Zone,
    now: DateTime<Utc>,
    book: Book,
}

impl Planner {
    fn demo(&mut self) -> Vec<Planned> {
        let mut plan = Vec::new();
        let known: usize = KNOWN.iter().map(|(count, _)| count).sum();
        // Numbers that are kept free for fiction are no valid ones, so whoever matches them may ask.
        let given = |party: &&Party| matches!(party, Party::Outside { country: "NL" | "US", .. });
        let sole: Vec<Party> = self.book.sole.iter().filter(given).take(known + 1).cloned().collect();
        let mut sole = sole.into_iter();
        let shared: Vec<Party> = self.book.shared.iter().take(TIES).cloned().collect();
        if let Some(party) = sole.next() {
            let mut call = self.call(party, Outcome::Answered, 1);
            (call.inbound, call.route) = (true, Route::PutThrough);
            plan.push(call);
        }
        for (count, outcome) in KNOWN {
            for (number, party) in sole.by_ref().take(count).enumerate() {
                let mut call = self.call(party, outcome, (number as u64) % (DAYS_BACK + 1));
                let answered = outcome == Outcome::Answered;
                call.recorded = answered && number % 3 == 0;
                call.summarized = answered && number % 3 == 0;
                plan.push(call);
            }
        }
        for (number, party) in shared.into_iter().enumerate() {
            plan.push(self.call(party, Outcome::Answered, number as u64 + 1));
        }
        for (count, outcome) in OF_NOBODY {
            for _ in 0..count {
                let party = self.unknown();
                let call = self.some_day(party, outcome, DAYS_BACK);
                plan.push(call);
            }
        }
        for _ in 0..INTERNAL {
            let party = COLLEAGUES.choose(&mut self.rng).unwrap_or(&COLLEAGUES[0]).clone();
            plan.push(self.some_day(party, Outcome::Answered, DAYS_BACK));
        }
        plan
    }

    /// Any call of the last half year.
    fn somewhen(&mut self) -> Planned {
        let party = match self.rng.random_range(0..10) {
            0..=3 => self.book.sole.choose(&mut self.rng).cloned(),
            4 => COLLEAGUES.choose(&mut self.rng).cloned(),
            _ => None,
        };
        let party = party.unwrap_or_else(|| self.unknown());
        let outcome = match self.rng.random_range(0..12) {
            0 | 1 => Outcome::Unanswered,
            2 => Outcome::Voicemail,
            3 => Outcome::Canceled,
            4 => Outcome::Busy,
            _ => Outcome::Answered,
        };
        self.some_day(party, outcome, BULK_DAYS)
    }

    fn some_day(&mut self, party: Party, outcome: Outcome, days_back: u64) -> Planned {
        let days = self.rng.random_range(0..=days_back);
        self.call(party, outcome, days)
    }

    fn call(&mut self, party: Party, outcome: Outcome, days_back: u64) -> Planned {
        let outside = matches!(party, Party::Outside { .. });
        let inbound = match outcome {
            Outcome::Voicemail | Outcome::Unanswered => true,
            Outcome::Canceled | Outcome::Busy => false,
            Outcome::Answered => self.rng.random_bool(0.5),
        };
        let answered = outcome == Outcome::Answered;
        let through_queue = outside && inbound && answered && self.rng.random_range(0..5) == 0;
        let talk_seconds = match outcome {
            Outcome::Answered => self.rng.random_range(35..1_500),
            Outcome::Voicemail => self.rng.random_range(6..70),
            _ => 0,
        };
        Planned {
            inbound,
            route: if through_queue { Route::Queue } else { Route::Direct },
            started: self.start(days_back),
            ringing_seconds: self.rng.random_range(3..25),
            talk_seconds,
            hold_seconds: if answered && self.rng.random_bool(0.1) { self.rng.random_range(5..90) } else { 0 },
            outcome,
            recorded: outside && answered && self.rng.random_bool(0.15),
            summarized: outside && answered && self.rng.random_bool(0.1),
            party,
        }
    }

    /// A working hour so many days ago, on the Friday before where that is a weekend; never in the
    /// last half hour.
    fn start(&mut self, days_back: u64) -> DateTime<Utc> {
        let today = self.now.with_timezone(&self.zone).date_naive();
        let date = today.checked_sub_days(Days::new(days_back)).unwrap_or(today);
        let rest = match date.weekday() {
            Weekday::Sat => 1,
            Weekday::Sun => 2,
            _ => 0,
        };
        let date = date.checked_sub_days(Days::new(rest)).unwrap_or(date);
        let seconds = self.rng.random_range(9 * 3_600..17 * 3_600);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default();
        let start = in_utc(self.zone, date.and_time(time));
        if start < self.now - TimeDelta::minutes(35) {
            start
        } else {
            self.now - TimeDelta::seconds(self.rng.random_range(2_100..14_400))
        }
    }

    /// A number from Ofcom's range for fiction in Leeds, which nobody in the world has.
    fn unknown(&mut self) -> Party {
        let number = format!("+441134960{:03}", self.rng.random_range(0..1_000));
        let name = self.rng.random_bool(0.3).then(|| "Wireless Caller".to_owned());
        Party::Outside { name, number, country_code: "44", country: "GB" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::parse_from_rfc3339("2026-11-25T09:41:20Z").unwrap().to_utc()
    }

    fn planned(config: &SandboxConfig) -> (People, Vec<Planned>) {
        let people = People::generate(config);
        let plan = plan(config, &people, Zone::AMSTERDAM, now());
        (people, plan)
    }

    /// How many people have the number of a call.
    fn owners(people: &People, party: &Party) -> usize {
        let Party::Outside { number, .. } = party else {
            return 0;
        };
        let has = |person: &&Person| {
            let country = people.companies[person.company].country;
            [&person.phone, &person.mobile].into_iter().flatten().any(|typed| e164(country, typed) == *number)
        };
        people.people.iter().filter(has).count()
    }

    #[test]
    fn seven_calls_leave_open_whose_they_are_and_two_of_them_are_ties() {
        for seed in 1..6 {
            let (people, plan) = planned(&SandboxConfig { seed, ..SandboxConfig::default() });
            assert!((40..=60).contains(&plan.len()), "{}", plan.len());
            let outside: Vec<&Planned> =
                plan.iter().filter(|call| matches!(call.party, Party::Outside { .. })).collect();
            let with = |count| outside.iter().filter(|call| owners(&people, &call.party) == count).count();
            assert_eq!((with(2), with(0)), (TIES, OPEN - TIES), "seed {seed}");
            assert_eq!(with(1), outside.len() - OPEN, "seed {seed}");
            let open = |outcome| {
                outside.iter().filter(|call| call.outcome == outcome && owners(&people, &call.party) == 0).count()
            };
            assert_eq!((open(Outcome::Unanswered), open(Outcome::Voicemail)), (1, 1));
            assert_eq!(plan.iter().filter(|call| call.route == Route::PutThrough).count(), 1);
        }
    }

    #[test]
    fn the_calls_lie_in_the_past_of_two_weeks_and_have_every_outcome() {
        let (_, plan) = planned(&SandboxConfig::default());
        for call in &plan {
            let age = now() - call.started;
            assert!(age > TimeDelta::minutes(30) && age < TimeDelta::days(17), "{age}");
        }
        for outcome in [Outcome::Answered, Outcome::Unanswered, Outcome::Voicemail, Outcome::Canceled] {
            assert!(plan.iter().any(|call| call.outcome == outcome), "{outcome:?}");
        }
        assert!(plan.iter().any(|call| call.recorded) && plan.iter().any(|call| call.summarized));
    }

    #[test]
    fn the_same_seed_plans_the_same_and_a_count_is_met() {
        let config = SandboxConfig { calls: Some(2_000), ..SandboxConfig::default() };
        assert_eq!(planned(&config), planned(&config));
        assert_eq!(planned(&config).1.len(), 2_000);
        let none = SandboxConfig { calls: Some(0), ..SandboxConfig::default() };
        assert!(planned(&none).1.is_empty());
    }
}
