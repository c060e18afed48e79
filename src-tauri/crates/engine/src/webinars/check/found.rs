//! All who are asked for, before anything is known of them: people, a selection, pasted addresses, the rows of a file.

use std::collections::{BTreeMap, HashMap, HashSet};

use liaison_domain::{email, text};
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
struct Gathered {
    all: Vec<Found>,
    keys: HashSet<String>,
    beyond: u32,
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

/// All who are asked for, each once: people, a selection of them, pasted addresses, the rows of a file. And how many
/// more there are.
pub(super) fn found_of(
    db: &Connection,
    ask: &RegistrationAsk,
    choices: &HashMap<&str, &RegistrationChoice>,
    viewer: &Viewer,
) -> StoreResult<(Vec<Found>, u32)> {
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
        key: format!("email:{}", email::folded(&row.email)),
        email: Some(row.email.trim().to_owned()),
        first_name: text::single_line(&row.first_name, MAX_NAME),
        last_name: text::single_line(&row.last_name, MAX_NAME),
        answers: row.answers.iter().map(|answer| (answer.field.clone(), answer.text.clone())).collect(),
        ..Found::default()
    });
    let typed: Vec<Found> = pasted.into_iter().chain(from_file).collect();
    let addresses: Vec<&str> = typed.iter().filter_map(|one| one.email.as_deref()).collect();
    let owners = gather::owners(db, &addresses)?;
    for (place, mut one) in typed.into_iter().enumerate() {
        let address = one.email.as_deref().map(email::folded).unwrap_or_default();
        if address.is_empty() {
            one.key = format!("row:{place}");
        }
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
    Ok((gathered.all, gathered.beyond))
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
        key: format!("email:{}", email::folded(&one.email)),
        first_name: one.first_name,
        last_name: one.last_name,
        email: Some(one.email),
        ..Found::default()
    };
    pasted::read(text).into_iter().map(found).collect()
}
