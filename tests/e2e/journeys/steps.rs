//! What many journeys begin with.

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::sandbox::{Control, Effect, Sandbox};
use liaison_e2e::{Failure, Outcome, Stage, Tried, Window, ensure};
use serde_json::{Value, json};

/// From the first start to the Today list of the demo.
pub async fn enter_demo(stage: &mut Stage) -> Outcome<(Window, Control)> {
    let window = stage.start().await?;
    window.click("welcome-demo").await?;
    window.see("demo-ribbon").await?;
    window.see("meeting-row").await?;
    Ok((window, stage.demo_control().await?))
}

/// From the first start to the Today list of two accounts at a stand-alone sandbox.
pub async fn enter_accounts(stage: &mut Stage) -> Outcome<(Window, Sandbox, Control)> {
    enter_accounts_after(stage, async |_| Ok(())).await
}

/// The same, with something done to the sandbox before anybody signs in.
pub async fn enter_accounts_after(
    stage: &mut Stage,
    before: impl AsyncFnOnce(&Control) -> Outcome,
) -> Outcome<(Window, Sandbox, Control)> {
    let sandbox = Sandbox::start(stage.folder())?;
    enter_accounts_at(stage, sandbox, before).await
}

/// The same, at a sandbox that was started already.
pub async fn enter_accounts_at(
    stage: &mut Stage,
    sandbox: Sandbox,
    before: impl AsyncFnOnce(&Control) -> Outcome,
) -> Outcome<(Window, Sandbox, Control)> {
    let control = sandbox.control()?;
    before(&control).await?;
    stage.use_sandbox(&sandbox)?;
    let window = connect_both(stage, &sandbox).await?;
    Ok((window, sandbox, control))
}

/// From a first start to the Today list of both accounts.
pub async fn connect_both(stage: &mut Stage, sandbox: &Sandbox) -> Outcome<Window> {
    let window = stage.start().await?;
    connect_from_welcome(stage, &window, sandbox).await?;
    Ok(window)
}

/// From the first screen to the Today list of both accounts.
pub async fn connect_from_welcome(stage: &Stage, window: &Window, sandbox: &Sandbox) -> Outcome {
    window.click("welcome-connect").await?;
    let browser = stage.browser().await?;
    for provider in ["zoom", "salesforce"] {
        let link = ask_to_connect(stage, window, sandbox, provider).await?;
        browser.visit(&link).await?;
        browser.press_button("Allow").await?;
        connected(window, provider).await?;
    }
    window.click("connect-done").await?;
    window.see("meeting-row").await?;
    Ok(())
}

/// Fills in the app's id where it is asked for, presses Connect and gives the link that the app opened in the browser.
pub async fn ask_to_connect(stage: &Stage, window: &Window, sandbox: &Sandbox, provider: &str) -> Outcome<String> {
    let known = stage.links().opened().len();
    window.see(&format!("connect-{provider}")).await?;
    let field = format!("client-id-{provider}");
    if !window.all(&field).await?.is_empty() {
        window.fill(&field, &sandbox.client_id(provider)?).await?;
    }
    window.click(&format!("connect-{provider}")).await?;
    stage.links().after(known).await
}

/// Waits until an account is connected.
pub async fn connected(window: &Window, provider: &str) -> Outcome {
    connection(window, provider, "connected").await
}

/// Waits until an account has this kind of connection.
pub async fn connection(window: &Window, provider: &str, wanted: &str) -> Outcome {
    until(&format!("{provider} to be {wanted}"), async || {
        let state = window.command("get_app_state", json!({})).await?;
        let accounts = state.get("accounts").and_then(Value::as_array).cloned().unwrap_or_default();
        let found = accounts.iter().find(|account| account.get("provider") == Some(&json!(provider)));
        let kind = found.and_then(|account| account.pointer("/connection/kind")).cloned().unwrap_or_default();
        ensure(kind == json!(wanted), || format!("it is {kind}"))
    })
    .await
}

/// Fills the Schedule sheet with the mouse and presses Create. Gives the id of the Lead or Contact that was chosen.
pub async fn schedule(window: &Window, topic: &str, search: &str) -> Outcome<String> {
    window.click("schedule-open").await?;
    window.see("schedule-sheet").await?;
    window.fill("schedule-topic", topic).await?;
    window.click("schedule-people").await?;
    window.type_text(search).await?;
    let record = offered(window, search).await?;
    window.click("person-option").await?;
    window.click("schedule-create").await?;
    window.see_no_more("schedule-sheet").await?;
    Ok(record)
}

