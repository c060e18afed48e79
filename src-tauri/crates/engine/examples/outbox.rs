//! How fast, and with how many calls, rows of the outbox go to Salesforce, beside the bare client that makes the same
//! calls in the same run; and what a claim and a page cost with fifty rows in the table and with fifty thousand.
//!
//! `outbox [--rows N] [--table N]`. Figures to read, never asserted.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement for the terminal ends where it fails")]

use std::time::{Duration, Instant};

use futures::StreamExt as _;
use liaison_engine::view::{OutboxFilter, OutboxQuery};
use liaison_salesforce::{
    BulkOperation, Condition, Event, ExternalKey, FieldName, KEY_FIELD, NewEvent, ObjectName, Polling, Query, Record,
    Salesforce, Sheet,
};
use liaison_sandbox::{SandboxConfig, WorldKind};
use liaison_store::tables::outbox::{self, Together, Urgency};
use liaison_store::{StoreError, Transaction};

#[path = "../tests/it/many_rows.rs"]
mod many_rows;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/stage.rs"]
mod stage;
#[expect(dead_code, reason = "other benchmarks use more of it")]
#[path = "../../salesforce/examples/support/mod.rs"]
mod support;

use stage::Stage;
use support::{client_at, number};

/// Requests that the engine's lane has under way at once.
const AT_ONCE: usize = 4;
const CLAIMS: usize = 200;

#[tokio::main]
async fn main() {
    let (rows, table) = (number("--rows", 10_000).unwrap(), number("--table", 50_000).unwrap());
    for (way, urgency) in [("collections", Urgency::Click), ("one job", Urgency::Bulk)] {
        let bare = bare(rows, urgency).await;
        let engine = engine(rows, urgency).await;
        report(way, rows, &bare, &engine);
    }
    let few = costs(50).await;
    let many = costs(table).await;
    println!(
        "a claim of one row: {} with 50 rows in the table, {} with {table}",
        micros(few.claim),
        micros(many.claim)
    );
    println!("a page of 100 rows: {} with 50 rows in the table, {} with {table}", micros(few.page), micros(many.page));
}

struct Figures {
    took: Duration,
    reads: u64,
    writes: u64,
}

fn report(way: &str, rows: usize, bare: &Figures, engine: &Figures) {
    let thousands = rows.div_ceil(1_000).max(1) as u64;
    for (name, figures) in [("bare client", bare), ("engine", engine)] {
        println!(
            "{way}, {name}: {rows} rows in {} ms, {} writing and {} reading calls per 1,000 rows",
            figures.took.as_millis(),
            tenths(figures.writes, thousands),
            tenths(figures.reads, thousands),
        );
    }
    println!("{way}: ratio {:.2}", engine.took.as_secs_f64() / bare.took.as_secs_f64().max(1e-9));
}

fn tenths(calls: u64, thousands: u64) -> String {
    let tenths = calls * 10 / thousands;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn micros(time: Duration) -> String {
    format!("{} µs", time.as_micros())
}

async fn quiet() -> Stage {
    let stage = Stage::connected(SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() }).await;
    stage.engine.pause_outbox(true).await.unwrap();
    stage
}

/// Reading and writing requests to Salesforce so far. A question that is too long for an address is the body of a POST.
fn requests(stage: &Stage) -> (u64, u64) {
    let (mut reads, mut writes) = (0, 0);
    for one in stage.sandbox.requests().counts().iter().filter(|one| one.route.contains("/services/data/")) {
        let is_read = one.method == "GET" || one.route.ends_with("/composite");
        *(if is_read { &mut reads } else { &mut writes }) += one.count;
    }
    (reads, writes)
}

async fn engine(rows: usize, urgency: Urgency) -> Figures {
    let mut stage = quiet().await;
    stage.with_store(|store| store.write_now(|tx| many_rows::put(tx, 0..rows, urgency, None, |_, _| {}))).await;
    let before = requests(&stage);
    let begun = Instant::now();
    stage.engine.pause_outbox(false).await.unwrap();
    stage.until("all are sent", async || stage.engine.app_state().await.unwrap().unsent == 0).await;
    let (took, after) = (begun.elapsed(), requests(&stage));
    let query = OutboxQuery { filter: OutboxFilter::Sent, limit: Some(1), ..OutboxQuery::default() };
    assert_eq!(stage.engine.outbox(query).await.unwrap().total as usize, rows, "all of them arrived");
    Figures { took, reads: after.0 - before.0, writes: after.1 - before.1 }
}

