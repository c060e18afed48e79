//! Without a network, and back.

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::{Outcome, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{enter_accounts, only_one, outbox_item, outbox_row, schedule, somebody};

#[tokio::test]
async fn a_crash_and_a_start_without_network_lose_nothing() -> Outcome {
    play("offline", async |stage| {
        const TOPIC: &str = "Survives the night";
        let (window, _sandbox, control) = enter_accounts(stage).await?;
        let name = somebody(&window, "Lead").await?;
        schedule(&window, TOPIC, &name).await?;
        // The Event is still held when the network goes and the app is killed.
        control.cut_network().await?;
        let before = meetings(&window.command("get_day", json!({ "offset": 0 })).await?);
        window.close().await?;

        let window = stage.start().await?;
        window.see("meeting-row").await?;
        let after = meetings(&window.command("get_day", json!({ "offset": 0 })).await?);
        ensure(after == before, || format!("before {before:?}, after {after:?}"))?;
        window.click("nav-outbox").await?;
        let row = outbox_row(&window, "waiting").await?;
        offline(&window, true).await?;
        ensure(control.effects("Event.created").await?.is_empty(), || "it left without a network".to_owned())?;

        control.clear_faults().await?;
        window.command("sync_now", json!({})).await?;
        until("the row to be sent", async || {
            let state = outbox_item(&window, &row).await?.pointer("/state/kind").cloned().unwrap_or_default();
            ensure(state == json!("sent"), || format!("it is {state}"))
        })
        .await?;
        only_one(&control, "Event.created", "name", TOPIC).await?;
        only_one(&control, "meeting.created", "topic", TOPIC).await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_draft_that_was_begun_without_network_is_kept_and_made_by_nobody_but_its_user() -> Outcome {
    play("offline-draft", async |stage| {
        const TOPIC: &str = "Thought of on the train";
        let (window, _sandbox, control) = enter_accounts(stage).await?;
        control.cut_network().await?;
        // Whether it answers that there is none or finds out by itself.
        let _ = window.invoke("sync_now", json!({})).await?;
        offline(&window, true).await?;
        window.click("schedule-open").await?;
        window.fill("schedule-topic", TOPIC).await?;
        window.fill("schedule-date", "next tue").await?;
        window.click("schedule-create").await?;
        window.see_text("There is no network.").await?;
        window.see("schedule-sheet").await?;
        window.press(Key::Escape).await?;
        window.see_no_more("schedule-sheet").await?;
        window.see_text("Draft kept for the next time.").await?;
        window.close().await?;

        let window = stage.start().await?;
        window.see("meeting-row").await?;
        control.clear_faults().await?;
        window.command("sync_now", json!({})).await?;
        offline(&window, false).await?;
        let made = control.effects("meeting.created").await?;
        ensure(made.is_empty(), || format!("it was made unattended: {made:?}"))?;
        window.click("schedule-open").await?;
        until("the draft to be there again", async || {
            let script = "return document.querySelector('[data-testid=schedule-topic]')?.value";
            let topic = window.script(script, Vec::new()).await?;
            ensure(topic == json!(TOPIC), || topic.to_string())
        })
        .await?;
        window.click("schedule-create").await?;
        window.see_no_more("schedule-sheet").await?;
        only_one(&control, "meeting.created", "topic", TOPIC).await?;
        window.close().await
    })
    .await
}

/// Waits until the window knows whether there is a network.
async fn offline(window: &Window, wanted: bool) -> Outcome {
    until("the window to know whether it is offline", async || {
        let state = window.command("get_app_state", json!({})).await?;
        let status = state.pointer("/status/kind").cloned().unwrap_or_default();
        ensure((status == json!("offline")) == wanted, || format!("the status is {status}"))
    })
    .await
}

/// Local id and topic of each meeting of a day.
fn meetings(day: &Value) -> Vec<(Value, Value)> {
    let items = day.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let rows = items.iter().filter_map(|item| item.get("row"));
    rows.map(|row| (row["id"].clone(), row["topic"].clone())).collect()
}
