//! The room of the webinars: one click and back, decisions about registrants, the form, tables as files.

use std::fs;
use std::path::PathBuf;

use liaison_e2e::patience::until;
use liaison_e2e::sandbox::Control;
use liaison_e2e::{Failure, Outcome, Tried, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{enter_demo, somebody};

#[tokio::test]
async fn one_key_registers_somebody_and_undo_takes_it_back() -> Outcome {
    play("webinar-one-click", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        let webinar = webinar_to_come(&window, |_| true).await?;
        window.command("pin_webinar", json!({ "id": webinar })).await?;
        let name = somebody(&window, "Contact").await?;
        window.click("nav-people").await?;
        window.see("person-row").await?;
        window.fill("people-search", &name).await?;
        until("the person to be chosen", async || {
            let shown = window.text("inspector").await?;
            ensure(shown.contains(&name), || format!("it is {shown:?}"))
        })
        .await?;
        window.click("person-row").await?;
        window.type_text("r").await?;
        window.click("toast-action").await?;
        until("the registration to be taken back", async || {
            let outbox = window.command("list_outbox", json!({ "query": null })).await?;
            let rows = outbox.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
            let open = rows.iter().filter(|row| {
                row.get("what") == Some(&json!("registerPerson"))
                    && row.pointer("/state/kind") != Some(&json!("discarded"))
            });
            let open: Vec<&Value> = open.collect();
            ensure(open.is_empty(), || format!("there is {open:?}"))
        })
        .await?;
        let sent = control.effects("webinar.registration_created").await?;
        ensure(sent.is_empty(), || format!("{} were registered", sent.len()))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn registrants_are_approved_and_denied_with_a_question_before() -> Outcome {
    play("webinar-decisions", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        let webinar = waiting_room(&window, &control).await?;
        show(&window, &webinar).await?;
        for (decision, effect, standing) in [
            ("approve", "webinar.registration_approved", "approved"),
            ("deny", "webinar.registration_denied", "denied"),
        ] {
            let known = control.effects(effect).await?.len();
            window.click_css("[data-testid='registrant-row'][data-standing='pending']").await?;
            window.click(&format!("registrant-{decision}")).await?;
            window.click("decide-sure").await?;
            control.effect_after(effect, known).await?;
            window.see_css(&format!("[data-testid='registrant-row'][data-standing='{standing}']")).await?;
        }
        window.close().await
    })
    .await
}

#[tokio::test]
async fn the_form_asks_what_is_wanted_and_registrants_go_into_a_file() -> Outcome {
    play("webinar-form-and-file", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        let webinar = webinar_to_come(&window, |_| true).await?;
        show(&window, &webinar).await?;
        choose_tab(&window, "registrants").await?;
        window.click("registrants-save").await?;
        let folder = stage.saves();
        until("the file to be there", async || {
            let files = fs::read_dir(&folder).tried(|| "there is no folder".to_owned())?;
            let paths: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
            let is_table = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "csv");
            ensure(paths.iter().any(is_table), || format!("there are {paths:?}"))
        })
        .await?;
        choose_tab(&window, "questions").await?;
        window.click("question-add").await?;
        window.click("questions-save").await?;
        // What is missing is said at the question, and the focus is there.
        window.see_css(r#"[data-testid="question-title"][aria-invalid]:focus"#).await?;
        let known = control.effects("webinar.questions_updated").await?.len();
        window.type_text("What brings you here?").await?;
        window.click("questions-save").await?;
        control.effect_after("webinar.questions_updated", known).await?;
        window.close().await
    })
    .await
}

/// A webinar to come that people register for, by what the list says of it.
pub async fn webinar_to_come(window: &Window, fits: impl Fn(&Value) -> bool) -> Outcome<String> {
    until("a webinar to come", async || {
        let asked = json!({ "filter": { "when": "upcoming", "query": "" }, "offset": 0, "limit": 50 });
        let list = window.command("list_webinars", asked).await?;
        let rows = list.get("rows").and_then(Value::as_array).cloned().unwrap_or_default();
        let registers = |row: &&Value| {
            matches!(row.get("approval").and_then(Value::as_str), Some("automatic" | "manual")) && fits(row)
        };
        let found = rows.iter().find(registers).and_then(|row| row.get("id")?.as_str()).map(str::to_owned);
        found.ok_or_else(|| Failure::new(format!("there is none among {}", rows.len())))
    })
    .await
}

/// A webinar whose host decides, with two who wait. It is made, and people register by Zoom's own page.
async fn waiting_room(window: &Window, control: &Control) -> Outcome<String> {
    let known = control.effects("webinar.created").await?.len();
    let mut draft = window.command("new_webinar", json!({})).await?;
    let fields = draft.as_object_mut().ok_or_else(|| Failure::new("a draft is no object"))?;
    fields.insert("topic".to_owned(), json!("A room that waits"));
    fields.insert("approval".to_owned(), json!("manual"));
    let made = window.command("create_webinar", json!({ "draft": draft })).await?;
    control.effect_after("webinar.created", known).await?;
    let webinar = made.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let ask = json!({ "webinar": webinar, "pasted": "Eva One <eva.one@example.org>\nTim Two <tim.two@example.org>" });
    let waiting = control.effects("webinar.registration_created").await?.len();
    window.command("register_people", json!({ "ask": ask })).await?;
    control.effect_after("webinar.registration_created", waiting + 1).await?;
    Ok(webinar)
}

/// Opens the page of a webinar.
pub async fn show(window: &Window, webinar: &str) -> Outcome {
    window.click("nav-webinars").await?;
    window.see("webinar-row").await?;
    let detail = window.command("get_webinar", json!({ "id": webinar })).await?;
    let topic = detail.pointer("/row/topic").and_then(Value::as_str).unwrap_or_default().to_owned();
    window.fill("webinars-search", &topic).await?;
    until("the webinar to be chosen", async || {
        let shown = window.text("inspector").await?;
        ensure(shown.contains(&topic), || format!("it is {shown:?}"))
    })
    .await?;
    window.click("webinar-open").await?;
    window.see("webinar-back").await.map(drop)
}

async fn choose_tab(window: &Window, tab: &str) -> Outcome {
    window.choose(&format!("webinar-tab-{tab}")).await
}