/// The same calls, by the client alone.
async fn bare(rows: usize, urgency: Urgency) -> Figures {
    let stage = quiet().await;
    let client = client_at(&stage.sandbox, true).unwrap();
    let before = requests(&stage);
    let begun = Instant::now();
    let places: Vec<usize> = (0..rows).collect();
    match urgency {
        Urgency::Click => {
            let work = places.chunks(200).map(|part| {
                let client = &client;
                async move {
                    look_for(client, part).await;
                    let records = part.iter().map(|place| (key(*place), record(*place))).collect();
                    let saved = client.events().upsert_many(records).await.unwrap();
                    assert!(saved.iter().all(Result::is_ok));
                }
            });
            futures::stream::iter(work).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
        }
        Urgency::Bulk => {
            for part in places.chunks(200) {
                look_for(&client, part).await;
            }
            let key_field = FieldName::new(KEY_FIELD).unwrap();
            let names = [KEY_FIELD, "Subject", "StartDateTime", "EndDateTime", "Location", "Description"];
            let mut sheet = Sheet::new(names.map(|name| FieldName::new(name).unwrap()).into()).unwrap();
            for place in &places {
                assert!(sheet.push(&record(*place).with_key(&key_field, &key(*place))).unwrap());
            }
            let operation = BulkOperation::Upsert { key_field };
            let job = client.start_ingest(&ObjectName::new("Event").unwrap(), &operation, sheet).await.unwrap();
            let job = client.await_ingest_job(job.id, &Polling::default()).await.unwrap();
            assert_eq!(client.ingest_results(&job, rows).await.unwrap().len(), rows);
        }
    }
    let (took, after) = (begun.elapsed(), requests(&stage));
    Figures { took, reads: after.0 - before.0, writes: after.1 - before.1 }
}

async fn look_for(client: &Salesforce, places: &[usize]) {
    let keys: Vec<String> = places.iter().map(|place| many_rows::key(*place)).collect();
    let query = Query::from("Event")
        .select(["Id", "IsDeleted", KEY_FIELD])
        .filter(Condition::is_in(KEY_FIELD, keys.iter().map(String::as_str)));
    let found = client.query_all_rows::<Event>(&query.build().unwrap()).await.unwrap();
    assert!(found.is_empty());
}

fn key(place: usize) -> ExternalKey {
    ExternalKey::new(many_rows::key(place)).unwrap()
}

fn record(place: usize) -> Record {
    let start = chrono::DateTime::from_timestamp(1_800_000_000 + i64::try_from(place).unwrap() * 60, 0).unwrap();
    let mut event = NewEvent::new(format!("Event {place}"), start, start + chrono::TimeDelta::minutes(30));
    event.location = Some("https://zoom.example/j/1".to_owned());
    event.description = Some("Zoom 1".to_owned());
    event.to_record().unwrap()
}

struct Costs {
    claim: Duration,
    page: Duration,
}

/// The medians with so many rows in the table.
async fn costs(rows: usize) -> Costs {
    let mut stage = quiet().await;
    stage.with_store(|store| store.write_now(|tx| many_rows::put(tx, 0..rows, Urgency::Click, None, |_, _| {}))).await;
    let claim = stage
        .with_store(|store| {
            let mut times = Vec::new();
            for _ in 0..CLAIMS {
                // Undone each time, so that all claims meet the same table.
                let rolled_back = store.write_now(|tx| {
                    times.push(claim_one(tx)?);
                    Err::<(), _>(StoreError::Closed)
                });
                assert!(matches!(rolled_back, Err(StoreError::Closed)));
            }
            Ok(median(times))
        })
        .await;
    let mut pages = Vec::new();
    for _ in 0..CLAIMS {
        let begun = Instant::now();
        let query = OutboxQuery { limit: Some(100), ..OutboxQuery::default() };
        stage.engine.outbox(query).await.unwrap();
        pages.push(begun.elapsed());
    }
    Costs { claim, page: median(pages) }
}

fn claim_one(tx: &Transaction<'_>) -> Result<Duration, StoreError> {
    let target = many_rows::target(tx)?;
    let begun = Instant::now();
    let claim = outbox::claim_next(tx, &target, 2, Urgency::Bulk, |_| Together::of(1))?;
    assert!(claim.is_some());
    Ok(begun.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
