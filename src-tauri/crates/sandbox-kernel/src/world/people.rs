//! Companies, Leads and Contacts of the seeded world, made from one seed.
//!
//! Nobody in here exists: names are combined at random, mail domains are below the reserved
//! `example.*` names, telephone numbers come from ranges kept free for fiction where a country has
//! such a range. On purpose it holds what makes matching hard: shared switchboards, one address on
//! two records, namesakes, missing data, and names that try to break a screen or a spreadsheet.

mod names;
mod peculiar;
mod phones;
mod regions;

use std::collections::HashSet;

use rand::prelude::*;
use rand_chacha::ChaCha8Rng;

use crate::config::{SandboxConfig, WorldKind};
use regions::{REGIONS, Region};

const DEFAULT_PEOPLE: usize = 300;
const DEFAULT_COMPANIES: usize = 80;

/// A Salesforce Account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub name: String,
    pub domain: String,
    pub phone: String,
    /// IANA zone of its office.
    pub zone: &'static str,
    pub country: &'static str,
    pub city: &'static str,
}

/// Which kind of Salesforce record a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonKind {
    Lead,
    Contact,
}

/// A Lead or Contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub kind: PersonKind,
    pub first_name: String,
    pub last_name: String,
    /// Index into [`People::companies`].
    pub company: usize,
    pub title: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
    pub email_opt_out: bool,
    pub do_not_call: bool,
    /// Index into [`People::people`] of the Contact that this Lead has become.
    pub converted_to: Option<usize>,
}

/// The sales rep who signs in to both services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rep {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
}

impl Default for Rep {
    fn default() -> Self {
        Self {
            first_name: "Robin".to_owned(),
            last_name: "Visser".to_owned(),
            email: "robin.visser@northwind.example.com".to_owned(),
        }
    }
}

/// Everybody in the world.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    pub companies: Vec<Company>,
    pub people: Vec<Person>,
    pub rep: Rep,
}

impl People {
    /// The same seed and count always give the same people.
    pub fn generate(config: &SandboxConfig) -> Self {
        let count = match config.world {
            WorldKind::Empty => 0,
            WorldKind::Demo => config.people.unwrap_or(DEFAULT_PEOPLE),
        };
        if count == 0 {
            return Self::default();
        }
        let mut rng = ChaCha8Rng::seed_from_u64(config.seed);
        let companies = (count * DEFAULT_COMPANIES).div_ceil(DEFAULT_PEOPLE).max(1);
        let mut world = Generator::default();
        world.found_companies(companies, &mut rng);
        world.employ(count, &mut rng);
        let mut people = Self { companies: world.companies, people: world.people, rep: Rep::default() };
        peculiar::plant(&mut people);
        people
    }
}

#[derive(Default)]
struct Generator {
    companies: Vec<Company>,
    regions: Vec<&'static Region>,
    people: Vec<Person>,
    domains: HashSet<String>,
    addresses: HashSet<String>,
}

impl Generator {
    fn found_companies(&mut self, count: usize, rng: &mut ChaCha8Rng) {
        let mut taken = HashSet::new();
        for number in 0..count {
            let region = &REGIONS[number % REGIONS.len()];
            let (city, zone) = pick(region.cities, rng);
            let name = loop {
                let name = format!(
                    "{} {} {}",
                    pick(names::COMPANY_FIRST, rng),
                    pick(names::COMPANY_SECOND, rng),
                    pick(region.company_forms, rng)
                );
                let name = if taken.len() > 2_000 { format!("{name} {number}") } else { name };
                if taken.insert(name.clone()) {
                    break name;
                }
            };
            let domain = self.free_domain(&name, number);
            let phone = phones::switchboard(region.country, number);
            self.companies.push(Company { name, domain, phone, zone, country: region.country, city });
            self.regions.push(region);
        }
    }

    fn free_domain(&mut self, name: &str, number: usize) -> String {
        let words: Vec<String> = name.split(' ').take(2).map(names::folded).collect();
        let top = ["example.com", "example.org", "example.net"][number % 3];
        let mut domain = format!("{}.{top}", words.join("-"));
        if !self.domains.insert(domain.clone()) {
            domain = format!("{}-{number}.{top}", words.join("-"));
            self.domains.insert(domain.clone());
        }
        domain
    }

