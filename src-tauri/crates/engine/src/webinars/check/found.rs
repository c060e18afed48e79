//! All who are asked for, before anything is known of them: people, a selection, pasted addresses, the rows of a file.

use std::collections::{BTreeMap, HashMap, HashSet};

use liaison_domain::{email, text};
use liaison_store::tables::folded;
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::{Connection, StoreResult};

use crate::directory::list::{Viewer, each_selected};
use crate::people::view::{PeopleKind, PeopleSelection};
use crate::webinars::view::{RegistrationAsk, RegistrationChoice};
use crate::webinars::{gather, pasted};

use super::{MAX_NAME, MOST_PEOPLE};

/// Somebody before the user's choices and what is known of them were looked at.
#[derive(Default)]
pub(super) struct Found {
    pub key: String,
    pub email: Option<String>,
    pub more_emails: Vec<String>,
    pub first_name: String,
    pub last_name: String,
    pub record: Option<PersonRecord>,
    pub records: Vec<PersonRecord>,
    pub answers: BTreeMap<String, String>,
}

/// Those who are asked for, each once.
#[derive(Default)]
pub(super) struct Gathered {
    pub all: Vec<Found>,
    keys: HashSet<String>,
    /// More than are registered at once.
    pub beyond: u32,
    /// Typed again, or in the file again.
    pub doubled: u32,
}

impl Gathered {
    fn add(&mut self, found: Found) {
        if !self.keys.insert(found.key.clone()) {
            return;
        }
        if self.all.len() < MOST_PEOPLE {
            self.all.push(found);
        } else {
            self.beyond += 1;
        }
    }

    /// Converted and merged people are registered as whom they became.
    fn add_person(&mut self, db: &Connection, id: &str) -> StoreResult<()> {
        let current = people::successor(db, id)?;
        if let Some(person) = people::person(db, &current)?.filter(|person| !person.deleted) {
            self.add(of_record(person));
        }
        Ok(())
    }
}

/// All who are asked for, each once: people, a selection of them, pasted addresses, the rows of a file.
pub(super) fn found_of(
    db: &Connection,
    ask: &RegistrationAsk,
    choices: &HashMap<&str, &RegistrationChoice>,
    viewer: &Viewer,
) -> StoreResult<Gathered> {
    let mut gathered = Gathered::default();
    for id in &ask.people {
        gathered.add_person(db, id)?;
    }
    match ask.selection.clone() {
        None => {}
        Some(PeopleSelection::Some { ids }) => {
            for id in ids {
                gathered.add_person(db, &id)?;
            }
        }
        Some(PeopleSelection::All { filter, except }) => {
            let mut chosen = Vec::new();
            let converted = filter.kind == PeopleKind::Converted;
            each_selected(db, PeopleSelection::All { filter, except }, viewer, |person| {
                chosen.push(person);
                Ok(())
            })?;
            for person in chosen {
                if converted {
                    gathered.add_person(db, &person.id)?;
                } else {
                    gathered.add(of_record(person));
                }
            }
        }
    }
    let pasted = from_pasted(&ask.pasted);
    let from_file = ask.rows.iter().map(|row| Found {
        email: Some(row.email.trim().to_owned()),
        first_name: text::single_line(&row.first_name, MAX_NAME),
        last_name: text::single_line(&row.last_name, MAX_NAME),
        answers: row.answers.iter().map(|answer| (answer.field.clone(), answer.text.clone())).collect(),
        ..Found::default()
    });
    let (typed, doubled) = each_once(pasted.into_iter().chain(from_file));
    gathered.doubled = doubled;
    let addresses: Vec<&str> = typed.iter().filter_map(|one| one.email.as_deref()).collect();
    let owners = gather::owners(db, &addresses)?;
    for mut one in typed {
        let address = one.email.as_deref().map(email::folded).unwrap_or_default();
        let mut records = owners.get(&address).cloned().unwrap_or_default();
        let chosen = choices.get(one.key.as_str()).and_then(|choice| choice.person.clone());
        if let Some(chosen) = chosen {
            records.retain(|record| record.id == chosen);
        }
        if let [record] = records.as_slice() {
            // The address that was pasted is the one that is meant.
            let known = of_record(record.clone());
            one = Found {
                key: one.key,
                email: one.email,
                more_emails: known
                    .email
                    .into_iter()
                    .chain(known.more_emails)
                    .filter(|other| email::folded(other) != address)
                    .collect(),
                first_name: if one.first_name.is_empty() { known.first_name } else { one.first_name },
                last_name: if one.last_name.is_empty() { known.last_name } else { one.last_name },
                record: known.record,
                records: Vec::new(),
                answers: known.answers.into_iter().chain(one.answers).collect(),
            };
        } else {
            one.records = records;
        }
        gathered.add(one);
    }
    Ok(gathered)
}

