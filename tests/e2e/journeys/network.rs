//! Without a network, and back.

use liaison_e2e::patience::until;
use liaison_e2e::{Outcome, ensure, play};
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
        until("the window to say that it is offline", async || {
            let state = window.command("get_app_state", json!({})).await?;
            let status = state.pointer("/status/kind").cloned().unwrap_or_default();
            ensure(status == json!("offline"), || format!("the status is {status}"))
        })
        .await?;
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

/// Local id and topic of each meeting of a day.
fn meetings(day: &Value) -> Vec<(Value, Value)> {
    let items = day.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let rows = items.iter().filter_map(|item| item.get("row"));
    rows.map(|row| (row["id"].clone(), row["topic"].clone())).collect()
}
