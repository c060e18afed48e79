//! What the calls cost at the size of a busy rep's half year: filling them back beside fetching and decoding the same
//! pages, matching all of them anew, and what a list, a search, a call in full and the ledger take beside the bare
//! indexed query of the same rows.
//!
//! `calls [--calls N] [--people N] [--times N] [--notes N]`. Each part also tells how long this program had the processor,
//! which says more than the clock where others work beside it. Figures to read, never asserted.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement for the terminal ends where it fails")]

use std::collections::HashMap;
use std::time::{Duration, Instant};

use liaison_engine::view::{CallChip, CallFilter, CallNote, CallStanding};
use liaison_sandbox::SandboxConfig;
use liaison_store::tables::call_links::CallLink;
use liaison_store::tables::calls::{self as table, Between, CallRow, Chip, Settled, Standing};
use liaison_store::tables::people::{self, PersonRecord, Phone};
use liaison_store::tables::{call_legs, call_links, call_notes, calls_search, cursors, holders, links};
use liaison_store::{Connection, StoreResult, Transaction};
use liaison_zoom::{CallHistoryFilter, CallWindow};

#[path = "measure/people.rs"]
mod known_people;
mod measure;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/stage.rs"]
mod stage;

use known_people::{keep_people, lead};
use measure::{beside, client, clocked, number, processor, timed, took};
use stage::Stage;

const ROWS: u32 = 100;
const EVER: Between = Between { from_utc_ms: i64::MIN, to_utc_ms: i64::MAX };
/// Half a year, as Zoom keeps it.
const PAST: chrono::TimeDelta = chrono::TimeDelta::days(180);
const DAYS: u32 = 14;
/// Characters of a long note.
const NOTE: usize = 10_000;
const LOREM: &str =
    "Wants prices for forty seats before the end of the quarter, and asks who else uses it in logistics. ";
const DAY_MS: i64 = 24 * 3_600_000;

#[tokio::main]
async fn main() {
    let (calls, people, times) = (number("--calls", 100_000), number("--people", 100_000), number("--times", 300));
    let mut stage = Stage::connected(SandboxConfig { calls: Some(calls), ..SandboxConfig::default() }).await;
    stage.engine.settle().await;
    let world = stage.with_store(|store| fill(store, people)).await;
    println!("{calls} calls, {people} people with {} numbers, {world} of the world beside them", people * 2);

    let bare = bare(&stage).await;
    let (begun, had) = (Instant::now(), processor());
    backfill(&stage).await;
    println!("backfill: {}", took(bare.legs, begun, had));
    println!("fetching and decoding alone: {}", bare.took);
    match_anew(&mut stage).await;
    latencies(&mut stage, times).await;
    notes(&stage, number("--notes", 0)).await;
}

/// Notes of ten thousand characters, each on a call of its own, as a window keeps them; then one of them is looked for.
async fn notes(stage: &Stage, count: usize) {
    let mut kept = 0;
    let (begun, had) = (Instant::now(), processor());
    while kept < count {
        let page = stage.engine.list_calls(CallFilter::default(), u32::try_from(kept).unwrap(), 200).await.unwrap();
        if page.rows.is_empty() {
            break;
        }
        for row in page.rows.into_iter().take(count - kept) {
            let note = format!("needle{kept} ").chars().chain(LOREM.chars().cycle()).take(NOTE).collect();
            stage.engine.keep_call_note(row.id, CallNote { note, disposition: None }).await.unwrap();
            kept += 1;
        }
    }
    if kept == 0 {
        return;
    }
    println!("{kept} notes of {NOTE} characters: {}", took(kept, begun, had));
    let begun = Instant::now();
    let query = format!("needle{}", kept - 1);
    let found = stage.engine.list_calls(CallFilter { query, ..CallFilter::default() }, 0, ROWS).await.unwrap();
    println!("one of them found in {} ms", begun.elapsed().as_millis());
    assert_eq!(found.total, 1);
}

