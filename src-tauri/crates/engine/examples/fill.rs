//! Fills a profile for measurements: `fill DIR --meetings N --people N`.
//!
//! Makes a profile for the sandbox with signed-in accounts and invented rows, under the key of the
//! system keychain, so that the program starts on it as it would on a busy rep's data.

use std::process::ExitCode;

use chrono::{TimeDelta, Utc};
use liaison_domain::{Environment, Provider, RecordKind};
use liaison_store::tables::accounts::{self, AccountRecord, AccountState};
use liaison_store::tables::meetings::{self, FetchedMeeting, MeetingRecord, MeetingSecrets};
use liaison_store::tables::people::{self, PersonRecord, Phone};
use liaison_store::tables::{cursors, tokens};
use liaison_store::{OpenOptions, ProfilePaths, Store, StoreResult, SystemVault};
use secrecy::SecretString;

const PAGE: usize = 2_000;
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
    let (mut meeting_count, mut people_count) = (10_000, 50_000);
    while let Some(option) = arguments.next() {
        let number: usize = arguments.next().ok_or("an option needs a number")?.parse()?;
        match option.as_str() {
            "--meetings" => meeting_count = number,
            "--people" => people_count = number,
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    let paths = ProfilePaths::new(std::path::Path::new(&dir).join("profiles").join("sandbox"));
    let now_ms = Utc::now().timestamp_millis();
    let store = liaison_store::open(&paths, &SystemVault::new(), &OpenOptions { now_utc_ms: now_ms })?;
    sign_in(&store, now_ms)?;
    let people: Vec<PersonRecord> = (0..people_count).map(|index| person(index, now_ms)).collect();
    for page in people.chunks(PAGE) {
        store.write_now(|tx| people::upsert_page(tx, page).map(drop))?;
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
    Ok(format!("{meeting_count} meetings and {people_count} people"))
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
        account_id: None,
        title: Some("Buyer".to_owned()),
        email: Some(address(index)),
        more_emails: Vec::new(),
        phones: vec![Phone { field: "Phone".to_owned(), number: format!("+3120{index:07}") }],
        status: None,
        owner_id: None,
        owner_name: None,
        person_account: false,
        activity_day: None,
        email_opt_out: false,
        do_not_call: false,
        converted_to: None,
        merged_into: None,
        stamp_utc_ms: now_ms,
        field_hash: String::new(),
        deleted: false,
    }
}

fn address(index: usize) -> String {
    format!("person{index}@company{}.example.com", index % 4_000)
}

/// Eight a day around today.
fn meeting(index: usize, count: usize, people_count: usize, now_ms: i64) -> FetchedMeeting {
    let day = i64::try_from(index / 8).unwrap_or(0) - i64::try_from(count / 16).unwrap_or(0);
    let hour = i64::try_from(index % 8).unwrap_or(0) - 4;
    let start = now_ms + TimeDelta::days(day).num_milliseconds() + TimeDelta::hours(hour).num_milliseconds();
    let number = 90_000_000_000 + i64::try_from(index).unwrap_or(0);
    let invitee = index * 7 % people_count.max(1);
    FetchedMeeting {
        meeting: MeetingRecord {
            key: number.to_string(),
            meeting_id: number,
            guest_number: None,
            occurrence_id: None,
            uuid: None,
            topic: format!("Review {index} with {}", FIRST[index % FIRST.len()]),
            agenda: Some("Where we stand, what is next.".to_owned()),
            start_utc_ms: Some(start),
            minutes: 45,
            timezone: Some("Europe/Amsterdam".to_owned()),
            kind: 2,
            status: Some("waiting".to_owned()),
            host_id: Some("host".to_owned()),
            host_email: None,
            is_host: true,
            waiting_room: Some(true),
            invitees: Some(vec![meetings::Invitee { email: address(invitee), name: None }]),
            created_utc_ms: Some(now_ms),
            fetched_utc_ms: now_ms,
            details_utc_ms: Some(now_ms),
            linked_ids: None,
            series_json: None,
            gone_utc_ms: None,
        },
        secrets: MeetingSecrets {
            join_url: Some(SecretString::from(format!("https://northwind.zoom.us/j/{number}?pwd=none"))),
            passcode: None,
        },
    }
}