/// An address that comes again under the same name, or without one, is the same person; under another name it may be
/// somebody else, whom the user chooses. Each gets a key; and how many came again.
fn each_once(typed: impl Iterator<Item = Found>) -> (Vec<Found>, u32) {
    let mut all: Vec<Found> = Vec::new();
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    let mut doubled = 0;
    for (row, mut one) in typed.enumerate() {
        let address = one.email.as_deref().map(email::folded).unwrap_or_default();
        if address.is_empty() {
            one.key = format!("row:{row}");
            all.push(one);
            continue;
        }
        let same = places.entry(address.clone()).or_default();
        let name = name_of(&one);
        let is_one = |known: &Found| {
            let other = name_of(known);
            name.is_empty() || other.is_empty() || name == other
        };
        if let Some(place) = same.iter().copied().find(|place| is_one(&all[*place])) {
            all[place].take_in(one);
            doubled += 1;
        } else {
            let number = same.len() + 1;
            one.key = if number == 1 { format!("email:{address}") } else { format!("email{number}:{address}") };
            same.push(all.len());
            all.push(one);
        }
    }
    (all, doubled)
}

fn name_of(one: &Found) -> String {
    folded(format!("{} {}", one.first_name, one.last_name).trim())
}

impl Found {
    /// What another row says of the same person, where this one says nothing.
    fn take_in(&mut self, other: Self) {
        if self.first_name.is_empty() && self.last_name.is_empty() {
            (self.first_name, self.last_name) = (other.first_name, other.last_name);
        }
        for (field, answer) in other.answers {
            self.answers.entry(field).or_insert(answer);
        }
    }
}

fn of_record(person: PersonRecord) -> Found {
    let mut answers = BTreeMap::new();
    let phone = person.phones.first().map(|phone| phone.number.clone());
    for (field, value) in [("org", person.company.clone()), ("job_title", person.title.clone()), ("phone", phone)] {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            answers.insert(field.to_owned(), value);
        }
    }
    Found {
        key: person.id.clone(),
        email: person.email.clone().or_else(|| person.more_emails.first().cloned()),
        more_emails: person
            .more_emails
            .iter()
            .filter(|other| person.email.is_some() || Some(*other) != person.more_emails.first())
            .cloned()
            .collect(),
        first_name: text::single_line(person.first_name.as_deref().unwrap_or_default(), MAX_NAME),
        last_name: text::single_line(person.last_name.as_deref().unwrap_or_default(), MAX_NAME),
        records: Vec::new(),
        record: Some(person),
        answers,
    }
}

fn from_pasted(text: &str) -> Vec<Found> {
    let found = |one: pasted::Pasted| Found {
        first_name: one.first_name,
        last_name: one.last_name,
        email: Some(one.email),
        ..Found::default()
    };
    pasted::read(text).into_iter().map(found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(rows: &[(&str, &str, &str)]) -> (Vec<(String, String)>, u32) {
        let rows = rows.iter().map(|(email, first, last)| Found {
            email: Some((*email).to_owned()),
            first_name: (*first).to_owned(),
            last_name: (*last).to_owned(),
            ..Found::default()
        });
        let (all, doubled) = each_once(rows);
        let named = |one: Found| (one.key, format!("{} {}", one.first_name, one.last_name).trim().to_owned());
        (all.into_iter().map(named).collect(), doubled)
    }

    #[test]
    fn an_address_that_comes_again_is_one_person_unless_another_name_stands_beside_it() {
        let (all, doubled) = typed(&[
            ("anna@example.org", "", ""),
            ("bo@example.org", "Bo", "van Dam"),
            ("", "Nobody", ""),
            ("ANNA@example.org ", "Zoë", "Visser"),
            ("bo@example.org", "BO VAN", "DAM"),
            ("anna@example.org", "Zoe", "Visser"),
            ("anna@example.org", "Cy", "Jansen"),
            ("anna@example.org", "cy", "jansen"),
            ("anna@example.org", "", ""),
            ("", "Nobody", ""),
        ]);
        let expected = [
            ("email:anna@example.org", "Zoë Visser"),
            ("email:bo@example.org", "Bo van Dam"),
            ("row:2", "Nobody"),
            ("email2:anna@example.org", "Cy Jansen"),
            ("row:9", "Nobody"),
        ];
        assert_eq!(all, expected.map(|(key, name)| (key.to_owned(), name.to_owned())));
        assert_eq!(doubled, 5);
    }
}
