//! The program at home on a desk: first steps that tick themselves, several profiles, files for another computer, keys
//! of the system.

use std::path::PathBuf;

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::{Failure, Outcome, Stage, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{connect_from_welcome, enter_accounts, enter_demo};

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
        until("the new profile to be at its beginning", async || {
            let state = window.command("get_app_state", json!({})).await?;
            ensure(state.pointer("/phase/kind") == Some(&json!("welcome")), || state.to_string())
        })
        .await?;
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
        let file = exported(stage, &window, WORDS).await?;
        let bytes = std::fs::read(&file).map_err(|error| Failure::new(error.to_string()))?;
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

/// Writes what only this computer knows into a file, by the settings; answers where it is.
async fn exported(stage: &Stage, window: &Window, passphrase: &str) -> Outcome<PathBuf> {
    window.click("nav-settings").await?;
    window.click("settings-privacy").await?;
    window.click("transfer-out").await?;
    window.fill("transfer-passphrase", passphrase).await?;
    window.fill("transfer-again", passphrase).await?;
    window.click("transfer-write").await?;
    until("the file to be there", async || {
        // It is written beside its place first, under a name that begins with a dot.
        let mut found = std::fs::read_dir(stage.saves()).into_iter().flatten().flatten();
        let whole = found.find(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
        whole.map(|entry| entry.path()).ok_or_else(|| Failure::new("no file".to_owned()))
    })
    .await
}

#[tokio::test]
async fn what_was_erased_comes_back_out_of_the_sealed_file() -> Outcome {
    play("import", async |stage| {
        const WORDS: &str = "correct horse battery staple";
        const NOTE: &str = "Wants the offer before Friday";
        let (window, sandbox, _control) = enter_accounts(stage).await?;
        let call = a_call(&window).await?;
        let note = json!({ "note": NOTE, "disposition": null });
        window.command("keep_call_note", json!({ "id": call, "note": note })).await?;
        let mut settings = settings(&window).await?;
        settings["meetingMinutes"] = json!(45);
        window.command("update_settings", json!({ "settings": settings })).await?;
        let file = exported(stage, &window, WORDS).await?;

        window.click("erase-everything").await?;
        window.click("erase-confirm").await?;
        connect_from_welcome(stage, &window, &sandbox).await?;
        until("the call to come again", async || {
            let detail = window.command("get_call", json!({ "id": call })).await?;
            ensure(detail.pointer("/note/note") == Some(&json!("")), || format!("it says {}", detail["note"]))
        })
        .await?;
        ensure(self::settings(&window).await?["meetingMinutes"] != json!(45), || "it was not erased".to_owned())?;

        window.click("nav-settings").await?;
        window.click("settings-privacy").await?;
        window.click("transfer-in").await?;
        window.choose_file("transfer-file", &file).await?;
        // Somebody else's file opens for nobody, and nothing is taken in.
        window.fill("transfer-passphrase", "something else entirely").await?;
        window.click("transfer-look").await?;
        window.see_css("[data-testid=transfer-in-form] [role=alert]").await?;
        window.fill("transfer-passphrase", WORDS).await?;
        window.click("transfer-look").await?;
        window.see("transfer-preview").await?;
        window.click("transfer-take").await?;
        window.see("transfer-done").await?;
        let detail = window.command("get_call", json!({ "id": call })).await?;
        ensure(detail.pointer("/note/note") == Some(&json!(NOTE)), || format!("it says {}", detail["note"]))?;
        ensure(self::settings(&window).await?["meetingMinutes"] == json!(45), || "not as it was set".to_owned())?;
        window.click("transfer-done").await?;
        window.close().await
    })
    .await
}

async fn settings(window: &Window) -> Outcome<Value> {
    Ok(window.command("get_app_state", json!({})).await?["settings"].take())
}

/// One of the calls that came, once some did.
async fn a_call(window: &Window) -> Outcome<String> {
    until("a call", async || {
        let filter = json!({ "chip": "all", "from": null, "to": null, "query": "" });
        let list = window.command("list_calls", json!({ "filter": filter, "offset": 0, "limit": 1 })).await?;
        let id = list.pointer("/rows/0/id").and_then(Value::as_str).map(str::to_owned);
        id.ok_or_else(|| Failure::new("there is none".to_owned()))
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
