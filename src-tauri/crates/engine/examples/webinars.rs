//! What a webinar with very many registrants costs: opening it, reading through its list, looking for somebody, counting
//! all who match, taking the table out, and sorting people to be registered; each beside the bare query of the same rows.
//! And how many people a second are registered, beside the bare client under the same limits of Zoom.
//!
//! `webinars [--registrants N] [--people N] [--times N]`. Figures to read, never asserted.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement for the terminal ends where it fails")]

use std::time::{Duration, Instant};

use liaison_engine::view::{Provider, RegistrantFilter, RegistrationAsk, RegistrationRow};
use liaison_sandbox::{SandboxConfig, WorldKind, ZoomRows};
use liaison_store::tables::webinar_registrants::{self as table, RegistrantOrder, RegistrantsAsked};
use liaison_store::tables::webinar_sessions as sessions;
use liaison_store::tables::webinars;
use liaison_zoom::{BatchRegistrant, BatchRegistration, WebinarId};
use serde_json::{Value, json};

#[expect(dead_code, reason = "the other measurements use more of it")]
mod measure;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/stage.rs"]
mod stage;

use measure::{beside, client, clocked, number, per_second, timed};
use stage::Stage;

const FULL: u64 = 95_204_914_252;
const COMING: u64 = 95_204_914_253;
const BARE: u64 = 95_204_914_254;
const ROWS: u32 = 100;
const AT_ONCE: usize = 30;

#[tokio::main]
async fn main() {
    let (registrants, people) = (number("--registrants", 10_000), number("--people", 600));
    let times = number("--times", 200);
    let mut stage = Stage::new(SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() }).await;
    let rows: ZoomRows = serde_json::from_value(json!({ "webinars": [
        webinar(FULL, -2, registrants), webinar(COMING, 20, 0), webinar(BARE, 20, 0),
    ]}))
    .unwrap();
    stage.sandbox.zoom().load(&rows).unwrap();
    for provider in [Provider::Zoom, Provider::Salesforce] {
        stage.engine.connect(provider).await.unwrap();
    }
    stage.pulled().await;
    // The list of webinars is here too.
    stage.engine.settle().await;
    let begun = Instant::now();
    stage.engine.refresh_webinar(FULL.to_string()).await.unwrap();
    println!("{registrants} registrants, half of whom came: read from Zoom in {} ms", begun.elapsed().as_millis());
    registering(&stage, people).await;
    latencies(&mut stage, registrants, times).await;
}

