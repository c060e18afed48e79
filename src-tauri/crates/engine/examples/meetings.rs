//! What meetings cost at the size of some busy years: the day, the week, those that are over, a search, a letter in the
//! line that plans one; each beside the bare query of the same rows. Then a round in which the Events of those to come are
//! compared with what Zoom says, beside asking for the same Events alone, and how many requests a quiet round takes.
//!
//! `meetings [--meetings N] [--people N] [--events N] [--times N]`. Zoom is cut off, for the meetings are invented.
//! Figures to read, never asserted.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement for the terminal ends where it fails")]

use std::time::{Duration, Instant};

use liaison_engine::view::{LineText, ScheduleDraft};
use liaison_sandbox::{BeforeEffect, FaultRule, SandboxConfig, Service};
use liaison_store::tables::meetings::{self, FetchedMeeting};
use liaison_store::tables::people::PersonRecord;
use liaison_store::tables::{links, meetings_search, people_search};
use liaison_store::{Connection, Store, StoreResult};
use reqwest::Method;
use serde_json::{Value, json};

#[path = "measure/meetings.rs"]
mod known_meetings;
#[path = "measure/people.rs"]
mod known_people;
#[expect(dead_code, reason = "the other measurements use more of it")]
mod measure;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/stage.rs"]
mod stage;

use known_meetings::{address, meeting};
use known_people::{keep_people, lead};
use measure::{beside, clocked, number, processor, timed, took};
use stage::Stage;

const ROWS: u32 = 100;
const HITS: u32 = 8;
const DAY_MS: i64 = 24 * 3_600_000;
/// Events of one question.
const AT_ONCE: usize = 200;
const PATIENCE: Duration = Duration::from_mins(2);
/// A line as it is typed, letter by letter.
const LINE: &str = "demo with person 77 tomorrow 3pm 45m";
const API: &str = "/services/data/v62.0";

#[tokio::main]
async fn main() {
    let (count, people) = (number("--meetings", 20_000), number("--people", 100_000));
    let (events, times) = (number("--events", 2_000), number("--times", 300));
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    for method in ["GET", "POST", "PATCH", "DELETE"] {
        stage.sandbox.faults().add(FaultRule::on(Service::Zoom, method, "/").before(BeforeEffect::Reset)).unwrap();
    }
    let now_ms = stage.now().timestamp_millis();
    stage.with_store(|store| fill(store, count, people, now_ms)).await;
    println!("{count} meetings, {people} people");
    latencies(&mut stage, times, count).await;
    rounds(&mut stage, events, now_ms).await;
}

fn fill(store: &Store, count: usize, people: usize, now_ms: i64) -> StoreResult<()> {
    keep_people(store, &(0..people).map(person).collect::<Vec<_>>())?;
    let all: Vec<FetchedMeeting> = (0..count).map(|index| meeting(index, count, people, now_ms)).collect();
    let sealer = store.sealer();
    for page in all.chunks(2_000) {
        store.write_now(|tx| meetings::upsert_page(tx, &sealer, page, 1).map(drop))?;
    }
    Ok(())
}

fn person(index: usize) -> PersonRecord {
    PersonRecord { email: Some(address(index)), ..lead(index) }
}

async fn latencies(stage: &mut Stage, times: usize, count: usize) {
    let engine = &stage.engine;
    let draft = engine.new_draft(None, None).await.unwrap();
    let day = timed(times, async |at| drop(engine.day(ahead(at)).await.unwrap())).await;
    let week = timed(times, async |at| drop(engine.week(ahead(at), 1).await.unwrap())).await;
    let past = timed(times, async |at| {
        drop(engine.list_past_meetings(String::new(), offset(at, count), ROWS).await.unwrap());
    })
    .await;
    let search = timed(times, async |at| drop(engine.search_meetings(word(at).to_owned(), HITS).await.unwrap())).await;
    let line = timed(times, async |at| drop(engine.read_schedule_line(asked(at, &draft)).await.unwrap())).await;
    let now_ms = stage.now().timestamp_millis();
    let raw = stage
        .with_store(|store| {
            store.read_now(|db| {
                let days = |at: usize, width: i64| {
                    let from = now_ms + i64::from(ahead(at)) * width;
                    whole(db, &meetings::meetings_between(db, from, from + width)?)
                };
                let day = clocked(times, |at| days(at, DAY_MS))?;
                let week = clocked(times, |at| days(at, 7 * DAY_MS))?;
                let past = clocked(times, |at| {
                    for key in meetings_search::past(db, now_ms, offset(at, count), ROWS)?.0 {
                        meetings::meeting(db, &key)?;
                    }
                    Ok(())
                })?;
                let search = clocked(times, |at| {
                    let back = now_ms - 90 * DAY_MS;
                    meetings_search::search_meetings(db, word(at), now_ms, back, HITS as usize).map(drop)
                })?;
                let line = clocked(times, |_| people_search::search_people(db, "person 77", HITS as usize).map(drop))?;
                Ok([day, week, past, search, line])
            })
        })
        .await;
    let names = [
        "a day",
        "a week",
        "a page of those that are over",
        "a search",
        "a letter of the line, beside finding the person",
    ];
    for ((name, whole), raw) in names.into_iter().zip([day, week, past, search, line]).zip(raw) {
        println!("{name}: {}", beside(whole, raw));
    }
}

