//! The steps that are measured, one after the other in the same run.

use std::time::Duration;

use fantoccini::key::Key;
use liaison_e2e::patience::{LIMIT, until};
use liaison_e2e::{Outcome, Stage, Window, ensure, play_within};
use serde_json::{Value, json};
use tokio::time::sleep;
use xtask::bench::NOWHERE;
use xtask::report::say;

mod page;
mod table;

use table::Beside;

/// Filling takes minutes where much is asked for.
const LONGEST: Duration = Duration::from_hours(1);
/// Between two letters: what one of them sets off is over when the next one is typed.
const PAUSE: Duration = Duration::from_millis(200);
/// Before a closed window is opened again: what closing sets off is over.
const REST: Duration = Duration::from_secs(1);
/// How often the palette is opened.
const PALETTES: usize = 20;
/// How often the window is closed and opened again, each time of a program that was started anew.
const OPENINGS: usize = 5;

/// What is typed, each in place of the one before, which finds other rows. All of it is in the data (`fill`), in both
/// rooms; short ones and such as everybody has are among them. The first one fills the caches and is not counted.
const WORDS: [&str; 31] = [
    "visser",
    "anna",
    "jansen",
    "bram",
    "rossi",
    "company 12",
    "chiara",
    "smith",
    "dirk",
    "okafor",
    "eva",
    "bakker",
    "farid",
    "novak",
    "grete",
    "garcia",
    "hugo",
    "vries",
    "ines",
    "dubois",
    "jan",
    "kaya",
    "kim",
    "muller",
    "lea",
    "company 3",
    "j",
    "anna s",
    "de",
    "020 00",
    "an",
];

/// Said in the page a moment later, for a command that closes the window is never answered.
const LEAVE: &str = "setTimeout(() => window.__TAURI_INTERNALS__.invoke('leave_window'), 200)";

/// A room whose list is narrowed by what is typed into a field.
struct Room {
    name: &'static str,
    /// The test ids of its field, its list and a row of it.
    field: &'static str,
    list: &'static str,
    row: &'static str,
    /// The command that the list is read with, and how it is asked for the first row.
    command: &'static str,
    asked: fn(&str) -> Value,
}

const CALLS: Room = Room {
    name: "Calls",
    field: "calls-search",
    list: "calls-list",
    row: "call-row",
    command: "list_calls",
    asked: |query| {
        let filter = json!({ "chip": "all", "from": null, "to": null, "query": query });
        json!({ "filter": filter, "offset": 0, "limit": 1 })
    },
};

const PEOPLE: Room = Room {
    name: "People",
    field: "people-search",
    list: "people-list",
    row: "person-row",
    command: "list_people",
    asked: |query| {
        let filter = json!({ "query": query, "kind": "all", "mine": false, "hasEmail": false, "touch": { "kind": "any" },
            "company": null, "list": null });
        json!({ "filter": filter, "order": "name", "offset": 0, "limit": 1 })
    },
};

/// Measures all of it and prints the table; where a step fails, what was measured before it.
pub async fn perform() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut told: Vec<Beside> = Vec::new();
    let outcome = play_within(LONGEST, "bench-window", async |stage| {
        let _icons = stage.show_icons().await?;
        stage.fill(&words).await?;
        stage.use_services(NOWHERE)?;
        in_the_page(stage, &mut told).await?;
        told.push(opened_again(stage).await?);
        Ok(())
    })
    .await;
    say(format_args!("\n{}", table::head()));
    for beside in &told {
        say(beside);
    }
    say(
        "\nLetters and the palette by the clock of the page, beside an input event in an empty field of that page: each until\n\
         the frame after the one that shows it. The window from outside, from the start of the program until it notes the\n\
         first picture of its page: opened again by a second start, beside the first start.",
    );
    outcome
}

