//! Scheduling a meeting with somebody from Salesforce.

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::sandbox::Control;
use liaison_e2e::{Failure, Outcome, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{enter_demo, look, offered, only_one, outbox_row, schedule, somebody};

#[tokio::test]
async fn a_meeting_with_a_lead_becomes_an_event_in_salesforce() -> Outcome {
    play("schedule-mouse", async |stage| {
        const TOPIC: &str = "Walk through the offer";
        let (window, control) = enter_demo(stage).await?;
        let name = somebody(&window, "Lead").await?;
        let lead = schedule(&window, TOPIC, &name).await?;
        only_one(&control, "meeting.created", "topic", TOPIC).await?;

        window.click("nav-outbox").await?;
        outbox_row(&window, "sent").await?;
        let event = only_one(&control, "Event.created", "name", TOPIC).await?;
        ensure(event.detail.get("WhoId") == Some(&json!(lead)), || format!("{} is for {}", event.id, event.detail))?;

        window.click("outbox-open").await?;
        let link = stage.links().after(0).await?;
        ensure(link.contains(&event.id) || link.contains(&event.id[..15]), || format!("{link} is not {}", event.id))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn one_line_from_a_person_makes_the_meeting() -> Outcome {
    play("schedule-line", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        let name = somebody(&window, "Contact").await?;
        window.click("nav-people").await?;
        window.see("person-row").await?;
        window.fill("people-search", &name).await?;
        until("the first of the list to be the person", async || {
            let shown = window.text("inspector").await?;
            ensure(shown.contains(&name), || format!("it is {shown:?}"))
        })
        .await?;
        window.click("person-row").await?;
        // Without waiting for the sheet: what is typed right behind the key is part of the line.
        window.type_text("ctomorrow 3pm 45m walk through").await?;
        until("the line to hold every letter", async || {
            window.see("schedule-line").await?;
            let script = "return document.querySelector('[data-testid=schedule-line]').value";
            let line = window.script(script, Vec::new()).await?.as_str().unwrap_or_default().to_owned();
            ensure(line == format!("with {name} tomorrow 3pm 45m walk through"), || line)
        })
        .await?;
        until("the topic to follow the line", async || {
            let script = "return document.querySelector('[data-testid=schedule-topic]').value";
            let topic = window.script(script, Vec::new()).await?;
            ensure(topic == json!("walk through"), || topic.to_string())
        })
        .await?;
        window.chord(&[Key::Control], char::from(Key::Enter)).await?;
        window.see_no_more("schedule-sheet").await?;

        let meeting = only_one(&control, "meeting.created", "topic", "walk through").await?;
        ensure(meeting.detail.get("duration") == Some(&json!(45)), || meeting.detail.to_string())?;
        window.click("nav-outbox").await?;
        outbox_row(&window, "sent").await?;
        let event = only_one(&control, "Event.created", "name", "walk through").await?;
        let who = event.detail.get("WhoId").and_then(Value::as_str).unwrap_or_default();
        ensure(who.starts_with("003"), || event.detail.to_string())?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_meeting_can_be_scheduled_by_keyboard_alone() -> Outcome {
    play("schedule-keyboard", async |stage| {
        const TOPIC: &str = "Only keys";
        let (window, control) = enter_demo(stage).await?;
        let name = somebody(&window, "Contact").await?;
        window.type_text("c").await?;
        window.see("schedule-sheet").await?;
        until("the line to have the focus", async || {
            let focused = window.focused().await?;
            ensure(focused == "schedule-line", || focused)
        })
        .await?;
        window.type_text(TOPIC).await?;
        window.tab_to("schedule-people").await?;
        window.type_text(&name).await?;
        let person = offered(&window, &name).await?;
        window.press(Key::Enter).await?;
        window.see_no_more("person-option").await?;
        window.tab_to("schedule-minutes").await?;
        window.type_text("45").await?;
        window.chord(&[Key::Control], char::from(Key::Enter)).await?;
        window.see_no_more("schedule-sheet").await?;

        let meeting = only_one(&control, "meeting.created", "topic", TOPIC).await?;
        ensure(meeting.detail.get("duration") == Some(&json!(45)), || meeting.detail.to_string())?;
        window.chord(&[Key::Control], '5').await?;
        outbox_row(&window, "sent").await?;
        let event = only_one(&control, "Event.created", "name", TOPIC).await?;
        ensure(event.detail.get("WhoId") == Some(&json!(person)), || event.detail.to_string())?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn pressing_create_twice_makes_one_meeting() -> Outcome {
    play("schedule-twice", async |stage| {
        const TOPIC: &str = "Once is enough";
        let (window, control) = enter_demo(stage).await?;
        window.type_text("c").await?;
        window.fill("schedule-topic", TOPIC).await?;
        window.see("schedule-create").await?;
        window
            .script(
                "const create = document.querySelector('[data-testid=schedule-create]'); create.click(); create.click()",
                Vec::new(),
            )
            .await?;
        window.see_no_more("schedule-sheet").await?;
        // The first free time may be tomorrow's, where the list of today does not show it.
        window.see("toast").await?;
        only_one(&control, "meeting.created", "topic", TOPIC).await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_draft_with_mistakes_says_what_is_wrong_and_sends_nothing() -> Outcome {
    play("schedule-mistakes", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        window.click("schedule-open").await?;
        window.fill("schedule-topic", "Last year's review").await?;
        window.fill("schedule-date", "2020-01-02").await?;
        window.click("schedule-create").await?;
        said_at(&window, "schedule-date").await?;
        ensure(window.focused().await? == "schedule-date", || "the focus is not at the fault".to_owned())?;
        window.see("schedule-sheet").await?;
        ensure(control.effects("meeting.created").await?.is_empty(), || "a meeting was made".to_owned())?;
        window.close().await
    })
    .await
}

/// Every field of the sheet by keyboard, with good and with bad input, in one language.
async fn every_field(window: &Window, control: &Control, person: &str, language: &Spoken) -> Outcome {
    window.type_text("c").await?;
    window.see("schedule-sheet").await?;
    until("the line to have the focus", async || {
        let focused = window.focused().await?;
        ensure(focused == "schedule-line", || focused)
    })
    .await?;
    window.type_text(language.topic).await?;
    window.tab_to("schedule-people").await?;
    window.type_text(person).await?;
    offered(window, person).await?;
    window.press(Key::Enter).await?;
    window.see_no_more("person-option").await?;

    for (field, wrong) in [("schedule-date", "31 feb"), ("schedule-time", "25:00"), ("schedule-minutes", "1.5")] {
        window.tab_to(field).await?;
        window.type_text(wrong).await?;
        window.press(Key::Tab).await?;
        let words = said_at(window, field).await?;
        ensure(!words.contains("undefined"), || words)?;
    }
    window.click("schedule-create").await?;
    until("the focus to be at the first fault", async || {
        let focused = window.focused().await?;
        ensure(focused == "schedule-date", || focused)
    })
    .await?;
    for (field, text) in [
        ("schedule-date", language.date),
        ("schedule-time", language.time),
        ("schedule-minutes", language.length),
        ("schedule-zone", "Tokyo"),
    ] {
        window.tab_to(field).await?;
        // The field selects its content when it gets the focus; the one that has it already is emptied by hand.
        window.chord(&[Key::Control], 'a').await?;
        window.type_text(text).await?;
        if field == "schedule-zone" {
            until("the zone to be offered", async || {
                let first = window.text("zone-option").await?;
                ensure(first.contains(text), || format!("it is {first:?}"))
            })
            .await?;
        }
        window.press(Key::Enter).await?;
        until(&format!("{field} to be right"), async || {
            let wrong = window.attribute(field, "aria-invalid").await?;
            ensure(wrong.is_none(), || format!("{text:?} is refused"))
        })
        .await?;
    }
    window.tab_to("schedule-log").await?;
    window.type_text(" ").await?;
    until("the event to be left out", async || {
        let pressed = window.attribute("schedule-log", "aria-pressed").await?;
        ensure(pressed.as_deref() == Some("false"), || format!("{pressed:?}"))
    })
    .await?;
    window.chord(&[Key::Control], char::from(Key::Enter)).await?;
    window.see_no_more("schedule-sheet").await?;
    let meeting = only_one(control, "meeting.created", "topic", language.topic).await?;
    ensure(meeting.detail.get("duration") == Some(&json!(90)), || meeting.detail.to_string())?;
    // 14:30 in Tokyo, which has no summer time.
    let start = meeting.detail.get("start_time").and_then(Value::as_str).unwrap_or_default().to_owned();
    ensure(start.contains("-12-05T05:30:00"), || start)?;
    window.click("toast-show").await?;
    window.see_text(language.topic).await
}

/// What is typed in one language.
struct Spoken {
    code: &'static str,
    topic: &'static str,
    date: &'static str,
    time: &'static str,
    length: &'static str,
}

#[tokio::test]
async fn every_field_takes_what_people_type_in_both_languages() -> Outcome {
    play("schedule-typed", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        let name = somebody(&window, "Contact").await?;
        for language in [
            Spoken { code: "en", topic: "Typed in English", date: "5 dec", time: "2:30 pm", length: "1h30" },
            Spoken { code: "nl", topic: "In het Nederlands", date: "5-12", time: "half drie", length: "1,5 u" },
        ] {
            look(&window, "light", language.code).await?;
            // «Show» is offered for a day other than the one that is shown.
            window.type_text("t").await?;
            every_field(&window, &control, &name, &language).await?;
        }
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_gap_opens_the_sheet_at_its_time() -> Outcome {
    play("schedule-gap", async |stage| {
        const TOPIC: &str = "Into the gap";
        let (window, control) = enter_demo(stage).await?;
        let gap = coming_gap(&window).await?;
        window.click("gap").await?;
        window.see("schedule-sheet").await?;
        window.fill("schedule-topic", TOPIC).await?;
        let wrong = window.script("return document.querySelectorAll('[aria-invalid]').length", Vec::new()).await?;
        ensure(wrong == json!(0), || format!("{wrong} fields are wrong from the beginning"))?;
        // The calendar opens at the day of the gap.
        window.click("schedule-calendar").await?;
        window.see_css("[data-overlay] [data-selected]").await?;
        window.press(Key::Escape).await?;
        window.see("schedule-sheet").await?;
        window.click("schedule-create").await?;
        window.see_no_more("schedule-sheet").await?;
        let meeting = only_one(&control, "meeting.created", "topic", TOPIC).await?;
        let start = meeting.detail.get("start_time").and_then(Value::as_str).unwrap_or_default().to_owned();
        let at = window.script("return Date.parse(arguments[0])", vec![json!(start)]).await?;
        ensure(at == json!(gap), || format!("{start} is not the gap's {gap}"))?;
        window.close().await
    })
    .await
}

/// Goes on day by day to one whose first gap is to come; gives when it begins.
async fn coming_gap(window: &Window) -> Outcome<i64> {
    for offset in 1..=7 {
        window.press(Key::Right).await?;
        let day = window.command("get_day", json!({ "offset": offset })).await?;
        let items = day.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let gap = items.iter().find(|item| item.get("kind") == Some(&json!("gap")));
        if let Some(start) = gap.and_then(|gap| gap.get("start")).and_then(Value::as_i64) {
            window.see("gap").await?;
            return Ok(start);
        }
    }
    Err(Failure::new("the demo has no gap in a week"))
}

#[tokio::test]
async fn a_draft_outlives_its_sheet_and_one_escape_closes_it() -> Outcome {
    play("schedule-kept", async |stage| {
        let (window, _) = enter_demo(stage).await?;
        window.click("schedule-open").await?;
        window.fill("schedule-topic", "Not done yet").await?;
        window.press(Key::Escape).await?;
        window.see_no_more("schedule-sheet").await?;
        window.click("schedule-open").await?;
        until("the draft to be back", async || {
            window.see("schedule-topic").await?;
            let script = "return document.querySelector('[data-testid=schedule-topic]').value";
            let topic = window.script(script, Vec::new()).await?;
            ensure(topic == json!("Not done yet"), || topic.to_string())
        })
        .await?;
        window.click("schedule-anew").await?;
        window.see_no_more("schedule-anew").await?;
        window.see_text("Unfinished: Not done yet").await?;
        window.tab_to("schedule-resume").await?;
        window.press(Key::Enter).await?;
        window.see("schedule-anew").await?;
        window.click("schedule-anew").await?;
        window.click("schedule-drop-draft").await?;
        window.see_no_more("schedule-unfinished").await?;
        window.close().await
    })
    .await
}

/// The words that belong to a field which is marked as wrong.
async fn said_at(window: &Window, field: &str) -> Outcome<String> {
    let element = window.see_css(&format!("[data-testid={field}][aria-invalid=true]")).await?;
    let described = element.attr("aria-describedby").await.ok().flatten().unwrap_or_default();
    let script = "return arguments[0].split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ')";
    let words = window.script(script, vec![json!(described)]).await?.as_str().unwrap_or_default().trim().to_owned();
    ensure(words.len() > 5, || format!("{field} says {words:?}"))?;
    Ok(words)
}