/// The rows that a day is made of.
fn whole(db: &Connection, of_day: &[meetings::MeetingRecord]) -> StoreResult<()> {
    let keys: Vec<&str> = of_day.iter().map(|meeting| meeting.key.as_str()).collect();
    links::links_for_many(db, "meeting", &keys).map(drop)
}

/// Events of so many meetings to come, then a round in which nothing is new, and one in which somebody has changed some.
async fn rounds(stage: &mut Stage, events: usize, now_ms: i64) {
    let keys = stage.with_store(|store| store.read_now(|db| meetings::keys_since(db, now_ms + DAY_MS))).await;
    let keys: Vec<String> = keys.into_iter().take(events).collect();
    let (begun, had) = (Instant::now(), processor());
    let logged = stage.engine.log_meetings(keys).await.unwrap().logged as usize;
    stage.skip(Duration::from_secs(30));
    while stage.engine.app_state().await.unwrap().unsent > 0 {
        stage.engine.settle().await;
        stage.skip(Duration::from_secs(5));
    }
    println!("Events of {logged} meetings: {}", took(logged, begun, had));

    let salesforce = Salesforce::of(stage);
    let ids = ids(&salesforce).await;
    let begun = Instant::now();
    for chunk in ids.chunks(AT_ONCE) {
        let list = chunk.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(",");
        let fields = "Id,IsDeleted,SystemModstamp,Subject,StartDateTime,EndDateTime,WhoId,Location,Description";
        salesforce.query(&format!("SELECT {fields} FROM Event WHERE Id IN ({list})")).await;
    }
    println!("asking for them alone: {} ms", begun.elapsed().as_millis());
    for name in ["a first round", "a quiet round"] {
        round(stage, name, logged).await;
    }
    for id in ids.iter().step_by(20) {
        let path = format!("{API}/sobjects/Event/{id}");
        salesforce.ask(Method::PATCH, &path, Some(json!({ "Subject": "Theirs" }))).await;
    }
    round(stage, "a round after every twentieth was changed there", logged).await;
    let begun = Instant::now();
    let open = stage.engine.differences().await.unwrap();
    println!("the page of {} differences in {} ms", open.rows.len(), begun.elapsed().as_millis());
}

async fn round(stage: &Stage, name: &str, events: usize) {
    let requests = || stage.sandbox.requests().total(Service::Salesforce);
    stage.skip(Duration::from_mins(21));
    let (before, begun, had) = (requests(), Instant::now(), processor());
    // The engine's own beat may have the round already, and settling does not wait for that.
    let whole = async {
        while requests() - before < events.div_ceil(AT_ONCE) as u64 {
            stage.engine.settle().await;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        stage.engine.settle().await;
    };
    tokio::time::timeout(PATIENCE, whole).await.unwrap();
    println!("{name}, {} requests of Salesforce: {}", requests() - before, took(events, begun, had));
}

/// Salesforce as its user, with one token: with many, the oldest ones end, and the engine's is the oldest.
struct Salesforce {
    url: String,
    token: String,
}

impl Salesforce {
    fn of(stage: &Stage) -> Self {
        Self {
            url: stage.sandbox.urls().salesforce.clone(),
            token: stage.sandbox.salesforce().issue_tokens().access_token,
        }
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> reqwest::Response {
        stage::ask(method, format!("{}{path}", self.url), &self.token, body).await
    }

    async fn get(&self, path: &str) -> Value {
        self.ask(Method::GET, path, None).await.json().await.unwrap()
    }

    async fn query(&self, soql: &str) -> Value {
        let text: String = url::form_urlencoded::byte_serialize(soql.as_bytes()).collect();
        self.get(&format!("{API}/query?q={text}")).await
    }
}

async fn ids(salesforce: &Salesforce) -> Vec<String> {
    let mut page = salesforce.query("SELECT Id FROM Event WHERE Subject LIKE 'Review%'").await;
    let mut ids = Vec::new();
    loop {
        ids.extend(page["records"].as_array().unwrap().iter().map(|row| row["Id"].as_str().unwrap().to_owned()));
        let Some(next) = page["nextRecordsUrl"].as_str().map(str::to_owned) else { return ids };
        page = salesforce.get(&next).await;
    }
}

fn asked(at: usize, draft: &ScheduleDraft) -> LineText {
    let typed = LINE.char_indices().map(|(at, letter)| at + letter.len_utf8()).nth(at % LINE.chars().count()).unwrap();
    LineText { text: LINE[..typed].to_owned(), region: "en-GB".to_owned(), others: Vec::new(), draft: draft.clone() }
}

/// Days, and weeks, from a year ago to a year ahead.
fn ahead(at: usize) -> i32 {
    i32::try_from(at * 7 % 101).unwrap() - 50
}

fn offset(at: usize, count: usize) -> u32 {
    u32::try_from(at * 97 % (count / 2).saturating_sub(ROWS as usize).max(1)).unwrap()
}

fn word(at: usize) -> &'static str {
    ["review 12", "anna", "company77.", "person123@", "with hugo", "zzyzx", "rev"][at % 7]
}