/// People whose numbers nobody calls, and some whose numbers strangers of the world call from; so the index is as large
/// as it would be, and every outcome of matching is among the calls.
fn fill(store: &liaison_store::Store, count: usize) -> StoreResult<u32> {
    let world = store.read_now(people::count)?;
    // What is known of them changes nothing that waits: all calls are matched anew below.
    keep_people(store, &(0..count).map(person).collect::<Vec<_>>())?;
    Ok(world)
}

fn person(index: usize) -> PersonRecord {
    let phone = |field: &str, number: String| Phone { field: field.to_owned(), number };
    let first = match index {
        // Strangers of the world call from numbers like these: most have one owner, some two.
        0..1_200 => format!("+44113496{:04}", index % 1_000),
        _ => format!("020 {:03} {:04}", index % 1_000, index / 1_000 % 10_000),
    };
    PersonRecord {
        phones: vec![phone("Phone", first), phone("MobilePhone", format!("06 {:08}", 10_000_000 + index))],
        ..lead(index)
    }
}

struct Bare {
    legs: usize,
    took: String,
}

/// The same pages, fetched and decoded by the client alone.
async fn bare(stage: &Stage) -> Bare {
    let client = client(stage);
    let now = chrono::Utc::now();
    let (begun, had, mut legs) = (Instant::now(), processor(), 0);
    for window in CallWindow::split(now - PAST, now) {
        let filter = CallHistoryFilter::within(window);
        let mut token = None;
        loop {
            let page = client.phone().history(&filter, token.as_deref()).await.unwrap();
            legs += page.items.len();
            token = page.next_page_token.filter(|token| !token.is_empty());
            if token.is_none() {
                break;
            }
        }
    }
    Bare { legs, took: took(legs, begun, had) }
}

/// From nothing to the whole half year, without the pauses between rounds.
async fn backfill(stage: &Stage) {
    // Zoom keeps one sign-in for a user and an app: the bare client has ended the engine's.
    stage.engine.connect(liaison_engine::view::Provider::Zoom).await.unwrap();
    for _ in 0..500 {
        stage.engine.settle().await;
        let list = stage.engine.list_calls(CallFilter::default(), 0, 1).await.unwrap();
        if list.history.as_of.is_some() && !list.history.filling {
            return;
        }
        stage.advance(Duration::from_secs(20)).await;
    }
    panic!("the past was never here")
}

async fn match_anew(stage: &mut Stage) {
    let count = stage.with_store(|store| store.write_now(forget_matches)).await;
    // The country that is used already is chosen: nothing but the matching is done then.
    let used = stage.engine.call_region().await.unwrap().used;
    let (begun, had) = (Instant::now(), processor());
    stage.engine.choose_call_region(used).await.unwrap();
    println!("matching anew: {}", took(count, begun, had));
    let alone = stage.with_store(write_matches).await;
    println!("writing the same alone: {alone}");
    let waiting = stage.engine.list_calls(CallFilter::default(), 0, 200).await.unwrap();
    assert!(waiting.rows.iter().all(|row| row.standing != CallStanding::New));
}

fn forget_matches(tx: &Transaction<'_>) -> StoreResult<usize> {
    tx.execute("DELETE FROM call_links", [])?;
    Ok(tx.execute("UPDATE calls SET standing = 'new', record_id = NULL", [])?)
}

