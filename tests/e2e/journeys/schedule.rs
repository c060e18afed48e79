//! Scheduling a meeting with somebody from Salesforce.

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::{Outcome, ensure, play};
use serde_json::json;

use crate::steps::{enter_demo, offered, only_one, outbox_row, schedule, somebody};

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
async fn a_meeting_can_be_scheduled_by_keyboard_alone() -> Outcome {
    play("schedule-keyboard", async |stage| {
        const TOPIC: &str = "Only keys";
        let (window, control) = enter_demo(stage).await?;
        let name = somebody(&window, "Contact").await?;
        window.type_text("c").await?;
        window.see("schedule-sheet").await?;
        until("the topic to have the focus", async || {
            let focused = window.focused().await?;
            ensure(focused == "schedule-topic", || focused)
        })
        .await?;
        window.type_text(TOPIC).await?;
        window.tab_to("schedule-minutes").await?;
        window.type_text("45").await?;
        window.tab_to("schedule-people").await?;
        window.type_text(&name).await?;
        let person = offered(&window, &name).await?;
        window.press(Key::Enter).await?;
        window.see_no_more("person-option").await?;
        window.chord(&[Key::Control], char::from(Key::Enter)).await?;
        window.see_no_more("schedule-sheet").await?;

        let meeting = only_one(&control, "meeting.created", "topic", TOPIC).await?;
        ensure(meeting.detail.get("duration") == Some(&json!(45)), || meeting.detail.to_string())?;
        window.chord(&[Key::Control], '2').await?;
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
        window.see_text(TOPIC).await?;
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
        let field = window.see_css("[data-testid=schedule-time][aria-invalid=true]").await?;
        let described = field.attr("aria-describedby").await.ok().flatten().unwrap_or_default();
        let words = window
            .script(
                "return arguments[0].split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ')",
                vec![json!(described)],
            )
            .await?;
        ensure(words.as_str().is_some_and(|words| words.trim().len() > 5), || format!("the field says {words}"))?;
        window.see("schedule-sheet").await?;
        ensure(control.effects("meeting.created").await?.is_empty(), || "a meeting was made".to_owned())?;
        window.close().await
    })
    .await
}
