//! Signing in through a real browser.

use liaison_e2e::patience::until;
use liaison_e2e::sandbox::Sandbox;
use liaison_e2e::{Outcome, Stage, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{ask_to_connect, connected, connection, enter_accounts};

#[tokio::test]
async fn both_accounts_are_connected_through_the_browser() -> Outcome {
    play("connect", async |stage| {
        let (window, _sandbox, _control) = enter_accounts(stage).await?;
        let state = window.command("get_app_state", json!({})).await?;
        ensure(state.get("phase") == Some(&json!({ "kind": "ready", "demo": false })), || state.to_string())?;
        for link in stage.links().opened() {
            ensure(link.contains("code_challenge_method=S256"), || "a sign-in without PKCE".to_owned())?;
            ensure(link.contains("state="), || "a sign-in without state".to_owned())?;
            ensure(!link.contains("client_secret"), || "a sign-in with a secret".to_owned())?;
        }
        window.click("nav-settings").await?;
        window.click("settings-accounts").await?;
        until("the calls of today to be told", async || {
            let state = window.command("get_app_state", json!({})).await?;
            let calls = state.pointer("/accounts/1/usage/own").and_then(Value::as_u64).unwrap_or_default();
            let told = window.text("usage-apiCalls").await?;
            ensure(calls > 0 && told.contains(&format!("made {calls} Salesforce calls")), || told)
        })
        .await?;
        ensure(window.text("usage-edits").await?.contains("made 0 changes"), || {
            "a sign-in changes nothing".to_owned()
        })?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn declining_is_told_and_can_be_changed() -> Outcome {
    play("declined", async |stage| {
        let (window, sandbox) = connect_page(stage).await?;
        let browser = stage.browser().await?;
        for provider in ["zoom", "salesforce"] {
            browser.visit(&ask_to_connect(stage, &window, &sandbox, provider).await?).await?;
            browser.press_button("Deny").await?;
            connection(&window, provider, "notConnected").await?;
            window.see_css("[role=alert]").await?;
        }
        browser.visit(&ask_to_connect(stage, &window, &sandbox, "zoom").await?).await?;
        browser.press_button("Allow").await?;
        connected(&window, "zoom").await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_sign_in_can_be_opened_again_and_cancelled() -> Outcome {
    play("sign-in-again", async |stage| {
        let (window, sandbox) = connect_page(stage).await?;
        let first = ask_to_connect(stage, &window, &sandbox, "zoom").await?;
        window.click("sign-in-again").await?;
        let again = stage.links().after(1).await?;
        ensure(again == first, || "it is another sign-in".to_owned())?;
        window.click("sign-in-cancel").await?;
        window.see("connect-zoom").await?;
        // The listener of a cancelled sign-in is gone, and with it the use of its link.
        let second = ask_to_connect(stage, &window, &sandbox, "zoom").await?;
        ensure(second != first, || "a cancelled sign-in was used again".to_owned())?;
        let browser = stage.browser().await?;
        browser.visit(&second).await?;
        browser.press_button("Allow").await?;
        let page = browser.arrives_at("http://127.0.0.1").await?;
        ensure(!page.trim().is_empty(), || "the browser is left with an empty page".to_owned())?;
        connected(&window, "zoom").await?;
        window.close().await
    })
    .await
}

async fn connect_page(stage: &mut Stage) -> Outcome<(Window, Sandbox)> {
    let sandbox = Sandbox::start(stage.folder())?;
    stage.use_sandbox(&sandbox)?;
    let window = stage.start().await?;
    window.click("welcome-connect").await?;
    Ok((window, sandbox))
}
