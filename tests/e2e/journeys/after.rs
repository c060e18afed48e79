//! What became of a meeting that is over, where Zoom tells late who came.

use std::time::{SystemTime, UNIX_EPOCH};

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::sandbox::{Control, Effect, Sandbox};
use liaison_e2e::{Outcome, Window, ensure, play};
use serde_json::{Value, json};

use crate::calls::iso;
use crate::changes::{done, once};
use crate::steps::{enter_accounts_at, only_one};

const TOPIC: &str = "Handover of the pilot";
const NUMBER: u64 = 82_440_633_900;
const MINUTE: u64 = 60;
const THREE_DAYS: u64 = 3 * 24 * 60 * MINUTE;
/// The first line of what the app writes into a description.
const BLOCK: &str = "── Zoom ──";

#[tokio::test]
async fn who_came_is_there_once_zoom_tells_it_and_the_event_gets_it_once() -> Outcome {
    play("attendance-late", async |stage| {
        // Without our fields the Event gets it as words, which the journal tells. In a small world nothing else that is
        // over goes before this meeting.
        let sandbox = Sandbox::start_with(&["--profile", "bare", "--meetings", "6"], stage.folder())?;
        let before = async |control: &Control| {
            control.switch("/zoom/rows", &json!({ "meetings": [held()] })).await?;
            control.add_faults(&no_list()).await
        };
        let (window, _sandbox, control) = enter_accounts_at(stage, sandbox, before).await?;
        until("Zoom to be asked who came", async || {
            let asked = control.faults_applied().await?;
            ensure(asked > 0, || "it is not".to_owned())
        })
        .await?;
        window.choose("today-view-past").await?;
        window.fill("past-search", TOPIC).await?;
        window.click_css(&format!("[data-testid=past-row][data-id=\"{NUMBER}\"]")).await?;
        told(&window, "waiting").await?;
        let words = window.text("after-state").await?;
        ensure(words.contains("It comes here by itself"), || format!("it says {words:?}"))?;
        nobody(&window).await?;

        window.click("meeting-log").await?;
        window.see_no_more("meeting-log").await?;
        done(&window, "createEvent", TOPIC).await?;
        let event = only_one(&control, "Event.created", "name", TOPIC).await?;
        ensure(!description(&event).contains(BLOCK), || format!("it says who came: {event:?}"))?;

        // Zoom still has no list; nobody is made up, and the next press does not have to wait.
        ask_again(&window, &control).await?;
        told(&window, "waiting").await?;
        nobody(&window).await?;

        control.clear_faults().await?;
        window.chord(&[Key::Control], 'r').await?;
        told(&window, "settled").await?;
        let expected = json!([["colleague", "Robin Vos", "38 min"], ["guest", "Ewan Cartwright", "36 min"]]);
        until("everybody with their minutes", async || {
            let shown = people(&window).await?;
            ensure(shown == expected, || format!("it shows {shown}"))
        })
        .await?;
        window.see_no_more("after-state").await?;

        done(&window, "updateEvent", TOPIC).await?;
        let update = written_once(&window, &control, &event.id).await?;
        let text = description(&update);
        ensure(text.matches(BLOCK).count() == 1, || format!("no block, or several: {text:?}"))?;
        for part in ["Zoom 824 4063 3900", "Robin Vos", "38 min", "Ewan Cartwright", "36 min"] {
            ensure(text.contains(part), || format!("{part:?} is not in {text:?}"))?;
        }

        // Webinars are asked for after what is over. The first of two may be met by a round that was under way.
        let slow = json!({ "kind": "delay", "ms": 1 });
        let rule = json!({ "service": "zoom", "method": "GET", "path": "/v2/users/me/webinars", "before": slow });
        control.add_faults(&json!([rule])).await?;
        for _ in 0..2 {
            ask_again(&window, &control).await?;
        }
        written_once(&window, &control, &event.id).await?;
        window.close().await
    })
    .await
}

/// Two people, who left three days ago. Zoom counts the meeting as ended a little less than that ago: so the list may
/// still come, and once it does it is final at the first reading. Of what is younger it takes two, an hour after the end.
fn held() -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let left = now.saturating_sub(THREE_DAYS + 10 * MINUTE);
    let before = |minutes: u64| iso(left.saturating_sub(minutes * MINUTE));
    let one = |session: &str, name: &str, minutes: u64, internal: bool| {
        json!({
            "id": if internal { "hostzoomid" } else { "" }, "user_id": session, "name": name, "user_email": "",
            "registrant_id": "", "join_time": before(minutes), "leave_time": before(0), "internal_user": internal,
        })
    };
    let people = [one("16778240", "Robin Vos", 38, true), one("16778241", "Ewan Cartwright", 36, false)];
    json!({
        "id": NUMBER, "topic": TOPIC, "type": 2, "start_time": before(38), "duration": 60,
        "timezone": "Europe/Amsterdam",
        "instances": [{
            "uuid": "aaaaBBBBccccDDDDeeee1A==", "start_time": before(38), "end_time": iso(left + 20 * MINUTE),
            "participants": people,
        }],
    })
}

/// Zoom knows that it was held and has not made the list of people yet, which it says as of something that is not there.
fn no_list() -> Value {
    let body = json!({ "code": 3001, "message": "Meeting does not exist: aaaaBBBBccccDDDDeeee1A==." });
    let path = "/v2/past_meetings/aaaaBBBBccccDDDDeeee1A*/participants";
    let answer = json!({ "kind": "answer", "status": 404, "body": body });
    json!([{ "service": "zoom", "method": "GET", "path": path, "before": answer }])
}

/// Waits until the details of the meeting say that what is known of it is so far.
async fn told(window: &Window, state: &str) -> Outcome {
    window.see_css(&format!("[data-testid=meeting-after][data-state={state}]")).await.map(drop)
}

/// What each one was to the meeting, their name and how long they stayed, as the page has it.
async fn people(window: &Window) -> Outcome<Value> {
    const PEOPLE: &str = "return [...document.querySelectorAll('[data-testid=after-person]')].map((one) => \
         [one.dataset.part, ...['.name', '.minutes'].map((part) => one.querySelector(part)?.textContent.trim() ?? '')])";
    window.script(PEOPLE, Vec::new()).await
}

async fn nobody(window: &Window) -> Outcome {
    let shown = people(window).await?;
    ensure(shown == json!([]), || format!("it shows {shown}"))
}

/// Presses the keys for what is new, and waits until a fault rule is met again.
async fn ask_again(window: &Window, control: &Control) -> Outcome {
    let known = control.faults_applied().await?;
    window.chord(&[Key::Control], 'r').await?;
    until("Zoom to be asked again", async || {
        let asked = control.faults_applied().await?;
        ensure(asked > known, || format!("{asked} times, as before"))
    })
    .await
}

/// The only update of the Event; a second one fails the journey, also one that has not left.
async fn written_once(window: &Window, control: &Control, event: &str) -> Outcome<Effect> {
    once(control, "Event.updated", event).await?;
    let outbox = window.command("list_outbox", json!({})).await?;
    let items = outbox.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let rows = items.iter().filter(|item| item.get("what") == Some(&json!("updateEvent"))).count();
    ensure(rows == 1, || format!("{rows} rows of the outbox: {outbox}"))?;
    control.effect_after("Event.updated", 0).await
}

fn description(effect: &Effect) -> &str {
    effect.detail.pointer("/values/Description").and_then(Value::as_str).unwrap_or_default()
}
