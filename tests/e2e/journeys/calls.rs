//! The room of the calls.

use std::time::{SystemTime, UNIX_EPOCH};

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::sandbox::Control;
use liaison_e2e::{Failure, Outcome, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{enter_accounts_after, enter_demo};

/// How many calls of the demo leave open whose they are.
const OPEN: u64 = 7;

#[tokio::test]
async fn ten_calls_are_decided_about_by_keys_alone() -> Outcome {
    play("calls-triage", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        to_link(&window, OPEN).await?;
        for last in 1..=3 {
            call(&control, &format!("stranger-{last}"), &format!("+3161357924{last}"), "inbound").await?;
        }
        window.command("sync_now", json!({})).await?;
        to_link(&window, OPEN + 3).await?;

        window.click("nav-calls").await?;
        window.see("calls-triage").await?;
        window.type_text("t").await?;
        let mut decided = Vec::new();
        loop {
            let id = window.attribute("triage-call", "data-id").await?.unwrap_or_default();
            ensure(!decided.contains(&id), || format!("{id} is asked about twice"))?;
            let detail = window.command("get_call", json!({ "id": id })).await?;
            let candidates = detail.get("candidates").and_then(Value::as_array).map_or(0, Vec::len);
            window.type_text(if candidates > 0 { "1" } else { "g" }).await?;
            decided.push(id.clone());
            until("the next call", async || {
                let over = !window.all("triage-over").await?.is_empty();
                let shown = window.all("triage-call").await?;
                let next = match shown.first() {
                    Some(card) => card.attr("data-id").await.ok().flatten(),
                    None => None,
                };
                ensure(over || next.is_some_and(|next| next != id), || format!("{id} is still there"))
            })
            .await?;
            if !window.all("triage-over").await?.is_empty() {
                break;
            }
        }
        to_link(&window, 0).await?;
        // Ignoring a number takes its other calls along.
        ensure(decided.len() > 7, || format!("only {} were asked about", decided.len()))?;
        window.see_text("All calls linked").await?;

        // The last decision is taken back by a key.
        window.type_text("u").await?;
        until("a call to wait again", async || ensure(waiting(&window).await? > 0, || "none does".to_owned())).await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_tie_that_is_resolved_for_always_is_remembered() -> Outcome {
    play("calls-tie", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        to_link(&window, OPEN).await?;
        let tie = first(&window, "toLink", |row| row["candidates"] == json!(2)).await?;
        let number = e164(&window, &tie).await?;
        window.click("nav-calls").await?;
        window.click_css(&format!("[data-testid=call-row][data-id=\"{tie}\"]")).await?;
        window.see("candidate").await?;
        window.choose("scope-always").await?;
        window.type_text("2").await?;
        let person = until("the call to be linked", async || {
            let detail = window.command("get_call", json!({ "id": tie })).await?;
            let person = detail.pointer("/row/person/name").and_then(Value::as_str).map(ToOwned::to_owned);
            person.ok_or_else(|| Failure::new("it is nobody's"))
        })
        .await?;
        // The next call of the number links by itself and says why.
        call(&control, "again", &number, "inbound").await?;
        window.command("sync_now", json!({})).await?;
        until("the next call to be theirs", async || {
            let detail = window.invoke("get_call", json!({ "id": "again" })).await?;
            let detail = detail.map_err(|refusal| Failure::new(refusal.to_string()))?;
            ensure(detail.pointer("/row/person/name") == Some(&json!(person)), || format!("{}", detail["row"]))?;
            ensure(detail.pointer("/why/kind") == Some(&json!("remembered")), || format!("{}", detail["why"]))
        })
        .await?;
        window.click("nav-settings").await?;
        window.click("settings-calls").await?;
        let remembered = window.text("remembered").await?;
        ensure(remembered.contains(&person), || format!("{remembered:?} does not name {person:?}"))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn the_call_after_a_click_belongs_to_the_record_it_was_dialled_from() -> Outcome {
    play("calls-dial", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        to_link(&window, OPEN).await?;
        // Two people have the number: only the click tells them apart.
        let tie = first(&window, "toLink", |row| row["candidates"] == json!(2)).await?;
        let number = e164(&window, &tie).await?;
        window.click("nav-calls").await?;
        window.click_css(&format!("[data-testid=call-row][data-id=\"{tie}\"]")).await?;
        window.see("candidate").await?;
        window.type_text("2").await?;
        let person = until("the call to be linked", async || {
            let detail = window.command("get_call", json!({ "id": tie })).await?;
            let person = detail.pointer("/row/person/id").and_then(Value::as_str).map(ToOwned::to_owned);
            person.ok_or_else(|| Failure::new("it is nobody's"))
        })
        .await?;
        window.click("calls-view-all").await?;
        window.click_css(&format!("[data-testid=call-row][data-id=\"{tie}\"]")).await?;
        let known = stage.links().opened().len();
        window.click("call-dial").await?;
        let link = stage.links().after(known).await?;
        ensure(link == format!("zoomphonecall://{number}"), || format!("{link} was opened"))?;

        call(&control, "dialled", &number, "outbound").await?;
        window.command("sync_now", json!({})).await?;
        until("the call to be theirs", async || {
            let detail = window.invoke("get_call", json!({ "id": "dialled" })).await?;
            let detail = detail.map_err(|refusal| Failure::new(refusal.to_string()))?;
            ensure(detail.pointer("/row/person/id") == Some(&json!(person)), || format!("{}", detail["row"]))?;
            ensure(detail.pointer("/why/kind") == Some(&json!("intent")), || format!("{}", detail["why"]))
        })
        .await?;
        // It has just ended: one key opens its note.
        window.press(Key::Escape).await?;
        window.click("nav-today").await?;
        window.see("toast-show").await?;
        window.chord(&[Key::Control, Key::Shift], 'n').await?;
        until("the note to take the focus", async || {
            let focused = window.focused().await?;
            ensure(focused == "call-note", || format!("the focus is on {focused:?}"))
        })
        .await?;
        window.type_text("Sends the contract").await?;
        until("the note to be kept", async || {
            let detail = window.command("get_call", json!({ "id": "dialled" })).await?;
            ensure(detail.pointer("/note/note") == Some(&json!("Sends the contract")), || format!("{}", detail["note"]))
        })
        .await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn calls_are_usable_while_the_past_waits_for_the_network() -> Outcome {
    play("calls-offline", async |stage| {
        let history = json!([{ "service": "zoom", "path": "*/users/me/call_history", "before": { "kind": "reset" } }]);
        let cut = async |control: &Control| control.add_faults(&history).await;
        let (window, _sandbox, control) = enter_accounts_after(stage, cut).await?;
        window.click("nav-calls").await?;
        window.see("calls-filling").await?;
        window.click("calls-view-all").await?;
        window.see("call-row").await?;
        let some = listed(&window).await?;
        ensure(some > 0, || "no call is here".to_owned())?;
        control.clear_faults().await?;
        window.command("sync_now", json!({})).await?;
        until("the past to be here", async || {
            let list = window.command("list_calls", everything("all", 1)).await?;
            ensure(list.pointer("/history/filling") == Some(&json!(false)), || format!("{}", list["history"]))
        })
        .await?;
        window.see_no_more("calls-filling").await?;
        let all = listed(&window).await?;
        ensure(all >= some, || format!("{some} before, {all} after"))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn without_a_licence_the_room_says_so_and_the_rest_works() -> Outcome {
    play("calls-no-licence", async |stage| {
        let unlicensed = async |control: &Control| control.switch("/zoom/licences", &json!({ "phone": false })).await;
        let (window, _sandbox, _control) = enter_accounts_after(stage, unlicensed).await?;
        window.see("meeting-row").await?;
        window.click("nav-calls").await?;
        window.see("calls-access").await?;
        let access = window.attribute("calls-access", "data-access").await?;
        ensure(access.as_deref() == Some("noLicence"), || format!("it is {access:?}"))?;
        window.see_text("assign a Zoom Phone licence").await?;
        let state = window.command("get_app_state", json!({})).await?;
        let status = state.pointer("/status/kind").cloned().unwrap_or_default();
        ensure(status != json!("failing"), || "the status says that something fails".to_owned())?;
        window.close().await
    })
    .await
}

/// A call that ended a little more than the minute ago after which Zoom lists it.
pub(crate) async fn call(control: &Control, id: &str, number: &str, direction: &str) -> Outcome {
    let ago = |seconds: u64| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        iso(now.saturating_sub(seconds))
    };
    let side = if direction == "inbound" { "caller" } else { "callee" };
    let leg = json!({
        "call_element_id": format!("leg-{id}"), "call_history_uuid": format!("history-{id}"), "call_id": id,
        "direction": direction, "event": if direction == "inbound" { "incoming" } else { "outgoing" },
        "connect_type": "external", "result": "answered", "start_time": ago(100), "answer_time": ago(95),
        "end_time": ago(65), "talk_time": 30, "wait_time": 5,
        format!("{side}_did_number"): number, format!("{side}_name"): "",
    });
    control.switch("/zoom/rows", &json!({ "calls": [leg] })).await
}

/// Seconds since 1970 as Zoom writes a time.
pub(crate) fn iso(seconds: u64) -> String {
    let time = chrono::DateTime::from_timestamp(i64::try_from(seconds).unwrap_or_default(), 0).unwrap_or_default();
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn everything(chip: &str, limit: u32) -> Value {
    json!({ "filter": { "chip": chip, "from": null, "to": null, "query": "" }, "offset": 0, "limit": limit })
}

async fn listed(window: &Window) -> Outcome<u64> {
    let list = window.command("list_calls", everything("all", 1)).await?;
    Ok(list.get("total").and_then(Value::as_u64).unwrap_or_default())
}

async fn waiting(window: &Window) -> Outcome<u64> {
    let list = window.command("list_calls", everything("toLink", 1)).await?;
    Ok(list.pointer("/counts/toLink").and_then(Value::as_u64).unwrap_or_default())
}

/// Waits until so many calls wait for somebody to say whose they were.
pub(crate) async fn to_link(window: &Window, count: u64) -> Outcome {
    until(&format!("{count} calls to link"), async || {
        let waiting = waiting(window).await?;
        ensure(waiting == count, || format!("there are {waiting}"))
    })
    .await
}

pub(crate) async fn first(window: &Window, chip: &str, fits: impl Fn(&Value) -> bool) -> Outcome<String> {
    let list = window.command("list_calls", everything(chip, 200)).await?;
    let rows = list.get("rows").and_then(Value::as_array).cloned().unwrap_or_default();
    let row = rows.into_iter().find(|row| fits(row));
    row.and_then(|row| row.get("id")?.as_str().map(ToOwned::to_owned))
        .ok_or_else(|| Failure::new("no call is like that"))
}

/// The number of a call as it is dialled.
async fn e164(window: &Window, id: &str) -> Outcome<String> {
    let detail = window.command("get_call", json!({ "id": id })).await?;
    let shown = detail.pointer("/row/number").cloned().unwrap_or_default();
    let choices = window.command("dial_choices", json!({ "text": shown, "person": null })).await?;
    let number = choices.pointer("/0/number").and_then(Value::as_str).map(ToOwned::to_owned);
    number.ok_or_else(|| Failure::new(format!("{shown} can't be dialled")))
}