    fn employ(&mut self, count: usize, rng: &mut ChaCha8Rng) {
        for number in 0..count {
            // Everybody has a company first; then some companies have many people.
            let company =
                if number < self.companies.len() { number } else { rng.random_range(0..self.companies.len()) };
            let region = self.regions[company];
            let first_name = pick(region.first_names, rng).to_owned();
            let last_name = pick(region.last_names, rng).to_owned();
            let email = self.free_address(&first_name, &last_name, company);
            let person = Person {
                kind: if rng.random_bool(0.6) { PersonKind::Contact } else { PersonKind::Lead },
                first_name,
                last_name,
                company,
                title: pick(names::TITLES, rng).to_owned(),
                email: rng.random_bool(0.95).then_some(email),
                phone: self.desk_phone(company, number, rng),
                mobile: rng.random_bool(0.55).then(|| phones::mobile(region.country, number)),
                email_opt_out: rng.random_bool(0.04),
                do_not_call: rng.random_bool(0.04),
                converted_to: None,
            };
            self.people.push(person);
        }
    }

    fn desk_phone(&self, company: usize, number: usize, rng: &mut ChaCha8Rng) -> Option<String> {
        match rng.random_range(0..10) {
            0 => None,
            1 => Some(self.companies[company].phone.clone()),
            _ => Some(phones::desk(self.regions[company].country, number)),
        }
    }

    fn free_address(&mut self, first: &str, last: &str, company: usize) -> String {
        let name = format!("{}.{}", names::folded(first), names::folded(last));
        let domain = &self.companies[company].domain;
        let mut address = format!("{name}@{domain}");
        let mut next = 2;
        while !self.addresses.insert(address.clone()) {
            address = format!("{name}{next}@{domain}");
            next += 1;
        }
        address
    }
}

/// One entry of a list that is never empty.
fn pick<T: Copy>(list: &[T], rng: &mut ChaCha8Rng) -> T {
    list[rng.random_range(0..list.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(seed: u64, count: Option<usize>) -> People {
        People::generate(&SandboxConfig { seed, people: count, ..SandboxConfig::default() })
    }

    #[test]
    fn the_same_seed_gives_the_same_world_and_another_seed_another() {
        assert_eq!(people(7, None), people(7, None));
        assert_ne!(people(7, None), people(8, None));
    }

    #[test]
    fn the_default_world_has_three_hundred_people_in_eighty_companies() {
        let world = people(1, None);
        assert_eq!((world.people.len(), world.companies.len()), (300, 80));
        assert!(world.people.iter().any(|person| person.kind == PersonKind::Lead));
        assert!(world.people.iter().any(|person| person.email.is_none()));
        assert!(world.people.iter().any(|person| person.email_opt_out));
        assert!(world.people.iter().any(|person| person.do_not_call));
        assert!(world.people.iter().any(|person| !person.last_name.is_ascii()));
    }

    #[test]
    fn an_empty_world_has_only_the_rep() {
        let world =
            People::generate(&SandboxConfig { world: WorldKind::Empty, people: Some(9), ..SandboxConfig::default() });
        assert!(world.people.is_empty() && world.companies.is_empty());
    }

    #[test]
    fn every_address_is_below_a_reserved_domain_and_every_field_fits() {
        let world = people(3, Some(2_000));
        for person in &world.people {
            assert!(person.company < world.companies.len());
            assert!(person.last_name.chars().count() <= 80 && !person.last_name.is_empty());
            assert!(person.first_name.chars().count() <= 40);
            for phone in [&person.phone, &person.mobile].into_iter().flatten() {
                assert!(phone.chars().count() <= 40, "{phone}");
            }
            if let Some(email) = &person.email {
                let top = ["example.com", "example.org", "example.net"];
                assert!(top.iter().any(|domain| email.ends_with(domain)), "{email}");
                assert!(email.is_ascii() && email.len() <= 80, "{email}");
            }
        }
    }

    #[test]
    fn any_count_works_down_to_one_person() {
        for count in [1, 2, 11, 13, 29, 30] {
            assert_eq!(people(1, Some(count)).people.len(), count);
        }
    }
}
