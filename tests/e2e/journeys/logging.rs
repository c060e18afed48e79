//! What becomes of calls in Salesforce: new Leads for them, and Tasks that follow what the rep decides.

use fantoccini::Locator;
use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::sandbox::Control;
use liaison_e2e::{Failure, Outcome, Window, ensure, play};
use serde_json::{Value, json};

use crate::calls::{call, first, to_link};
use crate::steps::{enter_accounts_after, enter_demo};

/// How many calls of the demo leave open whose they are.
const OPEN: u64 = 7;

#[tokio::test]
async fn a_number_that_nobody_has_becomes_a_lead_by_keys_alone() -> Outcome {
    play("calls-new-lead", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        to_link(&window, OPEN).await?;
        call(&control, "stranger", "+31613579241", "inbound").await?;
        window.command("sync_now", json!({})).await?;
        to_link(&window, OPEN + 1).await?;
        choose(&window, "stranger").await?;
        window.type_text("n").await?;
        window.see("lead-LastName").await?;
        window.fill("lead-LastName", "Molenaar").await?;
        window.fill("lead-Company", "Windmill").await?;
        let known = control.effects("Lead.created").await?.len();
        window.press(Key::Enter).await?;
        control.effect_after("Lead.created", known).await?;
        window.see_no_more("lead-sheet").await?;
        to_link(&window, OPEN).await?;
        let row = row(&window, "stranger").await?;
        ensure(row["who"] == json!("Molenaar") && row["standing"] == json!("linked"), || format!("{row}"))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_call_that_is_relinked_after_logging_takes_its_task_along() -> Outcome {
    play("calls-relink", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        to_link(&window, OPEN).await?;
        let tie = first(&window, "toLink", |row| row["candidates"] == json!(2)).await?;
        choose(&window, &tie).await?;
        window.see("candidate").await?;
        window.type_text("1").await?;
        standing(&window, &tie, "linked").await?;
        let known = control.effects("Task.created").await?.len();
        window.command("log_calls", json!({ "ids": [tie] })).await?;
        control.effect_after("Task.created", known).await?;
        logged(&window, &tie).await?;

        // Unlinking asks what becomes of the Task; it goes to somebody else.
        window.click("calls-view-all").await?;
        window.click_css(&format!("[data-testid=call-row][data-id=\"{tie}\"]")).await?;
        window.click("call-unlink").await?;
        let changed = control.effects("Task.updated").await?.len();
        window.click("unlink-change").await?;
        window.see("calls-find-query").await?;
        window.press(Key::Escape).await?;
        let detail = window.command("get_call", json!({ "id": tie })).await?;
        let other = detail.pointer("/candidates/1/person/id").cloned().unwrap_or_default();
        window.command("link_call", json!({ "id": tie, "person": other, "scope": "thisCall" })).await?;
        control.effect_after("Task.updated", changed).await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn the_rule_shows_what_it_would_have_logged_before_it_is_chosen() -> Outcome {
    play("calls-rule", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        to_link(&window, OPEN).await?;
        let preview = window.command("get_auto_log_preview", json!({})).await?;
        let calls = preview["rows"].as_array().map_or(0, Vec::len);
        ensure(calls > 0, || format!("the demo has nothing to log: {preview}"))?;
        window.click("nav-settings").await?;
        window.click("settings-calls").await?;
        window.click("auto-log-which").await?;
        until("each of them to be named", async || {
            let named = window.client().find_all(Locator::Css("[data-testid=auto-log-preview] li")).await;
            let named = named.map_err(|error| Failure::new(error.to_string()))?.len();
            ensure(named == calls, || format!("{named} of {calls} are"))
        })
        .await?;
        let known = control.effects("Task.created").await?.len();
        window.click("auto-log").await?;
        until("the rule to be chosen", async || {
            let settings = window.command("get_app_state", json!({})).await?;
            ensure(settings.pointer("/settings/autoLogCalls") == Some(&json!(true)), || format!("{settings}"))
        })
        .await?;
        // What was there before is shown, and is left to the rep.
        window.command("sync_now", json!({})).await?;
        let after = control.effects("Task.created").await?.len();
        ensure(after == known, || format!("{after} Tasks, {known} before"))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn an_org_without_call_fields_gets_the_task_all_the_same() -> Outcome {
    play("calls-no-fields", async |stage| {
        let hidden = async |control: &Control| {
            for field in ["CallType", "CallDurationInSeconds", "CallDisposition", "CallObject"] {
                control.switch("/salesforce/removed-fields", &json!({ "object": "Task", "field": field })).await?;
            }
            Ok(())
        };
        let (window, _sandbox, control) = enter_accounts_after(stage, hidden).await?;
        let linked = until("a linked call", async || {
            first(&window, "all", |row| row["standing"] == json!("linked") && row["logged"] == json!(false)).await
        })
        .await?;
        let known = control.effects("Task.created").await?.len();
        window.command("log_calls", json!({ "ids": [linked] })).await?;
        control.effect_after("Task.created", known).await?;
        logged(&window, &linked).await?;
        window.close().await
    })
    .await
}

async fn choose(window: &Window, id: &str) -> Outcome {
    window.click("nav-calls").await?;
    window.click_css(&format!("[data-testid=call-row][data-id=\"{id}\"]")).await.map(drop)
}

async fn row(window: &Window, id: &str) -> Outcome<Value> {
    let detail = window.command("get_call", json!({ "id": id })).await?;
    Ok(detail.get("row").cloned().unwrap_or_default())
}

async fn standing(window: &Window, id: &str, wanted: &str) -> Outcome {
    until(&format!("the call to be {wanted}"), async || {
        let found = window.invoke("get_call", json!({ "id": id })).await?.unwrap_or_default();
        ensure(found.pointer("/row/standing") == Some(&json!(wanted)), || format!("{}", found["row"]))
    })
    .await
}

async fn logged(window: &Window, id: &str) -> Outcome {
    until("the call to be logged", async || {
        let row = row(window, id).await?;
        ensure(row["logged"] == json!(true), || format!("{row}"))
    })
    .await
}
