//! Fills a roster with people of the world, and with strangers where those do not suffice.

use chrono::TimeDelta;
use liaison_sandbox_kernel::world::people::Person;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};

use super::roster::{Registrant, Roster, Standing};
use crate::account::Account;
use crate::meetings::Meeting;
use crate::secrets;
use crate::webinars::SOURCES;

/// What the host of a seeded event wants to know.
const QUESTION: &str = "What would you like to hear about?";

/// The same event and seed give the same people.
pub(super) fn fill(roster: &mut Roster, event: &Meeting, count: usize, account: &Account) {
    let mut rng = ChaCha8Rng::seed_from_u64(account.shared.config.seed ^ event.id);
    roster.questions.ask(QUESTION);
    let people = &account.shared.people;
    let offset = usize::try_from(event.id % 97).unwrap_or_default();
    let reachable: Vec<&Person> = people.people.iter().filter(|person| person.email.is_some()).collect();
    // Half of them are people of the world, so that there is something to match and something not.
    let known = reachable.iter().cycle().skip(offset).take((count / 2).min(reachable.len()));
    for person in known {
        let company = people.companies.get(person.company).map_or("", |company| company.name.as_str());
        let email = person.email.clone().unwrap_or_default();
        let answers = answers(&person.title, company);
        let name = (person.first_name.clone(), person.last_name.clone());
        roster.put(registrant(name, email, answers, event, &mut rng));
    }
    let mut number = 0;
    while roster.registrants().count() < count {
        let missing = count - roster.registrants().count();
        for _ in 0..missing {
            number += 1;
            let email = format!("guest{number}@visitors.example.net");
            let name = (format!("Guest{number}"), "Visitor".to_owned());
            roster.put(registrant(name, email, Map::new(), event, &mut rng));
        }
    }
}

fn answers(title: &str, company: &str) -> Map<String, Value> {
    let mut answers = Map::new();
    answers.insert("job_title".to_owned(), json!(title));
    answers.insert("org".to_owned(), json!(company));
    let hope = json!([{ "title": QUESTION, "value": "How others plan their week." }]);
    answers.insert("custom_questions".to_owned(), hope);
    answers
}

fn registrant(
    (first_name, last_name): (String, String),
    email: String,
    answers: Map<String, Value>,
    event: &Meeting,
    rng: &mut ChaCha8Rng,
) -> Registrant {
    let standing = match (event.approval_type(), rng.random_range(0..20)) {
        (1, 0..=8) => Standing::Pending,
        (1, 9 | 10) | (_, 0) => Standing::Denied,
        (_, 1) => Standing::Cancelled,
        _ => Standing::Approved,
    };
    let source = rng.random_range(0..4_usize);
    let before_start = TimeDelta::minutes(rng.random_range(60..20_000));
    Registrant {
        id: secrets::short_id(rng),
        email,
        first_name,
        last_name,
        answers,
        standing,
        created_at: event.created_at + before_start.min(TimeDelta::days(13)),
        source: SOURCES.get(source).map(|(id, _)| (*id).to_owned()),
        pin: rng.random_range(100_000..1_000_000),
        raw: Map::new(),
    }
}