/// What matching has written, once more, by the same statements and as many a transaction.
fn write_matches(store: &liaison_store::Store) -> StoreResult<String> {
    const AT_ONCE: usize = 2_000;
    let (mut rows, links) = store.read_now(|db| {
        let rows = table::list(db, Chip::All, EVER, 0, u32::MAX)?;
        let keys: Vec<&str> = rows.iter().map(|row| row.call.key.as_str()).collect();
        let links = call_links::of_calls(db, &keys)?;
        let links: HashMap<String, CallLink> = links.into_iter().map(|link| (link.call_key.clone(), link)).collect();
        Ok((rows, links))
    })?;
    rows.sort_by_key(|row| row.row);
    let new = |row: &CallRow| CallRow { standing: Standing::New, record_id: None, ..row.clone() };
    let written: Vec<(CallRow, Settled)> = rows
        .iter()
        .map(|row| {
            let settled = Settled {
                standing: row.standing,
                to_link: row.to_link,
                record_id: row.record_id.clone(),
                record_name: row.record_name.clone(),
                company: row.company.clone(),
            };
            (new(row), settled)
        })
        .collect();
    store.write_now(forget_matches)?;
    let (begun, had) = (Instant::now(), processor());
    for chunk in written.chunks(AT_ONCE) {
        store.write_now(|tx| {
            for (row, settled) in chunk {
                table::settle(tx, row, settled)?;
                if let Some(link) = links.get(&row.call.key) {
                    call_links::add(tx, link)?;
                }
            }
            Ok(())
        })?;
    }
    Ok(took(written.len(), begun, had))
}

async fn latencies(stage: &mut Stage, times: usize) {
    let filter = |query: &str| CallFilter { query: query.to_owned(), ..CallFilter::default() };
    let asked = stage.engine.list_calls(CallFilter { chip: CallChip::ToLink, ..CallFilter::default() }, 0, 1).await;
    let asked = asked.unwrap().rows.first().map(|row| row.id.clone());
    let engine = &stage.engine;
    let list = timed(times, async |at| drop(engine.list_calls(filter(""), offset(at), ROWS).await.unwrap())).await;
    let search = timed(times, async |at| drop(engine.list_calls(filter(word(at)), 0, ROWS).await.unwrap())).await;
    let call = match &asked {
        Some(id) => timed(times, async |_| drop(engine.call(id.clone()).await.unwrap())).await,
        None => Vec::new(),
    };
    let ledger = timed(times, async |_| drop(engine.call_ledger(DAYS).await.unwrap())).await;
    let now_ms = stage.now().timestamp_millis();
    let raw = stage
        .with_store(|store| {
            store.read_now(|db| {
                let list = clocked(times, |at| table::list(db, Chip::All, EVER, offset(at), ROWS).map(drop))?;
                let search =
                    clocked(times, |at| calls_search::search(db, word(at), Chip::All, EVER, 0, ROWS).map(drop))?;
                let call = match &asked {
                    Some(id) => clocked(times, |_| whole(db, id))?,
                    None => Vec::new(),
                };
                let ledger = clocked(times, |_| {
                    for day in 0..i64::from(DAYS) {
                        let (from, to) = (now_ms - (day + 1) * DAY_MS, now_ms - day * DAY_MS);
                        table::tallies(db, Between { from_utc_ms: from, to_utc_ms: to })?;
                        call_legs::count_between(db, from, to)?;
                    }
                    Ok(())
                })?;
                assert!(cursors::get(db, "zoom.calls")?.is_some());
                Ok([list, search, call, ledger])
            })
        })
        .await;
    let names = ["a page of the list", "a page of a search", "a call in full", "14 days of the ledger"];
    for ((name, whole), raw) in names.into_iter().zip([list, search, call, ledger]).zip(raw) {
        println!("{name}: {}", beside(whole, raw));
    }
}

/// The rows that a call in full is made of.
fn whole(db: &Connection, id: &str) -> StoreResult<()> {
    let Some(row) = table::get(db, id)? else { return Ok(()) };
    call_links::get(db, id)?;
    call_notes::get(db, id)?;
    let lines: Vec<i64> = row.call.line.into_iter().collect();
    let ending = row.call.ending.unwrap_or_default();
    let found = holders::people(db, &lines, &[ending])?;
    holders::companies(db, &lines, &[ending])?;
    for person in found.of(&lines, ending) {
        table::of_record(db, &person.salesforce_id, 1)?;
        links::links_of_record(db, &person.salesforce_id)?;
    }
    Ok(())
}

fn offset(at: usize) -> u32 {
    u32::try_from(at * 97 % 20_000).unwrap()
}

fn word(at: usize) -> &'static str {
    ["person 7", "0612", "4960", "company 12", "wireless", "11349", "pers 113"][at % 7]
}