/// What the page itself can tell the time of.
async fn in_the_page(stage: &mut Stage, told: &mut Vec<Beside>) -> Outcome {
    let window = stage.start().await?;
    // A page that waits in vain says so itself.
    window.allow_scripts(LIMIT * 2).await?;
    window.see("meeting-row").await?;

    window.click("nav-calls").await?;
    window.click("calls-view-all").await?;
    // However old they are.
    window.click("calls-range").await?;
    window.click("menu-range-all").await?;
    told.push(searched(&window, &CALLS).await?);

    window.click("nav-people").await?;
    told.push(searched(&window, &PEOPLE).await?);

    // Where the window is opened again it shows this room.
    window.click("nav-today").await?;
    window.see("meeting-row").await?;
    told.extend(palette(&window).await?);

    stage.terminate()?;
    stage.ended().await
}

/// Letters in the field of a room, taking turns with an empty field.
async fn searched(window: &Window, room: &Room) -> Outcome<Beside> {
    window.see(room.row).await?;
    window.see(room.field).await?;
    let (mut times, mut floor) = (Vec::new(), Vec::new());
    for (at, word) in WORDS.iter().enumerate() {
        window.settle().await?;
        let bare = page::bare(window, word).await?;
        let (took, first) = page::searched(window, room.field, room.list, word).await?;
        let found = window.command(room.command, (room.asked)(word)).await?;
        let wanted = found.pointer("/rows/0/id").and_then(Value::as_str);
        ensure(wanted == Some(first.as_str()), || {
            format!("{} shows {first:?} first for {word:?}, and not {wanted:?}", room.name)
        })?;
        if at > 0 {
            times.push(took);
            floor.push(bare);
        }
        sleep(PAUSE).await;
    }
    Ok(Beside { what: format!("{}: a letter until its rows are painted", room.name), times, floor })
}

/// The palette opened, and a letter in it, taking turns with an empty field.
async fn palette(window: &Window) -> Outcome<[Beside; 2]> {
    let (mut opened, mut asked, mut floor) = (Vec::new(), Vec::new(), Vec::new());
    for (at, word) in WORDS.iter().take(PALETTES + 1).enumerate() {
        window.settle().await?;
        let bare = page::bare(window, word).await?;
        let opening = page::palette_opened(window).await?;
        window.settle().await?;
        sleep(PAUSE).await;
        let asking = page::palette_asked(window, word).await?;
        if at > 0 {
            opened.push(opening);
            asked.push(asking);
            floor.push(bare);
        }
        window.press(Key::Escape).await?;
        window.see_no_more("palette-query").await?;
        sleep(PAUSE).await;
    }
    Ok([
        Beside { what: "Palette: its key until something is offered".to_owned(), times: opened, floor: floor.clone() },
        Beside { what: "Palette: a letter until what it finds is painted".to_owned(), times: asked, floor },
    ])
}

/// The window closed and opened again, beside the start of the same program, in turns. No page is there to tell the
/// time: this is seen from outside.
async fn opened_again(stage: &mut Stage) -> Outcome<Beside> {
    let (mut times, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        let (window, start) = stage.start_timed().await?;
        window.see("meeting-row").await?;
        // Chosen already, so that nobody is asked what closing shall mean.
        window.command("set_keep_running", json!({ "on": true })).await?;
        until("the icon of the program to be taken", async || {
            let background = window.command("get_background", json!({})).await?;
            ensure(background.get("tray") == Some(&json!(true)), || background.to_string())
        })
        .await?;
        window.settle().await?;
        stage.see_page_on_screen().await?;
        window.script(LEAVE, Vec::new()).await?;
        stage.see_bare_screen().await?;
        sleep(REST).await;
        let again = stage.open_again().await?;
        stage.see_page_on_screen().await?;
        stage.terminate()?;
        stage.ended().await?;
        times.push(table::milliseconds(again));
        floor.push(table::milliseconds(start));
    }
    Ok(Beside { what: "Window: closed, until it is painted again".to_owned(), times, floor })
}
