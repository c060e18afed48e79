//! What an answer of the palette costs at the size of a busy rep's copy, beside the bare searches that it is made of.
//!
//! `palette [--calls N] [--people N] [--times N]`. Figures to read, never asserted; the aim is 50 ms.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement for the terminal ends where it fails")]

use liaison_engine::view::{PaletteAsk, PaletteChoice, PaletteCommand};
use liaison_sandbox::SandboxConfig;
use liaison_store::tables::calls::{Between, Chip};
use liaison_store::tables::people::{PersonRecord, Phone};
use liaison_store::tables::{calls_search, meetings_search, people_search};

#[path = "measure/people.rs"]
mod known_people;
#[expect(dead_code, reason = "the other measurements use more of it")]
mod measure;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/stage.rs"]
mod stage;

use known_people::{keep_people, lead};
use measure::{beside, clocked, number, timed};
use stage::Stage;

const EVER: Between = Between { from_utc_ms: i64::MIN, to_utc_ms: i64::MAX };
/// As somebody types: from what finds nearly everybody to what finds one, and what finds nobody.
const TYPED: [&str; 8] = ["pe", "person", "person 77", "company 12", "061", "0612 3", "an", "zzyzx"];

#[tokio::main]
async fn main() {
    let (calls, people, times) = (number("--calls", 100_000), number("--people", 100_000), number("--times", 200));
    let mut stage = Stage::connected(SandboxConfig { calls: Some(calls), ..SandboxConfig::default() }).await;
    stage.engine.settle().await;
    stage.with_store(|store| keep_people(store, &(0..people).map(person).collect::<Vec<_>>())).await;
    for index in 0..200 {
        let id = format!("Lead:00Q{:012}AAB", index * 7);
        stage.engine.note_palette_choice(PaletteChoice::Person { id }).await.unwrap();
    }
    println!("{calls} calls, {people} people, 200 choices remembered");
    for typed in TYPED {
        let whole = timed(times, async |_| {
            stage.engine.palette(ask(typed)).await.unwrap();
        })
        .await;
        let now_ms = stage.now().timestamp_millis();
        let raw = stage
            .with_store(|store| {
                store.read_now(|db| {
                    clocked(times, |_| {
                        people_search::search_people(db, typed, 6)?;
                        meetings_search::search_meetings(db, typed, now_ms, now_ms - 90 * 86_400_000, 8)?;
                        calls_search::search(db, typed, Chip::All, EVER, 0, 5).map(drop)
                    })
                })
            })
            .await;
        println!("«{typed}»: {}", beside(whole, raw));
    }
}

fn ask(query: &str) -> PaletteAsk {
    let command =
        |index: usize| PaletteCommand { id: index.to_string(), title: format!("Do the thing {index}"), setting: false };
    PaletteAsk {
        query: query.to_owned(),
        region: "nl-NL".to_owned(),
        plan_word: "plan".to_owned(),
        commands: (0..80).map(command).collect(),
    }
}

fn person(index: usize) -> PersonRecord {
    PersonRecord {
        email: Some(format!("person{index}@company{}.example", index % 5_000)),
        phones: vec![Phone { field: "MobilePhone".to_owned(), number: format!("06 {:08}", 10_000_000 + index) }],
        ..lead(index)
    }
}