fn webinar(id: u64, days: i64, registrants: usize) -> Value {
    let start = chrono::Utc::now() + chrono::TimeDelta::days(days);
    let at = |minutes: i64| (start + chrono::TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let people: Vec<Value> = (0..registrants)
        .map(|one| {
            json!({"id": format!("r{one}"), "email": address(one), "first_name": format!("Person {one}"),
                "last_name": "Example", "status": "approved", "create_time": at(-9_000)})
        })
        .collect();
    let came: Vec<Value> = (0..registrants)
        .step_by(2)
        .map(|one| {
            json!({"id": "", "user_id": format!("{one}"), "name": format!("Person {one}"), "user_email": "",
                "registrant_id": format!("r{one}"), "join_time": at(0), "leave_time": at(40)})
        })
        .collect();
    let instances = if registrants == 0 {
        json!([])
    } else {
        json!([{"uuid": "aaaaBBBBccccDDDDeeee1A==", "start_time": at(0), "end_time": at(60), "participants": came}])
    };
    json!({"id": id, "topic": "Launch", "type": 5, "start_time": at(0), "duration": 60, "timezone": "UTC",
        "settings": {"approval_type": 0}, "registrants": people, "instances": instances})
}

fn address(one: usize) -> String {
    format!("person{one}@example{}.example", one % 97)
}

/// The same people by the engine, with a row and a result for each, and by the client alone.
async fn registering(stage: &Stage, people: usize) {
    let client = client(stage);
    let begun = Instant::now();
    for part in (0..people).collect::<Vec<_>>().chunks(AT_ONCE) {
        let registrants = part
            .iter()
            .map(|one| BatchRegistrant {
                email: address(*one),
                first_name: format!("Person {one}"),
                last_name: Some("Example".to_owned()),
            })
            .collect();
        let batch = BatchRegistration { auto_approve: None, registrants_confirmation_email: None, registrants };
        client.webinars().registrants(WebinarId(BARE)).add_batch(&batch).await.unwrap();
    }
    let bare = begun.elapsed();
    // Zoom keeps one sign-in for a user and an app: the bare client has ended the engine's.
    stage.engine.connect(Provider::Zoom).await.unwrap();
    let rows = (0..people)
        .map(|one| RegistrationRow {
            email: address(one),
            first_name: format!("Person {one}"),
            last_name: "Example".to_owned(),
            answers: Vec::new(),
        })
        .collect();
    let ask = RegistrationAsk { webinar: COMING.to_string(), rows, ..RegistrationAsk::default() };
    let begun = Instant::now();
    let check = stage.engine.check_registration(ask.clone(), None, 0, ROWS).await.unwrap();
    let checked = begun.elapsed();
    assert_eq!(check.ready as usize, people);
    let group = stage.engine.register_people(ask).await.unwrap().group.unwrap();
    stage.skip(Duration::from_secs(10));
    let begun = Instant::now();
    stage.engine.sync_now().await.unwrap();
    stage.until("all are registered", async || stage.engine.app_state().await.unwrap().unsent == 0).await;
    let whole = begun.elapsed();
    let results = stage.engine.registration_results(group, 0, 1).await.unwrap();
    assert_eq!((results.registered + results.already_there) as usize, people);
    println!("{people} people sorted in {} ms", checked.as_millis());
    println!(
        "{people} people registered in {} ms ({}/s), the bare client {} ms ({}/s), ratio {:.2}",
        whole.as_millis(),
        per_second(people, whole),
        bare.as_millis(),
        per_second(people, bare),
        whole.as_secs_f64() / bare.as_secs_f64().max(1e-9)
    );
}

async fn latencies(stage: &mut Stage, registrants: usize, times: usize) {
    let engine = &stage.engine;
    let id = || FULL.to_string();
    let filter = |query: &str| RegistrantFilter { query: query.to_owned(), ..RegistrantFilter::default() };
    let few = times.min(30);
    let open = timed(few, async |_| drop(engine.webinar(id()).await.unwrap())).await;
    let scroll = timed(times, async |at| {
        drop(engine.list_registrants(id(), filter(""), offset(at, registrants), ROWS).await.unwrap());
    })
    .await;
    let all = timed(times, async |_| drop(engine.list_registrants(id(), filter(""), 0, 1).await.unwrap())).await;
    let search =
        timed(times, async |at| drop(engine.list_registrants(id(), filter(word(at)), 0, ROWS).await.unwrap())).await;
    let export = timed(few, async |_| {
        assert_eq!(engine.copy_registrants(id(), filter("")).await.unwrap() as usize, registrants);
    })
    .await;
    let raw = stage
        .with_store(|store| {
            store.read_now(|db| {
                let key = FULL.to_string();
                let asked = |query: &'static str| RegistrantsAsked {
                    webinar: &key,
                    status: None,
                    query,
                    order: RegistrantOrder::Newest,
                };
                let open = clocked(few, |_| {
                    webinars::get(db, &key)?;
                    sessions::of_webinar(db, &key)?;
                    table::everybody(db, &key).map(drop)
                })?;
                let scroll = clocked(times, |at| table::page(db, &asked(""), offset(at, registrants), ROWS).map(drop))?;
                let all = clocked(times, |_| table::count(db, &asked("")).map(drop))?;
                let search = clocked(times, |at| {
                    table::page(db, &asked(word(at)), 0, ROWS)?;
                    table::count(db, &asked(word(at))).map(drop)
                })?;
                let export = clocked(few, |_| table::everybody(db, &key).map(drop))?;
                Ok([open, scroll, all, search, export])
            })
        })
        .await;
    let names = ["opening it", "a page of its list", "counting all who match", "a page of a search", "taking all out"];
    for ((name, whole), raw) in names.into_iter().zip([open, scroll, all, search, export]).zip(raw) {
        println!("{name}: {}", beside(whole, raw));
    }
}

fn offset(at: usize, registrants: usize) -> u32 {
    u32::try_from(at * 97 % registrants.saturating_sub(ROWS as usize).max(1)).unwrap()
}

fn word(at: usize) -> &'static str {
    ["person 7", "example12", "rson 99", "person4", "nobody", "example9.example", "exam"][at % 7]
}
