//! The first start.

use liaison_e2e::{Outcome, ensure, play};
use serde_json::json;

use crate::steps::enter_demo;

#[tokio::test]
async fn the_first_start_offers_the_demo_and_the_accounts() -> Outcome {
    play("first-start", async |stage| {
        let window = stage.start().await?;
        window.see("welcome-demo").await?;
        window.see("welcome-connect").await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn one_click_leads_to_the_demo() -> Outcome {
    play("demo", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        let state = window.command("get_app_state", json!({})).await?;
        ensure(state.get("phase") == Some(&json!({ "kind": "ready", "demo": true })), || state.to_string())?;
        // The demo signs in at both services as real accounts do, and needs no browser for it.
        let opened = stage.links().opened();
        ensure(opened.is_empty(), || format!("links were opened: {opened:?}"))?;
        ensure(control.effects("meeting.created").await?.is_empty(), || "something was written".to_owned())?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_second_start_shows_the_first_window() -> Outcome {
    play("second-instance", async |stage| {
        let window = stage.start().await?;
        window.see("welcome-demo").await?;
        let status = stage.start_second().await?;
        ensure(status.success(), || format!("the second instance ended with {status}"))?;
        window.see("welcome-demo").await?;
        window.close().await
    })
    .await
}
