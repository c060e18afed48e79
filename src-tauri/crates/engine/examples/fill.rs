//! Fills a profile for measurements: `fill DIR [--meetings N] [--people N] [--calls N]`.
//!
//! Makes a profile for the sandbox with signed-in accounts and invented rows, under the key of the
//! system keychain, so that the program starts on it as it would on a busy rep's data. Without `--calls` there are none.

use std::process::ExitCode;

use chrono::Utc;
use liaison_domain::{Environment, Provider, RecordKind};
use liaison_store::tables::accounts::{self, AccountRecord, AccountState};
use liaison_store::tables::meetings::{self, FetchedMeeting};
use liaison_store::tables::people::{PersonRecord, Phone};
use liaison_store::tables::people_phones::{self, PhoneRules};
use liaison_store::tables::{cursors, settings, tokens};
use liaison_store::{OpenOptions, ProfilePaths, Store, StoreResult, SystemVault};
use secrecy::SecretString;

#[path = "measure/calls.rs"]
mod known_calls;
#[path = "measure/meetings.rs"]
mod known_meetings;
#[path = "measure/people.rs"]
mod known_people;

use known_calls::keep_calls;
use known_meetings::{address, meeting};
use known_people::{keep_people, lead};

const PAGE: usize = 2_000;
/// Where everybody's numbers are, and the user's own.
const REGION: &str = "NL";
const FIRST: [&str; 12] =
    ["Anna", "Bram", "Chiara", "Dirk", "Eva", "Farid", "Grete", "Hugo", "Ines", "Jan", "Kim", "Lea"];
const LAST: [&str; 12] = [
    "de Vries", "Jansen", "Müller", "Okafor", "Rossi", "Smith", "Bakker", "Novák", "García", "Visser", "Dubois", "Kaya",
];

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]
fn main() -> ExitCode {
    match fill(std::env::args().skip(1)) {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("fill: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn fill(mut arguments: impl Iterator<Item = String>) -> Result<String, Box<dyn std::error::Error>> {
    let dir = arguments.next().ok_or("the first argument is the data folder")?;
    let (mut meeting_count, mut people_count, mut call_count) = (10_000, 50_000, 0);
    while let Some(option) = arguments.next() {
        let number: usize = arguments.next().ok_or("an option needs a number")?.parse()?;
        match option.as_str() {
            "--meetings" => meeting_count = number,
            "--people" => people_count = number,
            "--calls" => call_count = number,
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    let paths = ProfilePaths::new(std::path::Path::new(&dir).join("profiles").join("sandbox"));
    let now_ms = Utc::now().timestamp_millis();
    let store = liaison_store::open(&paths, &SystemVault::new(), &OpenOptions { now_utc_ms: now_ms })?;
    sign_in(&store, now_ms)?;
    // Before anybody comes, so that their lines are made once; the program would make those of another country anew.
    store.write_now(|tx| {
        settings::set(tx, "phone_region_of_zoom", REGION)?;
        people_phones::rebuild(tx, &PhoneRules::now(REGION))
    })?;
    let people: Vec<PersonRecord> = (0..people_count).map(|index| person(index, now_ms)).collect();
    keep_people(&store, &people)?;
    if call_count > 0 {
        keep_calls(&store, call_count, &people, now_ms)?;
    }
    let meetings: Vec<FetchedMeeting> =
        (0..meeting_count).map(|index| meeting(index, meeting_count, people_count, now_ms)).collect();
    let sealer = store.sealer();
    for page in meetings.chunks(PAGE) {
        store.write_now(|tx| meetings::upsert_page(tx, &sealer, page, 1).map(drop))?;
    }
    store.write_now(|tx| {
        for name in ["zoom.meetings", "salesforce.leads", "salesforce.contacts", "salesforce.companies"] {
            cursors::complete(tx, name, "1", now_ms)?;
        }
        Ok(())
    })?;
    Ok(format!("{meeting_count} meetings, {people_count} people and {call_count} calls"))
}

fn sign_in(store: &Store, now_ms: i64) -> StoreResult<()> {
    let sealer = store.sealer();
    store.write_now(|tx| {
        for provider in [Provider::Zoom, Provider::Salesforce] {
            accounts::put(
                tx,
                &AccountRecord {
                    provider,
                    user_id: "005000000000001AAA".to_owned(),
                    org_id: Some("00D000000000001AAA".to_owned()),
                    name: "Robin Visser".to_owned(),
                    email: Some("robin.visser@northwind.example.com".to_owned()),
                    organisation: Some("Northwind".to_owned()),
                    environment: Environment::Sandbox,
                    instance_url: Some("http://127.0.0.1:9".to_owned()),
                    api_url: Some("http://127.0.0.1:9".to_owned()),
                    scopes: String::new(),
                    client_id: "measurement".to_owned(),
                    state: AccountState::Connected,
                    signed_out_reason: None,
                    connected_utc_ms: now_ms,
                },
            )?;
            tokens::put(
                tx,
                &sealer,
                &tokens::TokenRecord {
                    provider,
                    access: SecretString::from("none"),
                    refresh: None,
                    expires_utc_ms: None,
                    refresh_state: tokens::RefreshState::Settled,
                    refresh_started_utc_ms: None,
                    updated_utc_ms: now_ms,
                },
            )?;
        }
        Ok(())
    })
}

fn person(index: usize, now_ms: i64) -> PersonRecord {
    let (first, last) = (FIRST[index % FIRST.len()], LAST[index / FIRST.len() % LAST.len()]);
    let (kind, prefix, object) = if index.is_multiple_of(3) {
        (RecordKind::Lead, "00Q", "Lead")
    } else {
        (RecordKind::Contact, "003", "Contact")
    };
    let salesforce_id = format!("{prefix}{index:012}AAA");
    PersonRecord {
        id: format!("{object}:{salesforce_id}"),
        record: kind,
        salesforce_id,
        first_name: Some(first.to_owned()),
        last_name: Some(last.to_owned()),
        name: format!("{first} {last}"),
        company: Some(format!("Company {}", index % 4_000)),
        title: Some("Buyer".to_owned()),
        email: Some(address(index)),
        phones: vec![Phone { field: "Phone".to_owned(), number: format!("+3120{index:07}") }],
        stamp_utc_ms: now_ms,
        ..lead(index)
    }
}
