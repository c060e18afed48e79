//! The program at home on a desk: first steps that tick themselves, several profiles, files for another computer, keys
//! of the system.

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::{Outcome, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{enter_accounts, enter_demo};

async fn done(window: &Window, step: &str) -> Outcome<bool> {
    let steps = window.command("get_first_steps", json!({})).await?;
    let rows = steps.get("steps").and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(rows.contains(&json!({ "step": step, "done": true })))
}

#[tokio::test]
async fn first_steps_tick_themselves_by_what_was_done() -> Outcome {
    play("first-steps", async |stage| {
        let (window, _control) = enter_demo(stage).await?;
        window.see("first-steps").await?;
        ensure(!done(&window, "palette").await?, || "nothing was done yet".to_owned())?;
        window.chord(&[Key::Control], 'k').await?;
        window.see("palette-query").await?;
        window.press(Key::Escape).await?;
        window.see_no_more("palette-query").await?;
        until("the palette to be ticked", async || ensure(done(&window, "palette").await?, || "it is not".to_owned()))
            .await?;
        window.see_css("[data-testid=step-palette].ticked").await?;
        ensure(!done(&window, "schedule").await?, || "nothing else was done".to_owned())?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_second_profile_begins_empty_and_the_first_one_is_as_it_was() -> Outcome {
    play("profiles", async |stage| {
        let (window, _sandbox, _control) = enter_accounts(stage).await?;
        window.click("nav-settings").await?;
        window.click("settings-accounts").await?;
        window.click("profile-new").await?;
        window.fill("profile-name", "Second").await?;
        window.click("profile-keep").await?;
        // The window has begun anew, and nothing of the first profile is in it.
        window.see("welcome-connect").await?;
        let state = window.command("get_app_state", json!({})).await?;
        ensure(state.pointer("/phase/kind") == Some(&json!("welcome")), || state.to_string())?;
        ensure(stage.data().join("profiles").is_dir(), || "the profiles have a folder".to_owned())?;
        window.click("other-profile").await?;
        window.see("meeting-row").await?;
        window.click("nav-settings").await?;
        window.click("settings-accounts").await?;
        until("both profiles to be listed", async || {
            let rows = window.all("profile-row").await?.len();
            ensure(rows == 2, || format!("{rows} rows"))
        })
        .await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn what_only_this_computer_knows_is_written_into_a_sealed_file() -> Outcome {
    play("export", async |stage| {
        const WORDS: &str = "correct horse battery staple";
        let (window, _sandbox, _control) = enter_accounts(stage).await?;
        window.click("nav-settings").await?;
        window.click("settings-privacy").await?;
        window.click("transfer-out").await?;
        window.fill("transfer-passphrase", WORDS).await?;
        window.fill("transfer-again", WORDS).await?;
        window.click("transfer-write").await?;
        let file = until("the file to be there", async || {
            let found = std::fs::read_dir(stage.saves()).into_iter().flatten().flatten().next();
            found.map(|entry| entry.path()).ok_or_else(|| liaison_e2e::Failure::new("no file".to_owned()))
        })
        .await?;
        let bytes = std::fs::read(&file).map_err(|error| liaison_e2e::Failure::new(error.to_string()))?;
        let secret = WORDS.as_bytes();
        ensure(!bytes.windows(secret.len()).any(|window| window == secret), || "it is not sealed".to_owned())?;
        // The window's own way in: the file is looked at before anything is taken.
        let asked = |passphrase: &str| json!({ "bytes": bytes, "passphrase": passphrase });
        let looked = window.invoke("read_transfer", asked("something else entirely")).await?;
        ensure(looked.is_err(), || "another passphrase opens it".to_owned())?;
        let looked = window.command("read_transfer", asked(WORDS)).await?;
        ensure(looked.get("parts").and_then(Value::as_array).is_some(), || looked.to_string())?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn keys_of_the_system_are_off_until_they_are_wanted_and_one_key_does_one_thing() -> Outcome {
    play("hotkeys", async |stage| {
        let (window, _control) = enter_demo(stage).await?;
        let keys = async |hotkey: &str| -> Outcome<Value> {
            let known = window.command("get_hotkeys", json!({})).await?;
            let rows = known.get("rows").and_then(Value::as_array).cloned().unwrap_or_default();
            let row = rows.into_iter().find(|row| row.get("hotkey") == Some(&json!(hotkey)));
            Ok(row.and_then(|row| row.get("keys").cloned()).unwrap_or_default())
        };
        ensure(keys("join").await?.is_null() && keys("open").await?.is_null(), || "one is on".to_owned())?;
        window.click("nav-settings").await?;
        window.click("settings-shortcuts").await?;
        window.click("hotkey-join-on").await?;
        window.see("hotkey-join-keys").await?;
        let wanted = keys("join").await?;
        ensure(!wanted.is_null(), || "it is not on".to_owned())?;
        // The same key for the other one is refused, and nothing changes.
        let set = window.command("set_hotkey", json!({ "hotkey": "open", "keys": wanted })).await?;
        ensure(set == json!({ "kind": "refused", "problem": "otherOfOurs" }), || set.to_string())?;
        ensure(keys("open").await?.is_null(), || "it was set all the same".to_owned())?;
        window.click("hotkey-join-off").await?;
        window.see("hotkey-join-on").await?;
        ensure(keys("join").await?.is_null(), || "it is still on".to_owned())?;
        window.close().await
    })
    .await
}