/// Waits until a person of this name is the first in the list of the people field, which is written anew with each
/// letter. Gives the id in Salesforce; the list's own is such as `Lead:00Q…`.
pub async fn offered(window: &Window, name: &str) -> Outcome<String> {
    let found = first_offered(window, name).await;
    if let Err(failure) = found {
        let seen = window.script(AROUND_PEOPLE, Vec::new()).await?;
        return Err(Failure::new(format!("{failure}; {seen}")));
    }
    found
}

/// What tells why nobody is offered: the field, its list, who is chosen, where the focus is, what the window says.
const AROUND_PEOPLE: &str = "const field = document.querySelector('[data-testid=schedule-people]'); \
     const list = document.getElementById(field?.getAttribute('aria-controls') ?? ''); \
     return { field: field?.value ?? null, expanded: field?.getAttribute('aria-expanded') ?? null, \
       list: list && { text: list.textContent, place: list.getBoundingClientRect() }, \
       chosen: field?.closest('.people')?.querySelector('ul')?.textContent ?? null, \
       topic: document.querySelector('[data-testid=schedule-topic]')?.value ?? null, \
       focus: document.activeElement?.outerHTML.slice(0, 300) ?? null, focused: document.hasFocus(), \
       says: document.querySelector('[data-notices]')?.textContent ?? null };";

async fn first_offered(window: &Window, name: &str) -> Outcome<String> {
    until(&format!("{name} to be offered"), async || {
        let option = window.see("person-option").await?;
        let shown = option.text().await.tried(|| "it has no text".to_owned())?;
        ensure(shown.contains(name), || format!("it is {shown:?}"))?;
        let id = option.attr("data-id").await.tried(|| "it has no attributes".to_owned())?.unwrap_or_default();
        let record = id.split_once(':').map(|(_, record)| record.to_owned());
        record.ok_or_else(|| Failure::new(format!("a person has the id {id:?}")))
    })
    .await
}

/// Somebody of the given kind (`Lead` or `Contact`) from the local copy, by a name that finds them.
pub async fn somebody(window: &Window, kind: &str) -> Outcome<String> {
    until(&format!("a {kind} in the local copy"), async || {
        for letters in ["an", "er", "en", "ar", "el", "in", "ma", "ro"] {
            let hits = window.command("search_people", json!({ "query": letters, "limit": 50 })).await?;
            let plain = |hit: &&Value| {
                hit.get("record") == Some(&json!(kind.to_lowercase()))
                    && hit.get("converted") == Some(&json!(false))
                    && hit.get("emailOptOut") == Some(&json!(false))
                    && hit.get("name").and_then(Value::as_str).is_some_and(plain_name)
            };
            let hits = hits.as_array().cloned().unwrap_or_default();
            if let Some(name) = hits.iter().find(plain).and_then(|hit| hit.get("name")?.as_str()) {
                return Ok(name.to_owned());
            }
        }
        Err(Failure::new("there is none"))
    })
    .await
}

/// A name that a keyboard types without dead keys.
fn plain_name(name: &str) -> bool {
    name.len() < 40 && name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == ' ')
}

/// Waits until the outbox has an Event's row in this state, and gives its id. The meeting's own row is sent before.
pub async fn outbox_row(window: &Window, state: &str) -> Outcome<String> {
    let row = format!("[data-testid=outbox-item][data-what=createEvent][data-state={state}]");
    let row = window.see_css(&row).await?;
    row.attr("data-id").await.ok().flatten().ok_or_else(|| Failure::new("the row has no id"))
}

/// One row of the outbox as the window gets it.
pub async fn outbox_item(window: &Window, id: &str) -> Outcome<Value> {
    let outbox = window.command("list_outbox", json!({})).await?;
    let items = outbox.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let item = items.into_iter().find(|item| item.get("id") == Some(&json!(id)));
    item.ok_or_else(|| Failure::new(format!("the outbox has no row {id}")))
}

/// The only effect of its kind whose detail names the topic; more than one fails the journey.
pub async fn only_one(control: &Control, kind: &str, place: &str, topic: &str) -> Outcome<Effect> {
    let effects = control.effects(kind).await?;
    let mut named = effects.into_iter().filter(|effect| effect.detail.get(place) == Some(&json!(topic)));
    let first = named.next().ok_or_else(|| Failure::new(format!("no {kind} of {topic:?}")))?;
    let more = named.count();
    ensure(more == 0, || format!("{} times {kind} of {topic:?}", more + 1))?;
    Ok(first)
}

/// Chooses a theme and a language in Settings.
pub async fn look(window: &Window, theme: &str, language: &str) -> Outcome {
    window.click("nav-settings").await?;
    window.click("settings-appearance").await?;
    window.choose(&format!("theme-{theme}")).await?;
    window.choose(&format!("language-{language}")).await?;
    window.press(Key::Escape).await?;
    window.see_no_more("settings-sheet").await
}
