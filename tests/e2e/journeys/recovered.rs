//! A computer that knows nothing any more: what stands in the services brings everything back.

use std::fs;

use liaison_e2e::patience::until;
use liaison_e2e::{Outcome, Tried, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{connect_both, enter_accounts, only_one, schedule, somebody};

#[tokio::test]
async fn a_lost_database_comes_back_with_its_links_and_nothing_is_written_again() -> Outcome {
    play("recovered", async |stage| {
        const TOPIC: &str = "Outlives the laptop";
        let (window, sandbox, control) = enter_accounts(stage).await?;
        let name = somebody(&window, "Lead").await?;
        let record = schedule(&window, TOPIC, &name).await?;
        until("the Event to be there", async || only_one(&control, "Event.created", "name", TOPIC).await).await?;
        linked(&window, TOPIC, &record).await?;
        synced(&window, TOPIC).await?;
        window.close().await?;

        let data = stage.data();
        fs::remove_dir_all(&data).tried(|| format!("could not remove {}", data.display()))?;
        let window = connect_both(stage, &sandbox).await?;
        linked(&window, TOPIC, &record).await?;
        // Which Events there are is asked every four minutes, and when the rep asks.
        window.command("sync_now", json!({})).await?;
        synced(&window, TOPIC).await?;
        only_one(&control, "Event.created", "name", TOPIC).await?;
        only_one(&control, "meeting.created", "topic", TOPIC).await?;
        window.close().await
    })
    .await
}

/// Waits until the meeting of this topic is linked with the record.
async fn linked(window: &Window, topic: &str, record: &str) -> Outcome {
    until("the meeting to be linked", async || {
        let row = meeting(window, topic).await?;
        let person = row.pointer("/people/0/person").and_then(Value::as_str).unwrap_or_default();
        ensure(person.ends_with(record) && !record.is_empty(), || format!("it is with {person:?}: {row}"))?;
        ensure(row["link"] == json!("linked"), || format!("it is {}", row["link"]))
    })
    .await
}

/// Waits until it has its Event.
async fn synced(window: &Window, topic: &str) -> Outcome {
    until("its Event to be known", async || {
        let row = meeting(window, topic).await?;
        ensure(row.pointer("/event/kind") == Some(&json!("synced")), || format!("its Event is {}", row["event"]))
    })
    .await
}

async fn meeting(window: &Window, topic: &str) -> Outcome<Value> {
    let found = window.command("search_meetings", json!({ "query": topic, "limit": 5 })).await?;
    Ok(found.pointer("/0/row").cloned().unwrap_or_default())
}
